import type { Code } from '../../model/code.js';
import type { Certificate, DataOf, MeasurementOf } from '../../model/measurement.js';
import { type Grades, gradeAtLeast, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { budgetOf } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import { interceptionOf } from './interception.js';
import { misuseOf } from './judge-use.js';

type PathFault = NonNullable<DataOf<'tls'>['pathFaults']>[number];
type TlsMeasurement = MeasurementOf<'tls'>;

const DAY_MS = 86_400_000;
/** NIST SP 800-57 part 1, table 2: below 112 bits of security. */
const SHORTEST_RSA_BITS = 2048;
const SHORTEST_EC_BITS = 224;
/** Collisions have been made: RFC 6151, RFC 9155. */
const WEAK_SIGNATURE = /MD2|MD5|SHA1$/;
/** What OpenSSL says of dates, which the validity check judges. */
const DATE_ERRORS: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);
/** What an inserted certificate looks like where nobody has told this machine of its authority. */
const UNKNOWN_ISSUER: ReadonlySet<Code> = new Set<Code>(['cert-untrusted', 'cert-chain-incomplete']);
/** Whether it is of the leaf or further up depends on what OpenSSL takes for an anchor. */
const ISSUER_NOT_FOUND: ReadonlySet<string> = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_GET_ISSUER_CERT',
]);
const NAMES_SHOWN = 6;

/** Trust in the chain, then the strength of its keys. `missing` says why there is nothing to judge. */
export function judgeCertificate(measurement: TlsMeasurement, missing: string | null): Check {
  const line = { kind: 'l6.certificate', layer: 6, title: 'certificate', measurement } as const;
  const { chain, trusted, trustError } = measurement.data;
  const leaf = chain[0];
  if (missing !== null || leaf === undefined) return skippedCheck(line, missing ?? 'the server showed no certificate');
  const expected = 'trusted, strong keys';
  const distrust = trusted === false ? (pathFault(measurement) ?? trustFault(measurement)) : null;
  const inserted = interceptionOf(measurement.data);
  if (inserted !== null && (distrust === null || UNKNOWN_ISSUER.has(distrust.code)))
    return check({ ...line, status: distrust === null ? 'warn' : 'fail', code: 'tls-intercepted', observed: inserted, expected });
  if (distrust !== null) return check({ ...line, status: 'fail', ...distrust, expected });
  const weakness = chain.map((one, index) => weaknessOf(one, index)).find((found) => found !== null);
  if (weakness !== undefined) return check({ ...line, status: 'fail', ...weakness, expected });
  if (trusted === null)
    return skippedCheck(line, 'the store of this machine knows its issuer, but the second handshake, which it takes to tell, failed');
  if (!trusted) return skippedCheck(line, `not judged beyond its dates (${trustError ?? 'no verdict'})`);
  return check({ ...line, status: 'pass', observed: `issued by ${leaf.issuer}; ${keyOf(leaf)}`, expected });
}

/** Why the chain is not trusted; `null` where only a date that the validity check names stands against it. */
function trustFault({ data, startedAt }: TlsMeasurement): { code: Code; observed: string } | null {
  const { chain, trustError } = data;
  const leaf = chain[0];
  if (leaf === undefined) return null;
  const selfIssued = leaf.subject === leaf.issuer;
  if (trustError === 'DEPTH_ZERO_SELF_SIGNED_CERT') {
    return { code: 'cert-self-signed', observed: 'the server signed its certificate itself' };
  }
  // The use is judged by itself.
  if (trustError === 'INVALID_PURPOSE' && misuseOf(leaf, data.cipher) !== null) return null;
  // OpenSSL reports the last thing it found, and dates come last: that nobody vouches for the chain can still be seen.
  const known = Object.values(data.trustedBy ?? {}).includes(true);
  const unknown = data.trustedBy !== undefined && data.trustedBy !== null && !known;
  if (DATE_ERRORS.has(trustError ?? '') && !(unknown && !selfIssued)) {
    // That it is also self-signed can be seen in the same way; one that was handed in by --ca may be.
    if (selfIssued && chain.length === 1 && !known)
      return { code: 'cert-self-signed', observed: 'the server signed its certificate itself' };
    return chain.some((one) => dateFault(one, Date.parse(startedAt)) !== null)
      ? null
      : { code: 'cert-untrusted', observed: `an authority above the chain is out of its dates (${trustError})` };
  }
  if (trustError === 'CERT_REVOKED') return { code: 'cert-revoked', observed: 'the certificate was revoked' };
  // Where OpenSSL says that none of the others issued the leaf, they can still bear the name of who did.
  const top = trustError === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' ? leaf : (topOf(chain) ?? leaf);
  if (!ISSUER_NOT_FOUND.has(trustError ?? '') && trustError !== 'SELF_SIGNED_CERT_IN_CHAIN')
    return { code: 'cert-untrusted', observed: `OpenSSL does not take the chain: ${trustError ?? 'no verdict'}` };
  const observed = `issuer not known: ${top.issuer} (${trustError})`;
  if (!ISSUER_NOT_FOUND.has(trustError ?? '') || top.subject === top.issuer) return { code: 'cert-untrusted', observed };
  // The issuer was not sent. Where other certificates stand beside the leaf, these are the wrong ones. Alone, it is the issuer that decides:
  // public authorities never sign with their roots, and say in the leaf where the certificate between can be had. A private authority that
  // signs directly leaves no such trace, and is merely unknown; that anchors were given says nothing of which authority that is. Further up
  // only the name tells: what an intermediate points to is mostly its root.
  const published = leaf.issuerPublished === true && !namedRoot(leaf.issuer);
  const incomplete = namedIntermediate(top.issuer) || (top === leaf && (chain.length > 1 || published));
  return { code: incomplete ? 'cert-chain-incomplete' : 'cert-untrusted', observed: incomplete ? notSent(top.issuer) : observed };
}

