import type { HttpExpectation } from '../model/probe-options.js';
import type { ValueKind } from './value-kinds.js';
import { wholeNumber } from './value-kinds.js';

/** Kinds of values that the flags of `netdiag http` take. */

export const MOST_REDIRECTS = 50;
export const LARGEST_BURST = 10_000;
export const MOST_AT_ONCE = 200;

/** A token (RFC 9110 section 5.6.2). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const LONGEST_TEXT = 1000;

/** CONNECT opens a tunnel and has no answer to look at. */
export const method: ValueKind<string> = {
  accepted: 'a method of HTTP but CONNECT, as in GET, HEAD or POST',
  parse: (text) => (/^[A-Za-z]{1,20}$/.test(text) && text.toUpperCase() !== 'CONNECT' ? text.toUpperCase() : null),
};

export const statuses: ValueKind<string[]> = {
  accepted: 'statuses from 200 to 599 or classes of them, as in 200,204 or 2xx,3xx',
  parse(text) {
    const parts = text.split(',').map((part) => part.trim().toLowerCase());
    return parts.every((part) => /^(?:[2-5]\d\d|[2-5]xx)$/.test(part)) ? [...new Set(parts)] : null;
  },
};

export const redirects: ValueKind<number> = {
  accepted: `a whole number from 0 to ${MOST_REDIRECTS}`,
  parse: (text) => wholeNumber(text, 0, MOST_REDIRECTS),
};

export const burst: ValueKind<number> = {
  accepted: `a whole number from 1 to ${LARGEST_BURST}`,
  parse: (text) => wholeNumber(text, 1, LARGEST_BURST),
};

export const concurrency: ValueKind<number> = {
  accepted: `a whole number from 1 to ${MOST_AT_ONCE}`,
  parse: (text) => wholeNumber(text, 1, MOST_AT_ONCE),
};

export const headerName: ValueKind<string> = {
  accepted: 'the name of a header, as in x-frame-options',
  parse: (text) => (TOKEN.test(text) ? text.toLowerCase() : null),
};

/** `Strict-Transport-Security`, or `X-Content-Type-Options: nosniff`. */
export const requiredHeader: ValueKind<{ name: string; value: string | null }> = {
  accepted: 'the name of a header, with text that its value must hold behind a colon, as in "x-content-type-options: nosniff"',
  parse(text) {
    const colon = text.indexOf(':');
    const name = (colon < 0 ? text : text.slice(0, colon)).trim();
    const value = colon < 0 ? null : text.slice(colon + 1).trim();
    return TOKEN.test(name) && value !== '' && (value?.length ?? 0) <= LONGEST_TEXT ? { name: name.toLowerCase(), value } : null;
  },
};

/** Text, or `/pattern/flags`. */
export const bodyExpectation: ValueKind<HttpExpectation> = {
  accepted: 'text of at most 1000 characters, or a regular expression as in /up|ready/i',
  parse(text) {
    if (text === '' || text.length > LONGEST_TEXT) return null;
    const [, pattern, flags = ''] = /^\/(.+)\/([imsu]{0,4})$/s.exec(text) ?? [];
    if (pattern === undefined) return { kind: 'body', text };
    try {
      new RegExp(pattern, flags);
    } catch {
      return null;
    }
    return { kind: 'body', pattern, flags };
  },
};

/** `$.status`, or `$.status=ok`. Whether the path is one is told later: see `http-request.ts`. */
export const jsonExpectation: ValueKind<Extract<HttpExpectation, { kind: 'json' }>> = {
  accepted: 'a JSONPath query (RFC 9535), with the value that must be there behind "=", as in $.status=ok',
  parse(text) {
    if (!text.startsWith('$') || text.length > LONGEST_TEXT) return null;
    const equals = equalsOutsideBrackets(text);
    if (equals < 0) return { kind: 'json', path: text.trimEnd(), value: null };
    return { kind: 'json', path: text.slice(0, equals).trimEnd(), value: text.slice(equals + 1).trim() };
  },
};

/** Filters have "==" in brackets, and names in quotes can have anything. -1 where there is none. */
function equalsOutsideBrackets(text: string): number {
  let depth = 0;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (quote !== '') {
      if (character === '\\') index++;
      else if (character === quote) quote = '';
    } else if (depth > 0 && (character === '"' || character === "'")) quote = character;
    else if (character === '[') depth++;
    else if (character === ']') depth--;
    else if (character === '=' && depth === 0) return index;
  }
  return -1;
}
