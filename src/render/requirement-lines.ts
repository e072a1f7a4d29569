import type { Check, CheckStatus, Report, VerifiedCase, VerifiedRequirement } from '../model/report.js';
import { observationOf } from './findings.js';
import type { Cell, Layout } from './layout.js';
import { type Palette, SIGNS } from './paint.js';
import { counted } from './quantities.js';

const SIGN_WIDTH = 3;
const GAP = 2;
const INDENT = 2;
/** Ids and titles take no more where there is little room. */
const WIDEST_ID = 32;
const WIDEST_TITLE = 36;
const ENOUGH_FOR_OBSERVED = 24;
const ENOUGH_FOR_EXPECTED = 12;

/** The check of a report that stands for one of a manifest. */
export type CheckOf = (id: string) => Check | undefined;

export function checkFinder({ checks }: Pick<Report, 'checks'>): CheckOf {
  const byId = new Map(checks.map((check) => [check.id, check]));
  return (id) => byId.get(id);
}

/** Whether a case has a line of its own: not where its only check says all that there is to say. */
export function hasOwnLine({ id, text, checks }: VerifiedCase, checkOf: CheckOf): boolean {
  const [only] = checks;
  return checks.length !== 1 || only?.id !== id || (text !== null && checkOf(only.id)?.title !== text);
}

interface Widths {
  id: number;
  title: number;
  observed: number;
  /** 0: it is left out. */
  expected: number;
}

interface Context {
  layout: Layout;
  palette: Palette;
  widths: Widths;
  checkOf: CheckOf;
}

/** Each requirement, its cases, and a line for each check: its id, sign, words, what was found and what was expected. */
export function requirementLines(report: Report, layout: Layout, palette: Palette): string[] {
  const requirements = report.requirements ?? [];
  if (requirements.length === 0) return [];
  const context: Context = { layout, palette, widths: widthsFor(report.checks, layout), checkOf: checkFinder(report) };
  return requirements.flatMap((requirement, index) => [...(index > 0 ? [''] : []), ...linesOf(requirement, context)]);
}

function linesOf({ id, text, status, cases }: VerifiedRequirement, context: Context): string[] {
  const { layout, palette } = context;
  const heading = layout.row(
    [
      { text: ` ${SIGNS[status]}`, paint: palette.status[status] },
      { text: text === null ? id : `${id}  ${text}`, paint: palette.heading, wrap: true },
    ],
    [SIGN_WIDTH, layout.width - SIGN_WIDTH],
  );
  return [...heading, ...cases.flatMap((one) => caseLines(one, context))];
}

function caseLines(one: VerifiedCase, context: Context): string[] {
  const { layout, palette, checkOf } = context;
  const { id, text, status, checks } = one;
  const own = hasOwnLine(one, checkOf);
  const heading = own
    ? layout.row(
        [
          { text: '' },
          { text: ` ${SIGNS[status]}`, paint: palette.status[status] },
          { text: text === null ? id : `${id}  ${text}`, paint: palette.faint, wrap: true },
        ],
        [INDENT, SIGN_WIDTH, layout.width - INDENT - SIGN_WIDTH],
      )
    : [];
  const indent = own ? 2 * INDENT : INDENT;
  return [...heading, ...checks.flatMap((check) => checkLine(checkOf(check.id), indent, context))];
}

function checkLine(check: Check | undefined, indent: number, { layout, palette, widths }: Context): string[] {
  if (check === undefined) return [];
  const { id, title, status, expected } = check;
  const paint = palette.status[status];
  const found = observationOf(check);
  const lead: Cell[] = [
    { text: '' },
    { text: ` ${SIGNS[status]}`, paint },
    { text: id, ...(status === 'skip' ? { paint } : {}) },
    { text: '' },
    { text: title, ...(status === 'skip' ? { paint } : {}) },
    { text: '' },
  ];
  const leadWidths = [indent, SIGN_WIDTH, widths.id + 2 * INDENT - indent, GAP, widths.title, GAP];
  const observed: Cell = { text: found, ...(status === 'pass' ? {} : { paint }) };
  if (status === 'skip' || widths.expected === 0)
    return layout.row([...lead, observed], [...leadWidths, widths.observed + (widths.expected === 0 ? 0 : GAP + widths.expected)]);
  return layout.row(
    [...lead, observed, { text: '' }, { text: expected ?? '', paint: palette.faint }],
    [...leadWidths, widths.observed, GAP, widths.expected],
  );
}

