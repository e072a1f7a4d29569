import ipaddr from 'ipaddr.js';
import { isIpAddress } from '../../wire/dns/server.js';
import type { Pseudonyms } from './pseudonyms.js';
import { WELL_KNOWN_ADDRESSES } from './well-known-places.js';

/**
 * Which bits of an address stay, by where it is: those that make its kind. `stays`: all of them, since it is of no single network. `embeds`: the
 * last four bytes are an IPv4 address. What stands in no range is public.
 */
interface Range {
  prefix: string;
  length: number;
  kept: number | 'stays' | 'embeds';
}

const IPV4_RANGES: readonly Range[] = [
  { prefix: '0.0.0.0', length: 8, kept: 'stays' },
  { prefix: '127.0.0.0', length: 8, kept: 'stays' },
  { prefix: '192.0.0.0', length: 24, kept: 'stays' },
  { prefix: '192.88.99.0', length: 24, kept: 'stays' },
  { prefix: '224.0.0.0', length: 24, kept: 'stays' },
  { prefix: '255.255.255.255', length: 32, kept: 'stays' },
  { prefix: '10.0.0.0', length: 8, kept: 8 },
  { prefix: '172.16.0.0', length: 12, kept: 12 },
  { prefix: '192.168.0.0', length: 16, kept: 16 },
  { prefix: '100.64.0.0', length: 10, kept: 10 },
  { prefix: '169.254.0.0', length: 16, kept: 16 },
  { prefix: '198.18.0.0', length: 15, kept: 15 },
  { prefix: '224.0.0.0', length: 4, kept: 8 },
];

const IPV6_RANGES: readonly Range[] = [
  { prefix: '::ffff:0:0', length: 96, kept: 'embeds' },
  { prefix: '64:ff9b::', length: 96, kept: 'embeds' },
  { prefix: '64:ff9b:1::', length: 48, kept: 48 },
  // ::, ::1 and other addresses that no host has.
  { prefix: '::', length: 96, kept: 'stays' },
  { prefix: '100::', length: 64, kept: 'stays' },
  // Groups of routers, all nodes, mDNS and the like; not those that are made of an address.
  { prefix: 'ff02::1:ff00:0', length: 104, kept: 104 },
  { prefix: 'ff01::', length: 112, kept: 'stays' },
  { prefix: 'ff02::', length: 112, kept: 'stays' },
  { prefix: 'ff05::', length: 112, kept: 'stays' },
  { prefix: 'ff02::1:0', length: 112, kept: 'stays' },
  { prefix: 'ff05::1:0', length: 112, kept: 'stays' },
  { prefix: 'ff00::', length: 8, kept: 16 },
  { prefix: 'fe80::', length: 64, kept: 64 },
  { prefix: 'fe80::', length: 10, kept: 10 },
  { prefix: 'fec0::', length: 10, kept: 10 },
  { prefix: 'fc00::', length: 7, kept: 8 },
];

/**
 * Where public addresses go. IPv4: 240.0.0.0/4, which was never given out and which routers refuse (RFC 1112 section 4); the three ranges for documentation
 * have room for 768 addresses only, and none for networks. IPv6: 3fff::/20, for documentation (RFC 9637).
 */
const PUBLIC = { 4: { lead: [0xf0], bits: 4 }, 6: { lead: [0x3f, 0xff, 0x00], bits: 20 } } as const;

/** Networks of fewer bits are no one's: default routes, halves of the internet, regions. */
const NOBODYS_BITS = { 4: 8, 6: 20 } as const;

const RANGES = { 4: IPV4_RANGES.map(withBytes), 6: IPV6_RANGES.map(withBytes) };

/**
 * Pseudonyms of addresses that keep their networks: two addresses that share a prefix share one of the same length afterwards, within their kind
 * (Xu, Fan, Ammar, Moon: prefix-preserving IP address anonymization, ICNP 2002). An address of a private kind keeps that kind.
 */
export class AddressPseudonyms {
  readonly #pseudonyms: Pseudonyms;
  readonly #turns = new Map<string, Uint8Array>();

  constructor(pseudonyms: Pseudonyms) {
    this.#pseudonyms = pseudonyms;
  }

