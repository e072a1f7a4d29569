import type { X509Certificate } from 'node:crypto';
import type { DataOf } from '../../model/measurement.js';
import { type CertificateExtensions, readCertificateExtensions } from '../../wire/tls/certificate-extensions.js';
import { type CertificateOutline, parseCertificateOutline } from '../../wire/tls/certificate-outline.js';
import { forbiddenName } from '../../wire/tls/name-constraints.js';
import type { Anchors } from './anchors.js';
import { alternativeNames } from './certificate.js';

type PathFault = NonNullable<DataOf<'tls'>['pathFaults']>[number];
type ChainFault = NonNullable<DataOf<'tls'>['chainFaults']>[number];
type TrustedBy = NonNullable<DataOf<'tls'>['trustedBy']>;

/** `null`: that store could not be read, or there is none. */
export type Stores = Readonly<Record<keyof TrustedBy, Anchors | null>>;

/** The first three are `null` where no leaf was sent, or its structure cannot be read: nothing was looked at. */
export interface PathFindings {
  chainFaults: ChainFault[] | null;
  pathFaults: PathFault[] | null;
  trustedBy: TrustedBy | null;
  /** Of the leaf; `null` where it was neither sent nor is an anchor. */
  issuer: X509Certificate | null;
}

/** Clients need two or three; more than so many cost every visitor a round trip or two. */
const LONGEST_SENSIBLE_CHAIN = 10;
/** What a chain may cost: each is a signature. */
const MOST_VERIFICATIONS = 64;

interface Link {
  certificate: X509Certificate;
  outline: CertificateOutline;
  extensions: CertificateExtensions;
  /** In the chain as sent; `null`: it is an anchor. */
  place: number | null;
}

/**
 * Follows the chain from the leaf to an anchor by names, key identifiers and signatures, whatever the order in which it was sent, and
 * collects what stands against it. OpenSSL's verdict on a handshake names one fault alone, the last that it found, and none of the order.
 *
 * Dates, keys and uses are told by the certificates themselves, and not repeated here.
 */
export function inspectPath(chain: readonly X509Certificate[], sentCount: number, stores: Stores): PathFindings {
  const links = chain.map((certificate, place) => linkOf(certificate, place));
  const sent = links.filter((link) => link !== null);
  const leaf = links[0] ?? null;
  if (leaf === null) return { chainFaults: null, pathFaults: null, trustedBy: null, issuer: null };
  const verifier = new Verifier();
  const anchors = Object.values(stores).filter((store) => store !== null);
  const path = [leaf];
  const pathFaults: PathFault[] = [];
  let anchor: Link | null = null;
  for (let top: Link = leaf; ; ) {
    if (verifier.signed(top, top)) break;
    const above = anchors.flatMap((store) => store.named(top.outline.issuer)).flatMap((one) => linkOf(one, null) ?? []);
    const candidates = [...sent.filter((one) => !path.includes(one)), ...above].filter((one) => couldHaveIssued(one, top));
    const issuer = candidates.find((one) => verifier.signed(top, one));
    if (issuer === undefined) {
      if (candidates.length > 0) pathFaults.push({ fault: 'signature-invalid', certificate: top.place, detail: top.certificate.issuer });
      else if (knowsAbove(top, anchors))
        pathFaults.push({ fault: 'intermediate-missing', certificate: null, detail: top.certificate.issuer });
      break;
    }
    if (issuer.place === null) {
      anchor = issuer;
      break;
    }
    path.push(issuer);
    top = issuer;
  }
  return {
    chainFaults: chainFaultsOf(sent, path, sentCount, verifier),
    pathFaults: [...pathFaults, ...constraintFaults(path, anchor)],
    trustedBy: {
      node: knows(stores.node, path, verifier),
      system: knows(stores.system, path, verifier),
      given: knows(stores.given, path, verifier),
    },
    issuer: path[1]?.certificate ?? anchor?.certificate ?? null,
  };
}

function linkOf(certificate: X509Certificate, place: number | null): Link | null {
  const outline = parseCertificateOutline(certificate.raw);
  if (!outline.ok) return null;
  return { certificate, outline: outline.value, extensions: readCertificateExtensions(outline.value.extensions), place };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}

/** By name, and by key identifiers where both have one. */
function couldHaveIssued(issuer: Link, subject: Link): boolean {
  if (!sameBytes(issuer.outline.subject, subject.outline.issuer)) return false;
  const [wanted, own] = [subject.extensions.authorityKeyIdentifier, issuer.extensions.subjectKeyIdentifier];
  return wanted === null || own === null || wanted === own;
}

