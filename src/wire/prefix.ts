import ipaddr from 'ipaddr.js';
import { isIpAddress } from './dns/server.js';

/** A range of addresses by its first one and the number of bits that all have in common. */
export interface Prefix {
  family: 4 | 6;
  bytes: readonly number[];
  length: number;
}

/** `192.0.2.7`, 24: the prefix 192.0.2.0/24. `null`: no address, or no such length. A zone is left out. */
export function prefixOf(address: string, length: number): Prefix | null {
  if (!isIpAddress(address)) return null;
  const bytes = ipaddr.parse(address.split('%', 1)[0] ?? '').toByteArray();
  const family = bytes.length === 4 ? 4 : 6;
  if (!Number.isInteger(length) || length < 0 || length > bytes.length * 8) return null;
  return { family, bytes: bytes.map((byte, index) => byte & mask(length, index)), length };
}

export function formatPrefix({ bytes, length }: Prefix): string {
  return `${ipaddr.fromByteArray([...bytes]).toString()}/${length}`;
}

/** Whether every address of `inner` is one of `outer` too. */
export function contains(outer: Prefix, inner: Prefix): boolean {
  if (outer.family !== inner.family || outer.length > inner.length) return false;
  return outer.bytes.every((byte, index) => byte === ((inner.bytes[index] ?? 0) & mask(outer.length, index)));
}

/** Prefixes overlap where one contains the other: the longer one, or `null`. */
export function commonPart(one: Prefix, other: Prefix): Prefix | null {
  return contains(one, other) ? other : contains(other, one) ? one : null;
}

function mask(length: number, index: number): number {
  const bits = Math.min(8, Math.max(0, length - index * 8));
  return (0xff << (8 - bits)) & 0xff;
}

export type AddressKind =
  | 'public'
  | 'private'
  | 'unique-local'
  | 'shared'
  | 'link-local'
  | 'loopback'
  | 'documentation'
  | 'benchmark'
  | 'nat64'
  | '464xlat'
  | 'special';

const KINDS: readonly (readonly [string, number, AddressKind])[] = [
  // RFC 7335: between the two translators of 464XLAT, or DS-Lite.
  ['192.0.0.0', 29, '464xlat'],
  ['10.0.0.0', 8, 'private'],
  ['172.16.0.0', 12, 'private'],
  ['192.168.0.0', 16, 'private'],
  ['100.64.0.0', 10, 'shared'],
  ['169.254.0.0', 16, 'link-local'],
  ['127.0.0.0', 8, 'loopback'],
  ['192.0.2.0', 24, 'documentation'],
  ['198.51.100.0', 24, 'documentation'],
  ['203.0.113.0', 24, 'documentation'],
  ['198.18.0.0', 15, 'benchmark'],
  ['0.0.0.0', 8, 'special'],
  ['192.0.0.0', 24, 'special'],
  ['192.88.99.0', 24, 'special'],
  ['224.0.0.0', 3, 'special'],
  ['64:ff9b::', 96, 'nat64'],
  ['64:ff9b:1::', 48, 'nat64'],
  ['fc00::', 7, 'unique-local'],
  ['fe80::', 10, 'link-local'],
  ['2001:db8::', 32, 'documentation'],
  ['3fff::', 20, 'documentation'],
  ['2001:2::', 48, 'benchmark'],
  ['::1', 128, 'loopback'],
  ['2000::', 3, 'public'],
  ['::', 0, 'special'],
  ['0.0.0.0', 0, 'public'],
];

const RANGES = KINDS.flatMap(([first, length, kind]) => {
  const range = prefixOf(first, length);
  return range === null ? [] : [{ range, kind }];
});

/** Where an address can be used (RFC 6890 and its registry); `null`: no address. */
export function addressKind(address: string): AddressKind | null {
  const host = prefixOf(address, address.includes(':') ? 128 : 32);
  return host === null ? null : (RANGES.find(({ range }) => contains(range, host))?.kind ?? null);
}
