import type { RttStatistics } from './measurement.js';

/** Value at percentile `p` (0 to 100) by nearest rank: a value that was really measured. `sorted` is ascending and not empty. */
export function percentile(sorted: readonly number[], p: number): number {
  const rank = Math.max(1, Math.ceil((p / 100) * sorted.length));
  return sorted[Math.min(rank, sorted.length) - 1] as number;
}

/** Distribution of round trips; `null` where there are none. */
export function rttStatistics(rtts: readonly number[]): RttStatistics | null {
  if (rtts.length === 0) return null;
  const sorted = [...rtts].sort((a, b) => a - b);
  const mean = sorted.reduce((sum, rtt) => sum + rtt, 0) / sorted.length;
  const variance = sorted.length < 2 ? null : sorted.reduce((sum, rtt) => sum + (rtt - mean) ** 2, 0) / (sorted.length - 1);
  return {
    min: sorted[0] as number,
    mean,
    p50: percentile(sorted, 50),
    p95: percentile(sorted, 95),
    p99: percentile(sorted, 99),
    max: sorted[sorted.length - 1] as number,
    stddev: variance === null ? null : Math.sqrt(variance),
  };
}

/**
 * Interarrival jitter of RFC 3550 section 6.4.1: J += (|D| − J) / 16, over consecutive round trips in the order sent. A lost sample leaves
 * a gap over which no difference is taken. `null` below two consecutive samples.
 */
export function interarrivalJitterMs(rtts: readonly (number | null)[]): number | null {
  let jitter: number | null = null;
  for (const difference of consecutiveDifferences(rtts)) jitter = (jitter ?? 0) + (difference - (jitter ?? 0)) / 16;
  return jitter;
}

/** Mean of the absolute differences of consecutive round trips; `null` below two consecutive samples. */
export function meanConsecutiveDifferenceMs(rtts: readonly (number | null)[]): number | null {
  const differences = consecutiveDifferences(rtts);
  return differences.length === 0 ? null : differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
}

function consecutiveDifferences(rtts: readonly (number | null)[]): number[] {
  const differences: number[] = [];
  for (let index = 1; index < rtts.length; index++) {
    const [before, after] = [rtts[index - 1], rtts[index]];
    if (typeof before === 'number' && typeof after === 'number') differences.push(Math.abs(after - before));
  }
  return differences;
}

/** 97.5th percentile of the standard normal distribution: two-sided 95 %. */
const Z95 = 1.959963984540054;

/** Wilson score interval at 95 % of a proportion: `hits` of `trials`. It holds also where nothing, or everything, was hit. */
export function wilsonInterval(hits: number, trials: number): { lowRatio: number; highRatio: number; confidence: number } | null {
  if (trials === 0) return null;
  const proportion = hits / trials;
  const z2 = Z95 ** 2;
  const centre = (proportion + z2 / (2 * trials)) / (1 + z2 / trials);
  const half = (Z95 / (1 + z2 / trials)) * Math.sqrt((proportion * (1 - proportion)) / trials + z2 / (4 * trials ** 2));
  return {
    lowRatio: hits === 0 ? 0 : Math.max(0, centre - half),
    highRatio: hits === trials ? 1 : Math.min(1, centre + half),
    confidence: 0.95,
  };
}
