import { describe, expect, it } from 'vitest';
import { type Attempt, failed, measured, skipped, unanswered } from '../../../src/model/attempt.js';
import type { DataOf, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY, TRADING_POLICY } from '../../../src/model/policy.js';
import { rttStatistics } from '../../../src/model/statistics.js';
import { judgeWebSocket } from '../../../src/probes/websocket/judge.js';

const rttMs = (...times: number[]) => rttStatistics(times);
const series = (sent: number, ...times: number[]) => ({
  sent,
  answered: times.length,
  lost: sent - times.length,
  late: 0,
  rttMs: rttMs(...times),
});

const OPEN: DataOf<'websocket'> = {
  url: 'ws://app.example.net',
  address: '192.0.2.7',
  via: null,
  status: 101,
  reason: null,
  refusal: null,
  authentication: null,
  dnsMs: null,
  tcpMs: 10,
  proxyMs: null,
  tlsMs: null,
  upgradeMs: 20,
  tls: null,
  subprotocol: null,
  subprotocolsOffered: [],
  extensions: [],
  kind: 'ping',
  rttMs: rttMs(20, 30),
  rttBy: 'ping',
  pings: series(2, 20, 30),
  echoes: null,
  messages: { received: 0, receivedBytes: 0, firstMs: null, interarrivalMs: null },
  serverPings: 0,
  listenedMs: null,
  close: { by: 'client', code: 1000, name: 'normal', reason: '', clean: true },
  violation: null,
  authenticated: false,
};

function checks(data: Partial<DataOf<'websocket'>>, attempt: Attempt<null> = measured(null), policy = DEFAULT_POLICY) {
  const measurement: MeasurementOf<'websocket'> = {
    id: 'm1',
    probe: 'websocket',
    target: 'ws://app.example.net',
    method: 'ws',
    startedAt: '2026-11-22T00:00:00.000Z',
    durationMs: 100,
    stalledMs: 0,
    attempt,
    data: { ...OPEN, ...data },
  };
  return judgeWebSocket(measurement, { policy });
}

function judge(...asked: Parameters<typeof checks>) {
  return checks(...asked).map(({ id, status, code, observed, because }) => [
    id.replace(/^l7\.|@.*$/g, ''),
    status,
    code,
    observed ?? because,
  ]);
}

const NOT_OPEN = { status: null, upgradeMs: null, rttMs: null, rttBy: null, pings: series(0), close: null };

