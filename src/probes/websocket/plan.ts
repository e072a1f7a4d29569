import type { Origin, TlsProbeOptions, WebSocketOptions } from '../../model/probe-options.js';
import type { ProxyHop } from '../../model/proxy.js';
import { proxyFor } from '../../model/proxy-environment.js';
import { addressFamily, type Target } from '../../model/target.js';
import { basicAuthorization } from '../../wire/http/proxy-connect.js';

export interface WebSocketPlan {
  url: string;
  /** IP address; `null` where a proxy resolves the name. */
  address: string | null;
  host: string;
  port: number;
  secure: boolean;
  servername: string;
  authority: string;
  path: string;
  headers: readonly (readonly [string, string])[];
  confidential: boolean;
  ca: readonly string[];
  cert: string | null;
  key: string | null;
  via: ProxyHop | null;
  dnsMs: number | null;
  subprotocols: readonly string[];
  count: number;
  intervalMs: number;
  timeoutMs: number;
  message: WebSocketOptions['message'];
  /** Messages that are sent as fast as they come back; 0: none. */
  messages: number;
  listenMs: number | null;
  origin: Origin;
}

/** `null` where the target is no `ws:` or `wss:` URL. */
export function planWebSocket(
  target: Target,
  address: string | null,
  dnsMs: number | null,
  options: WebSocketOptions,
  tls: Pick<TlsProbeOptions, 'servername' | 'ca' | 'cert' | 'key'> | null,
  origin: Origin,
): WebSocketPlan | null {
  const { scheme, host, port, credentials } = target;
  if ((scheme !== 'ws' && scheme !== 'wss') || port === null) return null;
  const secure = scheme === 'wss';
  const { hop: via } = proxyFor(target, options.proxies);
  const given = options.headers.some(({ name }) => name.toLowerCase() === 'authorization');
  // What was named on its own goes before what stands in the URL.
  const login = credentials === null || given ? [] : [{ name: 'Authorization', value: basicAuthorization(credentials), secret: true }];
  const headers = [...login, ...options.headers];
  const { count, intervalMs, timeoutMs, message, messages = 0, listenMs, subprotocols } = options;
  return {
    url: target.id,
    address,
    host,
    port,
    secure,
    servername: tls?.servername ?? host,
    authority: authorityOf(host, port, secure),
    path: target.path ?? '/',
    headers: headers.map(({ name, value }) => [name, value] as const),
    confidential: headers.some(({ secret }) => secret),
    ca: tls?.ca ?? [],
    cert: tls?.cert ?? null,
    key: tls?.key ?? null,
    via,
    // Otherwise the proxy is told the name.
    dnsMs: via === null || via.kind === 'socks5' ? dnsMs : null,
    subprotocols,
    count,
    intervalMs,
    timeoutMs,
    message,
    messages,
    listenMs,
    origin,
  };
}

/** Without the zone of a link-local address, which means nothing to another machine. */
function authorityOf(host: string, port: number, secure: boolean): string {
  const name = addressFamily(host) === 6 ? `[${host.replace(/%.*$/, '')}]` : host;
  return port === (secure ? 443 : 80) ? name : `${name}:${port}`;
}
