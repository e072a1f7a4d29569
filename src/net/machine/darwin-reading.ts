import ipaddr from 'ipaddr.js';
import { measured } from '../../model/attempt.js';
import { linkAddressKind } from '../../wire/linux/rtnetlink-rule.js';
import type { LocalSystem } from '../local-port.js';
import {
  darwinNeighborState,
  darwinWay,
  outlineOfDarwinLink,
  readDarwinLinks,
  readDarwinListeners,
  readDarwinNeighbors,
  readDarwinRoutes,
} from './darwin-machine.js';
import { NO_NEIGHBOR, type PlatformReading } from './platform-machine.js';

const withoutZone = (address: string): string => address.replace(/%.*$/, '');

/** macOS by ifconfig, netstat, arp, ndp, route and lsof. */
export function createDarwinReading(local: LocalSystem): PlatformReading {
  return {
    async outline(signal) {
      const [links, routes] = await Promise.all([readDarwinLinks(local, signal), readDarwinRoutes(local, signal)]);
      if (links.kind !== 'measured') return null;
      const { links: list, source } = links.value;
      const all = routes.kind === 'measured' ? routes.value : [];
      const defaults = all.filter((route) => route.prefixLength === 0 && !route.scoped && !route.rejects && !route.blackhole);
      return {
        interfaces: list.map((link) => ({
          ...outlineOfDarwinLink(link),
          addresses: link.addresses.map(({ address, prefixLength, family }) => ({ address, prefixLength, family })),
          errors: null,
          dropped: null,
          source,
        })),
        defaultRoutes: defaults.map(({ family, gateway, interface: name }) => ({ family, gateway, interface: name, metric: null })),
        routesKnown: routes.kind === 'measured',
      };
    },

    async neighbor(address, interfaceName, signal) {
      const bare = withoutZone(address);
      const list = await readDarwinNeighbors(local, bare.includes(':') ? 6 : 4, signal);
      if (list.kind !== 'measured') return list;
      const wanted = ipaddr.isValid(bare) ? ipaddr.parse(bare).toString() : bare;
      const entry = list.value.find((one) => one.address === wanted && (interfaceName === null || one.interface === interfaceName));
      if (entry === undefined) return measured(NO_NEIGHBOR);
      const bytes = entry.linkAddress?.split(':').map((part) => Number.parseInt(part, 16));
      return measured({
        state: entry.linkAddress === null ? 'incomplete' : 'resolved',
        kernelState: darwinNeighborState(entry),
        linkAddressKind: bytes === undefined ? null : linkAddressKind(Uint8Array.from(bytes)),
      });
    },

    listeners: (signal) => readDarwinListeners(local, signal),

    async way(address, _interfaceName, signal) {
      const way = await darwinWay(local, address, signal);
      if (way.kind !== 'measured') return null;
      const { gateway, interface: name, prefix, mtuBytes, flags } = way.value;
      const type = flags.includes('BLACKHOLE') ? 'blackhole' : flags.includes('REJECT') ? 'unreachable' : 'unicast';
      return { interface: name, gateway, table: null, type, prefix, mtuBytes };
    },
  };
}