describe('the judgement of a WebSocket', () => {
  it('has upgrade and round trips beside their grades', () => {
    expect(checks({}).map(({ budget }) => budget && [budget.metric, budget.value])).toEqual([
      ['firstByteMs', 20],
      ['webSocketRttMs', 20],
      undefined,
    ]);
  });

  it('judges how many messages a stream brings where a profile has grades for that, and never fails it', () => {
    const stream = (received: number, listenedMs = 2000) =>
      ({ kind: 'stream', listenedMs, messages: { ...OPEN.messages, received } }) as const;
    const rate = (received: number, listenedMs?: number, policy = TRADING_POLICY) =>
      checks(stream(received, listenedMs), measured(null), policy).find(({ id }) => id.startsWith('l7.websocket-rate'));
    expect(rate(2400)).toMatchObject({
      status: 'pass',
      observed: '1200/s (2400 in 2 s)',
      expected: '100/s or more',
      budget: { metric: 'messagesPerSecond', value: 1200, unit: 'messages/s', objective: 1000, acceptable: 100, critical: 10 },
    });
    expect(rate(40)).toMatchObject({ status: 'warn', code: 'websocket-slow', observed: '20/s (40 in 2 s)' });
    expect(rate(4)).toMatchObject({ status: 'warn', budget: { value: 2 } });
    // That nothing came is judged by itself; a short look says nothing of a rate; and most profiles have no opinion.
    expect([rate(0), rate(4, 900), rate(4, 2000, DEFAULT_POLICY)]).toEqual([undefined, undefined, undefined]);
  });

  it('judges how many messages went there and back in a second, and fails where the profile says so', () => {
    const throughput = (parts: object, policy = TRADING_POLICY) => {
      const whole = { asked: 1000, ...series(1000), answered: 1000, lost: 0, durationMs: 500, perSecond: 2000, ...parts };
      return checks({ kind: 'echo', throughput: whole }, measured(null), policy).find(({ id }) => id.startsWith('l7.websocket-rate'));
    };
    expect(throughput({})).toMatchObject({
      status: 'pass',
      observed: '2000/s (1000 of 1000 messages and back in 500 ms)',
      expected: '100/s or more',
      budget: { metric: 'messagesPerSecond', value: 2000, objective: 1000 },
    });
    expect(throughput({ perSecond: 50, durationMs: 20_000 })).toMatchObject({ status: 'warn', code: 'websocket-slow' });
    expect(throughput({ perSecond: 9, durationMs: 60_000, answered: 540 })).toMatchObject({ status: 'fail', code: 'websocket-slow' });
    expect(throughput({ answered: 900, lost: 100, late: 10 })).toMatchObject({
      status: 'warn',
      code: 'websocket-silent',
      observed: '2000/s (910 of 1000 messages and back in 500 ms), 90 did not come back',
    });
    const silent = { sent: 100, answered: 0, lost: 100, durationMs: null, perSecond: null };
    expect(throughput(silent)).toMatchObject({ status: 'fail', code: 'websocket-silent', observed: 'none of 100 messages came back' });
    expect(throughput({ ...silent, lost: 0 })).toMatchObject({ status: 'skip', because: 'it ended before a message came back' });
    expect(throughput({ answered: 1, perSecond: null, durationMs: 0 })).toMatchObject({ status: 'skip' });
    const ungraded = throughput({ perSecond: 9 }, DEFAULT_POLICY);
    expect(ungraded).toMatchObject({ status: 'pass', expected: 'all come back' });
    expect(ungraded).not.toHaveProperty('budget');
  });

  it('judges the certificate of wss, as that of https', () => {
    const tls = { protocol: 'TLSv1.3', cipher: 'X', trusted: false, trustError: 'CERT_HAS_EXPIRED', hostnameMatches: true };
    expect(judge({ tls })[0]?.slice(1, 3)).toEqual(['fail', 'cert-expired']);
    expect(judge({ tls: { ...tls, trustError: null, hostnameMatches: false } })[0]?.[2]).toBe('cert-hostname-mismatch');
    expect(judge({ tls: { ...tls, trustError: null } })[0]?.[1]).toBe('pass');
  });

  it('leaves an early end to its own line, and calls nothing silent that had no time to answer', () => {
    const close = { by: 'server', code: 1008, name: 'policy violation', reason: '', clean: true } as const;
    const early = { pings: { ...series(1), lost: 0 }, rttMs: null, rttBy: null, close };
    for (const more of [early, { ...early, kind: 'stream', listenedMs: 20 } as const]) {
      const [, answers, end] = judge(more);
      expect(answers?.[1]).toBe('skip');
      expect(end?.slice(1, 3)).toEqual(['fail', 'websocket-closed']);
    }
  });

  it('passes what is quick and stays open', () => {
    expect(judge({ subprotocol: 'chat' })).toEqual([
      ['websocket', 'pass', null, 'opened in 20 ms, subprotocol chat'],
      ['websocket-answers', 'pass', null, 'ping 20 ms (p95 30 ms)'],
      ['websocket-end', 'pass', null, 'closed here, answered by 1000 normal'],
    ]);
  });

  it.each([
    [401, 'http-unauthorized', ['Bearer'], 'status 401 in place of 101 (wants Bearer)'],
    [403, 'websocket-refused', null, 'status 403 in place of 101'],
    [404, 'websocket-refused', null, 'status 404 in place of 101'],
    [200, 'websocket-refused', null, 'status 200 in place of 101'],
    [429, 'http-rate-limited', null, 'status 429 in place of 101'],
  ] as const)('fails status %i as %s', (status, code, authentication, observed) => {
    const data = {
      ...NOT_OPEN,
      status,
      upgradeMs: 5,
      refusal: 'status' as const,
      authentication: authentication === null ? null : [...authentication],
    };
    expect(judge(data, failed('response', 'websocket-refused', `status ${status} in place of 101`))).toEqual([
      ['websocket', 'fail', code, observed],
    ]);
  });

  it.each([
    [unanswered('response', 3000), 'fail', 'service-silent'],
    [failed('response', 'incomplete', 'x'), 'fail', 'websocket-slow'],
    [failed('response', 'cut-short', 'x'), 'fail', 'websocket-refused'],
    [failed('response', 'EOF', 'x'), 'fail', 'websocket-refused'],
    [failed('response', 'not-http', 'x'), 'fail', 'websocket-refused'],
    [failed('response', 'ECONNRESET', 'x'), 'fail', 'tcp-reset'],
    [failed('connect', 'ECONNREFUSED', 'x'), 'fail', 'port-closed'],
    [unanswered('connect', 3000), 'fail', 'port-filtered'],
    [failed('connect', 'proxy-refused', 'x'), 'skip', null],
    [failed('handshake', 'EOF', 'x'), 'fail', 'tls-handshake-failed'],
    [failed('handshake', 'not-tls', 'x'), 'fail', 'tls-not-spoken'],
    [unanswered('handshake', 3000), 'fail', 'service-silent'],
    [failed('request', 'credentials-withheld', 'x'), 'skip', null],
    [skipped('interrupted'), 'skip', null],
  ] as const)('%j: %s %s', (attempt, status, code) => {
    expect(judge(NOT_OPEN, attempt).map((line) => line.slice(1, 3))).toEqual([[status, code]]);
  });

  it.each([
    ['slow', { rttMs: rttMs(300), pings: series(1, 300) }, 'warn', 'websocket-slow'],
    ['very slow', { rttMs: rttMs(600), pings: series(1, 600) }, 'fail', 'websocket-slow'],
    ['one of ten lost', { pings: series(10, 1, 1, 1, 1, 1, 1, 1, 1, 1), rttMs: rttMs(1) }, 'warn', 'websocket-silent'],
    ['most lost', { pings: series(10, 1, 1), rttMs: rttMs(1) }, 'fail', 'websocket-silent'],
    ['nothing answered', { pings: series(3), rttMs: null, rttBy: null }, 'fail', 'websocket-silent'],
    ['an empty stream', { kind: 'stream', listenedMs: 1000 }, 'fail', 'websocket-silent'],
    [
      'a stream',
      { kind: 'stream', listenedMs: 1000, messages: { received: 5, receivedBytes: 9, firstMs: 3, interarrivalMs: null } },
      'pass',
      null,
    ],
    [
      'echoes alone',
      { kind: 'echo', pings: series(2), echoes: series(2, 5, 6), rttMs: rttMs(5, 6), rttBy: 'echo' },
      'warn',
      'websocket-silent',
    ],
  ] as const)('%s', (_name, data, status, code) => {
    expect(judge(data as Partial<DataOf<'websocket'>>)[1]?.slice(1, 3)).toEqual([status, code]);
  });

  it.each([
    [1000, 'warn'],
    [1001, 'warn'],
    [1006, 'fail'],
    [1008, 'fail'],
    [1011, 'fail'],
    [1013, 'fail'],
  ] as const)('%i by the server: %s', (code, status) => {
    expect(judge({ close: { by: 'server', code, name: null, reason: 'why', clean: true } })[2]).toEqual([
      'websocket-end',
      status,
      'websocket-closed',
      `closed by the server (${code}: why)`,
    ]);
  });

  it('a violation goes before the end', () => {
    const lines = judge({ violation: { code: 1002, reason: 'a frame of the server is masked' } });
    expect(lines[2]).toEqual(['websocket-end', 'fail', 'websocket-protocol-error', 'a frame of the server is masked (1002)']);
  });
});
