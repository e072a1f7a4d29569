import type { Check, Report } from '../../model/report.js';
import { budgetInWords } from '../budget-words.js';
import { countByStatus } from '../check-counts.js';
import { Layout } from '../layout.js';
import { measurementLines } from '../measurement-lines.js';
import type { RenderOptions } from '../options.js';
import { withoutCause } from '../outcome-words.js';
import { paletteFor, SIGNS } from '../paint.js';
import { counted, elapsed } from '../quantities.js';
import { requirementCounts } from '../requirement-lines.js';
import { visibleText } from '../visible.js';
import { causeBlocks, remedyBlocks } from './causes.js';
import { fenced } from './escape.js';
import { documentInWords } from './in-words.js';
import { bold, code, inline, withoutMarks } from './opaque.js';
import { addRequirements } from './requirements.js';
import { Room } from './room.js';

/**
 * The report for a ticket: verdict, causes with what to do, then what failed and warned. What is well, and all that was measured, is folded up
 * at the end, where a program that knows no folding shows three lines of HTML and nothing worse. It fits what GitHub and Jira take.
 */
export function renderMarkdown(report: Report, { words }: Pick<RenderOptions, 'words'> = {}): string {
  const room = new Room();
  room.add(titleBlock(report));
  room.add(leadBlock(report));
  for (const block of causeBlocks(report)) room.add(block);
  if (report.requirements === undefined) {
    addTroubled(report, room);
    addOthers(report, room);
  } else addRequirements(report, room);
  addMeasured(report, room, words);
  room.add(`Made by netdiag ${inline(report.tool.version)}, limits of the profile ${inline(report.policy)}.`);
  return words === undefined ? withoutMarks(room.text()) : documentInWords(room.text(), words.say);
}

function titleBlock({ verdict, command, targets, manifest }: Report): string {
  const [first, ...others] = targets;
  const of = first === undefined ? '' : others.length === 0 ? ` ${code(first.id)}` : `, ${counted(targets.length, 'target')}`;
  const title = manifest?.title ?? null;
  return `# ${SIGNS[verdict]} ${verdict.toUpperCase()}: netdiag ${inline(command)}${title === null ? of : `: ${inline(title)}`}`;
}

const GAPS_SHOWN = 8;
const TARGETS_SHOWN = 20;

function leadBlock(report: Report): string {
  const { diagnosis, checks, host, startedAt, durationMs, partial, conclusion, targets } = report;
  const { fail, warn, pass, skip } = countByStatus(checks);
  const place = [host.system ?? host.platform, host.virtualization, host.container === 'none' ? null : host.container];
  const gaps = conclusion.kind === 'well' ? [] : conclusion.notLookedAt;
  const named = targets.filter(({ name }) => targets.length > 1 || name !== undefined);
  return [
    bold(diagnosis[0]?.summary ?? withoutCause(report)),
    ...(report.requirements === undefined ? [] : [requirementCounts(report.requirements)]),
    `Of ${counted(checks.length, 'check')} ${fail} failed, ${warn} warned, ${pass} passed, ${skip} skipped.${partial ? ' Interrupted: this is what was measured by then.' : ''}`,
    `From ${code(host.hostname)}, ${inline(place.filter((part) => part !== null).join(', '))}, at ${inline(startedAt)}, in ${elapsed(durationMs)}.`,
    listBlock(
      named.map(({ id, name }) => `${code(id)}${name === undefined ? '' : ` ${inline(name)}`}`),
      TARGETS_SHOWN,
    ),
    gaps.length === 0 ? '' : 'Not looked at:',
    listBlock(
      gaps.map((gap) => inline(gap)),
      GAPS_SHOWN,
    ),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function listBlock(items: readonly string[], most: number): string {
  const more = items.length - most;
  return [...items.slice(0, most).map((item) => `- ${item}`), ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}

const TROUBLED_SHOWN = 60;

function addTroubled(report: Report, room: Room): void {
  const troubled = report.checks.filter(({ status }) => status === 'fail' || status === 'warn');
  // Failures first, each kind from the bottom layer up.
  const ordered = [...troubled.filter(({ status }) => status === 'fail'), ...troubled.filter(({ status }) => status === 'warn')];
  if (ordered.length === 0) {
    room.add('No check failed or warned.');
    return;
  }
  const shown = ordered.slice(0, TROUBLED_SHOWN);
  const more = ordered.length - shown.length;
  room.add('## Failed and warned');
  room.addTable(rowsOf(shown, report), more > 0 ? [`${more} more failed or warned; the JSON report has them.`] : []);
  for (const block of remedyBlocks(report, shown)) room.add(block);
}

const OTHERS_SHOWN = 200;

function addOthers(report: Report, room: Room): void {
  const others = report.checks.filter(({ status }) => status === 'pass' || status === 'skip');
  if (others.length === 0) return;
  const shown = others.slice(0, OTHERS_SHOWN);
  const more = others.length - shown.length;
  room.addFolded(`Passed and skipped: ${counted(others.length, 'check')}`, (inside) =>
    inside.addTable(rowsOf(shown, report), more > 0 ? [`${more} more are in the JSON report.`] : []),
  );
}

/** Rows of a table, the heading and the line below it first. */
function rowsOf(checks: readonly Check[], { targets }: Report): string[] {
  const several = targets.length > 1;
  const graded = checks.some(({ budget, status }) => budget !== undefined && status !== 'skip');
  const heading = ['Status', 'Layer', 'Check', ...(several ? ['Target'] : []), 'Found', 'Expected', ...(graded ? ['Grades'] : [])];
  const cell = (text: string | null) => (text === null ? '' : inline(text, { inTable: true }));
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row(heading),
    row(heading.map(() => '---')),
    ...checks.map(({ status, layer, title, target, observed, because, expected, budget }) => {
      const skipped = status === 'skip';
      const found = skipped ? (because ?? observed) : (observed ?? because);
      const grades = budget === undefined || skipped ? '' : cell(budgetInWords(budget));
      return row([
        `${SIGNS[status]} ${status}`,
        String(layer),
        cell(title),
        ...(several ? [target === null ? 'this machine' : code(target, { inTable: true })] : []),
        cell(found ?? 'not measured'),
        skipped ? '' : cell(expected),
        ...(graded ? [grades] : []),
      ]);
    }),
  ];
}

const COLUMNS = 100;

/** The same lines as on the screen, as one block of code. */
function addMeasured(report: Report, room: Room, words: RenderOptions['words']): void {
  const [, ...shown] = measurementLines(
    report,
    new Layout({ width: COLUMNS, unicode: true, ...(words === undefined ? {} : { words }) }),
    paletteFor(0),
  );
  const lines = shown.map((line) => visibleText(line));
  if (lines.length === 0) return;
  room.addFolded('What was measured', (inside) => inside.addLines(lines, (fitting) => fenced(fitting, 'text')));
}
