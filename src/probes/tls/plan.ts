import type { TlsProbeOptions } from '../../model/probe-options.js';
import { addressFamily, type Target } from '../../model/target.js';
import type { Origin } from '../../net/port.js';

/** Plain data. It holds a key, so it never enters a report or a log. */
export interface TlsPlan {
  address: string;
  port: number;
  servername: string;
  ca: string[];
  cert: string | null;
  key: string | null;
  pins: string[];
  alpn: string[];
  timeoutMs: number;
  origin: Origin;
}

/** One handshake with the target; `null` where the target has no port. */
export function planTls(target: Target, address: string, options: TlsProbeOptions, origin: Origin): TlsPlan | null {
  if (target.port === null) return null;
  return {
    address,
    port: target.port,
    // The target can be an address with the zone of this machine, which no certificate and no server knows.
    servername: options.servername ?? withoutZone(target.host),
    ca: [...options.ca],
    cert: options.cert,
    key: options.key,
    pins: [...options.pins],
    alpn: alpnOf(target),
    timeoutMs: options.timeoutMs,
    origin,
  };
}

/** RFC 7301 names to offer: only where HTTP is to be expected, since a server of another kind may refuse them. */
function alpnOf(target: Target): string[] {
  if (target.scheme === 'wss') return ['http/1.1'];
  return target.scheme === 'https' || target.port === 443 ? ['h2', 'http/1.1'] : [];
}

function withoutZone(host: string): string {
  return addressFamily(host) === 6 ? host.replace(/%.*$/, '') : host;
}
