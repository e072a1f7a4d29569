import type { Code } from '../../model/code.js';
import type { Layer } from '../../model/layer.js';
import { reachedGrade } from '../../model/limits.js';
import type { Budget, Check, CheckStatus, Report, VerifiedExpectation } from '../../model/report.js';
import { countText } from './check-words.js';
import { holdExpectation } from './expectations.js';
import type { ManifestCheck } from './manifest.js';
import { expectationText, type Outcome } from './outcome.js';
import { asItIs, type Hide } from './units.js';

/** What became of one check of a manifest. */
export interface JudgedCheck {
  check: ManifestCheck;
  status: CheckStatus;
  code: Code | null;
  /** `null`: nothing was found that tells. */
  layer: Layer | null;
  observed: string | null;
  expected: string | null;
  because: string | null;
  remedy: string | null;
  /** The one target that the step was about; `null`: none, or several. */
  target: string | null;
  budget: Budget | null;
  expectations: VerifiedExpectation[];
  /** What it rests on, of the checks of the step. */
  found: Check[];
  /** Ids of measurements of the step. */
  measurements: string[];
}

const LONGEST = 160;
/** Of several expectations, those that are told in one line. */
const TOLD = 3;

/**
 * Holds what a step found against a check of the manifest. Pure where `hide` is.
 *
 * @param hide is asked for each text that is cut
 */
export function judgeCheck(check: ManifestCheck, report: Report, hide: Hide = asItIs): JudgedCheck {
  return check.expectations.length === 0 ? judgeAsFound(check, report, hide) : judgeExpected(check, report, hide);
}

/** A check that was not looked at. */
export function skippedManifestCheck(check: ManifestCheck, because: string, hide: Hide = asItIs): JudgedCheck {
  return {
    check,
    status: 'skip',
    code: null,
    layer: null,
    observed: null,
    expected: expectedText(check, hide),
    because,
    remedy: null,
    target: null,
    budget: null,
    expectations: check.expectations.map((expectation) => ({
      text: expectationText(expectation),
      status: 'skip',
      observed: null,
      because,
    })),
    found: [],
    measurements: [],
  };
}

function judgeExpected(check: ManifestCheck, report: Report, hide: Hide): JudgedCheck {
  const outcomes = check.expectations.map((expectation) => holdExpectation(expectation, report, hide));
  const status = worst(outcomes.map(({ result }) => result.status));
  const troubled = outcomes.filter(({ result }) => result.status === status && status !== 'pass');
  const reasons = troubled.map(({ result }) => (outcomes.length === 1 ? result.because : `${result.text}: ${result.because ?? 'no'}`));
  const told = status === 'pass' ? outcomes : troubled;
  return judged(
    check,
    report,
    {
      status,
      offending: outcomes.flatMap(({ offending }) => offending),
      looked: outcomes.flatMap(({ looked }) => looked),
      measurements: outcomes.flatMap(({ measurements }) => measurements),
      observed: observedText(told, outcomes.length, hide),
      because:
        reasons.length === 0
          ? null
          : joined(
              reasons.map((reason) => reason ?? ''),
              hide,
            ),
      budget: worstBudget(outcomes),
      expectations: outcomes.map(({ result }) => result),
    },
    hide,
  );
}

/** Without expectations: as its checks are, and where none of them judged anything, not passed. */
function judgeAsFound(check: ManifestCheck, report: Report, hide: Hide): JudgedCheck {
  const { checks } = report;
  const failed = checks.filter(({ status }) => status === 'fail');
  const warned = checks.filter(({ status }) => status === 'warn');
  const [first] = [...failed, ...warned];
  const isOpen = first === undefined && report.verdict !== 'pass';
  const status = failed.length > 0 || isOpen ? 'fail' : warned.length > 0 ? 'warn' : 'pass';
  const gap = report.conclusion.notLookedAt[0] ?? checks.find((one) => one.status === 'skip' && one.because !== null)?.because;
  return judged(
    check,
    report,
    {
      status,
      offending: failed.length > 0 ? failed : warned,
      looked: checks,
      measurements: [],
      observed:
        first === undefined
          ? checks.length === 0
            ? null
            : countText(checks)
          : short(`${first.title}: ${first.observed ?? first.because ?? first.status}`, hide),
      because:
        first === undefined
          ? isOpen
            ? short(gap === undefined ? 'nothing could be judged' : `too little was judged: ${gap}`, hide)
            : null
          : short(`${first.id} is ${first.status}${failed.length + warned.length > 1 ? `; of all checks ${countText(checks)}` : ''}`, hide),
      budget: first?.budget ?? null,
      expectations: [],
    },
    hide,
  );
}

