import type { RoundTripOptions } from '../../model/probe-options.js';
import type { Target } from '../../model/target.js';
import type { Origin } from '../../net/port.js';

/** A series of round trips to one address: what `latency` and `loss` both send. */
export interface RoundTripPlan extends RoundTripOptions {
  address: string;
  /** Where TCP connects may go: the target's own port, or for a bare host those that most hosts answer on, if only by refusing. */
  ports: readonly number[];
  /** Behind the ICMP header. 56 makes the 84-byte packet of ping(8). */
  payloadBytes: number;
  origin: Origin;
}

export const PING_PAYLOAD_BYTES = 56;

/** HTTPS and HTTP: the ports that firewalls let through most. */
export const COMMON_PORTS: readonly number[] = [443, 80];

export function planRoundTrips(target: Target, address: string, options: RoundTripOptions, origin: Origin): RoundTripPlan {
  return { ...options, address, ports: target.port === null ? COMMON_PORTS : [target.port], payloadBytes: PING_PAYLOAD_BYTES, origin };
}
