import { INTERNAL } from '../model/failure-code.js';
import type { Report } from '../model/report.js';

export type FailOn = 'warn' | 'fail' | 'never';

/**
 * The exit status of a run that gave a report: 0 or 1 by its verdict, that of the signal where it was cut short, 3 where a probe failed by a
 * mistake of ours and nothing else did.
 */
export function exitStatus(
  report: Pick<Report, 'verdict' | 'partial' | 'measurements'>,
  failOn: FailOn,
  interrupted: 130 | 143 | null,
): number {
  if (report.partial && interrupted !== null) return interrupted;
  const unfinished = internalErrors(report).length > 0 ? 3 : 0;
  if (failOn === 'never') return unfinished;
  return report.verdict === 'fail' || (report.verdict === 'warn' && failOn === 'warn') ? 1 : unfinished;
}

/** `latency app.example.net: what went wrong` for each probe that failed by a mistake of ours. */
export function internalErrors({ measurements }: Pick<Report, 'measurements'>): string[] {
  return measurements.flatMap(({ probe, target, attempt }) =>
    attempt.kind === 'failed' && attempt.code === INTERNAL ? [`${probe}${target === null ? '' : ` ${target}`}: ${attempt.message}`] : [],
  );
}
