import { describe, expect, it } from 'vitest';
import { failed, type NotMeasured, skipped, unanswered } from '../../../src/model/attempt.js';
import type { DataOf, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY, TRADING_POLICY } from '../../../src/model/policy.js';
import { PLATFORM_POLICY } from '../../../src/model/profiles/platform.js';
import { judgeHttp } from '../../../src/probes/http/judge.js';
import { httpNotTried } from '../../../src/probes/http/measure.js';

type Data = DataOf<'http'>;

const PHASES = { dnsMs: null, tcpMs: 1, proxyMs: null, tlsMs: null, ttfbMs: 5, bodyMs: 1 };
const RUN = { ...PHASES, totalMs: 7, status: 200, bodyBytes: 3, reused: false, stalledMs: 0, failure: null };

function made(parts: Partial<Data> = {}, attempt: NotMeasured | { kind: 'measured' } = { kind: 'measured' }): MeasurementOf<'http'> {
  const data: Data = {
    ...httpNotTried('192.0.2.7', skipped('-'), 'https://app.example').data,
    ...(attempt.kind === 'measured'
      ? {
          ...PHASES,
          totalMs: 7,
          status: 200,
          httpVersion: '1.1',
          count: 1,
          completed: 1,
          statuses: [{ status: parts.status ?? 200, count: 1 }],
          runs: [RUN],
          finalUrl: 'https://app.example/',
          body: { bytes: 3, ended: 'complete', contentType: null, encoding: null, decodedBytes: null, decodeFault: null } as const,
        }
      : {}),
    ...parts,
  };
  return {
    id: 'm1',
    probe: 'http',
    target: 'https://app.example',
    method: 'http',
    startedAt: '2026-11-22T00:00:00.000Z',
    durationMs: 7,
    stalledMs: 0,
    attempt,
    data,
  } as MeasurementOf<'http'>;
}

const judged = (measurement: MeasurementOf<'http'>): Record<string, string> =>
  Object.fromEntries(
    judgeHttp(measurement, { policy: DEFAULT_POLICY }).map(({ id, status, code }) => [
      id.split('@')[0] ?? '',
      code === null ? status : `${status} ${code}`,
    ]),
  );

/** To a host of another name. */
const REDIRECT: Data['redirects'][number] = {
  ...PHASES,
  url: 'https://app.example.net/',
  address: '192.0.2.10',
  status: 302,
  location: 'https://login.example.org/',
  httpVersion: '1.1',
  totalMs: 7,
};
const statusExpected = (expected: string): Data['expectations'] => [{ kind: 'status', expected, met: false, observed: null, missed: 1 }];

describe('a profile with grades for the whole answer', () => {
  const response = (parts: Partial<Data>, policy = TRADING_POLICY) =>
    judgeHttp(made(parts), { policy }).find(({ id }) => id.startsWith('l7.http-response'));
  const run = (ttfbMs: number, bodyMs: number | null, stalledMs = 0) => ({ ...RUN, ttfbMs, bodyMs, stalledMs });

  it('times it from the request to its last byte, without our own delay', () => {
    expect(response({ runs: [run(40, 8)] })).toMatchObject({
      status: 'pass',
      observed: '48 ms',
      expected: 'under 50 ms',
      budget: { metric: 'responseMs', value: 48, objective: 5, acceptable: 50, critical: 200 },
    });
    expect(response({ runs: [run(40, 20)] })).toMatchObject({ status: 'warn', code: 'http-slow', budget: { value: 60 } });
    expect(response({ runs: [run(40, 20, 15)] })).toMatchObject({ status: 'pass', budget: { value: 45 } });
    expect(response({ runs: [run(240, 20)] })).toMatchObject({ status: 'fail' });
  });

  it('judges p99 where the profile says so and there are a hundred answers', () => {
    const runs = Array.from({ length: 100 }, (_, index) => (index < 98 ? run(90, 5) : run(400, 50)));
    expect(response({ runs, count: 100, completed: 100 }, PLATFORM_POLICY)).toMatchObject({
      status: 'warn',
      observed: 'p99 450 ms',
      expected: 'p99 under 200 ms',
      budget: { value: 450 },
    });
  });

  it('says nothing without an end of the answer, and by the default profile', () => {
    expect(response({ runs: [run(40, null)] })).toBeUndefined();
    expect(response({ runs: [run(40, 20)] }, DEFAULT_POLICY)).toBeUndefined();
  });
});

