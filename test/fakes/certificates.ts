// The library registers its algorithms through decorators, so the polyfill comes first.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);

type CryptoKey = webcrypto.CryptoKey;
type CryptoKeyPair = webcrypto.CryptoKeyPair;

const DAY_MS = 86_400_000;
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export interface Issued {
  /** PEM of this certificate alone. */
  cert: string;
  /** PKCS #8 PEM. */
  key: string;
}

export interface Authority extends Issued {
  /** Signs a certificate for a server or client. */
  issue(parts?: IssueParts): Promise<Issued>;
  /** Signs the certificate of a further authority. */
  authority(name: string, parts?: ValidityParts): Promise<Authority>;
}

type KeyKind = 'ec' | 'rsa-1024' | 'rsa-2048' | 'ed25519';

interface ValidityParts {
  notBefore?: Date;
  notAfter?: Date;
}

export interface IssueParts extends ValidityParts {
  /** DNS names and IP addresses; the first is the common name too. An empty list: a certificate without subjectAltName. */
  names?: string[];
  commonName?: string;
  /** EC P-256 unless named. */
  key?: KeyKind;
  /** Of the signature, where the authority has an RSA key. */
  hash?: 'SHA-1' | 'SHA-256';
  /** Where the certificate says that its issuer's can be had (RFC 5280 section 4.2.2.1). */
  issuerUrl?: string;
}

/** A root authority with a key of its own; valid from a year ago for ten years. */
export async function makeAuthority(name: string, parts: ValidityParts & { key?: 'ec' | 'rsa-2048' } = {}): Promise<Authority> {
  const keys = await generateKeys(parts.key ?? 'ec');
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...(await authorityParts(parts, keys.publicKey)),
    name: `CN=${name}`,
    keys,
    signingAlgorithm: signingAlgorithm(keys.privateKey, 'SHA-256'),
  });
  return asAuthority(certificate, keys);
}

/** A certificate that its own key signs. */
export async function makeSelfSigned(parts: IssueParts = {}): Promise<Issued> {
  const keys = await generateKeys(parts.key ?? 'ec');
  const { name, ...rest } = endEntityParts(parts);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...rest,
    name,
    keys,
    signingAlgorithm: signingAlgorithm(keys.privateKey, parts.hash ?? 'SHA-256'),
  });
  return { cert: `${certificate.toString('pem')}\n`, key: await pemOf(keys.privateKey) };
}

async function asAuthority(certificate: x509.X509Certificate, keys: CryptoKeyPair): Promise<Authority> {
  return {
    cert: `${certificate.toString('pem')}\n`,
    key: await pemOf(keys.privateKey),
    async issue(parts = {}) {
      const own = await generateKeys(parts.key ?? 'ec');
      const { name, ...rest } = endEntityParts(parts);
      const issued = await x509.X509CertificateGenerator.create({
        ...rest,
        subject: name,
        issuer: certificate.subjectName,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: signingAlgorithm(keys.privateKey, parts.hash ?? 'SHA-256'),
        extensions: [...rest.extensions, await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey)],
      });
      return { cert: `${issued.toString('pem')}\n`, key: await pemOf(own.privateKey) };
    },
    async authority(name, parts = {}) {
      const own = await generateKeys('ec');
      const issued = await x509.X509CertificateGenerator.create({
        ...(await authorityParts(parts, own.publicKey)),
        subject: `CN=${name}`,
        issuer: certificate.subjectName,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: signingAlgorithm(keys.privateKey, 'SHA-256'),
      });
      return asAuthority(issued, own);
    },
  };
}

async function authorityParts(parts: ValidityParts, publicKey: CryptoKey) {
  return {
    serialNumber: serialNumber(),
    notBefore: parts.notBefore ?? new Date(Date.now() - 365 * DAY_MS),
    notAfter: parts.notAfter ?? new Date(Date.now() + 3650 * DAY_MS),
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ],
  };
}

function endEntityParts(parts: IssueParts) {
  const names = parts.names ?? ['localhost', '127.0.0.1'];
  const extensions: x509.Extension[] = [new x509.BasicConstraintsExtension(false, undefined, true)];
  if (names.length > 0) {
    extensions.push(
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
    );
  }
  if (parts.issuerUrl !== undefined) extensions.push(new x509.AuthorityInfoAccessExtension({ caIssuers: [parts.issuerUrl] }));
  return {
    serialNumber: serialNumber(),
    name: `CN=${parts.commonName ?? names[0] ?? 'nobody'}, O=Test, C=PT`,
    notBefore: parts.notBefore ?? new Date(Date.now() - DAY_MS),
    notAfter: parts.notAfter ?? new Date(Date.now() + 90 * DAY_MS),
    extensions,
  };
}

async function generateKeys(kind: KeyKind): Promise<CryptoKeyPair> {
  if (kind === 'ec') return webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
  if (kind === 'ed25519') return (await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: kind === 'rsa-1024' ? 1024 : 2048,
  };
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

function signingAlgorithm(key: CryptoKey, hash: 'SHA-1' | 'SHA-256') {
  const { name } = key.algorithm;
  return name === 'ECDSA' ? { ...EC, hash } : { name, hash };
}

async function pemOf(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return `-----BEGIN PRIVATE KEY-----\n${der.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END PRIVATE KEY-----\n`;
}

/** 16 octets, positive (RFC 5280 section 4.1.2.2). */
function serialNumber(): string {
  const octets = webcrypto.getRandomValues(new Uint8Array(16));
  octets[0] = 0x5a;
  return Buffer.from(octets).toString('hex');
}
