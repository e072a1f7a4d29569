import type { RateLimit } from '../../model/measurement.js';
import { splitOutsideQuotes } from './alt-svc.js';
import { parseHttpDate } from './date.js';

/** One allowance of a service, as far as its fields tell. */
type Allowance = RateLimit['allowances'][number];
type Part = 'limit' | 'remaining' | 'used' | 'reset';

/**
 * The spellings of fields that say one number each. `name` tells allowances of one answer apart, `window` is how long one lasts; both come
 * from the name of the field. The order is that of the search.
 */
const SPELLINGS: readonly { pattern: RegExp; part: Part | ((match: RegExpExecArray) => Part) }[] = [
  // GitHub, GitLab, Kong, OpenAI (…-requests, …-tokens), draft-ietf-httpapi-ratelimit-headers up to 07.
  { pattern: /^(?:x-)?rate-?limit-(limit|remaining|used|reset)(?:-after)?(?:-(?<name>[a-z0-9-]{1,32}))?$/, part: partOf },
  // Twitter.
  { pattern: /^x-(?:app-|user-)?rate-limit-(limit|remaining|used|reset)(?:-(?<name>[a-z0-9-]{1,32}))?$/, part: partOf },
  // Anthropic, and those who put the name first.
  { pattern: /^[a-z]{2,16}-ratelimit-(?<name>[a-z0-9-]{1,32})-(limit|remaining|used|reset)$/, part: partOf },
  { pattern: /^x-ratelimit-(?<name>[a-z0-9]{1,32})-(limit|remaining|used|reset)$/, part: partOf },
  // Binance: weight and orders used in a window; the limit is not said.
  { pattern: /^x-(?:mbx|sapi)-(?<name>used(?:-ip|-uid)?-weight|order-count)(?:-(?<window>\d{1,6}[smhd]))?$/, part: 'used' },
  // Bybit.
  { pattern: /^x-bapi-limit$/, part: 'limit' },
  { pattern: /^x-bapi-limit-status$/, part: 'remaining' },
  { pattern: /^x-bapi-limit-reset-timestamp$/, part: 'reset' },
];

const WINDOWS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400, month: 30 * 86_400 };
const UNIT_SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** From here on a number of seconds is a date: as a duration it would be 30 years. */
const FIRST_EPOCH_SECONDS = 1_000_000_000;
const FIRST_EPOCH_MS = 1_000_000_000_000;
/** A reset further away than this is no reset but a mistake. */
const LONGEST_SECONDS = 400 * 86_400;
const LONGEST_VALUE = 512;
const MOST_ALLOWANCES = 16;

/**
 * Reads what the fields of an answer say of a limit on requests; `null` where they say nothing. The first of several fields of one name
 * counts, as for clients.
 *
 * @param fields names in small letters
 * @param nowSeconds since 1970, when the answer was made: fields that give a date of reset are counted from there
 */
export function readRateLimit(fields: readonly (readonly [string, string])[], nowSeconds: number): RateLimit | null {
  const headers = new Set<string>();
  const found = new Map<string, Allowance>();
  let policy: string | null = null;
  let retryAfterSeconds: number | null = null;
  for (const [name, whole] of fields) {
    const value = whole.slice(0, LONGEST_VALUE).trim();
    if (headers.has(name)) continue;
    if (name === 'retry-after' || name === 'x-retry-after') {
      const seconds = parseRetryAfter(value, nowSeconds);
      if (seconds === null) continue;
      retryAfterSeconds ??= seconds;
    } else if (name === 'ratelimit' || name === 'x-ratelimit') {
      if (!readStructured(value, found)) continue;
    } else if (name === 'ratelimit-policy' || name === 'x-ratelimit-policy') {
      policy ??= value;
      readPolicy(value, found);
    } else if (name === 'x-shopify-shop-api-call-limit') {
      const [, used, limit] = /^(\d{1,9})\/(\d{1,9})$/.exec(value) ?? [];
      if (used === undefined || limit === undefined) continue;
      Object.assign(allowance(found, null), {
        used: Number(used),
        limit: Number(limit),
        remaining: Math.max(0, Number(limit) - Number(used)),
      });
    } else if (!readSpelling(name, value, nowSeconds, found)) continue;
    headers.add(name);
  }
  if (headers.size === 0) return null;
  const allowances = [...found.values()].map(completed).slice(0, MOST_ALLOWANCES);
  const { name: _name, ...tightest } = tightestOf(allowances) ?? empty(null);
  return { ...tightest, policy, retryAfterSeconds, headers: [...headers], allowances };
}

