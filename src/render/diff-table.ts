import type { Change, DiffOutcome, ReportDiff } from '../model/report-diff.js';
import { type DiffEntry, diffSections, outcomeText, sideText, subjectText } from './diff-sections.js';
import { Layout } from './layout.js';
import type { RenderOptions } from './options.js';
import { type Palette, paletteFor, SIGNS } from './paint.js';

/** As wide as a report. */
const WIDEST = 120;
const SIGN_WIDTH = 3;
const GAP = 2;
/** Longer names go on below in their column. */
const NAME_SHARE = 0.36;

const CHANGE_SIGNS: Readonly<Record<Change, string>> = { worse: SIGNS.fail, better: SIGNS.pass, changed: '~' };
const CHANGE_STATUS = { worse: 'fail', better: 'pass', changed: 'warn' } as const;
const OUTCOME_CHANGE: Readonly<Record<DiffOutcome, Change | null>> = {
  regression: 'worse',
  improvement: 'better',
  change: 'changed',
  same: null,
};

/** The comparison for people: who is compared, the causes, then check by check and value by value what moved, and all of it in one line. */
export function renderDiffTable(diff: ReportDiff, options: RenderOptions): string {
  const layout = new Layout({ ...options, width: Math.min(options.width, WIDEST) });
  const palette = paletteFor(options.color);
  const blocks = [
    header(diff, layout, palette),
    ...diffSections(diff).map(({ title, entries }) => [
      ...layout.row([{ text: title, paint: palette.heading }], [layout.width]),
      ...entries.flatMap((entry) => entryLines(entry, nameWidth(entries, layout), layout, palette)),
    ]),
    diff.notes.flatMap((text) => layout.row([{ text: `Note: ${text}`, paint: palette.faint, wrap: true }], [layout.width])),
    outcome(diff, layout, palette),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const SIDE_WIDTH = 9;

function header(diff: ReportDiff, layout: Layout, palette: Palette): string[] {
  const side = (name: string, text: string): string[] =>
    layout.row(
      [
        { text: ` ${name}`, paint: palette.faint },
        { text, wrap: true },
      ],
      [SIDE_WIDTH, layout.width - SIDE_WIDTH],
    );
  return [
    ...layout.row([{ text: `netdiag diff of two reports of ${subjectText(diff)}`, paint: palette.heading }], [layout.width]),
    ...side('before', sideText(diff.before)),
    ...side('now', sideText(diff.after)),
  ];
}

function nameWidth(entries: readonly DiffEntry[], layout: Layout): number {
  return Math.min(layout.widest(entries.map(({ name }) => name)), Math.floor(layout.width * NAME_SHARE));
}

function entryLines({ change, name, lines }: DiffEntry, width: number, layout: Layout, palette: Palette): string[] {
  const paint = change === null ? palette.faint : palette.status[CHANGE_STATUS[change]];
  const sign = ` ${change === null ? '·' : CHANGE_SIGNS[change]}`;
  const widths = [SIGN_WIDTH, width, width === 0 ? 0 : GAP, layout.width - SIGN_WIDTH - width - (width === 0 ? 0 : GAP)];
  const [first = '', ...others] = lines;
  return [
    ...layout.row([{ text: sign, paint }, { text: name, wrap: true }, { text: '' }, { text: first, wrap: true }], widths),
    ...others.flatMap((text) => layout.row([{ text: '' }, { text: '' }, { text: '' }, { text, wrap: true }], widths)),
  ];
}

function outcome(diff: ReportDiff, layout: Layout, palette: Palette): string[] {
  const change = OUTCOME_CHANGE[diff.outcome];
  const sign = change === null ? SIGNS.pass : CHANGE_SIGNS[change];
  const paint = palette.status[change === null ? 'pass' : CHANGE_STATUS[change]];
  return layout.row([{ text: `${sign} ${outcomeText(diff)}`, paint, wrap: true }], [layout.width]);
}
