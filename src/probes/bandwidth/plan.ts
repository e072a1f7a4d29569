import type { BandwidthOptions, HttpRequestField } from '../../model/probe-options.js';
import type { Target } from '../../model/target.js';
import type { Origin } from '../../net/port.js';
import { basicAuthorization } from '../../wire/http/proxy-connect.js';
import { type HttpPlace, placeOf } from '../http/place.js';
import type { InterfaceCounter } from './interface-counter.js';

/** Plain data. It holds request targets and secrets, so it never enters a report or a log. */
export interface BandwidthPlan {
  /** Address of the target. */
  address: string;
  down: Endpoint | null;
  up: Endpoint | null;
  durationMs: number;
  connections: number;
  maximumBytes: number;
  method: BandwidthOptions['method'];
  servername: string | null;
  ca: readonly string[];
  cert: string | null;
  key: string | null;
  timeoutMs: number;
  origin: Origin;
}

export interface Endpoint {
  place: HttpPlace;
  /** `null`: it is to be looked up. */
  address: string | null;
  headers: BandwidthOptions['headers'];
}

/** One direction that is to be loaded. */
export interface DirectionTask {
  kind: 'down' | 'up';
  endpoint: Endpoint;
  address: string;
  counter: InterfaceCounter | null;
  /** By which method round trips are timed. */
  method: 'tcp' | 'icmp' | null;
}

/** Before any load the line is looked at for about so long. */
export const IDLE_MS = 1000;
/** Between two directions, for queues to run empty. */
export const PAUSE_MS = 500;
/** Under load an answer may take so long. */
export const LOADED_TIMEOUT_MS = 3000;
const LOOKUP_MS = 2000;

/** What the whole measurement of one target may take. */
export function bandwidthBudgetMs({ down, up, durationMs, timeoutMs }: BandwidthOptions): number {
  const directions = (down ? 1 : 0) + (up === null ? 0 : 2);
  return LOOKUP_MS + 2 * (IDLE_MS + timeoutMs) + directions * (durationMs + LOADED_TIMEOUT_MS + PAUSE_MS + 2 * timeoutMs);
}

/** `null` where the target is no `http:` or `https:` URL. */
export function planBandwidth(target: Target, address: string, options: BandwidthOptions, origin: Origin): BandwidthPlan | null {
  const place = placeOf(target);
  if (place === null) return null;
  const { durationMs, connections, maximumBytes, method, servername, ca, cert, key, timeoutMs } = options;
  const headersOf = (credentials: string | null) => withLogin(options.headers, credentials);
  const own: Endpoint = { place, address, headers: headersOf(target.credentials) };
  return {
    address,
    down: options.down ? own : null,
    up: uploadOf(own, options, headersOf),
    durationMs,
    connections,
    maximumBytes,
    method,
    servername,
    ca,
    cert,
    key,
    timeoutMs,
    origin,
  };
}

function uploadOf(
  own: Endpoint,
  { up }: BandwidthOptions,
  headersOf: (credentials: string | null) => Endpoint['headers'],
): Endpoint | null {
  if (up === null) return null;
  if ('path' in up) return { ...own, place: { ...own.place, path: up.path } };
  const place = placeOf(up.target);
  if (place === null) return null;
  const address = place.host === own.place.host ? own.address : null;
  return { place, address, headers: headersOf(up.target.credentials) };
}

/** What was named on its own goes before what stands in the URL. */
function withLogin(headers: readonly HttpRequestField[], credentials: string | null): readonly HttpRequestField[] {
  if (credentials === null || headers.some(({ name }) => name.toLowerCase() === 'authorization')) return headers;
  return [...headers, { name: 'authorization', value: basicAuthorization(credentials), secret: true }];
}
