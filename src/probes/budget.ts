import type { RttStatistics } from '../model/measurement.js';
import { type Grades, judgedPercentile, judgedTimeMs, METRICS, type Metric, type Percentile, withoutOwnDelay } from '../model/policy.js';
import type { Budget } from '../model/report.js';
import { rttStatistics } from '../model/statistics.js';

/**
 * A value beside the grades that it was held against, for the check that says so.
 *
 * @param value what was judged, in the unit of the metric
 */
export function budgetOf(metric: Metric, value: number, { objective, acceptable, critical, because }: Grades): Budget {
  return { metric, value, unit: METRICS[metric].unit, objective, acceptable, critical, source: because };
}

/** The same for a time on the process clock: without what our own delay can be, where it would not pass otherwise. */
export function processTimeBudget(metric: Metric, valueMs: number, stalledMs: number | null, grades: Grades): Budget {
  return budgetOf(metric, judgedTimeMs(valueMs, stalledMs, grades), grades);
}

/** Times of several exchanges on the process clock. */
export interface Exchanges {
  medianMs: number;
  /** `null` with fewer than two. */
  spread: RttStatistics | null;
  /** Of how many exchanges these are. */
  samples: number;
  /** The first of them singly, each with the time by which this process was late meanwhile. */
  runs: readonly { ms: number; stalledMs: number }[];
}

/** What of several exchanges is held against the grades. */
export interface JudgedTime {
  percentile: 'p50' | Percentile;
  valueMs: number;
  /** How much of it our own delays can be, each exchange with its own; `null` where that is not known. */
  ownMs: number | null;
}

/** The median, or the percentile that the grades are about where there are exchanges enough. */
export function judgedTime({ medianMs, spread, samples, runs }: Exchanges, grades: Grades): JudgedTime {
  const percentile = spread === null ? 'p50' : judgedPercentile(grades, samples);
  const valueMs = spread === null || percentile === 'p50' ? medianMs : spread[percentile];
  const without = rttStatistics(runs.map(({ ms, stalledMs }) => withoutOwnDelay(ms, stalledMs)));
  return { percentile, valueMs, ownMs: without === null ? null : Math.max(0, valueMs - without[percentile]) };
}

/** `p99 under 200 ms` where a percentile is judged, otherwise what is expected of the median. */
export function expectedOf(percentile: 'p50' | Percentile, median: string): string {
  return percentile === 'p50' ? median : `${percentile} ${median}`;
}
