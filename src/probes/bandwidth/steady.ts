import { studentQuantile } from '../../model/distributions.js';
import type { Slice } from './slices.js';

/** The rate of a line once it is steady, and how sure that is. Pure. */
export interface Steady {
  mbps: number;
  /** `null` with fewer slices than tell anything of the spread. */
  interval: { lowMbps: number; highMbps: number; confidence: number } | null;
  /** Left out at the beginning; `null` where so few slices are there that none was left out. */
  rampUpMs: number | null;
  /** The first of the slices that count. */
  from: number;
}

const CONFIDENCE = 0.95;
/** Cut off at either end: what a timer of ours or a pause of a radio did to single slices. */
const TRIMMED = 0.1;
const FEWEST_SLICES = 5;
/** TCP takes so long at the least to find its rate, and shapers let a first burst through. */
const RAMP_UP_MS = 1000;
const RAMP_UP_SHARE = 0.2;
/** No more of a measurement is taken for its beginning. */
const LONGEST_RAMP_UP_SHARE = 0.5;
/** As near to the level of the second half a slice has to be to end the ramp-up. */
const NEAR = { low: 0.8, high: 1.25 };

/** `null` where nothing was measured. */
export function steadyOf(slices: readonly Slice[]): Steady | null {
  const last = slices[slices.length - 1];
  if (last === undefined) return null;
  const from = endOfRampUp(slices, last.atMs);
  const counted = slices.slice(from);
  if (counted.length < FEWEST_SLICES) {
    return { mbps: meanOf(slices, 0), interval: null, rampUpMs: null, from: 0 };
  }
  const mbps = meanOf(counted, isUneven(counted) ? 0 : TRIMMED);
  const begins = counted[0];
  return {
    mbps,
    interval: intervalOf(counted, mbps),
    rampUpMs: begins === undefined ? null : Math.max(0, begins.atMs - begins.spanMs),
    from,
  };
}

/** Behind the least time, from the first slice on that has about the level of the second half. */
function endOfRampUp(slices: readonly Slice[], wholeMs: number): number {
  const leastMs = Math.min(RAMP_UP_MS, wholeMs * RAMP_UP_SHARE);
  const later = slices.filter(({ atMs }) => atMs > wholeMs / 2).map(({ mbps }) => mbps);
  const level = medianOf(later);
  const least = slices.findIndex(({ atMs, spanMs }) => atMs - spanMs >= leastMs);
  const found = slices.findIndex(
    ({ atMs, spanMs, mbps }) => atMs - spanMs >= leastMs && mbps >= level * NEAR.low && mbps <= level * NEAR.high,
  );
  const longest = slices.findIndex(({ atMs }) => atMs > wholeMs * LONGEST_RAMP_UP_SHARE);
  if (least === -1) return slices.length;
  return Math.max(least, Math.min(found === -1 ? longest : found, longest));
}

/** The rate of a very slow line comes in bursts: most slices are far from it, and to cut off some of them would move it. */
const UNEVEN = 0.5;

function isUneven(slices: readonly Slice[]): boolean {
  const mean = meanOf(slices, 0);
  const variance = slices.reduce((sum, { mbps }) => sum + (mbps - mean) ** 2, 0) / Math.max(1, slices.length - 1);
  return Math.sqrt(variance) > UNEVEN * mean;
}

/** Mean rate over time, without so much of the time with the lowest and with the highest rates. */
function meanOf(slices: readonly Slice[], trimmed: number): number {
  const wholeMs = slices.reduce((sum, { spanMs }) => sum + spanMs, 0);
  const [low, high] = [wholeMs * trimmed, wholeMs * (1 - trimmed)];
  let [passedMs, sum] = [0, 0];
  for (const { mbps, spanMs } of [...slices].sort((a, b) => a.mbps - b.mbps)) {
    const countedMs = Math.min(high, passedMs + spanMs) - Math.max(low, passedMs);
    if (countedMs > 0) sum += mbps * countedMs;
    passedMs += spanMs;
  }
  return sum / (high - low);
}

/**
 * The interval of a trimmed mean from the winsorised spread (Tukey and McLaughlin 1963, Yuen 1974), for as many independent slices as these
 * are worth: the rate of one slice is near to that of the one before it, since TCP goes up and down over several.
 */
function intervalOf(slices: readonly Slice[], mbps: number): NonNullable<Steady['interval']> {
  const rates = slices.map((slice) => slice.mbps);
  const sorted = [...rates].sort((a, b) => a - b);
  const cut = Math.floor(rates.length * TRIMMED);
  const [low, high] = [sorted[cut] ?? 0, sorted[sorted.length - 1 - cut] ?? 0];
  const kept = rates.map((rate) => Math.min(high, Math.max(low, rate)));
  const centre = kept.reduce((sum, rate) => sum + rate, 0) / kept.length;
  const variance = kept.reduce((sum, rate) => sum + (rate - centre) ** 2, 0) / (kept.length - 1);
  const correlation = correlationOf(kept, centre, variance);
  const worth = Math.max(2, (kept.length * (1 - correlation)) / (1 + correlation));
  const degrees = Math.max(1, worth * (1 - 2 * TRIMMED) - 1);
  const half = (studentQuantile(1 - CONFIDENCE, degrees) * Math.sqrt(variance / worth)) / (1 - 2 * TRIMMED);
  return { lowMbps: Math.max(0, mbps - half), highMbps: mbps + half, confidence: CONFIDENCE };
}

const LARGEST_CORRELATION = 0.9;

/** Of neighbours, without the bias of a short series (Kendall 1954); below 0 counts as none. */
function correlationOf(rates: readonly number[], centre: number, variance: number): number {
  if (variance <= 0) return 0;
  let sum = 0;
  for (let index = 1; index < rates.length; index++) sum += ((rates[index] ?? 0) - centre) * ((rates[index - 1] ?? 0) - centre);
  const estimate = sum / (variance * (rates.length - 1));
  return Math.min(LARGEST_CORRELATION, Math.max(0, estimate + (1 + 3 * estimate) / rates.length));
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
  return (low + high) / 2;
}
