import type { DataOf } from '../../model/measurement.js';
import type { HttpAnswer } from '../../net/port.js';
import { offersHttp3, parseAltSvc } from '../../wire/http/alt-svc.js';
import { readRateLimit } from '../../wire/http/rate-limit.js';
import { redactField } from '../../wire/http/redaction.js';
import { parseSetCookie } from '../../wire/http/set-cookie.js';
import { serverClockOf } from '../server-clock.js';
import type { Hide } from './secrets.js';

type HttpData = DataOf<'http'>;

export type AnswerFacts = Pick<
  HttpData,
  'headers' | 'headersOmitted' | 'alternatives' | 'http3' | 'server' | 'cookies' | 'security' | 'clock' | 'rateLimit'
>;

const MOST_HEADERS = 100;
const LONGEST_NAME = 100;
const LONGEST_VALUE = 1000;
const MOST_COOKIES = 50;
/** RFC 6797 leaves it open; half a year is what lists of preloaded hosts and most audits ask for at the least. */
const SHORTEST_HSTS_SECONDS = 15_768_000;

/**
 * What the fields of an answer say, as a report may show it. Pure.
 *
 * @param answer `endedAtMs`: by the clock of this machine, when it had been read to its end
 * @param hide takes out the secrets of the request wherever the service repeats them
 */
export function answerFacts(answer: HttpAnswer & { endedAtMs: number; secure: boolean }, hide: Hide): AnswerFacts {
  const fields = answer.fields.map(([name, value]) => [hide(name), hide(value)] as const);
  const alternatives = valuesOf(fields, 'alt-svc').flatMap(parseAltSvc).slice(0, MOST_COOKIES);
  const clock = clockOf(answer);
  const nowMs = clock === null ? answer.endedAtMs - answer.body.bodyMs : Date.parse(clock.serverTime);
  return {
    ...shownHeaders(fields),
    alternatives,
    http3: offersHttp3(alternatives),
    server: shown('server', valuesOf(fields, 'server')[0] ?? null),
    cookies: valuesOf(fields, 'set-cookie')
      .flatMap((value) => parseSetCookie(value) ?? [])
      .slice(0, MOST_COOKIES),
    security: securityOf(fields, answer.secure),
    clock,
    rateLimit: readRateLimit(fields, nowMs / 1000),
  };
}

function valuesOf(fields: HttpAnswer['fields'], name: string): string[] {
  return fields.filter(([field]) => field === name).map(([, value]) => value);
}

/** Several fields of one name are one, joined by commas (RFC 9110 section 5.3). */
function shownHeaders(fields: HttpAnswer['fields']): Pick<HttpData, 'headers' | 'headersOmitted'> {
  const headers = new Map<string, string>();
  let headersOmitted = 0;
  for (const [whole, value] of fields) {
    const name = whole.slice(0, LONGEST_NAME);
    const before = headers.get(name);
    if (before === undefined && headers.size >= MOST_HEADERS) {
      headersOmitted++;
      continue;
    }
    const text = redactField(name, value.slice(0, 4 * LONGEST_VALUE));
    const joined = before === undefined || before === text ? text : `${before}, ${text}`;
    headers.set(name, joined.length <= LONGEST_VALUE ? joined : `${joined.slice(0, LONGEST_VALUE)}…`);
  }
  return { headers: Object.fromEntries(headers), headersOmitted };
}

function shown(name: string, value: string | null): string | null {
  return value === null ? null : redactField(name, value.slice(0, LONGEST_VALUE));
}

function clockOf({ fields, ttfbMs, headMs, body, endedAtMs }: HttpAnswer & { endedAtMs: number }): HttpData['clock'] {
  const field = (name: string) => valuesOf(fields, name)[0] ?? null;
  const firstByteMs = endedAtMs - body.bodyMs;
  return serverClockOf({ date: field('date'), age: field('age'), sentMs: firstByteMs - ttfbMs, spanMs: headMs ?? ttfbMs });
}

function securityOf(fields: HttpAnswer['fields'], secure: boolean): HttpData['security'] {
  const value = (name: string) => shown(name, valuesOf(fields, name)[0] ?? null);
  const policy = value('content-security-policy');
  const framing = /(?:^|;)\s*frame-ancestors\s+([^;]*)/i.exec(policy ?? '')?.[0]?.replace(/^[;\s]+/, '') ?? value('x-frame-options');
  const sniffing = value('x-content-type-options');
  const transport = value('strict-transport-security');
  return [
    // Over plain text it has no meaning (RFC 6797 section 7.2).
    ...(secure ? [{ header: 'strict-transport-security', value: transport, problem: hstsProblem(transport) }] : []),
    { header: 'content-security-policy', value: policy, problem: policy === null ? 'missing' : null },
    { header: 'x-frame-options', value: framing, problem: framing === null ? 'missing, and no frame-ancestors either' : null },
    {
      header: 'x-content-type-options',
      value: sniffing,
      problem: sniffing === null ? 'missing' : sniffing.trim().toLowerCase() === 'nosniff' ? null : 'is not nosniff',
    },
    { header: 'referrer-policy', value: value('referrer-policy'), problem: value('referrer-policy') === null ? 'missing' : null },
  ];
}

function hstsProblem(value: string | null): string | null {
  if (value === null) return 'missing';
  const seconds = /(?:^|;)\s*max-age\s*=\s*"?(\d{1,12})"?/i.exec(value)?.[1];
  if (seconds === undefined) return 'has no max-age';
  if (Number(seconds) === 0) return 'max-age=0 switches it off';
  return Number(seconds) < SHORTEST_HSTS_SECONDS ? 'lasts less than half a year' : null;
}
