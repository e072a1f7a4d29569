import { FIELD_READERS, type FieldKind } from './rdata-fields.js';
import type { DnsReader } from './reader.js';
import { hexadecimal } from './text.js';
import { dnsTypeNumber } from './type.js';

const CLASS_IN = 1;

const DELEGATION_SIGNER = ['uint16', 'uint8', 'uint8', 'hex'] as const;
const PUBLIC_KEY = ['uint16', 'uint8', 'uint8', 'base64'] as const;
const SIGNATURE = ['type', 'uint8', 'uint8', 'uint32', 'time', 'time', 'uint16', 'name', 'base64'] as const;
const ASSOCIATION = ['uint8', 'uint8', 'uint8', 'hex'] as const;
const SERVICE_BINDING = ['uint16', 'name', 'parameters'] as const;

/**
 * What the data of each type is made of, in order: from it come both the presentation format and the wire form without compression. A type
 * that is not listed has no names in it that could be compressed (RFC 3597 section 4).
 */
const LAYOUTS: Readonly<Record<string, readonly FieldKind[]>> = {
  A: ['ipv4'],
  AAAA: ['ipv6'],
  NS: ['name'],
  MD: ['name'],
  MF: ['name'],
  CNAME: ['name'],
  DNAME: ['name'],
  PTR: ['name'],
  MB: ['name'],
  MG: ['name'],
  MR: ['name'],
  SOA: ['name', 'name', 'uint32', 'uint32', 'uint32', 'uint32', 'uint32'],
  MINFO: ['name', 'name'],
  RP: ['name', 'name'],
  MX: ['uint16', 'name'],
  AFSDB: ['uint16', 'name'],
  RT: ['uint16', 'name'],
  KX: ['uint16', 'name'],
  LP: ['uint16', 'name'],
  PX: ['uint16', 'name', 'name'],
  SRV: ['uint16', 'uint16', 'uint16', 'name'],
  NAPTR: ['uint16', 'uint16', 'string', 'string', 'string', 'name'],
  TXT: ['strings'],
  SPF: ['strings'],
  HINFO: ['string', 'string'],
  X25: ['string'],
  ISDN: ['strings'],
  GPOS: ['string', 'string', 'string'],
  NSAP: ['prefixed-hex'],
  APL: ['address-prefixes'],
  IPSECKEY: ['ipsec-key'],
  AMTRELAY: ['relay'],
  NID: ['uint16', 'node'],
  L32: ['uint16', 'ipv4'],
  L64: ['uint16', 'node'],
  CAA: ['uint8', 'tag', 'text'],
  URI: ['uint16', 'uint16', 'text'],
  LOC: ['location'],
  CERT: ['certificate-type', 'uint16', 'algorithm', 'base64'],
  OPENPGPKEY: ['base64'],
  DHCID: ['base64'],
  SSHFP: ['uint8', 'uint8', 'hex'],
  TLSA: ASSOCIATION,
  SMIMEA: ASSOCIATION,
  EUI48: ['eui48'],
  EUI64: ['eui64'],
  HIP: ['host-identity', 'names'],
  SVCB: SERVICE_BINDING,
  HTTPS: SERVICE_BINDING,
  DS: DELEGATION_SIGNER,
  CDS: DELEGATION_SIGNER,
  DLV: DELEGATION_SIGNER,
  DNSKEY: PUBLIC_KEY,
  CDNSKEY: PUBLIC_KEY,
  KEY: PUBLIC_KEY,
  RRSIG: SIGNATURE,
  SIG: SIGNATURE,
  NSEC: ['name', 'types'],
  NSEC3: ['uint8', 'uint8', 'uint16', 'salt', 'hash', 'types'],
  NSEC3PARAM: ['uint8', 'uint8', 'uint16', 'salt'],
  CSYNC: ['uint32', 'uint16', 'types'],
  ZONEMD: ['uint32', 'uint8', 'uint8', 'hex'],
};

/** Types that are defined for class IN alone (RFC 1035 section 3.4, RFC 3596, RFC 2782, RFC 2230, RFC 9460): elsewhere they mean nothing. */
const ONLY_IN_CLASS_IN: ReadonlySet<string> = new Set(['A', 'AAAA', 'SRV', 'KX', 'PX', 'NSAP', 'APL', 'DHCID', 'SVCB', 'HTTPS']);

interface Layout {
  fields: readonly FieldKind[];
  everyClass: boolean;
}

const BY_NUMBER = new Map<number, Layout>(
  Object.entries(LAYOUTS).map(([name, fields]) => [dnsTypeNumber(name) as number, { fields, everyClass: !ONLY_IN_CLASS_IN.has(name) }]),
);

/** Kinds whose octets in the message can be other than their wire form. */
const NAMES: ReadonlySet<FieldKind> = new Set(['name', 'names']);

export interface RecordData {
  /** As `dig +nosplit` prints it. A type or class that is not known here is written by RFC 3597 section 5: `\# 4 C0000201`. */
  text: string;
  /** The wire form, names in it without compression. A copy of its own. */
  wire: Uint8Array;
}

/**
 * Reads the data of a record; `data` holds just that.
 *
 * @throws Malformed where the data is too short or too long for its type, or not what the type asks for.
 */
export function decodeData(type: number, recordClass: number, data: DnsReader): RecordData {
  const layout = BY_NUMBER.get(type);
  const raw = data.rest();
  if (layout === undefined || !(layout.everyClass || recordClass === CLASS_IN)) {
    return { text: raw.length === 0 ? '\\# 0' : `\\# ${raw.length} ${hexadecimal(raw)}`, wire: raw };
  }
  const texts: string[] = [];
  const parts: Uint8Array[] = [];
  for (const kind of layout.fields) {
    const before = data.remaining;
    const { text, wire } = FIELD_READERS[kind](data);
    if (text !== '') texts.push(text);
    parts.push(wire ?? raw.subarray(raw.length - before, raw.length - data.remaining));
  }
  data.finish();
  const wire = layout.fields.some((kind) => NAMES.has(kind)) ? Uint8Array.from(Buffer.concat(parts)) : raw;
  return { text: texts.join(' '), wire };
}
