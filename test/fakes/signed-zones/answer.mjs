// Answers from signed zones as their servers and a resolver that does not validate would give them together: of all zones at once, aliases
// followed across them.

import { createHash } from 'node:crypto';
import { base32hex, compare, decodeName, encodeName, join, labels, parent, TYPES, within } from './records.mjs';

const MAXIMUM_ALIASES = 8;
const NXDOMAIN = 3;
const SERVFAIL = 2;

/** @typedef {import('./records.mjs').ZoneRecord} ZoneRecord */

/** A zone made ready for questions. `twist` may change an answer before it goes out. */
export class ServedZone {
  constructor(name, records, twist = null) {
    this.name = name;
    this.records = records;
    this.twist = twist;
    this.names = new Set();
    for (const record of records) {
      if (record.type === TYPES.NSEC3 || record.covered === TYPES.NSEC3) continue;
      // Empty non-terminals are names too.
      for (let owner = record.name; within(owner, name); owner = parent(owner)) {
        this.names.add(owner);
        if (owner === name || owner === '.') break;
      }
    }
    this.nsec = records.filter(({ type }) => type === TYPES.NSEC);
    this.nsec3 = records.filter(({ type }) => type === TYPES.NSEC3);
  }

  /** Records of a type with their signatures. */
  set(name, type) {
    return this.records.filter((record) => record.name === name && (record.type === type || record.covered === type));
  }

  has(name, type) {
    return this.records.some((record) => record.name === name && record.type === type);
  }

  soa() {
    return this.set(this.name, TYPES.SOA);
  }

  closestEncloser(name) {
    let encloser = name;
    while (!this.names.has(encloser) && encloser !== this.name) encloser = parent(encloser);
    return encloser;
  }

  /** Those that say that a name is not there, or what there is at it. */
  denyName(name) {
    if (this.nsec3.length > 0) return this.#nsec3Of(name);
    const exact = this.nsec.find((record) => record.name === name);
    if (exact !== undefined) return this.set(name, TYPES.NSEC);
    const before = this.nsec.filter((record) => compare(record.name, name) < 0).sort((one, other) => compare(other.name, one.name))[0];
    return before === undefined ? [] : this.set(before.name, TYPES.NSEC);
  }

  #hash(name) {
    const [{ rdata }] = this.nsec3;
    let hash = encodeName(name);
    for (let round = 0; round <= rdata.readUInt16BE(2); round++) {
      hash = createHash('sha1')
        .update(hash)
        .update(rdata.subarray(5, 5 + rdata[4]))
        .digest();
    }
    return hash;
  }

  #nsec3Of(name) {
    const hash = this.#hash(name);
    const sorted = this.nsec3
      .map((record) => ({ record, hash: base32hex(labels(record.name)[0]) }))
      .sort((one, other) => Buffer.compare(one.hash, other.hash));
    const found = sorted.findLast((entry) => Buffer.compare(entry.hash, hash) <= 0) ?? sorted.at(-1);
    return this.set(found.record.name, TYPES.NSEC3);
  }

  /** For a name that is there. One that opt-out left without an NSEC3 record is denied by those around it (RFC 5155 section 7.2.4). */
  denyType(name) {
    const own = this.denyName(name);
    if (this.nsec3.length === 0) return own;
    const matches = (candidate) => this.nsec3.some((record) => base32hex(labels(record.name)[0]).equals(this.#hash(candidate)));
    if (matches(name)) return own;
    let nextCloser = name;
    while (!matches(parent(nextCloser))) nextCloser = parent(nextCloser);
    return [...this.denyName(parent(nextCloser)), ...this.denyName(nextCloser)];
  }

  denyWithEncloser(name, alsoWildcard) {
    const encloser = this.closestEncloser(name);
    const nextCloser = join(labels(name).slice(-(labels(encloser).length + 1)));
    if (this.nsec3.length === 0)
      return [...this.denyName(name), ...(alsoWildcard ? this.denyName(`*.${encloser === '.' ? '' : encloser}`) : [])];
    const parts = [encloser, nextCloser, ...(alsoWildcard ? [`*.${encloser === '.' ? '' : encloser}`] : [])];
    return parts.flatMap((part) => this.denyName(part));
  }
}

/** @param {ReadonlyMap<string, ServedZone>} zones */
export function answerFrom(zones, question) {
  const reply = { rcode: 0, answers: [], authorities: [] };
  let { name } = question;
  for (let aliases = 0; aliases < MAXIMUM_ALIASES; aliases++) {
    const zone = zoneFor(zones, name, question.type);
    if (zone === null) return { ...reply, rcode: SERVFAIL };
    const part = answerIn(zone, name, question.type);
    const twisted = zone.twist === null ? part : zone.twist({ ...part, name, type: question.type, zone });
    reply.answers.push(...twisted.answers);
    reply.authorities = unique([...reply.authorities, ...twisted.authorities]);
    reply.rcode = twisted.rcode;
    if (twisted.alias === null) return reply;
    name = twisted.alias;
  }
  return reply;
}

function unique(records) {
  return [...new Set(records)];
}

/** The deepest zone that holds the name; a DS record is held by the zone above. */
function zoneFor(zones, name, type) {
  let apex = type === TYPES.DS && name !== '.' ? parent(name) : name;
  for (;;) {
    const zone = zones.get(apex);
    if (zone !== undefined) return zone;
    if (apex === '.') return null;
    apex = parent(apex);
  }
}

function answerIn(zone, name, type) {
  const positive = (answers, authorities = [], alias = null) => ({ rcode: 0, answers, authorities, alias });
  const negative = (rcode, denials) => ({ rcode, answers: [], authorities: unique([...zone.soa(), ...denials]), alias: null });
  const dname = zone.records.find((record) => record.type === TYPES.DNAME && record.name !== name && within(name, record.name));
  if (dname !== undefined) {
    const target = decodeName(dname.rdata).name;
    const made = join([...labels(name).slice(0, labels(name).length - labels(dname.name).length), ...labels(target)]);
    const cname = { name, type: TYPES.CNAME, ttl: dname.ttl, rdata: encodeName(made) };
    return positive([...zone.set(dname.name, TYPES.DNAME), cname], [], made);
  }
  const find = (owner) => {
    if (zone.has(owner, type)) return { set: zone.set(owner, type), alias: null };
    if (type === TYPES.CNAME || !zone.has(owner, TYPES.CNAME)) return null;
    const set = zone.set(owner, TYPES.CNAME);
    return { set, alias: decodeName(set.find((record) => record.type === TYPES.CNAME).rdata).name.toLowerCase() };
  };
  if (zone.names.has(name)) {
    const found = find(name);
    return found === null ? negative(0, zone.denyType(name)) : positive(found.set, [], found.alias);
  }
  const encloser = zone.closestEncloser(name);
  const wildcard = `*.${encloser === '.' ? '' : encloser}`;
  if (!zone.names.has(wildcard)) return negative(NXDOMAIN, zone.denyWithEncloser(name, true));
  const found = find(wildcard);
  if (found === null) return negative(0, unique([...zone.denyWithEncloser(name, false), ...zone.denyName(wildcard)]));
  const expanded = found.set.map((record) => ({ ...record, name }));
  const nextCloser = join(labels(name).slice(-(labels(encloser).length + 1)));
  return positive(expanded, zone.denyName(zone.nsec3.length > 0 ? nextCloser : name), found.alias);
}
