import type { Attempt } from '../../model/attempt.js';
import {
  DARWIN_NEIGHBORS,
  DARWIN_ROUTES,
  darwinNeighborState,
  outlineOfDarwinLink,
  readDarwinCounters,
  readDarwinLinks,
  readDarwinNeighbors,
  readDarwinRoutes,
} from '../../net/machine/darwin-machine.js';
import { whyNot } from '../../net/machine/local-facts.js';
import type { DarwinCounters } from '../../wire/darwin/counters.js';
import type { DarwinAddress, DarwinLink } from '../../wire/darwin/links.js';
import type { DarwinNeighbor } from '../../wire/darwin/neighbors.js';
import type { DarwinRoute } from '../../wire/darwin/routes.js';
import type { MeasureContext } from '../probe.js';
import { isRouteToSelf, kindOfLinkAddress, scopeOfAddress } from './address-facts.js';
import { readingOfOutline } from './by-outline.js';
import { gatewayKeys, type Interface, type LinkReading, NO_LINKS, neighborKey } from './reading.js';
import { defaultRoutesOf, keepRoutes, type Route, TABLE_MAIN } from './routing.js';

const LONGEST_MASK = { 4: 32, 6: 128 } as const;

/** Links, addresses, routes and neighbours of macOS, by its own commands. Where ifconfig fails, what Node tells. */
export async function readDarwin({ network, signal }: MeasureContext): Promise<LinkReading> {
  const { local, machine } = network;
  const [links, counters, routes, arp, ndp] = await Promise.all([
    readDarwinLinks(local, signal),
    readDarwinCounters(local, signal),
    readDarwinRoutes(local, signal),
    readDarwinNeighbors(local, 4, signal),
    readDarwinNeighbors(local, 6, signal),
  ]);
  const absent: LinkReading['absent'] = [
    ...missing('errors and drops of links', counters),
    ...missing('routes', routes),
    ...missing('neighbours of IPv4', arp),
    ...missing('neighbours of IPv6', ndp),
    { fact: 'rules', because: 'macOS has no policy rules' },
    { fact: 'leases', because: 'macOS shows no lease with its end to an ordinary user' },
  ];
  const counted = counters.kind === 'measured' ? counters.value : [];
  const routing = routes.kind === 'measured' ? routingOf(routes.value, links.kind === 'measured' ? links.value.links : []) : NO_LINKS;
  const { defaultRoutes, routesKnown, routesLeftOut, routesSource } = routing;
  const list = [...(arp.kind === 'measured' ? arp.value : []), ...(ndp.kind === 'measured' ? ndp.value : [])];
  const known = arp.kind === 'measured' || ndp.kind === 'measured';
  const common = {
    ...NO_LINKS,
    defaultRoutes,
    routesKnown,
    routesLeftOut,
    routesSource,
    routes: routing.routes,
    neighbors: known ? neighborsOf(list, gatewayKeys(routing.routes)) : null,
    neighborsSource: known ? Object.values(DARWIN_NEIGHBORS).join(', ') : null,
  };
  if (links.kind !== 'measured') {
    const outline = readingOfOutline(await machine.observe(), `ifconfig: ${whyNot(links)}`);
    const ofLinks = outline.absent.filter(({ fact }) => /^(addresses|flags|kinds)/.test(fact));
    return { ...common, interfaces: outline.interfaces, absent: [...ofLinks, ...absent] };
  }
  const { links: listed, source } = links.value;
  if (source === 'ifconfig -a')
    absent.push({ fact: 'lifetimes of addresses and types of links', because: 'ifconfig does not take -L and -v here' });
  return { ...common, interfaces: interfacesOf(listed, counted, source), absent };
}

function missing(fact: string, read: Attempt<unknown>): LinkReading['absent'] {
  return read.kind === 'measured' ? [] : [{ fact, because: whyNot(read) }];
}

function interfacesOf(links: readonly DarwinLink[], counted: readonly DarwinCounters[], source: string): Interface[] {
  return links.map((link): Interface => {
    const counters = counted.find((entry) => entry.interface === link.name);
    return {
      ...outlineOfDarwinLink(link),
      addresses: link.addresses.map((address) => addressOf(address, source !== 'ifconfig -a')),
      errors: counters === undefined ? null : counters.receiveErrors + counters.sendErrors,
      // It counts those that it did not send; what it dropped on the way in is in no counter of the link.
      dropped: counters?.sendDropped ?? null,
      source: counters === undefined ? source : `${source}, netstat -ibdn`,
      // Without those that do not parse, a link could look as if it had none.
      addressesKnown: !link.unreadAddress,
      index: link.index,
      kind: kindOf(link),
      operationalState: null,
      duplex: link.active === false || link.fullDuplex === null ? null : link.fullDuplex ? 'full' : 'half',
      master: links.find(({ members }) => members.includes(link.name))?.name ?? null,
      parent: link.vlan?.parent ?? null,
      vlanId: link.vlan?.tag ?? null,
      promiscuous: link.flags.includes('PROMISC'),
    };
  });
}

