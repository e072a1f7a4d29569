import type { RoundTripOptions } from '../../model/probe-options.js';
import type { Target } from '../../model/target.js';
import type { Origin } from '../../net/port.js';

/** A series of round trips to one address: what `latency` and `loss` both send. */
export interface RoundTripPlan extends RoundTripOptions {
  address: string;
  /** Where TCP connects go; `null` where no port is known, so that TCP cannot be used. */
  port: number | null;
  /** Behind the ICMP header. 56 makes the 84-byte packet of ping(8). */
  payloadBytes: number;
  origin: Origin;
}

const PING_PAYLOAD_BYTES = 56;

export function planRoundTrips(target: Target, address: string, options: RoundTripOptions, origin: Origin): RoundTripPlan {
  return { ...options, address, port: target.port, payloadBytes: PING_PAYLOAD_BYTES, origin };
}
