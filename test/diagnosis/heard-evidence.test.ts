import { describe, expect, it } from 'vitest';
import { reconcile } from '../../src/diagnosis/reconcile.js';
import type { Measurement } from '../../src/model/measurement.js';
import type { Check } from '../../src/model/report.js';
import { check } from '../fakes/reports.js';
import { routeMeasurement } from '../fakes/route.js';

const ADDRESS = '192.0.2.1';
const AT = (seconds: number) => `2026-01-01T10:00:0${seconds}.000Z`;
const made = (probe: Measurement['probe'], data: object, startedAt = AT(0), method = 'icmp') =>
  ({
    ...routeMeasurement(),
    id: `m-${probe}`,
    probe,
    target: 'a',
    method,
    startedAt,
    durationMs: 1900,
    attempt: { kind: 'measured' },
    data: { address: ADDRESS, icmpErrors: [], ...data },
  }) as unknown as Measurement;
const silence = made('latency', { sent: 10, received: 0 });
const unreachable = check('l3.latency@a', {
  layer: 3,
  title: 'latency',
  target: 'a',
  status: 'fail',
  code: 'host-unreachable',
  observed: 'no answer to 10 probes',
  measurements: ['m-latency'],
  basis: 'silence',
});
const lossy = check('l3.loss@a', { layer: 3, title: 'loss', target: 'a', status: 'fail', code: 'loss-upstream', measurements: ['m-loss'] });
const corrected = (checks: Check[], ...measurements: Measurement[]) =>
  reconcile(checks, measurements).map(({ id, status, code }) => `${status} ${id} ${code}`);

describe('a target of which one series heard nothing', () => {
  it('is there where some of many other packets were answered: most are lost', () => {
    const loss = made('loss', { sent: 42, received: 4, lossRatio: 38 / 42 });
    expect(corrected([unreachable, lossy], silence, loss)).toEqual(['skip l3.latency@a null', 'fail l3.loss@a loss-upstream']);
    expect(corrected([unreachable], silence, made('loss', { sent: 42, received: 0, lossRatio: 1 }))).toEqual([
      'fail l3.latency@a host-unreachable',
    ]);
  });

  it('was away where it answers the look at its path afterwards', () => {
    const back = made('route', { reached: true }, AT(3));
    expect(corrected([unreachable], silence, back)).toEqual(['fail l3.latency@a connectivity-intermittent']);
    expect(reconcile([unreachable], [silence, back])[0]?.when).toEqual([{ from: AT(0), to: AT(3) }]);
  });

  it('is out of reach where that look meets silence too, was made beside it, or went by other packets', () => {
    const still = ['fail l3.latency@a host-unreachable'];
    expect(corrected([unreachable], silence, made('route', { reached: false }, AT(3)))).toEqual(still);
    expect(corrected([unreachable], silence, made('route', { reached: true }, AT(1)))).toEqual(still);
    expect(corrected([unreachable], silence, made('route', { reached: true }, AT(3), 'udp'))).toEqual(still);
  });
});
