import type { Check } from '../model/report.js';
import { addressFamily } from '../model/target.js';
import { kindOf } from './kinds.js';

/** What is of a service alone, and says nothing of the way to it. */
const OF_THE_SERVICE = /^(port-(closed|rejected)|service-|tls-|cert-|http-|websocket-|dns-(nxdomain|refused|servfail)$|starttls-)/;

/**
 * Where nobody named a target, well-known places of the internet are asked to see whether it is there: they are instruments. What is wrong
 * with one service of them while another of its sort is well is its own, and no fault of this network.
 *
 * @param hosts by target: names and addresses are two sorts, since only names need DNS
 */
export function withoutInstrumentFaults(checks: readonly Check[], hosts: ReadonlyMap<string, string>): Check[] {
  const sortOf = (target: string) => (addressFamily(hosts.get(target) ?? '') === null ? 'name' : 'address');
  return checks.map((check) => {
    const { target, code, status } = check;
    if (target === null || code === null || !hosts.has(target) || !OF_THE_SERVICE.test(code) || status === 'pass' || status === 'skip')
      return check;
    const well = checks.find(
      (other) =>
        other.status === 'pass' &&
        other.target !== null &&
        other.target !== target &&
        hosts.has(other.target) &&
        sortOf(other.target) === sortOf(target) &&
        kindOf(other) === kindOf(check),
    );
    if (well === undefined) return check;
    return {
      ...check,
      status: 'skip',
      code: null,
      because: `${target} is only asked to see what the network does, and ${well.target} is well`,
    };
  });
}
