import type { Diagnosis } from '../model/report.js';
import type { Cause, CauseFacts } from './cause.js';

/** So many spans are told one by one. */
const TOLD_SPANS = 3;

/** The sentence of the cause, and behind it when it was there, where it came and went. */
export function summaryOf(cause: Pick<Cause, 'summary'>, facts: CauseFacts, when: Diagnosis['when']): string {
  const text = cause.summary(facts);
  const spans = spansText(when);
  return spans === null ? text : `${text} The fault was there ${spans}.`;
}

/** `from 10:16:28.3 to 10:16:29.1 and from 10:16:31.0 on (UTC)`; `null`: all the time, as far as is known. */
export function spansText(when: Diagnosis['when']): string | null {
  if (when === null || when.length === 0) return null;
  const told = when
    .slice(0, TOLD_SPANS)
    .map(({ from, to }) => (to === null ? `from ${timeOf(from)} on` : `from ${timeOf(from)} to ${timeOf(to)}`));
  const more = when.length - told.length;
  const last = more > 0 ? `${more} more times` : told.length > 1 ? told.pop() : undefined;
  return `${told.join(', ')}${last === undefined ? '' : ` and ${last}`} (UTC)`;
}

/** `10:16:28.3` of `2026-11-22T10:16:28.345Z`. */
function timeOf(iso: string): string {
  return /T(\d\d:\d\d:\d\d(?:\.\d)?)/.exec(iso)?.[1] ?? iso;
}
