import { readdir, readFile } from 'node:fs/promises';
import type { NetworkInterfaceInfo } from 'node:os';
import type { NativeSockets } from '../../native/index.js';
import { AF_INET, IFF_LOOPBACK, IFF_RUNNING, IFF_UP, SIOCGIFFLAGS, SIOCGIFMTU, SOCK_DGRAM } from '../../wire/linux/abi.js';
import { type ProcRoute, parseProcDev, parseProcIpv6Route, parseProcRoute } from '../../wire/linux/proc-net.js';
import type { LocalSystem } from '../local-port.js';
import type { Machine, MachineOutline } from '../port.js';
import { readListeners } from './listeners.js';
import { localInterfaces } from './local-interfaces.js';
import { lookUpNeighbor } from './neighbors.js';
import { readingOfPlatform } from './platform-reading.js';

/** Each question has its own limit of time, and ends with the network. */
const UNBOUNDED = new AbortController().signal;

type Interface = MachineOutline['interfaces'][number];

/** Reads a file of /proc or /sys; `null` where it is missing or may not be read. */
export async function readSystemFile(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

/** The routes of this namespace; `null` where the platform does not show them as files. */
export async function readRoutes(): Promise<ProcRoute[] | null> {
  const [ipv4, ipv6] = await Promise.all([readSystemFile('/proc/net/route'), readSystemFile('/proc/net/ipv6_route')]);
  if (ipv4 === null && ipv6 === null) return null;
  return [...parseProcRoute(ipv4 ?? ''), ...parseProcIpv6Route(ipv6 ?? '')];
}

/** Reads this machine's own network, without sending anything. */
export function createMachine(sockets: NativeSockets | null, local: LocalSystem): Machine {
  return {
    async observe() {
      const platform = await readingOfPlatform(local);
      if (platform !== null) {
        return (await platform.outline(UNBOUNDED)) ?? { interfaces: interfacesOfNode(), defaultRoutes: [], routesKnown: false };
      }
      const routes = await readRoutes();
      const defaults = (routes ?? []).filter((route) => route.prefixLength === 0 && !route.rejects);
      return {
        interfaces: (await readLinuxInterfaces(sockets)) ?? interfacesOfNode(),
        defaultRoutes: defaults.map(({ family, gateway, interface: name, metric }) => ({ family, gateway, interface: name, metric })),
        routesKnown: routes !== null,
      };
    },
    async neighbor(address, interfaceName, signal) {
      const platform = await readingOfPlatform(local);
      return platform === null ? lookUpNeighbor(local, address, interfaceName, signal) : platform.neighbor(address, interfaceName, signal);
    },
    async listeners() {
      const platform = await readingOfPlatform(local);
      return platform === null ? readListeners() : platform.listeners(UNBOUNDED);
    },
  };
}

/**
 * The interfaces by name from /proc/net/dev, which is of this namespace whatever is mounted on /sys. State by ioctl where native sockets
 * are there, else from /sys, but only where that shows the same interfaces.
 */
async function readLinuxInterfaces(sockets: NativeSockets | null): Promise<Interface[] | null> {
  const text = await readSystemFile('/proc/net/dev');
  if (text === null) return null;
  const devices = parseProcDev(text);
  const known = localInterfaces() ?? {};
  const sysNames = await readdir('/sys/class/net').catch(() => null);
  const sysIsOurs =
    sysNames !== null &&
    [...sysNames].sort().join() ===
      devices
        .map((device) => device.name)
        .sort()
        .join();
  return Promise.all(
    devices.map(async (device): Promise<Interface> => {
      const flags = interfaceNumber(sockets, device.name, SIOCGIFFLAGS, 2);
      const mtu = interfaceNumber(sockets, device.name, SIOCGIFMTU, 4);
      const sys = sysIsOurs ? await readSysInterface(device.name) : null;
      const up = flags === null ? (sys?.up ?? (known[device.name] === undefined ? null : true)) : (flags & IFF_UP) !== 0;
      const carrier = up !== true ? null : flags === null ? (sys?.carrier ?? null) : (flags & IFF_RUNNING) !== 0;
      return {
        name: device.name,
        up,
        carrier,
        loopback: flags === null ? device.name === 'lo' : (flags & IFF_LOOPBACK) !== 0,
        mtuBytes: mtu ?? sys?.mtuBytes ?? null,
        speedMbit: sys?.speedMbit ?? null,
        addresses: addressesOf(known[device.name]),
        errors: device.errors,
        dropped: device.dropped,
        source: flags === null ? (sys === null ? '/proc/net/dev' : '/proc/net/dev, /sys/class/net') : '/proc/net/dev, ioctl',
      };
    }),
  );
}

/** A field of `struct ifreq` (linux/if.h): 16 bytes of name, then a number of 2 (flags) or 4 bytes (MTU). */
function interfaceNumber(sockets: NativeSockets | null, name: string, request: number, bytes: 2 | 4): number | null {
  if (sockets === null) return null;
  const descriptor = sockets.socket(AF_INET, SOCK_DGRAM, 0);
  if (descriptor < 0) return null;
  try {
    const argument = new Uint8Array(40);
    argument.set(new TextEncoder().encode(name).subarray(0, 15));
    if (sockets.control(descriptor, request, argument) < 0) return null;
    const view = new DataView(argument.buffer);
    return bytes === 2 ? view.getUint16(16, true) : view.getInt32(16, true);
  } finally {
    sockets.close(descriptor);
  }
}

async function readSysInterface(name: string) {
  const read = async (file: string) => (await readSystemFile(`/sys/class/net/${name}/${file}`))?.trim() ?? null;
  const [flags, carrier, mtu, speed] = await Promise.all([read('flags'), read('carrier'), read('mtu'), read('speed')]);
  const mtuBytes = Number(mtu ?? Number.NaN);
  const speedMbit = Number(speed ?? Number.NaN);
  return {
    up: flags === null ? null : (Number(flags) & IFF_UP) !== 0,
    carrier: carrier === '1' ? true : carrier === '0' ? false : null,
    mtuBytes: Number.isInteger(mtuBytes) ? mtuBytes : null,
    // Drivers without a fixed speed say -1.
    speedMbit: Number.isInteger(speedMbit) && speedMbit > 0 ? speedMbit : null,
  };
}

function addressesOf(entries: readonly NetworkInterfaceInfo[] | undefined): Interface['addresses'] {
  return (entries ?? []).map((entry) => ({
    address: entry.address,
    prefixLength: Number(entry.cidr?.split('/')[1] ?? (entry.family === 'IPv4' ? 32 : 128)),
    family: entry.family === 'IPv4' ? 4 : 6,
  }));
}

/** What Node tells on every platform: interfaces that are up and have an address. */
function interfacesOfNode(): Interface[] {
  return Object.entries(localInterfaces() ?? {}).map(([name, entries]) => ({
    name,
    up: true,
    carrier: null,
    loopback: entries?.every((entry) => entry.internal) ?? false,
    mtuBytes: null,
    speedMbit: null,
    addresses: addressesOf(entries),
    errors: null,
    dropped: null,
    source: 'os.networkInterfaces()',
  }));
}
