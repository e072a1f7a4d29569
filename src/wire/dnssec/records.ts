/** The data of the records of DNSSEC (RFC 4034, RFC 5155): bytes in, values out. Names in them are in lower case, see `dnssec-name.ts`. */
import { typesInBitmap } from '../dns/text.js';
import { type Parsed, parsed, refused } from '../parsed.js';
import { readWireName } from './name.js';

export const TYPE = { NS: 2, CNAME: 5, SOA: 6, DNAME: 39, DS: 43, RRSIG: 46, NSEC: 47, DNSKEY: 48, NSEC3: 50, ANY: 255 } as const;

const FLAG_ZONE = 0x0100;
const FLAG_REVOKE = 0x0080;
const FLAG_SECURE_ENTRY_POINT = 0x0001;
const FLAG_OPT_OUT = 0x01;
const RRSIG_HEAD_BYTES = 18;

export interface Rrsig {
  typeCovered: number;
  algorithm: number;
  /** Labels of the owner for which it was made, without the root and without a leading `*`. */
  labels: number;
  originalTtl: number;
  /** Seconds since 1970 modulo 2^32. */
  expiration: number;
  inception: number;
  keyTag: number;
  signer: string;
  signature: Uint8Array;
  /** What of its own data the signature covers: all but the signature. */
  head: Uint8Array;
}

export interface Dnskey {
  flags: number;
  protocol: number;
  algorithm: number;
  publicKey: Uint8Array;
  /** May sign the records of a zone. */
  zoneKey: boolean;
  /** Taken back by its owner (RFC 5011). */
  revoked: boolean;
  secureEntryPoint: boolean;
  keyTag: number;
  rdata: Uint8Array;
}

export interface Ds {
  keyTag: number;
  algorithm: number;
  digestType: number;
  digest: Uint8Array;
}

export interface Nsec {
  next: string;
  types: ReadonlySet<number>;
}

export interface Nsec3 {
  hashAlgorithm: number;
  flags: number;
  optOut: boolean;
  iterations: number;
  salt: Uint8Array;
  nextHash: Uint8Array;
  types: ReadonlySet<number>;
}

export function parseRrsig(rdata: Uint8Array): Parsed<Rrsig> {
  if (rdata.length <= RRSIG_HEAD_BYTES) return refused('an RRSIG record is too short');
  const signer = readWireName(rdata, RRSIG_HEAD_BYTES);
  if (signer === null || signer.end >= rdata.length) return refused('an RRSIG record has no signer or no signature');
  const view = viewOf(rdata);
  const head = rdata.slice(0, signer.end);
  // RFC 4034 section 6.2, RFC 6840 section 5.1: the name of the signer is in lower case. Length octets are below `A`.
  for (let index = RRSIG_HEAD_BYTES; index < head.length; index++) {
    const octet = head[index] as number;
    if (octet >= 0x41 && octet <= 0x5a) head[index] = octet + 0x20;
  }
  return parsed({
    typeCovered: view.getUint16(0),
    algorithm: view.getUint8(2),
    labels: view.getUint8(3),
    originalTtl: view.getUint32(4),
    expiration: view.getUint32(8),
    inception: view.getUint32(12),
    keyTag: view.getUint16(16),
    signer: signer.name,
    signature: rdata.slice(signer.end),
    head,
  });
}

export function parseDnskey(rdata: Uint8Array): Parsed<Dnskey> {
  if (rdata.length <= 4) return refused('a DNSKEY record is too short');
  const view = viewOf(rdata);
  const flags = view.getUint16(0);
  return parsed({
    flags,
    protocol: view.getUint8(2),
    algorithm: view.getUint8(3),
    publicKey: rdata.slice(4),
    zoneKey: (flags & FLAG_ZONE) !== 0,
    revoked: (flags & FLAG_REVOKE) !== 0,
    secureEntryPoint: (flags & FLAG_SECURE_ENTRY_POINT) !== 0,
    keyTag: keyTagOf(rdata),
    rdata: rdata.slice(),
  });
}

/** The key tag of the data of a DNSKEY record (RFC 4034 appendix B; B.1 for algorithm 1). */
export function keyTagOf(rdata: Uint8Array): number {
  if (rdata[3] === 1) return rdata.length < 7 ? 0 : ((rdata[rdata.length - 3] as number) << 8) | (rdata[rdata.length - 2] as number);
  let sum = 0;
  for (const [index, octet] of rdata.entries()) sum += index % 2 === 0 ? octet << 8 : octet;
  return (sum + Math.floor(sum / 0x10000)) & 0xffff;
}

/** The same key as if it had not been revoked: it is that form of which the DS record was made. */
export function withoutRevocation(key: Dnskey): Uint8Array {
  const rdata = key.rdata.slice();
  rdata[1] = (rdata[1] as number) & ~FLAG_REVOKE;
  return rdata;
}

export function parseDs(rdata: Uint8Array): Parsed<Ds> {
  if (rdata.length <= 4) return refused('a DS record is too short');
  const view = viewOf(rdata);
  return parsed({ keyTag: view.getUint16(0), algorithm: view.getUint8(2), digestType: view.getUint8(3), digest: rdata.slice(4) });
}

export function parseNsec(rdata: Uint8Array): Parsed<Nsec> {
  const next = readWireName(rdata, 0);
  if (next === null) return refused('an NSEC record has no next name');
  const types = readTypes(rdata, next.end);
  return types === null ? refused('an NSEC record has a broken list of types') : parsed({ next: next.name, types });
}

export function parseNsec3(rdata: Uint8Array): Parsed<Nsec3> {
  const view = viewOf(rdata);
  const saltEnd = 5 + (rdata[4] ?? 0);
  const hashEnd = saltEnd + 1 + (rdata[saltEnd] ?? 0);
  if (rdata.length < 6 || hashEnd > rdata.length || hashEnd === saltEnd + 1) return refused('an NSEC3 record is too short');
  const types = readTypes(rdata, hashEnd);
  if (types === null) return refused('an NSEC3 record has a broken list of types');
  return parsed({
    hashAlgorithm: view.getUint8(0),
    flags: view.getUint8(1),
    optOut: (view.getUint8(1) & FLAG_OPT_OUT) !== 0,
    iterations: view.getUint16(2),
    salt: rdata.slice(5, saltEnd),
    nextHash: rdata.slice(saltEnd + 1, hashEnd),
    types,
  });
}

function readTypes(bytes: Uint8Array, start: number): Set<number> | null {
  const types = typesInBitmap(bytes.subarray(start));
  return types === null ? null : new Set(types);
}

const BASE32HEX = '0123456789abcdefghijklmnopqrstuv';

/** The hash in the first label of the owner of an NSEC3 record (RFC 5155 section 1.3, base32hex without padding); `null` where it is none. */
export function parseHashLabel(label: string): Uint8Array | null {
  if (label.length > 63 || !/^[0-9a-v]+$/i.test(label)) return null;
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const character of label.toLowerCase()) {
    value = ((value << 5) | BASE32HEX.indexOf(character)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
