import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { reason } from '../../src/diagnosis/reason.js';
import type { Code } from '../../src/model/code.js';
import type { Check } from '../../src/model/report.js';

const TARGET = '203.0.113.10:22';

function line(id: string, status: 'warn' | 'fail', code: Code, target: string | null, observed: string): Check {
  const layer = Number(id.charAt(1)) as Check['layer'];
  return { id, layer, title: id, target, status, code, observed, expected: null, remedy: null, because: null, measurements: [] };
}

const codesOf = (...checks: Check[]) =>
  reason(checks, CAUSES, () => ({ interface: 'eth0', gateway: null, platform: 'linux' })).diagnosis.map(({ code }) => code);

describe('frames that the adapter throws away', () => {
  const lost = line(`l3.loss@${TARGET}`, 'fail', 'loss-upstream', TARGET, '28 of 100 lost');

  it('are what is lost above, where they are as many', () => {
    expect(codesOf(line('l2.counters@eth0', 'warn', 'interface-errors', null, '39 frame errors of 126 in 2.83 s'), lost)).toEqual([
      'interface-errors',
    ]);
    expect(codesOf(line('l2.counters@eth0', 'warn', 'interface-errors', null, '40 CRC errors (3 missed) of 300 in 2 s'), lost)).toEqual([
      'interface-errors',
    ]);
  });

  it('are not, where they are few, or had only no room', () => {
    const few = line('l2.counters@eth0', 'warn', 'interface-errors', null, '3 CRC errors of 1200 in 2.83 s');
    expect(codesOf(few, lost)).toEqual(['loss-upstream', 'interface-errors']);
    const dropped = line('l2.counters@eth0', 'warn', 'interface-errors', null, '60 drops on send of 160 in 2.83 s');
    expect(codesOf(dropped, lost)).toEqual(['loss-upstream', 'interface-errors']);
  });
});

describe('a forwarder that refuses', () => {
  const refused = line('l7.resolver@192.0.2.1', 'fail', 'dns-refused', null, '192.0.2.1: REFUSED');

  it('is behind a dead line', () => {
    expect(codesOf(line('l3.upstream', 'fail', 'upstream-unreachable', null, '0 of 2 destinations answer'), refused)).toEqual([
      'upstream-unreachable',
    ]);
  });

  it('stands for itself where one target alone is away', () => {
    expect(codesOf(line(`l3.latency@${TARGET}`, 'fail', 'host-unreachable', TARGET, 'no answer to 10 probes'), refused)).toContain(
      'dns-refused',
    );
  });
});
