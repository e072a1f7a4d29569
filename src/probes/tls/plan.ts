import type { StartTlsProtocol, TlsEnumerationOptions, TlsProbeOptions } from '../../model/probe-options.js';
import { addressFamily, type Target } from '../../model/target.js';
import type { TlsRules } from '../../model/tls-rules.js';
import type { Origin } from '../../net/port.js';

/** By then an enumeration ends with what there is, however slowly the server answers. */
export const LONGEST_ENUMERATION_MS = 120_000;

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
  /** `null`: what else the server would accept is not asked for. */
  enumerate: TlsEnumerationOptions | null;
  /** `null`: TLS begins with the first byte. */
  startTls: StartTlsProtocol | null;
  sendServername: boolean;
  resumption: boolean;
  /** `null`: it is not held against any. */
  rules: TlsRules | null;
}

/** Ports at which the plain protocol comes first, by IANA's registry; 1433 and others have ways of their own. */
export const START_TLS_PORTS: Readonly<Record<number, StartTlsProtocol>> = {
  21: 'ftp',
  25: 'smtp',
  110: 'pop3',
  143: 'imap',
  389: 'ldap',
  587: 'smtp',
  3306: 'mysql',
  5222: 'xmpp',
  5432: 'postgres',
};

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
    enumerate: options.enumerate ?? null,
    startTls: options.startTls ?? (options.startTlsByPort === true ? (START_TLS_PORTS[target.port] ?? null) : null),
    sendServername: options.sendServername ?? true,
    resumption: options.resumption ?? false,
    rules: options.rules ?? null,
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
