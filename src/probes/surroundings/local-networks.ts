import type { DataOf } from '../../model/measurement.js';
import { addressKind, commonPart, contains, formatPrefix, type Prefix, prefixOf } from '../../wire/prefix.js';

type Host = DataOf<'host'>;
type Interface = Host['interfaces'][number];
type Surroundings = DataOf<'surroundings'>;
type Overlap = NonNullable<Surroundings['overlaps']>[number];

/** What container engines and hypervisors call the bridges that they make. `br-` and twelve digits is a network of Docker. */
const BRIDGE_NAMES =
  /^(docker\d+|docker_gwbridge|br-[0-9a-f]{12}|virbr\d+|cni\d+|cni-podman\d+|podman\d+|lxdbr\d+|incusbr\d+|lxcbr\d+|vboxnet\d+|vmnet\d+|nerdctl\d+|cbr0|mpqemubr\d+|waydroid0)$/;

const TUNNEL_KINDS: ReadonlySet<string> = new Set([
  'tun',
  'wireguard',
  'ppp',
  'xfrm',
  'vti',
  'vti6',
  'ipip',
  'gre',
  'sit',
  'ip6tnl',
  'ip6gre',
]);
const TUNNEL_NAMES = /^(tun|wg|ppp|tailscale|utun|ipsec|vti|nordlynx|proton|zt)\w*$/;

/** Parts of container networks: what is on them is theirs, and no claim of somebody else. */
const PART_KINDS: ReadonlySet<string> = new Set(['vxlan', 'geneve', 'dummy', 'ifb', 'netkit', 'loopback']);
const PART_NAMES = /^(veth|cali|cilium|flannel|lxc|kube-|weave|vxlan|tunl0|genev|vnet\d)/;

export function isContainerBridge({ name, kind }: Pick<Interface, 'name' | 'kind'>): boolean {
  return BRIDGE_NAMES.test(name) && (kind === null || kind === 'bridge' || /^(vboxnet|vmnet)/.test(name));
}

/** Whether nothing can be on a bridge: it has no carrier, or no ports. One that never had a port has carrier all the same. */
export function isEmptyBridge({ name, kind, carrier }: Interface, interfaces: Host['interfaces']): boolean {
  return carrier === false || (kind === 'bridge' && !interfaces.some(({ master }) => master === name));
}

export function isTunnel({ name, kind }: Pick<Interface, 'name' | 'kind'>): boolean {
  return kind === null ? TUNNEL_NAMES.test(name) : TUNNEL_KINDS.has(kind);
}

/** The networks for containers and virtual machines on this machine. */
export function bridgesOf({ interfaces }: Host): Surroundings['bridges'] {
  return interfaces.filter(isContainerBridge).map((link) => ({
    interface: link.name,
    prefixes: prefixesOf(link).map(formatPrefix),
    carrier: link.carrier,
    ports: link.kind === 'bridge' ? interfaces.filter(({ master }) => master === link.name).map(({ name }) => name) : null,
  }));
}

/** Subnets of an interface, without link-local ones, which every link has, and single addresses. */
function prefixesOf({ addresses }: Interface): Prefix[] {
  const found = new Map<string, Prefix>();
  for (const { address, prefixLength } of addresses) {
    const prefix = addressKind(address) === 'link-local' ? null : prefixOf(address, prefixLength);
    if (prefix !== null && !isSingle(prefix)) found.set(formatPrefix(prefix), prefix);
  }
  return [...found.values()];
}

const isSingle = ({ family, length }: Prefix): boolean => length === (family === 4 ? 32 : 128);

interface Claim {
  prefix: Prefix;
  interface: string;
  is: Overlap['otherIs'];
  metric: number | null;
  /** Place of its table among those that are asked, the first is 0. */
  turn: number;
}

const MAIN_TABLE = 254;

/**
 * Tables that ordinary packets ask, in their order: `main`, and those of VPN clients, by rules for whatever packet. One for all packets
 * but marked ones is how a VPN client leaves its own out.
 */
function tablesOf({ rules }: Host): number[] {
  const ordinary = (rules ?? []).filter(
    ({ action, from, to, incoming, outgoing, users, mark, inverted, further }) =>
      action === 'table' &&
      [from, to, incoming, outgoing, users].every((condition) => condition === null) &&
      further.length === 0 &&
      (inverted ? mark !== null : mark === null),
  );
  const tables = ordinary.sort((a, b) => a.priority - b.priority).flatMap(({ table }) => table ?? []);
  return tables.length === 0 ? [MAIN_TABLE] : [...new Set(tables)];
}

