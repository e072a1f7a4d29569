import { describe, expect, test } from 'vitest';
import type { MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { checkSchema } from '../../../src/model/report.js';
import { judgeResolvers, serversThatAnswered } from '../../../src/probes/dns/judge-resolvers.js';

type Dns = MeasurementOf<'dns'>;

const MEASURED: Dns['attempt'] = { kind: 'measured' };
const SILENT: Dns['attempt'] = { kind: 'unanswered', step: 'response', waitedMs: 1800 };
const CLOSED: Dns['attempt'] = { kind: 'failed', step: 'response', code: 'ECONNREFUSED', message: 'connection refused' };
const TRUNCATED = { aa: false, tc: true, rd: true, ra: true, ad: false, cd: false };
const NOERROR = { rcode: 'NOERROR', queryMs: 5 };

function dns(id: string, target: string | null, attempt: Dns['attempt'], data: Partial<Dns['data']> = {}): Dns {
  return {
    id,
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
      name: 'first.example',
      type: 'A',
      rcode: null,
      queryMs: null,
      flags: null,
      answers: [],
      dnssec: null,
      attempts: 2,
      ...data,
    },
  };
}

const first = (attempt: Dns['attempt'], data: Partial<Dns['data']> = {}) => dns('m1', null, attempt, data);
const second = (attempt: Dns['attempt'], data: Partial<Dns['data']> = {}) => dns('m2', null, attempt, { server: '192.0.2.54', ...data });

function judged(resolvers: Dns[], lookups: Dns[] = []) {
  return judgeResolvers(resolvers, [...resolvers, ...lookups], { policy: DEFAULT_POLICY }).map((made) => checkSchema.parse(made));
}

describe('a resolver that answers', () => {
  test.each(['SERVFAIL', 'NXDOMAIN', 'FORMERR'])('%s is an answer', (rcode) => {
    expect(judged([first(MEASURED, { rcode, queryMs: 5 })])).toMatchObject([
      { id: 'l7.resolver@192.0.2.53', status: 'pass', code: null, observed: `${rcode}, 0 answers, 5 ms` },
    ]);
  });

  test('SERVFAIL warns where another one knows the name, unless signatures are the reason', () => {
    const failing = first(MEASURED, { rcode: 'SERVFAIL', queryMs: 5 });
    const knowing = second(MEASURED, NOERROR);
    expect(judged([failing, knowing])).toMatchObject([
      { id: 'l7.resolver@192.0.2.53', status: 'warn', code: 'dns-servfail', observed: expect.stringContaining('192.0.2.54 knows it') },
      { status: 'pass' },
    ]);
    const unchecked = dns('m3', null, MEASURED, { ...NOERROR, checkingDisabled: true });
    expect(judged([failing, knowing], [unchecked])).toMatchObject([{ status: 'pass' }, { status: 'pass' }]);
    expect(judged([failing, second(MEASURED, { rcode: 'SERVFAIL', queryMs: 5 })])).toMatchObject([{ status: 'pass' }, { status: 'pass' }]);
  });

  test('silence and then SERVFAIL is no answer at times: it gives up later than we do', () => {
    const gaveUp = dns('m3', null, MEASURED, { rcode: 'SERVFAIL', queryMs: 1160 });
    expect(judged([first(SILENT)], [gaveUp])).toMatchObject([
      { id: 'l7.resolver@192.0.2.53', status: 'fail', code: 'dns-servfail', measurements: ['m1', 'm3'] },
    ]);
    const found = dns('m4', null, MEASURED, NOERROR);
    expect(judged([first(SILENT)], [gaveUp, found])).toMatchObject([{ status: 'warn', code: 'dns-intermittent' }]);
    expect(judged([first(SILENT), second(MEASURED, NOERROR)], [gaveUp])).toMatchObject([
      { status: 'warn', code: 'dns-servfail' },
      { status: 'pass' },
    ]);
  });

  test('a refusal warns', () => {
    expect(judged([first(MEASURED, { rcode: 'REFUSED', queryMs: 5 })])).toMatchObject([{ status: 'warn', code: 'dns-refused' }]);
  });

  test('late it is slow', () => {
    expect(judged([first(MEASURED, { rcode: 'NOERROR', queryMs: 1500 })])).toMatchObject([
      {
        ...{ status: 'fail', code: 'dns-slow', observed: '192.0.2.53: NOERROR, 0 answers, 1.5 s', expected: 'under 100 ms' },
        budget: { metric: 'dnsQueryMs', value: 1500, acceptable: 100 },
      },
    ]);
  });

  test('a first answer that had to be looked for is told by itself: what was asked for meanwhile came with it', () => {
    const samples = [0, 110, 220, 330, 440, 550, 660, 770, 880, 990];
    const series = (timeOf: (sentMs: number) => number) =>
      samples.map((sentMs) => ({ sentMs, rcode: 'NOERROR', queryMs: timeOf(sentMs), waitedMs: null }));
    const cold = first(MEASURED, { rcode: 'NOERROR', queryMs: 850, series: series((sentMs) => Math.max(1, 850 - sentMs)) });
    expect(judged([cold])).toMatchObject([{ status: 'pass', code: null, observed: 'NOERROR, 0 answers, 850 ms, then 1 ms' }]);
    const slow = first(MEASURED, { rcode: 'NOERROR', queryMs: 850, series: series(() => 850) });
    expect(judged([slow])).toMatchObject([{ status: 'warn', code: 'dns-slow' }]);
    const slower = first(MEASURED, { rcode: 'NOERROR', queryMs: 300, series: series(() => 300) });
    expect(judged([slower])).toMatchObject([{ status: 'warn', code: 'dns-slow' }]);
  });

  test('is held against what was judged: the first answer, the quickest of a series, or what is usual of it', () => {
    const series = (...times: number[]) => times.map((queryMs) => ({ sentMs: 0, rcode: 'NOERROR', queryMs, waitedMs: null }));
    const budgetFor = (queryMs: number, times: number[]) =>
      judged([first(MEASURED, { rcode: 'NOERROR', queryMs, series: series(...times) })])[0]?.budget?.value;
    expect(budgetFor(40, [])).toBe(40);
    expect(budgetFor(300, [20, 30, 40, 50, 60])).toBe(40);
    expect(budgetFor(50, [200, 210, 220, 230, 240])).toBe(200);
    expect(budgetFor(300, [200, 210, 220, 230, 240])).toBe(300);
  });

  test('with TCP blocked it is not silent', () => {
    expect(judged([first(CLOSED, { ...NOERROR, flags: TRUNCATED })])).toMatchObject([{ status: 'fail', code: 'dns-tcp-blocked' }]);
  });
});

