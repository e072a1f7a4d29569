import { type Parsed, parsed, refused } from '../parsed.js';
import { DER, type DerElement, derChildren, derContent, derOf, derWhole, hexOf, objectIdentifier, smallInteger } from './der.js';

export interface CertificateExtension {
  /** In dotted decimals. */
  id: string;
  critical: boolean;
  /** DER of what the identifier says. */
  value: Uint8Array;
}

/** The parts of a certificate (RFC 5280 section 4.1) that Node's `X509Certificate` does not hand out. */
export interface CertificateOutline {
  /** 1 to 3. */
  version: number;
  serial: string;
  /** Object identifier of the signature algorithm, in dotted decimals. */
  signatureAlgorithm: string;
  /** The DER bytes of the names, as they stand in the certificate: equal names have equal bytes, as authorities write them. */
  issuer: Uint8Array;
  subject: Uint8Array;
  /** The DER bytes of SubjectPublicKeyInfo, as they stand in the certificate: what RFC 7469 pins hash. */
  subjectPublicKeyInfo: Uint8Array;
  /** The bits of the key within it: what OCSP hashes (RFC 6960 section 4.1.1). */
  publicKeyBits: Uint8Array;
  extensions: CertificateExtension[];
}

const EXPLICIT_VERSION = 0xa0;
const EXPLICIT_EXTENSIONS = 0xa3;

/** Reads the outline of a DER certificate. Nothing is copied, nothing outside `der` is read, and depth is fixed. */
export function parseCertificateOutline(der: Uint8Array): Parsed<CertificateOutline> {
  const certificate = derOf(der, 0, der.length, DER.SEQUENCE);
  if (certificate === null) return refused('no certificate');
  const signed = derOf(der, certificate.contentStart, certificate.end, DER.SEQUENCE);
  if (signed === null) return refused('no TBSCertificate');
  const algorithm = derOf(der, signed.end, certificate.end, DER.SEQUENCE);
  if (algorithm === null) return refused('no signature algorithm');
  const identifier = derOf(der, algorithm.contentStart, algorithm.end, DER.OBJECT_IDENTIFIER);
  if (identifier === null || derOf(der, algorithm.end, certificate.end, DER.BIT_STRING) === null) return refused('no signature');
  const signatureAlgorithm = objectIdentifier(derContent(der, identifier));
  if (signatureAlgorithm === null) return refused('the signature algorithm is no object identifier');

  let at = signed.contentStart;
  const explicit = derOf(der, at, signed.end, EXPLICIT_VERSION);
  if (explicit !== null) at = explicit.end;
  // serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo.
  const fields: DerElement[] = [];
  for (const tag of [DER.INTEGER, DER.SEQUENCE, DER.SEQUENCE, DER.SEQUENCE, DER.SEQUENCE, DER.SEQUENCE]) {
    const field = derOf(der, at, signed.end, tag);
    if (field === null) return refused('TBSCertificate ends before its public key');
    fields.push(field);
    at = field.end;
  }
  const [serial, , issuer, , subject, publicKey] = fields as [DerElement, DerElement, DerElement, DerElement, DerElement, DerElement];
  const keyAlgorithm = derOf(der, publicKey.contentStart, publicKey.end, DER.SEQUENCE);
  const bits = keyAlgorithm === null ? null : derOf(der, keyAlgorithm.end, publicKey.end, DER.BIT_STRING);
  const version = explicit === null ? null : derOf(der, explicit.contentStart, explicit.end, DER.INTEGER);
  return parsed({
    version: version === null ? 1 : (smallInteger(derContent(der, version)) ?? 0) + 1,
    serial: hexOf(derContent(der, serial).subarray(0, 64)).replace(/^00(?=.)/, ''),
    signatureAlgorithm,
    issuer: derWhole(der, issuer),
    subject: derWhole(der, subject),
    subjectPublicKeyInfo: derWhole(der, publicKey),
    // The first octet of a BIT STRING counts the bits that are not used.
    publicKeyBits: bits === null ? new Uint8Array(0) : derContent(der, bits).subarray(1),
    extensions: extensionsOf(der, at, signed.end),
  });
}

/** The DER bytes of the subject alone, for looking through many certificates; `null` where it is no certificate. */
export function readCertificateSubject(der: Uint8Array): Uint8Array | null {
  const certificate = derOf(der, 0, der.length, DER.SEQUENCE);
  const signed = certificate === null ? null : derOf(der, certificate.contentStart, certificate.end, DER.SEQUENCE);
  if (signed === null) return null;
  let at = derOf(der, signed.contentStart, signed.end, EXPLICIT_VERSION)?.end ?? signed.contentStart;
  for (const tag of [DER.INTEGER, DER.SEQUENCE, DER.SEQUENCE, DER.SEQUENCE]) {
    const field = derOf(der, at, signed.end, tag);
    if (field === null) return null;
    at = field.end;
  }
  const subject = derOf(der, at, signed.end, DER.SEQUENCE);
  return subject === null ? null : derWhole(der, subject);
}

/** Unique identifiers of version 2 may stand in front. What cannot be read as an extension is left out. */
function extensionsOf(der: Uint8Array, from: number, limit: number): CertificateExtension[] {
  const rest = derChildren(der, { contentStart: from, end: limit }) ?? [];
  const explicit = rest.find(({ tag }) => tag === EXPLICIT_EXTENSIONS);
  const list = explicit === undefined ? null : derOf(der, explicit.contentStart, explicit.end, DER.SEQUENCE);
  const extensions: CertificateExtension[] = [];
  for (const extension of (list === null ? null : derChildren(der, list)) ?? []) {
    const parts = derChildren(der, extension) ?? [];
    const [name] = parts;
    const value = parts[parts.length - 1];
    const id = name?.tag === DER.OBJECT_IDENTIFIER ? objectIdentifier(derContent(der, name)) : null;
    if (id === null || value?.tag !== DER.OCTET_STRING) continue;
    const flag = parts.length === 3 && parts[1]?.tag === DER.BOOLEAN ? derContent(der, parts[1])[0] : 0;
    extensions.push({ id, critical: flag !== undefined && flag !== 0, value: derContent(der, value) });
  }
  return extensions;
}
