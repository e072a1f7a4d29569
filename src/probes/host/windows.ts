import type { Attempt } from '../../model/attempt.js';
import { whyNot } from '../../net/machine/local-facts.js';
import { readWindows, WINDOWS_SOURCE, whyUnknown } from '../../net/machine/windows-facts.js';
import {
  LOOPBACK_TYPE,
  outlineOfWindowsLink,
  windowsLinks,
  windowsNeighbors,
  windowsRoutes,
  windowsRoutesByText,
} from '../../net/machine/windows-machine.js';
import type { WindowsAddress, WindowsLink, WindowsNeighbor, WindowsRoute } from '../../wire/windows/links.js';
import { readWindowsCounters, type WindowsCounters } from '../../wire/windows/settings.js';
import type { WindowsTextRoute } from '../../wire/windows/text.js';
import type { MeasureContext } from '../probe.js';
import { isBroadcastRoute, isRouteToSelf, kindOfLinkAddress, scopeOfAddress } from './address-facts.js';
import { readingOfOutline } from './by-outline.js';
import { gatewayKeys, type Interface, type LinkReading, NO_LINKS, neighborKey } from './reading.js';
import { defaultRoutesOf, keepRoutes, type Route, TABLE_MAIN } from './routing.js';

type Routing = Pick<LinkReading, 'defaultRoutes' | 'routesKnown' | 'routes' | 'routesLeftOut' | 'routesSource'>;

/** Links, addresses, routes and neighbours of Windows, by PowerShell. Where that fails, what Node and `route print` tell. */
export async function readWindowsHost({ network, signal }: MeasureContext): Promise<LinkReading> {
  const { local, machine } = network;
  const [report, links, routes, neighbors] = await Promise.all([
    readWindows(local, 'links', signal),
    windowsLinks(local, signal),
    windowsRoutes(local, signal),
    windowsNeighbors(local, signal),
  ]);
  const absent: LinkReading['absent'] = [
    { fact: 'rules', because: 'Windows has no policy rules' },
    { fact: 'leases', because: 'their ends are the lifetimes of the addresses' },
  ];
  if (links.kind !== 'measured') {
    const outline = await machine.observe();
    const reading = readingOfOutline(outline, whyNot(links));
    const facts = reading.absent.filter(({ fact }) => !/^(routes|rules)/.test(fact));
    const textual = await windowsRoutesByText(local, signal);
    const routing = textual.kind === 'measured' ? routingOfText(textual.value, outline.interfaces) : NO_LINKS;
    const unknown = textual.kind === 'measured' ? [] : [{ fact: 'routes', because: whyNot(textual) }];
    return { ...reading, ...pick(routing), absent: [...facts, ...unknown, ...absent] };
  }
  const counters = report.kind === 'measured' ? readWindowsCounters(report.value) : null;
  if (counters === null) absent.unshift({ fact: 'errors and drops of links', because: whyUnknown(report, 'statistics') });
  // The loopback has one on every machine: without any, the list is none.
  const addressesKnown = links.value.some(({ addresses }) => addresses.length > 0);
  if (!addressesKnown) absent.unshift({ fact: 'addresses', because: whyUnknown(report, 'addresses') });
  absent.unshift(...missing('routes', routes), ...missing('neighbours', neighbors));
  const names = new Map(links.value.map(({ index, name }) => [index, name]));
  const routing = routes.kind === 'measured' ? routingOf(routes.value, links.value) : NO_LINKS;
  return {
    ...NO_LINKS,
    ...pick(routing),
    interfaces: links.value.map((link) => interfaceOf(link, counters, addressesKnown)),
    neighbors: neighbors.kind === 'measured' ? neighborsOf(neighbors.value, names, gatewayKeys(routing.routes)) : null,
    neighborsSource: neighbors.kind === 'measured' ? WINDOWS_SOURCE : null,
    absent,
  };
}

function pick({ defaultRoutes, routesKnown, routes, routesLeftOut, routesSource }: Routing): Routing {
  return { defaultRoutes, routesKnown, routes, routesLeftOut, routesSource };
}

function missing(fact: string, read: Attempt<unknown>): LinkReading['absent'] {
  return read.kind === 'measured' ? [] : [{ fact, because: whyNot(read) }];
}

function interfaceOf(link: WindowsLink, counters: readonly WindowsCounters[] | null, addressesKnown: boolean): Interface {
  const counted = counters?.find(({ name }) => name === link.name);
  return {
    ...outlineOfWindowsLink(link),
    addresses: link.addresses.map(addressOf),
    errors: sum(counted?.receiveErrors, counted?.sendErrors),
    dropped: sum(counted?.receiveDropped, counted?.sendDropped),
    source: WINDOWS_SOURCE,
    addressesKnown,
    index: link.index,
    kind: kindOf(link),
    operationalState: link.operationalState,
    duplex: link.connected !== true || link.fullDuplex === null ? null : link.fullDuplex ? 'full' : 'half',
    master: null,
    parent: null,
    vlanId: link.vlanId,
    promiscuous: null,
  };
}

function sum(a: number | null | undefined, b: number | null | undefined): number | null {
  return a == null || b == null ? null : a + b;
}

/** IANAifType. */
const TYPES: Readonly<Record<number, string>> = { 23: 'ppp', 24: 'loopback', 71: 'wireless', 131: 'tun', 243: 'cellular', 244: 'cellular' };
/** NDIS_PHYSICAL_MEDIUM: 1 and 9 are Wi-Fi, 8 is cellular, 10 a network of Bluetooth. */
const MEDIA: Readonly<Record<number, string>> = { 1: 'wireless', 8: 'cellular', 9: 'wireless', 10: 'bluetooth' };
const PROPRIETARY_VIRTUAL = 53;
const ETHERNET = 6;

