import { describe, expect, it } from 'vitest';
import { type Attempt, measured, unanswered } from '../../../src/model/attempt.js';
import type { MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY, withBudget } from '../../../src/model/policy.js';
import { PLATFORM_POLICY } from '../../../src/model/profiles/platform.js';
import { judgeLatency } from '../../../src/probes/latency/judge.js';
import { observeLatency } from '../../../src/probes/latency/measure.js';
import type { RoundTripPlan } from '../../../src/probes/round-trip/plan.js';
import type { RoundTripSeries } from '../../../src/probes/round-trip/sampler.js';

const plan: RoundTripPlan = {
  address: '192.0.2.1',
  ports: [],
  method: 'icmp',
  count: 11,
  intervalMs: 50,
  timeoutMs: 1000,
  payloadBytes: 56,
  origin: {},
};

/** The first value is the warm-up; `null` is a lost one, `undefined` one that was not sent. */
function series(rtts: (number | null | undefined)[], changes: Partial<RoundTripSeries> = {}): RoundTripSeries {
  return {
    method: 'icmp',
    attempt: measured(null),
    samples: rtts.flatMap((rttMs, seq) =>
      rttMs === undefined ? [] : [{ seq, rttMs, clock: rttMs === null ? null : ('kernel' as const) }],
    ),
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

function measurement(made: RoundTripSeries): MeasurementOf<'latency'> {
  const { attempt, method, data } = observeLatency(plan, made);
  const kept: MeasurementOf<'latency'>['attempt'] = attempt.kind === 'measured' ? { kind: 'measured' } : attempt;
  return {
    id: 'm1',
    probe: 'latency',
    target: 'a',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    stalledMs: 0,
    attempt: kept,
    method,
    data,
  };
}

const judge = (made: RoundTripSeries) => judgeLatency(measurement(made), { policy: DEFAULT_POLICY });

describe('observeLatency', () => {
  it('leaves the warm-up out of every number, and shows it', () => {
    const { data } = observeLatency(plan, series([90, 10, 12, null, 11]));
    expect(data).toMatchObject({ sent: 4, received: 3, lossRatio: 0.25, warmupMs: [90], jitterMs: expect.any(Number) });
    expect(data.rttMs).toMatchObject({ min: 10, max: 12, p50: 11 });
    expect(data.samples).toEqual([
      { seq: 0, rttMs: 10 },
      { seq: 1, rttMs: 12 },
      { seq: 2, rttMs: null },
      { seq: 3, rttMs: 11 },
    ]);
  });

  it('names the clock of what is counted, whatever timed the warm-up', () => {
    const made = series([90, 10, 12]);
    made.samples[0] = { seq: 0, rttMs: 90, clock: 'user' };
    expect(observeLatency(plan, made).data.clock).toBe('kernel');
    made.samples[2] = { seq: 2, rttMs: 12, clock: 'user' };
    expect(observeLatency(plan, made).data.clock).toBe('user');
  });

  it('takes a series in which the warm-up alone was answered for silence', () => {
    expect(observeLatency(plan, series([5, null, null])).attempt).toEqual(unanswered('response', 1000));
  });

  it('takes one that was interrupted behind its warm-up for interrupted, not for silence', () => {
    expect(observeLatency(plan, series([5])).attempt).toEqual({ kind: 'skipped', because: 'interrupted' });
  });
});

describe('judgeLatency', () => {
  it('takes answers without an exact time for answers, and shows no time', () => {
    const made = series([null, null, null], { method: 'system' });
    for (const sample of made.samples) sample.untimed = true;
    expect(measurement(made).data).toMatchObject({ sent: 2, received: 2, lossRatio: 0, rttMs: null, clock: null });
    expect(judge(made)).toMatchObject([
      { id: 'l3.latency@a', status: 'pass', observed: '2 of 2 answered, in times that the system ping does not tell' },
    ]);
  });

  it.each([
    ['udp', ', UDP)'],
    ['system', ', the system ping)'],
    ['tcp', ', TCP)'],
  ] as const)('says that it was measured by %s', (method, text) => {
    expect(judge(series([9, 20, 20, 20, 20], { method }))[0]?.observed).toContain(text);
  });

  it('does not take missing answers to UDP for loss, nor its silence for a dead host', () => {
    const lossy = [9, ...Array.from({ length: 10 }, (_, index) => (index < 5 ? null : 20))];
    expect(judge(series(lossy, { method: 'udp' })).some(({ id }) => id === 'l3.answers@a')).toBe(false);
    const silent = series([null, null], { method: 'udp', attempt: unanswered('response', 1000), echoAnswered: null });
    expect(judge(silent)).toMatchObject([{ status: 'warn', code: 'host-unreachable' }]);
  });

  it('passes quick and even round trips', () => {
    expect(judge(series([9, 20, 20, 20, 20]))).toMatchObject([
      {
        ...{ id: 'l3.latency@a', status: 'pass', observed: '20 ms (p95 20 ms, max 20 ms)', expected: 'under 150 ms' },
        budget: { metric: 'rttMs', value: 20, unit: 'ms', objective: 50, acceptable: 150, critical: 400 },
      },
      { id: 'l3.jitter@a', status: 'pass', observed: '0 ms', budget: { metric: 'jitterMs', value: 0, acceptable: 30 } },
    ]);
  });

  it('judges p99 where a profile is about that and there are a hundred answers, otherwise the median', () => {
    const [latency] = judgeLatency(measurement(series([9, ...Array.from({ length: 100 }, (_, index) => (index < 98 ? 40 : 120))])), {
      policy: PLATFORM_POLICY,
    });
    expect(latency).toMatchObject({
      status: 'warn',
      observed: '40 ms (p99 120 ms, max 120 ms)',
      expected: 'p99 under 100 ms',
      budget: { metric: 'rttMs', value: 120, acceptable: 100, critical: 200 },
    });
    const [few] = judgeLatency(measurement(series([9, ...Array.from({ length: 20 }, () => 40), 120])), { policy: PLATFORM_POLICY });
    expect(few).toMatchObject({ status: 'pass', expected: 'under 100 ms', budget: { value: 40 } });
  });

  it('holds answers that did not come against the grades of loss', () => {
    const lossy = series([9, ...Array.from({ length: 10 }, (_, index) => (index < 5 ? null : 20))]);
    expect(judge(lossy).find(({ id }) => id === 'l3.answers@a')?.budget).toMatchObject({ metric: 'lossRatio', value: 0.5, unit: 'ratio' });
  });

  it.each([
    [160, 'warn'],
    [500, 'fail'],
  ])('grades a median of %d ms as %s', (rtt, status) => {
    expect(judge(series([rtt, rtt, rtt, rtt, rtt]))[0]).toMatchObject({ status, code: 'latency-high' });
  });

  it.each([
    [9, 'pass'],
    [10, 'pass'],
    [11, 'warn'],
    [51, 'fail'],
  ])('holds a median of %d ms against a budget that was given: %s', (rtt, status) => {
    const policy = withBudget(DEFAULT_POLICY, { objective: 1, acceptable: 10, critical: 50 });
    expect(policy.name).toBe('default, budget given');
    expect(judgeLatency(measurement(series([rtt, rtt, rtt, rtt, rtt])), { policy })[0]).toMatchObject({
      status,
      expected: 'under 10 ms (objective 1 ms, critical 50 ms)',
    });
  });

  it('fails above a budget of one value', () => {
    const policy = withBudget(DEFAULT_POLICY, { objective: 10, acceptable: 10, critical: 10 });
    const checkOf = (rtt: number) => judgeLatency(measurement(series([rtt, rtt, rtt, rtt, rtt])), { policy })[0];
    expect([checkOf(10)?.status, checkOf(11)?.status, checkOf(11)?.expected]).toEqual(['pass', 'fail', 'under 10 ms']);
  });

  it('warns of probes that were not answered, beyond what chance explains', () => {
    const lossy = [9, ...Array.from({ length: 10 }, (_, index) => (index < 5 ? null : 20))];
    expect(judge(series(lossy)).find(({ id }) => id === 'l3.answers@a')).toMatchObject({ status: 'warn', code: 'loss-upstream' });
    const one = [9, null, ...Array(9).fill(20)];
    expect(judge(series(one)).some(({ id, status }) => id === 'l3.answers@a' && status !== 'warn')).toBe(false);
    expect(judge(series([9, ...Array(10).fill(20)])).some(({ id }) => id === 'l3.answers@a')).toBe(false);
  });

  it('finds the way slow, and none lost, where all that was not answered in time was answered later', () => {
    const late = (count: number) =>
      series([9], {
        samples: [9, ...Array.from({ length: 10 }, (_, index) => (index < 5 ? null : 700))].map((rttMs, seq) => ({
          seq,
          rttMs,
          clock: rttMs === null ? null : ('kernel' as const),
          ...(rttMs === null && seq <= count ? { lateMs: 1200 - seq } : {}),
        })),
        late: { count: count + 1, fastestMs: 1195 },
      });
    const answersOf = (made: RoundTripSeries) => judge(made).find(({ id }) => id === 'l3.answers@a');
    expect(answersOf(late(5))).toMatchObject({ status: 'warn', code: 'latency-high', basis: 'measured' });
    expect(answersOf(late(4))).toMatchObject({ status: 'warn', code: 'loss-upstream' });
  });

  it.each([
    ['EPERM', 'loss-local'],
    ['ENOBUFS', 'loss-local'],
    ['ENETDOWN', 'interface-down'],
    ['ENETUNREACH', 'connectivity-intermittent'],
  ])('fails where packets could not be sent (%s), though the others were answered', (code, cause) => {
    const checks = judge(series([9, 20, 20, 20, 20], { notSent: [{ code, count: 6 }] }));
    expect(checks[0]).toMatchObject({ id: 'l3.latency@a', status: 'pass' });
    expect(checks.find(({ id }) => id === 'l3.sending@a')).toMatchObject({ status: 'fail', code: cause });
  });

  it('does not judge jitter from two samples', () => {
    expect(judge(series([9, 20, 90]))).toHaveLength(1);
  });

  it('calls uneven round trips jitter, though the median is fine', () => {
    const uneven = [10, ...Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 10 : 140))];
    expect(judge(series(uneven))[1]).toMatchObject({ id: 'l3.jitter@a', status: 'fail', code: 'jitter-high' });
  });

  it.each<[string, Attempt<null>, Partial<RoundTripSeries>, object]>([
    ['silence', unanswered('response', 1000), {}, { status: 'fail', code: 'host-unreachable' }],
    [
      'an ICMP refusal',
      unanswered('response', 1000),
      { icmpErrors: [{ from: '10.0.0.1', type: 3, code: 13, meaning: 'prohibited', count: 10 }] },
      { status: 'fail', code: 'route-prohibited', observed: 'prohibited (ICMP from 10.0.0.1)' },
    ],
    [
      'a time to live that ran out',
      unanswered('response', 1000),
      { icmpErrors: [{ from: '10.0.0.1', type: 11, code: 0, meaning: 'time-exceeded', count: 10 }] },
      { status: 'fail', code: 'routing-loop' },
    ],
    [
      'no route',
      { kind: 'failed', step: 'send', code: 'ENETUNREACH', message: 'no route' },
      {},
      { status: 'fail', code: 'no-default-route' },
    ],
    [
      'a refusal by TCP',
      { kind: 'failed', step: 'connect', code: 'ECONNREFUSED', message: 'refused' },
      { method: 'tcp' },
      { status: 'pass', code: null },
    ],
    [
      'no ICMP socket',
      { kind: 'unavailable', capability: 'icmp-socket', reason: 'no socket' },
      {},
      { status: 'skip', code: null, because: 'no socket' },
    ],
    ['an interrupt', { kind: 'skipped', because: 'interrupted' }, {}, { status: 'skip', code: null, because: 'interrupted' }],
  ])('judges %s', (_, attempt, changes, expected) => {
    expect(judge(series([null, null], { attempt, echoAnswered: false, ...changes }))).toMatchObject([expected]);
  });
});
