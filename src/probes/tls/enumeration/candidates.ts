import { type CipherSuite, cipherSuites } from '../../../wire/tls/cipher-suites.js';
import { tlsGroups } from '../../../wire/tls/groups.js';
import { signatureSchemes, signsInTls12, signsInTls13 } from '../../../wire/tls/signature-schemes.js';
import type { Protocol, Question } from './question.js';

const COMMON_ENCRYPTION = /^(AES-GCM|AES-CBC|CHACHA20-POLY1305|3DES-CBC|RC4)$/;

/** What nearly every server has at least one of: 48 suites at the most, which no server finds too many. */
export function isCommon({ keyExchange, authentication, encryption, bits }: CipherSuite): boolean {
  if (!COMMON_ENCRYPTION.test(encryption) || bits < 112) return false;
  return (keyExchange === 'ECDHE' && /^(RSA|ECDSA)$/.test(authentication)) || (/^(DHE|RSA)$/.test(keyExchange) && authentication === 'RSA');
}

/** Common ones first; ChaCha20 never at the end either way round, since servers that put it first for such clients tell nothing of their order. */
export function suitesFor(protocol: Protocol): number[] {
  const suites = [...cipherSuites().values()];
  if (protocol === 'TLSv1.3') return suites.filter(({ tls13 }) => tls13).map(({ number }) => number);
  const older = suites.filter(({ tls13 }) => !tls13);
  const common = older.filter(isCommon);
  return [...common, ...older.filter((suite) => !isCommon(suite))].map(({ number }) => number);
}

/** The other way round, with ChaCha20 behind all others. */
export function reversed(suites: readonly number[]): number[] {
  const chacha = (suite: number) => cipherSuites().get(suite)?.encryption === 'CHACHA20-POLY1305';
  const turned = [...suites].reverse();
  return [...turned.filter((suite) => !chacha(suite)), ...turned.filter(chacha)];
}

export function commonSuites(): number[] {
  return [...cipherSuites().values()].filter((suite) => !suite.tls13 && isCommon(suite)).map(({ number }) => number);
}

const MODERN_GROUPS = [0x001d, 0x0017, 0x0018, 0x0019];

/** What an offer says where it is about something else: all that there is. */
export function offerOf(protocol: Protocol, suites: readonly number[], more: Partial<Question> = {}): Question {
  const groups = [...tlsGroups().values()];
  return {
    protocol,
    suites,
    groups:
      more.lean === true
        ? MODERN_GROUPS
        : groupsFor(
            protocol,
            groups.map(({ number }) => number),
          ),
    schemes: schemesFor(protocol),
    shares: false,
    fallback: false,
    lean: false,
    alone: false,
    ...more,
  };
}

/** Below TLS 1.3 elliptic curves alone: finite-field groups there only narrow what DHE may use (RFC 7919), and there are no others. */
export function groupsFor(protocol: Protocol, groups: readonly number[] = [...tlsGroups().keys()]): number[] {
  if (protocol === 'TLSv1.3') return [...groups];
  return groups.filter((group) => tlsGroups().get(group)?.kind === 'elliptic');
}

export function schemesFor(protocol: Protocol): number[] {
  const fits = protocol === 'TLSv1.3' ? signsInTls13 : signsInTls12;
  // In TLS 1.3 the certificates in the chain may be signed with what the server itself may not sign with.
  return [...signatureSchemes().values()].filter(fits).map(({ number }) => number);
}

/** Suites that are agreed on over elliptic curves, anew each time. */
export function overCurves(suites: readonly number[]): number[] {
  return suites.filter((suite) => {
    const { keyExchange, authentication } = cipherSuites().get(suite) ?? {};
    return keyExchange === 'ECDHE' || (keyExchange === 'ECDH' && authentication === 'anon');
  });
}

/** Suites in which the server signs its share. */
export function signed(suites: readonly number[]): number[] {
  return suites.filter((suite) => {
    const { keyExchange = '', authentication = '' } = cipherSuites().get(suite) ?? {};
    return /^(ECDHE|DHE)$/.test(keyExchange) && /^(RSA|ECDSA|DSS)$/.test(authentication);
  });
}
