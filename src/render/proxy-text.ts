import { formatMs } from '../model/format.js';
import type { DataOf } from '../model/measurement.js';

type ProxyData = DataOf<'proxy'>;

/** The proxy and its answer; below, both ways side by side. */
export function proxyLines(data: ProxyData): string[] {
  if (data.proxy === null) return [];
  const times = (
    [
      ['DNS', data.dnsMs],
      ['TCP', data.tcpMs],
      ['TLS', data.tlsMs],
      ['answer', data.handshakeMs],
    ] as const
  ).flatMap(([name, ms]) => (ms === null ? [] : [`${name} ${formatMs(ms)}`]));
  const named = `${data.proxy}${data.from === null ? '' : ` from ${data.from}`}${data.authenticated ? ', with a login' : ''}`;
  const said = data.status === null ? [] : [`answered ${data.status}${data.reason === null ? '' : ` ${data.reason}`}`];
  const wanted =
    data.authentication === null ? [] : [`wants a login${data.authentication.length === 0 ? '' : ` (${data.authentication.join(', ')})`}`];
  return [[named, ...times, ...said, ...wanted].join(' · '), ...comparisonLines(data)];
}

function comparisonLines({ comparison, accepted }: ProxyData): string[] {
  if (comparison === null) return [];
  const words = ({ reachable, status, totalMs, failure }: typeof comparison.direct): string => {
    if (reachable === null) return `not tried: ${failure}`;
    if (!reachable) return `not reachable: ${failure}`;
    return `${status === null ? 'connected' : `status ${status}`}${totalMs === null ? '' : ` in ${formatMs(totalMs)}`}`;
  };
  // Why not is said below, of the whole measurement.
  const refused = accepted !== true && comparison.proxied.reachable === false;
  return [`by the proxy: ${refused ? 'not reachable' : words(comparison.proxied)}`, `directly: ${words(comparison.direct)}`];
}

export function captivePortalLines(data: DataOf<'captive-portal'>): string[] {
  if (data.status === null) return [];
  const time = data.totalMs === null ? '' : ` in ${formatMs(data.totalMs)}`;
  const portal = data.portal === null ? '' : ` · portal ${data.portal}`;
  const as = data.asExpected === true ? 'as expected' : `expected ${data.expected}`;
  return [`${data.url}: status ${data.status}${time}, ${as}${portal}`];
}
