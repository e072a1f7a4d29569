import type { Report } from '../../model/report.js';
import { countByStatus } from '../check-counts.js';
import { internalFaults } from '../findings.js';
import { type Sample, sample, sampleOfMs, sampleOfTime } from './sample.js';

const VERDICTS = ['pass', 'warn', 'fail'] as const;
const STATUSES = ['pass', 'warn', 'fail', 'skip'] as const;

/** What the report says as a whole: verdict, checks and causes. */
export function reportSamples(report: Report): Sample[] {
  const { tool, command, policy, checks, diagnosis } = report;
  const counts = countByStatus(checks);
  return [
    ...sample('netdiag_report_info', { version: tool.version, command, policy }, 1),
    ...sampleOfTime('netdiag_report_start_timestamp_seconds', {}, report.startedAt),
    ...sampleOfMs('netdiag_report_duration_seconds', {}, report.durationMs),
    ...sample('netdiag_report_partial', {}, report.partial),
    ...sample('netdiag_internal_errors', {}, internalFaults(report).size),
    ...VERDICTS.flatMap((verdict) => sample('netdiag_verdict', { verdict }, verdict === report.verdict)),
    ...STATUSES.flatMap((status) => sample('netdiag_checks', { status }, counts[status])),
    ...checks.flatMap(({ id, layer, target, status: own }) => {
      const labels = { check: id, layer: String(layer), target: target ?? '' };
      return STATUSES.flatMap((status) => sample('netdiag_check_status', { ...labels, status }, status === own));
    }),
    ...diagnosis.flatMap(({ code, layer, target, confidence }) =>
      sample('netdiag_diagnosis_confidence_ratio', { code, layer: String(layer), target: target ?? '' }, confidence),
    ),
  ];
}
