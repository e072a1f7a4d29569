/** Denial by NSEC records (RFC 4034 section 4, RFC 4035 section 5.4, RFC 6840 section 4). */
import { ancestorOf, commonLabels, compareNames, isBelow, isWithin, wildcardOf } from './name.js';
import { type Cut, notProved, PROVED, type Proof } from './proof.js';
import { type Nsec, TYPE } from './records.js';

export interface NsecRecord extends Nsec {
  owner: string;
}

/** The record stands above a zone cut, on the side of the parent. */
function isDelegation({ types }: Nsec): boolean {
  return types.has(TYPE.NS) && !types.has(TYPE.SOA);
}

/** RFC 6840 section 4.1: what lies below a delegation or a DNAME is not denied by the record at it. */
function mayDeny(record: NsecRecord, name: string): boolean {
  return !(isBelow(name, record.owner) && (isDelegation(record) || record.types.has(TYPE.DNAME)));
}

/** Whether the name lies between owner and next name. The last record of a zone leads back to its apex. */
function covers(record: NsecRecord, name: string): boolean {
  if (compareNames(record.owner, name) >= 0 || !mayDeny(record, name)) return false;
  return compareNames(record.owner, record.next) >= 0 ? isWithin(name, record.next) : compareNames(name, record.next) < 0;
}

/** The longest ancestor of the name that exists by this record: one of its two names is at or below it. */
function closestEncloser(record: NsecRecord, name: string): string {
  return ancestorOf(name, Math.max(commonLabels(name, record.owner), commonLabels(name, record.next)));
}

/** The record that says that the name itself is not there. A name that has others below it is there, though it has no record. */
function denierOf(name: string, records: readonly NsecRecord[]): NsecRecord | null {
  return records.find((record) => covers(record, name) && !isBelow(record.next, name)) ?? null;
}

export function proveNonexistent(name: string, records: readonly NsecRecord[]): Proof {
  const denier = denierOf(name, records);
  if (denier === null) return notProved(`no NSEC record covers ${name}`);
  const wildcard = wildcardOf(closestEncloser(denier, name));
  if (records.some((record) => covers(record, wildcard))) return PROVED;
  return notProved(`no NSEC record says that there is no ${wildcard}`);
}

/** Why the types of the record do not deny this one at its owner; `null`: they do. ANY, which stands in no list, is every type but its own two. */
function lacks(record: NsecRecord, type: number): string | null {
  if (record.types.has(type)) return 'it lists that type';
  if (type === TYPE.ANY && [...record.types].some((other) => other !== TYPE.RRSIG && other !== TYPE.NSEC)) return 'it lists others';
  if (record.types.has(TYPE.CNAME)) return 'it lists an alias';
  if (type === TYPE.DS) return record.types.has(TYPE.SOA) && record.owner !== '.' ? 'it is of the zone below the cut' : null;
  return isDelegation(record) ? 'it is of the zone above the cut' : null;
}

export function proveNoData(name: string, type: number, records: readonly NsecRecord[]): Proof {
  const own = records.filter((record) => record.owner === name);
  const problems = own.map((record) => lacks(record, type));
  if (problems.includes(null)) return PROVED;
  if (own.length > 0) return notProved(`the NSEC record of ${name} does not deny the type: ${problems[0]}`);
  // An empty non-terminal: the next name lies below it.
  if (records.some((record) => covers(record, name) && isBelow(record.next, name))) return PROVED;
  const denier = denierOf(name, records);
  if (denier === null) return notProved(`no NSEC record is of ${name} or covers it`);
  const wildcard = wildcardOf(closestEncloser(denier, name));
  if (records.some((record) => record.owner === wildcard && lacks(record, type) === null)) return PROVED;
  return notProved(`no NSEC record says that ${wildcard} lacks the type`);
}

export function proveNothingCloser(name: string, encloser: string, records: readonly NsecRecord[]): Proof {
  if (records.some((record) => covers(record, name) && !isBelow(record.next, name) && closestEncloser(record, name) === encloser))
    return PROVED;
  return notProved(`no NSEC record says that nothing is closer to ${name} than ${wildcardOf(encloser)}`);
}

export function cutAt(name: string, records: readonly NsecRecord[]): Cut {
  const own = records.find((record) => record.owner === name);
  if (own !== undefined) {
    if (own.types.has(TYPE.DS)) return notProved(`the NSEC record of ${name} lists DS`);
    if (own.types.has(TYPE.SOA)) return notProved(`the NSEC record of ${name} is of the zone below the cut`);
    if (!own.types.has(TYPE.NS)) return { kind: 'none' };
    return { kind: 'unsigned', reason: 'no-ds', detail: `the NSEC record of ${name} says that it is delegated without DS` };
  }
  const covering = records.find((record) => covers(record, name));
  if (covering === undefined) return notProved(`no NSEC record is of ${name} or covers it`);
  return isBelow(covering.next, name) ? { kind: 'none' } : { kind: 'nonexistent' };
}
