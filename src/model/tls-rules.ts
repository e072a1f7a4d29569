import { z } from 'zod';

/**
 * What a TLS server has to be like, as data: Mozilla's published profiles have this shape, those of an organisation can have it too. One
 * definition gives the type and the validation of a file. An absent field asks for nothing.
 */

export const TLS_VERSIONS = ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

const version = z.enum(TLS_VERSIONS);
const names = z.array(z.string()).max(500);
const bits = z.int().min(1).max(65_536);
const days = z.number().positive().max(36_500);

export const tlsRulesSchema = z.strictObject({
  /** What they are called: the name of the file where none is given. */
  name: z.string().optional(),
  /** Where they come from: an address, a document, a file. */
  source: z.string().optional(),
  /** Versions that may be accepted, those that must be, and those that should be. */
  protocols: z
    .strictObject({ allowed: z.array(version), required: z.array(version).optional(), preferred: z.array(version).optional() })
    .optional(),
  /** Cipher suites that may be accepted, by their IANA names, in whichever version. */
  ciphers: z.strictObject({ allowed: names }).optional(),
  /** Who must decide among suites that both sides have. */
  preference: z.enum(['server', 'client']).optional(),
  /** Groups for the key exchange that may be accepted, by their IANA names, and a set of which one must be. */
  groups: z.strictObject({ allowed: names.optional(), anyOf: names.optional() }).optional(),
  /** Smallest finite-field Diffie-Hellman prime below TLS 1.3. */
  minimumDhBits: bits.optional(),
  /** A key exchange that holds against a quantum computer: a fault without, or only a remark. */
  postQuantum: z.enum(['required', 'recommended']).optional(),
  certificate: z
    .strictObject({
      /** `RSA`, `RSA-PSS`, `EC`, `Ed25519`, … */
      keyTypes: names.optional(),
      minimumRsaBits: bits.optional(),
      minimumEcBits: bits.optional(),
      /** `RSA-SHA256`, `ECDSA-SHA384`, …: of the leaf. */
      signatureAlgorithms: names.optional(),
      maximumLifetimeDays: days.optional(),
      /** A longer one is only a remark. */
      recommendedLifetimeDays: days.optional(),
      minimumRemainingDays: days.optional(),
      /** Whether it must be good for the name that was asked for, by its subjectAltName. */
      nameMatches: z.literal(true).optional(),
      trusted: z.literal(true).optional(),
    })
    .optional(),
  /** An OCSP answer must be stapled, where the certificate names a responder. */
  ocspStaple: z.literal(true).optional(),
  compression: z.literal(false).optional(),
  secureRenegotiation: z.literal(true).optional(),
  fallbackSignal: z.literal(true).optional(),
  heartbeat: z.literal(false).optional(),
});

/** The rules of a file, with a name and a source. */
export type TlsRules = z.infer<typeof tlsRulesSchema> & { name: string; source: string };
