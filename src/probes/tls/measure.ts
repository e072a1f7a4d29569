import { type Attempt, measured } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { TlsObservation, TlsOutcome } from '../../net/port.js';
import type { MeasureContext, Observation } from '../probe.js';
import type { TlsPlan } from './plan.js';

/** One handshake. Where the server ended it, `data` still holds what it had shown by then. */
export async function measureTls(plan: TlsPlan, { network, signal }: MeasureContext): Promise<Observation<'tls'>> {
  const { pins, origin, ...options } = plan;
  const outcome = await network.tls.handshake({ ...options, ...origin, signal });
  const shown = outcome.kind === 'measured' ? outcome.value : (outcome.reached ?? null);
  return { attempt: withoutValue(outcome), method: 'tls', data: { ...emptyData(plan.address), ...givenBy(plan), ...shownBy(shown, pins) } };
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
  return { servername: plan.servername, anchorsGiven: plan.ca.length > 0 };
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
