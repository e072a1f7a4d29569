import { FIRST_CIPHER_SUITE_NAMES } from './cipher-suite-names.js';
import { LATER_CIPHER_SUITE_NAMES } from './cipher-suite-names-later.js';

export type CipherStrength = 'recommended' | 'secure' | 'weak' | 'insecure';

/** A cipher suite in its parts, as its name tells them. */
export interface CipherSuite {
  number: number;
  /** IANA's. */
  name: string;
  opensslName: string | null;
  /** `RSA`, `DHE`, `ECDH`, `PSK`, `SRP`, `KRB5`, …; `any` in TLS 1.3, where groups and certificates are agreed on apart from it. */
  keyExchange: string;
  /** `RSA`, `ECDSA`, `DSS`, `PSK`, `anon`, …; `any` in TLS 1.3. */
  authentication: string;
  /** `AES-GCM`, `3DES-CBC`, `RC4`, `NULL`, … */
  encryption: string;
  /** Of the key that encrypts; of 3DES the 112 that count against an attacker (NIST SP 800-57 part 1, table 2). */
  bits: number;
  /** `AEAD`, or the hash of the HMAC. */
  mac: string;
  /** `true` where it is for TLS 1.3 alone. */
  tls13: boolean;
  forwardSecrecy: boolean;
  strength: CipherStrength;
}

let known: ReadonlyMap<number, CipherSuite> | null = null;

/** Every suite by its number. The table is made at the first call, in about a millisecond. */
export function cipherSuites(): ReadonlyMap<number, CipherSuite> {
  if (known !== null) return known;
  const suites = new Map<number, CipherSuite>();
  for (const line of `${FIRST_CIPHER_SUITE_NAMES}${LATER_CIPHER_SUITE_NAMES}`.split('\n')) {
    const [number, name, opensslName] = line.split(' ');
    if (number === undefined || name === undefined) continue;
    const suite = describe(Number.parseInt(number, 16), name, opensslName === '=' ? name : (opensslName ?? null));
    suites.set(suite.number, suite);
  }
  known = suites;
  return suites;
}

