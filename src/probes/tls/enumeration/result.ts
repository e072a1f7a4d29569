import type { DataOf } from '../../../model/measurement.js';
import { type CipherStrength, cipherSuites, registeredNumber } from '../../../wire/tls/cipher-suites.js';
import { tlsGroups } from '../../../wire/tls/groups.js';
import { signatureSchemes } from '../../../wire/tls/signature-schemes.js';
import { SSL2_CIPHERS } from '../../../wire/tls/ssl2.js';
import type { Facts } from './facts.js';
import { PROTOCOLS, type Protocol } from './question.js';

export type TlsEnumeration = NonNullable<DataOf<'tls'>['enumeration']>;
type Cipher = TlsEnumeration['ciphers'][number];

const STRENGTHS: readonly CipherStrength[] = ['recommended', 'secure', 'weak', 'insecure'];
/** Versions in which what is told of extensions below means anything. */
const BELOW_TLS13 = PROTOCOLS.slice(2, 5);

/**
 * What was found out, in the shape of the report.
 *
 * @param cut why the inquiry ended before its end; `null` where it did not
 */
export function enumerationOf(facts: Facts, spent: { connections: number; durationMs: number }, cut: string | null): TlsEnumeration {
  const newestFirst = [...PROTOCOLS].reverse();
  const unsettled = [...facts.unsettled, ...(cut === null ? [] : [...facts.open].map((label) => `${label}: ${cut}`))];
  const accepted = newestFirst.filter((protocol) => facts.protocols[protocol].supported === true);
  return {
    ...spent,
    complete: unsettled.length === 0 && cut === null,
    unsettled: unsettled.length === 0 && cut !== null ? [cut] : unsettled,
    notes: [...facts.notes],
    violations: [...facts.violations],
    protocols: PROTOCOLS.map((name) => ({ name, supported: facts.protocols[name].supported })),
    ciphers: newestFirst.flatMap((protocol) => ciphersOf(facts, protocol)),
    preference: accepted
      .filter((protocol) => protocol !== 'SSLv2')
      .map((protocol) => {
        const { decides, order } = facts.protocols[protocol];
        return { protocol, decides, order: order === null ? null : order.map(nameOf) };
      }),
    groups: groupsOf(facts),
    dhBits: facts.dhBits,
    signatureSchemes: schemesOf(facts),
    compression: facts.compression,
    secureRenegotiation: facts.secureRenegotiation,
    fallbackSignal: facts.fallbackSignal,
    downgradeMark: downgradeMark(facts),
    heartbeat: facts.heartbeat,
    extendedMasterSecret: facts.extendedMasterSecret,
    encryptThenMac: facts.encryptThenMac,
    sessionTickets: facts.sessionTickets,
  };
}

/** Where TLS 1.3 and a lower version are both spoken, the lower hello must be marked. */
function downgradeMark(facts: Facts): boolean | null {
  if (facts.downgradeMark === true) return true;
  const lower = BELOW_TLS13.some((protocol) => facts.protocols[protocol].supported === true);
  return facts.protocols['TLSv1.3'].supported === true && lower ? false : null;
}

function nameOf(suite: number): string {
  return cipherSuites().get(suite)?.name ?? registeredNumber(suite);
}

/** By the server's order where it has one, otherwise the strong ones first. */
function ciphersOf(facts: Facts, protocol: Protocol): Cipher[] {
  if (protocol === 'SSLv2') return facts.ssl2Kinds.map(ssl2Cipher);
  const { suites, order } = facts.protocols[protocol];
  const ciphers = [...suites].map((number) => cipherOf(protocol, number));
  const place = new Map(order?.map((number, index) => [registeredNumber(number), index]));
  return ciphers.sort(
    (one, other) =>
      (place.get(one.id) ?? place.size) - (place.get(other.id) ?? place.size) ||
      STRENGTHS.indexOf(one.strength) - STRENGTHS.indexOf(other.strength) ||
      Number(other.forwardSecrecy) - Number(one.forwardSecrecy) ||
      other.bits - one.bits ||
      (one.name < other.name ? -1 : 1),
  );
}

function cipherOf(protocol: Protocol, number: number): Cipher {
  const suite = cipherSuites().get(number);
  return {
    protocol,
    name: nameOf(number),
    id: registeredNumber(number),
    opensslName: suite?.opensslName ?? null,
    strength: suite?.strength ?? 'weak',
    keyExchange: suite?.keyExchange ?? 'unknown',
    authentication: suite?.authentication ?? 'unknown',
    encryption: suite?.encryption ?? 'unknown',
    bits: suite?.bits ?? 0,
    forwardSecrecy: suite?.forwardSecrecy ?? false,
  };
}

function ssl2Cipher(kind: number): Cipher {
  const known = SSL2_CIPHERS.get(kind);
  const id = `0x${kind.toString(16).toUpperCase().padStart(6, '0')}`;
  return {
    protocol: 'SSLv2',
    name: known?.name ?? id,
    id,
    opensslName: known?.opensslName ?? null,
    strength: 'insecure',
    keyExchange: 'RSA',
    authentication: 'RSA',
    encryption: known?.encryption ?? 'unknown',
    bits: known?.bits ?? 0,
    forwardSecrecy: false,
  };
}

function groupsOf(facts: Facts): TlsEnumeration['groups'] {
  const looked = PROTOCOLS.filter((protocol) => facts.protocols[protocol].groups !== null);
  if (looked.length === 0) return null;
  return [...tlsGroups().values()].flatMap(({ number, name, kind }) => {
    const protocols = looked.filter((protocol) => facts.protocols[protocol].groups?.has(number) === true);
    return protocols.length === 0 ? [] : [{ name, id: registeredNumber(number), kind, protocols: [...protocols].reverse() }];
  });
}

function schemesOf(facts: Facts): TlsEnumeration['signatureSchemes'] {
  const looked = PROTOCOLS.filter((protocol) => facts.protocols[protocol].schemes !== null).reverse();
  if (looked.length === 0) return null;
  return looked.flatMap((protocol) =>
    [...(facts.protocols[protocol].schemes ?? [])].map((number) => ({
      protocol,
      name: signatureSchemes().get(number)?.name ?? registeredNumber(number),
      id: registeredNumber(number),
    })),
  );
}
