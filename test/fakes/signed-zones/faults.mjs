// What the cases are made of: questions with what must come of them, and ways to break a zone.

import { TYPES } from './records.mjs';

export const DAY = 86_400;
export const WWW = ['www', 'A', '192.0.2.1'];
export const PLAIN = { salt: 'AABBCCDD', iterations: 0 };

/** @typedef {{ name: string, type: string, verdict: 'secure' | 'insecure' | 'bogus', reason: string | null, zone?: string }} Question */
/**
 * @typedef {object} Case
 * @property {string} label first label of the zone below `test.`
 * @property {string} fault in words
 * @property {Record<string, unknown>} [algorithm]
 * @property {Question[]} questions names relative to the zone, unless they end in a dot
 */

export const secure = (name, type = 'A') => ({ name, type, verdict: 'secure', reason: null });
export const insecure = (name, reason, type = 'A') => ({ name, type, verdict: 'insecure', reason });
export const bogus = (name, reason, type = 'A') => ({ name, type, verdict: 'bogus', reason });

/** Everything that a zone without a fault must answer. */
export const ALL_SECURE = [secure('www'), secure('www', 'AAAA'), secure('missing'), secure('', 'SOA')];

export const good = (label, fault, options = {}, questions = ALL_SECURE) => ({ label, fault, questions, ...options });

export const dropSignatures =
  (type, name = null) =>
  (records, zone) =>
    records.filter(
      (record) => !(record.type === TYPES.RRSIG && record.covered === type && (name === null || record.name === `${name}.${zone}`)),
    );

/** Flips bits of one octet, counted from the end where negative. */
export const flip =
  (at, bits = 1) =>
  (rdata) =>
    rdata.map((octet, index) => (index === (at < 0 ? rdata.length + at : at) ? octet ^ bits : octet));

/** Changes the data of the records that fit. */
export const alter = (name, type, change) => (records, zone) =>
  records.map((record) => {
    if (record.name !== (name === '' ? zone : `${name}.${zone}`) || record.type !== type) return record;
    return { ...record, rdata: change(record.rdata, record) };
  });

/** The signature over the records of a type. */
export const alterSignature = (name, covered, change) =>
  alter(name, TYPES.RRSIG, (rdata, record) => (record.covered === covered ? change(rdata) : rdata));

export const dropDenials = (part) => ({
  ...part,
  authorities: part.authorities.filter(({ type, covered }) => ![type, covered].some((one) => one === TYPES.NSEC || one === TYPES.NSEC3)),
});

/** An answer is taken away, and the denial of its own name, which does not deny it, put in its place. */
export const takeAway = (part) =>
  part.answers.length === 0 || part.alias !== null || part.type !== TYPES.A
    ? part
    : { ...part, answers: [], authorities: [...part.zone.soa(), ...part.zone.denyName(part.name)] };