/** Seconds to wait (RFC 9110 section 10.2.3): a number, or a date; `null` where it is neither. A date that is over is 0. */
export function parseRetryAfter(value: string, nowSeconds: number): number | null {
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(value)) return Number(value);
  const date = parseHttpDate(value);
  return date === null ? null : Math.max(0, date / 1000 - nowSeconds);
}

function partOf(match: RegExpExecArray): Part {
  return (match.slice(1).find((group) => /^(?:limit|remaining|used|reset)$/.test(group ?? '')) ?? 'limit') as Part;
}

function readSpelling(name: string, value: string, nowSeconds: number, found: Map<string, Allowance>): boolean {
  for (const { pattern, part } of SPELLINGS) {
    const match = pattern.exec(name);
    if (match === null) continue;
    const groups = match.groups ?? {};
    const kind = typeof part === 'string' ? part : part(match);
    const number = kind === 'reset' ? parseReset(value, nowSeconds) : parseAmount(value);
    if (number === null) return false;
    const window = groups['window'];
    const label = groups['name'] === undefined ? null : window === undefined ? groups['name'] : `${groups['name']}-${window}`;
    const entry = allowance(found, label);
    if (kind === 'reset') entry.resetSeconds ??= number;
    else entry[kind] ??= number;
    entry.windowSeconds ??= windowOf(window ?? null, label, value);
    return true;
  }
  return false;
}

/** `100`, or the first of `100, 100;w=60` (draft 00 to 06). */
function parseAmount(value: string): number | null {
  const digits = /^(\d{1,12}(?:\.\d{1,9})?)(?=$|[\s,;])/.exec(value)?.[1];
  return digits === undefined ? null : Number(digits);
}

function windowOf(written: string | null, label: string | null, value: string): number | null {
  const inName = written === null ? null : /^(\d{1,6})([smhd])$/.exec(written);
  if (inName !== null) return Number(inName[1]) * (UNIT_SECONDS[inName[2] ?? ''] ?? 1);
  const inValue = /;\s*w=(\d{1,9})/.exec(value)?.[1];
  if (inValue !== undefined) return Number(inValue);
  return label === null ? null : Object.hasOwn(WINDOWS, label) ? (WINDOWS[label] ?? null) : null;
}

/** Seconds until the reset: a number of seconds, a date (since 1970 in seconds or ms, RFC 3339, HTTP), or `6m0s`. */
function parseReset(value: string, nowSeconds: number): number | null {
  let seconds: number | null = null;
  if (/^\d{1,16}(?:\.\d{1,9})?$/.test(value)) {
    const number = Number(value);
    seconds = number >= FIRST_EPOCH_MS ? number / 1000 - nowSeconds : number >= FIRST_EPOCH_SECONDS ? number - nowSeconds : number;
  } else if (/^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h|d)){1,5}$/.test(value)) {
    seconds = 0;
    for (const [, number, unit] of value.matchAll(/([\d.]+)(ms|s|m|h|d)/g)) seconds += Number(number) * (UNIT_SECONDS[unit ?? ''] ?? 0);
  } else if (/^\d{4}-\d{2}-\d{2}T[\d:.]{5,18}(?:Z|[+-]\d{2}:\d{2})$/.test(value)) {
    const date = Date.parse(value);
    seconds = Number.isNaN(date) ? null : date / 1000 - nowSeconds;
  } else {
    const date = parseHttpDate(value);
    seconds = date === null ? null : date / 1000 - nowSeconds;
  }
  return seconds === null || seconds > LONGEST_SECONDS ? null : Math.max(0, seconds);
}

