import { INTERNAL } from '../model/failure-code.js';
import type { Check, Diagnosis, Report } from '../model/report.js';

/** A check that warned or failed, for formats that list what is wrong. */
export interface Finding {
  check: Check;
  status: 'warn' | 'fail';
  /** The cause that explains it; `null`: none is named for it. */
  cause: Diagnosis | null;
}

/** All of them, in the order of the checklist. */
export function findingsOf({ checks, diagnosis }: Pick<Report, 'checks' | 'diagnosis'>): Finding[] {
  return checks.flatMap((check) =>
    check.status === 'warn' || check.status === 'fail' ? [{ check, status: check.status, cause: causeOf(check, diagnosis) }] : [],
  );
}

/** A cause of the same name and place before one that only cites the check; among several, the likeliest. */
function causeOf(check: Check, diagnosis: readonly Diagnosis[]): Diagnosis | null {
  return diagnosis.find((cause) => isNamedBy(check, cause)) ?? diagnosis.find(({ evidence }) => evidence.includes(check.id)) ?? null;
}

/** Whether a cause of the same name and place is told: what to do stands there. */
export function isNamedBy({ code, target }: Pick<Check, 'code' | 'target'>, cause: Diagnosis): boolean {
  return (cause.form ?? cause.code) === code && (cause.target === null || cause.target === target);
}

/** The code of a cause for people, with that of its particular form. */
export function codeText({ code, form }: Pick<Diagnosis, 'code' | 'form'>): string {
  return form === undefined ? code : `${code} (${form})`;
}

/** What a check found, or why it found nothing. */
export function observationOf(check: Check): string {
  // A check that was explained by another one keeps what it observed; here its reason counts.
  const texts = check.status === 'skip' ? [check.because, check.observed] : [check.observed, check.because];
  return texts.find((text) => text !== null) ?? 'not measured';
}

/** What went wrong inside netdiag, by the id of the measurement: that is no fault of the network, and no skip either. */
export function internalFaults({ measurements }: Pick<Report, 'measurements'>): Map<string, string> {
  return new Map(
    measurements.flatMap(({ id, attempt }) => (attempt.kind === 'failed' && attempt.code === INTERNAL ? [[id, attempt.message]] : [])),
  );
}

/** The fault for which a check came to no judgement; `null`: it came to one, or it was not netdiag's fault. */
export function faultOf(check: Check, faults: ReadonlyMap<string, string>): string | null {
  if (check.status === 'pass' || check.status === 'warn') return null;
  return check.measurements.flatMap((id) => faults.get(id) ?? [])[0] ?? null;
}
