import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { hasKnownEnd } from '../../../src/net/http/body-watch.js';
import { createHttp } from '../../../src/net/http/http.js';
import { createTrustStore } from '../../../src/net/tls/trust-store.js';
import { type LoopbackServer, serveTcp } from '../../fakes/loopback-server.js';

const STALL_MS = 120;

const probe = createHttp(
  systemClock,
  createTrustStore(() => []),
);
let server: LoopbackServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** One answer by `say`, its body watched, or not where `stallMs` is `null`. */
async function answerOf(say: (socket: Socket) => void, stallMs: number | null = STALL_MS) {
  server = await serveTcp((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => say(socket));
  });
  const { outcome } = await probe.firstByte({
    address: '127.0.0.1',
    port: server.port,
    servername: 'localhost',
    ca: [],
    cert: null,
    key: null,
    secure: false,
    host: 'localhost',
    path: '/',
    headers: {},
    webSocket: false,
    timeoutMs: 8000,
    ...(stallMs === null ? {} : { bodyStallMs: stallMs }),
    signal: new AbortController().signal,
  });
  if (outcome.kind !== 'measured') throw new Error(`no head: ${JSON.stringify(outcome)}`);
  expect(outcome.value.status).toBeGreaterThan(0);
  return outcome.value.bodyFault ?? null;
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nhello';

describe('a body that is watched', () => {
  it('and stands still is at fault', async () => {
    expect(await answerOf((socket) => socket.write(HEAD))).toEqual({
      kind: 'failed',
      step: 'response',
      code: 'body-stalled',
      message: `5 of 5000 bytes of the body came, and then nothing for ${STALL_MS} ms`,
    });
  });

  it('and is cut off by the server is at fault', async () => {
    expect(await answerOf((socket) => socket.end(HEAD))).toMatchObject({
      code: 'cut-short',
      message: 'the server closed the connection after 5 of 5000 bytes of the body',
    });
  });

  it('and is cut off by a reset is told from that', async () => {
    const fault = await answerOf((socket) => {
      socket.write(HEAD);
      setTimeout(() => socket.resetAndDestroy(), 30);
    });
    expect(fault).toMatchObject({ step: 'response', code: 'ECONNRESET' });
  });

  it.each([
    ['whole', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'],
    ['not there', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['a stream of events', 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ndata:\r\n'],
    ['that of an error', 'HTTP/1.1 503 Busy\r\nContent-Length: 5000\r\n\r\nhello'],
    ['without an announced end', 'HTTP/1.0 200 OK\r\n\r\nhello'],
    ['large', `HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n${'x'.repeat(70_000)}`],
  ])('is well where it is %s', async (_what, answer) => {
    expect(await answerOf((socket) => socket.write(answer))).toBeNull();
  });

  it('that drips is not waited for to its end', async () => {
    const fault = await answerOf((socket) => {
      socket.write(HEAD);
      const timer = setInterval(() => socket.write('.'), STALL_MS / 4);
      socket.once('close', () => clearInterval(timer));
    });
    expect(fault).toBeNull();
  });

  it('is not read where nobody asked for it', async () => {
    expect(await answerOf((socket) => socket.write(HEAD), null)).toBeNull();
  });
});

it('a page that comes in chunks has an end, and a listing that is watched has none', () => {
  const chunked = (type: string) => ({ statusCode: 200, headers: { 'transfer-encoding': 'chunked', 'content-type': type } });
  expect(hasKnownEnd(chunked('text/html; charset=utf-8'))).toBe(true);
  expect(hasKnownEnd(chunked('application/json'))).toBe(false);
});
