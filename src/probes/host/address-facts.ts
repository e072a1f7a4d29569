import ipaddr from 'ipaddr.js';
import { linkAddressKind } from '../../wire/linux/rtnetlink-rule.js';
import type { LinkReading } from './reading.js';

type Route = NonNullable<LinkReading['routes']>[number];
type Neighbor = NonNullable<LinkReading['neighbors']>[number];

/** How far an address reaches, by itself, in Linux's words; `null` for what is no address. */
export function scopeOfAddress(address: string): string | null {
  if (!ipaddr.isValid(address)) return null;
  const range = ipaddr.parse(address).range();
  if (range === 'loopback') return 'host';
  if (range === 'linkLocal') return 'link';
  // RFC 3879: no longer given out, and still found.
  return /^fe[c-f]/i.test(address) ? 'site' : 'global';
}

/** What a link address in text tells by itself; `2:0:5e:10:0:1` and `02-00-5e-10-00-01` are one. */
export function kindOfLinkAddress(text: string | null): Neighbor['linkAddressKind'] {
  if (text === null) return null;
  return linkAddressKind(Uint8Array.from(text.split(/[:-]/), (part) => Number.parseInt(part, 16)));
}

/** Whether the route leads to one of these addresses itself, as every system writes one down for each of its own. */
export function isRouteToSelf(
  { destination, prefixLength }: Pick<Route, 'destination' | 'prefixLength'>,
  own: ReadonlySet<string>,
): boolean {
  return own.has(destination) && prefixLength === (destination.includes(':') ? 128 : 32);
}

/** The whole of an own subnet's broadcast address, where that is what the route is for. */
export function isBroadcastRoute(
  { destination, prefixLength }: Pick<Route, 'destination' | 'prefixLength'>,
  own: readonly { address: string; prefixLength: number }[],
): boolean {
  if (prefixLength !== 32 || destination.includes(':')) return false;
  return own.some(
    (entry) =>
      ipaddr.IPv4.isValidFourPartDecimal(entry.address) &&
      entry.prefixLength < 31 &&
      ipaddr.IPv4.broadcastAddressFromCIDR(`${entry.address}/${entry.prefixLength}`).toString() === destination,
  );
}
