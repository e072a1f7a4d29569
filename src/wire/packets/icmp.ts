import { type Parsed, parsed, refused } from '../parsed.js';
import { internetChecksum } from './checksum.js';

/** RFC 792 (ICMP) and RFC 4443 (ICMPv6): the two families number the same messages differently. */
export type IpFamily = 4 | 6;

const ECHO_REQUEST = { 4: 8, 6: 128 } as const;
const ECHO_REPLY = { 4: 0, 6: 129 } as const;

export const ICMP_HEADER_BYTES = 8;
export const IPV4_HEADER_BYTES = 20;
export const IPV6_HEADER_BYTES = 40;

export interface EchoMessage {
  kind: 'request' | 'reply';
  identifier: number;
  sequence: number;
  payload: Uint8Array;
}

/**
 * An echo request (RFC 792 type 8, RFC 4443 type 128). On an ICMP datagram socket the kernel replaces identifier and checksum; on a raw
 * ICMPv6 socket it fills in the checksum, which needs a pseudo-header; only a raw IPv4 socket sends the checksum computed here.
 */
export function encodeEchoRequest(family: IpFamily, identifier: number, sequence: number, payload: Uint8Array): Uint8Array {
  const message = new Uint8Array(ICMP_HEADER_BYTES + payload.length);
  const view = new DataView(message.buffer);
  view.setUint8(0, ECHO_REQUEST[family]);
  view.setUint16(4, identifier & 0xffff);
  view.setUint16(6, sequence & 0xffff);
  message.set(payload, ICMP_HEADER_BYTES);
  if (family === 4) view.setUint16(2, internetChecksum(message));
  return message;
}

/** Reads an echo request or reply that starts with its ICMP header. The checksum was verified by the kernel. */
export function parseEcho(family: IpFamily, bytes: Uint8Array): Parsed<EchoMessage> {
  if (bytes.length < ICMP_HEADER_BYTES) return refused(`${bytes.length} bytes are too short for an ICMP echo`);
  const type = bytes[0];
  if (type !== ECHO_REQUEST[family] && type !== ECHO_REPLY[family]) return refused(`ICMP type ${type} is no echo`);
  if (bytes[1] !== 0) return refused(`ICMP echo with code ${bytes[1]}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return parsed({
    kind: type === ECHO_REPLY[family] ? 'reply' : 'request',
    identifier: view.getUint16(4),
    sequence: view.getUint16(6),
    payload: bytes.subarray(ICMP_HEADER_BYTES),
  });
}

/** Skips the IPv4 header (RFC 791) that a raw IPv4 socket delivers in front of the message, and returns the time to live beside it. */
export function parseIpv4Packet(bytes: Uint8Array): Parsed<{ ttl: number; protocol: number; payload: Uint8Array }> {
  const first = bytes[0];
  if (first === undefined || bytes.length < IPV4_HEADER_BYTES) return refused(`${bytes.length} bytes are too short for IPv4`);
  if (first >> 4 !== 4) return refused(`IP version ${first >> 4}`);
  const headerBytes = (first & 0x0f) * 4;
  if (headerBytes < IPV4_HEADER_BYTES || headerBytes > bytes.length) return refused(`IPv4 header of ${headerBytes} bytes`);
  return parsed({ ttl: bytes[8] as number, protocol: bytes[9] as number, payload: bytes.subarray(headerBytes) });
}

/** What an ICMP error means to the one who sent the packet, whatever the family. */
export type IcmpMeaning =
  | 'time-exceeded'
  | 'network-unreachable'
  | 'host-unreachable'
  | 'protocol-unreachable'
  | 'port-unreachable'
  | 'packet-too-big'
  | 'prohibited'
  | 'other';

/** Names an ICMP error by type and code: RFC 792, RFC 1812 (section 5.2.7.1) and RFC 4443 (section 3). */
export function icmpMeaning(family: IpFamily, type: number, code: number): IcmpMeaning {
  if (family === 4) {
    if (type === 11) return 'time-exceeded';
    if (type !== 3) return 'other';
    switch (code) {
      case 0:
      case 6:
      case 11:
        return 'network-unreachable';
      case 1:
      case 5:
      case 7:
      case 8:
      case 12:
        return 'host-unreachable';
      case 2:
        return 'protocol-unreachable';
      case 3:
        return 'port-unreachable';
      case 4:
        return 'packet-too-big';
      case 9:
      case 10:
      case 13:
      case 14:
      case 15:
        return 'prohibited';
      default:
        return 'other';
    }
  }
  if (type === 2) return 'packet-too-big';
  if (type === 3) return 'time-exceeded';
  if (type !== 1) return 'other';
  switch (code) {
    case 0:
      return 'network-unreachable';
    case 1:
    case 5:
    case 6:
      return 'prohibited';
    case 2:
    case 3:
      return 'host-unreachable';
    case 4:
      return 'port-unreachable';
    default:
      return 'other';
  }
}