describe('the status', () => {
  it.each<[Partial<Data>, string]>([
    [{ status: 200 }, 'pass'],
    [{ status: 302, headers: { location: '/there' } }, 'pass'],
    [{ status: 302, headers: {} }, 'fail http-status'],
    [{ status: 304, headers: {} }, 'pass'],
    [{ status: 404 }, 'fail http-status'],
    [{ status: 503 }, 'fail http-status'],
    [{ status: 401 }, 'warn http-unauthorized'],
    [{ status: 403, authenticated: true }, 'fail http-unauthorized'],
    [{ status: 407, via: 'http://proxy.example:3128' }, 'fail proxy-refused'],
    [{ status: 429 }, 'warn http-rate-limited'],
    [{ status: 404, expectations: statusExpected('404') }, 'pass'],
    [{ status: 404, expectations: statusExpected('4xx, 200') }, 'pass'],
    [{ status: 200, expectations: statusExpected('204') }, 'fail http-status'],
    [{ status: 401, expectations: statusExpected('200') }, 'fail http-unauthorized'],
    [{ status: 429, expectations: statusExpected('2xx') }, 'fail http-rate-limited'],
    [
      {
        status: 200,
        count: 5,
        completed: 5,
        statuses: [
          { status: 200, count: 4 },
          { status: 503, count: 1 },
        ],
      },
      'warn http-status',
    ],
    [{ count: 5, completed: 4 }, 'warn connectivity-intermittent'],
    [{ count: 4, completed: 2 }, 'fail connectivity-intermittent'],
  ])('%j: %s', (parts, expected) => {
    expect(judged(made(parts))['l7.http-status']).toBe(expected);
  });

  it.each<[NotMeasured, string]>([
    [failed('connect', 'ECONNREFUSED', 'refused'), 'fail port-closed'],
    [failed('connect', 'EHOSTUNREACH', 'no host'), 'fail host-unreachable'],
    [failed('connect', 'proxy-refused', 'no'), 'fail proxy-refused'],
    [failed('connect', 'EADDRNOTAVAIL', 'none'), 'skip'],
    [unanswered('connect', 3000), 'fail port-filtered'],
    [unanswered('handshake', 3000), 'fail service-silent'],
    [unanswered('response', 3000), 'fail service-silent'],
    [unanswered('resolve', 3000), 'skip'],
    [failed('handshake', 'not-tls', 'no TLS'), 'fail tls-not-spoken'],
    [failed('handshake', 'client-certificate-required', 'wants one'), 'fail tls-client-certificate-required'],
    [failed('handshake', 'alert handshake_failure', 'no'), 'fail tls-handshake-failed'],
    [failed('response', 'ECONNRESET', 'reset'), 'fail tcp-reset'],
    [failed('response', 'EOF', 'closed'), 'fail service-silent'],
    [failed('response', 'head-too-large', 'large'), 'fail http-not-spoken'],
    [failed('response', 'incomplete', 'late'), 'fail http-slow'],
    [failed('response', 'cut-short', 'cut'), 'fail http-not-spoken'],
    [failed('request', 'credentials-withheld', 'withheld'), 'skip'],
    [failed('configure', 'EINVAL', 'bad'), 'skip'],
    [skipped('interrupted'), 'skip'],
  ])('%j: %s', (attempt, expected) => {
    expect(judged(made({}, attempt))).toEqual({ 'l7.http-status': expected });
  });

  it.each<[NotMeasured, string]>([
    [failed('resolve', 'NXDOMAIN', 'does not exist'), 'fail http-redirect-invalid'],
    [failed('resolve', 'NODATA', 'has no address'), 'fail http-redirect-invalid'],
    [failed('resolve', 'SERVFAIL', 'no answer to it'), 'fail dns-servfail'],
    [failed('resolve', 'REFUSED', 'refused'), 'fail dns-refused'],
    [failed('resolve', 'no-resolver', 'no name server'), 'skip'],
    [unanswered('resolve', 3000), 'fail dns-unreachable'],
  ])('%j behind a redirect: %s', (attempt, expected) => {
    expect(judged(made({ redirects: [REDIRECT] }, attempt))['l7.http-status']).toBe(expected);
  });
});