function notSent(issuer: string): string {
  return `the server does not send the certificate of the issuer, ${issuer}`;
}

/** Where the way from the leaf ends, by names: what else was sent does not belong to it. */
function topOf([leaf, ...others]: readonly Certificate[]): Certificate | undefined {
  let top = leaf;
  for (let left = others; top !== undefined; ) {
    const { subject, issuer } = top;
    const above = subject === issuer ? undefined : left.find((one) => one.subject === issuer);
    if (above === undefined) return top;
    left = left.filter((one) => one !== above);
    top = above;
  }
  return top;
}

/** An issuer that calls itself a root: no certificate stands between it and the leaf. */
function namedRoot(issuer: string): boolean {
  return commonNames(issuer).some((name) => /\broot\b/i.test(name));
}

/** An issuer that calls itself one of those that stand between. */
function namedIntermediate(issuer: string): boolean {
  return commonNames(issuer).some((name) => /\b(intermediate|subordinate|sub[- ]?ca|issuing|int(er)?[- ]ca)\b/i.test(name));
}

function commonNames(name: string): string[] {
  return name.split(/[,\n]/).filter((part) => /^\s*CN=/.test(part));
}

/** How the faults of a path are named, the one that explains most first. They count where no other path was found to be good. */
const PATH_FAULTS: readonly { fault: PathFault['fault']; code: Code; observed(whose: string, detail: string): string }[] = [
  {
    fault: 'signature-invalid',
    code: 'cert-signature-invalid',
    observed: (whose, issuer) => `the signature of ${whose} is not that of its issuer, ${issuer}`,
  },
  {
    fault: 'unknown-critical-extension',
    code: 'cert-extension-unknown',
    observed: (whose, id) => `${whose} has a critical extension that clients do not know: ${id}`,
  },
  {
    fault: 'issuer-not-authority',
    code: 'cert-issuer-not-authority',
    observed: (_, issuer) => `it was signed by what is no authority: ${issuer}`,
  },
  {
    fault: 'path-length-exceeded',
    code: 'cert-path-length-exceeded',
    observed: (whose, detail) => `more authorities than ${whose} allows below it: ${detail}`,
  },
  {
    fault: 'name-constraint-violated',
    code: 'cert-name-constraint-violated',
    observed: (whose, name) => `${whose} may not certify ${name}`,
  },
  {
    fault: 'intermediate-missing',
    code: 'cert-chain-incomplete',
    observed: (_, issuer) => notSent(issuer),
  },
];

function pathFault({ data }: TlsMeasurement): { code: Code; observed: string } | null {
  for (const { fault, code, observed } of PATH_FAULTS) {
    const found = data.pathFaults?.find((one) => one.fault === fault);
    if (found === undefined) continue;
    const subject = found.certificate === null ? undefined : data.chain[found.certificate]?.subject;
    const whose = found.certificate === 0 ? 'the certificate' : (subject ?? 'the authority');
    return { code, observed: observed(whose, found.detail) };
  }
  return null;
}

function keyOf({ keyType, keyBits }: Certificate): string {
  return `${keyType ?? 'unknown key'}${keyBits === null ? '' : ` ${keyBits}`}`;
}

/** The signature of a root proves nothing, so its hash does not matter; a self-signed leaf is judged as such. */
function weaknessOf(certificate: Certificate, index: number): { code: Code; observed: string } | null {
  const { keyType, keyBits, signatureAlgorithm, subject, issuer } = certificate;
  const whose = index === 0 ? '' : ` of ${subject}`;
  const shortest = keyType === 'EC' ? SHORTEST_EC_BITS : /^(RSA|DSA)/.test(keyType ?? '') ? SHORTEST_RSA_BITS : 0;
  if (keyBits !== null && keyBits < shortest) return { code: 'cert-key-weak', observed: `the key${whose} is short: ${keyOf(certificate)}` };
  const weak = subject !== issuer && WEAK_SIGNATURE.test(signatureAlgorithm ?? '');
  return weak ? { code: 'cert-signature-weak', observed: `the signature${whose} can be forged: ${signatureAlgorithm}` } : null;
}