/** Kinds by the beginning of the name, which drivers of macOS do not change. */
const KINDS: readonly [RegExp, string][] = [
  [/^lo\d/, 'loopback'],
  [/^(utun|ipsec|gpd|tun)\d/, 'tun'],
  [/^tap\d/, 'tap'],
  [/^ppp\d/, 'ppp'],
  [/^bridge\d/, 'bridge'],
  [/^vlan\d/, 'vlan'],
  [/^bond\d/, 'bond'],
  [/^feth\d/, 'veth'],
  [/^(vmenet|vmnet)\d/, 'tap'],
  [/^stf\d/, 'sit'],
  [/^gif\d/, 'ipip'],
  [/^(awdl|llw|ap|nan)\d/, 'wireless'],
  [/^pdp_ip\d/, 'cellular'],
];

function kindOf({ name, type, media }: DarwinLink): string | null {
  const byName = KINDS.find(([pattern]) => pattern.test(name))?.[1];
  if (byName !== undefined) return byName;
  if (type === 'Wi-Fi') return 'wireless';
  if (type === 'Cellular') return 'cellular';
  if (type === 'Bluetooth PAN') return 'bluetooth';
  if (type !== null && /Ethernet|Thunderbolt/.test(type)) return 'ethernet';
  return media !== null && /\dG?base/i.test(media) ? 'ethernet' : null;
}

function addressOf(
  { family, address, prefixLength, marks, validSeconds, preferredSeconds }: DarwinAddress,
  lifetimes: boolean,
): Interface['addresses'][number] {
  const has = (mark: string) => (family === 6 ? marks.includes(mark) : null);
  return {
    address,
    prefixLength,
    family,
    scope: scopeOfAddress(address),
    temporary: has('temporary') ?? false,
    deprecated: has('deprecated'),
    tentative: has('tentative'),
    duplicate: has('duplicated'),
    permanent: family === 6 && lifetimes ? validSeconds === null : null,
    validForMs: validSeconds === null ? null : validSeconds * 1000,
    preferredForMs: preferredSeconds === null ? null : preferredSeconds * 1000,
  };
}

/**
 * The routes for programs in general. Those of single interfaces (`RTF_IFSCOPE`), which every link with a router has beside the one in use,
 * are for sockets that are bound to it.
 */
function routingOf(
  all: readonly DarwinRoute[],
  links: readonly DarwinLink[],
): Pick<LinkReading, 'defaultRoutes' | 'routesKnown' | 'routes' | 'routesLeftOut' | 'routesSource'> {
  const own = new Set(links.flatMap(({ addresses }) => addresses.map(({ address }) => address)));
  const loopbacks = new Set(links.filter(({ flags }) => flags.includes('LOOPBACK')).map(({ name }) => name));
  const gateways = new Set(all.flatMap(({ gateway }) => gateway ?? []));
  const routes = all
    .filter((route) => !route.scoped && !isRouteToSelf(route, own) && !isBroadcastOrMulticast(route))
    .filter((route) => !loopbacks.has(route.interface) || route.rejects || route.blackhole)
    // The way to a router on the link, which the system writes down by itself.
    .filter((route) => !(route.gateway === null && gateways.has(route.destination) && route.prefixLength === LONGEST_MASK[route.family]))
    .map(routeOf);
  return { ...keepRoutes(routes), defaultRoutes: defaultRoutesOf(routes, null), routesKnown: true, routesSource: DARWIN_ROUTES };
}

function isBroadcastOrMulticast({ destination }: DarwinRoute): boolean {
  return destination === '255.255.255.255' || /^2(2[4-9]|3\d)\./.test(destination);
}

function routeOf(route: DarwinRoute): Route {
  return {
    family: route.family,
    destination: route.destination,
    prefixLength: route.prefixLength,
    type: route.blackhole ? 'blackhole' : route.rejects ? 'unreachable' : 'unicast',
    table: TABLE_MAIN,
    protocol: null,
    scope: null,
    metric: null,
    preferredSource: null,
    mtuBytes: null,
    preference: null,
    nextHops:
      route.blackhole || route.rejects ? [] : [{ gateway: route.gateway, interface: route.interface, weight: null, linkDown: null }],
  };
}

function neighborsOf(list: readonly DarwinNeighbor[], gateways: ReadonlySet<string>): LinkReading['neighbors'] {
  return list.flatMap((entry) => {
    if (entry.interface === null || !gateways.has(neighborKey(entry.address, entry.interface))) return [];
    return [
      {
        address: entry.address,
        family: entry.address.includes(':') ? (6 as const) : (4 as const),
        interface: entry.interface,
        state: darwinNeighborState(entry),
        linkAddressKind: kindOfLinkAddress(entry.linkAddress),
      },
    ];
  });
}
