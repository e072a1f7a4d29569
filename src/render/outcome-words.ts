import type { Check, Diagnosis, Report } from '../model/report.js';

/** What is to be said in place of a cause, where none was found. */
export function withoutCause(report: Report): string {
  if (report.partial) return 'No cause of trouble was found before the interrupt.';
  if (report.verdict === 'pass') return 'Nothing is wrong.';
  return report.checks.every((check) => check.status === 'skip' || check.status === 'pass')
    ? 'What was asked could not be judged; the checks below say why.'
    : 'No known cause explains what was found; the checks below say what it is.';
}

/** Whether a cause is one of failures, or of warnings alone. */
export function severityOf(diagnosis: Diagnosis, checks: ReadonlyMap<string, Check>): 'warn' | 'fail' {
  const evidence = diagnosis.evidence.flatMap((id) => checks.get(id) ?? []);
  return evidence.length === 0 || evidence.some((check) => check.status === 'fail') ? 'fail' : 'warn';
}

/** Checks and measurements of the machine itself first (`null`), then those of each target, each in the order of the report. */
export function byOwner<T extends { target: string | null }>(report: Report, items: readonly T[]): { owner: string | null; items: T[] }[] {
  const groups = new Map<string | null, T[]>();
  for (const owner of [null, ...report.targets.map(({ id }) => id)]) groups.set(owner, []);
  for (const item of items) {
    const group = groups.get(item.target);
    if (group === undefined) groups.set(item.target, [item]);
    else group.push(item);
  }
  return [...groups].filter(([, members]) => members.length > 0).map(([owner, members]) => ({ owner, items: members }));
}
