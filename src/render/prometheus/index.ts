import type { Report } from '../../model/report.js';
import { exposition } from './exposition.js';
import { measurementSamples } from './measurement-samples.js';
import { reportSamples } from './report-samples.js';

/**
 * The report as metrics of Prometheus, for the textfile collector of its node exporter. What was not measured is absent, never 0. Every series
 * says by the label `run` what was run: two files of one folder must not have the same series, or the exporter refuses both.
 */
export function renderPrometheus(report: Report): string {
  const samples = [...reportSamples(report), ...report.measurements.flatMap(measurementSamples)];
  return exposition(samples, { run: [report.command, ...subjectsOf(report)].join(' ') });
}

/** What was looked at: targets, and names that were asked for without being any. */
function subjectsOf({ targets, measurements }: Report): string[] {
  return [...new Set([...targets.map(({ id }) => id), ...measurements.flatMap(({ target }) => target ?? [])])];
}