/** The name that was asked for against those in the certificate. */
export function judgeHostname({ data, ...measurement }: TlsMeasurement, missing: string | null): Check {
  const line = { kind: 'l6.hostname', layer: 6, title: 'certificate name', measurement } as const;
  const leaf = data.chain[0];
  if (missing !== null || leaf === undefined || data.hostnameMatches === null) return skippedCheck(line, missing ?? 'not compared');
  const more = leaf.san.length > NAMES_SHOWN ? ` and ${leaf.san.length - NAMES_SHOWN} more` : '';
  const names = leaf.san.length === 0 ? 'no name (subjectAltName is empty)' : `${leaf.san.slice(0, NAMES_SHOWN).join(', ')}${more}`;
  const code = data.hostnameMatches ? null : 'cert-hostname-mismatch';
  return check({ ...line, status: data.hostnameMatches ? 'pass' : 'fail', code, observed: `for ${names}`, expected: data.servername });
}

/** Dates, as they were when the measurement started. Certificates above the leaf count where OpenSSL found a date against the chain. */
export function judgeValidity({ data, ...measurement }: TlsMeasurement, policy: Policy, missing: string | null): Check {
  const line = { kind: 'l6.validity', layer: 6, title: 'certificate dates', measurement } as const;
  const leaf = data.chain[0];
  if (missing !== null || leaf === undefined) return skippedCheck(line, missing ?? 'the server showed no certificate');
  const nowMs = Date.parse(measurement.startedAt);
  const grades = remainingGrades(leaf, policy, data.trustedBy?.node === true);
  const expected = `more than ${grades.acceptable} days left`;
  const days = Math.floor((Date.parse(leaf.notAfter) - nowMs) / DAY_MS);
  const budget = budgetOf('certificateRemainingDays', days, grades);
  const judged = DATE_ERRORS.has(data.trustError ?? '') ? data.chain : [leaf];
  for (const certificate of judged) {
    const fault = dateFault(certificate, nowMs);
    if (fault === null) continue;
    const whose = certificate === leaf ? '' : `; it is that of ${certificate.subject}`;
    const code = certificate !== leaf && fault.code === 'cert-expired' ? 'cert-intermediate-expired' : fault.code;
    const own = code === 'cert-expired' ? budget : undefined;
    return check({ ...line, status: 'fail', code, observed: `${fault.observed}${whose}`, expected, budget: own });
  }
  const status = gradeAtLeast(days, grades);
  const observed = `until ${dayOf(leaf.notAfter)}, ${inDays(days)} left`;
  return check({ ...line, status, code: status === 'pass' ? null : 'cert-expiring', observed, expected, budget });
}

/** CA/Browser Forum Baseline Requirements, section 1.6.1: what lives no longer is short-lived. */
const SHORT_LIVED_DAYS = 10;

/**
 * How much must be left of a leaf. What lives for a few weeks is renewed when a third of that is left (RFC 9773 leaves it to the authority,
 * and that is the usual answer), so that less than two weeks can be most of its life. Of the shortest this goes for public ones alone, which
 * only a machine renews: a private one for three days may as well have been made by hand, and what ends so soon is said.
 */
function remainingGrades(leaf: Certificate, { certificateRemainingDays: grades }: Policy, isPublic: boolean): Grades {
  const lifetimeDays = (Date.parse(leaf.notAfter) - Date.parse(leaf.notBefore)) / DAY_MS;
  if (grades.ofLifetimeRatio === undefined || (lifetimeDays <= SHORT_LIVED_DAYS && !isPublic)) return grades;
  return { ...grades, acceptable: Math.min(grades.acceptable, Math.floor(lifetimeDays * grades.ofLifetimeRatio)) };
}

function dateFault(certificate: Certificate, nowMs: number): { code: Code; observed: string } | null {
  const { notBefore, notAfter } = certificate;
  if (nowMs > Date.parse(notAfter)) {
    const days = Math.floor((nowMs - Date.parse(notAfter)) / DAY_MS);
    return { code: 'cert-expired', observed: `expired ${dayOf(notAfter)}, ${inDays(days)} ago` };
  }
  if (nowMs < Date.parse(notBefore)) {
    const days = Math.ceil((Date.parse(notBefore) - nowMs) / DAY_MS);
    return { code: 'cert-not-yet-valid', observed: `valid from ${dayOf(notBefore)}, in ${inDays(days)}` };
  }
  return null;
}

/** `l6.pin`: whether the leaf's key is one of those that were given; `null` where none was. */
export function judgePin({ data, ...measurement }: TlsMeasurement): Check | null {
  if (data.pinMatches === null) return null;
  return check({
    kind: 'l6.pin',
    layer: 6,
    title: 'pinned key',
    measurement,
    status: data.pinMatches ? 'pass' : 'fail',
    code: data.pinMatches ? null : 'cert-pin-mismatch',
    observed: data.pin,
    expected: 'one of the pinned keys',
  });
}

function dayOf(isoDate: string): string {
  return isoDate.slice(0, 10);
}

function inDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
