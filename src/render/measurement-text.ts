import { reasonOf } from '../model/attempt.js';
import { formatMs, formatRatio } from '../model/format.js';
import type { DataOf, Measurement, MeasurementOf, RttStatistics } from '../model/measurement.js';
import { TABLE_LOCAL, tableName } from '../probes/host/routing.js';
import { bandwidthLines } from './bandwidth-text.js';
import { clockLines } from './clock-text.js';
import { countersLines } from './counters-text.js';
import { dnsComparisonLines } from './dns-comparison-table.js';
import { dnsLines } from './dns-text.js';
import { dnsTraceLines } from './dns-trace-table.js';
import { dnssecLines } from './dnssec-text.js';
import { duplicateAddressLines } from './duplicate-address-text.js';
import { firewallLines } from './firewall-text.js';
import { handshakeVariantsLines } from './handshake-variants-text.js';
import { hostLines } from './host-text.js';
import { httpLines } from './http-text.js';
import { kernelLines } from './kernel-text.js';
import { listenerLines } from './listener-table.js';
import { lossDirectionLines } from './loss-direction-text.js';
import { lossPathLines } from './loss-path-text.js';
import { nameServiceLines } from './name-service-text.js';
import { portLines } from './port-lines.js';
import { proxySettingsLines } from './proxy-settings-text.js';
import { captivePortalLines, proxyLines } from './proxy-text.js';
import { counted, milliseconds } from './quantities.js';
import { quicLines } from './quic-text.js';
import { routeLines } from './route-text.js';
import { surroundingsLines } from './surroundings-text.js';
import { enumerationLines } from './tls-enumeration-text.js';
import { tlsLines } from './tls-text.js';
import { webSocketLines } from './websocket-text.js';
import { wirelessLines } from './wireless-text.js';

/** The numbers of a measurement that people look for, in one or several lines of text. What was not measured is said, never shown as 0. */
export function describeMeasurement(measurement: Measurement): string[] {
  const lines = textOf(measurement);
  if (measurement.attempt.kind === 'measured') return lines;
  return [...lines, reasonOf(measurement.attempt)];
}

function textOf(measurement: Measurement): string[] {
  switch (measurement.probe) {
    case 'latency':
      return latency(measurement);
    case 'loss':
      return loss(measurement);
    case 'route':
      return routeLines(measurement);
    case 'addresses':
      return addresses(measurement.data);
    case 'phases':
      return phases(measurement.data);
    case 'mtu':
      return mtu(measurement.data);
    case 'ports':
      return portLines(measurement.data);
    case 'listening':
      return listenerLines(measurement.data);
    case 'dns':
      return [...dnsLines(measurement.data), ...dnssecLines(measurement.data)];
    case 'dns-comparison':
      return dnsComparisonLines(measurement.data);
    case 'http':
      return httpLines(measurement.data);
    case 'dns-trace':
      return dnsTraceLines(measurement.data);
    case 'tls':
      return [...tlsLines(measurement.data), ...(measurement.data.enumeration ? enumerationLines(measurement.data.enumeration) : [])];
    case 'websocket':
      return webSocketLines(measurement.data);
    case 'bandwidth':
      return bandwidthLines(measurement.data);
    case 'proxy':
      return proxyLines(measurement.data);
    case 'quic':
      return quicLines(measurement.data);
    case 'handshake-variants':
      return handshakeVariantsLines(measurement.data);
    case 'captive-portal':
      return captivePortalLines(measurement.data);
    case 'host':
      return measurement.attempt.kind === 'measured' ? hostLines(measurement.data) : [];
    case 'counters':
      return countersLines(measurement.data);
    case 'duplicate-address':
      return duplicateAddressLines(measurement.data);
    case 'wireless':
      return wirelessLines(measurement.data);
    case 'name-service':
      return nameServiceLines(measurement.data);
    case 'proxy-settings':
      return proxySettingsLines(measurement.data);
    case 'clock':
      return clockLines(measurement.data);
    case 'kernel':
      return kernelLines(measurement.data);
    case 'firewall':
      return firewallLines(measurement.data);
    case 'surroundings':
      return surroundingsLines(measurement.data);
    case 'route-lookup':
      return route(measurement.data);
    case 'neighbor':
      return neighbor(measurement.data);
  }
}

