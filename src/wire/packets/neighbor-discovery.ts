import ipaddr from 'ipaddr.js';
import { IPPROTO_ICMPV6 } from '../linux/abi.js';
import { type Parsed, parsed, refused } from '../parsed.js';
import { internetChecksum } from './checksum.js';
import { IPV6_HEADER_BYTES } from './icmp.js';
import { linkAddressText, parseLinkAddress } from './link-address.js';

/** Neighbour solicitation and advertisement of RFC 4861. */

const SOLICITATION = 135;
export const NEIGHBOR_ADVERTISEMENT = 136;
const SOURCE_LINK_ADDRESS = 1;
const TARGET_LINK_ADDRESS = 2;
/** RFC 4861 section 7.1: one that a router has passed on is none. */
export const NEIGHBOR_HOP_LIMIT = 255;
const MESSAGE_BYTES = 24;
const OPTION_BYTES = 8;
const UNSPECIFIED = '::';

/** What asks for one address: the whole IPv6 packet, and the link address of the multicast group that its owner is in. */
export interface Solicitation {
  packet: Uint8Array;
  linkDestination: string;
}

/**
 * A solicitation to the solicited-node group of `address`, with IPv6 header and checksum. From `::` it is that of duplicate address
 * detection (RFC 4862 section 5.4.2), which has no option and is answered to all nodes; from another source the answer comes to that alone.
 *
 * @throws where an address cannot be encoded: callers pass what the system gave.
 */
export function encodeNeighborSolicitation(source: string, ownLinkAddress: string, address: string): Solicitation {
  const target = bytesOf(address);
  const sender = bytesOf(source);
  const link = parseLinkAddress(ownLinkAddress);
  if (link === null) throw new TypeError('no link address');
  const group = bytesOf('ff02::1:ff00:0');
  group.set(target.subarray(13), 13);
  const withOption = source !== UNSPECIFIED;
  const length = MESSAGE_BYTES + (withOption ? OPTION_BYTES : 0);
  const packet = new Uint8Array(IPV6_HEADER_BYTES + length);
  const view = new DataView(packet.buffer);
  view.setUint8(0, 0x60);
  view.setUint16(4, length);
  view.setUint8(6, IPPROTO_ICMPV6);
  view.setUint8(7, NEIGHBOR_HOP_LIMIT);
  packet.set(sender, 8);
  packet.set(group, 24);
  view.setUint8(IPV6_HEADER_BYTES, SOLICITATION);
  packet.set(target, IPV6_HEADER_BYTES + 8);
  if (withOption) {
    packet.set([SOURCE_LINK_ADDRESS, 1], IPV6_HEADER_BYTES + MESSAGE_BYTES);
    packet.set(link, IPV6_HEADER_BYTES + MESSAGE_BYTES + 2);
  }
  view.setUint16(IPV6_HEADER_BYTES + 2, checksum(sender, group, packet.subarray(IPV6_HEADER_BYTES)));
  return { packet, linkDestination: ['33', '33', ...[...group.subarray(12)].map((byte) => byte.toString(16).padStart(2, '0'))].join(':') };
}

export interface NeighborAdvertisement {
  /** Whose link address is told. */
  address: string;
  /** `null`: it does not tell. */
  linkAddress: string | null;
  fromRouter: boolean;
  /** It may be replaced by another's: not so of a proxy or an anycast address. */
  overrides: boolean;
}

/** Reads an advertisement that starts with its ICMPv6 header. Its checksum and hop limit are the caller's to look at. */
export function parseNeighborAdvertisement(bytes: Uint8Array): Parsed<NeighborAdvertisement> {
  if (bytes.length < MESSAGE_BYTES) return refused(`${bytes.length} bytes are too short for a neighbour advertisement`);
  if (bytes[0] !== NEIGHBOR_ADVERTISEMENT || bytes[1] !== 0) return refused(`ICMPv6 type ${bytes[0]}, code ${bytes[1]}`);
  const flags = bytes[4] as number;
  let linkAddress: string | null = null;
  for (let at = MESSAGE_BYTES; at + 2 <= bytes.length; ) {
    const length = (bytes[at + 1] as number) * 8;
    // RFC 4861 section 4.6: such a packet is to be thrown away.
    if (length === 0 || at + length > bytes.length) return refused('an option whose length does not fit');
    if (bytes[at] === TARGET_LINK_ADDRESS) linkAddress = linkAddressText(bytes.subarray(at + 2, at + length));
    at += length;
  }
  return parsed({
    address: ipaddr.fromByteArray([...bytes.subarray(8, 24)]).toString(),
    linkAddress,
    fromRouter: (flags & 0x80) !== 0,
    overrides: (flags & 0x20) !== 0,
  });
}

/** Over the pseudo-header of RFC 8200 section 8.1 and the message. */
function checksum(source: Uint8Array, destination: Uint8Array, message: Uint8Array): number {
  const summed = new Uint8Array(40 + message.length);
  summed.set(source);
  summed.set(destination, 16);
  new DataView(summed.buffer).setUint32(32, message.length);
  summed[39] = IPPROTO_ICMPV6;
  summed.set(message, 40);
  return internetChecksum(summed);
}

function bytesOf(address: string): Uint8Array {
  return Uint8Array.from(ipaddr.IPv6.parse(address.replace(/%.*$/, '')).toByteArray());
}
