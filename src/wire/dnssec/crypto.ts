/** Signatures, digests and hashes of DNSSEC by the numbers that IANA gave them, over the cryptography of Node. Nothing here throws. */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { canonicalWire } from './name.js';
import type { Dnskey, Ds } from './records.js';

interface Algorithm {
  name: string;
  /** `null` for those that have a hash of their own (RFC 8032). */
  hash: string | null;
  key: ((publicKey: Uint8Array) => KeyObject | null) | null;
  signatureBytes?: number;
}

/** "DNS Security Algorithm Numbers". Those without `key` are not supported: retired (RFC 8624) or rare. */
const ALGORITHMS: Readonly<Record<number, Algorithm>> = {
  1: { name: 'RSAMD5', hash: null, key: null },
  3: { name: 'DSA', hash: null, key: null },
  5: { name: 'RSASHA1', hash: 'sha1', key: rsaKey },
  6: { name: 'DSA-NSEC3-SHA1', hash: null, key: null },
  7: { name: 'RSASHA1-NSEC3-SHA1', hash: 'sha1', key: rsaKey },
  8: { name: 'RSASHA256', hash: 'sha256', key: rsaKey },
  10: { name: 'RSASHA512', hash: 'sha512', key: rsaKey },
  12: { name: 'ECC-GOST', hash: null, key: null },
  13: { name: 'ECDSAP256SHA256', hash: 'sha256', key: (bytes) => curveKey('P-256', bytes), signatureBytes: 64 },
  14: { name: 'ECDSAP384SHA384', hash: 'sha384', key: (bytes) => curveKey('P-384', bytes), signatureBytes: 96 },
  15: { name: 'ED25519', hash: null, key: (bytes) => edwardsKey('Ed25519', 32, bytes), signatureBytes: 64 },
  16: { name: 'ED448', hash: null, key: (bytes) => edwardsKey('Ed448', 57, bytes), signatureBytes: 114 },
};

const DIGESTS: Readonly<Record<number, { name: string; hash: string; bytes: number }>> = {
  1: { name: 'SHA-1', hash: 'sha1', bytes: 20 },
  2: { name: 'SHA-256', hash: 'sha256', bytes: 32 },
  4: { name: 'SHA-384', hash: 'sha384', bytes: 48 },
};

/** RFC 3110: moduli reach 4096 bits. Smaller ones than 512 are no keys. */
const LARGEST_MODULUS_BYTES = 512;
const SMALLEST_MODULUS_BYTES = 64;

/** `ECDSAP256SHA256`, or the number. */
export function algorithmName(algorithm: number): string {
  return ALGORITHMS[algorithm]?.name ?? String(algorithm);
}

export function isAlgorithmSupported(algorithm: number): boolean {
  const known = ALGORITHMS[algorithm];
  return known?.key != null && (known.hash !== 'sha1' || isSha1Allowed());
}

let sha1Allowed: boolean | null = null;

/** Whether the policy of this system lets OpenSSL check signatures with SHA-1: that of RHEL 9 does not, and the check throws. */
function isSha1Allowed(): boolean {
  if (sha1Allowed !== null) return sha1Allowed;
  try {
    const key = rsaKey(Uint8Array.from([3, 1, 0, 1, ...new Uint8Array(256).fill(0xc5)]));
    sha1Allowed = key !== null && !verify('sha1', new Uint8Array(1), key, new Uint8Array(256).fill(1));
  } catch {
    sha1Allowed = false;
  }
  return sha1Allowed;
}

export function isDigestSupported(digestType: number): boolean {
  return DIGESTS[digestType] !== undefined;
}

/** Whether the signature is that of the key over the bytes. A key or signature that is none gives `false`. */
export function verifySignature(algorithm: number, publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  const known = ALGORITHMS[algorithm];
  if (known?.key == null || (known.signatureBytes !== undefined && signature.length !== known.signatureBytes)) return false;
  try {
    const key = known.key(publicKey);
    return key !== null && verify(known.hash, bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    // A point that is not on its curve, a modulus that is none.
    return false;
  }
}

/** RFC 3110 section 2: length of the exponent in one octet, or 0 and two, the exponent, the modulus. */
function rsaKey(bytes: Uint8Array): KeyObject | null {
  const long = bytes[0] === 0;
  const length = long ? ((bytes[1] ?? 0) << 8) | (bytes[2] ?? 0) : (bytes[0] ?? 0);
  const start = long ? 3 : 1;
  const exponent = bytes.subarray(start, start + length);
  let modulus = bytes.subarray(start + length);
  while (modulus[0] === 0) modulus = modulus.subarray(1);
  if (exponent.length === 0 || modulus.length < SMALLEST_MODULUS_BYTES || modulus.length > LARGEST_MODULUS_BYTES) return null;
  return createPublicKey({ key: { kty: 'RSA', n: base64url(modulus), e: base64url(exponent) }, format: 'jwk' });
}

/** RFC 6605 section 4: both coordinates, without the octet that says so elsewhere. */
function curveKey(curve: 'P-256' | 'P-384', bytes: Uint8Array): KeyObject | null {
  const size = curve === 'P-256' ? 32 : 48;
  if (bytes.length !== size * 2) return null;
  const key = { kty: 'EC', crv: curve, x: base64url(bytes.subarray(0, size)), y: base64url(bytes.subarray(size)) };
  return createPublicKey({ key, format: 'jwk' });
}

/** RFC 8080 section 3. */
function edwardsKey(curve: 'Ed25519' | 'Ed448', size: number, bytes: Uint8Array): KeyObject | null {
  if (bytes.length !== size) return null;
  return createPublicKey({ key: { kty: 'OKP', crv: curve, x: base64url(bytes) }, format: 'jwk' });
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** The digest of a key (RFC 4034 section 5.1.4); `null` where the type of digest is not known. */
export function keyDigest(owner: string, rdata: Uint8Array, digestType: number): Uint8Array | null {
  const digest = DIGESTS[digestType];
  if (digest === undefined) return null;
  return new Uint8Array(createHash(digest.hash).update(canonicalWire(owner)).update(rdata).digest());
}

/** Whether a DS record is that of the key; `rdata` where another form of the key is meant. */
export function matchesDs(owner: string, ds: Ds, key: Dnskey, rdata: Uint8Array = key.rdata): boolean {
  if (ds.algorithm !== key.algorithm) return false;
  const digest = keyDigest(owner, rdata, ds.digestType);
  return digest !== null && Buffer.compare(digest, ds.digest) === 0;
}

/** The hash of a name (RFC 5155 section 5, SHA-1). The caller bounds the iterations. */
export function nsec3Hash(name: string, salt: Uint8Array, iterations: number): Uint8Array {
  let hash: Uint8Array = canonicalWire(name);
  for (let round = 0; round <= iterations; round++) hash = createHash('sha1').update(hash).update(salt).digest();
  return new Uint8Array(hash);
}