function latency({ data, method }: MeasurementOf<'latency'>): string[] {
  if (data.rttMs === null) return data.sent === 0 ? [] : [`0 of ${data.sent} answered${how(method, null)}`];
  const jitter = data.jitterMs === null ? '' : ` · jitter ${formatMs(data.jitterMs)}`;
  return [`${distribution(data.rttMs)}${jitter} · ${data.received} of ${data.sent} answered${how(method, data.clock)}`];
}

function distribution(rtt: RttStatistics): string {
  const parts = (['min', 'p50', 'p95', 'p99', 'max'] as const).map((name) => `${name} ${milliseconds(rtt[name])}`);
  return `${parts.join(' · ')} ms`;
}

function how(method: string | null, clock: string | null): string {
  if (method === null) return '';
  const name = method === 'system' ? 'system ping' : method.toUpperCase();
  return clock === null ? ` · ${name}` : ` · ${name}, ${clock} clock`;
}

function loss({ data, method }: MeasurementOf<'loss'>): string[] {
  if (data.lossRatio === null || data.lost === null) return data.sent === 0 ? [] : [`${data.sent} sent${how(method, null)}`];
  const range = data.interval === null ? '' : `, ${range95(data.interval)}`;
  const oddities = [
    data.duplicated !== null && data.duplicated > 0 ? `${data.duplicated} duplicated` : '',
    data.reordered !== null && data.reordered > 0 ? `${data.reordered} reordered` : '',
    data.bursts !== null && data.bursts.count > 0 ? `${counted(data.bursts.count, 'burst')}, the longest of ${data.bursts.longest}` : '',
  ].filter((text) => text !== '');
  return [
    [`${data.lost} of ${data.sent} lost (${formatRatio(data.lossRatio)}${range})`, ...oddities].join(' · ') + how(method, data.clock),
    ...lossPathLines(data.path),
    ...lossDirectionLines(data.direction),
  ];
}

function range95(interval: { lowRatio: number; highRatio: number; confidence: number }): string {
  const low = interval.lowRatio === 0 ? 'under' : `${formatRatio(interval.lowRatio)} to`;
  return `${low} ${formatRatio(interval.highRatio)}, ${formatRatio(interval.confidence)} sure`;
}

const PHASE_NAMES = [
  ['DNS', 'dnsMs'],
  ['TCP', 'tcpMs'],
  ['TLS', 'tlsMs'],
  ['first byte', 'ttfbMs'],
  ['total', 'totalMs'],
] as const;

function phases(data: DataOf<'phases'>): string[] {
  const timed = phaseTimes(data);
  if (timed === '') return [];
  const several =
    data.count > 1 ? `median of ${data.completed === data.count ? '' : `${data.completed} of `}${counted(data.count, 'exchange')}: ` : '';
  const status = data.httpStatus === null ? '' : ` · HTTP ${data.httpStatus}`;
  const clock = data.tcpClock === null ? '' : ` · TCP by the ${data.tcpClock} clock`;
  const lines = [`${several}${timed} ms${status}${clock}`];
  if (data.distribution === null) return lines;
  const first = data.runs[0] === undefined ? '' : phaseTimes(data.runs[0]);
  if (first !== '') lines.push(`the first: ${first} ms`);
  for (const [name, phase] of PHASE_NAMES) {
    const spread = data.distribution[phase];
    if (spread !== null) lines.push(`${name}: ${distribution(spread)}`);
  }
  return lines;
}

function phaseTimes(data: Pick<DataOf<'phases'>, (typeof PHASE_NAMES)[number][1]>): string {
  return PHASE_NAMES.flatMap(([name, phase]) => {
    const value = data[phase];
    return value === null ? [] : [`${name} ${milliseconds(value)}`];
  }).join(' · ');
}

