import ipaddr from 'ipaddr.js';
import {
  ADDRESS_TYPES,
  CONNECTION_STATES,
  CONNECTION_STATUS,
  type Element,
  type PacketField,
  type Span,
  STATUS_SHIFT,
} from '../../model/packet-filter.js';

/** Numbers of what packet filters call by name. */

const PROTOCOL_NUMBERS: Readonly<Record<string, bigint>> = {
  ip: 0n,
  icmp: 1n,
  igmp: 2n,
  ipencap: 4n,
  ipv4: 4n,
  tcp: 6n,
  udp: 17n,
  dccp: 33n,
  ipv6: 41n,
  'ipv6-route': 43n,
  'ipv6-frag': 44n,
  gre: 47n,
  esp: 50n,
  ah: 51n,
  icmpv6: 58n,
  'ipv6-icmp': 58n,
  'ipv6-nonxt': 59n,
  'ipv6-opts': 60n,
  ospf: 89n,
  ipip: 94n,
  ipcomp: 108n,
  comp: 108n,
  vrrp: 112n,
  l2tp: 115n,
  sctp: 132n,
  udplite: 136n,
};

/** RFC 792 and IANA's registry; `icmp type NAME` of nft, the first parts of `--icmp-type` of iptables. */
export const ICMP_TYPES: Readonly<Record<string, bigint>> = {
  'echo-reply': 0n,
  pong: 0n,
  'destination-unreachable': 3n,
  'source-quench': 4n,
  redirect: 5n,
  'echo-request': 8n,
  ping: 8n,
  'router-advertisement': 9n,
  'router-solicitation': 10n,
  'time-exceeded': 11n,
  'ttl-exceeded': 11n,
  'parameter-problem': 12n,
  'timestamp-request': 13n,
  'timestamp-reply': 14n,
  'info-request': 15n,
  'info-reply': 16n,
  'address-mask-request': 17n,
  'address-mask-reply': 18n,
};

/** RFC 4443, RFC 4861 and IANA's registry. */
export const ICMPV6_TYPES: Readonly<Record<string, bigint>> = {
  'destination-unreachable': 1n,
  'packet-too-big': 2n,
  'time-exceeded': 3n,
  'ttl-exceeded': 3n,
  'parameter-problem': 4n,
  'echo-request': 128n,
  'echo-reply': 129n,
  'mld-listener-query': 130n,
  'mld-listener-report': 131n,
  'mld-listener-done': 132n,
  'mld-listener-reduction': 132n,
  'nd-router-solicit': 133n,
  'router-solicitation': 133n,
  'nd-router-advert': 134n,
  'router-advertisement': 134n,
  'nd-neighbor-solicit': 135n,
  'neighbour-solicitation': 135n,
  'neighbor-solicitation': 135n,
  'nd-neighbor-advert': 136n,
  'neighbour-advertisement': 136n,
  'neighbor-advertisement': 136n,
  'nd-redirect': 137n,
  redirect: 137n,
  'router-renumbering': 138n,
  'ind-neighbor-solicit': 141n,
  'ind-neighbor-advert': 142n,
  'mld2-listener-report': 143n,
};

export const TCP_FLAGS: Readonly<Record<string, bigint>> = {
  fin: 1n,
  syn: 2n,
  rst: 4n,
  psh: 8n,
  ack: 16n,
  urg: 32n,
  ecn: 64n,
  cwr: 128n,
  all: 63n,
  none: 0n,
};

const PACKET_TYPES: Readonly<Record<string, bigint>> = { unicast: 0n, host: 0n, broadcast: 1n, multicast: 2n, other: 3n };

const ICMP_CODES: Readonly<Record<string, bigint>> = {
  'net-unreachable': 0n,
  'host-unreachable': 1n,
  'prot-unreachable': 2n,
  'port-unreachable': 3n,
  'frag-needed': 4n,
  'net-prohibited': 9n,
  'host-prohibited': 10n,
  'admin-prohibited': 13n,
};

