import type { Check, Report, VerifiedCase, VerifiedCheck, VerifiedRequirement } from '../model/report.js';
import { SIGNS } from './paint.js';
import { visibleText } from './visible.js';

/** A check of a manifest with where it belongs, and the check of the report that says what became of it. */
export interface Traced {
  requirement: VerifiedRequirement;
  case: VerifiedCase;
  verified: VerifiedCheck;
  check: Check;
}

/** From requirement to check, in the order of the manifest. Empty for reports of other commands. */
export function tracedChecks({ requirements = [], checks }: Pick<Report, 'requirements' | 'checks'>): Traced[] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  return requirements.flatMap((requirement) =>
    requirement.cases.flatMap((one) =>
      one.checks.flatMap((verified) => {
        const check = byId.get(verified.id);
        return check === undefined ? [] : [{ requirement, case: one, verified, check }];
      }),
    ),
  );
}

/** The step and each expectation, a line each. Nothing in them acts on a terminal or breaks a line. */
export function verifiedDetails({ run, expectations }: VerifiedCheck): string[] {
  return [
    `Step: netdiag ${visibleText(run)}`,
    ...expectations.map(({ text, status, observed, because }) => {
      const said = because ?? observed;
      return `${SIGNS[status]} ${visibleText(text)}${said === null ? '' : `: ${visibleText(said)}`}`;
    }),
  ];
}

/** `SYS-NETWORK-002: External APIs answer`. */
export function idAndText({ id, text }: { id: string; text: string | null }): string {
  return text === null ? id : `${id}: ${text}`;
}
