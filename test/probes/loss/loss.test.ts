import { describe, expect, it } from 'vitest';
import { measured, unanswered } from '../../../src/model/attempt.js';
import type { MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { judgeLoss } from '../../../src/probes/loss/judge.js';
import { burstsOf, observeLoss } from '../../../src/probes/loss/measure.js';
import { type LossPath, placeLoss } from '../../../src/probes/loss/place.js';
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
    droppedHere: 0,
    late: { count: 0, fastestMs: null },
    echoAnswered: true,
    ...changes,
  };
}

const lostOf = (count: number, sent: number) => Array.from({ length: sent }, (_, index) => index < count);

const COUNTED = { segments: 300, lost: 9, exchanges: 8 };

/** The losses evenly spread. */
const spreadOf = (count: number, sent: number) =>
  Array.from({ length: sent }, (_, index) => Math.floor(((index + 1) * count) / sent) > Math.floor((index * count) / sent));

function judge(made: RoundTripSeries, path: LossPath | null = null, hint: 'to-target' | 'from-target' | 'both' | null = null) {
  const { attempt, method, data } = observeLoss(plan, made, path);
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
    data: { ...data, direction: { hint, because: 'counted', there: COUNTED, back: COUNTED, exchanges: 24 } },
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
    // Three in a row are worth less than three that are spread.
    const spread = observeLoss(plan, series(Array.from({ length: 100 }, (_, index) => index % 40 === 10)));
    expect(spread.data).toMatchObject({ lost: 3, bursts: { count: 3, longest: 1 } });
    expect(data.interval?.highRatio).toBeGreaterThan(spread.data.interval?.highRatio ?? 1);
  });
});

