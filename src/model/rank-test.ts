import { logChoose } from './binomial.js';
import { normalTwoSided } from './distributions.js';

/** The rank-sum test of Mann and Whitney (1947), as `wilcox.test` of R has it. Pure. */

/** Where neither series has more values, and no two are equal, the distribution is counted out. */
const EXACT_BELOW = 50;

export interface RankTest {
  /** Pairs, one value of each series, in which the second is the larger; equal ones count half. */
  pairs: number;
  /** Two-sided probability of a difference like this one or a larger one, were the values of both independent and of one distribution. */
  probability: number;
  /** The smallest probability that series of this length, with as many equal values, can come to: that of complete separation. */
  smallestProbability: number;
  /** Variance of `pairs` under those conditions. */
  variance: number;
}

/** Compares two series, neither of them empty. */
export function rankTest(first: readonly number[], second: readonly number[]): RankTest {
  const { ranks, tieTerm } = midranks([...first, ...second]);
  const [m, n] = [first.length, second.length];
  let sum = 0;
  for (let index = m; index < m + n; index++) sum += ranks[index] ?? 0;
  const pairs = sum - (n * (n + 1)) / 2;
  const total = m + n;
  const variance = ((m * n) / 12) * (total + 1 - (total > 1 ? tieTerm / (total * (total - 1)) : 0));
  if (tieTerm === 0 && m < EXACT_BELOW && n < EXACT_BELOW) {
    const probability = Math.min(1, 2 * lowerTail(Math.min(pairs, m * n - pairs), m, n));
    return { pairs, probability, smallestProbability: Math.min(1, 2 * Math.exp(-logChoose(total, m))), variance };
  }
  return { pairs, probability: approximated(pairs, m * n, variance), smallestProbability: approximated(0, m * n, variance), variance };
}

/** With the correction for continuity. */
function approximated(pairs: number, all: number, variance: number): number {
  const distance = Math.max(0, Math.abs(pairs - all / 2) - 0.5);
  return variance <= 0 ? 1 : normalTwoSided(distance / Math.sqrt(variance));
}

/** Ranks from 1 on, equal values sharing the mean of theirs, and the sum of t³ − t over the groups of t equal values. */
export function midranks(values: readonly number[]): { ranks: Float64Array; tieTerm: number } {
  const order = Float64Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  let tieTerm = 0;
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    const size = end - start;
    for (let place = start; place < end; place++) ranks[order[place] ?? 0] = (start + 1 + end) / 2;
    tieTerm += size ** 3 - size;
    start = end;
  }
  return { ranks, tieTerm };
}

/**
 * Probability of `most` pairs or fewer, counted by whose value is the largest of all: with probability i / (i + j) it is of the first
 * series and is in a pair with each of the j others. Sums only, so that no digits are lost in the tail.
 */
function lowerTail(most: number, m: number, n: number): number {
  const size = Math.floor(most) + 1;
  const certain = (): Float64Array => new Float64Array(size).fill(1, 0, 1);
  let before = Array.from({ length: n + 1 }, certain);
  for (let i = 1; i <= m; i++) {
    const current = [certain()];
    for (let j = 1; j <= n; j++) {
      const [ofFirst, ofSecond] = [before[j] as Float64Array, current[j - 1] as Float64Array];
      const share = i / (i + j);
      const mixed = new Float64Array(size);
      for (let u = 0; u < size; u++) mixed[u] = (u >= j ? share * (ofFirst[u - j] ?? 0) : 0) + (1 - share) * (ofSecond[u] ?? 0);
      current.push(mixed);
    }
    before = current;
  }
  return (before[n] as Float64Array).reduce((sum, probability) => sum + probability, 0);
}
