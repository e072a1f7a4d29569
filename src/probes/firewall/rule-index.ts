import type { FilterChain, FilterRule } from '../../model/packet-filter.js';

/** Chains with fewer rules are walked rule by rule. */
const LEAST_RULES = 128;

interface Index {
  /** By the one destination that they are for, places of rules in the chain. */
  byDestination: Map<bigint, number[]>;
  /** All others, as places and as rules. */
  rest: number[];
  restRules: FilterRule[];
}

const INDEXES = new WeakMap<FilterChain, Index>();

/**
 * The rules of a chain that can hold for a packet to this destination, in their order: kube-proxy writes a rule for each of thousands of
 * services. A rule is left out only where its destination is another one, and nothing that it does comes ahead of that question.
 */
export function rulesFor(chain: FilterChain, destination: bigint | string | null): readonly FilterRule[] {
  if (chain.rules.length < LEAST_RULES || typeof destination !== 'bigint') return chain.rules;
  const index = INDEXES.get(chain) ?? indexOf(chain);
  INDEXES.set(chain, index);
  const own = index.byDestination.get(destination);
  if (own === undefined) return index.restRules;
  return [...index.rest, ...own].sort((a, b) => a - b).flatMap((place) => chain.rules[place] ?? []);
}

function indexOf(chain: FilterChain): Index {
  const index: Index = { byDestination: new Map(), rest: [], restRules: [] };
  for (const [place, rule] of chain.rules.entries()) {
    const destination = destinationOf(rule);
    const known = destination === null ? index.rest : index.byDestination.get(destination);
    if (destination === null) index.restRules.push(rule);
    if (known !== undefined) known.push(place);
    else if (destination !== null) index.byDestination.set(destination, [place]);
  }
  return index;
}

function destinationOf({ steps }: FilterRule): bigint | null {
  for (const step of steps) {
    if (step.kind === 'mark' || step.kind === 'untrack') return null;
    if (step.kind !== 'field' || step.field !== 'destination-address' || step.mask !== null || step.negated) continue;
    const [span] = step.spans;
    return span !== undefined && step.spans.length === 1 && span[0] === span[1] ? span[0] : null;
  }
  return null;
}
