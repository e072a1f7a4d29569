import { describe, expect, it } from 'vitest';
import { withoutInstrumentFaults } from '../../src/diagnosis/instruments.js';
import type { Code } from '../../src/model/code.js';
import type { Check, CheckStatus } from '../../src/model/report.js';

const HOSTS = new Map([
  ['1.1.1.1:443', '1.1.1.1'],
  ['8.8.8.8:443', '8.8.8.8'],
  ['https://example.com', 'example.com'],
]);

function line(kind: string, target: string, status: CheckStatus, code: Code | null = null): Check {
  const texts = { title: kind, observed: 'observed', expected: 'expected', remedy: null, because: null };
  return { id: `${kind}@${target}`, layer: 4, target, status, code, ...texts, measurements: ['m1'] };
}

const statuses = (checks: readonly Check[]) => withoutInstrumentFaults(checks, HOSTS).map(({ status }) => status);

describe('targets that nobody named', () => {
  it('are not held to what is wrong with one service while another of its sort is well', () => {
    expect(statuses([line('l4.port', '1.1.1.1:443', 'fail', 'port-closed'), line('l4.port', '8.8.8.8:443', 'pass')])).toEqual([
      'skip',
      'pass',
    ]);
  });

  it('say it where all of them have it', () => {
    const both = [line('l4.port', '1.1.1.1:443', 'fail', 'port-closed'), line('l4.port', '8.8.8.8:443', 'fail', 'port-closed')];
    expect(statuses(both)).toEqual(['fail', 'fail']);
  });

  it('of which one has a name are no witnesses for those that have none', () => {
    const checks = [
      line('l6.handshake', 'https://example.com', 'fail', 'tls-handshake-failed'),
      line('l6.handshake', '1.1.1.1:443', 'pass'),
    ];
    expect(statuses(checks)).toEqual(['fail', 'pass']);
  });

  it('still tell what is wrong with the way', () => {
    expect(statuses([line('l4.port', '1.1.1.1:443', 'fail', 'port-filtered'), line('l4.port', '8.8.8.8:443', 'pass')])).toEqual([
      'fail',
      'pass',
    ]);
  });
});
