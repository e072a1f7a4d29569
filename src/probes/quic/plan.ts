import type { Origin, QuicOptions, TlsProbeOptions } from '../../model/probe-options.js';
import { addressFamily, speaksTls, type Target } from '../../model/target.js';

/** Where QUIC is spoken as a rule (RFC 9114 section 3.1.2, by the port of the service). */
export const QUIC_PORT = 443;
/** Nothing listens there as a rule: the first of traceroute(8)'s ports. */
export const UNUSED_PORT = 33_434;

/** Plain data. */
export interface QuicPlan {
  address: string;
  port: number;
  /** `Host` field and server name of the request that asks what the server offers. */
  host: string;
  ca: readonly string[];
  /** Of everything by UDP, from its begin on. */
  timeoutMs: number;
  /** Of the request by TCP that asks what the server offers, from its begin on; absent: as long as one is waited for as a rule. */
  offerMs?: number;
  origin: Origin;
}

/** `null` where the target has no TLS at port 443. */
export function planQuic(
  target: Target,
  address: string,
  options: QuicOptions,
  tls: Pick<TlsProbeOptions, 'ca'> | null,
  origin: Origin,
): QuicPlan | null {
  if (target.port !== QUIC_PORT || !speaksTls(target)) return null;
  const host = addressFamily(target.host) === 6 ? target.host.replace(/%.*$/, '') : target.host;
  return { address, port: QUIC_PORT, host, ca: tls?.ca ?? [], timeoutMs: options.timeoutMs, origin };
}
