import type { HttpExpectation, HttpProbeOptions, HttpRequestField } from '../../model/probe-options.js';
import type { ProxySettings } from '../../model/proxy-environment.js';
import { addressFamily, type Target } from '../../model/target.js';
import type { IpFamily, Origin } from '../../net/port.js';
import { placeOf } from './place.js';
import type { HttpRequest } from './redirect.js';

/** Plain data. It holds the request target and secrets, so it never enters a report or a log. */
export interface HttpPlan {
  request: HttpRequest;
  /** Address of the target's name; `null`: it was not resolved here, and a proxy does it. */
  address: string | null;
  /** What looking it up took; `null` where nothing was looked up. */
  dnsMs: number | null;
  /** Family for every lookup. */
  family: IpFamily | null;
  /** Whether the name is looked up again ahead of each further exchange. */
  lookUpAgain: boolean;
  lookupTimeoutMs: number;
  /** Overrides the name of the target, for the origin that was named. */
  servername: string | null;
  ca: readonly string[];
  cert: string | null;
  key: string | null;
  proxies: ProxySettings;
  versions: readonly ('1.1' | '2')[];
  /** Content codings that are offered. */
  offered: readonly string[];
  maximumRedirects: number;
  expectations: readonly HttpExpectation[];
  securityHeaders: boolean;
  count: number;
  intervalMs: number;
  keepAlive: boolean;
  burst: { count: number; concurrency: number } | null;
  timeoutMs: number;
  bodyTimeoutMs: number;
  origin: Origin;
}

/** As long as the name of a target may take when the run begins. */
const LOOKUP_MS = 2000;

/** So many connections and heads may come late in one exchange, redirects included. */
const LATE_PARTS = 4;
/** A burst sends nothing more after this. */
export const LONGEST_BURST_MS = 60_000;
/** Longer than this is not waited for to see whether requests are accepted again. */
export const LONGEST_RETRY_WAIT_MS = 60_000;

/** What one exchange may take, all redirects included. */
export function exchangeBudgetMs({ timeoutMs, bodyTimeoutMs }: Pick<HttpProbeOptions, 'timeoutMs' | 'bodyTimeoutMs'>): number {
  return LATE_PARTS * timeoutMs + bodyTimeoutMs;
}

/** What the whole measurement of one target may take. */
export function httpBudgetMs(options: Pick<HttpProbeOptions, 'timeoutMs' | 'bodyTimeoutMs' | 'count' | 'intervalMs' | 'burst'>): number {
  const each = LOOKUP_MS + exchangeBudgetMs(options);
  const burst = options.burst === null ? 0 : LONGEST_BURST_MS + LONGEST_RETRY_WAIT_MS + 2 * each;
  return options.count * (each + options.intervalMs) + burst;
}

/** What is offered, and can be unpacked. */
export const CODINGS = ['gzip', 'deflate', 'br'] as const;

/** Requests to the target; `null` where it is no `http:` or `https:` URL. */
export function planHttp(
  target: Target,
  address: string,
  dnsMs: number | null,
  options: HttpProbeOptions,
  origin: Origin,
): HttpPlan | null {
  const place = placeOf(target);
  if (place === null) return null;
  const offered = options.compression ? [...CODINGS] : [];
  const headers: HttpRequestField[] = [...options.headers];
  const given = new Set(headers.map(({ name }) => name.toLowerCase()));
  // RFC 7617; UTF-8 as its section 2.1 has it. What was named on its own goes before what stands in the URL.
  if (target.credentials !== null && !given.has('authorization')) {
    const value = `Basic ${Buffer.from(target.credentials, 'utf8').toString('base64')}`;
    headers.push({ name: 'authorization', value, secret: true });
  }
  if (!given.has('accept-encoding')) {
    headers.push({ name: 'accept-encoding', value: offered.length === 0 ? 'identity' : offered.join(', '), secret: false });
  }
  const { family = null } = options.lookup ?? {};
  return {
    request: { method: options.method, place, headers, body: options.body },
    // Where a proxy looks names up, the name stands in for an address.
    address: addressFamily(address) === null ? null : address,
    dnsMs,
    family,
    lookUpAgain: options.lookup !== undefined && dnsMs !== null && !options.keepAlive,
    lookupTimeoutMs: LOOKUP_MS,
    servername: options.servername,
    ca: options.ca,
    cert: options.cert,
    key: options.key,
    proxies: options.proxies,
    versions: options.versions,
    offered,
    maximumRedirects: options.maximumRedirects,
    expectations: options.expectations,
    securityHeaders: options.securityHeaders,
    count: options.count,
    intervalMs: options.intervalMs,
    keepAlive: options.keepAlive,
    burst: options.burst,
    timeoutMs: options.timeoutMs,
    bodyTimeoutMs: options.bodyTimeoutMs,
    origin,
  };
}
