import type { Check, Diagnosis } from '../model/report.js';
import type { Cause } from './cause.js';
import type { Candidate } from './merge.js';
import type { Trouble } from './roots.js';
import {
  MANY_SYMPTOMS,
  MOST_SURE,
  SHARES,
  SURE_ENOUGH,
  SURENESS_BY_BASIS,
  SURENESS_BY_CODE,
  SURENESS_OF_CLOCK,
  type Sureness,
  USUAL_BASIS,
} from './sureness.js';
import type { Weighed } from './weigh.js';

/**
 * Confidence of a cause, 0 to 1: how sure the evidence makes it by its kind, less doubt where rivals are refuted, what would tell was looked
 * at, and much follows from it; less sure for each thing that speaks against it. The numbers are in `sureness.ts`.
 */
export function confidenceOf(candidate: Candidate, cause: Cause, judged: readonly Check[], weighed: Weighed): number {
  const { check } = candidate;
  const usual = surenessOf(check);
  const graded = check.status === 'warn' ? usual.warn : usual.fail;
  const rivals = weighed.refutedCount + weighed.alternatives.length;
  const inquiries = cause.toldBy?.length ?? 0;
  const doubts = [
    rivals === 0 ? 1 : partly(SHARES.rivalsRefuted, weighed.refutedCount / rivals),
    inquiries === 0 ? 1 : partly(SHARES.inquiriesMade, weighed.madeCount / inquiries),
    candidate.evidence.length - 1 >= MANY_SYMPTOMS ? SHARES.explainsMany : 1,
    isAlone(candidate, judged) ? SHARES.comparedWithOthers : 1,
  ];
  const doubt = doubts.reduce((left, share) => left * share, Math.max(0, MOST_SURE - graded));
  return Math.round((MOST_SURE - doubt) * SHARES.against ** weighed.againstCount * 100) / 100;
}

/** What is left of the doubt where a part of what would take it away is there. */
function partly(share: number, part: number): number {
  return 1 - (1 - share) * part;
}

function surenessOf(check: Trouble): Sureness {
  const { code, basis, target } = check;
  if (code === 'clock-skew') return SURENESS_OF_CLOCK[target !== null ? 'one' : check.id === 'l7.clock' ? 'servers' : 'several'];
  const ofCode = SURENESS_BY_CODE[code];
  const usual = ofCode ?? SURENESS_BY_BASIS[USUAL_BASIS[code] ?? 'stated'];
  const said = basis === undefined ? usual : SURENESS_BY_BASIS[basis];
  // What is said outright is sure at least, and silence is never surer than silence.
  if (basis === 'stated') return said.fail > usual.fail ? said : usual;
  if (basis === 'silence') return said.fail < usual.fail ? said : usual;
  return ofCode ?? said;
}

/** A silent host beside others that answer is alone to blame; with nothing else to compare, the path could be it as well. */
function isAlone({ check }: Candidate, judged: readonly Check[]): boolean {
  return (
    check.code === 'host-unreachable' &&
    judged.some((other) => other.status === 'pass' && other.target !== null && other.target !== check.target)
  );
}

/** Whether it is worth knowing more: it is not sure, or another cause that looks the same is left. */
export function isOpen({ confidence, alternatives }: Pick<Diagnosis, 'confidence' | 'alternatives'>): boolean {
  return confidence < SURE_ENOUGH || alternatives.length > 0;
}
