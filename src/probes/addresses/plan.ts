import type { Target } from '../../model/target.js';
import type { Origin } from '../../net/port.js';
import { COMMON_PORTS } from '../round-trip/plan.js';
import { familyOf } from './happy-eyeballs.js';

/** More attempts than these no client makes for one connection; of each family as many are looked at when they are put in order. */
export const ADDRESS_LIMIT = 8;

/** Each address of a name, tried by itself. Plain data. */
export interface AddressesPlan {
  host: string;
  /** The target's own port; `null` for a bare host, which is asked by echo first. */
  port: number | null;
  /** Where connections go to a bare host that answers no echo. */
  commonPorts: readonly number[];
  /** In the order of the answer, each once. */
  addresses: readonly string[];
  /** The address that the other probes of this target go to. */
  chosen: string;
  timeoutMs: number;
  origin: Origin;
}

/** @returns `null` where there are not several addresses to compare */
export function planAddresses(
  target: Target,
  chosen: string,
  addresses: readonly string[],
  options: { timeoutMs: number },
  origin: Origin,
): AddressesPlan | null {
  const distinct = [...new Set(addresses)];
  if (distinct.length < 2) return null;
  const ofFamily = (family: 4 | 6) => distinct.filter((address) => familyOf(address) === family).slice(0, ADDRESS_LIMIT);
  const listed = [...ofFamily(4), ...ofFamily(6)];
  const { host, port } = target;
  return { host, port, commonPorts: COMMON_PORTS, addresses: listed, chosen, timeoutMs: options.timeoutMs, origin };
}
