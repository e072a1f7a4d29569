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

/** Beyond this, lines are harder to follow than wide screens make up for. */
const WIDEST = 120;

/**
 * The report for people: the cause first, then the checklist that proves it, where grades were asked for how far they are reached, then what was
 * measured, then the verdict in one line.
 */
export function renderTable(report: Report, options: RenderOptions): string {
  const layout = new Layout({ width: Math.min(options.width, WIDEST), unicode: options.unicode });
  const palette = paletteFor(options.color);
  const sections = [
    headerLines(report, layout, palette),
    diagnosisLines(report, layout, palette),
    checklistLines(report, layout, palette),
    gradesLines(report, layout, palette),
    measurementLines(report, layout, palette),
    verdictLines(report, layout, palette),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headerLines(report: Report, layout: Layout, palette: Palette): string[] {
  const [first, ...others] = report.targets;
  const target = first === undefined ? '' : others.length === 0 ? ` ${first.id}` : `, ${counted(report.targets.length, 'target')}`;
  const left = `netdiag ${report.command}${target}`;
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
