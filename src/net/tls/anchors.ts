import { X509Certificate } from 'node:crypto';
import { parseCertificateOutline, readCertificateSubject } from '../../wire/tls/certificate-outline.js';

/** Trust anchors by their subject: looked up by DER bytes, and parsed by OpenSSL only where one is asked for. */
export interface Anchors {
  readonly size: number;
  /** Those whose subject is `name` (DER). */
  named(name: Uint8Array): X509Certificate[];
  /** Those whose subject is the issuer that a certificate names. */
  issuersOf(certificate: X509Certificate): X509Certificate[];
  has(certificate: X509Certificate): boolean;
}

const CERTIFICATE_PEM = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----([^-]*)-----END (?:TRUSTED )?CERTIFICATE-----/g;
/** A name that is shared by more anchors than this is not searched further. */
const MOST_OF_ONE_NAME = 8;

/** Of the certificates in PEM texts. What cannot be read vouches for nobody. */
export function anchorsOf(texts: readonly string[]): Anchors {
  const bySubject = new Map<string, (Buffer | X509Certificate)[]>();
  let size = 0;
  for (const text of texts) {
    for (const [, base64 = ''] of text.matchAll(CERTIFICATE_PEM)) {
      const der = Buffer.from(base64, 'base64');
      const subject = readCertificateSubject(der);
      if (subject === null) continue;
      const key = keyOf(subject);
      const list = bySubject.get(key) ?? [];
      if (list.length < MOST_OF_ONE_NAME) list.push(der);
      bySubject.set(key, list);
      size++;
    }
  }
  const named = (name: Uint8Array): X509Certificate[] => {
    const list = bySubject.get(keyOf(name)) ?? [];
    return list.flatMap((entry, index) => {
      const certificate = entry instanceof X509Certificate ? entry : readCertificate(entry);
      if (certificate !== null) list[index] = certificate;
      return certificate === null ? [] : [certificate];
    });
  };
  return {
    size,
    named,
    issuersOf(certificate) {
      const outline = parseCertificateOutline(certificate.raw);
      return outline.ok ? named(outline.value.issuer) : [];
    },
    has(certificate) {
      const outline = parseCertificateOutline(certificate.raw);
      return outline.ok && named(outline.value.subject).some(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256);
    },
  };
}

function keyOf(name: Uint8Array): string {
  return Buffer.from(name.buffer, name.byteOffset, name.byteLength).toString('latin1');
}

function readCertificate(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    return null;
  }
}
