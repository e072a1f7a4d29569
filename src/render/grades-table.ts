import { formatLimit, formatQuantity } from '../model/format.js';
import { DEFAULT_POLICY, METRICS, type Metric, POLICIES, type ReachedGrade, reachedGrade } from '../model/policy.js';
import type { Budget, Check, CheckStatus, Report } from '../model/report.js';
import { groupChecks } from './checklist.js';
import type { Cell, Layout } from './layout.js';
import { type Palette, SIGNS } from './paint.js';

const SIGN_WIDTH = 3;
const GAP = 2;
/** With less room for what was measured, a column of the grades goes. */
const ENOUGH_FOR_TITLE = 16;

type Graded = Check & { budget: Budget };

const COLUMNS = ['judged', 'objective', 'acceptable', 'critical', 'reached'] as const;
type Column = (typeof COLUMNS)[number];

/** What goes first where the terminal is narrow; what was measured and what is acceptable stay. */
const SETS: readonly (readonly Column[])[] = [
  COLUMNS,
  ['judged', 'objective', 'acceptable', 'critical'],
  ['judged', 'acceptable', 'critical'],
  ['judged', 'acceptable'],
];

/**
 * What was measured against the three grades, and which of them it reaches. Only where somebody asked for other grades than the usual ones, by
 * a profile or a budget.
 */
export function gradesLines(report: Report, layout: Layout, palette: Palette): string[] {
  const graded = report.checks.filter(isGraded);
  if (graded.length === 0 || (report.policy === DEFAULT_POLICY.name && graded.every(isUsual))) return [];
  const { columns, widths, title } = columnsFor(graded, layout);
  const row = (sign: Cell, name: Cell, cellOf: (column: Column) => Cell) =>
    layout.row(
      [sign, name, ...columns.flatMap((column) => [{ text: '' }, cellOf(column)])],
      [SIGN_WIDTH, title, ...columns.flatMap((column) => [GAP, widths[column]])],
    );
  const header = row({ text: '' }, { text: '' }, (column) => ({
    text: column === 'reached' ? '' : column,
    paint: palette.faint,
    ...alignment(column),
  }));
  // Checks of a manifest are in its order, whatever their targets.
  const groups = groupChecks({ ...report, checks: graded, ...(report.requirements === undefined ? {} : { targets: [] }) });
  const rows = groups.flatMap(({ heading, checks }) => [
    ...(groups.length > 1 ? layout.row([{ text: ` ${heading}`, paint: palette.faint }], [layout.width]) : []),
    ...checks.filter(isGraded).flatMap((check) => {
      const reached = reachedGrade(check.budget);
      const sign = milder(STATUS_OF[reached], check.status);
      const paint = reached === 'acceptable' ? undefined : palette.status[sign];
      return row({ text: ` ${SIGNS[sign]}`, paint: palette.status[sign] }, { text: check.title }, (column) => ({
        text: cellText(check.budget, column, reached),
        ...(paint !== undefined && (column === 'judged' || column === 'reached') ? { paint } : {}),
        ...alignment(column),
      }));
    }),
  ]);
  return [
    ...layout.row([{ text: headingOf(report), paint: palette.heading }], [layout.width]),
    ...header,
    ...rows,
    ...sourceLine(report.policy, layout, palette),
  ];
}

/** A manifest can have grades of its own beside those of the profile. */
function headingOf({ policy, requirements }: Report): string {
  return requirements === undefined ? `Against the grades of ${policy}` : `Against the grades of the manifest and of ${policy}`;
}

/** Where the numbers come from: a page of its own, as sources are long. */
function sourceLine(policy: string, layout: Layout, palette: Palette): string[] {
  const [name = ''] = policy.split(',', 1);
  if (!Object.hasOwn(POLICIES, name) || policy === DEFAULT_POLICY.name) return [];
  const text = `   Where they come from: netdiag explain --profile ${name}`;
  return layout.row([{ text, paint: palette.faint }], [layout.width]);
}

/** What was not judged in the end was held against nothing. */
function isGraded(check: Check): check is Graded {
  return check.budget !== undefined && check.status !== 'skip';
}

function isUsual({ budget: { metric, objective, acceptable, critical } }: Graded): boolean {
  const usual = Object.hasOwn(METRICS, metric) ? DEFAULT_POLICY[metric as Metric] : null;
  return usual !== null && usual.objective === objective && usual.acceptable === acceptable && usual.critical === critical;
}

const STATUS_OF: Readonly<Record<ReachedGrade, CheckStatus>> = { objective: 'pass', acceptable: 'pass', missed: 'warn', critical: 'fail' };
const SEVERITY: Readonly<Record<CheckStatus, number>> = { skip: 0, pass: 0, warn: 1, fail: 2 };

/** A check can have failed for another reason than its number, and a number be worse than is held against it: by chance, or by design. */
function milder(a: CheckStatus, b: CheckStatus): CheckStatus {
  return SEVERITY[a] <= SEVERITY[b] ? a : b;
}

function alignment(column: Column): Pick<Cell, 'align'> {
  return column === 'reached' ? {} : { align: 'right' };
}

function cellText({ value, unit, objective, acceptable, critical }: Budget, column: Column, reached: ReachedGrade): string {
  if (column === 'reached') return reached;
  if (column === 'judged') return formatQuantity(value, unit);
  return formatLimit({ objective, acceptable, critical }[column], unit);
}

/** As many columns as leave room for the titles; those are cut at last. */
function columnsFor(graded: readonly Graded[], layout: Layout) {
  const natural = layout.widest(graded.map(({ title }) => title));
  const widths = Object.fromEntries(
    COLUMNS.map((column) => {
      const texts = graded.map(({ budget }) => cellText(budget, column, reachedGrade(budget)));
      return [column, layout.widest(column === 'reached' ? texts : [...texts, column])];
    }),
  ) as Record<Column, number>;
  const room = (columns: readonly Column[]) =>
    layout.width - SIGN_WIDTH - columns.reduce((total, column) => total + GAP + widths[column], 0);
  const columns = SETS.find((set) => room(set) >= Math.min(natural, ENOUGH_FOR_TITLE)) ?? (['judged', 'acceptable'] as const);
  return { columns, widths, title: Math.max(1, Math.min(natural, room(columns))) };
}
