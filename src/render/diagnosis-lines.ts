import type { Check, Diagnosis, Report } from '../model/report.js';
import { codeText } from './findings.js';
import type { Layout } from './layout.js';
import { severityOf, withoutCause } from './outcome-words.js';
import { type Palette, SIGNS } from './paint.js';

const INDENT = 3;

/** The causes, ranked: what, how sure, because of which checks, what was ruled out, what to do. */
export function diagnosisLines(report: Report, layout: Layout, palette: Palette): string[] {
  if (report.diagnosis.length === 0) return nothingFound(report, layout, palette);
  const checks = new Map(report.checks.map((check) => [check.id, check]));
  return report.diagnosis.flatMap((diagnosis, index) => [
    ...(index === 0 ? [] : ['']),
    ...headline(diagnosis, layout, palette, severityOf(diagnosis, checks)),
    ...details(diagnosis, checks).flatMap((text) => layout.row([{ text: '' }, { text, wrap: true }], [INDENT, layout.width - INDENT])),
  ]);
}

function headline(diagnosis: Diagnosis, layout: Layout, palette: Palette, status: 'warn' | 'fail'): string[] {
  const paint = palette.status[status];
  const sign = { text: ` ${SIGNS[status]}`, paint };
  const code = codeText(diagnosis);
  const codeWidth = code.length;
  const room = layout.width - INDENT - codeWidth - 2;
  if (room >= 40) {
    return layout.row(
      [sign, { text: diagnosis.summary, paint: palette.heading, wrap: true }, { text: '' }, { text: code, paint: palette.faint }],
      [INDENT, room, 2, codeWidth],
    );
  }
  return [
    ...layout.row([sign, { text: diagnosis.summary, paint: palette.heading, wrap: true }], [INDENT, layout.width - INDENT]),
    ...layout.row([{ text: '' }, { text: code, paint: palette.faint }], [INDENT, layout.width - INDENT]),
  ];
}

function details(diagnosis: Diagnosis, checks: ReadonlyMap<string, Check>): string[] {
  // What the summary already says is not said twice.
  const evidence = found(diagnosis.evidence, checks)
    .filter((check) => check.observed === null || !diagnosis.summary.includes(check.observed))
    .map((check) => `${check.title}: ${check.observed ?? check.because ?? check.status}`);
  const ruledOut = found(diagnosis.ruledOut, checks).map((check) => check.title);
  const against = found(diagnosis.against, checks).map((check) => `${check.title}: ${check.observed ?? check.status}`);
  const sure = `Sure: ${Math.round(diagnosis.confidence * 100)} %.`;
  return [
    evidence.length === 0 ? sure : `${sure} Because: ${evidence.join('; ')}.`,
    ...(against.length === 0 ? [] : [`Against it: ${listed(against)}.`]),
    ...(ruledOut.length === 0 ? [] : [`Ruled out: ${[...new Set(ruledOut)].join(', ')}.`]),
    ...diagnosis.alternatives.slice(0, SHOWN_ALTERNATIVES).map(({ code, toldBy }) => `Looks the same: ${code}; what would tell: ${toldBy}`),
    ...(diagnosis.notLookedAt.length === 0 ? [] : [`Not looked at: ${listed(diagnosis.notLookedAt)}.`]),
    `Do: ${diagnosis.remedy}`,
  ];
}

/** The JSON has them all. */
const SHOWN_ALTERNATIVES = 2;
const SHOWN_OF_A_LIST = 4;

function listed(texts: readonly string[]): string {
  const more = texts.length - SHOWN_OF_A_LIST;
  return `${texts.slice(0, SHOWN_OF_A_LIST).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function found(ids: readonly string[], checks: ReadonlyMap<string, Check>): Check[] {
  return ids.flatMap((id) => checks.get(id) ?? []);
}

function nothingFound(report: Report, layout: Layout, palette: Palette): string[] {
  const status = report.partial ? 'skip' : report.verdict;
  const { kind, notLookedAt } = report.conclusion;
  return [
    ...layout.row(
      [
        { text: ` ${SIGNS[status]}`, paint: palette.status[status] },
        { text: withoutCause(report), wrap: true },
      ],
      [INDENT, layout.width - INDENT],
    ),
    ...(notLookedAt.length === 0 || kind === 'well'
      ? []
      : layout.row([{ text: '' }, { text: `Not looked at: ${listed(notLookedAt)}.`, wrap: true }], [INDENT, layout.width - INDENT])),
  ];
}