describe('judgeLoss', () => {
  it.each([
    ['0 of 100', spreadOf(0, 100), 'pass', '0 of 100 lost (under 3.6 %, 95 % sure)'],
    ['0 of 20', spreadOf(0, 20), 'pass', '0 of 20 lost (under 17 %, 95 % sure): too few, 370 would tell 1.0 %'],
    ['1 of 100', spreadOf(1, 100), 'pass', '1 of 100 lost (0.03 % to 5.4 %, 95 % sure): too few to tell if above 1.0 %'],
    ['3 of 100', spreadOf(3, 100), 'warn', '3 of 100 lost (0.6 % to 8.5 %, 95 % sure): too few to tell if above 1.0 %'],
    ['12 of 100', spreadOf(12, 100), 'fail', '12 of 100 lost (6.4 % to 20 %, 95 % sure)'],
    ['1 of 10', spreadOf(1, 10), 'warn', '1 of 10 lost (0.3 % to 45 %, 95 % sure): too few to tell if above 1.0 %'],
    ['12 of 100 in a row', lostOf(12, 100), 'warn', expect.stringMatching(/^12 of 100 lost .*, up to 12 in a row: too few/)],
  ])('%s is judged', (_, lost, status, observed) => {
    const value = lost.filter(Boolean).length / lost.length;
    const budget = { metric: 'lossRatio', value, unit: 'ratio', acceptable: 0.01, critical: 0.05 };
    expect(judge(series(lost))).toMatchObject([{ id: 'l3.loss@a', status, observed, budget }]);
  });

  it('at most warns of missing answers to UDP, since hosts limit them', () => {
    const [check] = judge(series(spreadOf(50, 100), { method: 'udp', echoAnswered: null }));
    expect(check).toMatchObject({ status: 'warn', code: 'loss-upstream' });
    expect(check?.observed).toContain('by UDP, whose answers hosts limit: compare with --method tcp');
    const silent = series(lostOf(10, 10), { method: 'udp', attempt: unanswered('response', 1000), echoAnswered: null });
    expect(judge(silent)).toMatchObject([{ status: 'warn', code: 'host-unreachable' }]);
  });

  it('at most warns where this machine was too busy to take every answer', () => {
    const [check] = judge(series(spreadOf(50, 100), { droppedHere: 50 }));
    expect(check).toMatchObject({ status: 'warn', observed: expect.stringContaining('too busy and dropped 50 answers itself') });
    expect(judge(series(lostOf(0, 100), { droppedHere: 3 }))).toMatchObject([{ status: 'pass' }]);
  });

  it.each<[string, number[], string, string]>([
    ['from the first hop on', [20, 21, 19], 'loss-local', '; from hop 1 (10.0.1.1) on'],
    ['on the way', [0, 0, 22], 'loss-upstream', '; from hop 3 (10.0.3.1) on, not before (hop 2, 10.0.2.1)'],
    ['at the target', [0, 0, 0], 'loss-target', '; at the target only, not before (hop 3, 10.0.3.1)'],
    ['behind a silent hop', [0, 0, 200], 'loss-upstream', '; between hop 2, 10.0.2.1 and the target'],
    ['where no router answers', [200, 200, 200], 'loss-upstream', '; where is not known: no router on the way answers'],
  ])('says where it begins: %s', (_, hops, code, text) => {
    const lost = spreadOf(20, 200);
    const path = placeLoss(
      {
        hops: hops.map((count, index) => ({ ttl: index + 1, address: `10.0.${index + 1}.1`, sent: 200, received: 200 - count })),
        target: { ttl: hops.length + 1, address: '192.0.2.1', lost },
      },
      0.01,
    );
    expect(judge(series(lost), path)).toMatchObject([{ status: 'fail', code, observed: expect.stringContaining(text) }]);
  });

  it.each([
    ['to-target', '; by TCP it is lost on the way there, 95 % sure'],
    ['from-target', '; by TCP it is lost on the way back, 95 % sure'],
    ['both', '; by TCP it is lost in both directions'],
    [null, '95 % sure)'],
  ] as const)('says in which direction, where that is clear: %s', (hint, text) => {
    expect(judge(series(spreadOf(12, 100)), null, hint)[0]?.observed?.endsWith(text)).toBe(true);
    expect(judge(series(spreadOf(0, 100)), null, hint)[0]?.observed).not.toContain('TCP');
  });

  it('warns of reordered and duplicated packets, each as a check of its own', () => {
    const checks = judge(series(lostOf(0, 100), { reordered: 4, duplicated: 1 }));
    expect(checks.map(({ id, status, code }) => [id, status, code])).toEqual([
      ['l3.loss@a', 'pass', null],
      ['l3.duplicates@a', 'warn', 'packets-duplicated'],
      ['l3.order@a', 'warn', 'packets-reordered'],
    ]);
    const [, copies] = judge(series(lostOf(0, 100), { duplicated: 111 }));
    expect(copies?.observed).toBe('111 copies beside the answers to 100');
  });

  it('does not judge a host that answers by refusing alone', () => {
    const refusing = series([], { method: 'tcp', attempt: { kind: 'failed', step: 'connect', code: 'ECONNREFUSED', message: 'refused' } });
    expect(judge(refusing)).toMatchObject([{ status: 'skip', code: null }]);
  });

  it('calls the loss of everything unreachable, not loss', () => {
    const silent = series(lostOf(100, 100), { attempt: unanswered('response', 1000), echoAnswered: false });
    expect(judge(silent)).toMatchObject([{ status: 'fail', code: 'host-unreachable' }]);
  });

  it('calls answers that all come too late a high latency, not a silent host', () => {
    const late = series(lostOf(100, 100), { attempt: unanswered('response', 1000), late: { count: 60, fastestMs: 2003 } });
    expect(judge(late)).toMatchObject([{ status: 'fail', code: 'latency-high', observed: expect.stringContaining('only after 2.00 s') }]);
    const some = series(spreadOf(50, 100), { late: { count: 30, fastestMs: 1500 } });
    expect(judge(some)).toMatchObject([
      { status: 'fail', code: 'loss-upstream', observed: expect.stringContaining('30 were answered too late, after 1.5 s or more') },
    ]);
    // Nothing was lost at all.
    const all = series(spreadOf(50, 100), { late: { count: 50, fastestMs: 1500 } });
    expect(judge(all)).toMatchObject([{ status: 'fail', code: 'latency-high' }]);
  });
});
