import type { Origin } from '../../model/probe-options.js';
import { addressFamily, speaksTls, type Target } from '../../model/target.js';

/** Plain data. */
export interface HandshakeVariantsPlan {
  address: string;
  port: number;
  /** `null`: the target is an address. */
  servername: string | null;
  /** Of each exchange, its connection included. */
  timeoutMs: number;
  origin: Origin;
}

/** `null` where the target does not begin with TLS. */
export function planHandshakeVariants(
  target: Target,
  address: string,
  options: { servername: string | null; timeoutMs: number },
  origin: Origin,
): HandshakeVariantsPlan | null {
  if (target.port === null || !speaksTls(target)) return null;
  const name = options.servername ?? target.host;
  return { address, port: target.port, servername: addressFamily(name) === null ? name : null, timeoutMs: options.timeoutMs, origin };
}