interface Parts {
  status: 'pass' | 'warn' | 'fail';
  offending: readonly Check[];
  looked: readonly Check[];
  measurements: readonly string[];
  observed: string | null;
  because: string | null;
  budget: Budget | null;
  expectations: VerifiedExpectation[];
}

function judged(check: ManifestCheck, report: Report, parts: Parts, hide: Hide): JudgedCheck {
  const { status, observed, because, budget, expectations } = parts;
  const looked = new Set(parts.looked);
  const found = report.checks.filter((one) => looked.has(one));
  const [offending] = parts.offending;
  const layers = found.map(({ layer }) => layer);
  const [only, another] = report.targets;
  return {
    check,
    status,
    code: status === 'pass' ? null : (parts.offending.find(({ code }) => code !== null)?.code ?? null),
    layer: status !== 'pass' && offending !== undefined ? offending.layer : layers.length === 0 ? null : (Math.max(...layers) as Layer),
    observed,
    expected: expectedText(check, hide),
    because,
    remedy: status === 'pass' ? null : remedyOf(parts.offending, report),
    target: another === undefined ? (only?.id ?? null) : null,
    budget,
    expectations,
    found,
    measurements: [...new Set([...found.flatMap(({ measurements }) => measurements), ...parts.measurements])],
  };
}

/** What the check itself advises, otherwise what its cause does. */
function remedyOf(offending: readonly Check[], { diagnosis }: Report): string | null {
  const own = offending.find(({ remedy }) => remedy !== null)?.remedy;
  const cause = diagnosis.find(({ evidence }) => offending.some(({ id }) => evidence.includes(id)));
  return own ?? cause?.remedy ?? null;
}

function expectedText({ expectations }: ManifestCheck, hide: Hide): string {
  return expectations.length === 0 ? 'no check fails' : joined(expectations.map(expectationText), hide);
}

/** Of one expectation what was observed; of several the observation stands behind its way. */
function observedText(outcomes: readonly Outcome[], all: number, hide: Hide): string | null {
  const told = outcomes.flatMap(({ result }) => (result.observed === null ? [] : [result.observed]));
  if (told.length === 0) return null;
  if (all === 1 || told.length === 1) return short(told[0] ?? '', hide);
  return joined(told, hide);
}

function joined(texts: readonly string[], hide: Hide): string {
  const more = texts.length - TOLD;
  return short(`${texts.slice(0, TOLD).join('; ')}${more > 0 ? `; and ${more} more` : ''}`, hide);
}

function short(whole: string, hide: Hide): string {
  const text = hide(whole);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…`;
}

const SEVERITY = { skip: 0, pass: 0, warn: 1, fail: 2 } as const;

function worst(statuses: readonly CheckStatus[]): 'pass' | 'warn' | 'fail' {
  const most = Math.max(0, ...statuses.map((status) => SEVERITY[status]));
  return most === 2 ? 'fail' : most === 1 ? 'warn' : 'pass';
}

const GRADES = ['objective', 'acceptable', 'missed', 'critical'] as const;

function worstBudget(outcomes: readonly Outcome[]): Budget | null {
  const budgets = outcomes.flatMap(({ budget }) => budget ?? []);
  return [...budgets].sort((a, b) => GRADES.indexOf(reachedGrade(b)) - GRADES.indexOf(reachedGrade(a)))[0] ?? null;
}
