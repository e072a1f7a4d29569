/** Trust anchors: DS and DNSKEY records in presentation format, as in the files of dnssec-keygen, ldns-keygen and unbound-anchor. */
import { encodeName, nameKey } from '../dns/name.js';
import { type Dnskey, type Ds, parseDnskey, parseDs } from './records.js';

export interface TrustAnchor {
  /** See `dnssec-name.ts`. */
  zone: string;
  ds: readonly Ds[];
  keys: readonly Dnskey[];
}

/**
 * Of the root zone: key signing keys 20326 (2017) and 38696 (2024), from https://data.iana.org/root-anchors/root-anchors.xml.
 */
export const ROOT_ANCHORS: readonly string[] = [
  '. IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D',
  '. IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16',
];

export type ParsedAnchors =
  | { ok: true; value: { anchors: TrustAnchor[]; records: string[] } }
  | { ok: false; refusal: string; line: number };

/** RFC 1035 section 2.3.4 bounds a record to 64 KB; keys are a few hundred octets. */
const MAXIMUM_DATA_CHARACTERS = 100_000;

/**
 * Reads trust anchors. A record is one line, or goes on over several between parentheses; `;` begins a comment; owner, then time to live and
 * class in any order or not at all, then `DS` or `DNSKEY` and its data. `records` are the same, one line each.
 */
export function parseTrustAnchors(text: string): ParsedAnchors {
  const anchors = new Map<string, { ds: Ds[]; keys: Dnskey[] }>();
  const records: string[] = [];
  let words: string[] = [];
  let open = false;
  let started = 1;
  const lines = text.split(/\r\n|\n|\r/);
  for (const [index, line] of lines.entries()) {
    if (!open) started = index + 1;
    for (const word of line.replace(/;.*$/, '').match(/[()]|[^\s()]+/g) ?? []) {
      if (word === '(' || word === ')') {
        if (open === (word === '(')) return { ok: false, refusal: 'a parenthesis is out of place', line: index + 1 };
        open = word === '(';
      } else words.push(word);
    }
    if (open || words.length === 0) continue;
    const record = readRecord(words);
    if (typeof record === 'string') return { ok: false, refusal: record, line: started };
    const anchor = anchors.get(record.zone) ?? { ds: [], keys: [] };
    anchors.set(record.zone, anchor);
    if (record.ds !== null) anchor.ds.push(record.ds);
    if (record.key !== null) anchor.keys.push(record.key);
    records.push(words.join(' '));
    words = [];
  }
  if (open) return { ok: false, refusal: 'a parenthesis is not closed', line: started };
  if (records.length === 0) return { ok: false, refusal: 'there is no DS or DNSKEY record in it', line: lines.length };
  return { ok: true, value: { anchors: [...anchors].map(([zone, { ds, keys }]) => ({ zone, ds, keys })), records } };
}

/** The record that the words make, or why they make none. */
function readRecord(words: readonly string[]): { zone: string; ds: Ds | null; key: Dnskey | null } | string {
  const [owner = '', ...rest] = words;
  const name = encodeName(owner);
  if (!name.ok) return `${name.refusal}; a line is OWNER [TTL] [IN] DS or DNSKEY and its data`;
  while (/^(?:\d+[smhdw]?|IN)$/i.test(rest[0] ?? '')) rest.shift();
  const [type = '', ...data] = rest;
  const [first = '', second = '', third = '', ...encoded] = data;
  const numbers = [first, second, third].map((word) => (/^\d{1,5}$/.test(word) ? Number(word) : Number.NaN));
  const [high = Number.NaN, middle = Number.NaN, low = Number.NaN] = numbers;
  const joined = encoded.join('');
  if (joined.length > MAXIMUM_DATA_CHARACTERS) return 'the record is too long';
  const zone = nameKey(owner);
  const valid = high <= 0xffff && middle <= 0xff && low <= 0xff;
  switch (type.toUpperCase()) {
    case 'DS': {
      if (!valid || !/^(?:[0-9a-f]{2})+$/i.test(joined))
        return 'DS needs key tag, algorithm, digest type and the digest in hexadecimal digits';
      const ds = parseDs(Uint8Array.from([high >> 8, high & 0xff, middle, low, ...Buffer.from(joined, 'hex')]));
      const bytes = DIGEST_BYTES[low];
      if (bytes !== undefined && joined.length !== bytes * 2) return `the digest has ${joined.length / 2} octets, not ${bytes}`;
      return ds.ok ? { zone, ds: ds.value, key: null } : ds.refusal;
    }
    case 'DNSKEY': {
      if (!valid || !/^[0-9a-z+/]+={0,2}$/i.test(joined)) return 'DNSKEY needs flags, protocol, algorithm and the key in base64';
      const key = parseDnskey(Uint8Array.from([high >> 8, high & 0xff, middle, low, ...Buffer.from(joined, 'base64')]));
      if (!key.ok) return key.refusal;
      if (!key.value.zoneKey || key.value.protocol !== 3) return 'it is no key of a zone: flags must be 256 or 257 and the protocol 3';
      if (key.value.revoked) return 'the key is revoked';
      return { zone, ds: null, key: key.value };
    }
    default:
      return `${/^[\w-]{1,20}$/.test(type) ? type : 'that'} is no DS or DNSKEY record`;
  }
}

const DIGEST_BYTES: Readonly<Record<number, number>> = { 1: 20, 2: 32, 4: 48 };
