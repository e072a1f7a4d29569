import type { RoundTripOptions } from '../../model/probe-options.js';
import { addressFamily, type Target } from '../../model/target.js';
import type { IpFamily, Origin } from '../../net/port.js';
import type { Speech } from '../mtu/first-flight.js';
import { speechFor } from '../mtu/plan.js';
import { planRoundTrips, type RoundTripPlan } from '../round-trip/plan.js';

export interface LossPlan extends RoundTripPlan {
  /** Where TCP connections may show in which direction packets are lost; absent: that is not asked, or nobody there is known to answer. */
  service?: Service;
}

/** A service that can be spoken to. */
export interface Service {
  family: IpFamily;
  port: number;
  speech: Speech;
}

export function planLoss(target: Target, address: string, options: RoundTripOptions, origin: Origin): LossPlan {
  const plan = planRoundTrips(target, address, options, origin);
  const speech = options.direction === true ? speechFor(target) : null;
  if (speech === null || target.port === null) return plan;
  return { ...plan, service: { family: addressFamily(address) === 6 ? 6 : 4, port: target.port, speech } };
}
