import type { DataOf } from '../../src/model/measurement.js';
import type { RouteLookup } from '../../src/net/port.js';

/** Shapes of a machine for tests, with what a test does not care about filled in. Documentation addresses of RFC 5737. */

type Host = DataOf<'host'>;
type Interface = Host['interfaces'][number];
type Address = Interface['addresses'][number];
type Route = NonNullable<Host['routes']>[number];
type Rule = NonNullable<Host['rules']>[number];

export function hostAddress(text: string, fields: Partial<Address> = {}): Address {
  const [address = '', length] = text.split('/');
  const family = address.includes(':') ? 6 : 4;
  return {
    address,
    prefixLength: Number(length ?? (family === 4 ? 32 : 128)),
    family,
    scope: /^fe80:|^169\.254\./i.test(address) ? 'link' : 'global',
    temporary: false,
    deprecated: false,
    tentative: false,
    duplicate: false,
    permanent: true,
    validForMs: null,
    preferredForMs: null,
    ...fields,
  };
}

/** `eth0`, up, with 10.0.0.2/24. */
export function hostInterface(fields: Partial<Interface> = {}): Interface {
  return {
    name: 'eth0',
    up: true,
    carrier: true,
    loopback: false,
    mtuBytes: 1500,
    speedMbit: 1000,
    addresses: [hostAddress('10.0.0.2/24')],
    errors: 0,
    dropped: 0,
    source: 'rtnetlink',
    addressesKnown: true,
    index: 2,
    kind: 'ethernet',
    operationalState: 'up',
    duplex: 'full',
    master: null,
    parent: null,
    vlanId: null,
    promiscuous: false,
    ...fields,
  };
}

export function loopbackInterface(fields: Partial<Interface> = {}): Interface {
  const own = { name: 'lo', loopback: true, kind: 'loopback', index: 1, mtuBytes: 65_536, speedMbit: null, duplex: null } as const;
  return hostInterface({ ...own, operationalState: 'unknown', addresses: [hostAddress('127.0.0.1/8', { scope: 'host' })], ...fields });
}

/** A route in the words of `ip route`: `default`, `10.0.0.0/8`; by a gateway and an interface. */
export function hostRoute(to: string, gateway: string | null, name: string | null, fields: Partial<Route> = {}): Route {
  const family = fields.family ?? ((gateway ?? to).includes(':') ? 6 : 4);
  const [destination = '', length] = to === 'default' ? [family === 4 ? '0.0.0.0' : '::', '0'] : to.split('/');
  return {
    family,
    destination,
    prefixLength: Number(length ?? (family === 4 ? 32 : 128)),
    type: 'unicast',
    table: 254,
    protocol: 'static',
    scope: gateway === null ? 'link' : 'global',
    metric: 0,
    preferredSource: null,
    mtuBytes: null,
    preference: null,
    nextHops: name === null ? [] : [{ gateway, interface: name, weight: null, linkDown: false }],
    ...fields,
  };
}

export function hostRule(fields: Partial<Rule> & Pick<Rule, 'priority'>): Rule {
  return {
    family: 4,
    action: 'table',
    table: 254,
    inverted: false,
    from: null,
    to: null,
    mark: null,
    incoming: null,
    outgoing: null,
    users: null,
    further: [],
    suppressPrefixLength: null,
    ...fields,
  };
}

/** The rules that every machine has. */
export const STANDARD_RULES: readonly Rule[] = [
  hostRule({ priority: 0, table: 255 }),
  hostRule({ priority: 32_766, table: 254 }),
  hostRule({ priority: 32_767, table: 253 }),
  hostRule({ priority: 0, table: 255, family: 6 }),
  hostRule({ priority: 32_766, table: 254, family: 6 }),
];

export function hostData(fields: Partial<Host> = {}): Host {
  return {
    interfaces: [],
    defaultRoutes: [],
    routesKnown: true,
    resolvers: [],
    resolversSource: null,
    searchDomains: [],
    routes: [],
    routesLeftOut: 0,
    routesSource: 'rtnetlink',
    rules: [...STANDARD_RULES],
    rulesSource: 'rtnetlink',
    neighbors: [],
    neighborsSource: 'rtnetlink',
    leases: [],
    absent: [],
    ...fields,
  };
}

/** The kernel's decision for an address, by the main table. */
export function routeLookup(fields: Partial<RouteLookup> & Pick<RouteLookup, 'source' | 'interface'>): RouteLookup {
  return { gateway: null, loopback: false, table: null, type: null, prefix: null, mtuBytes: null, ...fields };
}
