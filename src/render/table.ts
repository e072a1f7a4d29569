import type { Report } from '../model/report.js';
import { countByStatus } from './check-counts.js';
import { checklistLines } from './checklist.js';
import { diagnosisLines } from './diagnosis-lines.js';
import { gradesLines } from './grades-table.js';
import { Layout } from './layout.js';
import { measurementLines } from './measurement-lines.js';
import type { RenderOptions } from './options.js';
import { type Palette, paletteFor, SIGNS } from './paint.js';
import { counted, elapsed } from './quantities.js';
import { requirementLines, statusCounts, troubleLines } from './requirement-lines.js';

/** Beyond this, lines are harder to follow than wide screens make up for. */
const WIDEST = 120;

/**
 * The report for people: the cause first, then the checklist that proves it, where grades were asked for how far they are reached, then what was
 * measured, then the verdict in one line.
 */
export function renderTable(report: Report, options: RenderOptions): string {
  const layout = new Layout({ ...options, width: Math.min(options.width, WIDEST) });
  const palette = paletteFor(options.color);
  const sections = report.requirements === undefined ? findingSections(report, layout, palette) : manifestSections(report, layout, palette);
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function findingSections(report: Report, layout: Layout, palette: Palette): string[][] {
  return [
    headerLines(report, layout, palette),
    diagnosisLines(report, layout, palette),
    checklistLines(report, layout, palette),
    gradesLines(report, layout, palette),
    measurementLines(report, layout, palette),
    verdictLines(report, layout, palette),
  ];
}

/** Of a manifest each requirement comes first, and what was measured is left to the JSON: it is that of many runs. */
function manifestSections(report: Report, layout: Layout, palette: Palette): string[][] {
  return [
    headerLines(report, layout, palette),
    requirementLines(report, layout, palette),
    troubleLines(report, layout, palette),
    report.diagnosis.length === 0 ? [] : diagnosisLines(report, layout, palette),
    gradesLines(report, layout, palette),
    manifestVerdictLines(report, layout, palette),
  ];
}

function headerLines(report: Report, layout: Layout, palette: Palette): string[] {
  const [first, ...others] = report.targets;
  const target = first === undefined ? '' : others.length === 0 ? ` ${first.id}` : `, ${counted(report.targets.length, 'target')}`;
  const title = report.manifest?.title ?? null;
  const left = `netdiag ${report.command}${title === null ? target : `: ${title}`}`;
  const { hostname, platform, system, virtualization, container } = report.host;
  const place = [system ?? platform, virtualization, container === 'none' ? null : container].filter((part) => part !== null).join(', ');
  const time = `${elapsed(report.durationMs)}${report.partial ? ', interrupted' : ''}`;
  const right = `from ${hostname}, ${place} · ${time}`;
  const [leftWidth, rightWidth] = [layout.widest([left]), layout.widest([right])];
  if (leftWidth + 2 + rightWidth <= layout.width) {
    return layout.row(
      [
        { text: left, paint: palette.heading },
        { text: right, paint: palette.faint, align: 'right' },
      ],
      [layout.width - rightWidth, rightWidth],
    );
  }
  // A long name of the machine cuts off neither the time nor what it stands in.
  const below = rightWidth <= layout.width ? [right] : [`${time} · from ${hostname}`, place];
  return [
    ...layout.row([{ text: left, paint: palette.heading }], [layout.width]),
    ...below.flatMap((text) => layout.row([{ text, paint: palette.faint }], [layout.width])),
  ];
}

const VERDICT_STATUS = { pass: 'pass', warn: 'warn', fail: 'fail' } as const;

function verdictLines(report: Report, layout: Layout, palette: Palette): string[] {
  const counts = countByStatus(report.checks);
  const parts = [`${counts.fail} failed`, `${counts.warn} warned`, `${counts.pass} passed`, `${counts.skip} skipped`];
  const cause = report.diagnosis[0];
  const because = report.verdict === 'pass' || cause === undefined ? '' : ` (${cause.code})`;
  const cut = report.partial ? ' Interrupted: this is what was measured by then.' : '';
  const text = `${SIGNS[VERDICT_STATUS[report.verdict]]} ${report.verdict.toUpperCase()}${because}: of ${counted(report.checks.length, 'check')} ${parts.join(', ')}.${cut}`;
  return layout.row([{ text, paint: palette.status[VERDICT_STATUS[report.verdict]], wrap: true }], [layout.width]);
}

function manifestVerdictLines(report: Report, layout: Layout, palette: Palette): string[] {
  const { verdict, diagnosis, checks, partial } = report;
  const requirements = report.requirements ?? [];
  const cases = requirements.flatMap((requirement) => requirement.cases);
  const cause = verdict === 'pass' ? undefined : diagnosis[0];
  const parts = [
    `of ${counted(requirements.length, 'requirement')} ${statusCounts(requirements)}`,
    `of ${counted(cases.length, 'case')} ${statusCounts(cases)}`,
    `of ${counted(checks.length, 'check')} ${statusCounts(checks)}`,
  ];
  const cut = partial ? ' Interrupted: this is what was known by then.' : '';
  const text = `${SIGNS[verdict]} ${verdict.toUpperCase()}${cause === undefined ? '' : ` (${cause.code})`}: ${parts.join('; ')}.${cut}`;
  return layout.row([{ text, paint: palette.status[verdict], wrap: true }], [layout.width]);
}
