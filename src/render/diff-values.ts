import { formatMs, formatRatio } from '../model/format.js';
import type { FactDiff, HopDiff, Metric, MetricDiff, Topic } from '../model/report-diff.js';

/** What the parts of a comparison are called and how their values are written, for people. Nothing is escaped yet. */

export const METRIC_NAMES: Readonly<Record<Metric, string>> = {
  rttMs: 'round trip',
  jitterMs: 'jitter',
  lossRatio: 'loss',
  dnsMs: 'name resolution',
  tcpMs: 'TCP connection',
  proxyMs: 'way through the proxy',
  tlsMs: 'TLS handshake',
  ttfbMs: 'first byte',
  bodyMs: 'body',
  totalMs: 'whole exchange',
  dnsQueryMs: 'DNS answer',
  webSocketRttMs: 'WebSocket round trip',
};

export const TOPIC_NAMES: Readonly<Record<Topic, string>> = {
  certificate: 'certificate',
  tls: 'TLS',
  names: 'names',
  resolvers: 'resolvers',
  path: 'path',
  ports: 'ports',
  listeners: 'listeners',
  web: 'web',
  proxy: 'proxies',
  interfaces: 'interfaces',
  routes: 'routes',
  kernel: 'kernel',
  firewall: 'firewall',
  clock: 'clock',
  place: 'place',
  program: 'program',
};

/** `21.3 ms → 45.1 ms` */
export function movement({ before, after, unit }: MetricDiff): string {
  const format = unit === 'ms' ? formatMs : formatRatio;
  return `${format(before.value)} → ${format(after.value)}`;
}

/** `+23.8 ms (+23.1 ms to +24.5 ms, 95 % sure)`; shares in points of a hundred. `null`: it could not be reckoned. */
export function shiftText({ shift, unit }: MetricDiff): string | null {
  if (shift === null) return null;
  const signed = (value: number): string => {
    const sign = value < 0 ? '-' : '+';
    return unit === 'ms' ? `${sign}${formatMs(Math.abs(value))}` : `${sign}${(Math.abs(value) * 100).toFixed(1)} points`;
  };
  return `${signed(shift.value)} (${signed(shift.low)} to ${signed(shift.high)}, 95 % sure)`;
}

/** Of a set so many members are named. */
const SHOWN_MEMBERS = 6;

/** `expires: 2025-06-01 → 2025-09-01`; of a set what went and what came. */
export function factText({ subject, isSet, before, after, removed, added }: FactDiff): string {
  if (!isSet || (before.length <= 1 && after.length <= 1)) return `${subject}: ${before[0] ?? 'none'} → ${after[0] ?? 'none'}`;
  const parts = [...(removed.length === 0 ? [] : [`gone ${listed(removed)}`]), ...(added.length === 0 ? [] : [`new ${listed(added)}`])];
  return `${subject}: ${parts.join('; ')}`;
}

function listed(values: readonly string[]): string {
  const more = values.length - SHOWN_MEMBERS;
  return `${values.slice(0, SHOWN_MEMBERS).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}

/** Several routers of one hop. */
const SHOWN_ROUTERS = 3;

/** `hop 4: 192.0.2.1 → 198.51.100.1` */
export function hopText({ kind, before, after }: HopDiff): string {
  const routers = (side: HopDiff['before']): string => {
    const more = (side?.addresses.length ?? 0) - SHOWN_ROUTERS;
    return `${side?.addresses.slice(0, SHOWN_ROUTERS).join(' or ') ?? ''}${more > 0 ? ` or ${more} more` : ''}`;
  };
  if (kind === 'new') return `hop ${after?.ttl}: ${routers(after)} came in`;
  if (kind === 'gone') return `hop ${before?.ttl}: ${routers(before)} is no longer on it`;
  const place = before?.ttl === after?.ttl ? `hop ${after?.ttl}` : `hop ${before?.ttl}, now ${after?.ttl}`;
  const remark = kind === 'parallel' ? ' (beside it, as where load is spread)' : '';
  return `${place}: ${routers(before)} → ${routers(after)}${remark}`;
}
