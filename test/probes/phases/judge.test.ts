import { describe, expect, it } from 'vitest';
import { type Attempt, failed, measured, reasonOf, skipped, unanswered } from '../../../src/model/attempt.js';
import type { MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { PLATFORM_POLICY } from '../../../src/model/profiles/platform.js';
import { TRADING_POLICY } from '../../../src/model/profiles/trading.js';
import { rttStatistics } from '../../../src/model/statistics.js';
import { budgetOf } from '../../../src/probes/budget.js';
import { phasesProbe } from '../../../src/probes/phases/index.js';
import { phasesNotTried } from '../../../src/probes/phases/measure.js';

type Data = MeasurementOf<'phases'>['data'];

function judge(target: string, parts: Partial<Data>, attempt: Attempt<null> = measured(null), policy = DEFAULT_POLICY) {
  const one = { dnsMs: 1, tcpMs: 10, tlsMs: 20, ttfbMs: 120, totalMs: 151, httpStatus: 200 };
  const data: Data = {
    ...phasesNotTried('192.0.2.10', skipped('')).data,
    ...one,
    count: 1,
    completed: attempt.kind === 'measured' ? 1 : 0,
    ...parts,
  };
  const state = attempt.kind === 'measured' ? { kind: 'measured' as const } : attempt;
  const measurement = {
    id: 'm9',
    probe: 'phases',
    target,
    method: 'https',
    startedAt: '2025-06-01T12:00:00.000Z',
    durationMs: 160,
    stalledMs: 0,
    attempt: state,
    data,
  } as const;
  return phasesProbe.judge(measurement, { policy });
}

const NOTHING = { tcpMs: null, tlsMs: null, ttfbMs: null, totalMs: null, httpStatus: null };

it('passes a quick answer', () => {
  expect(judge('https://app.example.net/health', {})).toEqual([
    {
      id: 'l7.http@https://app.example.net/health',
      layer: 7,
      title: 'HTTP',
      target: 'https://app.example.net/health',
      status: 'pass',
      code: null,
      observed: 'status 200, first byte after 120 ms',
      expected: 'no error, under 800 ms',
      remedy: null,
      because: null,
      measurements: ['m9'],
      budget: budgetOf('firstByteMs', 120, DEFAULT_POLICY.firstByteMs),
    },
  ]);
});

it.each(['app.example.net:443', 'tls://app.example.net:443', 'tcp://app.example.net:80', 'app.example.net'])(
  'has nothing to say of HTTP where none is spoken: %s',
  (target) => {
    expect(judge(target, { ttfbMs: null, httpStatus: null })).toEqual([]);
  },
);

describe('the front page of a port that was named alone', () => {
  it.each<[number, string, string | null]>([
    [200, 'pass', null],
    [302, 'pass', null],
    [401, 'pass', null],
    [404, 'pass', null],
    [429, 'warn', 'http-rate-limited'],
    [500, 'fail', 'http-status'],
    [503, 'fail', 'http-status'],
  ])('with status %i is %s %s', (httpStatus, status, code) => {
    for (const target of ['app.example.net:443', '192.0.2.7:80'])
      expect(judge(target, { ttfbMs: null, httpStatus, statuses: [{ status: httpStatus, count: 1 }] })).toMatchObject([{ status, code }]);
  });

  it('is not judged where none came', () => {
    expect(judge('app.example.net:443', { ttfbMs: null, httpStatus: null })).toEqual([]);
  });
});

describe('an answer', () => {
  it.each<[string, Partial<Data>, string, string | null]>([
    ['https', { httpStatus: 301 }, 'pass', null],
    ['https', { httpStatus: 400 }, 'warn', 'http-status'],
    ['https', { httpStatus: 401 }, 'warn', 'http-unauthorized'],
    ['https', { httpStatus: 403 }, 'warn', 'http-unauthorized'],
    ['https', { httpStatus: 404 }, 'warn', 'http-status'],
    ['https', { httpStatus: 407 }, 'warn', 'http-unauthorized'],
    ['https', { httpStatus: 429 }, 'warn', 'http-rate-limited'],
    ['https', { httpStatus: 500 }, 'fail', 'http-status'],
    ['http', { httpStatus: 503, ttfbMs: 5000 }, 'fail', 'http-status'],
    ['https', { ttfbMs: 801 }, 'warn', 'http-slow'],
    ['http', { ttfbMs: 1801, tlsMs: null }, 'fail', 'http-slow'],
    ['wss', { httpStatus: 101 }, 'pass', null],
    ['wss', { httpStatus: 101, ttfbMs: 900 }, 'warn', 'websocket-slow'],
    ['ws', { httpStatus: 200, tlsMs: null }, 'fail', 'websocket-refused'],
    ['wss', { httpStatus: 401 }, 'fail', 'http-unauthorized'],
    ['wss', { httpStatus: 403 }, 'fail', 'websocket-refused'],
    ['wss', { httpStatus: 429 }, 'fail', 'http-rate-limited'],
  ])('over %s with %j is %s %s', (scheme, parts, status, code) => {
    expect(judge(`${scheme}://app.example.net`, parts)).toMatchObject([{ status, code }]);
  });
});

describe('no answer', () => {
  it.each([
    ['https', unanswered('response', 3000), 'http-slow'],
    ['http', unanswered('response', 3000), 'service-silent'],
    ['ws', unanswered('response', 3000), 'service-silent'],
    ['wss', unanswered('response', 3000), 'websocket-slow'],
    ['http', failed('response', 'ECONNRESET', 'reset'), 'tcp-reset'],
    ['http', failed('response', 'EPIPE', 'closed by the other side'), 'tcp-reset'],
    ['http', failed('connect', 'ECONNRESET', 'reset'), 'tcp-reset'],
    ['ws', failed('connect', 'EPIPE', 'closed by the other side'), 'tcp-reset'],
    ['https', failed('handshake', 'ECONNRESET', 'reset'), 'tcp-reset'],
    ['http', failed('response', 'not-http', 'the answer is no HTTP'), 'http-not-spoken'],
    ['https', failed('response', 'head-too-large', 'the head is too large'), 'http-not-spoken'],
    ['http', failed('response', 'bad-head', 'the head breaks the rules'), 'http-not-spoken'],
    ['http', failed('response', 'bad-status', 'no valid status'), 'http-not-spoken'],
    ['http', failed('response', 'unasked-upgrade', 'switches'), 'http-not-spoken'],
    ['https', failed('response', 'incomplete', '20 bytes came'), 'http-slow'],
    ['ws', failed('response', 'incomplete', '20 bytes came'), 'websocket-slow'],
    ['https', failed('response', 'cut-short', 'closed after 20 bytes'), 'http-not-spoken'],
    ['https', failed('response', 'EOF', 'closed'), 'service-silent'],
    ['http', failed('response', 'ETIMEDOUT', 'the system gave up'), 'service-silent'],
    ['ws', failed('response', 'EOF', 'closed'), 'websocket-refused'],
    ['ws', failed('response', 'not-http', 'the answer is no HTTP'), 'websocket-refused'],
    ['wss', failed('response', 'bad-accept', 'no proof'), 'websocket-refused'],
  ])('over %s fails', (scheme, attempt, code) => {
    expect(judge(`${scheme}://app.example.net`, { ...NOTHING, tcpMs: 10 }, attempt)).toMatchObject([{ status: 'fail', code }]);
  });

  it.each([
    [failed('response', 'body-stalled', '5 of 5000 bytes'), 'http-body-incomplete'],
    [failed('response', 'cut-short', 'closed after 5 of 5000 bytes'), 'http-body-incomplete'],
    [failed('response', 'ECONNRESET', 'reset'), 'tcp-reset'],
  ])('with its head behind it is a body that is not whole', (attempt, code) => {
    const observed = `status 200, and not the whole answer: ${reasonOf(attempt)}`;
    expect(judge('http://app.example.net', {}, attempt)).toMatchObject([{ status: 'fail', code, observed }]);
  });

  it.each([
    [failed('connect', 'ECONNREFUSED', 'connection refused'), 'TCP did not connect: connection refused'],
    [unanswered('connect', 2000), 'TCP did not connect: no answer within 2000 ms'],
    [failed('handshake', 'not-tls', 'what the server sends is no TLS'), 'TLS did not complete: what the server sends is no TLS'],
    [unanswered('handshake', 2000), 'TLS did not complete: no answer within 2000 ms'],
    [failed('request', 'credentials-withheld', 'the credentials were not sent'), 'the credentials were not sent'],
    [skipped('the name does not resolve'), 'the name does not resolve'],
  ])('is explained by what lies below', (attempt, because) => {
    expect(judge('https://app.example.net', NOTHING, attempt)).toMatchObject([{ status: 'skip', code: null, because }]);
  });
});

describe('several exchanges', () => {
  const several = { count: 5, completed: 5, statuses: [{ status: 200, count: 5 }] };
  const run = (ttfbMs: number | null, stalledMs = 0, failure: string | null = null): Data['runs'][number] => ({
    dnsMs: null,
    tcpMs: 10,
    tlsMs: 20,
    ttfbMs,
    totalMs: ttfbMs,
    httpStatus: ttfbMs === null ? null : 200,
    tcpClock: 'user',
    stalledMs,
    failure,
  });

  it('are one line where all completed', () => {
    expect(judge('https://app.example.net', several)).toMatchObject([{ id: 'l7.http@https://app.example.net', status: 'pass' }]);
    expect(judge('app.example.net:22', { ...several, statuses: [], httpStatus: null, ttfbMs: null })).toEqual([]);
  });

  it.each([
    [4, 'warn'],
    [3, 'warn'],
    [2, 'fail'],
  ])('of which %d of 5 completed are intermittent (%s)', (completed, status) => {
    const runs = [run(120), run(null, 0, 'connection refused')];
    expect(judge('app.example.net:22', { ...several, completed, runs })).toMatchObject([
      {
        id: 'l4.exchanges@app.example.net:22',
        status,
        code: 'connectivity-intermittent',
        observed: `${5 - completed} of 5 failed: connection refused`,
      },
    ]);
  });

  it('of which none completed are not called intermittent', () => {
    const checks = judge(
      'https://app.example.net',
      { ...NOTHING, count: 2, completed: 0 },
      failed('connect', 'ECONNREFUSED', 'connection refused'),
    );
    expect(checks).toMatchObject([{ status: 'skip' }]);
  });

  describe('by grades for uptime', () => {
    const trading = (completed: number, count: number, attempt: Attempt<null> = measured(null)) =>
      judge('app.example.net:443', { ...NOTHING, count, completed, runs: [run(null, 0, 'refused')] }, attempt, TRADING_POLICY);

    it('pass where all completed, and say what so many can show', () => {
      expect(trading(300, 300)).toMatchObject([
        {
          id: 'l4.exchanges@app.example.net:443',
          status: 'pass',
          code: null,
          observed: 'all of 300 completed (fewer than 1.2 % fail, 95 % sure)',
          expected: '99.9 % or more complete',
          budget: { metric: 'uptimeRatio', value: 1, unit: 'ratio', objective: 0.9999, acceptable: 0.999, critical: 0.99 },
        },
      ]);
    });

    it.each([
      [9999, 10_000, 'pass', '99.99 %'],
      [9985, 10_000, 'warn', '99.85 %'],
      [9890, 10_000, 'fail', '98.9 %'],
      // One of 30 may be chance where no more than acceptable fail in truth; one of five may not.
      [29, 30, 'warn', '97 %'],
      [4, 5, 'fail', '80 %'],
    ])('%d of %d are %s', (completed, count, status, share) => {
      const [line] = trading(completed, count);
      expect(line).toMatchObject({ status, code: status === 'pass' ? null : 'connectivity-intermittent' });
      expect(line?.observed).toBe(`${completed} of ${count} completed, ${share}: refused`);
    });

    it('fail by what failed where none completed', () => {
      const [line] = trading(0, 2, failed('connect', 'ECONNREFUSED', 'connection refused'));
      expect(line).toMatchObject({ status: 'fail', code: 'port-closed', observed: 'none of 2 completed: connection refused' });
      expect(trading(0, 2, unanswered('connect', 1500))).toMatchObject([{ status: 'fail', code: 'port-filtered' }]);
      expect(trading(0, 2, failed('configure', 'X', 'no such file'))).toMatchObject([{ status: 'skip', because: 'no such file' }]);
    });

    it('are no share where there was one', () => {
      expect(trading(1, 1)).toEqual([]);
    });
  });

  it('are judged by their p99 where a profile is about that, and there are a hundred', () => {
    const many = (count: number) => {
      const runs = Array.from({ length: count }, (_, index) => run(index < count - 2 ? 90 : 450));
      const ttfbMs = rttStatistics(runs.flatMap((one) => one.ttfbMs ?? []));
      const distribution = { dnsMs: null, tcpMs: null, tlsMs: null, ttfbMs, totalMs: null };
      const parts = { count, completed: count, statuses: [{ status: 200, count }], ttfbMs: 90, distribution, runs };
      return judge('https://app.example.net', parts, measured(null), PLATFORM_POLICY)[0];
    };
    expect(many(100)).toMatchObject({
      status: 'warn',
      code: 'http-slow',
      observed: 'status 200, first byte after 90 ms (p99 450 ms, max 450 ms)',
      expected: 'no error, p99 under 200 ms',
      budget: { metric: 'firstByteMs', value: 450, acceptable: 200, critical: 500 },
    });
    expect(many(99)).toMatchObject({ status: 'pass', expected: 'no error, under 200 ms', budget: { value: 90 } });
  });

  it('warn of an error that only some of them met', () => {
    const statuses = [
      { status: 200, count: 4 },
      { status: 503, count: 1 },
    ];
    expect(judge('https://app.example.net', { ...several, statuses })).toMatchObject([
      { status: 'warn', code: 'http-status', observed: expect.stringContaining('status 200 (503 in 1 of 5)') },
    ]);
  });

  it('are judged by their median, of which each may take off its own delay and no more', () => {
    const late = [run(1000, 900), run(1000, 0), run(1000, 0)];
    expect(judge('https://app.example.net', { ...several, ttfbMs: 1000, runs: late })).toMatchObject([
      { status: 'warn', code: 'http-slow' },
    ]);
    const own = [run(1000, 900), run(1000, 900), run(1000, 0)];
    expect(judge('https://app.example.net', { ...several, ttfbMs: 1000, runs: own })).toMatchObject([
      { status: 'pass', budget: { metric: 'firstByteMs', value: 100, unit: 'ms' } },
    ]);
  });
});
