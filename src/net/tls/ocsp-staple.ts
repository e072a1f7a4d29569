import { createHash, verify, X509Certificate } from 'node:crypto';
import type { DataOf } from '../../model/measurement.js';
import { readCertificateExtensions } from '../../wire/tls/certificate-extensions.js';
import { type CertificateOutline, parseCertificateOutline } from '../../wire/tls/certificate-outline.js';
import { type OcspAnswer, type OcspResponse, parseOcspResponse } from '../../wire/tls/ocsp-response.js';
import { issuedBy } from './certificate-path.js';

type Staple = NonNullable<DataOf<'tls'>['ocspStaple']>;

const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** RFC 4055, RFC 5758, RFC 8410; `null`: the key says it (EdDSA). RSASSA-PSS, which no responder is known to use, is not verified. */
const SIGNATURE_HASHES: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.3.101.112': null,
  '1.3.101.113': null,
};

/** An answer without an end is no longer held to be of now: the longest that public responders may give (CA/Browser Forum, 10 days). */
const LONGEST_WITHOUT_END_MS = 10 * 86_400_000;
/** The clocks of responders and of this machine differ. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * What a stapled OCSP answer says of the leaf, and why it cannot be relied on (RFC 6960 section 3.2): it must be about this certificate, be
 * signed by its issuer or by a responder that the issuer certified for this, and be of now.
 *
 * @param issuer of the leaf; `null` where it is not known, so that nothing can be verified
 */
export function judgeStaple(bytes: Uint8Array, leaf: X509Certificate, issuer: X509Certificate | null, now: Date): Staple {
  const nothing: Staple = { status: null, thisUpdate: null, nextUpdate: null, fault: null };
  const response = parseOcspResponse(bytes);
  if (!response.ok) return { ...nothing, fault: `it cannot be read: ${response.refusal}` };
  if (response.value.responseStatus !== 'successful')
    return { ...nothing, fault: `the responder gave no answer: ${response.value.responseStatus}` };
  const outline = parseCertificateOutline(leaf.raw);
  if (!outline.ok) return { ...nothing, fault: 'the certificate cannot be read' };
  const sameSerial = response.value.answers.filter(({ serial }) => serial === outline.value.serial);
  // Authorities count by themselves, so that another one's answer can bear the same number.
  const answer = sameSerial.find((one) => identityFault(one, issuer) === null) ?? sameSerial[0];
  if (answer === undefined) return { ...nothing, fault: 'it is about another certificate' };
  const { status, thisUpdate, nextUpdate } = answer;
  return {
    status,
    thisUpdate,
    nextUpdate,
    fault: identityFault(answer, issuer) ?? signatureFault(response.value, issuer, now) ?? dateFault(answer, now),
  };
}

function identityFault(answer: OcspAnswer, issuer: X509Certificate | null): string | null {
  if (issuer === null) return 'the issuer is not known, so it cannot be verified';
  const outline = parseCertificateOutline(issuer.raw);
  const hash = HASHES[answer.hashAlgorithm];
  if (!outline.ok || hash === undefined) return 'its hash is of an unknown kind';
  const of = (bytes: Uint8Array) => createHash(hash).update(bytes).digest('hex');
  const same = of(outline.value.subject) === answer.issuerNameHash && of(outline.value.publicKeyBits) === answer.issuerKeyHash;
  return same ? null : 'it is about a certificate of another issuer';
}

function signatureFault(response: OcspResponse, issuer: X509Certificate | null, now: Date): string | null {
  if (issuer === null) return 'the issuer is not known, so it cannot be verified';
  if (SIGNATURE_HASHES[response.signatureAlgorithm] === undefined)
    return `its signature is of a kind that is not verified here (${response.signatureAlgorithm})`;
  if (signedBy(response, issuer)) return null;
  for (const der of response.certificates) {
    const responder = readCertificate(der);
    if (responder === null || !signedBy(response, responder.certificate)) continue;
    if (!issuedBy(responder.certificate, issuer)) return 'its signer was not certified by the issuer of the certificate';
    const { extendedKeyUsage } = readCertificateExtensions(responder.outline.extensions);
    if (extendedKeyUsage?.includes('OCSPSigning') !== true) return 'its signer may not sign such answers';
    return Date.parse(responder.certificate.validTo) < now.getTime() ? 'the certificate of its signer has expired' : null;
  }
  return 'its signature does not verify';
}

function readCertificate(der: Uint8Array): { certificate: X509Certificate; outline: CertificateOutline } | null {
  const outline = parseCertificateOutline(der);
  try {
    return outline.ok ? { certificate: new X509Certificate(der), outline: outline.value } : null;
  } catch {
    return null;
  }
}

function signedBy(response: OcspResponse, signer: X509Certificate): boolean {
  const hash = SIGNATURE_HASHES[response.signatureAlgorithm];
  if (hash === undefined) return false;
  try {
    return verify(hash, response.signed, signer.publicKey, response.signature);
  } catch {
    return false;
  }
}

function dateFault({ thisUpdate, nextUpdate }: OcspAnswer, now: Date): string | null {
  if (Date.parse(thisUpdate) > now.getTime() + CLOCK_TOLERANCE_MS) return `it begins to hold at ${thisUpdate}`;
  if (nextUpdate === null)
    return now.getTime() - Date.parse(thisUpdate) > LONGEST_WITHOUT_END_MS
      ? `it is dated ${thisUpdate} and does not say how long it holds`
      : null;
  return Date.parse(nextUpdate) < now.getTime() - CLOCK_TOLERANCE_MS ? `it held until ${nextUpdate}` : null;
}
