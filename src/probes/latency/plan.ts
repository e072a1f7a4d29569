import type { RoundTripOptions } from '../../model/probe-options.js';
import type { Target } from '../../model/target.js';
import type { Origin } from '../../net/port.js';
import { planRoundTrips, type RoundTripPlan } from '../round-trip/plan.js';

/** Probes at the head of a series that are sent, but not counted: the first one also pays for ARP or neighbour discovery. */
export const WARMUP_COUNT = 1;

/** A series of `count` round trips behind the warm-up. */
export function planLatency(target: Target, address: string, options: RoundTripOptions, origin: Origin): RoundTripPlan {
  return planRoundTrips(target, address, { ...options, count: options.count + WARMUP_COUNT }, origin);
}
