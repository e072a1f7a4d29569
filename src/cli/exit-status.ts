import { INTERNAL } from '../model/failure-code.js';
import type { Report } from '../model/report.js';
import type { DiffOutcome } from '../model/report-diff.js';

/** `regression`: what got worse than the report of `--baseline`, and nothing else. */
export type FailOn = 'warn' | 'fail' | 'never' | 'regression';

/**
 * The exit status of a run that gave a report: 0 or 1 by its verdict, that of the signal where it was cut short, 3 where a probe failed by a
 * mistake of ours and nothing else did.
 *
 * @param regressed whether something got worse than the report that it was held against
 */
export function exitStatus(
  report: Pick<Report, 'verdict' | 'partial' | 'measurements'>,
  failOn: FailOn,
  interrupted: 130 | 143 | null,
  regressed = false,
): number {
  if (report.partial && interrupted !== null) return interrupted;
  const unfinished = internalErrors(report).length > 0 ? 3 : 0;
  if (failOn === 'never') return unfinished;
  if (regressed) return 1;
  if (failOn === 'regression') return unfinished;
  return report.verdict === 'fail' || (report.verdict === 'warn' && failOn === 'warn') ? 1 : unfinished;
}

/** That of a comparison: 1 where anything got worse, or with `change` where anything is different. */
export function diffExitStatus(outcome: DiffOutcome, failOn: 'regression' | 'change' | 'never'): 0 | 1 {
  if (failOn === 'never') return 0;
  return outcome === 'regression' || (failOn === 'change' && outcome !== 'same') ? 1 : 0;
}

/** `latency app.example.net: what went wrong` for each probe that failed by a mistake of ours. */
export function internalErrors({ measurements }: Pick<Report, 'measurements'>): string[] {
  return measurements.flatMap(({ probe, target, attempt }) =>
    attempt.kind === 'failed' && attempt.code === INTERNAL ? [`${probe}${target === null ? '' : ` ${target}`}: ${attempt.message}`] : [],
  );
}
