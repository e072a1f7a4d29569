import type { Origin, ProxyProbeOptions, TlsProbeOptions } from '../../model/probe-options.js';
import type { ProxyHop } from '../../model/proxy.js';
import { proxyFor } from '../../model/proxy-environment.js';
import { addressFamily, type Target } from '../../model/target.js';

/** Plain data. It holds credentials, so it never enters a report. */
export interface ProxyPlan {
  hop: ProxyHop;
  scheme: 'http' | 'https' | 'ws' | 'wss';
  host: string;
  /** IP address; `null`: the name was not resolved here. */
  address: string | null;
  port: number;
  path: string;
  servername: string;
  ca: readonly string[];
  cert: string | null;
  key: string | null;
  compare: boolean;
  timeoutMs: number;
  origin: Origin;
}

/** `null` where no proxy is on the way to the target. */
export function planProxy(
  target: Target,
  address: string | null,
  options: ProxyProbeOptions,
  tls: Pick<TlsProbeOptions, 'servername' | 'ca' | 'cert' | 'key'> | null,
  origin: Origin,
): ProxyPlan | null {
  const { host, port, path } = target;
  const scheme = spokenAt(target);
  if (port === null || scheme === null) return null;
  const { hop } = proxyFor(target, options.settings);
  if (hop === null) return null;
  return {
    hop,
    scheme,
    host,
    address,
    port,
    path: path ?? '/',
    servername: tls?.servername ?? host.replace(/%.*$/, ''),
    ca: tls?.ca ?? [],
    cert: tls?.cert ?? null,
    key: tls?.key ?? null,
    compare: options.compare,
    timeoutMs: options.timeoutMs,
    origin,
  };
}

/** What a client would speak there; the ports of the web stand for it where no scheme was named. */
function spokenAt({ scheme, port }: Target): ProxyPlan['scheme'] | null {
  if (scheme === 'http' || scheme === 'https' || scheme === 'ws' || scheme === 'wss') return scheme;
  if (scheme === 'tls' && port === 443) return 'https';
  return scheme === 'tcp' && port === 80 ? 'http' : null;
}

/** Whether the proxy is asked for the URL itself, so that it opens no way that could be looked at by itself. */
export function isAskedForUrl({ hop, scheme }: Pick<ProxyPlan, 'hop' | 'scheme'>): boolean {
  return scheme === 'http' && (hop.kind === 'http' || hop.kind === 'https');
}

/** `Host` field. */
export function authorityOf({ scheme, host, port }: ProxyPlan): string {
  const name = addressFamily(host) === 6 ? `[${host.replace(/%.*$/, '')}]` : host;
  return port === (scheme === 'https' || scheme === 'wss' ? 443 : 80) ? name : `${name}:${port}`;
}