function claimsOf(host: Host): Claim[] {
  const tables = tablesOf(host);
  const byName = new Map(host.interfaces.map((link) => [link.name, link]));
  const claims: Claim[] = [];
  const add = (prefix: Prefix, name: string, metric: number | null, turn: number) => {
    const link = byName.get(name) ?? { name, kind: null, loopback: false };
    if (isSingle(prefix) || prefix.length === 0 || link.loopback) return;
    const isBridge = isContainerBridge(link);
    // Also where it is a tunnel, as flannel-wg: it leads to the same network on other machines.
    if (!isBridge && (PART_KINDS.has(link.kind ?? '') || PART_NAMES.test(name))) return;
    const is = isBridge ? 'bridge' : isTunnel(link) ? 'tunnel' : 'uplink';
    claims.push({ prefix, interface: name, is, metric, turn });
  };
  for (const route of host.routes ?? []) {
    const turn = tables.indexOf(route.table);
    if (route.type !== 'unicast' || turn === -1) continue;
    const prefix = prefixOf(route.destination, route.prefixLength);
    if (prefix === null || addressKind(route.destination) === 'link-local') continue;
    for (const hop of route.nextHops) if (hop.interface !== null) add(prefix, hop.interface, route.metric, turn);
  }
  return claims;
}

/**
 * Subnets of container networks that somebody else claims too: a network that this machine is on, or one that a VPN or a gateway leads to.
 * A route to more than private addresses is one to all the rest, out of which any local network is rightly cut, and a claim to none.
 * `null`: the routes are not known.
 */
export function overlapsOf(host: Host): Overlap[] | null {
  if (host.routes === null) return null;
  const claims = claimsOf(host);
  const byName = new Map(host.interfaces.map((link) => [link.name, link]));
  const found = new Map<string, Overlap>();
  for (const own of claims.filter(({ is }) => is === 'bridge')) {
    for (const other of claims) {
      if (other.interface === own.interface || byName.get(other.interface)?.master === own.interface) continue;
      const common = commonPart(own.prefix, other.prefix);
      if (common === null || isForTheRest(other.prefix, own.prefix)) continue;
      // Two networks of one engine: it cuts the one out of the other only by mistake where they are alike.
      if (other.is === 'bridge' && (other.prefix.length !== own.prefix.length || other.interface < own.interface)) continue;
      const overlap = {
        bridge: own.interface,
        prefix: formatPrefix(own.prefix),
        other: other.interface,
        otherPrefix: formatPrefix(other.prefix),
        otherIs: other.is,
        common: formatPrefix(common),
        winner: winnerOf(own, other),
      };
      found.set(`${overlap.prefix} ${overlap.bridge} ${overlap.otherPrefix} ${overlap.other}`, overlap);
    }
  }
  return [...found.values()].slice(0, OVERLAP_LIMIT);
}

/** Beyond this many nobody reads on. */
const OVERLAP_LIMIT = 32;

function isForTheRest(other: Prefix, own: Prefix): boolean {
  return other.length < own.length && !PRIVATE_RANGES.some((range) => contains(range, other));
}

const PRIVATE_RANGES: readonly Prefix[] = [
  ['10.0.0.0', 8] as const,
  ['172.16.0.0', 12] as const,
  ['192.168.0.0', 16] as const,
  ['100.64.0.0', 10] as const,
  ['fc00::', 7] as const,
].flatMap(([address, length]) => prefixOf(address, length) ?? []);

function winnerOf(own: Claim, other: Claim): string | null {
  // The first table that has a route decides, however short its prefix.
  if (own.turn !== other.turn) return own.turn < other.turn ? own.interface : other.interface;
  if (own.prefix.length !== other.prefix.length) return own.prefix.length > other.prefix.length ? own.interface : other.interface;
  if (own.metric === null || other.metric === null || own.metric === other.metric) return null;
  return own.metric < other.metric ? own.interface : other.interface;
}

/** The container network in whose subnet an address lies, or `null`. The longest prefix wins. */
export function bridgeOfAddress(bridges: Surroundings['bridges'], address: string): Surroundings['bridges'][number] | null {
  const lengthIn = ({ prefixes }: Surroundings['bridges'][number]) =>
    Math.max(-1, ...prefixes.filter((text) => coversAddress(text, address)).map((text) => Number(text.split('/')[1])));
  const [best] = bridges.filter((bridge) => lengthIn(bridge) >= 0).sort((a, b) => lengthIn(b) - lengthIn(a));
  return best ?? null;
}

/** Whether `192.0.2.0/24` holds the address. */
export function coversAddress(text: string, address: string): boolean {
  const [first = '', length = ''] = text.split('/');
  const prefix = prefixOf(first, Number(length));
  const host = prefixOf(address, address.includes(':') ? 128 : 32);
  return prefix !== null && host !== null && contains(prefix, host);
}