describe('the answer', () => {
  it('says in how many answers something was missed', () => {
    const checks = judgeHttp(
      made({
        count: 5,
        completed: 5,
        statuses: [{ status: 200, count: 5 }],
        expectations: [{ kind: 'header', expected: 'x-a', met: false, observed: null, missed: 2 }],
      }),
      { policy: DEFAULT_POLICY },
    );
    expect(checks.find(({ title }) => title === 'required headers')?.observed).toBe('x-a is missing (in 2 of 5 answers)');
  });

  const body = (parts: Partial<NonNullable<Data['body']>>): Partial<Data> => ({
    body: { bytes: 3, ended: 'complete', contentType: null, encoding: 'gzip', decodedBytes: null, decodeFault: null, ...parts },
  });
  const expects = (kind: Data['expectations'][number]['kind'], met: boolean, observed: string | null = null): Partial<Data> => ({
    expectations: [{ kind, expected: 'x-a', met, observed, missed: met ? 0 : 1 }],
  });
  const security = (value: string | null, problem: string | null): Partial<Data> => ({
    securityRequired: true,
    security: [{ header: 'referrer-policy', value, problem }],
  });
  const clock = (offsetMs: number, uncertaintyMs = 600): Partial<Data> => ({
    clock: { serverTime: '2026-11-22T00:00:00.000Z', offsetMs, uncertaintyMs, ageSeconds: null },
  });
  const allowance = { limit: 100, remaining: 50, used: 50, resetSeconds: 10, windowSeconds: 60 };
  const limit = (parts: Partial<typeof allowance>): Partial<Data> => ({
    rateLimit: {
      ...allowance,
      ...parts,
      policy: null,
      retryAfterSeconds: null,
      headers: ['x'],
      allowances: [{ name: null, ...allowance, ...parts }],
    },
  });
  const burst = (parts: Partial<NonNullable<Data['burst']>>): Partial<Data> => ({
    burst: {
      asked: 100,
      concurrency: 10,
      sent: 60,
      answered: 60,
      failed: 0,
      limited: 5,
      statuses: [
        { status: 200, count: 55 },
        { status: 429, count: 5 },
      ],
      durationMs: 100,
      perSecond: 600,
      firstLimited: 51,
      acceptedBefore: 50,
      ttfbMs: null,
      retryAfterSeconds: null,
      recovered: null,
      ...parts,
    },
  });
  const tls = (parts: Partial<NonNullable<Data['tls']>>): Partial<Data> => ({
    tls: { protocol: 'TLSv1.3', cipher: 'x', alpn: 'h2', trusted: true, trustError: null, hostnameMatches: true, ...parts },
  });

  it.each<[string, string | undefined, Partial<Data>]>([
    ['l7.http-time', 'pass', {}],
    ['l7.http-time', 'warn http-slow', { ttfbMs: 1000, runs: [{ ...RUN, ttfbMs: 1000 }] }],
    ['l7.http-time', 'fail http-slow', { ttfbMs: 3000, runs: [{ ...RUN, ttfbMs: 3000 }] }],
    ['l7.http-time', 'pass', { ttfbMs: 1000, runs: [{ ...RUN, ttfbMs: 1000, stalledMs: 900 }] }],
    ['l7.http-response', undefined, {}],
    ['l7.body', undefined, {}],
    ['l7.body', 'fail http-body-incomplete', body({ ended: 'broken-off' })],
    ['l7.body', 'fail http-body-incomplete', body({ ended: 'timed-out' })],
    ['l7.body', 'skip', body({ ended: 'limit' })],
    ['l7.body', 'fail http-body-undecodable', body({ decodeFault: 'corrupt' })],
    ['l7.body', 'fail http-body-undecodable', body({ decodeFault: 'too-large' })],
    ['l7.body', 'pass', expects('body', true)],
    ['l7.body', 'fail http-body-mismatch', expects('body', false)],
    ['l7.json', 'pass', expects('json', true)],
    ['l7.json', 'fail http-body-mismatch', expects('json', false)],
    ['l7.http-header', 'pass', expects('header', true, 'v')],
    ['l7.http-header', 'fail http-header-missing', expects('header', false)],
    ['l7.http-header', 'fail http-header-mismatch', expects('header', false, 'other')],
    ['l7.http-header-forbidden', 'pass', expects('no-header', true)],
    ['l7.http-header-forbidden', 'fail http-header-forbidden', expects('no-header', false, 'v')],
    ['l7.security-headers', 'pass', security('no-referrer', null)],
    ['l7.security-headers', 'fail http-header-missing', security(null, 'missing')],
    ['l7.security-headers', 'fail http-header-mismatch', security('x', 'is odd')],
    ['l7.security-headers', undefined, { ...security(null, 'missing'), securityRequired: false }],
    ['l7.clock', 'pass', clock(-500)],
    ['l7.clock', 'pass', clock(5500)],
    ['l7.clock', 'warn clock-skew', clock(-6000)],
    ['l7.clock', 'fail clock-skew', clock(4_000_000)],
    ['l7.rate-limit', 'pass', limit({})],
    ['l7.rate-limit', 'warn http-rate-limited', limit({ remaining: 0 })],
    ['l7.rate-limit', 'warn http-rate-limited', limit({ remaining: 3 })],
    ['l7.rate-limit', 'skip', { ...limit({ remaining: 0 }), status: 429 }],
    ['l7.burst', 'pass', burst({})],
    ['l7.burst', 'pass', burst({ recovered: true })],
    ['l7.burst', 'warn http-rate-limited', burst({ recovered: false })],
    ['l7.burst', 'warn connectivity-intermittent', burst({ failed: 2 })],
    ['l7.burst', 'warn http-status', burst({ statuses: [{ status: 502, count: 3 }] })],
    ['l7.redirects', 'fail http-redirect-loop', { redirectFault: { kind: 'loop', location: '/a' } }],
    ['l7.redirects', 'fail http-redirect-loop', { redirectFault: { kind: 'too-many', location: '/a' } }],
    ['l7.redirects', 'fail http-redirect-invalid', { redirectFault: { kind: 'invalid', location: 'file:/' } }],
    ['l6.certificate', 'pass', tls({})],
    ['l6.certificate', 'fail cert-expired', tls({ trusted: false, trustError: 'CERT_HAS_EXPIRED' })],
    ['l6.certificate', 'fail cert-self-signed', tls({ trusted: false, trustError: 'DEPTH_ZERO_SELF_SIGNED_CERT' })],
    ['l6.certificate', 'fail cert-untrusted', tls({ trusted: false, trustError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' })],
    ['l6.certificate', 'fail cert-hostname-mismatch', tls({ hostnameMatches: false })],
  ])('%s: %s (%#)', (kind, expected, parts) => {
    expect(judged(made(parts))[kind]).toBe(expected);
  });
});
