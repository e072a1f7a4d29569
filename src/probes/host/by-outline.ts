import type { MachineOutline } from '../../net/port.js';
import { type Interface, type LinkReading, NO_LINKS } from './reading.js';

/** What files of the system and Node tell; what they cannot tell is absent, for the reason given. */
export function readingOfOutline(outline: MachineOutline, because: string): LinkReading {
  const tells = tellsAddresses(outline);
  const facts = [
    ...(tells ? [] : ['addresses']),
    'flags and lifetimes of addresses',
    'kinds of links',
    outline.routesKnown ? 'routes beyond the default ones' : 'routes',
    'rules',
    'neighbours',
  ];
  return {
    ...NO_LINKS,
    interfaces: outline.interfaces.map((link) => interfaceOf(link, tells)),
    defaultRoutes: outline.defaultRoutes,
    routesKnown: outline.routesKnown,
    routesSource: outline.routesKnown ? '/proc/net/route, /proc/net/ipv6_route' : null,
    absent: facts.map((fact) => ({ fact, because })),
  };
}

/** A loopback that is up has an address: where not even that one is listed, the system lists none (sandboxes that refuse netlink sockets). */
function tellsAddresses({ interfaces }: MachineOutline): boolean {
  return !interfaces.some((entry) => entry.loopback && entry.up === true && entry.addresses.length === 0);
}

function interfaceOf(link: MachineOutline['interfaces'][number], tells: boolean): Interface {
  return {
    ...link,
    addresses: link.addresses.map((address) => ({
      ...address,
      scope: null,
      temporary: null,
      deprecated: null,
      tentative: null,
      duplicate: null,
      permanent: null,
      validForMs: null,
      preferredForMs: null,
    })),
    addressesKnown: tells && (link.addresses.length > 0 || (link.up === true && link.carrier !== false)),
    index: null,
    kind: link.loopback ? 'loopback' : null,
    operationalState: null,
    duplex: null,
    master: null,
    parent: null,
    vlanId: null,
    promiscuous: null,
  };
}
