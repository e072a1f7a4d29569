import { COMMON_MTU_BYTES, spread } from './search.js';

/**
 * The search by TCP, pure. Each connection has a largest segment of its own (`TCP_MAXSEG`), and shows for either direction whether packets
 * of that size get through: whether ours were acknowledged, and whether the other side's arrived. Sizes are of whole IP packets.
 */
export interface SegmentTrial {
  toTarget: DirectionOutcome;
  fromTarget: DirectionOutcome;
}

/** What one connection showed for one direction. Either can be `null`: not shown. */
export interface DirectionOutcome {
  /** A packet of this size got through. */
  passedBytes: number | null;
  /** Packets of this size did not, though sent more than once, while smaller ones did. */
  failedBytes: number | null;
}

export type Direction = keyof SegmentTrial;

/** Polite to the service: no more connections than a browser opens for one page or two. */
export const MAXIMUM_CONNECTIONS = 14;
const SIDE_BY_SIDE = 4;

/** The largest size that passed in a direction, and the smallest above it that did not. */
export function bracket(trials: readonly SegmentTrial[], direction: Direction): DirectionOutcome {
  const passed = trials.map((trial) => trial[direction].passedBytes).filter((size) => size !== null);
  const passedBytes = passed.length === 0 ? null : Math.max(...passed);
  const failed = trials.map((trial) => trial[direction].failedBytes).filter((size) => size !== null && size > (passedBytes ?? 0));
  return { passedBytes, failedBytes: failed.length === 0 ? null : Math.min(...(failed as number[])) };
}

/**
 * Sizes to connect with next, side by side; empty when both limits are found, or the connections are used up.
 *
 * @param guessBytes largest size that passed by another method: it, and the one above, are tried first
 */
export function nextSegmentSizes(trials: readonly SegmentTrial[], guessBytes: number | null): number[] {
  const left = Math.min(SIDE_BY_SIDE, MAXIMUM_CONNECTIONS - trials.length);
  const sizes = new Set<number>();
  for (const direction of ['toTarget', 'fromTarget'] as const) {
    const { passedBytes, failedBytes } = bracket(trials, direction);
    if (passedBytes === null || failedBytes === null || failedBytes - passedBytes <= 1) continue;
    const inside = (size: number) => size > passedBytes && size < failedBytes;
    // One that lies inside for one direction serves the other as well.
    if ([...sizes].some(inside)) continue;
    const guesses = guessBytes === null ? [] : [guessBytes, guessBytes + 1].filter(inside);
    const common = COMMON_MTU_BYTES.flatMap((size) => [size, size + 1]).filter(inside);
    const chosen = guesses.length > 0 ? guesses : common.length > 0 ? evenly(common, left) : spread(passedBytes, failedBytes, left);
    for (const size of chosen) sizes.add(size);
  }
  return [...sizes].sort((a, b) => a - b).slice(0, Math.max(0, left));
}

/** At most `count` of a list, as far from each other as can be. */
function evenly(list: readonly number[], count: number): number[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, index) => list[Math.floor(((index + 1) * list.length) / (count + 1))] as number);
}
