import type { Code } from '../model/code.js';
import type { Check, Diagnosis } from '../model/report.js';
import type { Cause, Counter, Rival } from './cause.js';
import { type Causes, isOffTheWay, type Ways } from './explains.js';
import { type Inquired, type Inquiry, LOOKS_AT } from './inquiry.js';
import { isAmong, isBesideTheWay, kindOf } from './kinds.js';
import type { Candidate } from './merge.js';
import { partOf } from './part.js';
import { USUAL_BASIS } from './sureness.js';

/** What the rest of the run says of a cause that is to be named. */
export interface Weighed {
  /** Each check that this cause would not let be as it is. */
  against: Check[];
  /** How many different things speak against it. */
  againstCount: number;
  /** What looks the same, and nothing speaks against. */
  alternatives: Diagnosis['alternatives'];
  /** How many of its rivals are out of the question. */
  refutedCount: number;
  /** How many of the inquiries that would tell were made. */
  madeCount: number;
  notLookedAt: string[];
}

/** What is weighed against: all that was judged and looked at. */
export interface Given {
  judged: readonly Check[];
  causes: Causes;
  ways: Ways;
  /** Codes that are named anyway. */
  named: ReadonlySet<Code>;
  inquired: readonly Inquired[];
}

/** The same, with what is looked up for each of many causes found once. */
export interface Scales extends Given {
  /** Checks of the kinds that the counter names. */
  ofKindsOf(counter: Counter): readonly Check[];
  skipped: readonly Check[];
  /** By the `id` of a check. */
  targets: ReadonlyMap<string, string | null>;
}

export function scalesOf(given: Given): Scales {
  const { judged } = given;
  const found = new Map<Counter, readonly Check[]>();
  return {
    ...given,
    ofKindsOf: (counter) => {
      const known = found.get(counter) ?? judged.filter((check) => isAmong(kindOf(check), counter.kinds));
      found.set(counter, known);
      return known;
    },
    skipped: judged.filter(({ status }) => status === 'skip'),
    targets: new Map(judged.map(({ id, target }) => [id, target])),
  };
}

/** At most so many things that were not looked at are listed. */
const NOT_LOOKED_AT_LIMIT = 6;

/** Weighs one cause: what speaks against it, what could look the same, and what would have told but was not looked at. */
export function weigh(candidate: Candidate, scales: Scales): Weighed {
  const { causes, named, skipped, ofKindsOf } = scales;
  const { check } = candidate;
  const cause = causes[check.code];
  const scope = scopeOf(candidate, scales);
  const counters = (cause.against ?? [])
    .filter(({ unlessShown }) => unlessShown?.test(check.observed ?? '') !== true)
    .map((counter) => ofKindsOf(counter).filter((other) => !scope.evidence.has(other.id) && speaksAgainst(counter, other, scope)));
  // What says outright what it is leaves no room for what only looks like it.
  const rivals = (cause.cannotBeToldFrom ?? []).filter((rival) => looksAlike(rival, candidate));
  const open = rivals.filter(
    ({ code }) =>
      !named.has(code) &&
      !(causes[code].against ?? []).some((counter) => ofKindsOf(counter).some((other) => speaksAgainst(counter, other, scope))),
  );
  const inquiries = inquiriesOf(candidate, scales);
  const wanted = new Set(tellingInquiries(cause, open));
  const telling = [cause, ...open.map(({ code }) => causes[code])].flatMap(({ against = [] }) => against);
  return {
    against: [...new Set(counters.flat())],
    againstCount: counters.filter((matches) => matches.length > 0).length,
    alternatives: open.map(({ code, toldBy }) => ({ code, toldBy })),
    refutedCount: rivals.length - open.length,
    madeCount: inquiries.filter(({ made }) => made).length,
    notLookedAt: firstOf([
      ...inquiries.flatMap(({ inquiry, made, because }) =>
        made || !wanted.has(inquiry) ? [] : `${LOOKS_AT[inquiry]}${because === null ? '' : `: ${because}`}`,
      ),
      ...skipped.flatMap((other) =>
        !scope.unnamed.has(other.target) && telling.some((counter) => isInQuestion(counter, other, scope))
          ? `${other.title}${other.target === null ? '' : ` of ${other.target}`}: ${other.because ?? 'not judged'}`
          : [],
      ),
    ]),
  };
}

