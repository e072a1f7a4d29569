import type { Check, CheckStatus, Report } from '../../model/report.js';
import type { Change, CheckChange, CheckDiff, CheckState } from '../../model/report-diff.js';
import type { IsCommon } from './common-targets.js';

const BADNESS: Readonly<Record<Exclude<CheckStatus, 'skip'>, number>> = { pass: 0, warn: 1, fail: 2 };

/**
 * Checks whose status or code is another one, and those that one report alone has, in the order of the later report; those that are gone
 * last. By their ids, which stay the same from one report to the next.
 */
export function compareChecks(before: Report, after: Report, isCommon: IsCommon): { checks: CheckDiff[]; unchanged: number } {
  const earlier = new Map(before.checks.map((check) => [check.id, check]));
  const later = new Map(after.checks.map((check) => [check.id, check]));
  // Another version may look at more; a report that was cut short has not looked at everything.
  const isComplete = before.tool.version === after.tool.version && !before.partial;
  // Those of a manifest are the same ones by their ids, whatever targets they are held against.
  const isComparable: IsCommon = after.requirements === undefined ? isCommon : () => true;
  const changed: CheckDiff[] = [];
  let unchanged = 0;
  for (const check of later.values()) {
    const known = earlier.get(check.id) ?? null;
    if (known === null && !isComparable(check.target)) continue;
    const found = known === null ? appeared(check, isComplete) : transition(known, check);
    if (found === null) unchanged++;
    else changed.push(described(check, stateOf(known), stateOf(check), found));
  }
  for (const check of earlier.values()) {
    if (!later.has(check.id) && isComparable(check.target))
      changed.push(described(check, stateOf(check), null, { kind: 'gone', change: 'changed' }));
  }
  return { checks: changed, unchanged };
}

interface Found {
  kind: CheckChange;
  change: Change;
}

/** Many checks are made only where something is wrong: a new one that is not well is a fault that was not there before. */
function appeared({ status }: Check, isComplete: boolean): Found {
  return { kind: 'new', change: isComplete && (status === 'warn' || status === 'fail') ? 'worse' : 'changed' };
}

/** `null`: nothing changed. What is explained by another fault now is not worse by itself: that other fault is. */
function transition(before: Check, after: Check): Found | null {
  if (after.status === 'skip') return before.status === 'skip' ? null : { kind: 'not-judged', change: 'changed' };
  if (before.status === 'skip') return after.status === 'pass' ? { kind: 'judged', change: 'changed' } : { kind: 'broke', change: 'worse' };
  const step = BADNESS[after.status] - BADNESS[before.status];
  if (step > 0) return { kind: 'broke', change: 'worse' };
  if (step < 0) return { kind: 'mended', change: 'better' };
  return before.code === after.code ? null : { kind: 'code', change: 'changed' };
}

function described(check: Check, before: CheckState | null, after: CheckState | null, found: Found): CheckDiff {
  const { id, layer, title, target } = check;
  return { id, layer, title, target, ...found, before, after, note: null };
}

function stateOf(check: Check | null): CheckState | null {
  if (check === null) return null;
  const { status, code, observed, because } = check;
  return { status, code, observed, because };
}
