import { reasonOf } from '../model/attempt.js';
import type { Measurement } from '../model/measurement.js';
import type { Check, Report } from '../model/report.js';
import { conclusionText } from './conclusion-text.js';
import { kindOf } from './kinds.js';
import type { Outcome } from './outcome.js';

/** At most so many things that could not be looked at are listed. */
const LISTED_LIMIT = 8;

/**
 * The outcome in one word and in words for people. Nothing found wrong is only `well` where enough was looked at: where a target gave no
 * answer that could be judged, or nothing could, it is `undetermined`.
 */
export function conclude(outcome: Outcome): Report['conclusion'] {
  const { diagnosis, verdict } = outcome;
  const kind = diagnosis.length > 0 ? 'diagnosed' : verdict === 'pass' ? 'well' : 'undetermined';
  const notLookedAt = notLookedAtOf(outcome, kind);
  return { kind, text: conclusionText({ ...outcome, kind, notLookedAt }), notLookedAt };
}

/** What a fault or the plan of the run made needless is no gap; what was cut off, or needs what this machine lacks, is. */
function notLookedAtOf(outcome: Outcome, kind: Report['conclusion']['kind']): string[] {
  const { checks, diagnosis, measurements, unjudged, partial } = outcome;
  const byId = new Map(measurements.map((measurement) => [measurement.id, measurement]));
  const gaps = checks.flatMap((check) => {
    if (check.status !== 'skip') return [];
    const judged = check.measurements.flatMap((id) => byId.get(id) ?? []);
    return isGap(check, judged, unjudged, kind) ? `${check.title}${ofTarget(check)}: ${check.because ?? 'not judged'}` : [];
  });
  const silent = kind === 'undetermined' ? unjudged.filter((target) => !checks.some((check) => check.target === target)) : [];
  const all = [
    ...(partial ? ['the rest of what was asked: it was interrupted'] : []),
    ...diagnosis.flatMap(({ notLookedAt }) => notLookedAt),
    ...gaps,
    ...silent.map((target) => `${target}: ${whyNot(target, measurements)}`),
  ];
  return [...new Set(all)].slice(0, LISTED_LIMIT);
}

function ofTarget({ target }: Check): string {
  return target === null ? '' : ` of ${target}`;
}

function isGap(check: Check, judged: readonly Measurement[], unjudged: readonly string[], kind: Report['conclusion']['kind']): boolean {
  // Nobody needs it here, see `reconcile`.
  if (check.because?.startsWith('explained by ') === true || check.because?.startsWith('not needed') === true) return false;
  if (judged.length > 0 && judged.every(({ attempt }) => attempt.kind === 'unavailable')) return true;
  const cutOff = judged.some(
    ({ attempt }) => attempt.kind === 'skipped' && /^(interrupted|the time of the whole run)/.test(attempt.because),
  );
  if (cutOff || kind !== 'undetermined') return cutOff;
  return check.target !== null && unjudged.includes(check.target) && kindOf(check) !== 'l3.path';
}

function whyNot(target: string, measurements: readonly Measurement[]): string {
  const { attempt } = measurements.find((measurement) => measurement.target === target && measurement.attempt.kind !== 'measured') ?? {};
  return attempt === undefined || attempt.kind === 'measured' ? 'nothing of it could be judged' : reasonOf(attempt);
}
