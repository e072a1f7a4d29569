import { logChoose } from './binomial.js';
import { wilsonInterval } from './statistics.js';

/** Two shares, each of so many trials: whether they differ, and by how much. Pure. */

export interface Share {
  hits: number;
  trials: number;
}

/** Probabilities that differ by rounding alone count as equal; the same as `fisher.test` of R. */
const ROUNDING = 1 + 1e-7;

/**
 * The exact test of Fisher (1935), two-sided: the sum over all tables with the same totals that are no more probable than this one. With the
 * smallest value that any of those tables comes to. Counts are whole; it takes as long as there are hits.
 */
export function exactTest(first: Share, second: Share): { probability: number; smallestProbability: number } {
  const hits = first.hits + second.hits;
  const lowest = Math.max(0, hits - second.trials);
  const highest = Math.min(hits, first.trials);
  const densities = hypergeometric(first.trials, second.trials, hits, { lowest, highest });
  const upTo = (limit: number): number =>
    Math.min(
      1,
      densities.reduce((sum, probability) => (probability <= limit * ROUNDING ? sum + probability : sum), 0),
    );
  const smallest = Math.min(densities[0] ?? 1, densities[densities.length - 1] ?? 1);
  return { probability: upTo(densities[first.hits - lowest] ?? 1), smallestProbability: upTo(smallest) };
}

/** Probabilities of all numbers of hits in the first of two groups, each from its neighbour, outwards from about the most probable one. */
function hypergeometric(first: number, second: number, hits: number, range: { lowest: number; highest: number }): Float64Array {
  const { lowest, highest } = range;
  const densities = new Float64Array(highest - lowest + 1);
  const middle = Math.min(highest, Math.max(lowest, Math.round((hits * first) / (first + second))));
  densities[middle - lowest] = Math.exp(logChoose(first, middle) + logChoose(second, hits - middle) - logChoose(first + second, hits));
  const step = (k: number): number => ((first - k) * (hits - k)) / ((k + 1) * (second - hits + k + 1));
  for (let k = middle; k < highest; k++) densities[k + 1 - lowest] = (densities[k - lowest] ?? 0) * step(k);
  for (let k = middle - 1; k >= lowest; k--) densities[k - lowest] = (densities[k + 1 - lowest] ?? 0) / step(k);
  return densities;
}

/**
 * By how much the second share is larger, with its interval at 95 % from the Wilson intervals of both (Newcombe 1998, method 10). `null`
 * without trials.
 */
export function shareDifference(first: Share, second: Share): { value: number; low: number; high: number } | null {
  const [before, after] = [wilsonInterval(first.hits, first.trials), wilsonInterval(second.hits, second.trials)];
  if (before === null || after === null) return null;
  const [p, q] = [first.hits / first.trials, second.hits / second.trials];
  const value = q - p;
  return {
    value,
    low: value - Math.hypot(q - after.lowRatio, before.highRatio - p),
    high: value + Math.hypot(after.highRatio - q, p - before.lowRatio),
  };
}