/** Natural widths where they fit; otherwise titles are cut, then what was expected goes. What failed is told whole below. */
function widthsFor(checks: readonly Check[], layout: Layout): Widths {
  const id = Math.min(WIDEST_ID, Math.floor(layout.width * 0.4), layout.widest(checks.map((check) => check.id)));
  const title = layout.widest(checks.map((check) => check.title));
  const observed = layout.widest(checks.filter(({ status }) => status !== 'skip').map(observationOf));
  const expected = layout.widest(checks.map((check) => check.expected ?? ''));
  const room = layout.width - 2 * INDENT - SIGN_WIDTH - id - 2 * GAP;
  const shownTitle = Math.max(1, Math.min(title, WIDEST_TITLE, Math.max(12, Math.floor(room * 0.35)), room - 1));
  const left = Math.max(1, room - shownTitle);
  const forObserved = Math.min(observed, Math.max(ENOUGH_FOR_OBSERVED, left - GAP - expected));
  const forExpected = left - forObserved - GAP;
  if (forExpected < Math.min(expected, ENOUGH_FOR_EXPECTED)) return { id, title: shownTitle, observed: left, expected: 0 };
  return { id, title: shownTitle, observed: forObserved, expected: forExpected };
}

/** What failed or warned, each with what was not fulfilled and why, and its command line. */
export function troubleLines(report: Report, layout: Layout, palette: Palette): string[] {
  const { checks, requirements } = report;
  if (requirements === undefined) return [];
  const troubled = checks.filter(({ status }) => status === 'fail' || status === 'warn');
  if (troubled.length === 0) return [];
  const verified = new Map(
    requirements.flatMap(({ cases }) => cases.flatMap((one) => one.checks.map((check) => [check.id, check] as const))),
  );
  const row = (text: string) => layout.row([{ text: '' }, { text, wrap: true }], [SIGN_WIDTH, layout.width - SIGN_WIDTH]);
  const lines = troubled.flatMap((check) => {
    const { id, title, status, because, remedy } = check;
    const { run, expectations } = verified.get(id) ?? { run: null, expectations: [] };
    const missed = expectations.filter((one) => one.status === 'fail' || one.status === 'warn');
    return [
      ...layout.row(
        [
          { text: ` ${SIGNS[status]}`, paint: palette.status[status] },
          { text: `${id}  ${title}`, paint: palette.heading, wrap: true },
        ],
        [SIGN_WIDTH, layout.width - SIGN_WIDTH],
      ),
      ...(run === null || run === title ? [] : row(`netdiag ${run}`)),
      ...missed.flatMap((one) => row(`Expected ${one.text}: ${one.because ?? 'it is not so'}.`)),
      ...(missed.length === 0 && because !== null ? row(`Because ${because}.`) : []),
      ...(remedy === null || isSaid(check, report) ? [] : row(`Do: ${remedy}`)),
    ];
  });
  return [...layout.row([{ text: 'Not fulfilled', paint: palette.heading }], [layout.width]), ...lines];
}

/** Whether a cause says what to do about it. */
function isSaid({ remedy, id }: Check, { diagnosis }: Report): boolean {
  return diagnosis.some((cause) => cause.remedy === remedy || cause.evidence.includes(id));
}

const COUNTED = [
  ['fail', 'failed'],
  ['warn', 'warned'],
  ['pass', 'passed'],
  ['skip', 'skipped'],
] as const;

/** `1 failed, 0 warned, 2 passed, 0 skipped`. */
export function statusCounts(parts: readonly { status: CheckStatus }[]): string {
  return COUNTED.map(([status, word]) => `${parts.filter((part) => part.status === status).length} ${word}`).join(', ');
}

/** `Of 7 requirements 1 failed, 0 warned, 6 passed, 0 skipped; of 16 cases …` */
export function requirementCounts(requirements: readonly VerifiedRequirement[]): string {
  const cases = requirements.flatMap((requirement) => requirement.cases);
  return `Of ${counted(requirements.length, 'requirement')} ${statusCounts(requirements)}; of ${counted(cases.length, 'case')} ${statusCounts(cases)}.`;
}
