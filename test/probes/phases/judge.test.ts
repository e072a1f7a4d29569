import { describe, expect, it } from 'vitest';
import { type Attempt, failed, measured, skipped, unanswered } from '../../../src/model/attempt.js';
import type { MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { phasesProbe } from '../../../src/probes/phases/index.js';

type Data = MeasurementOf<'phases'>['data'];

function judge(target: string, parts: Partial<Data>, attempt: Attempt<null> = measured(null)) {
  const data: Data = { address: '192.0.2.10', dnsMs: 1, tcpMs: 10, tlsMs: 20, ttfbMs: 120, totalMs: 151, httpStatus: 200, ...parts };
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
  return phasesProbe.judge(measurement, { policy: DEFAULT_POLICY });
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
    },
  ]);
});

it.each(['app.example.net:443', 'tls://app.example.net:443', 'tcp://app.example.net:80', 'app.example.net'])(
  'has nothing to say of HTTP where none is spoken: %s',
  (target) => {
    expect(judge(target, { ttfbMs: null, httpStatus: null })).toEqual([]);
  },
);

describe('an answer', () => {
  it.each<[string, Partial<Data>, string, string | null]>([
    ['https', { httpStatus: 301 }, 'pass', null],
    ['https', { httpStatus: 400 }, 'warn', 'http-status'],
    ['https', { httpStatus: 401 }, 'warn', 'http-unauthorized'],
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
    ['wss', { httpStatus: 401 }, 'fail', 'websocket-refused'],
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
    ['https', failed('response', 'incomplete', '20 bytes came'), 'http-not-spoken'],
    ['https', failed('response', 'EOF', 'closed'), 'service-silent'],
    ['http', failed('response', 'ETIMEDOUT', 'the system gave up'), 'service-silent'],
    ['ws', failed('response', 'EOF', 'closed'), 'websocket-refused'],
    ['ws', failed('response', 'not-http', 'the answer is no HTTP'), 'websocket-refused'],
    ['wss', failed('response', 'bad-accept', 'no proof'), 'websocket-refused'],
  ])('over %s fails', (scheme, attempt, code) => {
    expect(judge(`${scheme}://app.example.net`, { ...NOTHING, tcpMs: 10 }, attempt)).toMatchObject([{ status: 'fail', code }]);
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
