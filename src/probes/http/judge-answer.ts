import type { Code } from '../../model/code.js';
import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';

type HttpMeasurement = MeasurementOf<'http'>;
type Expectation = DataOf<'http'>['expectations'][number];

/** What the answer must be like beside its status: body, JSON, fields. Only what was asked for, or is broken, gives a line. */
export function judgeAnswer(measurement: HttpMeasurement): Check[] {
  const of = (kind: Expectation['kind']) => measurement.data.expectations.filter((one) => one.kind === kind);
  return [
    ...judgeBody(measurement, of('body')),
    ...judgeAll(measurement, { kind: 'l7.json', title: 'JSON' }, of('json'), (one) => [
      'http-body-mismatch',
      `${one.expected}: ${one.observed ?? 'not there'}`,
    ]),
    ...judgeAll(measurement, { kind: 'l7.http-header', title: 'required headers' }, of('header'), (one) =>
      one.observed === null
        ? ['http-header-missing', `${nameIn(one.expected)} is missing`]
        : ['http-header-mismatch', `${nameIn(one.expected)} is ${one.observed}`],
    ),
    ...judgeAll(measurement, { kind: 'l7.http-header-forbidden', title: 'forbidden headers' }, of('no-header'), (one) => [
      'http-header-forbidden',
      `${one.expected}: ${one.observed ?? ''}`,
    ]),
    ...judgeSecurity(measurement),
  ];
}

function nameIn(expected: string): string {
  return expected.split(':', 1)[0] ?? expected;
}

/** ` (in 2 of 5 answers)`; nothing where it was in all of them. */
function howOften({ missed }: Expectation, { data }: HttpMeasurement): string {
  const answers = data.statuses.reduce((sum, { count }) => sum + count, 0);
  return missed < answers ? ` (in ${missed} of ${answers} answers)` : '';
}

function judgeBody(measurement: HttpMeasurement, asked: readonly Expectation[]): Check[] {
  const { body } = measurement.data;
  if (body === null) return [];
  const line = { kind: 'l7.body', layer: 7, title: 'body', measurement } as const;
  const expected = asked.length === 0 ? 'whole' : asked.map((one) => one.expected).join(', ');
  const fault = bodyFault(body);
  if (fault !== null) return [check({ ...line, status: 'fail', ...fault, expected })];
  const missed = asked.filter(({ met }) => !met);
  if (missed.length > 0) {
    const observed = missed.map((one) => `${one.expected}: ${one.observed ?? 'not in it'}${howOften(one, measurement)}`).join('; ');
    return [check({ ...line, status: 'fail', code: 'http-body-mismatch', observed, expected })];
  }
  if (asked.length === 0) return body.ended === 'limit' ? [skippedCheck(line, 'more than 10 MiB, and the rest was not read')] : [];
  return [check({ ...line, status: 'pass', observed: asked.length === 1 ? 'has it' : `has all ${asked.length}`, expected })];
}

function bodyFault({ ended, bytes, encoding, decodeFault }: NonNullable<DataOf<'http'>['body']>): { code: Code; observed: string } | null {
  if (ended === 'broken-off') return { code: 'http-body-incomplete', observed: `broke off after ${bytes} bytes` };
  if (ended === 'timed-out') return { code: 'http-body-incomplete', observed: `did not end in time: ${bytes} bytes came` };
  if (decodeFault === null) return null;
  const why = {
    corrupt: `its ${encoding} data is corrupt`,
    'too-large': `${bytes} bytes of ${encoding} that would be more than 10 MiB`,
    'unknown-encoding': `packed as ${encoding}, which was not offered`,
  }[decodeFault];
  return { code: 'http-body-undecodable', observed: why };
}

/** One line for all expectations of a kind; the first that is not met gives the code. */
function judgeAll(
  measurement: HttpMeasurement,
  { kind, title }: { kind: string; title: string },
  asked: readonly Expectation[],
  describe: (missed: Expectation) => [Code, string],
): Check[] {
  if (asked.length === 0) return [];
  const forbidden = asked[0]?.kind === 'no-header';
  const names = asked.map((one) => one.expected).join(', ');
  const line = { kind, layer: 7, title, measurement, expected: forbidden ? `no ${names}` : names } as const;
  const missed = asked
    .filter(({ met }) => !met)
    .map((one) => {
      const [code, text] = describe(one);
      return [code, `${text}${howOften(one, measurement)}`] as const;
    });
  const [first] = missed;
  if (first === undefined) {
    const observed = forbidden ? 'none of it' : asked.map((one) => (one.observed === null ? one.expected : one.observed)).join(', ');
    return [check({ ...line, status: 'pass', observed })];
  }
  return [check({ ...line, status: 'fail', code: first[0], observed: missed.map(([, text]) => text).join('; ') })];
}

function judgeSecurity(measurement: HttpMeasurement): Check[] {
  const { security, securityRequired } = measurement.data;
  if (!securityRequired) return [];
  const line = {
    kind: 'l7.security-headers',
    layer: 7,
    title: 'security headers',
    measurement,
    expected: security.map(({ header }) => header).join(', '),
  } as const;
  const problems = security.flatMap(({ header, problem }) =>
    problem === null ? [] : `${header} ${problem === 'missing' ? 'is missing' : problem}`,
  );
  if (problems.length === 0) return [check({ ...line, status: 'pass', observed: 'all of them' })];
  const absent = security.some(({ value, problem }) => value === null && problem !== null);
  return [check({ ...line, status: 'fail', code: absent ? 'http-header-missing' : 'http-header-mismatch', observed: problems.join('; ') })];
}
