import type { BeforeAndAfter, HopDiff } from '../../model/report-diff.js';
import { contains, type Prefix, prefixOf } from '../../wire/prefix.js';

/** A hop, and every router that was seen there; none: nobody answered. */
export interface PathHop {
  ttl: number;
  addresses: string[];
}

export interface AlignedHop extends BeforeAndAfter<PathHop> {
  kind: HopDiff['kind'] | 'same';
}

/** What each step of an alignment costs: routers that are found again cost nothing, and silence is nobody else. */
const COST = { same: 0, silent: 0.2, parallel: 0.4, other: 1, alone: 0.9, silentAlone: 0.3 } as const;

/** A hop with what it takes to compare it with many others. */
interface Place {
  hop: PathHop;
  routers: ReadonlySet<string>;
  /** The network of the first router, of a customary size; `null`: it has no address. */
  network: Prefix | null;
  cost: number;
}

/**
 * Lays two paths side by side so that as many routers as possible stand beside themselves (Needleman and Wunsch 1970): a router that comes in
 * pushes all behind it one hop on, and is the only one that is new. Hops where nobody answers are like any other.
 */
export function alignPaths(before: readonly PathHop[], after: readonly PathHop[]): AlignedHop[] {
  const [earlier, later] = [before.map(placeOf), after.map(placeOf)];
  const costs = Array.from({ length: earlier.length + 1 }, () => new Float64Array(later.length + 1));
  const cost = (i: number, j: number): number => costs[i]?.[j] ?? 0;
  const steps = (i: number, j: number): Step[] => possibleSteps(earlier[i - 1] ?? null, later[j - 1] ?? null);
  const through = (i: number, j: number, { back, cost: own }: Step): number => cost(i - back[0], j - back[1]) + own;
  for (let i = 0; i <= earlier.length; i++) {
    for (let j = 0; j <= later.length; j++) {
      const row = costs[i];
      if (row !== undefined && i + j > 0) row[j] = Math.min(...steps(i, j).map((step) => through(i, j, step)));
    }
  }

  const aligned: AlignedHop[] = [];
  for (let [i, j] = [earlier.length, later.length]; i > 0 || j > 0; ) {
    const step = steps(i, j).find((candidate) => through(i, j, candidate) === cost(i, j));
    if (step === undefined) break;
    const [ofBefore, ofAfter] = step.back;
    aligned.push({
      kind: step.kind,
      before: ofBefore === 1 ? (before[i - 1] ?? null) : null,
      after: ofAfter === 1 ? (after[j - 1] ?? null) : null,
    });
    i -= ofBefore;
    j -= ofAfter;
  }
  return aligned.reverse();
}

/** How a corner of the alignment can be come to: how many hops of each path back, and at which cost. */
interface Step {
  back: readonly [0 | 1, 0 | 1];
  kind: AlignedHop['kind'];
  cost: number;
}

function possibleSteps(before: Place | null, after: Place | null): Step[] {
  const steps: Step[] = [];
  if (before !== null && after !== null) {
    const kind = kindOf(before, after);
    const isOneSilent = (before.routers.size === 0) !== (after.routers.size === 0);
    steps.push({ back: [1, 1], kind, cost: isOneSilent ? COST.silent : COST[kind] });
  }
  if (before !== null) steps.push({ back: [1, 0], kind: before.routers.size === 0 ? 'same' : 'gone', cost: before.cost });
  if (after !== null) steps.push({ back: [0, 1], kind: after.routers.size === 0 ? 'same' : 'new', cost: after.cost });
  return steps;
}

/** Routers that share a load stand beside each other, as a rule in one network of this size. */
const NETWORK_BITS = { 4: 24, 6: 64 } as const;

function placeOf(hop: PathHop): Place {
  const [first] = hop.addresses;
  return {
    hop,
    routers: new Set(hop.addresses),
    network: first === undefined ? null : prefixOf(first, NETWORK_BITS[first.includes(':') ? 6 : 4]),
    cost: first === undefined ? COST.silentAlone : COST.alone,
  };
}

function kindOf(before: Place, after: Place): 'same' | 'parallel' | 'other' {
  if (before.routers.size === 0 || after.routers.size === 0) return 'same';
  if (after.hop.addresses.some((address) => before.routers.has(address))) return 'same';
  // The first hop is the gateway, of which there is one at a time.
  if (before.hop.ttl === 1 || after.hop.ttl === 1) return 'other';
  const splits = before.routers.size > 1 || after.routers.size > 1;
  const beside = before.network !== null && after.network !== null && contains(before.network, after.network);
  return splits || beside ? 'parallel' : 'other';
}
