import { z } from 'zod';
import { count, milliseconds, ratio } from './quantities.js';

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
  /** `caIssuers` addresses; OCSP responders; CRL distribution points. */
  issuerUrls: z.array(z.string()).optional(),
  ocspUrls: z.array(z.string()).optional(),
  crlUrls: z.array(z.string()).optional(),
  /** RFC 5280 section 4.2.1.9; `null` without the extension. */
  basicConstraints: z.strictObject({ ca: z.boolean(), pathLength: count.nullable() }).nullable().optional(),
  /** `digitalSignature`, `keyCertSign`, …; `null` without the extension: every use is allowed. */
  keyUsage: z.array(z.string()).nullable().optional(),
  /** `serverAuth`, `clientAuth`, or an object identifier; `null` without the extension. */
  extendedKeyUsage: z.array(z.string()).nullable().optional(),
  /** `notAfter` less `notBefore`. */
  lifetimeDays: z.number().optional(),
  /** Share of its lifetime that was left when it was seen: 1 before it begins, 0 after its end. */
  remainingRatio: ratio.optional(),
  /** Whether its own key signed it; `null` where that could not be checked. */
  selfSigned: z.boolean().nullable().optional(),
  /** Of X.509: 3, in old ones 1; `null` where it could not be read. */
  version: count.nullable().optional(),
  /** Critical extensions that no client knows, by their object identifiers. */
  unknownCritical: z.array(z.string()).optional(),
  /** Whether it limits the names below it (RFC 5280 section 4.2.1.10). */
  nameConstrained: z.boolean().optional(),
  /** Whether it is to be shown with a stapled OCSP answer only (RFC 7633). */
  mustStaple: z.boolean().optional(),
  /** Signed certificate timestamps inside it (RFC 6962); `null` without the extension. */
  embeddedTimestamps: count.nullable().optional(),
});

/** What is wrong with a step of the way from the leaf to the anchor, whatever the anchor. */
export const pathFault = z.strictObject({
  fault: z.enum([
    'signature-invalid',
    'issuer-not-authority',
    'path-length-exceeded',
    'name-constraint-violated',
    'unknown-critical-extension',
    'intermediate-missing',
  ]),
  /** Place of the certificate that is at fault in `chain`; `null`: it is the anchor, or was not sent. */
  certificate: count.nullable(),
  /** Which name, length or extension. */
  detail: z.string(),
});

