import type { DataOf } from '../../model/measurement.js';

/** Links, addresses, routes, rules and neighbours: all of the measurement but the resolvers. */
export type LinkReading = Omit<DataOf<'host'>, 'resolvers' | 'resolversSource' | 'searchDomains'>;

export type Interface = LinkReading['interfaces'][number];

/** Nothing was read. */
export const NO_LINKS: LinkReading = {
  interfaces: [],
  defaultRoutes: [],
  routesKnown: false,
  routes: null,
  routesLeftOut: 0,
  routesSource: null,
  rules: null,
  rulesSource: null,
  neighbors: null,
  neighborsSource: null,
  leases: [],
  absent: [],
};

/** The gateways that routes name, each on its interface. */
export function gatewayKeys(routes: LinkReading['routes']): ReadonlySet<string> {
  const hops = (routes ?? []).flatMap((route) => route.nextHops);
  return new Set(hops.flatMap((hop) => (hop.gateway === null || hop.interface === null ? [] : [neighborKey(hop.gateway, hop.interface)])));
}

export function neighborKey(address: string, interfaceName: string): string {
  return `${address}%${interfaceName}`;
}
