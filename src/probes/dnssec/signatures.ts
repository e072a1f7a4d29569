import { absoluteName } from '../../wire/dns/name.js';
import { signedBytes, signedLabelCount, wildcardSource } from '../../wire/dnssec/canonical.js';
import { algorithmName, isAlgorithmSupported, verifySignature } from '../../wire/dnssec/crypto.js';
import { isWithin, parentName } from '../../wire/dnssec/name.js';
import type { Dnskey, Rrsig } from '../../wire/dnssec/records.js';
import { bogus, type Finding, type Reason } from './finding.js';
import type { Evaluation } from './inquiry.js';
import type { RecordSet } from './record-sets.js';

/** A zone whose keys are known to be its own. */
export interface SecureZone {
  name: string;
  keys: readonly Dnskey[];
}

/** A verified set. `wildcardParent`: it was made from the wildcard below that name, so that nothing closer may exist. */
export interface VerifiedSet {
  kind: 'verified';
  wildcardParent: string | null;
  detail: string;
}

/** Signatures of one set that are looked at, and keys with the tag of one: honest zones have one or two of either. */
const MAXIMUM_SIGNATURES_OF_SET = 8;
const MAXIMUM_KEYS_OF_TAG = 4;

/** How far a signature got; the farthest says why the set does not hold. */
const STEPS: readonly Reason[] = [
  'signature-missing',
  'signer-wrong',
  'labels-wrong',
  'signature-expired',
  'signature-not-yet-valid',
  'signing-key-missing',
  'key-revoked',
  'signature-invalid',
  'work-limit',
];

interface Objection {
  reason: Reason;
  detail: string;
}

/** Checks a set against the keys of its zone (RFC 4035 section 5.3). One signature that holds is enough (RFC 6840 section 5.4). */
export function verifySet(set: RecordSet, zone: SecureZone, evaluation: Evaluation): VerifiedSet | { kind: 'failed'; finding: Finding } {
  const name = `${set.typeName} ${absoluteName(set.owner)}`;
  let worst: Objection = {
    reason: 'signature-missing',
    detail: `${name} has no signature, though zone ${absoluteName(zone.name)} is signed`,
  };
  for (const { record, rrsig } of set.signatures.slice(0, MAXIMUM_SIGNATURES_OF_SET)) {
    const objection =
      objectionTo(set, rrsig, zone, evaluation.nowSeconds) ??
      checkKeys(set, rrsig, zone, (key) => {
        const checked = evaluation.known.checked.get(record) ?? new Map<string, boolean>();
        evaluation.known.checked.set(record, checked);
        // Every way that a key can differ is in its data.
        const id = Buffer.from(key.rdata).toString('base64');
        if (evaluation.signaturesLeft <= 0) return null;
        evaluation.signaturesLeft--;
        const known = checked.get(id);
        if (known !== undefined) return known;
        const bytes = signedBytes(rrsig, { owner: set.owner, type: set.type, class: 1, data: set.records.map(({ rdata }) => rdata) });
        const valid = verifySignature(rrsig.algorithm, key.publicKey, bytes, rrsig.signature);
        checked.set(id, valid);
        return valid;
      });
    if (objection === null) {
      const source = wildcardSource(set.owner, rrsig.labels);
      const detail = `signed by key ${rrsig.keyTag} (${algorithmName(rrsig.algorithm)}) of zone ${absoluteName(zone.name)} until ${dateOf(rrsig.expiration, evaluation.nowSeconds)}`;
      return { kind: 'verified', wildcardParent: source === null ? null : parentName(source), detail: `${name} is ${detail}` };
    }
    if (STEPS.indexOf(objection.reason) > STEPS.indexOf(worst.reason) || worst.reason === 'signature-missing') worst = objection;
  }
  return { kind: 'failed', finding: bogus(zone.name, worst.reason, worst.detail) };
}

/** What is wrong with a signature before any key is tried. */
function objectionTo(set: RecordSet, rrsig: Rrsig, zone: SecureZone, nowSeconds: number): Objection | null {
  const subject = `the signature of ${set.typeName} ${absoluteName(set.owner)} by key ${rrsig.keyTag}`;
  if (rrsig.signer !== zone.name || !isWithin(set.owner, zone.name)) {
    return {
      reason: 'signer-wrong',
      detail: `${subject} names ${absoluteName(rrsig.signer)} as its zone, which is ${absoluteName(zone.name)}`,
    };
  }
  const labels = signedLabelCount(set.owner);
  if (rrsig.labels > labels) {
    return { reason: 'labels-wrong', detail: `${subject} is for a name of ${rrsig.labels} labels, and this one has ${labels}` };
  }
  if (!isAlgorithmSupported(rrsig.algorithm)) {
    return {
      reason: 'signature-missing',
      detail: `${subject} is of algorithm ${algorithmName(rrsig.algorithm)}, which is not supported; there is no other`,
    };
  }
  const left = difference(rrsig.expiration, nowSeconds);
  const since = difference(nowSeconds, rrsig.inception);
  const clock = `by this machine's clock (${dateOf(nowSeconds, nowSeconds)})`;
  if (left < 0) {
    return {
      reason: 'signature-expired',
      detail: `${subject} expired ${dateOf(rrsig.expiration, nowSeconds)}, ${span(-left)} ago ${clock}`,
    };
  }
  if (since < 0) {
    return {
      reason: 'signature-not-yet-valid',
      detail: `${subject} is valid from ${dateOf(rrsig.inception, nowSeconds)} on, in ${span(-since)} ${clock}`,
    };
  }
  return null;
}

/** @param isValid `null` where no more may be checked */
function checkKeys(set: RecordSet, rrsig: Rrsig, zone: SecureZone, isValid: (key: Dnskey) => boolean | null): Objection | null {
  const subject = `the signature of ${set.typeName} ${absoluteName(set.owner)}`;
  const where = `zone ${absoluteName(zone.name)}`;
  const ofTag = zone.keys.filter((key) => key.keyTag === rrsig.keyTag && key.algorithm === rrsig.algorithm);
  const usable = ofTag.filter((key) => key.zoneKey && key.protocol === 3 && !key.revoked);
  if (usable.length === 0) {
    if (ofTag.some((key) => key.revoked))
      return { reason: 'key-revoked', detail: `${subject} is by key ${rrsig.keyTag} of ${where}, which is revoked` };
    const has = zone.keys.map((key) => key.keyTag).join(', ');
    return {
      reason: 'signing-key-missing',
      detail: `${subject} is by key ${rrsig.keyTag} (${algorithmName(rrsig.algorithm)}), and ${where} has the keys ${has}`,
    };
  }
  for (const key of usable.slice(0, MAXIMUM_KEYS_OF_TAG)) {
    const valid = isValid(key);
    if (valid === true) return null;
    if (valid === null) return { reason: 'work-limit', detail: `${where} has more signatures and keys than are checked for one answer` };
  }
  return {
    reason: 'signature-invalid',
    detail: `${subject} does not fit key ${rrsig.keyTag} of ${where}: records or signature were altered`,
  };
}

/** Serial numbers modulo 2^32 (RFC 4034 section 3.1.5, RFC 1982), in seconds. */
function difference(one: number, other: number): number {
  return (one - other) | 0;
}

/** A time of a signature is that of its number nearest to now. */
function dateOf(seconds: number, nowSeconds: number): string {
  const time = nowSeconds + difference(seconds, nowSeconds);
  return new Date(time * 1000).toISOString().replace('.000Z', 'Z');
}

function span(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} days`;
}
