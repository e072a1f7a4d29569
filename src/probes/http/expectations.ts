import type { DataOf } from '../../model/measurement.js';
import type { HttpExpectation } from '../../model/probe-options.js';
import { redactField } from '../../wire/http/redaction.js';
import type { Hide } from './secrets.js';

type Result = Omit<DataOf<'http'>['expectations'][number], 'missed'>;

export interface JudgedAnswer {
  status: number;
  fields: readonly (readonly [string, string])[];
  /** Its body as text, unpacked, as far as it was kept. */
  text: string;
  /** Whether there is more of the body than `text`. */
  cut: boolean;
}

const LONGEST_SHOWN = 200;

/**
 * Holds an answer against what was asked of it.
 *
 * @param hide takes out the secrets of the request wherever the service repeats them
 */
export function meetExpectations(expectations: readonly HttpExpectation[], answer: JudgedAnswer, hide: Hide): Promise<Result[]> {
  return Promise.all(expectations.map((expectation) => meet(expectation, answer, (text) => shorten(hide(text)))));
}

async function meet(expectation: HttpExpectation, answer: JudgedAnswer, shown: Hide): Promise<Result> {
  switch (expectation.kind) {
    case 'status':
      return {
        kind: 'status',
        expected: expectation.accepted.join(', '),
        met: isAcceptedStatus(answer.status, expectation.accepted),
        observed: String(answer.status),
      };
    case 'body':
      return meetBody(expectation, answer, shown);
    case 'json': {
      const { path, value } = expectation;
      const { matchJson } = await import('./match-body.js');
      const { met, observed } = await matchJson(path, value, answer.text);
      const beyond = !met && answer.cut ? 'only the first MiB of the body was looked at' : shown(observed);
      return { kind: 'json', expected: shown(value === null ? path : `${path} = ${value}`), met, observed: beyond };
    }
    case 'header': {
      const { name, value } = expectation;
      const values = valuesOf(answer, name);
      const met = value === null ? values.length > 0 : values.some((text) => text.toLowerCase().includes(value.toLowerCase()));
      return { kind: 'header', expected: value === null ? name : shown(`${name}: ${value}`), met, observed: found(name, values, shown) };
    }
    case 'no-header': {
      const values = valuesOf(answer, expectation.name);
      return { kind: 'no-header', expected: expectation.name, met: values.length === 0, observed: found(expectation.name, values, shown) };
    }
  }
}

async function meetBody(
  expectation: Extract<HttpExpectation, { kind: 'body' }>,
  { text, cut }: JudgedAnswer,
  shown: Hide,
): Promise<Result> {
  const expected = shown('text' in expectation ? expectation.text : `/${expectation.pattern}/${expectation.flags}`);
  const outcome =
    'text' in expectation
      ? text.includes(expectation.text)
        ? 'matched'
        : 'not-matched'
      : (await import('./match-body.js')).matchPattern(expectation.pattern, expectation.flags, text);
  if (outcome === 'matched') return { kind: 'body', expected, met: true, observed: null };
  const observed =
    outcome === 'too-slow'
      ? 'the pattern takes too long on this body'
      : cut
        ? 'not in the first MiB, the rest was not looked at'
        : 'not in it';
  return { kind: 'body', expected, met: false, observed };
}

/** `200`, `2xx`. */
export function isAcceptedStatus(status: number, accepted: readonly string[]): boolean {
  return accepted.some((text) => text === String(status) || (/^[1-9]xx$/.test(text) && text[0] === String(status)[0]));
}

function valuesOf({ fields }: JudgedAnswer, name: string): string[] {
  const key = name.toLowerCase();
  return fields.filter(([field]) => field === key).map(([, value]) => value);
}

function found(name: string, values: readonly string[], shown: Hide): string | null {
  return values.length === 0 ? null : shown(values.map((value) => redactField(name, value)).join(', '));
}

function shorten(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
}
