import { type Attempt, skipped, unanswered } from '../../model/attempt.js';
import { interarrivalJitterMs, meanConsecutiveDifferenceMs, rttStatistics } from '../../model/statistics.js';
import type { MeasureContext, Observation } from '../probe.js';
import { isAnswered } from '../round-trip/collector.js';
import type { RoundTripPlan } from '../round-trip/plan.js';
import { clockOf, type RoundTripSeries, sampleRoundTrips } from '../round-trip/sampler.js';
import { reportedNotSent, reportedRefusals, reportedSamples } from '../round-trip/times.js';
import { WARMUP_COUNT } from './plan.js';

export async function measureLatency(plan: RoundTripPlan, context: MeasureContext): Promise<Observation<'latency'>> {
  const startedMs = context.network.clock.nowMs();
  return observeLatency(plan, await sampleRoundTrips(plan, context), startedMs);
}

/**
 * Turns a series, warm-up included, into the numbers of the report. Pure.
 *
 * @param startedMs when the measurement began, on the clock of the process; `null`: not known
 */
export function observeLatency(plan: RoundTripPlan, series: RoundTripSeries, startedMs: number | null = null): Observation<'latency'> {
  const warmup = series.samples.filter((sample) => sample.seq < WARMUP_COUNT);
  const samples = series.samples.filter((sample) => sample.seq >= WARMUP_COUNT);
  const rtts = samples.map((sample) => sample.rttMs);
  const timed = rtts.filter((rtt) => rtt !== null);
  const received = samples.filter(isAnswered).length;
  return {
    attempt: attemptOf(plan, series, samples.length, received),
    method: series.method,
    data: {
      address: plan.address,
      sent: samples.length,
      received,
      lossRatio: samples.length === 0 ? null : (samples.length - received) / samples.length,
      rttMs: rttStatistics(timed),
      jitterMs: interarrivalJitterMs(rtts),
      meanDeviationMs: meanConsecutiveDifferenceMs(rtts),
      clock: clockOf(samples),
      samples: reportedSamples(samples, startedMs, WARMUP_COUNT),
      warmupMs: warmup.flatMap(({ rttMs }) => (rttMs === null ? [] : [rttMs])),
      echoAnswered: series.echoAnswered,
      icmpErrors: series.icmpErrors,
      notSent: reportedNotSent(series.notSent, startedMs),
      late: series.late,
      ...reportedRefusals(series, startedMs),
    },
  };
}

/** An answer to the warm-up alone measures nothing: either the rest was silent, or an interrupt came before the rest was sent. */
function attemptOf(plan: RoundTripPlan, series: RoundTripSeries, sent: number, answered: number): Attempt<null> {
  if (series.attempt.kind !== 'measured' || answered > 0) return series.attempt;
  return sent > 0 ? unanswered('response', plan.timeoutMs) : skipped('interrupted');
}

export function latencyNotTried(address: string | null, attempt: Attempt<null>): Observation<'latency'> {
  return {
    attempt,
    method: null,
    data: {
      address,
      sent: 0,
      received: 0,
      lossRatio: null,
      rttMs: null,
      jitterMs: null,
      meanDeviationMs: null,
      clock: null,
      samples: [],
      warmupMs: [],
      echoAnswered: null,
      icmpErrors: [],
      notSent: [],
      late: null,
    },
  };
}
