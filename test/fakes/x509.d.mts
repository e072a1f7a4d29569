import type { KeyObject } from 'node:crypto';

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

export interface Made {
  /** DER of the name. */
  subject: Buffer;
  serial: number;
  keys: KeyPair;
  der: Buffer;
  /** PEM of the certificate, and of its PKCS #8 key. */
  cert: string;
  key: string;
}

export interface CertificateParts {
  subject?: string;
  issuer?: Made | null;
  keys?: KeyPair;
  hash?: 'sha256' | 'sha1' | 'md5';
  version?: 1 | 3;
  /** Days from now. */
  from?: number;
  to?: number;
  /** The signature is over something else. */
  damaged?: boolean;
  ca?: boolean | { pathLength: number };
  names?: string[];
  uses?: string[];
  purposes?: string[];
  constraints?: { permitted?: string[]; excluded?: string[] };
  ocsp?: string;
  issuerUrl?: string;
  crl?: string;
  mustStaple?: boolean;
  /** Identifier of an extension that is critical. */
  critical?: string;
}

export interface OcspParts {
  status?: 'good' | 'revoked' | 'unknown';
  from?: number;
  to?: number | null;
  signer?: Made;
  certificates?: Made[];
  damaged?: boolean;
  failure?: number;
}

export function tlv(tag: number, ...contents: (Buffer | readonly number[])[]): Buffer;
export function sequence(...contents: Buffer[]): Buffer;
export function integer(value: number | bigint): Buffer;
export function oid(dotted: string): Buffer;
export function keyPair(kind?: string, label?: string | null): KeyPair;
export function makeCertificate(parts: CertificateParts & { subject: string }): Made;
export function makeRoot(subject: string, parts?: CertificateParts): Made;
export function makeIntermediate(subject: string, issuer: Made, parts?: CertificateParts): Made;
export function makeLeaf(issuer: Made | null, parts?: CertificateParts): Made;
export function makeOcspAnswer(leaf: Made, issuer: Made, parts?: OcspParts): Buffer;
