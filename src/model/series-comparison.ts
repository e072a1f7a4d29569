import { studentQuantile, studentTwoSided } from './distributions.js';
import { midranks, rankTest } from './rank-test.js';

/** Two series of times in the order in which they were measured: by how much the second is longer, and how sure that is. Pure. */
export interface SeriesComparison {
  /** Two-sided probability of a difference like this one, were both of one and the same network. */
  probability: number;
  /** What that of series as long as these cannot fall below. */
  smallestProbability: number;
  /** Shift of Hodges and Lehmann (1963), the median of all pairwise differences, and its interval at 95 %, both in the unit of the values. */
  shift: { value: number; low: number; high: number };
  /** How many independent values each series is worth, at most its own length. */
  effectiveCounts: { first: number; second: number };
}

const CONFIDENCE = 0.95;

/** Below this there is nothing to tell the slow parts of a series from the quick ones by. */
export const FEWEST_VALUES = 8;

/** @throws RangeError for a series of fewer than {@link FEWEST_VALUES} values. */
export function compareSeries(first: readonly number[], second: readonly number[]): SeriesComparison {
  const { probability, smallestProbability, effectiveCounts, standardError, degrees } = seriesTest(first, second);
  return {
    probability,
    smallestProbability,
    effectiveCounts,
    shift: shiftOf(first, second, studentQuantile(1 - CONFIDENCE, degrees) * standardError),
  };
}

export interface SeriesTest extends Omit<SeriesComparison, 'shift'> {
  /** Of the share of pairs in which the second value is the larger. */
  standardError: number;
  degrees: number;
}

/**
 * Whether the second series is of longer or shorter times than the first.
 *
 * Values that follow each other on a network are alike: a queue that is full now is full 20 ms later too. A rank test takes each of them for
 * independent, and finds differences between two bursts of one and the same network. So the difference of mean ranks is held against its
 * variance twice: that of independent values, and the long-run variance that the slow parts of both series show (equal-weighted cosines,
 * Lazarus, Lewis, Stock and Watson 2018), with as many degrees of freedom as there are such parts. The larger probability counts.
 */
export function seriesTest(first: readonly number[], second: readonly number[]): SeriesTest {
  if (Math.min(first.length, second.length) < FEWEST_VALUES) throw new RangeError(`a series needs ${FEWEST_VALUES} values`);
  const test = rankTest(first, second);
  const { ranks } = midranks([...first, ...second]);
  const [m, n] = [first.length, second.length];
  const parts = [slowVariance(ranks.subarray(0, m)), slowVariance(ranks.subarray(m))] as const;
  const variance = parts[0].ofMean + parts[1].ofMean;
  const difference = mean(ranks.subarray(m)) - mean(ranks.subarray(0, m));
  const degrees = degreesOf(parts);
  const robust = variance > 0 ? studentTwoSided(difference / Math.sqrt(variance), degrees) : difference === 0 ? 1 : 0;
  return {
    probability: Math.max(test.probability, robust),
    smallestProbability: test.smallestProbability,
    effectiveCounts: { first: parts[0].effectiveCount, second: parts[1].effectiveCount },
    // A difference of mean ranks is one of that share, times the number of values.
    standardError: Math.sqrt(Math.max(test.variance / (m * n) ** 2, variance / (m + n) ** 2)),
    degrees,
  };
}

interface SlowVariance {
  /** Of the mean of the series. */
  ofMean: number;
  degrees: number;
  effectiveCount: number;
}

/** Few, since only the slowest waves are free of the memory of the series; more where there is more of it. */
function waves(length: number): number {
  return Math.max(3, Math.floor(Math.cbrt(length)));
}

/** In a short series even the slowest waves are too quick to show all of the memory. */
function unseenMemory(length: number): number {
  return 1 + 16 / length;
}

const LARGEST_CORRELATION = 0.99;

/**
 * The correlation of neighbours (first-order). Estimated it is too low by (1 + 3 r) / n (Kendall 1954); twice that is added, since too low is the
 * worse mistake.
 */
function memory(series: Float64Array, centre: number, plain: number): number {
  let sum = 0;
  for (let index = 1; index < series.length; index++) sum += ((series[index] ?? 0) - centre) * ((series[index - 1] ?? 0) - centre);
  const estimate = plain > 0 ? sum / (plain * (series.length - 1)) : 0;
  return Math.min(LARGEST_CORRELATION, Math.max(0, estimate + (2 * (1 + 3 * estimate)) / series.length));
}

/**
 * From the amplitudes of the slowest cosines, which the mean of the series does not touch, and no less than the correlation of neighbours alone
 * makes of it. How often that raises a false alarm, the tests hold against simulated series.
 */
function slowVariance(series: Float64Array): SlowVariance {
  const length = series.length;
  const degrees = waves(length);
  const centre = mean(series);
  let power = 0;
  for (let wave = 1; wave <= degrees; wave++) {
    let amplitude = 0;
    for (let index = 0; index < length; index++) {
      amplitude += ((series[index] ?? 0) - centre) * Math.cos((Math.PI * wave * (index + 0.5)) / length);
    }
    power += (2 / length) * amplitude ** 2;
  }
  const plain = series.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (length - 1);
  const correlation = memory(series, centre, plain);
  const byNeighbours = (plain * (1 + correlation)) / (1 - correlation);
  const longRun = Math.max((power / degrees) * unseenMemory(length), byNeighbours);
  return {
    ofMean: longRun / length,
    degrees,
    effectiveCount: plain > 0 ? Math.min(length, Math.max(1, (length * plain) / longRun)) : length,
  };
}

/** Of the sum of two variances that were estimated (Welch 1947, Satterthwaite 1946). */
function degreesOf(parts: readonly SlowVariance[]): number {
  const sum = parts.reduce((total, { ofMean }) => total + ofMean, 0);
  const weighed = parts.reduce((total, { ofMean, degrees }) => total + ofMean ** 2 / degrees, 0);
  return weighed > 0 ? sum ** 2 / weighed : parts.reduce((total, { degrees }) => total + degrees, 0);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of longer series as many quantiles stand for all values: the pairs of two of them would be too many. */
const MOST_PAIRED = 200;

/**
 * The middle one of all pairwise differences, and those as far from it as the share of pairs can be wrong.
 *
 * @param halfWidth half of the interval, as a share of all pairs
 */
function shiftOf(first: readonly number[], second: readonly number[], halfWidth: number): SeriesComparison['shift'] {
  const [before, after] = [quantilesOf(first), quantilesOf(second)];
  const differences = new Float64Array(before.length * after.length);
  let next = 0;
  for (const a of before) for (const b of after) differences[next++] = b - a;
  differences.sort();
  const count = differences.length;
  const at = (place: number): number => differences[Math.min(count - 1, Math.max(0, place))] ?? 0;
  const beyond = Math.floor(Math.max(0, 0.5 - halfWidth) * count);
  const value = (at(Math.floor((count - 1) / 2)) + at(Math.ceil((count - 1) / 2))) / 2;
  return { value, low: at(beyond - 1), high: at(count - beyond) };
}

function quantilesOf(values: readonly number[]): Float64Array {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length <= MOST_PAIRED) return sorted;
  return Float64Array.from({ length: MOST_PAIRED }, (_, index) => sorted[Math.floor(((index + 0.5) * sorted.length) / MOST_PAIRED)] ?? 0);
}