function kindOf({ type, medium, description }: WindowsLink): string | null {
  const words = description ?? '';
  if (/wireguard/i.test(words)) return 'wireguard';
  // This machine's own end of a switch for guests.
  if (/^(Hyper-V Virtual|VMware Virtual|VirtualBox Host-Only) Ethernet Adapter/i.test(words)) return 'veth';
  if (/^(wintun|tap-windows|.*\b(vpn|tunnel)\b)/i.test(words)) return 'tun';
  const known = MEDIA[medium ?? -1] ?? TYPES[type ?? -1];
  if (known !== undefined) return known;
  return type === ETHERNET ? 'ethernet' : type === PROPRIETARY_VIRTUAL ? 'tun' : null;
}

function addressOf({
  family,
  address,
  prefixLength,
  suffixOrigin,
  state,
  validSeconds,
  preferredSeconds,
}: WindowsAddress): Interface['addresses'][number] {
  const isState = (wanted: WindowsAddress['state']) => (state === null ? null : state === wanted);
  const lifetime = (seconds: number | null) => (seconds === null || seconds === Number.POSITIVE_INFINITY ? null : seconds * 1000);
  return {
    address,
    prefixLength,
    family,
    scope: scopeOfAddress(address),
    temporary: family === 4 ? false : suffixOrigin === null ? null : suffixOrigin === 'random' && prefixLength === 128,
    deprecated: isState('deprecated'),
    tentative: isState('tentative'),
    duplicate: isState('duplicate'),
    permanent: validSeconds === null ? null : validSeconds === Number.POSITIVE_INFINITY,
    validForMs: lifetime(validSeconds),
    preferredForMs: lifetime(preferredSeconds),
  };
}

/** The metric of a route counts together with that of its interface; routes of links without a connection are not used. */
function routingOf(all: readonly WindowsRoute[], links: readonly WindowsLink[]): Routing {
  const own = links.flatMap(({ addresses }) => addresses);
  const ownAddresses = new Set(own.map(({ address }) => address));
  const routes = all.flatMap((route): Route[] => {
    const link = links.find(({ index }) => index === route.index);
    if (link === undefined || link.type === LOOPBACK_TYPE || isRouteToSelf(route, ownAddresses) || isBroadcastRoute(route, own)) return [];
    const metric = sum(route.metric, link.metric[route.family]);
    return [routeOf(route, link.name, metric, link.connected === false)];
  });
  const usable = routes.filter(({ nextHops }) => nextHops.every(({ linkDown }) => linkDown !== true));
  return { ...keepRoutes(routes), defaultRoutes: defaultRoutesOf(usable, null), routesKnown: true, routesSource: WINDOWS_SOURCE };
}

function routeOf(
  { family, destination, prefixLength, gateway }: Pick<WindowsRoute, 'family' | 'destination' | 'prefixLength' | 'gateway'>,
  name: string | null,
  metric: number | null,
  linkDown: boolean | null,
): Route {
  return {
    family,
    destination,
    prefixLength,
    type: 'unicast',
    table: TABLE_MAIN,
    protocol: null,
    scope: null,
    metric,
    preferredSource: null,
    mtuBytes: null,
    preference: null,
    nextHops: [{ gateway, interface: name, weight: null, linkDown }],
  };
}

/** `route print` names the interface by an address of it, for IPv6 by a number that Node knows only as the zone of link-local addresses. */
function routingOfText(
  all: readonly WindowsTextRoute[],
  interfaces: readonly { name: string; loopback: boolean; addresses: readonly { address: string; prefixLength: number }[] }[],
): Routing {
  const ofRoutes = all.flatMap(({ family, gateway, via, prefixLength }) =>
    family === 4 && gateway === null && prefixLength < 32 ? [{ address: via, prefixLength }] : [],
  );
  const own = [...interfaces.flatMap(({ addresses }) => addresses), ...ofRoutes];
  const ownAddresses = new Set(own.map(({ address }) => address));
  const routes = all.flatMap((route): Route[] => {
    if (/^127\.|^::1$/.test(route.destination)) return [];
    const link = interfaces.find(({ addresses }) => addresses.some(({ address }) => address === route.via));
    if (link?.loopback === true || isRouteToSelf(route, ownAddresses) || isBroadcastRoute(route, own)) return [];
    return [routeOf(route, link?.name ?? null, route.metric, null)];
  });
  const defaultRoutes = defaultRoutesOf(routes, null);
  // A default route through a link that has no name here is still one.
  const routesKnown = defaultRoutes.length > 0 || !routes.some(({ prefixLength }) => prefixLength === 0);
  return { ...keepRoutes(routes), defaultRoutes, routesKnown, routesSource: 'route print' };
}

function neighborsOf(
  list: readonly WindowsNeighbor[],
  names: ReadonlyMap<number, string>,
  gateways: ReadonlySet<string>,
): LinkReading['neighbors'] {
  return list.flatMap((entry) => {
    const name = names.get(entry.index);
    if (name === undefined || entry.state === null || !gateways.has(neighborKey(entry.address, name))) return [];
    return [
      {
        address: entry.address,
        family: entry.address.includes(':') ? (6 as const) : (4 as const),
        interface: name,
        state: entry.state === 'unreachable' ? 'failed' : entry.state,
        linkAddressKind: kindOfLinkAddress(entry.linkAddress),
      },
    ];
  });
}
