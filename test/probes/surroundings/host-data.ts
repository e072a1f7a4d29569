import type { DataOf } from '../../../src/model/measurement.js';

type Host = DataOf<'host'>;
type Interface = Host['interfaces'][number];
type Route = NonNullable<Host['routes']>[number];
type Rule = NonNullable<Host['rules']>[number];

/** An interface that is up, with these addresses. */
export function link(name: string, kind: string | null, addresses: readonly string[], fields: Partial<Interface> = {}): Interface {
  return {
    name,
    kind,
    up: true,
    carrier: true,
    loopback: kind === 'loopback',
    mtuBytes: 1500,
    speedMbit: null,
    addresses: addresses.map((text) => {
      const [address = '', length] = text.split('/');
      return {
        address,
        prefixLength: Number(length),
        family: address.includes(':') ? (6 as const) : (4 as const),
        scope: 'global',
        temporary: null,
        deprecated: null,
        tentative: null,
        duplicate: null,
        permanent: null,
        validForMs: null,
        preferredForMs: null,
      };
    }),
    errors: null,
    dropped: null,
    source: 'rtnetlink',
    addressesKnown: true,
    index: null,
    operationalState: 'up',
    duplex: null,
    master: null,
    parent: null,
    vlanId: null,
    promiscuous: null,
    ...fields,
  };
}

/** A route of the main table unless `fields` say otherwise. */
export function route(prefix: string, name: string | null, fields: Partial<Route> & { gateway?: string } = {}): Route {
  const [destination = '', length] = prefix.split('/');
  const { gateway, ...rest } = fields;
  return {
    family: destination.includes(':') ? 6 : 4,
    destination,
    prefixLength: Number(length),
    type: 'unicast',
    table: 254,
    protocol: 'kernel',
    scope: 'link',
    metric: 0,
    preferredSource: null,
    mtuBytes: null,
    preference: null,
    nextHops: name === null ? [] : [{ gateway: gateway ?? null, interface: name, weight: null, linkDown: null }],
    ...rest,
  };
}

export function rule(priority: number, table: number, fields: Partial<Rule> = {}): Rule {
  return {
    family: 4,
    priority,
    action: 'table',
    table,
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

export const MAIN_RULES: readonly Rule[] = [rule(0, 255), rule(32_766, 254), rule(32_767, 253)];

/** What a machine with these links and routes says of itself. */
export function hostWith(interfaces: readonly Interface[], routes: readonly Route[], fields: Partial<Host> = {}): Host {
  return {
    interfaces: [...interfaces],
    defaultRoutes: routes
      .filter(({ prefixLength }) => prefixLength === 0)
      .flatMap(({ family, metric, nextHops: [hop] }) =>
        hop?.interface == null ? [] : [{ family, gateway: hop.gateway, interface: hop.interface, metric }],
      ),
    routesKnown: true,
    resolvers: [],
    resolversSource: null,
    searchDomains: [],
    routes: [...routes],
    routesLeftOut: 0,
    routesSource: 'rtnetlink',
    rules: [...MAIN_RULES],
    rulesSource: 'rtnetlink',
    neighbors: null,
    neighborsSource: null,
    leases: [],
    absent: [],
    ...fields,
  };
}
