import { describe, expect, it } from 'vitest';
import { measured, unanswered } from '../../../src/model/attempt.js';
import type { MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { judgeLoss } from '../../../src/probes/loss/judge.js';
import { burstsOf, observeLoss } from '../../../src/probes/loss/measure.js';
import type { RoundTripPlan } from '../../../src/probes/round-trip/plan.js';
import type { RoundTripSeries } from '../../../src/probes/round-trip/sampler.js';

const plan: RoundTripPlan = {
  address: '192.0.2.1',
  ports: [],
  method: 'icmp',
  count: 100,
  intervalMs: 20,
  timeoutMs: 1000,
  payloadBytes: 56,
  origin: {},
};

function series(lost: boolean[], changes: Partial<RoundTripSeries> = {}): RoundTripSeries {
  return {
    method: 'icmp',
    attempt: measured(null),
    samples: lost.map((isLost, seq) => ({ seq, rttMs: isLost ? null : 5, clock: isLost ? null : ('kernel' as const) })),
    duplicated: 0,
    reordered: 0,
    icmpErrors: [],
    notSent: [],
    echoAnswered: true,
    ...changes,
  };
}

const lostOf = (count: number, sent: number) => Array.from({ length: sent }, (_, index) => index < count);

function judge(made: RoundTripSeries) {
  const { attempt, method, data } = observeLoss(plan, made);
  const kept: MeasurementOf<'loss'>['attempt'] = attempt.kind === 'measured' ? { kind: 'measured' } : attempt;
  const measurement = {
    id: 'm1',
    probe: 'loss',
    target: 'a',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    stalledMs: 0,
    attempt: kept,
    method,
    data,
  } as const;
  return judgeLoss(measurement, { policy: DEFAULT_POLICY });
}

describe('burstsOf', () => {
  it.each<[string, { count: number; longest: number; mean: number | null }]>([
    ['....', { count: 0, longest: 0, mean: null }],
    ['x...', { count: 1, longest: 1, mean: 1 }],
    ['.xx.x', { count: 2, longest: 2, mean: 1.5 }],
    ['xxxx', { count: 1, longest: 4, mean: 4 }],
    ['', { count: 0, longest: 0, mean: null }],
  ])('%s', (pattern, expected) => {
    expect(burstsOf([...pattern].map((mark) => mark === 'x'))).toEqual(expected);
  });
});

describe('observeLoss', () => {
  it('knows nothing, rather than 0, where nothing was sent', () => {
    const { data } = observeLoss(
      plan,
      series([], { attempt: { kind: 'skipped', because: 'interrupted' }, duplicated: null, reordered: null }),
    );
    expect(data).toMatchObject({
      sent: 0,
      lost: null,
      lossRatio: null,
      interval: null,
      duplicated: null,
      reordered: null,
      bursts: null,
      rttMs: null,
    });
  });

  it('adds up, with the interval that goes with it', () => {
    const { data } = observeLoss(plan, series(lostOf(3, 100)));
    expect(data).toMatchObject({ sent: 100, received: 97, lost: 3, lossRatio: 0.03, bursts: { count: 1, longest: 3, mean: 3 } });
    expect(data.interval?.lowRatio).toBeGreaterThan(0.01);
    expect(data.interval?.highRatio).toBeLessThan(0.09);
  });
});

describe('judgeLoss', () => {
  it.each([
    [0, 100, 'pass', '0 of 100 lost (under 3.7 %, 95 % sure)'],
    [1, 100, 'pass', '1 of 100 lost (0.2 % to 5.4 %, 95 % sure)'],
    [3, 100, 'warn', '3 of 100 lost (1.0 % to 8.5 %, 95 % sure), up to 3 in a row'],
    [12, 100, 'fail', '12 of 100 lost (7.0 % to 20 %, 95 % sure), up to 12 in a row'],
    [1, 10, 'fail', '1 of 10 lost (1.8 % to 40 %, 95 % sure)'],
  ])('%d of %d is %s', (lost, sent, status, observed) => {
    expect(judge(series(lostOf(lost, sent)))).toMatchObject([{ id: 'l3.loss@a', status, observed }]);
  });

  it('warns of reordered and duplicated packets, each as a check of its own', () => {
    const checks = judge(series(lostOf(0, 100), { reordered: 4, duplicated: 1 }));
    expect(checks.map(({ id, status, code }) => [id, status, code])).toEqual([
      ['l3.loss@a', 'pass', null],
      ['l3.duplicates@a', 'warn', 'packets-duplicated'],
      ['l3.order@a', 'warn', 'packets-reordered'],
    ]);
  });

  it('does not judge a host that answers by refusing alone', () => {
    const refusing = series([], { method: 'tcp', attempt: { kind: 'failed', step: 'connect', code: 'ECONNREFUSED', message: 'refused' } });
    expect(judge(refusing)).toMatchObject([{ status: 'skip', code: null }]);
  });

  it('calls the loss of everything unreachable, not loss', () => {
    const silent = series(lostOf(100, 100), { attempt: unanswered('response', 1000), echoAnswered: false });
    expect(judge(silent)).toMatchObject([{ status: 'fail', code: 'host-unreachable' }]);
  });
});
