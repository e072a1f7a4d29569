import ipaddr from 'ipaddr.js';
import { type DnsReader, Malformed } from './reader.js';

/** IANA registry "DNS EDNS0 Option Codes". */
const OPTION = { nameServerId: 3, clientSubnet: 8, extendedError: 15 } as const;
/** More options than these in one message mean nothing: the registry has about twenty. */
const MAXIMUM_OPTIONS = 64;
/** What is kept of the text of an extended error. */
const MAXIMUM_TEXT_BYTES = 512;
const IPV4_FAMILY = 1;
const IPV6_FAMILY = 2;

/** For which network an answer is asked for (RFC 7871): address in any form, bits of it that are told. */
export interface ClientSubnet {
  address: string;
  prefixLength: number;
}

export interface EdnsQueryFields {
  udpPayloadSize: number;
  dnssecOk: boolean;
  /** Ask for the identity of the server (RFC 5001). */
  nameServerId?: boolean;
  clientSubnet?: ClientSubnet | null;
}

export interface DnsExtendedError {
  code: number;
  /** As IANA registers it; `Code 99` where it is not known here. */
  name: string;
  /** Of the server's own. May hold any character. */
  text: string;
}

export interface DnsEdns {
  udpPayloadSize: number;
  version: number;
  dnssecOk: boolean;
  /** As they came, those that are read below included. */
  options: { code: number; data: Uint8Array }[];
  /** `null` where the server did not tell (RFC 5001). */
  nameServerId: Uint8Array | null;
  /** `null` where there was none, or none that can be read (RFC 7871). */
  clientSubnet: { address: string; sourcePrefixLength: number; scopePrefixLength: number } | null;
  /** RFC 8914. */
  extendedErrors: DnsExtendedError[];
}

/**
 * The options of a query, as the data of its OPT record (RFC 6891 section 6.1.2).
 *
 * @throws RangeError for a subnet that {@link isClientSubnet} refuses.
 */
export function encodeOptions(edns: EdnsQueryFields): Uint8Array {
  const options: Uint8Array[] = [];
  if (edns.nameServerId === true) options.push(option(OPTION.nameServerId, new Uint8Array()));
  if (edns.clientSubnet != null) options.push(option(OPTION.clientSubnet, encodeSubnet(edns.clientSubnet)));
  return Buffer.concat(options);
}

/** Whether it is an IP address with so many bits in it. */
export function isClientSubnet({ address, prefixLength }: ClientSubnet): boolean {
  if (address.length > 64 || address.includes('%') || !Number.isInteger(prefixLength) || prefixLength < 0) return false;
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return prefixLength <= 32;
  return address.includes(':') && ipaddr.IPv6.isValid(address) && prefixLength <= 128;
}

function option(code: number, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, code);
  view.setUint16(2, data.length);
  bytes.set(data, 4);
  return bytes;
}

/** RFC 7871 section 6: no more octets of the address than the prefix takes, and zeros behind its last bit. */
function encodeSubnet(subnet: ClientSubnet): Uint8Array {
  if (!isClientSubnet(subnet)) throw new RangeError('the client subnet is no network');
  const { address, prefixLength } = subnet;
  const octets = ipaddr
    .parse(address)
    .toByteArray()
    .slice(0, Math.ceil(prefixLength / 8));
  const last = octets.length - 1;
  if (prefixLength % 8 !== 0) octets[last] = (octets[last] as number) & (0xff << (8 - (prefixLength % 8))) & 0xff;
  return Uint8Array.of(0, address.includes(':') ? IPV6_FAMILY : IPV4_FAMILY, prefixLength, 0, ...octets);
}

/**
 * Reads the data of an OPT record.
 *
 * @throws Malformed where an option runs over the end. One whose own content makes no sense is among `options` and nowhere else.
 */
export function decodeEdns(fields: Pick<DnsEdns, 'udpPayloadSize' | 'version' | 'dnssecOk'>, data: DnsReader): DnsEdns {
  const edns: DnsEdns = { ...fields, options: [], nameServerId: null, clientSubnet: null, extendedErrors: [] };
  while (data.remaining > 0) {
    if (edns.options.length === MAXIMUM_OPTIONS) throw new Malformed('more EDNS options than there are');
    const code = data.uint16();
    const content = data.bytes(data.uint16()).slice();
    edns.options.push({ code, data: content });
    if (code === OPTION.nameServerId) edns.nameServerId ??= content;
    else if (code === OPTION.clientSubnet) edns.clientSubnet ??= decodeSubnet(content);
    else if (code === OPTION.extendedError && content.length >= 2) edns.extendedErrors.push(decodeExtendedError(content));
  }
  return edns;
}

function decodeSubnet(content: Uint8Array): DnsEdns['clientSubnet'] {
  const [high, family, source, scope] = content;
  if (scope === undefined || source === undefined || high !== 0) return null;
  const size = family === IPV4_FAMILY ? 4 : family === IPV6_FAMILY ? 16 : 0;
  const octets = content.subarray(4);
  if (octets.length > size || source > size * 8 || scope > size * 8) return null;
  const address = new Uint8Array(size);
  address.set(octets);
  return { address: ipaddr.fromByteArray([...address]).toString(), sourcePrefixLength: source, scopePrefixLength: scope };
}

function decodeExtendedError(content: Uint8Array): DnsExtendedError {
  const code = ((content[0] as number) << 8) | (content[1] as number);
  // Some servers end the text with a zero octet, which the RFC has the reader do without.
  const text = new TextDecoder().decode(content.subarray(2, 2 + MAXIMUM_TEXT_BYTES)).replace(/\0+$/, '');
  return { code, name: EXTENDED_ERRORS[code] ?? `Code ${code}`, text };
}

/**
 * What people are shown of a server's identity: its text where it is printable ASCII, else its octets in hexadecimal digits.
 */
export function presentNameServerId(bytes: Uint8Array): string {
  const printable = bytes.every((octet) => octet >= 0x20 && octet < 0x7f);
  return printable ? String.fromCharCode(...bytes.subarray(0, 1024)) : Buffer.from(bytes).toString('hex');
}

/** IANA registry "Extended DNS Error Codes", by number. */
const EXTENDED_ERRORS: readonly string[] = [
  'Other Error',
  'Unsupported DNSKEY Algorithm',
  'Unsupported DS Digest Type',
  'Stale Answer',
  'Forged Answer',
  'DNSSEC Indeterminate',
  'DNSSEC Bogus',
  'Signature Expired',
  'Signature Not Yet Valid',
  'DNSKEY Missing',
  'RRSIGs Missing',
  'No Zone Key Bit Set',
  'NSEC Missing',
  'Cached Error',
  'Not Ready',
  'Blocked',
  'Censored',
  'Filtered',
  'Prohibited',
  'Stale NXDOMAIN Answer',
  'Not Authoritative',
  'Not Supported',
  'No Reachable Authority',
  'Network Error',
  'Invalid Data',
  'Signature Expired before Valid',
  'Too Early',
  'Unsupported NSEC3 Iterations Value',
  'Unable to conform to policy',
  'Synthesized',
  'Invalid Query Type',
];
