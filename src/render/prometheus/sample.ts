import type { RttStatistics } from '../../model/measurement.js';
import type { FamilyName } from './families.js';

export type Labels = Readonly<Record<string, string>>;

/** One series with its value, in base units. */
export interface Sample {
  name: FamilyName;
  labels: Labels;
  value: number;
}

/** A sample; none where the value is not known. A 0 is measured, and stays. */
export function sample(name: FamilyName, labels: Labels, value: number | boolean | null | undefined): Sample[] {
  if (value === null || value === undefined || !Number.isFinite(Number(value))) return [];
  return [{ name, labels, value: Number(value) }];
}

/** The same for milliseconds, which become seconds. */
export function sampleOfMs(name: FamilyName, labels: Labels, ms: number | null | undefined): Sample[] {
  // Twelve digits: what a division by 1000 adds behind them was not measured.
  return sample(name, labels, ms === null || ms === undefined ? null : Number((ms / 1000).toPrecision(12)));
}

const STATISTICS = ['min', 'mean', 'p50', 'p95', 'p99', 'max'] as const;

/** A distribution: one series for each of its numbers. They are no quantiles of a Prometheus summary, which counts on and on. */
export function samplesOfRtt(name: FamilyName, labels: Labels, rttMs: RttStatistics | null | undefined): Sample[] {
  if (rttMs === null || rttMs === undefined) return [];
  return STATISTICS.flatMap((statistic) => sampleOfMs(name, { ...labels, statistic }, rttMs[statistic]));
}

/** A time stamp of ISO 8601 in seconds since 1970. */
export function sampleOfTime(name: FamilyName, labels: Labels, time: string): Sample[] {
  return sampleOfMs(name, labels, Date.parse(time));
}
