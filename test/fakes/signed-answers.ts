import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { DnsMessage, DnsResourceRecord } from '../../src/wire/dns/dns.js';
import { dnsTypeName } from '../../src/wire/dns/type.js';
import { signedBytes, signedLabelCount } from '../../src/wire/dnssec/canonical.js';
import { keyDigest } from '../../src/wire/dnssec/crypto.js';
import { canonicalWire } from '../../src/wire/dnssec/name.js';
import { parseDnskey, parseRrsig } from '../../src/wire/dnssec/records.js';

export const NOW = 1_800_000_000;
const ED25519 = 15;

export interface ZoneKey {
  zone: string;
  rdata: Uint8Array;
  keyTag: number;
  privateKey: KeyObject;
}

export function zoneKey(zone: string): ZoneKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const rdata = Uint8Array.from([1, 1, 3, ED25519, ...Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')]);
  const key = parseDnskey(rdata);
  if (!key.ok) throw new Error(key.refusal);
  return { zone, rdata, keyTag: key.value.keyTag, privateKey };
}

export function record(name: string, type: number, rdata: Uint8Array | readonly number[]): DnsResourceRecord {
  return { name, type: dnsTypeName(type), typeNumber: type, class: 1, ttl: 300, data: '', rdata: Uint8Array.from(rdata) };
}

/** The records with the signature of a key over them. */
export function signed(
  key: ZoneKey,
  records: readonly DnsResourceRecord[],
  times = { inception: NOW - 3600, expiration: NOW + 3600 },
): DnsResourceRecord[] {
  const [first] = records;
  if (first === undefined) throw new Error('nothing to sign');
  const head = Buffer.alloc(18);
  head.writeUInt16BE(first.typeNumber, 0);
  head.writeUInt8(ED25519, 2);
  head.writeUInt8(signedLabelCount(first.name), 3);
  head.writeUInt32BE(300, 4);
  head.writeUInt32BE(times.expiration, 8);
  head.writeUInt32BE(times.inception, 12);
  head.writeUInt16BE(key.keyTag, 16);
  const unsigned = Buffer.concat([head, canonicalWire(key.zone)]);
  const rrsig = parseRrsig(Buffer.concat([unsigned, Buffer.alloc(64)]));
  if (!rrsig.ok) throw new Error(rrsig.refusal);
  const bytes = signedBytes(rrsig.value, { owner: first.name, type: first.typeNumber, class: 1, data: records.map(({ rdata }) => rdata) });
  return [...records, record(first.name, 46, Buffer.concat([unsigned, sign(null, bytes, key.privateKey)]))];
}

export function dsOf(key: ZoneKey): DnsResourceRecord {
  const digest = keyDigest(key.zone, key.rdata, 2) ?? new Uint8Array();
  return record(key.zone, 43, [key.keyTag >> 8, key.keyTag & 0xff, ED25519, 2, ...digest]);
}

/** A DS record as a line of a trust anchor file. */
export function anchorOf(key: ZoneKey): string {
  return `${key.zone} IN DS ${key.keyTag} ${ED25519} 2 ${Buffer.from(keyDigest(key.zone, key.rdata, 2) ?? []).toString('hex')}`;
}

export function answer(
  answers: readonly DnsResourceRecord[],
  authorities: readonly DnsResourceRecord[] = [],
  rcode = 'NOERROR',
): DnsMessage {
  const flags = { aa: false, tc: false, rd: true, ra: true, ad: false, cd: true };
  return {
    id: 1,
    response: true,
    rcode,
    flags,
    question: null,
    answers: [...answers],
    authorities: [...authorities],
    additionals: [],
    edns: null,
  };
}