/** `limit=100, remaining=50, reset=5` (draft 07), or `"default";r=50;t=30` (from draft 08 on): a structured field (RFC 9651). */
function readStructured(value: string, found: Map<string, Allowance>): boolean {
  const dictionary = /^(?:limit|remaining|reset)=/.test(value);
  if (dictionary) {
    const entry = allowance(found, null);
    for (const [, key, number] of value.matchAll(/(?:^|,)\s*(limit|remaining|reset)=(\d{1,12})/g)) {
      if (key === 'reset') entry.resetSeconds ??= Number(number);
      else entry[key as 'limit' | 'remaining'] ??= Number(number);
    }
    return true;
  }
  let any = false;
  for (const { name, parameters } of itemsOf(value)) {
    const remaining = parameters.get('r');
    if (name === null || remaining === undefined) continue;
    const entry = allowance(found, name);
    entry.remaining ??= remaining;
    entry.resetSeconds ??= parameters.get('t') ?? null;
    any = true;
  }
  return any;
}

/** `100;w=60` (up to draft 07), or `"default";q=100;w=60`. */
function readPolicy(value: string, found: Map<string, Allowance>): void {
  for (const { name, number, parameters } of itemsOf(value)) {
    const limit = name === null ? number : parameters.get('q');
    if (limit === undefined || limit === null) continue;
    // Without names it says how long the one allowance lasts of which other fields tell.
    const only = name === null ? (found.size <= 1 ? ([...found.values()][0] ?? allowance(found, null)) : null) : allowance(found, name);
    if (only === null) continue;
    only.limit ??= limit;
    if (only.limit === limit) only.windowSeconds ??= parameters.get('w') ?? null;
  }
}

function* itemsOf(value: string): Generator<{ name: string | null; number: number | null; parameters: ReadonlyMap<string, number> }> {
  for (const item of splitOutsideQuotes(value).slice(0, MOST_ALLOWANCES)) {
    const [head = '', ...rest] = splitOutsideQuotes(item.trim(), ';');
    const name = /^"([^"\\]{1,64})"$/.exec(head.trim())?.[1] ?? null;
    const number = /^\d{1,12}$/.test(head.trim()) ? Number(head) : null;
    const parameters = new Map<string, number>();
    for (const parameter of rest) {
      const [, key, digits] = /^\s*([a-z*][a-z0-9_.*-]{0,31})=(\d{1,12})\s*$/.exec(parameter) ?? [];
      if (key !== undefined) parameters.set(key, Number(digits));
    }
    if (name !== null || number !== null) yield { name, number, parameters };
  }
}

function empty(name: string | null): Allowance {
  return { name, limit: null, remaining: null, used: null, resetSeconds: null, windowSeconds: null };
}

function allowance(found: Map<string, Allowance>, name: string | null): Allowance {
  const key = name ?? '';
  const known = found.get(key);
  if (known !== undefined) return known;
  const made = empty(name);
  if (found.size < MOST_ALLOWANCES) found.set(key, made);
  return made;
}

/** What follows from the others. */
function completed(entry: Allowance): Allowance {
  const { limit, remaining, used } = entry;
  if (limit === null) return entry;
  if (used === null && remaining !== null) return { ...entry, used: Math.max(0, limit - remaining) };
  if (remaining === null && used !== null) return { ...entry, remaining: Math.max(0, limit - used) };
  return entry;
}

/** The one that is used up first: by share of its limit, then by what remains. */
function tightestOf(allowances: readonly Allowance[]): Allowance | undefined {
  const share = ({ limit, remaining }: Allowance) =>
    remaining === null ? 2 : limit === null || limit === 0 ? (remaining > 0 ? 1 : 0) : remaining / limit;
  return [...allowances].sort((a, b) => share(a) - share(b) || (a.remaining ?? 0) - (b.remaining ?? 0))[0];
}
