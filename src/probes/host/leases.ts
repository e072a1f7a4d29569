import type { LocalSystem } from '../../net/port.js';
import { type DhcpLease, parseDhclientLeases, parseNetworkdLease } from '../../wire/linux/dhcp-lease.js';
import type { Interface, LinkReading } from './reading.js';

const DHCLIENT_FOLDERS = ['/var/lib/dhcp', '/var/lib/dhclient'];
const NETWORKD_FOLDER = '/run/systemd/netif/leases';
const FILE_LIMIT = 16;

/** Leases that DHCP clients wrote down, of links that are there. Files that are missing or not shown give none: they only add to the rest. */
export async function readLeases(interfaces: readonly Interface[], local: LocalSystem): Promise<LinkReading['leases']> {
  const [networkd, ...dhclient] = await Promise.all([
    files(local, NETWORKD_FOLDER, /^\d{1,9}$/),
    ...DHCLIENT_FOLDERS.map((folder) => files(local, folder, /\.leases?$/)),
  ]);
  const found = [
    ...networkd.flatMap(({ path, name, text }) => {
      const lease = parseNetworkdLease(text);
      const link = interfaces.find(({ index }) => index === Number(name));
      return lease === null || link === undefined ? [] : [leaseOf({ ...lease, interface: link.name }, path)];
    }),
    ...dhclient.flat().flatMap(({ path, text }) => parseDhclientLeases(text).map((lease) => leaseOf(lease, path))),
  ];
  return found.filter((lease) => interfaces.some(({ name }) => name === lease.interface));
}

async function files(local: LocalSystem, folder: string, wanted: RegExp) {
  const names = await local.entries(folder);
  if (names.kind !== 'measured') return [];
  const chosen = names.value.filter((name) => wanted.test(name)).slice(0, FILE_LIMIT);
  const read = await Promise.all(chosen.map(async (name) => ({ name, text: await local.file(`${folder}/${name}`) })));
  return read.flatMap(({ name, text }) => (text.kind === 'measured' ? [{ path: `${folder}/${name}`, name, text: text.value }] : []));
}

function leaseOf({ lifetimeSeconds, rebindSeconds, ...lease }: DhcpLease, source: string): LinkReading['leases'][number] {
  const inMs = (seconds: number | null) => (seconds === null ? null : seconds * 1000);
  return { ...lease, lifetimeMs: inMs(lifetimeSeconds), rebindMs: inMs(rebindSeconds), source };
}
