import type { Diagnosis, Report } from '../model/report.js';
import { causeDetails, checkDetails, findingLine } from './finding-text.js';
import { findingsOf, internalFaults } from './findings.js';
import type { RenderOptions } from './options.js';
import { severityOf } from './outcome-words.js';
import { visibleText } from './visible.js';

/** GitHub shows no more of each level for one step of a job; the rest it drops without a word. */
const SHOWN_OF_A_LEVEL = 10;

interface Annotation {
  level: 'error' | 'warning';
  title: string;
  lines: readonly string[];
}

/**
 * Annotations of GitHub Actions, as workflow commands that a job prints: first the causes, then what warned or failed and no cause explains.
 * Where nothing is wrong there are none, and the text is empty. They name no file: what is wrong stands in none.
 */
export function renderGithub(report: Report, { words }: Pick<RenderOptions, 'words'> = {}): string {
  const all = annotationsOf(report);
  return (['error', 'warning'] as const)
    .flatMap((level) =>
      bounded(
        all.filter((annotation) => annotation.level === level),
        level,
      ),
    )
    .map((annotation) => (words === undefined ? annotation : { ...annotation, lines: annotation.lines.map(words.say) }))
    .map(command)
    .join('');
}

function annotationsOf(report: Report): Annotation[] {
  const checks = new Map(report.checks.map((check) => [check.id, check]));
  const causes = report.diagnosis.map((cause): Annotation => {
    const evidence = cause.evidence.flatMap((id) => checks.get(id) ?? []);
    const seen = evidence.slice(0, 3).map((check) => `Seen: ${findingLine(check)}`);
    return { level: levelOf(severityOf(cause, checks)), title: titleOf(cause, cause.code), lines: [...causeDetails(cause), ...seen] };
  });
  const others = findingsOf(report)
    .filter(({ cause }) => cause === null)
    .map(
      ({ check, status }): Annotation => ({
        level: levelOf(status),
        title: titleOf(check, check.code ?? check.id),
        lines: checkDetails(check),
      }),
    );
  const faults = [...internalFaults(report)].map(
    ([id, message]): Annotation => ({ level: 'error', title: 'netdiag: internal error', lines: [`${id}: ${visibleText(message)}`] }),
  );
  return [...causes, ...others, ...faults, ...unsettled(report, causes.length + others.length)];
}

/** What no check says: that the run was cut short, or that nothing could be judged. */
function unsettled({ partial, verdict, conclusion }: Report, told: number): Annotation[] {
  if (partial) return [{ level: 'warning', title: 'netdiag: interrupted', lines: ['This is what was measured by then.'] }];
  if (told > 0 || verdict === 'pass') return [];
  const { text, notLookedAt } = conclusion;
  const lines = [visibleText(text), ...notLookedAt.map((gap) => `Not looked at: ${visibleText(gap)}`)];
  return [{ level: levelOf(verdict), title: 'netdiag: undetermined', lines }];
}

function levelOf(status: 'warn' | 'fail'): Annotation['level'] {
  return status === 'fail' ? 'error' : 'warning';
}

function titleOf({ target }: Pick<Diagnosis, 'target'>, name: string): string {
  return target === null ? `netdiag: ${name}` : `netdiag: ${name} (${target})`;
}

/** The last that is shown says how many are not. */
function bounded(annotations: readonly Annotation[], level: Annotation['level']): Annotation[] {
  if (annotations.length <= SHOWN_OF_A_LEVEL) return [...annotations];
  const shown = annotations.slice(0, SHOWN_OF_A_LEVEL - 1);
  const more = annotations.length - shown.length;
  return [...shown, { level, title: `netdiag: ${more} more`, lines: [`There are ${more} more of this level; the report has them all.`] }];
}

/** `::error title=TITLE::MESSAGE`, escaped as the runner reads it. */
function command({ level, title, lines }: Annotation): string {
  const property = escapeData(visibleText(title)).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} title=${property}::${escapeData(lines.join('\n'))}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/**
 * A text for the log of a job, without anything that its runner would obey: lines that begin like a command (`::error::`), and `##[command]`
 * anywhere in a line, as a banner or a certificate can hold them.
 */
export function withoutWorkflowCommands(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:[a-z-]+(?: [^\n]*)?::)/gim, '$1: ').replace(/##(?=\[)/g, '# #');
}