describe('silence', () => {
  test('for one name is no dead resolver where another name was answered', () => {
    const [made, ...others] = judged([first(SILENT)], [dns('m9', 'b.example', MEASURED, { ...NOERROR, name: 'b.example' })]);
    expect(others).toEqual([]);
    expect(made).toMatchObject({
      id: 'l7.resolver@192.0.2.53',
      status: 'pass',
      code: null,
      observed: 'answers other questions; for first.example: no answer within 1800 ms, asked 2 times',
      measurements: ['m1', 'm9'],
    });
  });

  test('where the same question was answered at another time is intermittent', () => {
    expect(judged([first(SILENT)], [dns('m9', 'a', MEASURED, { ...NOERROR, name: 'First.example' })])).toMatchObject([
      { id: 'l7.resolver@192.0.2.53', status: 'warn', code: 'dns-intermittent', observed: expect.stringMatching(/^192\.0\.2\.53: /) },
    ]);
  });

  test('is not outweighed by the hosts file, nor by another server in the same place', () => {
    const file = dns('m9', 'a', MEASURED, { server: '/etc/hosts', transport: 'file' });
    expect(judged([first(SILENT)], [file])).toMatchObject([{ id: 'l7.resolver', status: 'fail', code: 'dns-unreachable' }]);
    expect(serversThatAnswered([file, first(SILENT)])).toEqual(new Set());
  });

  test('of one of two warns, names the server, and says that the other works', () => {
    const checks = judged([first(CLOSED), second(MEASURED, NOERROR)]);
    expect(checks).toHaveLength(2);
    expect(checks.find(({ id }) => id === 'l7.resolver@192.0.2.54')).toMatchObject({ status: 'pass' });
    expect(checks.find(({ id }) => id === 'l7.resolver@192.0.2.53')).toMatchObject({
      status: 'warn',
      code: 'dns-unreachable',
      observed: '192.0.2.53: connection refused; another works: 192.0.2.54',
    });
  });

  test('of all is one failure that lists them', () => {
    expect(judged([first(SILENT), second(SILENT)])).toEqual([
      {
        id: 'l7.resolver',
        layer: 7,
        title: 'all 2 resolvers',
        target: null,
        status: 'fail',
        code: 'dns-unreachable',
        observed: '192.0.2.53, 192.0.2.54: no answer within 1800 ms, asked 2 times',
        expected: 'an answer',
        remedy: null,
        because: null,
        measurements: ['m1', 'm2'],
      },
    ]);
    expect(judged([first(SILENT), second(CLOSED)])).toMatchObject([
      { observed: '192.0.2.53: no answer within 1800 ms, asked 2 times; 192.0.2.54: connection refused' },
    ]);
  });
});

test('what was not asked is not judged', () => {
  const checks = judged([first({ kind: 'skipped', because: 'interrupted' }), second(SILENT)]);
  expect(checks).toMatchObject([
    { id: 'l7.resolver@192.0.2.53', status: 'skip', because: 'interrupted' },
    { id: 'l7.resolver', status: 'fail', title: 'resolver 192.0.2.54' },
  ]);
  expect(judged([first({ kind: 'failed', step: 'configure', code: 'invalid-name', message: 'the name is empty' })])).toMatchObject([
    { status: 'skip', because: 'the name is empty' },
  ]);
  expect(judged([])).toEqual([]);
});
