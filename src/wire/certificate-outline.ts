import { type Parsed, parsed, refused } from './parsed.js';

/** The parts of a certificate (RFC 5280 section 4.1) that Node's `X509Certificate` does not hand out. */
export interface CertificateOutline {
  /** Object identifier of the signature algorithm, in dotted decimals. */
  signatureAlgorithm: string;
  /** The DER bytes of SubjectPublicKeyInfo, as they stand in the certificate: what RFC 7469 pins hash. */
  subjectPublicKeyInfo: Uint8Array;
}

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OBJECT_IDENTIFIER = 0x06;
const SEQUENCE = 0x30;
const EXPLICIT_VERSION = 0xa0;

/** Reads the outline of a DER certificate. Nothing is copied, nothing outside `der` is read, and depth is fixed. */
export function parseCertificateOutline(der: Uint8Array): Parsed<CertificateOutline> {
  const certificate = readElement(der, 0, der.length, SEQUENCE);
  if (certificate === null) return refused('no certificate');
  const signed = readElement(der, certificate.contentStart, certificate.end, SEQUENCE);
  if (signed === null) return refused('no TBSCertificate');
  const algorithm = readElement(der, signed.end, certificate.end, SEQUENCE);
  if (algorithm === null) return refused('no signature algorithm');
  const identifier = readElement(der, algorithm.contentStart, algorithm.end, OBJECT_IDENTIFIER);
  const signature = readElement(der, algorithm.end, certificate.end, BIT_STRING);
  if (identifier === null || signature === null) return refused('no signature');
  const signatureAlgorithm = objectIdentifier(der.subarray(identifier.contentStart, identifier.end));
  if (signatureAlgorithm === null) return refused('the signature algorithm is no object identifier');

  let at = signed.contentStart;
  const version = readElement(der, at, signed.end, EXPLICIT_VERSION);
  if (version !== null) at = version.end;
  // serialNumber, signature, issuer, validity, subject; then subjectPublicKeyInfo.
  for (const tag of [INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE]) {
    const skipped = readElement(der, at, signed.end, tag);
    if (skipped === null) return refused('TBSCertificate ends before its public key');
    at = skipped.end;
  }
  const publicKey = readElement(der, at, signed.end, SEQUENCE);
  if (publicKey === null) return refused('no public key');
  return parsed({ signatureAlgorithm, subjectPublicKeyInfo: der.subarray(at, publicKey.end) });
}

/** The element with `tag` that starts at `start` and lies whole before `limit`, or `null`. Lengths in definite form only (X.690 10.1). */
function readElement(der: Uint8Array, start: number, limit: number, tag: number): { contentStart: number; end: number } | null {
  const first = der[start + 1];
  if (start + 2 > limit || der[start] !== tag || first === undefined) return null;
  let contentStart = start + 2;
  let length = first;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0 || octets > 3 || contentStart + octets > limit) return null;
    length = 0;
    for (let index = 0; index < octets; index++) length = length * 256 + (der[contentStart + index] ?? 0);
    contentStart += octets;
  }
  const end = contentStart + length;
  return end > limit ? null : { contentStart, end };
}

/** X.690 section 8.19. Identifiers in use have far fewer than 32 octets. */
function objectIdentifier(content: Uint8Array): string | null {
  if (content.length === 0 || content.length > 32) return null;
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of content) {
    arc = arc * 128 + (octet & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER / 256) return null;
    if (octet >= 0x80) continue;
    if (arcs.length === 0) {
      const root = Math.min(2, Math.floor(arc / 40));
      arcs.push(root, arc - 40 * root);
    } else {
      arcs.push(arc);
    }
    arc = 0;
  }
  const last = content[content.length - 1] ?? 0x80;
  return last >= 0x80 ? null : arcs.join('.');
}
