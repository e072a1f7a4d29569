import { z } from 'zod';
import { milliseconds } from './quantities.js';

/** Shapes of a handshake and its certificates. */

export const certificate = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
  serial: z.string(),
  sha256: z.string(),
  keyType: z.string().nullable(),
  keyBits: z.int().nullable(),
  san: z.array(z.string()),
  /** `RSA-SHA256`, `ECDSA-SHA384`, `Ed25519`, …, or an object identifier; `null` where it could not be read. */
  signatureAlgorithm: z.string().nullable().optional(),
  /** Whether it says where its issuer's certificate can be had (RFC 5280 section 4.2.2.1, caIssuers), as public authorities do. */
  issuerPublished: z.boolean().optional(),
});

export const tlsData = z.strictObject({
  address: z.string().nullable(),
  protocol: z.string().nullable(),
  cipher: z.string().nullable(),
  group: z.string().nullable(),
  alpn: z.string().nullable(),
  handshakeMs: milliseconds.nullable(),
  trusted: z.boolean().nullable(),
  trustError: z.string().nullable(),
  hostnameMatches: z.boolean().nullable(),
  /** As the server sent it, leaf first. */
  chain: z.array(certificate),
  /** `null`: not enumerated. */
  protocols: z.array(z.strictObject({ name: z.string(), supported: z.boolean() })).nullable(),
  ciphers: z.array(z.strictObject({ protocol: z.string(), name: z.string(), strength: z.string() })).nullable(),
  groups: z.array(z.string()).nullable(),
  servername: z.string().nullable(),
  clientCertificateRequested: z.boolean().nullable(),
  /** Whether trust anchors were given (`--ca`) beside those of the system. */
  anchorsGiven: z.boolean().optional(),
  /** `sha256//BASE64` of the leaf's public key, as curl's `--pinnedpubkey` takes it. */
  pin: z.string().nullable(),
  /** Whether that key is one of the `--pin` values; `null` where none was given. */
  pinMatches: z.boolean().nullable(),
});
