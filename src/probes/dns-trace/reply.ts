import type { DataOf } from '../../model/measurement.js';
import type { DnsMessage, DnsResourceRecord } from '../../wire/dns/dns.js';
import { nameKey } from '../../wire/dns/name.js';
import { isBelow, isWithin, ownerForm } from '../../wire/dns/tree.js';
import { dnsTypeName, dnsTypeNumber } from '../../wire/dns/type.js';

type Address = DataOf<'dns-trace'>['steps'][number]['servers'][number]['addresses'][number];
export type Lameness = NonNullable<Address['lame']>;

const CLASS_IN = 1;
/** Records of one answer that are looked at; servers may send thousands. */
const MAXIMUM_RECORDS = 256;
const MAXIMUM_ALIASES = 16;

export interface Referral {
  kind: 'referral';
  /** As the server wrote it, and as a key. */
  zone: string;
  zoneKey: string;
  /** Servers named, without the final dot. */
  servers: string[];
  /** Addresses of those servers that may be believed, by key of the name. */
  glue: Map<string, string[]>;
  ignoredRecords: number;
}

/** What a server said to a question that it should have answered or referred on, since it was named as a server of `zone`. */
export type Said =
  | Referral
  | { kind: 'answer'; records: DnsResourceRecord[]; apex: string | null }
  /** The chain leaves the zone, or its end is not in the message: `target` is to be asked for anew. */
  | { kind: 'alias'; records: DnsResourceRecord[]; target: string }
  | { kind: 'no-data' | 'no-name'; records: DnsResourceRecord[]; apex: string | null }
  | { kind: 'lame'; lame: Lameness; detail: string };

/**
 * What a message says about `name` where it comes from a server of `zone`. Only what lies within that zone is taken from it (RFC 2181 section
 * 5.4.1): a server of `example` that speaks of `bank.test` is not listened to.
 */
export function readReply(message: DnsMessage, question: { zone: string; name: string; type: string }): Said {
  const [zone, name] = [nameKey(question.zone), nameKey(question.name)];
  const { rcode, flags } = message;
  if (rcode === 'REFUSED' || rcode === 'NOTAUTH') return lame('refused', rcode);
  if (rcode === 'SERVFAIL') return lame('servfail', rcode);
  if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') return lame('error', rcode);

  const chain = followChain(message.answers, name, zone, question.type);
  const referral = chain.records.length === 0 && !flags.aa && rcode === 'NOERROR' ? readReferral(message, zone, name) : null;
  if (referral !== null) return referral;
  if (!flags.aa) return lame('not-authoritative', `${rcode} without authority (AA is not set)`);
  if (chain.target !== null) return { kind: 'alias', records: chain.records, target: chain.target };
  const apex = apexOf(message, zone, nameKey(chain.last));
  if (chain.complete) return { kind: 'answer', records: chain.records, apex };
  return { kind: rcode === 'NXDOMAIN' ? 'no-name' : 'no-data', records: chain.records, apex };
}

function lame(kind: Lameness, detail: string): Said {
  return { kind: 'lame', lame: kind, detail };
}

interface Chain {
  records: DnsResourceRecord[];
  /** The name at which the chain stands. */
  last: string;
  /** Whether the records asked for are there. */
  complete: boolean;
  /** Where to go on, outside the message. */
  target: string | null;
}

/** Follows CNAME and DNAME (RFC 6672) as far as the message has them and the zone reaches. */
function followChain(answers: readonly DnsResourceRecord[], name: string, zone: string, type: string): Chain {
  const looked = answers.slice(0, MAXIMUM_RECORDS).filter((record) => record.class === CLASS_IN);
  const wanted = dnsTypeNumber(type);
  const typeName = wanted === null ? type : dnsTypeName(wanted);
  const records: DnsResourceRecord[] = [];
  let last = name;
  for (let followed = 0; followed <= MAXIMUM_ALIASES; followed++) {
    const own = looked.filter((record) => nameKey(record.name) === last);
    const found = own.filter((record) => (typeName === 'ANY' ? record.type !== 'RRSIG' : record.type === typeName));
    if (found.length > 0) return { records: [...records, ...found], last, complete: true, target: null };
    const alias = own.find((record) => record.type === 'CNAME');
    const redirect = looked.find(
      (record) => record.type === 'DNAME' && isBelow(last, nameKey(record.name)) && isWithin(nameKey(record.name), zone),
    );
    if (redirect !== undefined && !records.includes(redirect)) records.push(redirect);
    if (alias !== undefined) records.push(alias);
    const target = alias === undefined ? (redirect === undefined ? null : substituted(last, redirect)) : ownerForm(alias.data);
    if (target === null) break;
    const key = nameKey(target);
    const goesOn = isWithin(key, zone) && looked.some((record) => nameKey(record.name) === key);
    if (!goesOn) return { records, last: target, complete: false, target };
    last = key;
  }
  return { records, last, complete: false, target: records.some((record) => record.type === 'CNAME') ? last : null };
}

