import { type Attempt, measured } from '../../model/attempt.js';
import { NOT_TLS } from '../../model/failure-code.js';
import type { DataOf } from '../../model/measurement.js';
import type { TlsObservation, TlsOutcome } from '../../net/port.js';
import type { MeasureContext, Observation } from '../probe.js';
import type { TlsPlan } from './plan.js';
import { evaluateRules } from './rules.js';

/** One handshake. Where the server ended it, `data` still holds what it had shown by then. */
export async function measureTls(plan: TlsPlan, { network, signal }: MeasureContext): Promise<Observation<'tls'>> {
  const { pins, origin, rules, enumerate: _enumerate, ...options } = plan;
  const outcome = await network.tls.handshake({ ...options, ...origin, signal });
  const shown = outcome.kind === 'measured' ? outcome.value : (outcome.reached ?? null);
  const seenAt = network.clock.wallTime();
  const handshake = { ...emptyData(plan.address), ...givenBy(plan), ...shownBy(shown, pins) };
  const data: DataOf<'tls'> = { ...handshake, ...(await enumerated(plan, outcome, { network, signal })) };
  if (rules !== null) data.policy = { name: rules.name, source: rules.source, rules: evaluateRules(data, rules, seenAt) };
  return { attempt: withoutValue(outcome), method: 'tls', data };
}

/** What else the server would accept: also where this handshake failed, unless TCP did not connect or what came was not TLS. */
async function enumerated(plan: TlsPlan, outcome: TlsOutcome, context: MeasureContext): Promise<Partial<DataOf<'tls'>>> {
  const silent = outcome.kind === 'unanswered' && outcome.step === 'handshake';
  const turnedDown = outcome.kind === 'failed' && outcome.step === 'handshake' && outcome.code !== NOT_TLS;
  if (plan.enumerate === null || !(outcome.kind === 'measured' || silent || turnedDown)) return {};
  const { measureEnumeration } = await import('./enumeration/measure.js');
  const enumeration = await measureEnumeration(plan, context);
  if (enumeration === null) return {};
  return {
    enumeration,
    protocols: enumeration.protocols.flatMap(({ name, supported }) => (supported === null ? [] : [{ name, supported }])),
    ciphers: enumeration.ciphers.map(({ protocol, name, strength }) => ({ protocol, name, strength })),
    groups: enumeration.groups?.map(({ name }) => name) ?? null,
  };
}

export function tlsNotTried(address: string | null, attempt: Attempt<null>): Observation<'tls'> {
  return { attempt, method: null, data: emptyData(address) };
}

function withoutValue(outcome: TlsOutcome): Attempt<null> {
  if (outcome.kind === 'measured') return measured(null);
  const { reached: _reached, tcpMs: _tcpMs, ...attempt } = outcome;
  return attempt;
}

function givenBy(plan: TlsPlan) {
  return {
    servername: plan.servername,
    anchorsGiven: plan.ca.length > 0,
    clientCertificateGiven: plan.cert !== null,
    startTls: plan.startTls,
    enumerationAsked: plan.enumerate !== null,
  };
}

function shownBy(shown: TlsObservation | null, pins: readonly string[]): Partial<DataOf<'tls'>> {
  if (shown === null) return {};
  return {
    protocol: shown.protocol,
    cipher: shown.cipher,
    group: shown.group,
    alpn: shown.alpn,
    handshakeMs: shown.handshakeMs,
    trusted: shown.trusted,
    trustError: shown.trustError,
    hostnameMatches: shown.hostnameMatches,
    chain: shown.chain,
    clientCertificateRequested: shown.clientCertificateRequested ?? null,
    // OpenSSL inside Node does not hand them out.
    clientCertificateAuthorities: null,
    chainLength: shown.chainLength ?? shown.chain.length,
    chainFaults: shown.chainFaults ?? null,
    pathFaults: shown.pathFaults ?? null,
    trustedBy: shown.trustedBy ?? null,
    ...(shown.ocspStaple === undefined ? {} : { ocspStaple: shown.ocspStaple }),
    resumption: shown.resumption ?? null,
    pin: shown.pin,
    pinMatches: pins.length === 0 || shown.pin === null ? null : pins.includes(shown.pin),
  };
}

function emptyData(address: string | null): DataOf<'tls'> {
  return {
    address,
    protocol: null,
    cipher: null,
    group: null,
    alpn: null,
    handshakeMs: null,
    trusted: null,
    trustError: null,
    hostnameMatches: null,
    chain: [],
    protocols: null,
    ciphers: null,
    groups: null,
    servername: null,
    clientCertificateRequested: null,
    pin: null,
    pinMatches: null,
  };
}
