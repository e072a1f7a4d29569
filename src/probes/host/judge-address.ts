import { formatSpan } from '../../model/format.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import { type Address, type HostMeasurement, type Interface, isLinkLocal, type Lookup, usableAddresses, type Ways } from './facts.js';

/** A client asks for more time from the half of a lease on (T1, RFC 2131): even the shortest that are handed out are not so near their end. */
const EXPIRING_MS = 30_000;

const SHOWN_ADDRESSES = 2;

/**
 * `l2.address`: whether the interface has an address with which it can speak beyond its link. Duplicates beside others have a line of their
 * own, by whoever looks for them.
 */
export function judgeAddress(measurement: HostMeasurement, link: Interface, lookups: readonly Lookup[]): Check {
  const line = { kind: 'l2.address', layer: 2, title: `${link.name} address`, measurement, expected: 'an address' } as const;
  if (!link.addressesKnown) return skippedCheck(line, 'the system does not tell the addresses of its interfaces');
  const usable = usableAddresses(link);
  if (usable.length > 0) {
    if (usable.every((address) => address.tentative === true)) {
      const observed = `${usable[0]?.address}, not used yet: whether somebody else has it is still being asked`;
      return check({ ...line, status: 'warn', code: 'no-address', observed });
    }
    // What can be used goes first, whatever order the system lists them in.
    const ordered = [...usable].sort((a, b) => Number(b.tentative !== true) - Number(a.tentative !== true));
    return check({ ...line, status: 'pass', observed: ordered.slice(0, SHOWN_ADDRESSES).map(inWords).join(', ') });
  }
  if (link.addresses.some((address) => address.duplicate === true && !isLinkLocal(address))) {
    return check({ ...line, status: 'fail', code: 'duplicate-address', observed: duplicatesInWords(link) });
  }
  const linkLocal = link.addresses.filter((address) => isLinkLocal(address));
  const enough = needsNoMore(measurement, link, linkLocal, lookups);
  if (enough !== null) return check({ ...line, status: 'pass', observed: enough });
  const observed =
    linkLocal.length === 0 ? 'no address' : `no address beyond link-local: ${linkLocal.map(({ address }) => address).join(', ')}`;
  return check({ ...line, status: 'fail', code: 'no-address', observed: `${observed}${lostLease(measurement, link)}` });
}

/**
 * Why an interface is well without an address for what is beyond its link, in words; `null` where nothing says so. Two machines on one cable
 * can do with the addresses that they gave themselves (RFC 3927), and a link between routers with none: what it sends comes from the address
 * of the loopback (unnumbered, RFC 5309), or of another link.
 */
function needsNoMore({ data }: HostMeasurement, link: Interface, linkLocal: readonly Address[], lookups: readonly Lookup[]): string | null {
  if (lookups.length === 0 || lookups.some(({ attempt }) => attempt.kind !== 'measured')) return null;
  const isNear = ({ data: { address } }: Lookup) => address !== null && isLinkLocal({ address });
  const shown = linkLocal.slice(0, SHOWN_ADDRESSES).map(inWords).join(', ');
  if (linkLocal.length > 0 && lookups.every(isNear)) return `${shown}; every target is on the same link`;
  const own = data.interfaces.filter(({ loopback }) => loopback).flatMap((entry) => usableAddresses(entry));
  const sources = new Set(lookups.map(({ data: { source } }) => source));
  const [source] = sources;
  if (source == null || sources.size > 1) return null;
  if (own.some(({ address }) => address === source)) return `none of its own; packets leave with ${source} of the loopback`;
  const lender = data.interfaces.find((entry) => usableAddresses(entry).some(({ address }) => address === source));
  return lender !== undefined && lookups.every((lookup) => isBesideDefault(lookup, link, data))
    ? `none of its own; packets leave with ${source} of ${lender.name}`
    : null;
}

/**
 * Whether a way goes onto the link by a route of its own, without a gateway, while a default route leads elsewhere: the kernel takes an address
 * of another link then, and those of containers, tunnels and dummy interfaces often have none.
 */
function isBesideDefault({ data: way }: Lookup, link: Interface, { defaultRoutes }: HostMeasurement['data']): boolean {
  const isOwn = way.prefix !== null && !way.prefix.endsWith('/0') && way.interface === link.name && way.gateway === null;
  const family = way.address?.includes(':') === true ? 6 : 4;
  return isOwn && defaultRoutes.some((route) => route.family === family && route.interface !== link.name);
}

function duplicatesInWords(link: Interface): string {
  const addresses = link.addresses.filter(({ duplicate }) => duplicate === true).map(({ address }) => address);
  return `the kernel found ${addresses.join(', ')} with another machine on ${link.name}, and does not use it`;
}

function inWords(address: Address): string {
  const notes = [
    address.temporary === true ? 'temporary' : '',
    address.deprecated === true ? 'deprecated' : '',
    address.tentative === true ? 'tentative' : '',
  ].filter((note) => note !== '');
  return notes.length === 0 ? address.address : `${address.address} (${notes.join(', ')})`;
}

/** What a client wrote down, where nothing is left of it. */
function lostLease({ data, startedAt }: HostMeasurement, link: Interface): string {
  const lease = data.leases.find((entry) => entry.interface === link.name && entry.expiresAt !== null && entry.expiresAt < startedAt);
  return lease === undefined ? '' : `; its last lease (${lease.address}) ran out at ${lease.expiresAt}`;
}

/** `l2.lease`: how long the addresses that were leased or advertised last, where they have an end. */
export function judgeLease(measurement: HostMeasurement, link: Interface, scope: Ways['scope']): Check[] {
  // Temporary and deprecated ones come to their end as they should.
  const ending = link.addresses.flatMap((address) =>
    address.permanent === false && address.temporary !== true && address.deprecated !== true && address.validForMs !== null
      ? [{ address, leftMs: address.validForMs }]
      : [],
  );
  const [first] = ending.sort((a, b) => a.leftMs - b.leftMs);
  if (first === undefined) return [];
  const { address, leftMs } = first;
  // A file that says that this is over by now is what another client left behind, before this one came.
  const isCurrent = ({ expiresAt }: HostMeasurement['data']['leases'][number]) => expiresAt === null || expiresAt > measurement.startedAt;
  const lease = measurement.data.leases.find(
    (entry) => entry.interface === link.name && entry.address === address.address && isCurrent(entry),
  );
  const overdue = lease?.lifetimeMs != null && lease.rebindMs !== null && leftMs < lease.lifetimeMs - lease.rebindMs;
  const line = { kind: 'l2.lease', layer: 2, title: `${link.name} lease`, measurement, expected: 'renewed in time' } as const;
  const left = `${address.address} is valid for ${formatSpan(leftMs / 1000)} more`;
  if (overdue || leftMs < EXPIRING_MS) {
    const why = overdue
      ? `, and no server has renewed it, though its client asks any of them from ${formatSpan((lease?.rebindMs ?? 0) / 1000)} on`
      : '';
    return [check({ ...line, status: 'warn', code: 'lease-expiring', observed: `${left}${why}` })];
  }
  return scope === 'all' ? [check({ ...line, status: 'pass', observed: left })] : [];
}
