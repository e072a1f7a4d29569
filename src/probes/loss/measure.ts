import type { Attempt } from '../../model/attempt.js';
import { lossInterval } from '../../model/loss-interval.js';
import type { DataOf } from '../../model/measurement.js';
import { rttStatistics } from '../../model/statistics.js';
import type { MeasureContext, Observation } from '../probe.js';
import { isAnswered } from '../round-trip/collector.js';
import type { RoundTripPlan } from '../round-trip/plan.js';
import { clockOf, type RoundTripSeries, sampleRoundTrips } from '../round-trip/sampler.js';
import { samplePath } from './path.js';
import type { LossPath } from './place.js';

export async function measureLoss(plan: RoundTripPlan, context: MeasureContext): Promise<Observation<'loss'>> {
  if (plan.path === undefined) return observeLoss(plan, await sampleRoundTrips(plan, context));
  const walked = await samplePath(plan, plan.path, context);
  if (typeof walked !== 'string') return observeLoss(plan, walked.series, walked.path);
  // The loss as such can still be measured, only not placed.
  return observeLoss(plan, await sampleRoundTrips(plan, context), { hops: [], start: null, because: walked });
}

/** Turns a series into the numbers of the report. Pure. */
export function observeLoss(plan: RoundTripPlan, series: RoundTripSeries, path: LossPath | null = null): Observation<'loss'> {
  const lost = series.samples.map((sample) => !isAnswered(sample));
  const sent = lost.length;
  const lostCount = lost.filter(Boolean).length;
  return {
    attempt: series.attempt,
    method: series.method,
    data: {
      address: plan.address,
      sent,
      received: sent - lostCount,
      lost: sent === 0 ? null : lostCount,
      lossRatio: sent === 0 ? null : lostCount / sent,
      interval: lossInterval(lost),
      duplicated: series.duplicated,
      reordered: series.reordered,
      bursts: sent === 0 ? null : burstsOf(lost),
      rttMs: rttStatistics(series.samples.flatMap(({ rttMs }) => (rttMs === null ? [] : [rttMs]))),
      clock: clockOf(series.samples),
      echoAnswered: series.echoAnswered,
      icmpErrors: series.icmpErrors,
      notSent: series.notSent,
      droppedHere: series.droppedHere,
      path,
    },
  };
}

/** Runs of consecutive losses: how many, the longest, the mean length (`null` without loss). */
export function burstsOf(lost: readonly boolean[]): NonNullable<DataOf<'loss'>['bursts']> {
  const lengths: number[] = [];
  let run = 0;
  for (const isLost of [...lost, false]) {
    if (isLost) run++;
    else if (run > 0) {
      lengths.push(run);
      run = 0;
    }
  }
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return { count: lengths.length, longest: Math.max(0, ...lengths), mean: lengths.length === 0 ? null : total / lengths.length };
}

export function lossNotTried(address: string | null, attempt: Attempt<null>): Observation<'loss'> {
  return {
    attempt,
    method: null,
    data: {
      address,
      sent: 0,
      received: 0,
      lost: null,
      lossRatio: null,
      interval: null,
      duplicated: null,
      reordered: null,
      bursts: null,
      rttMs: null,
      clock: null,
      echoAnswered: null,
      icmpErrors: [],
      notSent: [],
      droppedHere: null,
      path: null,
    },
  };
}
