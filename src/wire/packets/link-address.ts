import { AF_PACKET } from '../linux/abi.js';

/** Link addresses (MAC, EUI-48) as text, and `struct sockaddr_ll` of packet(7). */

export const LINK_ADDRESS_BYTES = 6;
export const BROADCAST_LINK_ADDRESS = 'ff:ff:ff:ff:ff:ff';
const SOCKADDR_LL_BYTES = 20;

/** `02:00:5e:10:00:01` for 6 bytes; `null` for any other number of them. */
export function linkAddressText(bytes: Uint8Array): string | null {
  if (bytes.length !== LINK_ADDRESS_BYTES) return null;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** The bytes of what {@link linkAddressText} writes; `null` for other text. */
export function parseLinkAddress(text: string): Uint8Array | null {
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(text)) return null;
  return Uint8Array.from(text.split(':'), (byte) => Number.parseInt(byte, 16));
}

/** Where a packet socket sends to and listens: an EtherType on a link, and (for sending) a link address there. */
export function encodeLinkSocketAddress(etherType: number, interfaceIndex: number, linkAddress: string | null): Uint8Array {
  const bytes = new Uint8Array(SOCKADDR_LL_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, AF_PACKET, true);
  view.setUint16(2, etherType);
  view.setInt32(4, interfaceIndex, true);
  const to = linkAddress === null ? null : parseLinkAddress(linkAddress);
  if (to !== null) {
    view.setUint8(11, LINK_ADDRESS_BYTES);
    bytes.set(to, 12);
  }
  return bytes;
}

/** Protocols by which several routers stand for one address, each with a range of link addresses of its own. */
export type RedundancyProtocol = 'VRRP' | 'HSRP' | 'GLBP';

const RANGES: readonly { prefix: string; protocol: RedundancyProtocol }[] = [
  // RFC 9568, for IPv4 and IPv6; CARP took the same.
  { prefix: '00:00:5e:00:01:', protocol: 'VRRP' },
  { prefix: '00:00:5e:00:02:', protocol: 'VRRP' },
  // RFC 2281 and Cisco's later versions.
  { prefix: '00:00:0c:07:ac:', protocol: 'HSRP' },
  { prefix: '00:00:0c:9f:f', protocol: 'HSRP' },
  { prefix: '00:05:73:a0:0', protocol: 'HSRP' },
  { prefix: '00:07:b4:', protocol: 'GLBP' },
];

/** Whose range a link address is in; `null`: in none of them. */
export function redundancyProtocol(linkAddress: string): RedundancyProtocol | null {
  return RANGES.find(({ prefix }) => linkAddress.toLowerCase().startsWith(prefix))?.protocol ?? null;
}
