import type { HttpRequestField } from '../../model/probe-options.js';
import { type HttpPlace, isSameOrigin, locationOf, urlOf } from './place.js';

/** A request of a chain of redirects. */
export interface HttpRequest {
  method: string;
  place: HttpPlace;
  headers: readonly HttpRequestField[];
  body: Uint8Array | null;
}

/** What a chain has come to: the request as it was asked for, those that were sent, and whether one left https:. */
export interface RedirectState {
  original: HttpRequest;
  current: HttpRequest;
  /** Method and address of every request so far. */
  visited: readonly string[];
  limit: number;
}

export type RedirectFault = 'loop' | 'too-many' | 'downgrade' | 'invalid';

export type RedirectStep =
  /** The answer is the last one. */
  { kind: 'final' } | { kind: 'follow'; state: RedirectState; downgraded: boolean } | { kind: 'stop'; fault: RedirectFault };

/** RFC 9110 section 15.4: those that have a Location to follow. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** A Location that is longer is no address (RFC 9110 section 4.1 asks for 8000 at the least). */
const LONGEST_LOCATION = 16_384;
/** Fields that are of one host or describe a body. */
const OF_BODY = /^(?:content-|expect$|transfer-encoding$)/i;

export function begin(original: HttpRequest, limit: number): RedirectState {
  return { original, current: original, visited: [keyOf(original)], limit };
}

/**
 * What follows an answer. Pure.
 *
 * Secrets go to the origin (scheme, host, port) that was named alone, as with curl. Where they would be sent in plain text to the same host
 * (https: to http:) that is another origin already. 301 and 302 turn POST into GET, 303 everything but HEAD; 307 and 308 repeat the request.
 */
export function next(state: RedirectState, answer: { status: number; location: string | null }): RedirectStep {
  const { original, current, visited, limit } = state;
  if (!REDIRECTS.has(answer.status) || answer.location === null || limit === 0) return { kind: 'final' };
  if (answer.location.length > LONGEST_LOCATION) return { kind: 'stop', fault: 'invalid' };
  const place = locationOf(current.place, answer.location);
  if (place === null) return { kind: 'stop', fault: 'invalid' };
  const toGet = changesToGet(answer.status, current.method);
  const host = isSameOrigin(place, original.place);
  const followed: HttpRequest = {
    method: toGet ? 'GET' : current.method,
    place,
    headers: original.headers.filter(
      ({ name, secret }) => (host || (!secret && name.toLowerCase() !== 'host')) && !(toGet && OF_BODY.test(name)),
    ),
    body: toGet ? null : current.body,
  };
  const key = keyOf(followed);
  if (visited.includes(key)) return { kind: 'stop', fault: 'loop' };
  if (visited.length > limit) return { kind: 'stop', fault: 'too-many' };
  const downgraded = current.place.scheme === 'https' && place.scheme === 'http';
  return { kind: 'follow', downgraded, state: { ...state, current: followed, visited: [...visited, key] } };
}

function changesToGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'HEAD' && method !== 'GET';
  return (status === 301 || status === 302) && method === 'POST';
}

function keyOf({ method, place }: HttpRequest): string {
  return `${method} ${urlOf(place)}`;
}
