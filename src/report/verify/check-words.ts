import type { Check } from '../../model/report.js';

/** What a check says of what it looked at. */
export function saidBy(check: Check | undefined): string | null {
  if (check === undefined) return null;
  const said = check.status === 'skip' ? check.because : check.observed;
  return said === null ? `${check.title}: ${check.status}` : `${check.title}: ${said}`;
}

/** Why it was skipped, in parentheses. */
export function reasonBehind({ status, because }: Check): string {
  return status === 'skip' && because !== null ? ` (${because})` : '';
}

const STATUS_WORDS = [
  ['pass', 'passed'],
  ['warn', 'warned'],
  ['fail', 'failed'],
  ['skip', 'skipped'],
] as const;

/** `5 passed, 1 warned`. */
export function countText(checks: readonly Check[]): string {
  return STATUS_WORDS.flatMap(([status, word]) => {
    const count = checks.filter((check) => check.status === status).length;
    return count === 0 ? [] : [`${count} ${word}`];
  }).join(', ');
}
