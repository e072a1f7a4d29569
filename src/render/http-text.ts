import { formatMs, formatSpan } from '../model/format.js';
import type { DataOf, HttpRedirect, RttStatistics } from '../model/measurement.js';
import { counted, milliseconds } from './quantities.js';

type HttpData = DataOf<'http'>;

const PHASE_NAMES = [
  ['DNS', 'dnsMs'],
  ['TCP', 'tcpMs'],
  ['proxy', 'proxyMs'],
  ['TLS', 'tlsMs'],
  ['first byte', 'ttfbMs'],
  ['body', 'bodyMs'],
  ['total', 'totalMs'],
] as const;

type Phases = Pick<HttpData, (typeof PHASE_NAMES)[number][1]>;

/** Cookies, fields and allowances that are named one by one. */
const NAMED = 6;

/** What an HTTP service answered: status and phases first, then what stands out. */
export function httpLines(data: HttpData): string[] {
  if (data.status === null) return phaseTimes(data) === '' ? [] : [`${phaseTimes(data)} ms`];
  return [
    ...data.redirects.map(redirectLine),
    summaryLine(data),
    timesLine(data),
    ...spreadLines(data),
    ...aboutLine(data),
    ...rateLimitLines(data),
    ...burstLines(data),
    ...cookieLine(data),
    ...securityLine(data),
  ];
}

function redirectLine({ status, url, location, totalMs }: HttpRedirect): string {
  return `${status} ${url} → ${location} · ${formatMs(totalMs)}`;
}

function summaryLine(data: HttpData): string {
  const { status, httpVersion, finalUrl, body, tls, via, address } = data;
  const size = body === null ? '' : `${bytesText(body.bytes)}${body.encoding === null ? '' : ` ${body.encoding}`}`;
  const type = body?.contentType?.split(';', 1)[0]?.trim() ?? '';
  return [
    `${status} ${finalUrl ?? data.url}`,
    httpVersion === null ? '' : `HTTP/${httpVersion}`,
    tls === null ? '' : tls.protocol,
    [size, type].filter((part) => part !== '').join(' '),
    via === null ? (address === null ? '' : `from ${address}`) : `by ${via}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

function timesLine(data: HttpData): string {
  const several =
    data.count > 1 ? `median of ${data.completed === data.count ? '' : `${data.completed} of `}${counted(data.count, 'exchange')}: ` : '';
  const reused = data.runs.filter((run) => run.reused).length;
  const kept = reused === 0 ? '' : ` · ${reused} of ${data.count} on a kept connection`;
  return `${several}${phaseTimes(data)} ms${kept}`;
}

function phaseTimes(data: Phases): string {
  return PHASE_NAMES.flatMap(([name, phase]) => {
    const value = data[phase];
    return value === null ? [] : [`${name} ${milliseconds(value)}`];
  }).join(' · ');
}

function spreadLines({ distribution }: HttpData): string[] {
  if (distribution === null) return [];
  return PHASE_NAMES.flatMap(([name, phase]) => {
    const spread = distribution[phase];
    return spread === null ? [] : [`${name}: ${spreadText(spread)}`];
  });
}

function spreadText(rtt: RttStatistics): string {
  return `${(['min', 'p50', 'p95', 'p99', 'max'] as const).map((name) => `${name} ${milliseconds(rtt[name])}`).join(' · ')} ms`;
}

function aboutLine({ server, http3, compression, clock }: HttpData): string[] {
  const parts = [
    server === null ? '' : `server ${server}`,
    compression.used === null ? (compression.offered.length === 0 ? '' : 'not compressed') : `compressed by ${compression.used}`,
    http3 ? 'HTTP/3 advertised' : '',
    clock === null ? '' : clockText(clock),
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [parts.join(' · ')];
}

function clockText({ offsetMs, uncertaintyMs }: NonNullable<HttpData['clock']>): string {
  if (Math.abs(offsetMs) <= uncertaintyMs) return `clock as here, within ${formatMs(uncertaintyMs)}`;
  return `clock ${formatSpan(Math.abs(offsetMs) / 1000)} ${offsetMs < 0 ? 'behind' : 'ahead'}`;
}

function rateLimitLines({ rateLimit }: HttpData): string[] {
  if (rateLimit === null) return [];
  const shown = rateLimit.allowances.slice(0, NAMED).map(({ name, limit, remaining, used, resetSeconds, windowSeconds }) => {
    const parts = [
      remaining === null ? '' : `${remaining} left`,
      used === null ? '' : `${used} used`,
      limit === null ? '' : `limit ${limit}`,
      windowSeconds === null ? '' : `in ${formatSpan(windowSeconds)}`,
      resetSeconds === null ? '' : `reset in ${formatSpan(resetSeconds)}`,
    ];
    return `${name === null ? '' : `${name}: `}${parts.filter((part) => part !== '').join(', ')}`;
  });
  const wait = rateLimit.retryAfterSeconds === null ? [] : [`retry after ${formatSpan(rateLimit.retryAfterSeconds)}`];
  return [`rate limit ${[...shown, ...wait].join(' · ')}`];
}

function burstLines({ burst }: HttpData): string[] {
  if (burst === null) return [];
  const statuses = burst.statuses.map(({ status, count }) => `${count} × ${status}`).join(', ');
  const parts = [
    `burst ${burst.sent} of ${burst.asked} sent, ${burst.concurrency} at once`,
    statuses,
    burst.failed === 0 ? '' : `${burst.failed} failed`,
    burst.perSecond === null ? '' : `${burst.perSecond.toFixed(0)} a second`,
    burst.firstLimited === null ? 'no 429' : `first 429 at request ${burst.firstLimited}`,
  ].filter((part) => part !== '');
  const spread = burst.ttfbMs === null ? [] : [`first byte under burst: ${spreadText(burst.ttfbMs)}`];
  return [parts.join(' · '), ...spread];
}

function cookieLine({ cookies }: HttpData): string[] {
  if (cookies.length === 0) return [];
  const shown = cookies.slice(0, NAMED).map(({ name, secure, httpOnly, sameSite }) => {
    const flags = [
      secure ? 'Secure' : 'not Secure',
      httpOnly ? 'HttpOnly' : 'not HttpOnly',
      sameSite === null ? 'no SameSite' : `SameSite=${sameSite}`,
    ];
    return `${name} (${flags.join(', ')})`;
  });
  const more = cookies.length > NAMED ? `, ${cookies.length - NAMED} more` : '';
  return [`cookies ${shown.join(', ')}${more}`];
}

function securityLine({ security }: HttpData): string[] {
  const present = security.filter(({ problem }) => problem === null).map(({ header }) => header);
  const wanting = security.flatMap(({ header, problem }) =>
    problem === null ? [] : [problem === 'missing' ? header : `${header} (${problem})`],
  );
  if (security.length === 0) return [];
  const parts = [present.length === 0 ? '' : `has ${present.join(', ')}`, wanting.length === 0 ? '' : `lacks ${wanting.join(', ')}`];
  return [`security ${parts.filter((part) => part !== '').join(' · ')}`];
}
