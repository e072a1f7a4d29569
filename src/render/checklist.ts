import { LAYER_SECTIONS } from '../model/layer.js';
import type { Check, Report } from '../model/report.js';
import { isNamedBy, observationOf } from './findings.js';
import type { Cell, Layout } from './layout.js';
import { type Palette, SIGNS } from './paint.js';

const GAP = 2;
const SIGN_WIDTH = 2;
/** With fewer columns for what was observed, the names of the layers make room for it. */
const ENOUGH_FOR_OBSERVED = 40;
/** Room for `under 100 ms`; an expectation that is cut shorter says nothing. */
const ENOUGH_FOR_EXPECTED = 12;

/** Widths of the columns of the checklist; 0 where a column is left out. */
interface Widths {
  section: number;
  title: number;
  observed: number;
  expected: number;
  /** Whether the section is its number alone. */
  short: boolean;
}

/** The checks from the bottom layer to the top: first those of this machine, then target by target where there are several. */
export function checklistLines(report: Report, layout: Layout, palette: Palette): string[] {
  if (report.checks.length === 0) return [];
  const widths = columnWidths(report.checks, layout);
  const groups = groupChecks(report);
  return groups.flatMap(({ heading, checks }, index) => [
    ...(index > 0 ? [''] : []),
    ...(groups.length > 1 ? layout.row([{ text: ` ${heading}`, paint: palette.heading }], [layout.width]) : []),
    ...groupLines(checks, widths, { layout, palette, diagnosis: report.diagnosis }),
  ]);
}

/** The checks of this machine, then target by target; all of them together where there is one target at most. */
export function groupChecks(report: Report): { heading: string; checks: Check[] }[] {
  if (report.targets.length < 2) return [{ heading: '', checks: report.checks }];
  const owners = [...new Set([null, ...report.targets.map((target) => target.id), ...report.checks.map((check) => check.target)])];
  return owners
    .map((owner) => ({ heading: owner ?? 'This machine', checks: report.checks.filter((check) => check.target === owner) }))
    .filter(({ checks }) => checks.length > 0);
}

interface Context {
  layout: Layout;
  palette: Palette;
  diagnosis: Report['diagnosis'];
}

function groupLines(checks: readonly Check[], widths: Widths, context: Context): string[] {
  return LAYER_SECTIONS.flatMap((section) => {
    const inSection = checks.filter((check) => section.layers.includes(check.layer));
    const label = widths.short ? section.label : sectionLabel(section);
    return inSection.flatMap((check, index) => checkLines(check, index === 0 ? label : '', widths, context));
  });
}

function sectionLabel(section: { label: string; name: string }): string {
  return `${section.label.padEnd(4)}${section.name}`;
}

function checkLines(check: Check, label: string, widths: Widths, { layout, palette, diagnosis }: Context): string[] {
  const paint = palette.status[check.status];
  const skipped = check.status === 'skip';
  const cells: Cell[] = [
    { text: ` ${label}`, paint: palette.faint },
    { text: SIGNS[check.status], paint },
    skipped ? { text: check.title, paint } : { text: check.title },
    { text: '' },
    check.status === 'pass' ? { text: observationOf(check) } : { text: observationOf(check), paint },
  ];
  const lead = [widths.section, SIGN_WIDTH, widths.title, GAP];
  // Nothing was held against the expectation of a check that was skipped: its reason has that column too.
  const lines =
    skipped || widths.expected === 0
      ? layout.row(cells, [...lead, layout.width - sum(lead)])
      : layout.row(
          [...cells, { text: '' }, { text: check.expected ?? '', paint: palette.faint }],
          [...lead, widths.observed, GAP, widths.expected],
        );
  // What the diagnosis above says already is not said again.
  if (check.remedy === null || check.status === 'pass' || check.status === 'skip') return lines;
  if (diagnosis.some((cause) => isNamedBy(check, cause))) return lines;
  const indent = widths.section + SIGN_WIDTH;
  return [...lines, ...layout.row([{ text: '' }, { text: `Do: ${check.remedy}`, wrap: true }], [indent, layout.width - indent])];
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}

/**
 * Natural widths where they fit. Otherwise the expectation is cut, then the names of the layers make room, then long observations are cut
 * (the measurements below have them whole), then the expectation goes, and at last titles are cut too.
 */
function columnWidths(checks: readonly Check[], layout: Layout): Widths {
  const judged = checks.filter((check) => check.status !== 'skip');
  const title = layout.widest(checks.map((check) => check.title));
  const observed = layout.widest(judged.map(observationOf));
  const expected = layout.widest(judged.map((check) => check.expected ?? ''));
  const used = LAYER_SECTIONS.filter((section) => checks.some((check) => section.layers.includes(check.layer)));
  const sections = [
    { section: 1 + layout.widest(used.map(sectionLabel)) + GAP, short: false },
    { section: 1 + layout.widest(used.map(({ label }) => label)) + GAP, short: true },
  ];

  for (const shown of [observed, Math.min(observed, ENOUGH_FOR_OBSERVED)]) {
    for (const { section, short } of sections) {
      const room = layout.width - section - SIGN_WIDTH - title - GAP - shown - GAP;
      if (expected > 0 && room >= Math.min(expected, ENOUGH_FOR_EXPECTED)) {
        return {
          section,
          short,
          title,
          observed: Math.max(shown, Math.min(observed, shown + room - expected)),
          expected: Math.min(expected, room),
        };
      }
    }
  }
  const candidates = sections.map(({ section, short }) => {
    const room = layout.width - section - SIGN_WIDTH;
    const cut = Math.min(title, Math.max(16, Math.floor(room * 0.4)));
    return { section, short, title: cut, observed: room - cut - GAP, expected: 0 };
  });
  const [wide, narrow] = candidates as [Widths, Widths];
  return wide.title === title && wide.observed >= Math.min(observed, ENOUGH_FOR_OBSERVED) ? wide : narrow;
}
