import { percentile } from '../../model/statistics.js';
import type { Packet } from './packets.js';

/** Round trips that are long for a while, and short before or after. Pure. */

export interface SlowStretch {
  /** When the first of its packets was sent: milliseconds since 1970. */
  fromMs: number;
  /** When the first quick one was sent behind it; `null`: there was none. */
  toMs: number | null;
  lastMs: number;
  packets: number;
  /** Medians within it and outside of all such stretches. */
  slowMs: number;
  usualMs: number;
}

/** Shorter ones are a hiccup, which percentiles show. */
const LEAST_MS = 200;
const LEAST_PACKETS = 5;
/** How long the quick ones must be quick without a break, so that what varies from packet to packet is no stretch. */
const LEAST_CALM_MS = 120;
/** By how much it is longer than usual. */
const FACTOR = 3;
const LEAST_RISE_MS = 100;
/** Quick ones among the slow that do not end it: packets that overtook others. */
const STRAYS = 2;

/** The stretches among packets in the order of time. Packets without an answer count for neither side. */
export function slowStretches(packets: readonly Packet[]): SlowStretch[] {
  const timed = packets.flatMap(({ atMs, rttMs }) => (rttMs === null || Number.isNaN(rttMs) ? [] : [{ atMs, rttMs }]));
  if (timed.length < 2 * LEAST_PACKETS) return [];
  const floorMs = percentile(sorted(timed.map(({ rttMs }) => rttMs)), 5);
  const limitMs = Math.max(FACTOR * floorMs, floorMs + LEAST_RISE_MS);
  const found: { first: number; last: number }[] = [];
  let open: { first: number; last: number } | null = null;
  for (const [index, { rttMs }] of timed.entries()) {
    if (rttMs > limitMs) {
      if (open === null) open = { first: index, last: index };
      else open.last = index;
    } else if (open !== null && index - open.last > STRAYS) {
      found.push(open);
      open = null;
    }
  }
  if (open !== null) found.push(open);
  const long = found.filter(({ first, last }) => {
    const endMs = timed[last + 1]?.atMs ?? timed[last]?.atMs ?? 0;
    return last - first + 1 >= LEAST_PACKETS && endMs - (timed[first]?.atMs ?? 0) >= LEAST_MS;
  });
  const outside = timed.filter((_, index) => !long.some(({ first, last }) => index >= first && index <= last));
  if (long.length === 0 || outside.length < LEAST_PACKETS) return [];
  const usualMs = percentile(sorted(outside.map(({ rttMs }) => rttMs)), 50);
  if (longestCalmMs(timed, (floorMs + limitMs) / 2) < LEAST_CALM_MS) return [];
  return long.flatMap(({ first, last }) => {
    const within = timed.slice(first, last + 1);
    const slowMs = percentile(sorted(within.map(({ rttMs }) => rttMs)), 50);
    if (slowMs < FACTOR * usualMs || slowMs - usualMs < LEAST_RISE_MS) return [];
    return [
      {
        fromMs: within[0]?.atMs ?? 0,
        toMs: timed[last + 1]?.atMs ?? null,
        lastMs: within[within.length - 1]?.atMs ?? 0,
        packets: within.length,
        slowMs,
        usualMs,
      },
    ];
  });
}

function longestCalmMs(timed: readonly { atMs: number; rttMs: number }[], limitMs: number): number {
  let longest = 0;
  let sinceMs: number | null = null;
  for (const { atMs, rttMs } of timed) {
    if (rttMs > limitMs) sinceMs = null;
    else {
      sinceMs ??= atMs;
      longest = Math.max(longest, atMs - sinceMs);
    }
  }
  return longest;
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
