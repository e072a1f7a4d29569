import type { Check, Diagnosis } from '../model/report.js';
import { codeText, observationOf } from './findings.js';
import { visibleText } from './visible.js';

/** `path MTU: 1400 bytes, and 1401 vanish without a word`: a check in one line. */
export function findingLine(check: Check): string {
  return visibleText(`${check.title}: ${observationOf(check)}`);
}

/** What was found, what was expected and what to do, a line each. Nothing in them acts on a terminal or breaks a line. */
export function checkDetails(check: Check): string[] {
  const judged = check.status !== 'skip';
  return [
    findingLine(check),
    ...(check.expected !== null && judged ? [`Expected: ${visibleText(check.expected)}`] : []),
    ...(check.status === 'skip' || check.observed === null || check.because === null ? [] : [`Because: ${visibleText(check.because)}`]),
    ...(check.remedy !== null && check.status !== 'pass' && judged ? [`Do: ${visibleText(check.remedy)}`] : []),
  ];
}

/** What a cause is, how sure that is, and what to do, a line each. */
export function causeDetails(cause: Diagnosis): string[] {
  const { summary, confidence, remedy } = cause;
  return [
    `Cause: ${visibleText(summary)} (${codeText(cause)})`,
    `Sure: ${Math.round(confidence * 100)} %.`,
    ...(remedy === '' ? [] : [`Do: ${visibleText(remedy)}`]),
  ];
}