const NAMES: Partial<Record<PacketField, Readonly<Record<string, bigint>>>> = {
  protocol: PROTOCOL_NUMBERS,
  'connection-state': CONNECTION_STATES,
  'connection-status': CONNECTION_STATUS,
  connection: { ...CONNECTION_STATES, snat: CONNECTION_STATUS.snat << STATUS_SHIFT, dnat: CONNECTION_STATUS.dnat << STATUS_SHIFT },
  'source-type': ADDRESS_TYPES,
  'destination-type': ADDRESS_TYPES,
  'packet-type': PACKET_TYPES,
  'tcp-flags': TCP_FLAGS,
  'icmp-code': ICMP_CODES,
  family: { ipv4: 4n, ipv6: 6n, ip: 4n, ip6: 6n },
};

/** The largest value of each field that is a number; for ranges without an end. */
export const LARGEST: Partial<Record<PacketField, bigint>> = {
  'source-port': 65_535n,
  'destination-port': 65_535n,
  protocol: 255n,
  'icmp-type': 255n,
  'icmp-code': 255n,
  mark: 0xffff_ffffn,
  user: 0xffff_ffffn,
  group: 0xffff_ffffn,
};

/** Largest address of a family. */
export function largestAddress(family: 4 | 6): bigint {
  return family === 4 ? 0xffff_ffffn : (1n << 128n) - 1n;
}

/** An IPv4 or IPv6 address as a number; `null` for what is none. A zone (`%eth0`) is left out. */
export function addressNumber(text: string): bigint | null {
  if (text.length > 64) return null;
  const quad = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (quad !== null) {
    let sum = 0;
    for (let place = 1; place <= 4; place++) {
      const octet = Number(quad[place]);
      if (octet > 255) return null;
      sum = sum * 256 + octet;
    }
    return BigInt(sum);
  }
  const [bare = ''] = text.split('%', 1);
  if (!bare.includes(':') || !ipaddr.IPv6.isValid(bare)) return null;
  return ipaddr.IPv6.parse(bare)
    .toByteArray()
    .reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

/** A number as an address in its usual spelling. */
export function addressText(value: bigint, family: 4 | 6): string {
  const length = family === 4 ? 4 : 16;
  const bytes = Array.from({ length }, (_, index) => Number((value >> BigInt(8 * (length - 1 - index))) & 0xffn));
  return ipaddr.fromByteArray(bytes).toString();
}

/** The addresses of a network; `null` where the length fits no such address. */
export function networkSpan(text: string, length: number): Span | null {
  const bits = text.includes(':') ? 128 : 32;
  const address = addressNumber(text);
  if (address === null || !Number.isInteger(length) || length < 0 || length > bits) return null;
  const rest = (1n << BigInt(bits - length)) - 1n;
  const first = (address | rest) ^ rest;
  return [first, first | rest];
}

/** A span as people write it: one address, a network, or first and last. */
export function spanText([first, last]: Span, family: 4 | 6): string {
  if (first === last) return addressText(first, family);
  const size = last - first + 1n;
  const bits = family === 4 ? 32 : 128;
  const free = size.toString(2).length - 1;
  if (size === 1n << BigInt(free) && first % size === 0n) return `${addressText(first, family)}/${bits - free}`;
  return `${addressText(first, family)}-${addressText(last, family)}`;
}

/** The number that a filter's word or number stands for; `null` for what is not known here. */
export function fieldNumber(field: PacketField, value: unknown): bigint | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : null;
  if (typeof value !== 'string') return null;
  if (field === 'source-address' || field === 'destination-address') return addressNumber(value);
  const named = NAMES[field];
  if (named !== undefined && Object.hasOwn(named, value)) return named[value] ?? null;
  return /^(\d{1,10}|0x[0-9a-f]{1,8})$/i.test(value) ? BigInt(value) : null;
}

/** Sorts spans and joins those that touch, so that they can be searched. */
export function joinedSpans(spans: readonly Span[]): Span[] {
  if (spans.length < 2) return [...spans];
  const sorted = [...spans].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const joined: [bigint, bigint][] = [];
  for (const [first, last] of sorted) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before[1] + 1n) {
      if (last > before[1]) before[1] = last;
    } else joined.push([first, last]);
  }
  return joined;
}

/** Splits what a set holds into numbers and names. */
export function splitElements(elements: readonly Element[]): { spans: Span[]; names: string[] } {
  return {
    spans: joinedSpans(elements.filter((element): element is Span => typeof element !== 'string')),
    names: elements.filter((element): element is string => typeof element === 'string'),
  };
}
