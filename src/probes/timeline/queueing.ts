import { percentile } from '../../model/statistics.js';
import type { Packet } from './packets.js';

/**
 * How round trips change from one packet to the next: in slow ramps, as where a queue fills and drains, or by leaps, as where each packet is
 * delayed by itself. Pure.
 */
export interface Course {
  /** Timed answers that it rests on. */
  packets: number;
  minMs: number;
  p50Ms: number;
  p95Ms: number;
  /** From the 5th to the 95th percentile of averages over {@link SMOOTH_MS}: what is left of leaps is little, ramps stay. */
  swingMs: number;
  /** Median of what changes from one packet to the next. */
  stepMs: number;
  /** The largest rise from one packet to the next. */
  leapMs: number;
  /** Correlation of neighbours, -1 to 1; `null` where nothing varies. */
  correlation: number | null;
  /** Share of answers that came in together with the one before, though their packets left one by one: something held them back and let go. */
  bunchedRatio: number;
  /** Median of how round trips differ that are {@link LAG_MS} apart, and its mean. */
  lagMedianMs: number | null;
  lagMeanMs: number | null;
}

const SMOOTH_MS = 100;
const LAG_MS = 50;
/** Of packets further apart nothing can be said about what lies between them. */
const NEIGHBOURS_MS = 60;
const FEWEST = 30;
/** Answers that came within this share of the time between their packets came together. */
const TOGETHER = 0.25;

/** The course of packets in the order of time; `null` with fewer than thirty timed answers. */
export function courseOf(packets: readonly Packet[]): Course | null {
  const timed = packets.flatMap(({ atMs, rttMs }) => (rttMs === null || Number.isNaN(rttMs) ? [] : [{ atMs, rttMs }]));
  if (timed.length < FEWEST) return null;
  const rtts = timed.map(({ rttMs }) => rttMs);
  const sorted = ascending(rtts);
  const smooth = ascending(smoothed(timed));
  const pairs = timed.slice(1).flatMap((now, index) => {
    const before = timed[index];
    const apartMs = before === undefined ? 0 : now.atMs - before.atMs;
    return before === undefined || apartMs <= 0 || apartMs > NEIGHBOURS_MS ? [] : [{ apartMs, rise: now.rttMs - before.rttMs }];
  });
  if (pairs.length === 0) return null;
  const lagged = lagDifferences(timed);
  return {
    packets: timed.length,
    minMs: sorted[0] ?? 0,
    p50Ms: percentile(sorted, 50),
    p95Ms: percentile(sorted, 95),
    swingMs: percentile(smooth, 95) - percentile(smooth, 5),
    stepMs: percentile(ascending(pairs.map(({ rise }) => Math.abs(rise))), 50),
    leapMs: Math.max(0, ...pairs.map(({ rise }) => rise)),
    correlation: correlationOf(rtts),
    // An answer that comes in with the one before took less time, by what lies between the packets.
    bunchedRatio: pairs.filter(({ apartMs, rise }) => Math.abs(apartMs + rise) < TOGETHER * apartMs).length / pairs.length,
    lagMedianMs: lagged.length === 0 ? null : percentile(ascending(lagged), 50),
    lagMeanMs: lagged.length === 0 ? null : mean(lagged),
  };
}

/** A swing that is worth the name: several times the steps, and more than what clocks and schedulers do. */
const LEAST_SWING_MS = 10;
const SWING_TO_STEP = 4;
const LEAST_STEP_MS = 0.3;
/** One leap that is most of the swing is a path that changed, not a queue that filled. */
const LARGEST_LEAP = 0.6;
const RAMP_CORRELATION = 0.7;
const MOST_BUNCHED = 0.3;

/** Whether round trips rise and fall as those through a queue do that fills and drains. */
export function isQueue({ swingMs, stepMs, leapMs, correlation, bunchedRatio }: Course): boolean {
  return (
    swingMs >= LEAST_SWING_MS &&
    swingMs >= SWING_TO_STEP * Math.max(stepMs, LEAST_STEP_MS) &&
    leapMs <= LARGEST_LEAP * swingMs &&
    (correlation ?? 0) >= RAMP_CORRELATION &&
    bunchedRatio <= MOST_BUNCHED
  );
}

/** Averages of what was sent up to half of {@link SMOOTH_MS} before and behind each. */
function smoothed(timed: readonly { atMs: number; rttMs: number }[]): number[] {
  let [first, behind, sum] = [0, 0, 0];
  return timed.map(({ atMs }) => {
    while (behind < timed.length && (timed[behind]?.atMs ?? 0) <= atMs + SMOOTH_MS / 2) sum += timed[behind++]?.rttMs ?? 0;
    while ((timed[first]?.atMs ?? 0) < atMs - SMOOTH_MS / 2) sum -= timed[first++]?.rttMs ?? 0;
    return sum / (behind - first);
  });
}

/** What wavers as one that is full does: by little, and yet not from packet to packet. */
const WAVER = { swingToStep: 2, correlation: 0.75, largestLeap: 0.6 } as const;
/** The same where packets of others come in heaps, so that each of ours meets a different one: it wavers by more. */
const ROUGH_WAVER = { swingToStep: 3.5, correlation: 0.5, largestLeap: 0.75 } as const;

/**
 * Whether round trips that are long throughout waver as those through a queue that is full. They do so over some radio lines too: it says
 * something only where they are too long besides.
 */
export function isStandingQueue(course: Course): boolean {
  const { swingMs, stepMs, leapMs, correlation, bunchedRatio, p95Ms, minMs } = course;
  return (
    swingMs >= LEAST_SWING_MS &&
    bunchedRatio <= MOST_BUNCHED &&
    [WAVER, ROUGH_WAVER].some(
      (waver) =>
        swingMs >= waver.swingToStep * Math.max(stepMs, LEAST_STEP_MS) &&
        leapMs <= waver.largestLeap * (p95Ms - minMs) &&
        (correlation ?? 0) >= waver.correlation,
    )
  );
}

/** Differences of round trips whose packets left about {@link LAG_MS} apart. */
function lagDifferences(timed: readonly { atMs: number; rttMs: number }[]): number[] {
  const differences: number[] = [];
  let ahead = 0;
  for (const { atMs, rttMs } of timed) {
    while (ahead < timed.length && (timed[ahead]?.atMs ?? 0) < atMs + LAG_MS * 0.9) ahead++;
    const other = timed[ahead];
    if (other !== undefined && other.atMs <= atMs + LAG_MS * 1.5) differences.push(Math.abs(other.rttMs - rttMs));
  }
  return differences;
}

function correlationOf(values: readonly number[]): number | null {
  const average = mean(values);
  let [together, alone] = [0, 0];
  for (const [index, value] of values.entries()) {
    alone += (value - average) ** 2;
    if (index > 0) together += (value - average) * ((values[index - 1] ?? average) - average);
  }
  return alone === 0 ? null : together / alone;
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
