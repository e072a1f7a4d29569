/**
 * The search for the largest packet that passes whole, as a pure state machine: {@link nextSizes} says which sizes to try at once,
 * {@link learn} takes in what became of them. The next sizes depend on the last replies, so `measure` only loops it.
 *
 * All sizes are of whole IP packets, headers included.
 */
export interface MtuSearch {
  /** Largest size that reached the target; `null` before the first one did. */
  passed: number | null;
  /** Smallest size that did not pass. Sizes from here on are out. */
  failed: number | null;
  /** Who announced the smallest MTU below the local one, and how much it was. */
  announced: { from: string | null; mtuBytes: number } | null;
  /** Whether `failed` went without a word from anybody. */
  silent: boolean;
  /** Largest size that is worth trying: the local MTU, or what the protocol can carry. */
  ceiling: number;
  /** Smallest size that every path must carry: 68 (RFC 791) or 1280 (RFC 8200). */
  floor: number;
}

export type SizeOutcome =
  | { size: number; kind: 'passed' }
  | { size: number; kind: 'too-big'; from: string | null; mtuBytes: number | null }
  | { size: number; kind: 'silence' };

/** Sizes tried side by side in one round: eight cut the interval to a ninth for the price of one time-out. */
const SIZES_PER_ROUND = 8;

/** A packet that any path carries and any host echoes: where it meets silence, nothing can be said of larger ones. */
const SMALL_PACKET_BYTES = { 68: 128, 1280: 1280 } as const;

export function startMtuSearch(family: 4 | 6, localMtuBytes: number): MtuSearch {
  // The length field of IPv4 counts the header (RFC 791); that of IPv6 does not (RFC 8200).
  const carried = family === 4 ? 65_535 : 65_535 + 40;
  return {
    passed: null,
    failed: null,
    announced: null,
    silent: false,
    ceiling: Math.min(localMtuBytes, carried),
    floor: family === 4 ? 68 : 1280,
  };
}

/** Sizes to try next, ascending; empty when the search is over. */
export function nextSizes(search: MtuSearch): number[] {
  const { passed, failed, announced, ceiling, floor } = search;
  const small = Math.min(SMALL_PACKET_BYTES[floor as keyof typeof SMALL_PACKET_BYTES], ceiling);
  if (passed === null && failed === null) return [...new Set([small, ceiling])];
  if (passed === null) return [];
  const limit = failed ?? ceiling + 1;
  if (limit - passed <= 1) return [];
  // An announced size is most likely exact: it alone, and the one above it, settle the matter.
  if (announced !== null && announced.mtuBytes > passed && announced.mtuBytes < limit) {
    return [announced.mtuBytes, announced.mtuBytes + 1].filter((size) => size < limit);
  }
  return spread(passed, limit);
}

/** Up to {@link SIZES_PER_ROUND} sizes that part the open interval between two bounds evenly. */
function spread(passed: number, failed: number): number[] {
  const gap = failed - passed;
  const parts = Math.min(SIZES_PER_ROUND + 1, gap);
  return [...new Set(Array.from({ length: parts - 1 }, (_, index) => passed + Math.floor(((index + 1) * gap) / parts)))];
}

/** What is known after a round. A size that passed is stronger than a silence below it, which was then a loss. */
export function learn(search: MtuSearch, outcomes: readonly SizeOutcome[]): MtuSearch {
  const next = { ...search };
  for (const outcome of outcomes) if (outcome.kind === 'passed') next.passed = Math.max(next.passed ?? 0, outcome.size);
  for (const outcome of outcomes) {
    if (outcome.kind === 'passed' || outcome.size <= (next.passed ?? 0)) continue;
    if (next.failed === null || outcome.size < next.failed) {
      next.failed = outcome.size;
      next.silent = outcome.kind === 'silence';
    }
    if (outcome.kind === 'too-big' && outcome.mtuBytes !== null && outcome.mtuBytes >= next.floor && outcome.mtuBytes < outcome.size) {
      if (next.announced === null || outcome.mtuBytes < next.announced.mtuBytes) {
        next.announced = { from: outcome.from, mtuBytes: outcome.mtuBytes };
      }
    }
  }
  return next;
}
