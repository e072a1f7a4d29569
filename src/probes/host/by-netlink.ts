import { type Attempt, measured, reasonOf } from '../../model/attempt.js';
import type { LocalSystem } from '../../net/port.js';
import { LIST_ADDRESSES, LIST_LINKS, LIST_NEIGHBORS, LIST_ROUTES, LIST_RULES } from '../../wire/linux/rtnetlink.js';
import { type AddressMessage, type LinkMessage, parseAddress, parseLink } from '../../wire/linux/rtnetlink-link.js';
import { parseRoute, type RouteMessage } from '../../wire/linux/rtnetlink-route.js';
import { type NeighborMessage, parseNeighbor, parseRule, type RuleMessage } from '../../wire/linux/rtnetlink-rule.js';
import type { Parsed } from '../../wire/parsed.js';
import { gatewayKeys, type Interface, type LinkReading, NO_LINKS, neighborKey } from './reading.js';
import { defaultRoutesOf, keepRoutes, type Route } from './routing.js';

const SOURCE = 'rtnetlink';

interface Listing<T> {
  entries: T[];
  /** Why some of what the kernel said was left out; `null`: nothing was. */
  nonsense: string | null;
}

/** Asks the kernel by rtnetlink(7). Not `measured` where it does not even list its links; what else it refuses is absent with the reason. */
export async function readByNetlink(local: LocalSystem, signal: AbortSignal): Promise<Attempt<LinkReading>> {
  const list = async <T>(request: Uint8Array, parse: (bytes: Uint8Array) => Parsed<T>): Promise<Attempt<Listing<T>>> => {
    const answer = await local.netlink('route', request, signal);
    return answer.kind === 'measured' ? measured(readAll(answer.value, parse)) : answer;
  };
  const [links, addresses, routes, rules, neighbors] = await Promise.all([
    list(LIST_LINKS, parseLink),
    list(LIST_ADDRESSES, parseAddress),
    list(LIST_ROUTES, parseRoute),
    list(LIST_RULES, parseRule),
    list(LIST_NEIGHBORS, parseNeighbor),
  ]);
  if (links.kind !== 'measured') return links;
  return measured(readingOf({ links: links.value, addresses, routes, rules, neighbors }));
}

function readAll<T>(messages: readonly Uint8Array[], parse: (bytes: Uint8Array) => Parsed<T>): Listing<T> {
  const entries: T[] = [];
  let nonsense: string | null = null;
  for (const bytes of messages) {
    const entry = parse(bytes);
    if (entry.ok) entries.push(entry.value);
    // Other families than IP are listed too; that is no nonsense.
    else if (!entry.refusal.includes('family')) nonsense = entry.refusal;
  }
  return { entries, nonsense };
}

/** What the kernel's lists say together. */
function readingOf(listed: {
  links: Listing<LinkMessage>;
  addresses: Attempt<Listing<AddressMessage>>;
  routes: Attempt<Listing<RouteMessage>>;
  rules: Attempt<Listing<RuleMessage>>;
  neighbors: Attempt<Listing<NeighborMessage>>;
}): LinkReading {
  const names = new Map(listed.links.entries.map(({ index, name }) => [index, name]));
  const nameOf = (index: number | null) => (index === null ? null : (names.get(index) ?? null));
  const addresses = listed.addresses.kind === 'measured' ? byLink(listed.addresses.value.entries) : null;
  const rules = listed.rules.kind === 'measured' ? listed.rules.value.entries.sort(byPriority) : null;
  const all = listed.routes.kind === 'measured' ? listed.routes.value.entries : null;
  const routes = all === null ? null : all.filter((route) => !route.cloned).map((route) => routeOf(route, nameOf));
  const gateways = gatewayKeys(routes);
  const neighbors = listed.neighbors.kind === 'measured' ? listed.neighbors.value.entries : null;
  return {
    ...NO_LINKS,
    interfaces: listed.links.entries.map((link) => interfaceOf(link, addresses, nameOf)),
    defaultRoutes: routes === null ? [] : defaultRoutesOf(routes, rules),
    routesKnown: routes !== null,
    ...(routes === null ? {} : { ...keepRoutes(routes), routesSource: SOURCE }),
    rules,
    rulesSource: rules === null ? null : SOURCE,
    neighbors:
      neighbors?.flatMap(({ index, address, family, state, linkAddressKind }) => {
        const link = nameOf(index);
        return link === null || !gateways.has(neighborKey(address, link))
          ? []
          : [{ address, family, interface: link, state, linkAddressKind }];
      }) ?? null,
    neighborsSource: neighbors === null ? null : SOURCE,
    absent: [
      ...absence('links', measured(listed.links)),
      ...absence('addresses', listed.addresses),
      ...absence('routes', listed.routes),
      ...absence('rules', listed.rules),
      ...absence('neighbours', listed.neighbors),
    ],
  };
}

function byLink(addresses: readonly AddressMessage[]): ReadonlyMap<number, AddressMessage[]> {
  const groups = new Map<number, AddressMessage[]>();
  for (const address of addresses) {
    const group = groups.get(address.index);
    if (group === undefined) groups.set(address.index, [address]);
    else group.push(address);
  }
  return groups;
}

function byPriority(a: RuleMessage, b: RuleMessage): number {
  return a.family - b.family || a.priority - b.priority;
}

function absence(fact: string, listed: Attempt<Listing<unknown>>): LinkReading['absent'] {
  if (listed.kind !== 'measured') return [{ fact, because: reasonOf(listed) }];
  const { nonsense } = listed.value;
  return nonsense === null ? [] : [{ fact: `some ${fact}`, because: `the kernel sent nonsense: ${nonsense}` }];
}

function interfaceOf(
  link: LinkMessage,
  addresses: ReadonlyMap<number, readonly AddressMessage[]> | null,
  nameOf: (index: number | null) => string | null,
): Interface {
  return {
    name: link.name,
    up: link.up,
    carrier: link.up ? link.running : null,
    loopback: link.loopback,
    mtuBytes: link.mtuBytes,
    speedMbit: null,
    addresses: (addresses?.get(link.index) ?? []).map(({ index: _, validSeconds, preferredSeconds, ...address }) => ({
      ...address,
      validForMs: validSeconds === null ? null : validSeconds * 1000,
      preferredForMs: preferredSeconds === null ? null : preferredSeconds * 1000,
    })),
    errors: link.errors,
    dropped: link.dropped,
    source: SOURCE,
    addressesKnown: addresses !== null,
    index: link.index,
    kind: link.kind,
    operationalState: link.operationalState,
    duplex: null,
    master: nameOf(link.masterIndex),
    parent: nameOf(link.parentIndex),
    vlanId: link.vlanId,
    promiscuous: link.promiscuous,
  };
}

function routeOf({ cloned: _, nextHops, ...route }: RouteMessage, nameOf: (index: number | null) => string | null): Route {
  // Routes that refuse stand on the loopback in IPv6, and on nothing in IPv4.
  const hops = route.type === 'unicast' || route.type === 'nat' ? nextHops : [];
  return { ...route, nextHops: hops.map(({ interfaceIndex, ...hop }) => ({ ...hop, interface: nameOf(interfaceIndex) })) };
}
