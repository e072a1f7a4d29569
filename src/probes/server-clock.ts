import type { DataOf } from '../model/measurement.js';
import { parseHttpDate } from '../wire/http/date.js';

/** What an answer says of the time, and when that was by the clock of this machine. */
export interface DatedAnswer {
  /** Date and Age field; `null`: it has none. */
  date: string | null;
  age: string | null;
  /** When its request was sent, by the wall clock, in milliseconds since 1970. */
  sentMs: number;
  /** From then to the end of the head of the answer. */
  spanMs: number;
}

/**
 * The service made its Date field (RFC 9110 section 6.6.1) at some moment between our request and the end of the head of its answer (behind
 * an interim answer that can be seconds later than the first byte), and says it in whole seconds. A stored answer tells in its Age field how
 * long ago that was. `null` where the field is missing or no date. Pure.
 */
export function serverClockOf({ date: dateText, age: ageText, sentMs, spanMs }: DatedAnswer): DataOf<'http'>['clock'] {
  const date = parseHttpDate(dateText ?? '');
  if (date === null) return null;
  const age = /^\d{1,10}$/.exec((ageText ?? '').trim())?.[0];
  const ageSeconds = age === undefined ? null : Number(age);
  // Its second began at `made` and ended 1000 ms later; an age is in whole seconds too.
  const made = date + (ageSeconds ?? 0) * 1000;
  const doubtMs = 1000 + (ageSeconds === null ? 0 : 1000);
  return {
    serverTime: new Date(date).toISOString(),
    offsetMs: Math.round(made + doubtMs / 2 - (sentMs + spanMs / 2)),
    uncertaintyMs: Math.round((doubtMs + spanMs) / 2),
    ageSeconds,
  };
}