/** `0x1301`. */
export function registeredNumber(number: number): string {
  return `0x${number.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** In the order in which they are looked for: what stands in one name can be part of another. */
const ENCRYPTIONS: readonly (readonly [RegExp, string, number])[] = [
  [/AES_(128|256)_GCM/, 'AES-GCM', 0],
  [/AES_(128|256)_CCM_8/, 'AES-CCM-8', 0],
  [/AES_(128|256)_CCM/, 'AES-CCM', 0],
  [/AES_(128|256)_CBC/, 'AES-CBC', 0],
  [/CAMELLIA_(128|256)_GCM/, 'CAMELLIA-GCM', 0],
  [/CAMELLIA_(128|256)_CBC/, 'CAMELLIA-CBC', 0],
  [/ARIA_(128|256)_GCM/, 'ARIA-GCM', 0],
  [/ARIA_(128|256)_CBC/, 'ARIA-CBC', 0],
  [/AEGIS_(128|256)/, 'AEGIS', 0],
  [/CHACHA20_POLY1305/, 'CHACHA20-POLY1305', 256],
  [/SM4_GCM/, 'SM4-GCM', 128],
  [/SM4_CCM/, 'SM4-CCM', 128],
  [/KUZNYECHIK_MGM/, 'KUZNYECHIK-MGM', 256],
  [/MAGMA_MGM/, 'MAGMA-MGM', 256],
  [/KUZNYECHIK_CTR/, 'KUZNYECHIK-CTR', 256],
  [/MAGMA_CTR/, 'MAGMA-CTR', 256],
  [/28147_CNT/, 'GOST-28147-CNT', 256],
  [/3DES_EDE_CBC/, '3DES-CBC', 112],
  [/DES40_CBC|DES_CBC_40/, 'DES-CBC', 40],
  [/DES_CBC/, 'DES-CBC', 56],
  [/RC2_CBC_56/, 'RC2-CBC', 56],
  [/RC2_CBC_40/, 'RC2-CBC', 40],
  [/RC4_(40|56|128)/, 'RC4', 0],
  [/IDEA_CBC/, 'IDEA-CBC', 128],
  [/SEED_CBC/, 'SEED-CBC', 128],
];

function describe(number: number, name: string, opensslName: string | null): CipherSuite {
  const tls13 = !name.includes('_WITH_') || /_MGM_/.test(name);
  const found = ENCRYPTIONS.find(([pattern]) => pattern.test(name));
  const [pattern, encryption, fixedBits] = found ?? [/$^/, 'NULL', 0];
  const bits = fixedBits === 0 ? Number(pattern.exec(name)?.[1] ?? 0) : fixedBits;
  const { keyExchange, authentication } = tls13 ? { keyExchange: 'any', authentication: 'any' } : agreement(name);
  const aead = /GCM|CCM|POLY1305|AEGIS|MGM/.test(encryption);
  const parts = {
    number,
    name,
    opensslName,
    keyExchange,
    authentication,
    encryption,
    bits,
    mac: aead ? 'AEAD' : (/_(MD5|SHA|SHA256|SHA384)$/.exec(name)?.[1] ?? 'GOST'),
    tls13,
  };
  const suite = { ...parts, forwardSecrecy: isForwardSecret(keyExchange, authentication) };
  return { ...suite, strength: strengthOf(suite) };
}

function isForwardSecret(keyExchange: string, authentication: string): boolean {
  // SRP and ECCPWD agree on a fresh secret too (RFC 5054 section 3.2, RFC 8492 section 5).
  if (/^(any|DHE|ECDHE|SRP|ECCPWD|CECPQ1)$/.test(keyExchange)) return true;
  // Without a certificate the Diffie-Hellman keys are made anew too.
  return authentication === 'anon' && /^(DH|ECDH)$/.test(keyExchange);
}

/** What stands between `TLS_` and `_WITH_`. */
function agreement(name: string): { keyExchange: string; authentication: string } {
  const words = name
    .slice(4, name.indexOf('_WITH_'))
    .replace(/_EXPORT(1024)?|_FIPS/, '')
    .split('_');
  const [first = '', second] = words;
  if (first === 'PSK' && second === 'DHE') return { keyExchange: 'DHE', authentication: 'PSK' };
  if (first === 'RSA' && second === 'PSK') return { keyExchange: 'RSA', authentication: 'RSA and PSK' };
  if (first === 'SRP') return { keyExchange: 'SRP', authentication: words[2] ?? 'SRP' };
  if (first === 'NULL') return { keyExchange: 'NULL', authentication: 'NULL' };
  if (first.startsWith('GOSTR')) return { keyExchange: 'GOST', authentication: first.replace('GOSTR', 'GOST R ') };
  if (first === 'ECCPWD') return { keyExchange: 'ECCPWD', authentication: 'password' };
  return { keyExchange: first, authentication: second ?? first };
}

/** Marked "Y" in IANA's column "Recommended", less those with finite-field DHE, which RFC 9325 section 4.1 advises against. */
const RECOMMENDED: ReadonlySet<number> = new Set([
  0x1301, 0x1302, 0x1303, 0x1304, 0xc02b, 0xc02c, 0xc02f, 0xc030, 0xcca8, 0xcca9, 0xccac, 0xd001, 0xd002, 0xd005,
]);

/**
 * How a suite is to be seen:
 *
 * - `insecure`: it must not be negotiated. No encryption or keys under 112 bits (RFC 9325 section 4.1), no authentication of the server, RC4
 *   (RFC 7465), blocks of 64 bits (SWEET32; NIST SP 800-131A ends 3DES with 2023), MD5, export.
 * - `weak`: it works, and it should go. No forward secrecy (RFC 9325 section 4.1), CBC with a MAC before it (Lucky Thirteen), tags of 64
 *   bits (CCM_8), DSS (RFC 9155), what was only a draft.
 * - `recommended`: see {@link RECOMMENDED}.
 * - `secure`: the rest.
 */
function strengthOf(suite: Omit<CipherSuite, 'strength'>): CipherStrength {
  const { number, name, encryption, bits, authentication, mac, forwardSecrecy } = suite;
  const smallBlocks = /^(3DES|DES|RC2|IDEA)/.test(encryption);
  if (bits < 112 || encryption === 'RC4' || smallBlocks || mac === 'MD5' || /_EXPORT/.test(name)) return 'insecure';
  if (authentication === 'anon' || authentication === 'NULL') return 'insecure';
  const draft = (number >= 0xcc13 && number <= 0xcc15) || name.startsWith('TLS_CECPQ1');
  if (!forwardSecrecy || mac !== 'AEAD' || encryption === 'AES-CCM-8' || authentication === 'DSS' || draft) return 'weak';
  return RECOMMENDED.has(number) ? 'recommended' : 'secure';
}