/** The name with the owner of the DNAME at its end replaced (RFC 6672 section 2.2). */
function substituted(key: string, redirect: DnsResourceRecord): string {
  const prefix = key.slice(0, -nameKey(redirect.name).length);
  const target = ownerForm(redirect.data);
  return target === '.' ? prefix.replace(/\.$/, '') : `${prefix}${target}`;
}

/** A referral: no answer, and in the authority section the servers of a zone between `zone` and the name. `null` where it is none. */
function readReferral(message: DnsMessage, zone: string, name: string): Said | null {
  const looked = message.authorities.slice(0, MAXIMUM_RECORDS).filter((record) => record.class === CLASS_IN && record.type === 'NS');
  const [first] = looked;
  if (first === undefined) return null;
  const child = nameKey(first.name);
  if (child === zone) return lame('not-authoritative', 'it refers to the servers of this zone, itself among them or not');
  if (isBelow(zone, child)) return lame('upward-referral', `it refers upwards, to ${child === '.' ? 'the root' : child}`);
  if (!isBelow(child, zone) || !isWithin(name, child)) return lame('not-authoritative', `it refers elsewhere, to ${child}`);
  const servers = [...new Set(looked.filter((record) => nameKey(record.name) === child).map((record) => ownerForm(record.data)))];
  return { kind: 'referral', zone: first.name, zoneKey: child, servers, ...readGlue(message, servers, zone) };
}

/**
 * The addresses beside a delegation that may be believed: of servers that it names, where they lie within the zone that delegates (RFC 8499,
 * "in-bailiwick"). The rest could have been put there by anybody, and is counted.
 */
export function readGlue(
  message: Pick<DnsMessage, 'additionals'>,
  servers: readonly string[],
  zone: string,
): { glue: Map<string, string[]>; ignoredRecords: number } {
  const named = new Set(servers.map(nameKey));
  const glue = new Map<string, string[]>();
  let ignoredRecords = 0;
  for (const record of message.additionals.slice(0, MAXIMUM_RECORDS)) {
    if (record.type !== 'A' && record.type !== 'AAAA') continue;
    const key = nameKey(record.name);
    if (record.class !== CLASS_IN || !named.has(key) || !isWithin(key, zone)) {
      ignoredRecords++;
      continue;
    }
    const known = glue.get(key) ?? [];
    if (!known.includes(record.data) && known.length < 16) glue.set(key, [...known, record.data]);
  }
  return { glue, ignoredRecords };
}

/** Where the zone of an authoritative answer begins, by the SOA or NS records beside it; `null` where it does not say. */
function apexOf(message: DnsMessage, zone: string, name: string): string | null {
  const record = message.authorities.find(
    ({ type, name: owner }) => (type === 'SOA' || type === 'NS') && isWithin(nameKey(owner), zone) && isWithin(name, nameKey(owner)),
  );
  return record === undefined ? null : nameKey(record.name);
}

/** Owner and serial of the SOA record in a message; `null` where there is none for `name` or what is above it. */
export function readStartOfAuthority(message: DnsMessage, name: string): { zone: string; serial: number | null } | null {
  const key = nameKey(name);
  const record = [...message.answers, ...message.authorities].find(
    ({ type, name: owner }) => type === 'SOA' && isWithin(key, nameKey(owner)),
  );
  if (record === undefined || !message.flags.aa) return null;
  const serial = Number(/^\S+ \S+ (\d{1,10}) /.exec(record.data)?.[1] ?? Number.NaN);
  return { zone: nameKey(record.name), serial: Number.isSafeInteger(serial) ? serial : null };
}

/** The servers that a zone names for itself: an authoritative NS record set of `zone`. `null` where the message has none. */
export function readNameServers(message: DnsMessage, zone: string): string[] | null {
  if (!message.flags.aa || message.rcode !== 'NOERROR') return null;
  const own = message.answers.slice(0, MAXIMUM_RECORDS).filter((record) => record.type === 'NS' && nameKey(record.name) === nameKey(zone));
  return own.length === 0 ? null : [...new Set(own.map((record) => nameKey(record.data)))].sort();
}

/** `keyTag algorithm digestType` of the DS records of `zone`; `null` where the message does not say. */
export function readDelegationSigners(message: DnsMessage, zone: string): string[] | null {
  if (message.rcode !== 'NOERROR' || !message.flags.aa) return null;
  const own = message.answers.slice(0, MAXIMUM_RECORDS).filter((record) => record.type === 'DS' && nameKey(record.name) === nameKey(zone));
  return own.map((record) => record.data.split(' ').slice(0, 3).join(' '));
}

/** `TYPE data` of each record, sorted, without times to live: by it the answers of two servers are compared. */
export function contentOf(records: readonly DnsResourceRecord[]): string[] {
  return records
    .map(({ type, data }) => `${type} ${data}`)
    .sort()
    .slice(0, 32);
}
