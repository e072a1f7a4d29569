import type { Report } from '../model/report.js';

export type FailOn = 'warn' | 'fail' | 'never';

/** The exit status of a run that gave a report: 0 or 1 by its verdict, that of the signal where it was cut short. */
export function exitStatus(report: Pick<Report, 'verdict' | 'partial'>, failOn: FailOn, interrupted: 130 | 143 | null): number {
  if (report.partial && interrupted !== null) return interrupted;
  if (failOn === 'never') return 0;
  return report.verdict === 'fail' || (report.verdict === 'warn' && failOn === 'warn') ? 1 : 0;
}
