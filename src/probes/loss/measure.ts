import type { Attempt } from '../../model/attempt.js';
import { lossInterval } from '../../model/loss-interval.js';
import type { DataOf } from '../../model/measurement.js';
import { rttStatistics } from '../../model/statistics.js';
import type { MeasureContext, Observation } from '../probe.js';
import { isAnswered } from '../round-trip/collector.js';
import type { RoundTripPlan } from '../round-trip/plan.js';
import { clockOf, type RoundTripSeries, sampleRoundTrips } from '../round-trip/sampler.js';
import { reportedNotSent, timedSamples } from '../round-trip/times.js';
import { judgeDirection, type LossDirection } from './direction.js';
import { exchangeSegments } from './exchanges.js';
import { samplePath } from './path.js';
import type { LossPath } from './place.js';
import type { LossPlan } from './plan.js';

/** Fewer lost packets leave the loss too uncertain for a direction, and more than this share leaves no connections to count on. */
const FEWEST_LOST = 3;
const LARGEST_LOSS_RATIO = 0.5;

export async function measureLoss(plan: LossPlan, context: MeasureContext): Promise<Observation<'loss'>> {
  const observed = await measureSeries(plan, context);
  const direction = await measureDirection(plan, observed.data, context);
  if (context.signal.aborted) return observed;
  return { ...observed, data: { ...observed.data, direction } };
}

/** Afterwards, so that the connections do not disturb the packets. `null` where there is too little loss, or nobody to connect to. */
async function measureDirection(plan: LossPlan, data: DataOf<'loss'>, context: MeasureContext): Promise<LossDirection | null> {
  const { lost, lossRatio, interval, reordered, rttMs, droppedHere } = data;
  if (plan.service === undefined || context.signal.aborted || rttMs === null) return null;
  if (lost === null || lossRatio === null || interval === null || lost < FEWEST_LOST || lossRatio > LARGEST_LOSS_RATIO) return null;
  // What this machine dropped itself was lost in no direction.
  if ((droppedHere ?? 0) > 0) return null;
  const exchanges = await exchangeSegments(plan, plan.service, rttMs.p95, context);
  return exchanges.length === 0 ? null : judgeDirection(exchanges, { interval, reordered });
}

async function measureSeries(plan: RoundTripPlan, context: MeasureContext): Promise<Observation<'loss'>> {
  const startedMs = context.network.clock.nowMs();
  if (plan.path === undefined) return observeLoss(plan, await sampleRoundTrips(plan, context), null, startedMs);
  const walked = await samplePath(plan, plan.path, context);
  if (typeof walked !== 'string') return observeLoss(plan, walked.series, walked.path, startedMs);
  // The loss as such can still be measured, only not placed.
  return observeLoss(plan, await sampleRoundTrips(plan, context), { hops: [], start: null, because: walked }, startedMs);
}

/**
 * Turns a series into the numbers of the report. Pure.
 *
 * @param startedMs when the measurement began, on the clock of the process; `null`: not known
 */
export function observeLoss(
  plan: RoundTripPlan,
  series: RoundTripSeries,
  path: LossPath | null = null,
  startedMs: number | null = null,
): Observation<'loss'> {
  const samples = timedSamples(series.samples, startedMs);
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
      ...(samples === undefined ? {} : { samples }),
      echoAnswered: series.echoAnswered,
      icmpErrors: series.icmpErrors,
      notSent: reportedNotSent(series.notSent, startedMs),
      late: series.late,
      droppedHere: series.droppedHere,
      path,
      direction: null,
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
      late: null,
      droppedHere: null,
      path: null,
      direction: null,
    },
  };
}
