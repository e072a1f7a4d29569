import type { Report } from '../src/model/report.js';
import type { NamedCase } from './read-cases.js';

export type Outcome =
  /** The first cause that is named is right, and every other one is among the first three. */
  | 'right first'
  /** The first is right, and another cause is not named. */
  | 'half right'
  /** Something wrong is named first; all that is right follows. */
  | 'right in three'
  | 'wrong'
  /** Of a healthy network: nothing is said. */
  | 'quiet'
  | 'false alarm'
  /** netdiag did not end with a report. */
  | 'crashed'
  /** The case's own: its network or its fault could not be made, or its proof does not hold. Never right. */
  | 'not proved';

export interface Run {
  outcome: Outcome;
  /** Codes of the diagnoses, the first cause first, as {@link nameOf} has them. */
  codes: string[];
  confidences: number[];
  verdict: Report['verdict'] | null;
  /** Of the whole process, start-up included; `null` where it was not run. */
  wallMs: number | null;
  /** Why, for whoever mends it. */
  because: string;
}

/** What is held against the truth. */
export interface Told {
  verdict: Report['verdict'];
  diagnosis: readonly Pick<Report['diagnosis'][number], 'code' | 'form'>[];
}

const NAMED_SOON = 3;

/** `CODE`, or `CODE/FORM` where the particular form of the fault is told. */
export function nameOf({ code, form }: Told['diagnosis'][number]): string {
  return form === undefined ? code : `${code}/${form}`;
}

/** Whether a name is one of those that are right: a right one without a form takes any. */
function isOneOf(name: string, group: readonly string[]): boolean {
  return group.includes(name) || group.includes(name.replace(/\/.*/, ''));
}

/** Holds what netdiag says against the truth of the case. Pure. */
export function score({ kind, causes = [] }: Pick<NamedCase, 'kind' | 'causes'>, { diagnosis, verdict }: Told): Outcome {
  if (kind === 'healthy') return diagnosis.length === 0 && verdict === 'pass' ? 'quiet' : 'false alarm';
  const codes = diagnosis.map(nameOf);
  const soon = codes.slice(0, Math.max(NAMED_SOON, causes.length));
  const first = causes.some((group) => codes[0] !== undefined && isOneOf(codes[0], group));
  const all = causes.every((group) => soon.some((code) => isOneOf(code, group)));
  if (first) return all ? 'right first' : 'half right';
  return all ? 'right in three' : 'wrong';
}

/** Whether nothing is to be mended. */
export function isRight({ outcome }: Run): boolean {
  return outcome === 'right first' || outcome === 'quiet';
}

export interface Bin {
  from: number;
  /** Not in it; the last one ends with 1, which is. */
  to: number;
  named: number;
  right: number;
  meanConfidence: number | null;
}

interface Judged {
  causes: readonly (readonly string[])[];
  runs: readonly Run[];
}

const EDGES = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 1];

/** Of all causes that were named with a confidence in each span: how many were right. In a healthy network none is. */
export function calibration(results: readonly Judged[]): Bin[] {
  const named = results.flatMap(({ causes, runs }) =>
    runs
      .filter(({ outcome }) => outcome !== 'not proved')
      .flatMap(({ codes, confidences }) =>
        codes.map((code, index) => ({ confidence: confidences[index] ?? 0, right: causes.some((group) => isOneOf(code, group)) })),
      ),
  );
  return EDGES.slice(0, -1).map((from, index) => {
    const to = EDGES[index + 1] ?? 1;
    const own = named.filter(({ confidence }) => confidence >= from && (confidence < to || (to === 1 && confidence === 1)));
    const sum = own.reduce((total, { confidence }) => total + confidence, 0);
    const right = own.filter((one) => one.right).length;
    return { from, to, named: own.length, right, meanConfidence: own.length === 0 ? null : sum / own.length };
  });
}

/** Of runs after the first of their case: how many came to the same verdict and the same first cause. */
export function sameAgain(results: readonly { runs: readonly Run[] }[]): { again: number; same: number } {
  const pairs = results.flatMap(({ runs: [first, ...others] }) => others.map((other) => [first, other] as const));
  const same = pairs.filter(([a, b]) => a !== undefined && a.verdict !== null && a.verdict === b.verdict && a.codes[0] === b.codes[0]);
  return { again: pairs.length, same: same.length };
}
