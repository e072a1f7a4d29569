import { addressFamily, type Target } from '../../model/target.js';
import type { IpFamily, Origin } from '../../net/port.js';

export interface MtuPlan {
  address: string;
  family: IpFamily;
  /** Where one TCP connection asks the kernel for its segment size; `null`: it is not asked. */
  port: number | null;
  /** MTU of the interface through which the packets leave; `null` where it is not known, and the search starts from an Ethernet's. */
  localMtuBytes: number | null;
  /** How long a packet of a round may stay unanswered, before any round trip is known. */
  timeoutMs: number;
  origin: Origin;
}

export function planMtu(
  target: Target,
  address: string,
  localMtuBytes: number | null,
  options: { timeoutMs: number },
  origin: Origin,
): MtuPlan {
  return { address, family: addressFamily(address) === 6 ? 6 : 4, port: target.port, localMtuBytes, timeoutMs: options.timeoutMs, origin };
}
