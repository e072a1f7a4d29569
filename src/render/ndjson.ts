import type { Report } from '../model/report.js';
import { countByStatus } from './check-counts.js';
import { escapeJson } from './escape.js';

/**
 * One JSON object a line, each with its `type`: `run` (the envelope and the targets), then each `measurement`, `check` and `diagnosis`,
 * then `verdict`. A reader that stops half-way knows by the absent `verdict` that it has not seen all.
 */
export function renderNdjson(report: Report): string {
  const { diagnosis, checks, measurements, verdict, ...run } = report;
  const lines: object[] = [
    { type: 'run', ...run },
    ...measurements.map((measurement) => ({ type: 'measurement', ...measurement })),
    ...checks.map((check) => ({ type: 'check', ...check })),
    ...diagnosis.map((entry) => ({ type: 'diagnosis', ...entry })),
    { type: 'verdict', verdict, partial: report.partial, checks: countByStatus(checks) },
  ];
  return lines.map((line) => `${escapeJson(JSON.stringify(line))}\n`).join('');
}