function firstOf(texts: readonly string[]): string[] {
  return [...new Set(texts)].slice(0, NOT_LOOKED_AT_LIMIT);
}

/** Whether a rival is in the question at all, given how the cause is known and of whom it is. */
function looksAlike({ ofBasis, ofOneTarget, ifAmongEvidence }: Rival, { check, shownBy, evidence }: Candidate): boolean {
  if (ifAmongEvidence !== undefined && !evidence.some((id) => isAmong(kindOf({ id }), ifAmongEvidence))) return false;
  if (ofOneTarget === true && shownBy.length > 1 && check.target === null) return false;
  if (ofBasis === undefined) return check.basis !== 'stated';
  return ofBasis.includes(check.basis ?? USUAL_BASIS[check.code] ?? 'stated');
}

interface Scope {
  check: Check;
  evidence: ReadonlySet<string>;
  targets: ReadonlySet<string | null>;
  /** Targets whose name was not found since the cause is what it is: that they were not asked is no gap, but a part of it. */
  unnamed: ReadonlySet<string | null>;
  ways: Ways;
}

function scopeOf({ check, evidence, shownBy }: Candidate, { ways, targets }: Scales): Scope {
  const names = evidence.filter((id) => kindOf({ id }) === 'l7.name');
  return {
    check,
    evidence: new Set(evidence),
    targets: new Set(shownBy.map(({ target }) => target)),
    unnamed: new Set(names.flatMap((id) => targets.get(id) ?? [])),
    ways,
  };
}

function speaksAgainst(counter: Counter, other: Check, scope: Scope): boolean {
  const { statuses = ['pass'], codes } = counter;
  if (!statuses.includes(other.status) || !isInQuestion(counter, other, scope)) return false;
  return codes === undefined || (other.code !== null && isAmong(other.code, codes));
}

/** Whether the check, had it come out so, would speak against it: by its kind, and by what it is about. */
function isInQuestion({ kinds, of }: Counter, other: Check, { check, targets, ways }: Scope): boolean {
  if (!isAmong(kindOf(other), kinds)) return false;
  if (isBesideTheWay(other) !== isBesideTheWay(check) || isOffTheWay(check, other, ways)) return false;
  if (of === undefined) return true;
  // What is in front of all targets is of each of them; of the parts of this machine each is itself alone.
  const same = check.target === null ? other.target !== null || isOfPart(check, other) : targets.has(other.target);
  return of === 'same' ? same : other.target !== null && !same;
}

/** What is of no part of this machine is of all of it. */
function isOfPart(check: Check, other: Check): boolean {
  const part = partOf(check);
  return part === null || JSON.stringify(part) === JSON.stringify(partOf(other));
}

/**
 * The inquiries that would tell something of a cause that is not known yet: what could only tell it from a rival that is out of the question
 * is not needed.
 */
export function tellingInquiries({ toldBy = [], cannotBeToldFrom = [] }: Cause, open: readonly { code: Code }[]): Inquiry[] {
  const left = new Set(open.map(({ code }) => code));
  return toldBy.filter((inquiry) => {
    const rivals = cannotBeToldFrom.filter((rival) => rival.inquiry === inquiry);
    return rivals.length === 0 || rivals.some(({ code }) => left.has(code));
  });
}

interface Looked {
  inquiry: Inquiry;
  made: boolean;
  /** Why not, or why it found nothing out; `null` also where nobody tried, which needs no words. */
  because: string | null;
}

/** The inquiries that would tell, and what became of them. */
function inquiriesOf({ check, evidence }: Candidate, { causes, inquired, targets: known }: Scales): Looked[] {
  const targets = new Set([check.target, ...evidence.map((id) => known.get(id))]);
  return (causes[check.code].toldBy ?? []).map((inquiry) => {
    const tried = inquired.filter((entry) => entry.inquiry === inquiry && targets.has(entry.target));
    const made = tried.some(({ notMade }) => notMade === null);
    return { inquiry, made, because: made ? null : (tried[0]?.notMade ?? null) };
  });
}
