import { formatMs, formatRate } from '../model/format.js';
import type { DataOf, RttStatistics } from '../model/measurement.js';
import { counted, milliseconds } from './quantities.js';

type WebSocketData = DataOf<'websocket'>;

/** The way up to the upgrade, then what was sent and what came. */
export function webSocketLines(data: WebSocketData): string[] {
  return [...wayLine(data), ...answerLines(data), ...messageLine(data), ...endLine(data)];
}

function wayLine(data: WebSocketData): string[] {
  const phases = (
    [
      ['DNS', data.dnsMs],
      ['TCP', data.tcpMs],
      ['proxy', data.proxyMs],
      ['TLS', data.tlsMs],
      ['upgrade', data.upgradeMs],
    ] as const
  ).flatMap(([name, ms]) => (ms === null ? [] : [`${name} ${formatMs(ms)}`]));
  const status = data.status === null ? [] : [`status ${data.status}${data.reason === null ? '' : ` ${data.reason}`}`];
  const via = data.via === null ? [] : [`by ${data.via}`];
  const subprotocol = data.subprotocol === null ? [] : [`subprotocol ${data.subprotocol}`];
  const parts = [...phases, ...status, ...subprotocol, ...via];
  return parts.length === 0 ? [] : [parts.join(' · ')];
}

function answerLines({ pings, echoes, throughput }: WebSocketData): string[] {
  return [
    ...(pings.sent === 0 ? [] : [`pings: ${seriesText(pings)}`]),
    ...(echoes === null || echoes.sent === 0 ? [] : [`echoes: ${seriesText(echoes)}`]),
    ...(throughput === undefined ? [] : [throughputText(throughput)]),
  ];
}

function seriesText({ sent, answered, late, rttMs }: WebSocketData['pings']): string {
  const beyond = late === 0 ? '' : `, ${late} late`;
  return `${rttMs === null ? '' : `${spread(rttMs)} · `}${answered} of ${sent} answered${beyond}`;
}

function throughputText({ asked, perSecond, durationMs, ...series }: NonNullable<WebSocketData['throughput']>): string {
  const rate = perSecond === null || durationMs === null ? '' : `${formatRate(perSecond)} over ${formatMs(durationMs)} · `;
  return `as fast as they come back, ${asked} asked for: ${rate}${seriesText(series)}`;
}

function spread(rtt: RttStatistics): string {
  return `${(['min', 'p50', 'p95', 'p99', 'max'] as const).map((name) => `${name} ${milliseconds(rtt[name])}`).join(' · ')} ms`;
}

function messageLine({ kind, messages, listenedMs, serverPings }: WebSocketData): string[] {
  const asked = serverPings === 0 ? '' : ` · ${counted(serverPings, 'ping')} of the server`;
  if (messages.received === 0) {
    return kind === 'stream' && listenedMs !== null
      ? [`no message in ${formatMs(listenedMs)}${asked}`]
      : asked === ''
        ? []
        : [asked.slice(3)];
  }
  const first = messages.firstMs === null ? '' : `, the first after ${formatMs(messages.firstMs)}`;
  const between =
    messages.interarrivalMs === null
      ? ''
      : ` · between them p50 ${formatMs(messages.interarrivalMs.p50)}, p95 ${formatMs(messages.interarrivalMs.p95)}, longest ${formatMs(messages.interarrivalMs.max)}`;
  return [`${counted(messages.received, 'message')}, ${messages.receivedBytes} bytes${first}${between}${asked}`];
}

function endLine({ close, violation }: WebSocketData): string[] {
  if (violation !== null) return [`ended here: ${violation.reason} (${violation.code})`];
  if (close === null) return [];
  const words = `${close.code}${close.name === null ? '' : ` ${close.name}`}${close.reason === '' ? '' : `: ${close.reason}`}`;
  return [`closed by the ${close.by}, ${words}${close.clean ? '' : ', not cleanly'}`];
}
