import http from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { reportWebOf } from '../../src/cli/report-web.js';
import type { Measurement } from '../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { NO_PROXIES } from '../../src/model/proxy-environment.js';
import { parseTarget } from '../../src/model/target.js';
import { openNetwork } from '../../src/net/real.js';
import { mayAskAgain, timesOf } from '../../src/run/requests.js';
import { run } from '../../src/run.js';
import { type LoopbackServer, listen } from '../fakes/loopback-server.js';

const opened: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

interface Asking {
  /** Ahead of the host, for example `user:word@`. */
  login?: string;
  instruments?: boolean;
}

/** The `l7.requests` lines of a report on a server that answers so, and how many requests it got. */
async function ask(answer: (count: number, response: http.ServerResponse) => void, { login = '', instruments }: Asking = {}) {
  let count = 0;
  const server = await listen(http.createServer((_request, response) => answer(++count, response)));
  opened.push(server);
  const target = parseTarget(`http://${login}127.0.0.1:${server.port}/`);
  if (!target.ok) throw new Error('bad test');
  const network = await openNetwork();
  const tls = { servername: null, ca: [], cert: null, key: null };
  try {
    const report = await run(
      {
        command: 'full-report',
        targets: [target.target],
        ...(instruments === true ? { targetsAreInstruments: true } : {}),
        family: null,
        origin: {},
        policy: DEFAULT_POLICY,
        deadlineMs: 20_000,
        host: false,
        latency: { method: 'tcp', count: 3, intervalMs: 50, timeoutMs: 500 },
        requests: { count: 3, intervalMs: 100, timeoutMs: 800 },
        ...reportWebOf({ tls, proxies: NO_PROXIES, timeoutMs: 2000, answerMs: 2000 }),
      },
      { network, signal: new AbortController().signal, version: '0', progress: () => {} },
    );
    const lines = report.checks.filter(({ id }) => id.startsWith('l7.requests'));
    return {
      count,
      told: lines.map(({ status, code, observed }) => `${status} ${code}: ${observed}`),
      first: report.diagnosis[0]?.code ?? null,
    };
  } finally {
    network.close();
  }
}

const status = (response: http.ServerResponse, code: number) => void response.writeHead(code).end('page');

describe('the same request a few times', () => {
  it('meets the server that is bad, whichever is met first', async () => {
    const told = 'fail http-status: 503 for 2 of 4 requests, 200 for the others';
    const good = await ask((count, response) => status(response, count % 2 === 0 ? 503 : 200));
    expect(good).toEqual({ count: 4, told: [told], first: 'http-status' });
    const bad = await ask((count, response) => status(response, count % 2 === 0 ? 200 : 503));
    expect(bad).toEqual({ count: 4, told: [told], first: 'http-status' });
  });

  it('meets connections that are dropped', async () => {
    const { told, first } = await ask((count, response) => (count % 2 === 1 ? response.socket?.destroy() : status(response, 200)));
    expect(told).toEqual([
      'fail connectivity-intermittent: 2 of 4 requests without an answer: the connection was closed; 200 for the others',
    ]);
    expect(first).toBe('connectivity-intermittent');
  });

  it('says nothing where all are answered alike, four times in all', async () => {
    expect(await ask((_count, response) => status(response, 200))).toEqual({ count: 4, told: [], first: null });
    expect(await ask((_count, response) => status(response, 503))).toEqual({ count: 4, told: [], first: 'http-status' });
  });

  it('ends with the first answer that says that it is too often', async () => {
    expect(await ask((_count, response) => status(response, 429))).toEqual({ count: 1, told: [], first: 'http-rate-limited' });
    expect(await ask((count, response) => status(response, count === 1 ? 200 : 429))).toEqual({
      count: 2,
      told: ['warn http-rate-limited: 429 for 1 of 2 requests, 200 for the others'],
      first: 'http-rate-limited',
    });
  });

  it('does not repeat a login that was refused', async () => {
    expect((await ask((_count, response) => status(response, 401), { login: 'user:word@' })).count).toBe(1);
    expect((await ask((_count, response) => status(response, 401))).count).toBe(4);
  });

  it('is sent to nobody who was not named', async () => {
    expect((await ask((_count, response) => status(response, 200), { instruments: true })).count).toBe(1);
  });
});

describe('when they begin', () => {
  it('has two of the other connections between one and the next', () => {
    expect(timesOf(150, { count: 3, intervalMs: 310 }, 240)).toEqual([200, 510, 820]);
    expect(timesOf(230, { count: 3, intervalMs: 310 }, 240)).toEqual([440, 750, 1060]);
  });

  it('is at once where there are no other connections', () => {
    expect(timesOf(230, { count: 2, intervalMs: 310 }, 0)).toEqual([230, 540]);
  });

  it('is not so late that it would hold up the report', () => {
    expect(timesOf(600, { count: 3, intervalMs: 310 }, 240)).toEqual([680, 990]);
    expect(timesOf(1100, { count: 3, intervalMs: 310 }, 240)).toEqual([]);
  });
});

describe('whether another one is sent', () => {
  const answer = (httpStatus: number | null, attempt: object = { kind: 'measured' }) =>
    ({ probe: 'phases', attempt, data: { httpStatus } }) as unknown as Measurement;
  const reset = answer(null, { kind: 'failed', step: 'response', code: 'ECONNRESET', message: '' });

  it('depends on what came by then', () => {
    const plan = { headers: {} };
    expect(mayAskAgain([], plan)).toBe(true);
    expect(mayAskAgain([answer(200), reset, reset, reset], plan)).toBe(true);
    expect(mayAskAgain([reset, reset], plan)).toBe(true);
    expect(mayAskAgain([reset, reset, reset], plan)).toBe(false);
    expect(mayAskAgain([answer(null, { kind: 'skipped', because: 'interrupted' })], plan)).toBe(false);
    expect(mayAskAgain([answer(200), answer(429)], plan)).toBe(false);
    expect(mayAskAgain([answer(403)], plan)).toBe(true);
    expect(mayAskAgain([answer(403)], { headers: { cookie: 'a=b' } })).toBe(false);
  });
});
