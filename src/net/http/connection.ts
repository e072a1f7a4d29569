import type { Attempt } from '../../model/attempt.js';
import type { HttpAnswer, HttpExchangeOptions } from '../port.js';

/** A connection on which HTTP is spoken, one request after the other. */
export interface HttpConnection {
  /** Whether another request can be sent on it. */
  usable(): boolean;
  /** One request and its answer. `written`: it went out, at least in part. Destroys the connection where it cannot serve again. */
  send(options: HttpExchangeOptions): Promise<{ outcome: Attempt<HttpAnswer>; written: boolean }>;
  close(): void;
}

/** Fields that belong to one connection (RFC 9110 section 7.6.1): HTTP/2 has none, and in HTTP/1.1 they are ours. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'content-length',
]);

/** Methods whose requests mean a body even where there is none (RFC 9110 section 8.6). */
const WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** The fields of a request, names in small letters, those of one name together. What was given goes before what is usual. */
export function requestFields({ headers, body, method }: HttpExchangeOptions): Map<string, string | string[]> {
  const fields = new Map<string, string | string[]>([
    ['user-agent', 'netdiag'],
    ['accept', '*/*'],
  ]);
  const given = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (OF_CONNECTION.has(key)) continue;
    given.set(key, [...(given.get(key) ?? []), value]);
  }
  for (const [name, values] of given) fields.set(name, values.length === 1 ? (values[0] ?? '') : values);
  if (body !== null || WITH_BODY.has(method)) fields.set('content-length', String(body?.length ?? 0));
  return fields;
}

/** `['A', '1', 'B', '2']` of Node as pairs, names in small letters. Pseudo-header fields of HTTP/2 are left out. */
export function pairsOf(rawHeaders: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    if (!name.startsWith(':')) pairs.push([name, rawHeaders[index + 1] ?? '']);
  }
  return pairs;
}