/** What an enumeration found, offer by offer. `null` in it: could not be settled. */
export const tlsEnumeration = z.strictObject({
  /** TCP connections that it took. */
  connections: count,
  durationMs: milliseconds,
  /** Whether everything was settled; otherwise `unsettled` says what was not, and why. */
  complete: z.boolean(),
  unsettled: z.array(z.string()),
  /** What the server does not stand, and how it was gone about: long lists, many extensions, hellos without a key share. */
  notes: z.array(z.string()).optional(),
  /** What it answered that no server may: a suite, group or version that was not offered. */
  violations: z.array(z.string()).optional(),
  protocols: z.array(z.strictObject({ name: z.string(), supported: z.boolean().nullable() })),
  ciphers: z.array(
    z.strictObject({
      protocol: z.string(),
      /** IANA's name; of SSL 2.0 that of its specification. */
      name: z.string(),
      /** `0x1301`; of SSL 2.0 six digits. */
      id: z.string(),
      opensslName: z.string().nullable(),
      strength: z.enum(['recommended', 'secure', 'weak', 'insecure']),
      keyExchange: z.string(),
      authentication: z.string(),
      encryption: z.string(),
      /** Of the key that encrypts. */
      bits: count,
      forwardSecrecy: z.boolean(),
    }),
  ),
  /** Who decides among suites that both have, by protocol. `order`: the server's own, best first; `null` where the client decides. */
  preference: z.array(
    z.strictObject({ protocol: z.string(), decides: z.enum(['server', 'client']).nullable(), order: z.array(z.string()).nullable() }),
  ),
  groups: z
    .array(
      z.strictObject({
        name: z.string(),
        id: z.string(),
        kind: z.enum(['elliptic', 'finite-field', 'hybrid', 'post-quantum']),
        /** Versions in which it was accepted. */
        protocols: z.array(z.string()),
      }),
    )
    .nullable(),
  /** Size of the server's own Diffie-Hellman prime below TLS 1.3; `null` where no such suite is accepted. */
  dhBits: count.nullable(),
  /** With which the server signs, by protocol. */
  signatureSchemes: z.array(z.strictObject({ protocol: z.string(), name: z.string(), id: z.string() })).nullable(),
  /** Whether DEFLATE is accepted (CRIME). */
  compression: z.boolean().nullable(),
  /** RFC 5746. */
  secureRenegotiation: z.boolean().nullable(),
  /** Whether TLS_FALLBACK_SCSV is heeded (RFC 7507); `null` also where there is but one version. */
  fallbackSignal: z.boolean().nullable(),
  /** Whether a TLS 1.3 server marks a lower version that it was brought to in its random (RFC 8446 section 4.1.3). */
  downgradeMark: z.boolean().nullable(),
  /** RFC 6520: only that it was offered; nothing is sent. */
  heartbeat: z.boolean().nullable(),
  /** RFC 7627, RFC 7366, RFC 5077. */
  extendedMasterSecret: z.boolean().nullable(),
  encryptThenMac: z.boolean().nullable(),
  sessionTickets: z.boolean().nullable(),
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
  /** Whether there was one to show (`--cert`). */
  clientCertificateGiven: z.boolean().optional(),
  /** Whether trust anchors were given (`--ca`) beside those of the system. */
  anchorsGiven: z.boolean().optional(),
  /** `sha256//BASE64` of the leaf's public key, as curl's `--pinnedpubkey` takes it. */
  pin: z.string().nullable(),
  /** Whether that key is one of the `--pin` values; `null` where none was given. */
  pinMatches: z.boolean().nullable(),
  /** Protocol whose command started TLS; `null` where it began with the first byte. */
  startTls: z.string().nullable().optional(),
  /** What the server sent is this far from what RFC 8446 section 4.4.2 asks for; `null` where no chain was sent. */
  chainFaults: z
    .array(z.enum(['wrong-order', 'unrelated-certificate', 'root-sent', 'duplicate', 'too-long']))
    .nullable()
    .optional(),
  /** How many certificates the server sent, of which `chain` has the first 20. */
  chainLength: count.optional(),
  /** `null` where no chain was sent. */
  pathFaults: z.array(pathFault).nullable().optional(),
  /** Which stores know the end of the chain; `null`: that store could not be read, or was not asked. */
  trustedBy: z
    .strictObject({ node: z.boolean().nullable(), system: z.boolean().nullable(), given: z.boolean().nullable() })
    .nullable()
    .optional(),
  /** The answer of the authority's responder that the server staples (RFC 6960, RFC 8446 section 4.4.2.1); `null` where it staples none. */
  ocspStaple: z
    .strictObject({
      status: z.enum(['good', 'revoked', 'unknown']).nullable(),
      thisUpdate: z.string().nullable(),
      nextUpdate: z.string().nullable(),
      /** Why it cannot be relied on; `null` where it can. */
      fault: z.string().nullable(),
    })
    .nullable()
    .optional(),
  /** Whether a second handshake resumed the session; `null` where that was not tried. */
  resumption: z
    .strictObject({
      resumed: z.boolean(),
      method: z.enum(['ticket', 'session-id', 'psk']).nullable(),
      handshakeMs: milliseconds.nullable(),
    })
    .nullable()
    .optional(),
  /** Names of the authorities whose client certificates the server wants; `null` where it asked for none, or that is not told. */
  clientCertificateAuthorities: z.array(z.string()).nullable().optional(),
  /** Whether an enumeration was asked for. */
  enumerationAsked: z.boolean().optional(),
  /** `null`: not asked for, or nothing that speaks TLS was reached. */
  enumeration: tlsEnumeration.nullable().optional(),
  /** How it stands against a policy, rule by rule; `null`: none was asked for. */
  policy: z
    .strictObject({
      name: z.string(),
      source: z.string(),
      rules: z.array(
        z.strictObject({
          id: z.string(),
          title: z.string(),
          /** Whether breaking it is a fault, or only a remark. */
          level: z.enum(['must', 'should']),
          /** `null`: what it is about was not measured. */
          passed: z.boolean().nullable(),
          expected: z.string(),
          observed: z.string(),
        }),
      ),
    })
    .nullable()
    .optional(),
});
