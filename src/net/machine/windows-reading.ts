import ipaddr from 'ipaddr.js';
import { measured } from '../../model/attempt.js';
import { linkAddressKind } from '../../wire/linux/rtnetlink-rule.js';
import type { WindowsLink, WindowsRoute } from '../../wire/windows/links.js';
import { parseWindowsNeighborText } from '../../wire/windows/text.js';
import type { LocalSystem } from '../local-port.js';
import { readTool } from './local-facts.js';
import { NO_NEIGHBOR, type PlatformReading } from './platform-machine.js';
import { isWindowsRead, WINDOWS_SOURCE } from './windows-facts.js';
import { outlineOfWindowsLink, readWindowsListeners, windowsLinks, windowsRoutes } from './windows-machine.js';
import { windowsTool } from './windows-question.js';

const withoutZone = (address: string): string => address.replace(/%.*$/, '');

/** Windows by PowerShell, and by arp and netstat where only numbers count. */
export function createWindowsReading(local: LocalSystem): PlatformReading {
  return {
    async outline(signal) {
      const [links, routes] = await Promise.all([windowsLinks(local, signal), windowsRoutes(local, signal)]);
      if (links.kind !== 'measured') return null;
      const all = routes.kind === 'measured' ? routes.value.filter((route) => route.prefixLength === 0) : [];
      return {
        interfaces: links.value.map((link) => ({
          ...outlineOfWindowsLink(link),
          addresses: link.addresses.map(({ address, prefixLength, family }) => ({ address, prefixLength, family })),
          errors: null,
          dropped: null,
          source: WINDOWS_SOURCE,
        })),
        defaultRoutes: all.flatMap((route) => {
          const link = links.value.find(({ index }) => index === route.index);
          if (link === undefined || link.connected === false) return [];
          const { family, gateway } = route;
          return [{ family, gateway, interface: link.name, metric: metricOf(route, link) }];
        }),
        routesKnown: routes.kind === 'measured',
      };
    },

    /** Asked anew: what PowerShell told at the start of the run is not how things stand after a question to the neighbour. */
    async neighbor(address, _interfaceName, signal) {
      const bare = withoutZone(address);
      const line = bare.includes(':')
        ? { file: windowsTool(local, 'netsh.exe'), args: ['interface', 'ipv6', 'show', 'neighbors'] }
        : { file: windowsTool(local, 'arp.exe'), args: ['-a', '-v'] };
      const list = await readTool(local, line, signal, (text) => parseWindowsNeighborText(text));
      if (list.kind !== 'measured') return list;
      const wanted = ipaddr.isValid(bare) ? ipaddr.parse(bare).toString() : bare;
      // A router of several links has an entry on each.
      const entries = list.value.filter((one) => one.address === wanted);
      const entry = entries.find((one) => one.linkAddress !== null) ?? entries[0];
      if (entry === undefined) return measured(NO_NEIGHBOR);
      if (entry.linkAddress === null) return measured({ ...NO_NEIGHBOR, state: 'incomplete' });
      const bytes = Uint8Array.from(entry.linkAddress.split('-'), (part) => Number.parseInt(part, 16));
      return measured({ state: 'resolved', kernelState: null, linkAddressKind: linkAddressKind(bytes) });
    },

    listeners: (signal) => readWindowsListeners(local, signal),

    /** Only where the machine was looked at anyway: PowerShell takes longer to start than most targets take to answer. */
    async way(address, interfaceName, signal) {
      if (!isWindowsRead(local, 'links')) return null;
      const [links, routes] = await Promise.all([windowsLinks(local, signal), windowsRoutes(local, signal)]);
      if (links.kind !== 'measured' || routes.kind !== 'measured') return null;
      const found = bestRoute(routes.value, links.value, withoutZone(address), interfaceName);
      if (found === null) return null;
      const { route, link } = found;
      const prefix = `${route.destination}/${route.prefixLength}`;
      return { interface: link.name, gateway: route.gateway, table: null, type: 'unicast', prefix, mtuBytes: null };
    },
  };
}

/** The longest prefix, then the lowest sum of the metrics of route and interface; routes of links without a connection are not used. */
function bestRoute(routes: readonly WindowsRoute[], links: readonly WindowsLink[], address: string, interfaceName: string | null) {
  if (!ipaddr.isValid(address)) return null;
  const target = ipaddr.parse(address);
  let best: { route: WindowsRoute; link: WindowsLink } | null = null;
  for (const route of routes) {
    const link = links.find(({ index }) => index === route.index);
    const network = ipaddr.parse(route.destination);
    if (link === undefined || link.connected === false || (interfaceName !== null && link.name !== interfaceName)) continue;
    if (network.kind() !== target.kind() || !target.match(network, route.prefixLength)) continue;
    const longer = best === null || route.prefixLength > best.route.prefixLength;
    const same = best !== null && route.prefixLength === best.route.prefixLength;
    if (longer || (same && best !== null && rank(route, link) < rank(best.route, best.link))) best = { route, link };
  }
  return best;
}

function metricOf(route: WindowsRoute, link: WindowsLink): number | null {
  const ofLink = link.metric[route.family];
  return route.metric === null || ofLink === null ? null : route.metric + ofLink;
}

function rank(route: WindowsRoute, link: WindowsLink): number {
  return metricOf(route, link) ?? Number.MAX_SAFE_INTEGER;
}
