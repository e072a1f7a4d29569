import type { PhasesOptions, TlsProbeOptions } from '../../model/probe-options.js';
import { addressFamily, speaksHttp, type Target } from '../../model/target.js';
import type { IpFamily, Origin } from '../../net/port.js';

/** Plain data. It holds the request target and credentials, so it never enters a report or a log. */
export interface PhasesPlan {
  address: string;
  port: number;
  /** What is spoken behind TCP. */
  kind: 'tcp' | 'tls' | 'http' | 'websocket';
  secure: boolean;
  /** How the measurement is named: the scheme. */
  method: string;
  /** What looking the name up took; `null` where nothing was looked up. */
  dnsMs: number | null;
  /** How the name is looked up again ahead of each further exchange; `null` where it is not. */
  lookup: { host: string; family: IpFamily | null; timeoutMs: number } | null;
  /** Exchanges, each on a connection of its own. */
  count: number;
  /** Between their starts. */
  intervalMs: number;
  servername: string;
  ca: string[];
  cert: string | null;
  key: string | null;
  /** `Host` field (RFC 9110 section 7.2). */
  host: string;
  path: string;
  headers: Record<string, string>;
  /** How long the front page is waited for, where nobody said that HTTP is spoken, and the port lets one expect it; `null`: it is not asked. */
  frontPageMs: number | null;
  /** With nothing more of the body of the page for so long, it stands still; `null`: the body is not read. */
  bodyStallMs: number | null;
  /** For each exchange, behind the lookup. */
  timeoutMs: number;
  origin: Origin;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, ws: 80, tcp: 80, https: 443, wss: 443, tls: 443 };

/** As long as the name of a target may take when the run begins. */
const LOOKUP_MS = 2000;

/**
 * The phases of requests to the target, or of connections where no HTTP is spoken.
 *
 * @param dnsMs what looking the name up took; `null` where nothing was looked up
 * @param options time for the phases behind DNS together, how many exchanges, and whether each looks the name up again
 * @param tls name, trust anchors and client certificate, where they were given
 * @returns `null` where the target has no port
 */
export function planPhases(
  target: Target,
  address: string,
  dnsMs: number | null,
  options: PhasesOptions,
  tls: Pick<TlsProbeOptions, 'servername' | 'ca' | 'cert' | 'key'> | null,
  origin: Origin,
): PhasesPlan | null {
  const { port, scheme, credentials } = target;
  if (port === null || scheme === null) return null;
  const host = addressFamily(target.host) === 6 ? `[${target.host.replace(/%.*$/, '')}]` : target.host;
  return {
    address,
    port,
    kind: kindOf(target),
    secure: scheme === 'https' || scheme === 'wss' || scheme === 'tls',
    method: scheme,
    dnsMs,
    lookup: options.lookup === undefined || dnsMs === null ? null : { ...options.lookup, host: target.host, timeoutMs: LOOKUP_MS },
    count: options.count ?? 1,
    intervalMs: options.intervalMs ?? 0,
    servername: tls?.servername ?? host.replace(/^\[|\]$/g, ''),
    ca: [...(tls?.ca ?? [])],
    cert: tls?.cert ?? null,
    key: tls?.key ?? null,
    host: DEFAULT_PORTS[scheme] === port ? host : `${host}:${port}`,
    path: target.path ?? '/',
    // RFC 7617; UTF-8 as its section 2.1 has it.
    headers: {
      ...(credentials === null ? {} : { authorization: `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}` }),
      ...Object.fromEntries((options.headers ?? []).map(({ name, value }) => [name.toLowerCase(), value])),
    },
    frontPageMs: isLikelyWeb(target) ? (options.frontPageMs ?? null) : null,
    bodyStallMs: kindOf(target) === 'http' ? (options.bodyStallMs ?? null) : null,
    timeoutMs: options.timeoutMs,
    origin,
  };
}

/** A port of the web that was named alone: what is there speaks HTTP as a rule, and need not. */
export function isLikelyWeb({ scheme, port }: Pick<Target, 'scheme' | 'port'>): boolean {
  return (scheme === 'tls' && (port === 443 || port === 8443)) || (scheme === 'tcp' && port === 80);
}

function kindOf(target: Target): PhasesPlan['kind'] {
  if (target.scheme === 'ws' || target.scheme === 'wss') return 'websocket';
  if (speaksHttp(target)) return 'http';
  return target.scheme === 'tls' ? 'tls' : 'tcp';
}
