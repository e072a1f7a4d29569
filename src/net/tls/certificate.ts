import { createHash, type KeyObject, type X509Certificate } from 'node:crypto';
import type { Certificate } from '../../model/measurement.js';
import { readCertificateExtensions } from '../../wire/tls/certificate-extensions.js';
import { parseCertificateOutline } from '../../wire/tls/certificate-outline.js';

/** Certificates after the twentieth are not looked at: no path is that long, and the sender chooses the number. */
const LONGEST_CHAIN = 20;

/** RFC 3279, RFC 4055, RFC 5758, RFC 8410. */
const SIGNATURE_ALGORITHMS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'RSA-MD2',
  '1.2.840.113549.1.1.4': 'RSA-MD5',
  '1.2.840.113549.1.1.5': 'RSA-SHA1',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.113549.1.1.11': 'RSA-SHA256',
  '1.2.840.113549.1.1.12': 'RSA-SHA384',
  '1.2.840.113549.1.1.13': 'RSA-SHA512',
  '1.2.840.113549.1.1.14': 'RSA-SHA224',
  '1.2.840.10040.4.3': 'DSA-SHA1',
  '2.16.840.1.101.3.4.3.2': 'DSA-SHA256',
  '1.2.840.10045.4.1': 'ECDSA-SHA1',
  '1.2.840.10045.4.3.1': 'ECDSA-SHA224',
  '1.2.840.10045.4.3.2': 'ECDSA-SHA256',
  '1.2.840.10045.4.3.3': 'ECDSA-SHA384',
  '1.2.840.10045.4.3.4': 'ECDSA-SHA512',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
};

const KEY_TYPES: Readonly<Record<string, string>> = {
  rsa: 'RSA',
  'rsa-pss': 'RSA-PSS',
  dsa: 'DSA',
  ec: 'EC',
  ed25519: 'Ed25519',
  ed448: 'Ed448',
};

/** Of the curve (SEC 2, RFC 5639), by the names that OpenSSL gives them. */
const CURVE_BITS: Readonly<Record<string, number>> = {
  prime192v1: 192,
  secp224r1: 224,
  prime256v1: 256,
  secp256k1: 256,
  secp384r1: 384,
  secp521r1: 521,
  brainpoolP256r1: 256,
  brainpoolP384r1: 384,
  brainpoolP512r1: 512,
};

/** More than these are not even counted. */
const MOST_COUNTED = 1000;
const DAY_MS = 86_400_000;

/** A peer's certificates as it sent them, leaf first. `getPeerCertificate` would add a root from our own store, and drop what does not link. */
export function sentChain(leaf: X509Certificate | undefined): X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let next = leaf; next !== undefined && chain.length < LONGEST_CHAIN; next = next.issuerCertificate) chain.push(next);
  return chain;
}

/** How many certificates the peer sent, the leaf included. */
export function sentCount(leaf: X509Certificate | undefined): number {
  let count = 0;
  for (let next = leaf; next !== undefined && count < MOST_COUNTED; next = next.issuerCertificate) count++;
  return count;
}

/** A certificate as the report shows it; `null` where its dates cannot be read. Key facts are `null` where OpenSSL does not know the kind. */
export function describeCertificate(certificate: X509Certificate, now: Date): Certificate | null {
  const notBefore = isoDate(certificate.validFrom);
  const notAfter = isoDate(certificate.validTo);
  if (notBefore === null || notAfter === null) return null;
  const outline = parseCertificateOutline(certificate.raw);
  const extensions = readCertificateExtensions(outline.ok ? outline.value.extensions : []);
  const lifetimeMs = Date.parse(notAfter) - Date.parse(notBefore);
  const leftMs = Date.parse(notAfter) - now.getTime();
  return {
    subject: distinguishedName(certificate.subject),
    issuer: distinguishedName(certificate.issuer),
    notBefore,
    notAfter,
    serial: certificate.serialNumber.toLowerCase(),
    sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    ...keyFacts(certificate),
    san: alternativeNames(certificate.subjectAltName),
    signatureAlgorithm: outline.ok ? (SIGNATURE_ALGORITHMS[outline.value.signatureAlgorithm] ?? outline.value.signatureAlgorithm) : null,
    issuerPublished: extensions.issuerUrls.length > 0,
    issuerUrls: extensions.issuerUrls,
    ocspUrls: extensions.ocspUrls,
    crlUrls: extensions.crlUrls,
    basicConstraints: extensions.basicConstraints,
    keyUsage: extensions.keyUsage,
    extendedKeyUsage: extensions.extendedKeyUsage,
    lifetimeDays: Math.round((10 * lifetimeMs) / DAY_MS) / 10,
    remainingRatio: lifetimeMs <= 0 ? 0 : Math.round(1000 * Math.min(1, Math.max(0, leftMs / lifetimeMs))) / 1000,
    selfSigned: selfSigned(certificate),
    version: outline.ok ? outline.value.version : null,
    unknownCritical: extensions.unknownCritical,
    nameConstrained: extensions.nameConstraints !== null,
    mustStaple: extensions.mustStaple,
    embeddedTimestamps: extensions.embeddedTimestamps,
  };
}

