import type { Check, Report, VerifiedCheck } from '../../model/report.js';
import { budgetInWords } from '../budget-words.js';
import { SIGNS } from '../paint.js';
import { type Traced, tracedChecks } from '../verified-text.js';
import { remedyBlocks } from './causes.js';
import { code, inline } from './opaque.js';
import type { Room } from './room.js';

const TROUBLED_SHOWN = 60;
const MEASUREMENTS_SHOWN = 6;

/** From each requirement to its cases, checks and measurements; then what is not fulfilled, and what to do about it. */
export function addRequirements(report: Report, room: Room): void {
  const traced = tracedChecks(report);
  if (traced.length === 0) return;
  addTroubled(report, traced, room);
  room.add('## Requirements');
  room.addTable([row(HEADING), row(HEADING.map(() => '---')), ...rowsOf(traced)], []);
}

const HEADING = ['Status', 'Requirement', 'Case', 'Check', 'Found', 'Expected', 'Measurements'];

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const cell = (text: string | null) => (text === null ? '' : inline(text, { inTable: true }));
const named = ({ id, text }: { id: string; text: string | null }) =>
  `${code(id, { inTable: true })}${text === null ? '' : ` ${cell(text)}`}`;
/** Where nobody gave it words, its step stands for it. */
const namedCheck = ({ id, title }: Check, { run }: VerifiedCheck) =>
  title === run ? `${code(id, { inTable: true })} ${code(run, { inTable: true })}` : named({ id, text: title });

/** What is the same as in the row above is named once. */
function rowsOf(traced: readonly Traced[]): string[] {
  return traced.map(({ requirement, case: one, check, verified }, index) => {
    const before = traced[index - 1];
    const { status, id, title, observed, because, expected, measurements, budget } = check;
    const skipped = status === 'skip';
    const grades = budget === undefined || skipped ? '' : `; ${cell(budgetInWords(budget))}`;
    return row([
      `${SIGNS[status]} ${status}`,
      before?.requirement === requirement ? '' : named(requirement),
      before?.case === one ? '' : named(one),
      id === one.id && title === one.text ? code(id, { inTable: true }) : namedCheck(check, verified),
      `${cell((skipped ? (because ?? observed) : (observed ?? because)) ?? 'not measured')}${grades}`,
      skipped ? '' : cell(expected),
      measurementsText(measurements),
    ]);
  });
}

function measurementsText(ids: readonly string[]): string {
  const more = ids.length - MEASUREMENTS_SHOWN;
  return `${ids
    .slice(0, MEASUREMENTS_SHOWN)
    .map((id) => code(id, { inTable: true }))
    .join(' ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function addTroubled(report: Report, traced: readonly Traced[], room: Room): void {
  const troubled = traced.filter(({ check }) => check.status === 'fail' || check.status === 'warn');
  if (troubled.length === 0) {
    room.add('No check failed or warned.');
    return;
  }
  room.add('## Not fulfilled');
  const shown = troubled.slice(0, TROUBLED_SHOWN);
  for (const one of shown) room.add(troubledBlock(one));
  const more = troubled.length - shown.length;
  if (more > 0) room.add(`${more} more failed or warned; the JSON report has them.`);
  for (const block of remedyBlocks(
    report,
    shown.map(({ check }) => check),
  ))
    room.add(block);
}

function troubledBlock({ check, verified }: Traced): string {
  const { status, because } = check;
  const missed = verified.expectations.filter((one) => one.status === 'fail' || one.status === 'warn');
  return [
    `**${SIGNS[status]}** ${namedCheck(check, verified)}`,
    [
      `- Step: ${code(`netdiag ${verified.run}`)}`,
      ...missed.map((one) => `- Expected ${inline(one.text)}: ${inline(one.because ?? 'it is not so')}`),
      ...(missed.length === 0 && because !== null ? [`- Because ${inline(because)}`] : []),
    ].join('\n'),
  ].join('\n\n');
}
