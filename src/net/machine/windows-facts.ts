import { type Attempt, failed, measured, unavailable } from '../../model/attempt.js';
import { parseWindowsReport, type WindowsReport } from '../../wire/windows/report.js';
import type { LocalSystem } from '../local-port.js';
import { askedOnce, wasAsked } from './local-facts.js';
import { WINDOWS_QUESTION_MS, type WindowsPart, windowsQuestion } from './windows-question.js';

/** How a source is named in a report: the script itself is too long for it. */
export const WINDOWS_SOURCE = 'powershell.exe Get-CimInstance';
export const WINDOWS_REGISTRY = 'registry';

/** What PowerShell tells of a part of this machine, asked once for all probes of a run. */
export function readWindows(local: LocalSystem, part: WindowsPart, signal: AbortSignal): Promise<Attempt<WindowsReport>> {
  return askedOnce(local, keyOf(part), () => ask(local, part, signal));
}

/** Whether {@link readWindows} has an answer, or is waiting for one. */
export function isWindowsRead(local: LocalSystem, part: WindowsPart): boolean {
  return wasAsked(local, keyOf(part));
}

function keyOf(part: WindowsPart): string {
  return `windows ${part}`;
}

async function ask(local: LocalSystem, part: WindowsPart, signal: AbortSignal): Promise<Attempt<WindowsReport>> {
  const ran = await local.tool({ ...windowsQuestion(local, part), timeoutMs: WINDOWS_QUESTION_MS, signal });
  if (ran.kind === 'unavailable' && ran.capability === 'tool') return unavailable('tool', 'PowerShell is not installed');
  if (ran.kind !== 'measured') return ran;
  // Tools hand over bytes as Latin-1; this one writes UTF-8.
  const report = parseWindowsReport(Buffer.from(ran.value.stdout, 'latin1').toString('utf8'));
  if (report !== null) return measured(report);
  if (ran.value.exitCode !== 0) {
    return failed('request', 'exit', `PowerShell ended with status ${ran.value.exitCode ?? 'none'}: it may be blocked by a policy`);
  }
  return unavailable('tool', 'PowerShell printed nothing that could be read');
}

/** Why a question of the report has no answer: the error by its own name. */
export function whyUnknown(report: Attempt<WindowsReport>, key: string): string {
  if (report.kind === 'measured') {
    const section = report.value.get(key);
    return section?.kind === 'refused' ? `Windows refuses it: ${section.because}` : 'Windows does not tell it';
  }
  return report.kind === 'failed'
    ? report.message
    : report.kind === 'unanswered'
      ? `PowerShell gave no answer within ${Math.round(report.waitedMs)} ms`
      : report.kind === 'skipped'
        ? report.because
        : report.reason;
}
