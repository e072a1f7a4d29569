import { describe, expect, test } from 'vitest';
import type { MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { checkSchema } from '../../../src/model/report.js';
import { budgetOf } from '../../../src/probes/budget.js';
import { judgeDns, judgeQuestions } from '../../../src/probes/dns/judge.js';

type Dns = MeasurementOf<'dns'>;

const FLAGS = { aa: false, tc: false, rd: true, ra: true, ad: false, cd: false };

function measurement(target: string | null, attempt: Dns['attempt'], data: Partial<Dns['data']> = {}): Dns {
  return {
    id: 'm1',
    target,
    probe: 'dns',
    method: 'udp',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    stalledMs: 0,
    attempt,
    data: {
      server: '192.0.2.53',
      transport: 'udp',
      name: 'www.example',
      type: 'A',
      rcode: null,
      queryMs: null,
      flags: null,
      answers: [],
      dnssec: null,
      attempts: 1,
      ...data,
    },
  };
}

const answer = (rcode: string, queryMs: number, count = 0): Partial<Dns['data']> => ({
  rcode,
  queryMs,
  flags: FLAGS,
  answers: Array.from({ length: count }, () => ({ name: 'www.example', type: 'A', ttl: 60, data: '192.0.2.1' })),
});
const MEASURED = { kind: 'measured' } as const;

function judged(dns: Dns) {
  const [made, ...others] = judgeDns(dns, { policy: DEFAULT_POLICY });
  expect(others).toEqual([]);
  return checkSchema.parse(made);
}

describe('a question of the user', () => {
  test('answered', () => {
    expect(judged(measurement('www.example', MEASURED, answer('NOERROR', 12.34, 2)))).toEqual({
      id: 'l7.dns@www.example/A/192.0.2.53',
      layer: 7,
      title: 'A www.example at 192.0.2.53',
      target: 'www.example',
      status: 'pass',
      code: null,
      observed: 'NOERROR, 2 answers, 12.3 ms via 192.0.2.53',
      expected: 'under 100 ms',
      remedy: null,
      because: null,
      measurements: ['m1'],
      budget: budgetOf('dnsQueryMs', 12.34, DEFAULT_POLICY.dnsQueryMs),
    });
  });

  test.each([
    ['no record of the type', MEASURED, answer('NOERROR', 5), 'pass', null, 'NOERROR, 0 answers, 5 ms via 192.0.2.53'],
    ['NXDOMAIN', MEASURED, answer('NXDOMAIN', 5), 'fail', 'dns-nxdomain', 'NXDOMAIN, 0 answers, 5 ms via 192.0.2.53'],
    ['SERVFAIL', MEASURED, answer('SERVFAIL', 5), 'fail', 'dns-servfail', 'SERVFAIL, 0 answers, 5 ms via 192.0.2.53'],
    ['FORMERR', MEASURED, answer('FORMERR', 5), 'fail', 'dns-servfail', 'FORMERR, 0 answers, 5 ms via 192.0.2.53'],
    ['REFUSED', MEASURED, answer('REFUSED', 5), 'fail', 'dns-refused', 'REFUSED, 0 answers, 5 ms via 192.0.2.53'],
    ['at the limit', MEASURED, answer('NOERROR', 100, 1), 'pass', null, 'NOERROR, 1 answer, 100 ms via 192.0.2.53'],
    ['slow', MEASURED, answer('NOERROR', 400, 1), 'warn', 'dns-slow', 'NOERROR, 1 answer, 400 ms via 192.0.2.53'],
    ['very slow', MEASURED, answer('NOERROR', 1500, 1), 'fail', 'dns-slow', 'NOERROR, 1 answer, 1.5 s via 192.0.2.53'],
    [
      'an answer that is truncated over TCP too',
      MEASURED,
      { ...answer('NOERROR', 5), flags: { ...FLAGS, tc: true } },
      'fail',
      'dns-servfail',
      'NOERROR, 0 answers, 5 ms via 192.0.2.53; it is truncated, though not over UDP',
    ],
    [
      'silence',
      { kind: 'unanswered', step: 'response', waitedMs: 3000 } as const,
      { attempts: 3 },
      'fail',
      'dns-unreachable',
      '192.0.2.53: no answer within 3000 ms, asked 3 times',
    ],
    [
      'a refused port',
      { kind: 'failed', step: 'response', code: 'ECONNREFUSED', message: 'connection refused' } as const,
      {},
      'fail',
      'dns-unreachable',
      '192.0.2.53: connection refused',
    ],
    [
      'a truncated answer without TCP',
      { kind: 'unanswered', step: 'connect', waitedMs: 1000 } as const,
      { ...answer('NOERROR', 5), flags: { ...FLAGS, tc: true } },
      'fail',
      'dns-tcp-blocked',
      'the answer is too long for UDP, and over TCP: no answer within 1000 ms',
    ],
  ] as const)('%s', (_, attempt, data, status, code, observed) => {
    const parts = data as Partial<Dns['data']>;
    expect(judged(measurement('www.example', attempt, parts))).toMatchObject({ status, code, observed, because: null });
  });

  test.each([
    ['interrupted', { kind: 'skipped', because: 'interrupted' } as const, 'interrupted'],
    ['never sent', { kind: 'failed', step: 'configure', code: 'invalid-name', message: 'the name is empty' } as const, 'the name is empty'],
  ])('%s is not judged', (_, attempt, because) => {
    expect(judged(measurement('www.example', attempt))).toMatchObject({
      status: 'skip',
      code: null,
      because,
      id: 'l7.dns@www.example/A/192.0.2.53',
    });
  });

  test('to which the kernel knows no way says so; what a router said of a connection does not', () => {
    const refused = { kind: 'failed', step: 'connect', code: 'ENETUNREACH', message: 'there is no route' } as const;
    expect(judged(measurement('www.example', refused))).toMatchObject({ status: 'fail', code: 'no-default-route' });
    expect(judged(measurement('www.example', refused, { transport: 'tcp' }))).toMatchObject({ status: 'fail', code: 'dns-unreachable' });
    expect(judged(measurement('www.example', { ...refused, step: 'response' }))).toMatchObject({ code: 'dns-unreachable' });
  });

  test('ids differ by name, type and server', () => {
    const ids = (['A', 'MX'] as const).flatMap((type) =>
      ['192.0.2.53', '[::1]:5353'].map(
        (server) => judged(measurement('www.example', MEASURED, { ...answer('NOERROR', 1), type, server })).id,
      ),
    );
    expect(new Set(ids).size).toBe(4);
  });
});

describe('a transport that does not get through, while another does at the same server', () => {
  const SILENT = { kind: 'unanswered', step: 'connect', waitedMs: 800 } as const;
  const at = (transport: 'udp' | 'tcp' | 'tls', attempt: Dns['attempt'], data: Partial<Dns['data']> = {}) =>
    measurement('www.example', attempt, { transport, ...(attempt.kind === 'measured' ? answer('NOERROR', 5, 1) : {}), ...data });
  const codes = (...questions: Dns[]) => judgeQuestions(questions, { policy: DEFAULT_POLICY }).map(({ code }) => code);

  test.each<[string, Dns[], (string | null)[]]>([
    ['TCP beside UDP', [at('udp', MEASURED), at('tcp', SILENT)], [null, 'dns-tcp-blocked']],
    ['TCP, but not always', [at('udp', MEASURED), at('tcp', MEASURED), at('tcp', SILENT)], [null, null, 'dns-unreachable']],
    ['TCP alone', [at('tcp', SILENT)], ['dns-unreachable']],
    ['TCP of another server', [at('udp', MEASURED, { server: '192.0.2.54' }), at('tcp', SILENT)], [null, 'dns-unreachable']],
    ['an answer over TCP that does not come', [at('udp', MEASURED), at('tcp', { ...SILENT, step: 'response' })], [null, 'dns-unreachable']],
    ['TLS beside UDP', [at('udp', MEASURED), at('tls', SILENT)], [null, 'dns-encrypted-blocked']],
    [
      'plain DNS beside TLS',
      [at('tls', MEASURED), at('udp', { ...SILENT, step: 'response' }), at('tcp', SILENT)],
      [null, 'dns-plain-blocked', 'dns-plain-blocked'],
    ],
    [
      'UDP for one name',
      [at('tls', MEASURED), at('tcp', MEASURED), at('udp', { ...SILENT, step: 'response' })],
      [null, null, 'dns-unreachable'],
    ],
  ])('%s', (_, questions, expected) => {
    expect(codes(...questions)).toEqual(expected);
  });
});

describe('a resolver', () => {
  test.each([
    ['NOERROR', answer('NOERROR', 5, 13), 'pass', null],
    ['NXDOMAIN', answer('NXDOMAIN', 5), 'pass', null],
    ['REFUSED', answer('REFUSED', 5), 'warn', 'dns-refused'],
    ['SERVFAIL', answer('SERVFAIL', 5), 'pass', null],
    ['SERVFAIL, late', answer('SERVFAIL', 1500), 'pass', null],
    ['slow', answer('NOERROR', 400), 'warn', 'dns-slow'],
  ] as const)('%s', (_, data, status, code) => {
    expect(judged(measurement(null, MEASURED, data))).toMatchObject({
      id: 'l7.resolver@192.0.2.53',
      title: 'resolver 192.0.2.53',
      target: null,
      status,
      code,
    });
  });

  test('silent', () => {
    const check = judged(measurement(null, { kind: 'unanswered', step: 'response', waitedMs: 900 }));
    expect(check).toMatchObject({ status: 'fail', code: 'dns-unreachable', observed: '192.0.2.53: no answer within 900 ms' });
  });
});

describe('an answer whose aliases lead nowhere', () => {
  const alias = (name: string, data: string) => ({ name, type: 'CNAME', ttl: 60, data });

  test('a loop', () => {
    const answers = [alias('www.example', 'a.example'), alias('a.example', 'www.example')];
    expect(judged(measurement('www.example', MEASURED, { ...answer('NOERROR', 5), answers }))).toMatchObject({
      status: 'fail',
      code: 'dns-servfail',
      observed: expect.stringMatching(/^NOERROR, 2 answers, .*loop/),
    });
    expect(judged(measurement(null, MEASURED, { ...answer('NOERROR', 5), answers }))).toMatchObject({ status: 'pass' });
  });

  test('a chain without an address is an empty answer, and a short one with it is well', () => {
    const answers = [alias('www.example', 'a.example')];
    expect(judged(measurement('www.example', MEASURED, { ...answer('NOERROR', 5), answers })).status).toBe('pass');
    const whole = [...answers, { name: 'a.example', type: 'A', ttl: 60, data: '192.0.2.1' }];
    expect(judged(measurement('www.example', MEASURED, { ...answer('NOERROR', 5), answers: whole })).status).toBe('pass');
  });
});

describe('several questions', () => {
  const question = (name: string, type: string, rcode: string, server = '192.0.2.53') =>
    measurement(name, MEASURED, { ...answer(rcode, 5), name, type, server });
  const judgedTogether = (questions: Dns[]) => judgeQuestions(questions, { policy: DEFAULT_POLICY }).map((made) => checkSchema.parse(made));

  test('a name that does not exist fails once at each server, whatever the type and the case', () => {
    const checks = judgedTogether([
      question('no.example', 'A', 'NXDOMAIN'),
      question('no.example', 'A', 'NXDOMAIN', '192.0.2.54'),
      question('NO.example', 'AAAA', 'NXDOMAIN'),
      question('other.example', 'A', 'NXDOMAIN'),
    ]);
    expect(checks.map(({ status }) => status)).toEqual(['fail', 'fail', 'skip', 'fail']);
    expect(checks[2]).toMatchObject({
      id: 'l7.dns@NO.example/AAAA/192.0.2.53',
      code: null,
      observed: null,
      because: 'the same name, already judged: A no.example at 192.0.2.53',
    });
  });

  test('other failures and answers stay as they are alone', () => {
    const questions = [
      question('a.example', 'A', 'SERVFAIL'),
      question('a.example', 'AAAA', 'SERVFAIL'),
      question('a.example', 'MX', 'NOERROR'),
    ];
    expect(judgedTogether(questions)).toEqual(questions.map(judged));
  });
});
