import { describe, expect, it } from 'vitest';
import { reconcile } from '../../src/diagnosis/reconcile.js';
import type { Code } from '../../src/model/code.js';
import type { Measurement } from '../../src/model/measurement.js';
import type { Check } from '../../src/model/report.js';
import { check } from '../fakes/reports.js';
import { routeMeasurement } from '../fakes/route.js';

const made = (probe: Measurement['probe'], target: string | null, data: object, attempt: Measurement['attempt'] = { kind: 'measured' }) =>
  ({ ...routeMeasurement(), id: `m-${probe}`, probe, target, data, attempt }) as unknown as Measurement;
const failing = (id: string, code: Code, target: string | null = 'a'): Check =>
  check(id, { layer: 4, title: id, target, status: 'fail', code, observed: 'nothing', measurements: ['m9'] });
const corrected = (checks: Check[], ...measurements: Measurement[]) =>
  reconcile(checks, measurements).map(({ id, status, because }) => [id, status, because]);

describe('the first of several addresses', () => {
  const entry = (address: string, family: 4 | 6, state: 'open' | 'filtered') => ({ address, family, state, answers: state === 'open' });
  const port = failing('l4.port@a', 'port-filtered');
  const addresses = (...entries: ReturnType<typeof entry>[]) => made('addresses', 'a', { addresses: entries, chosen: '192.0.2.1' });

  it('warns where another one of its family takes connections', () => {
    const tried = addresses(entry('192.0.2.1', 4, 'filtered'), entry('192.0.2.2', 4, 'open'));
    expect(corrected([port], tried)).toEqual([['l4.port@a', 'warn', null]]);
    expect(corrected([failing('l4.port@b', 'port-filtered', 'b')], tried)[0]?.[1]).toBe('fail');
    expect(corrected([failing('l6.validity@a', 'cert-expired')], tried)[0]?.[1]).toBe('fail');
  });

  it('fails where none does, and where only the other family does', () => {
    expect(corrected([port], addresses(entry('192.0.2.1', 4, 'filtered'), entry('192.0.2.2', 4, 'filtered')))[0]?.[1]).toBe('fail');
    expect(corrected([port], addresses(entry('192.0.2.1', 4, 'filtered'), entry('2001:db8::2', 6, 'open')))[0]?.[1]).toBe('fail');
  });
});

describe('a target behind a proxy', () => {
  const proxy = made('proxy', 'a', { proxy: 'http://192.0.2.9:3128', status: 200 });
  const direct = [failing('l3.latency@a', 'host-unreachable'), failing('l4.port@a', 'port-filtered'), failing('l7.name@a', 'dns-nxdomain')];

  it('needs nothing of the direct way', () => {
    const upstream = failing('l3.upstream', 'upstream-unreachable', null);
    expect(corrected([upstream, ...direct], proxy).map(([, status]) => status)).toEqual(['skip', 'skip', 'skip', 'skip']);
    expect(corrected(direct, proxy)[0]?.[2]).toBe('not needed: the target answers through http://192.0.2.9:3128');
  });

  it('has the broken proxy for its cause, and nothing else', () => {
    const refused = made(
      'proxy',
      'a',
      { proxy: 'http://192.0.2.9:3128', status: 403 },
      {
        kind: 'failed',
        step: 'connect',
        code: 'proxy-refused',
        message: '403',
      },
    );
    const checks = [failing('l7.proxy@a', 'proxy-refused'), ...direct];
    expect(corrected(checks, refused).map(([, status]) => status)).toEqual(['fail', 'skip', 'skip', 'skip']);
  });

  it('is still held to what it answers itself, and beside it others to theirs', () => {
    expect(corrected([failing('l6.validity@a', 'cert-expired')], proxy)[0]?.[1]).toBe('fail');
    const other = failing('l3.latency@b', 'host-unreachable', 'b');
    const upstream = failing('l3.upstream', 'upstream-unreachable', null);
    expect(corrected([upstream, other], proxy).map(([, status]) => status)).toEqual(['fail', 'fail']);
  });
});
