import type { TlsRules } from './tls-rules.js';

/** The three of RFC 8446 that are in general use; the two with CCM are for small devices. */
const TLS13_SUITES = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];

/** Key exchange on an elliptic curve, and encryption with authentication. */
const ECDHE_AEAD_SUITES = [
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
];

const OLD_SUITES = [
  'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_RSA_WITH_AES_256_CBC_SHA256',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
];

const CLASSICAL_GROUPS = ['x25519', 'secp256r1', 'secp384r1'];
const ECDSA_SIGNATURES = ['ECDSA-SHA256', 'ECDSA-SHA384', 'ECDSA-SHA512'];

/** What every profile wants, although Mozilla's do not say it: each is an attack with a name (CRIME, RFC 5746, Heartbleed's door). */
const SANE = { compression: false, secureRenegotiation: true } as const;

/**
 * The rules by the name that `--policy` takes. `modern` and `intermediate` are Mozilla's Server Side TLS, version 6.0; `old`, which that
 * version dropped, is that of 5.8, the last that had it. The published files list `ocsp_staple` for all; it asks for nothing where the
 * certificate names no responder, as those of authorities that gave up OCSP. Their curve list begins with X25519MLKEM768 since 6.0: not to
 * have it is a remark. `old` wants the server to decide among suites, the others the client; that too is a remark, as the suites are all
 * allowed. A version that a server leaves out breaks no rule of theirs, but for the newest.
 */
export const TLS_POLICIES: Readonly<Record<string, TlsRules>> = {
  modern: {
    name: 'modern',
    source: 'Mozilla Server Side TLS 6.0, https://ssl-config.mozilla.org/guidelines/6.0.json',
    protocols: { allowed: ['TLSv1.3'], required: ['TLSv1.3'] },
    ciphers: { allowed: TLS13_SUITES },
    preference: 'client',
    groups: { allowed: ['X25519MLKEM768', ...CLASSICAL_GROUPS] },
    postQuantum: 'recommended',
    certificate: { keyTypes: ['EC'], minimumEcBits: 256, signatureAlgorithms: ECDSA_SIGNATURES, maximumLifetimeDays: 90 },
    ocspStaple: true,
    ...SANE,
  },
  intermediate: {
    name: 'intermediate',
    source: 'Mozilla Server Side TLS 6.0, https://ssl-config.mozilla.org/guidelines/6.0.json',
    protocols: { allowed: ['TLSv1.2', 'TLSv1.3'], preferred: ['TLSv1.3'] },
    ciphers: { allowed: [...TLS13_SUITES, ...ECDHE_AEAD_SUITES] },
    preference: 'client',
    groups: { allowed: ['X25519MLKEM768', ...CLASSICAL_GROUPS] },
    minimumDhBits: 2048,
    postQuantum: 'recommended',
    certificate: {
      keyTypes: ['EC', 'RSA'],
      minimumRsaBits: 2048,
      minimumEcBits: 256,
      signatureAlgorithms: ['RSA-SHA256', ...ECDSA_SIGNATURES],
      maximumLifetimeDays: 366,
      recommendedLifetimeDays: 90,
    },
    ocspStaple: true,
    ...SANE,
  },
  old: {
    name: 'old',
    source: 'Mozilla Server Side TLS 5.8, https://ssl-config.mozilla.org/guidelines/5.8.json',
    protocols: { allowed: ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'], preferred: ['TLSv1.2', 'TLSv1.3'] },
    ciphers: { allowed: [...TLS13_SUITES, ...ECDHE_AEAD_SUITES, ...OLD_SUITES] },
    preference: 'server',
    groups: { allowed: CLASSICAL_GROUPS },
    minimumDhBits: 1024,
    certificate: {
      keyTypes: ['RSA'],
      minimumRsaBits: 2048,
      signatureAlgorithms: ['RSA-SHA256'],
      maximumLifetimeDays: 366,
      recommendedLifetimeDays: 90,
    },
    ocspStaple: true,
    ...SANE,
  },
  platform: {
    name: 'platform',
    source: 'requirements of a platform: TLS 1.2 at least, 1.3 preferred, forward secrecy, keys of 2048 bits or P-256, names, 90 days',
    protocols: { allowed: ['TLSv1.2', 'TLSv1.3'], preferred: ['TLSv1.3'] },
    ciphers: { allowed: [...TLS13_SUITES, ...ECDHE_AEAD_SUITES] },
    certificate: {
      keyTypes: ['EC', 'RSA'],
      minimumRsaBits: 2048,
      minimumEcBits: 256,
      recommendedLifetimeDays: 90,
      nameMatches: true,
      trusted: true,
    },
    ...SANE,
  },
};