function addresses(data: DataOf<'addresses'>): string[] {
  const lines = data.addresses.map((entry) => {
    const { address, answers, method, rttMs, clock, state, failure } = entry;
    const result = answers === null ? 'not tried' : answers ? 'answers' : 'silent';
    const parts = [
      result,
      rttMs === null ? '' : formatMs(rttMs),
      data.port === null || state === null ? '' : `port ${data.port} ${state}`,
      failure === null || (failure === 'silence' && answers === false) ? '' : failure,
      method === null ? '' : `${method.toUpperCase()}${clock === null ? '' : `, ${clock} clock`}`,
      address === data.chosen ? 'measured here' : '',
    ];
    return `${address}: ${parts.filter((part) => part !== '').join(' · ')}`;
  });
  const { winner, winnerAfterMs } = data;
  if (winner === null || winnerAfterMs === null) return lines;
  // Of a bare host nothing connected: its answers to the echo stand for that.
  const how = data.port === null ? 'answered' : 'connected';
  return [...lines, `a client takes ${winner}, ${how} after ${formatMs(winnerAfterMs)} (Happy Eyeballs)`];
}

function mtu(data: DataOf<'mtu'>): string[] {
  const { pathMtuBytes: passed } = data;
  const parts = [
    passed === null ? '' : data.exact === false ? `at least ${passed} bytes` : `${passed} bytes`,
    data.localMtuBytes === null ? '' : `interface ${data.localMtuBytes}`,
    data.tcpMssBytes === null ? '' : `TCP segments up to ${data.tcpMssBytes}`,
    data.limitedBy === null ? '' : `limited by ${data.limitedBy === 'local' ? 'the interface' : data.limitedBy}`,
    data.blackhole === true
      ? `larger packets vanish${data.smallestFailedBytes === null ? '' : ` (from ${data.smallestFailedBytes} on)`}`
      : '',
    data.largeEchoFiltered === true ? 'large echoes are filtered' : '',
  ].filter((part) => part !== '');
  const lines = parts.length === 0 ? [] : [parts.join(' · ')];
  const ways = (
    [
      ['there', data.tcp?.toTarget],
      ['back', data.tcp?.fromTarget],
    ] as const
  ).flatMap(([way, sizes]) => {
    if (sizes === undefined || (sizes.passedBytes === null && sizes.failedBytes === null)) return [];
    const unseen = sizes.passedBytes !== null && passed !== null && sizes.passedBytes < passed ? ', larger ones were not seen' : '';
    const lost = sizes.failedBytes === null ? unseen : `${sizes.passedBytes === null ? '' : ', '}${sizes.failedBytes} vanish`;
    return [`${way} ${sizes.passedBytes === null ? '' : `${sizes.passedBytes} bytes pass`}${lost}`];
  });
  return ways.length === 0 ? lines : [...lines, `by TCP: ${ways.join(' · ')}`];
}

function route(data: DataOf<'route-lookup'>): string[] {
  if (data.address === null) return [];
  const table = tableName(data.table === TABLE_LOCAL ? null : data.table);
  const parts = [
    data.address,
    data.gateway === null ? '' : `by ${data.gateway}`,
    data.interface === null ? '' : `on ${data.interface}`,
    data.source === null ? '' : `from ${data.source}`,
    table === '' ? '' : `by ${table}`,
    data.mtuBytes === null ? '' : `with MTU ${data.mtuBytes}`,
  ];
  return [parts.filter((part) => part !== '').join(' ')];
}

function neighbor({ address, interface: link, state, kernelState }: DataOf<'neighbor'>): string[] {
  const where = link === null ? '' : ` on ${link}`;
  if (state === null) return [`${address}${where}`];
  const known = state === 'resolved' ? 'known' : 'not known';
  return [`${address}${where}: its link address is ${known}${kernelState === null ? '' : ` (${kernelState})`}`];
}
