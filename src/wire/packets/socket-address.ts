import ipaddr from 'ipaddr.js';
import { type Parsed, parsed, refused } from '../parsed.js';
import type { IpFamily } from './icmp.js';

/** `AF_INET` and `AF_INET6` of Linux. */
const FAMILY_NUMBER = { 4: 2, 6: 10 } as const;
const SOCKADDR_IN_BYTES = 16;
const SOCKADDR_IN6_BYTES = 28;

export interface SocketAddress {
  family: IpFamily;
  /** Canonical text, without a zone. An IPv4-mapped IPv6 address stays IPv6. */
  address: string;
  port: number;
  /** Interface index of a link-local IPv6 address, otherwise 0. */
  scope: number;
}

/**
 * Packs a `struct sockaddr_in` or `sockaddr_in6` of Linux (host-order family, network-order port and address).
 *
 * @throws TypeError where `address` is not an IP address: callers pass addresses that were parsed before.
 */
export function encodeSocketAddress(address: string, port: number, scope = 0): Uint8Array {
  const ip = ipaddr.parse(address.replace(/%.*$/, ''));
  const family: IpFamily = ip.kind() === 'ipv4' ? 4 : 6;
  const bytes = new Uint8Array(family === 4 ? SOCKADDR_IN_BYTES : SOCKADDR_IN6_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, FAMILY_NUMBER[family], true);
  view.setUint16(2, port);
  bytes.set(ip.toByteArray(), family === 4 ? 4 : 8);
  if (family === 6) view.setUint32(24, scope, true);
  return bytes;
}

/** Unpacks what {@link encodeSocketAddress} packs, or refuses another family and short input. */
export function parseSocketAddress(bytes: Uint8Array): Parsed<SocketAddress> {
  if (bytes.length < 2) return refused('no socket address');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const family = view.getUint16(0, true);
  if (family === FAMILY_NUMBER[4] && bytes.length >= 8) {
    return parsed({ family: 4, address: [...bytes.subarray(4, 8)].join('.'), port: view.getUint16(2), scope: 0 });
  }
  if (family === FAMILY_NUMBER[6] && bytes.length >= SOCKADDR_IN6_BYTES) {
    const address = ipaddr.fromByteArray([...bytes.subarray(8, 24)]).toString();
    return parsed({ family: 6, address, port: view.getUint16(2), scope: view.getUint32(24, true) });
  }
  return refused(`socket address of family ${family}, ${bytes.length} bytes`);
}