/** `null` where its own key cannot be used. */
function selfSigned(certificate: X509Certificate): boolean | null {
  if (certificate.subject !== certificate.issuer) return false;
  try {
    return certificate.verify(certificate.publicKey);
  } catch {
    return null;
  }
}

/** `sha256//BASE64` of the public key as RFC 7469 section 2.4 and curl have it; `null` where the certificate is not DER as expected. */
export function publicKeyPin(certificate: X509Certificate): string | null {
  const outline = parseCertificateOutline(certificate.raw);
  if (!outline.ok) return null;
  return `sha256//${createHash('sha256').update(outline.value.subjectPublicKeyInfo).digest('base64')}`;
}

/**
 * Whether the certificate is good for a name or address by RFC 9525: subjectAltName only, a wildcard for one whole label.
 * `tls.checkServerIdentity` would still fall back to the common name, which browsers, Go and curl with most libraries refuse.
 */
export function certificateNames(certificate: X509Certificate, name: string, isAddress: boolean): boolean {
  if (isAddress) return certificate.checkIP(name.replace(/%.*$/, '')) !== undefined;
  const exact = { subject: 'never', partialWildcards: false, multiLabelWildcards: false } as const;
  return certificate.checkHost(name.replace(/\.$/, ''), exact) !== undefined;
}

/** OpenSSL prints one attribute a line, most general first, with values escaped by RFC 2253; RFC 4514 has them on one line, reversed. */
function distinguishedName(lines: string | undefined): string {
  return (lines ?? '').split('\n').reverse().join(',');
}

/** OpenSSL's `Nov 10 00:00:00 2031 GMT`. */
function isoDate(text: string): string | null {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return null;
  const date = new Date(ms);
  // A year below 100 would be taken for one of our time.
  const year = /\s(\d{1,4})(?:\s|$)/.exec(text.replace(/^\w+ +\d+/, ''))?.[1];
  if (year !== undefined && Number(year) < 100) date.setUTCFullYear(Number(year));
  return date.toISOString();
}

function keyFacts(certificate: X509Certificate): { keyType: string | null; keyBits: number | null } {
  let key: KeyObject;
  try {
    key = certificate.publicKey;
  } catch {
    return { keyType: null, keyBits: null };
  }
  const kind = key.asymmetricKeyType;
  const details = key.asymmetricKeyDetails;
  const keyType = kind === undefined ? null : (KEY_TYPES[kind] ?? kind);
  if (kind === 'ed25519') return { keyType, keyBits: 256 };
  if (kind === 'ed448') return { keyType, keyBits: 456 };
  return { keyType, keyBits: details?.modulusLength ?? CURVE_BITS[details?.namedCurve ?? ''] ?? null };
}

/** Node's `DNS:a, IP Address:192.0.2.1, URI:"…"`: a value that could be misread is a JSON string. Names and addresses are given plainly. */
export function alternativeNames(text: string | undefined): string[] {
  const names: string[] = [];
  for (const [, kind = '', value = ''] of (text ?? '').matchAll(/(?:^|, )([^:,"]+):("(?:[^"\\]|\\.)*"|[^,]*)/g)) {
    const plain = value.startsWith('"') ? unquote(value) : value;
    if (kind === 'IP Address') names.push(shortAddress(plain));
    else names.push(kind === 'DNS' || kind === 'URI' || kind === 'email' ? plain : `${kind}:${plain}`);
  }
  return names;
}

/** OpenSSL writes IPv6 addresses out; RFC 5952 has them short, as targets are. */
function shortAddress(text: string): string {
  return text.includes(':') && URL.canParse(`http://[${text}]`) ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text;
}

function unquote(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
