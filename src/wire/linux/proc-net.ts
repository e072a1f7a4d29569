import ipaddr from 'ipaddr.js';

/**
 * Readers for files of Linux's /proc/net, which show the network namespace of the process itself. A line that does not parse is left
 * out; none of these functions throws. Source: Documentation/networking and net/ipv4/fib_trie.c, net/ipv6/route.c in the kernel tree.
 */

export interface ProcRoute {
  family: 4 | 6;
  destination: string;
  prefixLength: number;
  /** `null` where the destination is on the link. */
  gateway: string | null;
  interface: string;
  metric: number;
  /** An unreachable, prohibit or blackhole route: it sends nothing anywhere. */
  rejects: boolean;
}

const RTF_UP = 0x0001;
const RTF_GATEWAY = 0x0002;
const RTF_REJECT = 0x0200;

/** /proc/net/route: IPv4 routes of the main table, addresses as little-endian hexadecimal. */
export function parseProcRoute(text: string): ProcRoute[] {
  const routes: ProcRoute[] = [];
  for (const line of text.split('\n').slice(1)) {
    const [name, destination, gateway, flags, , , metric, mask] = line.trim().split(/\s+/);
    const [to, via, maskBytes] = [hexBytes(destination, 4), hexBytes(gateway, 4), hexBytes(mask, 4)];
    const bits = Number.parseInt(flags ?? '', 16);
    if (name === undefined || to === null || via === null || maskBytes === null || Number.isNaN(bits) || (bits & RTF_UP) === 0) continue;
    routes.push({
      family: 4,
      destination: to.reverse().join('.'),
      prefixLength: maskBytes.reduce((sum, byte) => sum + bitCount(byte), 0),
      gateway: (bits & RTF_GATEWAY) === 0 ? null : via.reverse().join('.'),
      interface: name,
      metric: Number(metric) || 0,
      rejects: (bits & RTF_REJECT) !== 0,
    });
  }
  return routes;
}

/** /proc/net/ipv6_route: IPv6 routes of all tables, addresses as plain hexadecimal. Local and multicast entries are left out. */
export function parseProcIpv6Route(text: string): ProcRoute[] {
  const RTF_LOCAL = 0x80000000;
  const routes: ProcRoute[] = [];
  for (const line of text.split('\n')) {
    const [destination, prefix, , , gateway, metric, , , flags, name] = line.trim().split(/\s+/);
    const [to, via] = [hexBytes(destination, 16), hexBytes(gateway, 16)];
    const bits = Number.parseInt(flags ?? '', 16);
    const prefixLength = Number.parseInt(prefix ?? '', 16);
    if (name === undefined || to === null || via === null || Number.isNaN(bits) || Number.isNaN(prefixLength)) continue;
    if ((bits & RTF_LOCAL) !== 0 || to[0] === 0xff) continue;
    const rejects = (bits & RTF_REJECT) !== 0;
    if (!rejects && (bits & RTF_UP) === 0) continue;
    routes.push({
      family: 6,
      destination: ipaddr.fromByteArray(to).toString(),
      prefixLength,
      gateway: (bits & RTF_GATEWAY) === 0 ? null : ipaddr.fromByteArray(via).toString(),
      interface: name,
      metric: Number.parseInt(metric ?? '', 16) || 0,
      rejects,
    });
  }
  return routes;
}

/** The route with the longest prefix that covers `address`, of those the one with the lowest metric; `null` where none does. */
export function matchRoute(routes: readonly ProcRoute[], address: string): ProcRoute | null {
  let best: ProcRoute | null = null;
  let ip: ipaddr.IPv4 | ipaddr.IPv6;
  try {
    ip = ipaddr.parse(address);
  } catch {
    return null;
  }
  for (const route of routes) {
    const network = ipaddr.parse(route.destination);
    if (network.kind() !== ip.kind() || !ip.match(network, route.prefixLength)) continue;
    const longer = best === null || route.prefixLength > best.prefixLength;
    if (longer || (route.prefixLength === best?.prefixLength && route.metric < best.metric)) best = route;
  }
  return best;
}

export interface ProcDevice {
  name: string;
  errors: number;
  dropped: number;
}

/** /proc/net/dev: the interfaces of this namespace, with errors and drops of both directions since each exists. */
export function parseProcDev(text: string): ProcDevice[] {
  const devices: ProcDevice[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*([^\s:]+):\s*([\d\s]+)$/.exec(line);
    const numbers = match?.[2]?.trim().split(/\s+/).map(Number);
    if (match?.[1] === undefined || numbers === undefined || numbers.length < 12) continue;
    const [, , receiveErrors = 0, receiveDropped = 0, , , , , , , sendErrors = 0, sendDropped = 0] = numbers;
    devices.push({ name: match[1], errors: receiveErrors + sendErrors, dropped: receiveDropped + sendDropped });
  }
  return devices;
}

/** /proc/net/arp: state of an IPv4 neighbour. Flag 0x2 (`ATF_COM`) is "its hardware address is known". */
export function parseProcArp(text: string): { address: string; interface: string; resolved: boolean }[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [address, , flags, , , name] = line.trim().split(/\s+/);
      if (address === undefined || name === undefined || !/^0x[0-9a-f]+$/i.test(flags ?? '')) return [];
      return [{ address, interface: name, resolved: (Number(flags) & 0x2) !== 0 }];
    });
}

function hexBytes(text: string | undefined, length: number): number[] | null {
  if (text === undefined || text.length !== length * 2 || !/^[0-9a-f]+$/i.test(text)) return null;
  return Array.from({ length }, (_, index) => Number.parseInt(text.slice(index * 2, index * 2 + 2), 16));
}

function bitCount(byte: number): number {
  let bits = 0;
  for (let rest = byte; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
}
