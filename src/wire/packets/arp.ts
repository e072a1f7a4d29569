import ipaddr from 'ipaddr.js';
import { type Parsed, parsed, refused } from '../parsed.js';
import { LINK_ADDRESS_BYTES, linkAddressText, parseLinkAddress } from './link-address.js';

/** ARP for IPv4 on Ethernet (RFC 826), 28 bytes. */
export interface ArpPacket {
  operation: 'request' | 'reply';
  senderLinkAddress: string;
  /** `0.0.0.0` in a probe (RFC 5227): it claims nothing, and enters no table. */
  senderAddress: string;
  targetAddress: string;
}

const ETHERNET = 1;
const IPV4 = 0x0800;
const ARP_BYTES = 28;
const OPERATIONS = { request: 1, reply: 2 } as const;

/**
 * A probe (RFC 5227 section 2.1.1): a request for `address` from nobody, so that whoever has it answers and nobody's table is changed.
 *
 * @throws TypeError where an address cannot be encoded: callers pass what the system gave.
 */
export function encodeArpProbe(ownLinkAddress: string, address: string): Uint8Array {
  const sender = parseLinkAddress(ownLinkAddress);
  if (sender === null) throw new TypeError('no link address');
  const bytes = new Uint8Array(ARP_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, ETHERNET);
  view.setUint16(2, IPV4);
  view.setUint8(4, LINK_ADDRESS_BYTES);
  view.setUint8(5, 4);
  view.setUint16(6, OPERATIONS.request);
  bytes.set(sender, 8);
  bytes.set(ipaddr.IPv4.parse(address).toByteArray(), 24);
  return bytes;
}

/** Reads what stands behind the Ethernet header; a frame is padded to 46 bytes, so that more may follow. */
export function parseArp(bytes: Uint8Array): Parsed<ArpPacket> {
  if (bytes.length < ARP_BYTES) return refused(`${bytes.length} bytes are too short for ARP`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0) !== ETHERNET || view.getUint16(2) !== IPV4) return refused('ARP for something else than IPv4 on Ethernet');
  if (bytes[4] !== LINK_ADDRESS_BYTES || bytes[5] !== 4) return refused('ARP with addresses of other lengths');
  const operation = view.getUint16(6);
  if (operation !== OPERATIONS.request && operation !== OPERATIONS.reply) return refused(`ARP operation ${operation}`);
  return parsed({
    operation: operation === OPERATIONS.reply ? 'reply' : 'request',
    senderLinkAddress: linkAddressText(bytes.subarray(8, 14)) ?? '',
    senderAddress: [...bytes.subarray(14, 18)].join('.'),
    targetAddress: [...bytes.subarray(24, 28)].join('.'),
  });
}