  /** `null`: it is no address. Without a zone. */
  address(text: string): string | null {
    const bytes = bytesOf(text);
    if (bytes === null) return null;
    const made = this.#mapped(bytes);
    if (made === null) return text;
    this.#pseudonyms.count(bytes.length === 4 ? 'IPv4 address' : 'IPv6 address', text.toLowerCase());
    return format(made);
  }

  /**
   * The address of a network of so many bits, whose own bits are all 0; of an interface, where they are not, it is {@link address}. `null`: it
   * is no address.
   */
  network(text: string, length: number): string | null {
    const bytes = bytesOf(text);
    if (bytes === null) return null;
    const family = bytes.length === 4 ? 4 : 6;
    if (length < NOBODYS_BITS[family] && withoutHost(bytes, length).every((byte, index) => byte === bytes[index])) return text;
    const isNetwork = length < bytes.length * 8 && withoutHost(bytes, length).every((byte, index) => byte === bytes[index]);
    if (!isNetwork) return this.address(text);
    const made = this.#mapped(bytes, true);
    if (made === null) return text;
    this.#pseudonyms.count(family === 4 ? 'IPv4 address' : 'IPv6 address', text.toLowerCase());
    return format(withoutHost(made, length));
  }

  /** `null`: it stays as it is. */
  #mapped(bytes: readonly number[], network = false): number[] | null {
    if (!network && WELL_KNOWN_ADDRESSES.has(format(bytes))) return null;
    const family = bytes.length === 4 ? 4 : 6;
    const kept = RANGES[family].find((range) => sharesPrefix(range.bytes, bytes, range.length))?.kept;
    if (kept === 'stays') return null;
    if (kept === 'embeds') {
      const inner = bytes.slice(12);
      return [...bytes.slice(0, 12), ...(this.#mapped(inner, network) ?? inner)];
    }
    if (kept !== undefined) return this.#permuted(bytes, kept);
    const { lead, bits } = PUBLIC[family];
    const made = this.#permuted(bytes, bits);
    return made.map((byte, index) => {
      const fixed = Math.min(8, Math.max(0, bits - index * 8));
      const mask = (0xff << (8 - fixed)) & 0xff;
      return ((lead[index] ?? 0) & mask) | (byte & ~mask & 0xff);
    });
  }

  /**
   * Each bit behind the first `kept` is turned over or not, by what stands before it alone. One digest decides for a byte: its 255 usable bits are the
   * nodes of the tree of its 8 bits.
   */
  #permuted(bytes: readonly number[], kept: number): number[] {
    return bytes.map((byte, index) => {
      if ((index + 1) * 8 <= kept) return byte;
      const turns = this.#turnsBehind(bytes.length, bytes.slice(0, index));
      let made = 0;
      let node = 1;
      for (let bit = 0; bit < 8; bit++) {
        const own = (byte >> (7 - bit)) & 1;
        const turn = index * 8 + bit < kept ? 0 : ((turns[node >> 3] ?? 0) >> (node & 7)) & 1;
        made = (made << 1) | (own ^ turn);
        node = node * 2 + own;
      }
      return made;
    });
  }

  #turnsBehind(size: number, prefix: readonly number[]): Uint8Array {
    const place = `${size} ${prefix.join('.')}`;
    const known = this.#turns.get(place);
    if (known !== undefined) return known;
    const turns = this.#pseudonyms.digest(`address ${size}`, Uint8Array.from(prefix));
    this.#turns.set(place, turns);
    return turns;
  }
}

function withBytes(range: Range): Range & { bytes: number[] } {
  return { ...range, bytes: ipaddr.parse(range.prefix).toByteArray() };
}

function bytesOf(text: string): number[] | null {
  return isIpAddress(text) && !text.includes('%') ? ipaddr.parse(text).toByteArray() : null;
}

function format(bytes: readonly number[]): string {
  return ipaddr.fromByteArray([...bytes]).toString();
}

function withoutHost(bytes: readonly number[], length: number): number[] {
  return bytes.map((byte, index) => byte & (0xff << (8 - Math.min(8, Math.max(0, length - index * 8)))) & 0xff);
}

function sharesPrefix(one: readonly number[], other: readonly number[], length: number): boolean {
  const [first, second] = [withoutHost(one, length), withoutHost(other, length)];
  return one.length === other.length && first.every((byte, index) => byte === second[index]);
}
