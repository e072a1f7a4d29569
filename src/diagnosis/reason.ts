import type { Code } from '../model/code.js';
import { CODE_LAYERS } from '../model/code.js';
import type { Check, Diagnosis } from '../model/report.js';
import type { Cause, CauseFacts } from './cause.js';
import { confidenceOf, isOpen } from './confidence.js';
import type { Way, Ways } from './explains.js';
import { namesOf } from './form.js';
import { absorb } from './in-front.js';
import type { Inquired } from './inquiry.js';
import { type Candidate, merge, portsOf } from './merge.js';
import { depthOf, isAdvice } from './order.js';
import { type Part, partOf } from './part.js';
import { remedyOf } from './remedy.js';
import { findRoots, standsFor } from './roots.js';
import { summaryOf } from './summary.js';
import { scalesOf, weigh } from './weigh.js';

/**
 * The facts that texts may name, for a target or (`null`) for the machine or a part of it.
 *
 * @param judged ids of the measurements that the cause was read from; absent: of no matter
 */
export type FactsOf = (
  target: string | null,
  part: Part | null,
  judged?: readonly string[],
) => Pick<
  CauseFacts,
  | 'interface'
  | 'gateway'
  | 'platform'
  | 'pathMtuBytes'
  | 'vanishingDirection'
  | 'lossByHop'
  | 'server'
  | 'targetAddress'
  | 'route'
  | 'machine'
> & {
  /** The kernel's way to the target; absent where it is not known. */
  way?: Way | null;
};

export interface Reasoned {
  /** As judged, except that what a deeper fault explains is `skip` with a `because`, and what went wrong has its remedy. */
  checks: Check[];
  /** Ranked, the root cause first; empty where nothing is wrong. */
  diagnosis: Diagnosis[];
}

/**
 * From judged checks to causes. What the symptoms of a cause look like is data of the causes; what no cause explains is a cause. Pure: the
 * same checks always give the same diagnosis.
 *
 * @param inquired what was looked at more closely, with or without success
 */
export function reason(
  judged: readonly Check[],
  causes: Readonly<Record<Code, Cause>>,
  factsOf: FactsOf,
  inquired: readonly Inquired[] = [],
): Reasoned {
  const ways = waysFrom(factsOf);
  const roots = absorb(findRoots(judged, causes, ways), judged, causes, ways);
  const explainedBy = new Map(
    roots.flatMap(({ check: root, explained }) =>
      explained.filter((check) => standsFor(root, check)).map((check) => [check, root] as const),
    ),
  );
  const rootOf = new Map<Check, Check>(roots.map(({ judged: check, check: told }) => [check, told]));
  const textsOf = (check: Check): CauseFacts => ({
    target: check.target,
    observed: check.observed,
    expected: check.expected,
    ports: portsOf([check]),
    ...factsOf(check.target, partOf(check), check.measurements),
    ...partOf(check),
  });
  const checks = judged.map((check): Check => {
    const root = explainedBy.get(check as typeof check & { code: Code });
    if (root !== undefined) return { ...check, status: 'skip', code: null, because: `explained by ${root.title} (${root.code})` };
    const { status } = rootOf.get(check) ?? check;
    return check.code === null ? check : { ...check, status, remedy: remedyOf(causes[check.code], textsOf(check)) };
  });
  const candidates = [...merge(roots, judged)].sort(byUrgency(causes));
  const named = new Set(candidates.map(({ check }) => check.code));
  const scales = scalesOf({ judged, causes, ways, named, inquired });
  const diagnosis = candidates.map((candidate): Diagnosis => {
    const { check, evidence, ports, wanted } = candidate;
    const cause = causes[check.code];
    const texts = { ...textsOf(check), ports, wanted, example: exampleOf(candidate, judged) };
    const weighed = weigh(candidate, scales);
    const confidence = confidenceOf(candidate, cause, judged, weighed);
    const names = namesOf(cause, candidate, judged);
    return {
      ...names,
      layer: CODE_LAYERS[names.code],
      target: check.target,
      confidence,
      summary: summaryOf(cause, texts, check.when ?? null),
      evidence,
      ruledOut: ruledOut(check, judged),
      against: weighed.against.map(({ id }) => id),
      alternatives: weighed.alternatives.filter(({ code }) => code !== names.code),
      notLookedAt: isOpen({ confidence, alternatives: weighed.alternatives }) ? weighed.notLookedAt : [],
      when: check.when ?? null,
      remedy: remedyOf(cause, texts),
    };
  });
  return { checks, diagnosis };
}

/** A target that meets it, of a cause that is of all of them or of the machine; `null` where none does. */
function exampleOf({ check, evidence }: Candidate, judged: readonly Check[]): string | null {
  return check.target ?? judged.find(({ id, target }) => target !== null && evidence.includes(id))?.target ?? null;
}

function waysFrom(factsOf: FactsOf): Ways {
  return {
    wayOf: (target) => factsOf(target, null).way ?? null,
    linkOf: (check) => {
      const part = partOf(check);
      return part === null ? null : (part.interface ?? factsOf(null, part).interface);
    },
  };
}

/** How many checks that were found well a diagnosis lists as ruled out. */
const RULED_OUT_LIMIT = 6;

/** What could have been the reason, being deeper, and was found well. */
function ruledOut(check: Check, judged: readonly Check[]): string[] {
  return (isAdvice(check) ? [] : judged)
    .filter(
      (other) => other.status === 'pass' && (other.target === null || other.target === check.target) && depthOf(other) <= depthOf(check),
    )
    .slice(-RULED_OUT_LIMIT)
    .map((other) => other.id);
}

const SEVERITY = { fail: 0, warn: 1, pass: 2, skip: 2 } as const;

/**
 * What breaks nothing comes last. Else what fails comes before what warns, what stops things before what only makes them slow, what stands
 * deeper before what stands above it, and what explains much before what explains little.
 */
function byUrgency(causes: Readonly<Record<Code, Cause>>): (a: Candidate, b: Candidate) => number {
  const isSlow = ({ check }: Candidate) => Number(causes[check.code].slows === true);
  return (a, b) =>
    Number(isAdvice(a.check)) - Number(isAdvice(b.check)) ||
    SEVERITY[a.check.status] - SEVERITY[b.check.status] ||
    isSlow(a) - isSlow(b) ||
    depthOf(a.check) - depthOf(b.check) ||
    b.evidence.length - a.evidence.length ||
    a.check.id.localeCompare(b.check.id);
}