/** Whether a store has the authority that the issuer, which is missing, was certified by. */
function knowsAbove(top: Link, stores: readonly Anchors[]): boolean {
  const { authorityAbove } = top.extensions;
  if (authorityAbove === null || sameBytes(authorityAbove, top.outline.issuer)) return false;
  return stores.some((store) => store.named(authorityAbove).length > 0);
}

/** Whether a store has one of the path, or a root that issued one. `null`: there is no such store. */
function knows(store: Anchors | null, path: readonly Link[], verifier: Verifier): boolean | null {
  if (store === null) return null;
  return path.some(
    (link) =>
      store.has(link.certificate) ||
      store
        .named(link.outline.issuer)
        .flatMap((one) => linkOf(one, null) ?? [])
        .some((one) => couldHaveIssued(one, link) && verifier.signed(link, one)),
  );
}

function chainFaultsOf(sent: readonly Link[], path: readonly Link[], sentCount: number, verifier: Verifier): ChainFault[] {
  const faults = new Set<ChainFault>();
  const places = path.map(({ place }) => place ?? 0);
  if (places.some((place, index) => index > 0 && place < (places[index - 1] ?? 0))) faults.add('wrong-order');
  const seen = new Set<string>();
  const related = relatedTo(path, sent);
  for (const link of sent) {
    const { fingerprint256 } = link.certificate;
    if (seen.has(fingerprint256)) faults.add('duplicate');
    else if (!related.has(link)) faults.add('unrelated-certificate');
    seen.add(fingerprint256);
    if (link.place !== 0 && verifier.signed(link, link)) faults.add('root-sent');
  }
  if (sentCount > LONGEST_SENSIBLE_CHAIN) faults.add('too-long');
  return [...faults];
}

/** The path, and what is on another way from it by names and key identifiers: two authorities can vouch for one key. */
function relatedTo(path: readonly Link[], sent: readonly Link[]): Set<Link> {
  const related = new Set(path);
  // A set hands out what is added while it is walked through.
  for (const one of related) for (const link of sent) if (couldHaveIssued(link, one)) related.add(link);
  return related;
}

/** What the certificates above the leaf may certify (RFC 5280 section 6.1.4), and extensions that nobody knows. */
function constraintFaults(path: readonly Link[], anchor: Link | null): PathFault[] {
  const faults: PathFault[] = [];
  const whole = anchor === null ? path : [...path, anchor];
  const names = path[0] === undefined ? [] : alternativeNames(path[0].certificate.subjectAltName);
  let between = 0;
  for (const [depth, { certificate, outline, extensions, place }] of whole.entries()) {
    const [unknown] = extensions.unknownCritical;
    if (unknown !== undefined) faults.push({ fault: 'unknown-critical-extension', certificate: place, detail: unknown });
    if (depth === 0) continue;
    const { basicConstraints, keyUsage, nameConstraints } = extensions;
    // Roots of version 1 have no extensions to say that they are authorities.
    const oldRoot = outline.version < 3 && place === null;
    if (!oldRoot && (basicConstraints?.ca !== true || keyUsage?.includes('keyCertSign') === false))
      faults.push({ fault: 'issuer-not-authority', certificate: place, detail: certificate.subject });
    const allowed = basicConstraints?.pathLength ?? null;
    if (allowed !== null && between > allowed)
      faults.push({ fault: 'path-length-exceeded', certificate: place, detail: `${between} below it, ${allowed} allowed` });
    const forbidden = nameConstraints === null ? null : forbiddenName(nameConstraints, names);
    if (forbidden !== null) faults.push({ fault: 'name-constraint-violated', certificate: place, detail: forbidden });
    // Those that issued themselves do not count.
    if (!sameBytes(outline.subject, outline.issuer)) between++;
  }
  return faults;
}

/** Signatures, each looked at once, and no more of them than are bearable. */
class Verifier {
  readonly #known = new Map<string, boolean>();

  signed(subject: Link, issuer: Link): boolean {
    if (!sameBytes(issuer.outline.subject, subject.outline.issuer)) return false;
    const key = `${subject.certificate.fingerprint256} ${issuer.certificate.fingerprint256}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const verified = this.#known.size < MOST_VERIFICATIONS && verifiedBy(subject.certificate, issuer.certificate);
    this.#known.set(key, verified);
    return verified;
  }
}

/** Name and signature. */
export function issuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.issuer === issuer.subject && verifiedBy(certificate, issuer);
}

/** `false` too where OpenSSL cannot use the key. */
export function verifiedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}
