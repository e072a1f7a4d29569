import ipaddr from 'ipaddr.js';
import { absoluteName } from './dns-name.js';
import type { DnsReader } from './dns-reader.js';
import { dnsTypeNumber } from './dns-type.js';

const CLASS_IN = 1;

/** Each presents the data of one type, and reads to its end. Names in them may be compressed (RFC 1035, RFC 3597 section 4). */
const PRESENTERS = new Map<number, (data: DnsReader) => string>(
  Object.entries({
    A: (data: DnsReader) => [...data.bytes(4)].join('.'),
    AAAA: (data: DnsReader) => presentIpv6(data.bytes(16)),
    NS: presentNameOnly,
    CNAME: presentNameOnly,
    DNAME: presentNameOnly,
    PTR: presentNameOnly,
    MX: (data: DnsReader) => `${data.uint16()} ${absoluteName(data.name())}`,
    SRV: (data: DnsReader) => `${data.uint16()} ${data.uint16()} ${data.uint16()} ${absoluteName(data.name())}`,
    SOA: (data: DnsReader) =>
      [absoluteName(data.name()), absoluteName(data.name()), ...Array.from({ length: 5 }, () => data.uint32())].join(' '),
    TXT: presentStrings,
    SPF: presentStrings,
    CAA: (data: DnsReader) => `${data.uint8()} ${presentTag(data.characterString())} ${quoted(data.bytes(data.remaining))}`,
    DS: (data: DnsReader) => `${data.uint16()} ${data.uint8()} ${data.uint8()} ${hex(data.bytes(data.remaining))}`,
    DNSKEY: (data: DnsReader) => `${data.uint16()} ${data.uint8()} ${data.uint8()} ${base64(data.bytes(data.remaining))}`,
  }).map(([name, present]) => [dnsTypeNumber(name) as number, present]),
);

/**
 * The data of a record in presentation format, as `dig +nosplit` prints it; `data` holds just the data. A type or class that is not known
 * here is written by RFC 3597 section 5: `\# 4 C0000201`.
 *
 * @throws Malformed where the data is too short or too long for its type.
 */
export function presentData(type: number, recordClass: number, data: DnsReader): string {
  const present = recordClass === CLASS_IN ? PRESENTERS.get(type) : undefined;
  if (present === undefined) {
    const length = data.remaining;
    return length === 0 ? '\\# 0' : `\\# ${length} ${hex(data.bytes(length))}`;
  }
  const text = present(data);
  data.finish();
  return text;
}

function presentNameOnly(data: DnsReader): string {
  return absoluteName(data.name());
}

function presentIpv6(bytes: Uint8Array): string {
  const address = new ipaddr.IPv6([...bytes]);
  return address.isIPv4MappedAddress() ? `::ffff:${address.toIPv4Address().toString()}` : address.toString();
}

/** One or more character strings (RFC 1035 section 3.3.14). */
function presentStrings(data: DnsReader): string {
  const strings = [quoted(data.characterString())];
  while (data.remaining > 0) strings.push(quoted(data.characterString()));
  return strings.join(' ');
}

/** A character string between quotes: quote and backslash escaped, what is not printable ASCII as `\DDD` (RFC 1035 section 5.1). */
function quoted(bytes: Uint8Array): string {
  let text = '';
  for (const octet of bytes) {
    if (octet < 0x20 || octet >= 0x7f) text += `\\${String(octet).padStart(3, '0')}`;
    else text += octet === 0x22 || octet === 0x5c ? `\\${String.fromCharCode(octet)}` : String.fromCharCode(octet);
  }
  return `"${text}"`;
}

/** RFC 8659 section 4.1: letters and digits. What else came is escaped, as it must not reach a terminal. */
function presentTag(bytes: Uint8Array): string {
  const text = quoted(bytes);
  return /^"[A-Za-z0-9]+"$/.test(text) ? text.slice(1, -1) : text;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
