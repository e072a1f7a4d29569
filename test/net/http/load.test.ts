import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadNativeSockets } from '../../../src/native/index.js';
import { systemClock } from '../../../src/net/clock.js';
import { createLoads } from '../../../src/net/http/load.js';
import type { Load, LoadOptions } from '../../../src/net/port.js';
import { noTcpFacts, type ReadTcpProgress, tcpProgressReader } from '../../../src/net/tcp/tcp-facts.js';
import { systemTrust } from '../../../src/net/tls/trust-store.js';
import { makeSelfSigned } from '../../fakes/certificates.js';

const UNTOLD: ReadTcpProgress = () => null;
const names = { resolve: async () => ({ outcome: { kind: 'unavailable' as const, capability: 'names', reason: 'none' }, queries: [] }) };

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

const serve = (listener: RequestListener): Promise<number> => listen(createHttpServer(listener));

function begin(port: number, given: Partial<LoadOptions> = {}, progress: ReadTcpProgress = UNTOLD): { load: Load; stop: () => void } {
  const controller = new AbortController();
  const loads = createLoads({ clock: systemClock, trust: systemTrust, facts: noTcpFacts, names }, progress);
  const load = loads.begin({
    direction: 'down',
    address: '127.0.0.1',
    host: '127.0.0.1',
    port,
    secure: false,
    servername: '127.0.0.1',
    ca: [],
    cert: null,
    key: null,
    authority: `127.0.0.1:${port}`,
    path: '/',
    headers: [],
    confidential: false,
    connections: 2,
    maximumBytes: 1e12,
    requestBytes: 1_000_000,
    timeoutMs: 500,
    signal: controller.signal,
    ...given,
  });
  onTestFinished(() => load.stop());
  return { load, stop: () => controller.abort() };
}

const moved = async (load: Load, least: number) => {
  for (let turn = 0; turn < 400 && load.read().bytes < least; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
};

const chunk = Buffer.alloc(64 * 1024, 1);
/** Bytes without end. */
function pour(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}
const swallow: RequestListener = (request, response) => {
  request.resume().once('end', () => response.writeHead(204).end());
};

describe('a download', () => {
  it('goes over as many connections as are asked for, and ends with its signal', async () => {
    const port = await serve(pour);
    const { load, stop } = begin(port, { connections: 3 });
    await moved(load, 1_000_000);
    stop();
    await load.over;
    expect(load.summary()).toMatchObject({
      connections: { opened: 3, broken: 0, reason: null },
      requests: { sent: 3, completed: 0 },
      countedBy: 'received',
      failure: null,
      ended: null,
    });
    const { bytes } = load.read();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(load.read().bytes, 'nothing moves any more').toBe(bytes);
  });

  it('ends with its volume, to a chunk', async () => {
    const { load } = begin(await serve(pour), { maximumBytes: 3_000_000 });
    await load.over;
    expect(load.summary()).toMatchObject({ ended: 'volume', failure: null });
    expect(load.read().bytes).toBeGreaterThanOrEqual(3_000_000);
    expect(load.read().bytes).toBeLessThan(3_000_000 + 4 * 64 * 1024);
  });

  it('asks again where an answer is over, over the same connection, counts the wait, and gives up after very many', async () => {
    let connections = 0;
    const server = createHttpServer((_request, response) => {
      setTimeout(() => response.writeHead(200, { 'content-length': 1000 }).end(Buffer.alloc(1000)), 4);
    });
    server.on('connection', () => connections++);
    const { load, stop } = begin(await listen(server), { connections: 1 });
    await moved(load, 20_000);
    stop();
    await load.over;
    const { requests } = load.summary();
    expect(connections).toBe(1);
    expect(requests.completed).toBeGreaterThanOrEqual(20);
    expect(load.read().waitedMs).toBeGreaterThan(4 * 19);

    const quick = await serve((_request, response) => void response.writeHead(200, { 'content-length': 1 }).end('x'));
    const { load: endless } = begin(quick, { connections: 4 });
    await endless.over;
    expect(endless.summary()).toMatchObject({ ended: 'requests', requests: { sent: 2000 } });
  });

  it('opens another connection for one that breaks in the middle of a body, and not without end', async () => {
    let connections = 0;
    const port = await serve((_request, response) => {
      connections++;
      response.writeHead(200, { 'content-length': 1_000_000 });
      response.write(Buffer.alloc(10_000), () => response.destroy());
    });
    const { load } = begin(port);
    await load.over;
    expect(load.summary()).toMatchObject({
      ended: 'broken-off',
      failure: null,
      connections: { reason: 'the connection ended in the middle of the body' },
    });
    expect(connections).toBe(load.summary().connections.broken);
    expect(connections).toBeLessThanOrEqual(12);
  });

  it('asks for no compressed body, and says where one comes all the same', async () => {
    let asked: string | undefined;
    const port = await serve((request, response) => {
      asked = String(request.headers['accept-encoding']);
      response.setHeader('content-encoding', 'gzip');
      pour(request, response);
    });
    const { load, stop } = begin(port);
    await moved(load, 100_000);
    stop();
    expect(load.summary().contentEncoding).toBe('gzip');
    expect(asked).toBe('identity');
  });
});

const keepWriting = (socket: Socket, write: () => void): void => {
  if (socket.destroyed) return;
  write();
  setImmediate(() => keepWriting(socket, write));
};

describe('what is no answer to measure by is said plainly', () => {
  const failures: [string, RequestListener, string, string][] = [
    ['an error status', (_request, response) => void response.writeHead(503).end('no'), 'http-status', 'status 503'],
    [
      'a redirect, without the values of its query',
      (_request, response) => void response.writeHead(302, { location: 'https://u:pw@a.example/x?key=secret' }).end(),
      'redirect',
      'redirects (302) to https://***@a.example/x?key=***',
    ],
    ['an empty body', (_request, response) => void response.writeHead(200, { 'content-length': 0 }).end(), 'empty', 'without a body'],
    ['no content', (_request, response) => void response.writeHead(204).end(), 'empty', 'status 204'],
    [
      'a head without end',
      (request) => {
        request.socket.write('HTTP/1.1 200 OK\r\n');
        keepWriting(request.socket, () => void request.socket.write(`x-a: ${'b'.repeat(8000)}\r\n`));
      },
      'head-too-large',
      '64 KiB',
    ],
    [
      'interim answers without end',
      (request) => {
        keepWriting(request.socket, () => void request.socket.write('HTTP/1.1 102 Processing\r\n\r\n'.repeat(50)));
      },
      'head-too-large',
      '64 KiB',
    ],
    ['a connection that closes without a word', (request) => request.socket.end(), 'EOF', 'without an answer'],
  ];

  it.each(failures)('%s', async (_name, listener, code, words) => {
    const { load } = begin(await serve(listener), { connections: 1 });
    await load.over;
    const { failure } = load.summary();
    expect(failure).toMatchObject({ kind: 'failed', step: 'response', code });
    expect(failure?.kind === 'failed' && failure.message).toContain(words);
    expect(load.read().bytes).toBe(0);
  });

  it('silence, a closed port, and what is no HTTP', async () => {
    const silent = begin(await serve(() => {}), { timeoutMs: 60 }).load;
    const closed = begin(1).load;
    const foreign = begin(await listen(createServer((socket) => socket.end('220 mail.example ESMTP\r\n')))).load;
    await Promise.all([silent.over, closed.over, foreign.over]);
    expect(silent.summary().failure).toEqual({ kind: 'unanswered', step: 'response', waitedMs: 60 });
    expect(closed.summary().failure).toMatchObject({ kind: 'failed', step: 'connect', code: 'ECONNREFUSED' });
    expect(foreign.summary().failure).toMatchObject({ kind: 'failed', code: 'not-http' });
  });
});

/** Connections to a port that are closed, and that the kernel still has something to send on: FIN_WAIT1 of /proc/net/tcp. */
const stillSending = (port: number): string[] => {
  const there = port.toString(16).toUpperCase().padStart(4, '0');
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .filter((line) => new RegExp(`:${there} 04 `).test(line));
};

describe('an upload', () => {
  it('sends bodies of one size, one after the other, and counts what the kernel took where it tells nothing else', async () => {
    const lengths: (string | undefined)[] = [];
    const port = await serve((request, response) => {
      lengths.push(request.headers['content-length']);
      swallow(request, response);
    });
    const { load, stop } = begin(port, { direction: 'up' });
    await moved(load, 5_000_000);
    stop();
    await load.over;
    const { requests, countedBy, failure } = load.summary();
    expect(new Set(lengths)).toEqual(new Set(['1000000']));
    expect(requests.completed).toBeGreaterThanOrEqual(2);
    expect([countedBy, failure]).toEqual(['handed-over', null]);
  });

  it('moves exactly its volume', async () => {
    let received = 0;
    const port = await serve((request, response) => {
      request.on('data', (data: Uint8Array) => {
        received += data.length;
      });
      request.once('end', () => response.writeHead(204).end());
    });
    const { load } = begin(port, { direction: 'up', maximumBytes: 2_500_000 });
    for (let turn = 0; turn < 200 && load.summary().ended === null; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(load.summary()).toMatchObject({ ended: 'volume' });
    expect(load.read().bytes).toBe(2_500_000);
    expect(received).toBeLessThanOrEqual(2_500_000);
  });

  it('counts nothing of what a server refuses, however much it took', async () => {
    const port = await serve((request, response) => void request.resume().once('end', () => response.writeHead(413).end()));
    const { load } = begin(port, { direction: 'up', requestBytes: 300_000 });
    await load.over;
    expect(load.read().bytes).toBe(0);
    expect(load.summary()).toMatchObject({
      refusedWith: 413,
      failure: { code: 'http-status', message: 'the server answers with status 413' },
    });
  });

  it('is not held up by an answer ahead of its end', async () => {
    const port = await serve((request, response) => {
      response.writeHead(200).end('thanks');
      request.resume();
    });
    const { load, stop } = begin(port, { direction: 'up', requestBytes: 2_000_000 });
    await moved(load, 4_000_000);
    stop();
    expect(load.read().bytes).toBeGreaterThanOrEqual(4_000_000);
    expect(load.summary().failure).toBeNull();
  });

  it('counts what was acknowledged, plain and in TLS, and throws away at the end what was not', async (context) => {
    const native = await loadNativeSockets();
    if (native.kind === 'absent') return context.skip(native.because);
    const progress = tcpProgressReader(native.sockets);
    const { cert, key } = await makeSelfSigned({ names: ['127.0.0.1'] });
    // Nobody reads: what the kernels hold is all that gets there.
    const stuck: RequestListener = (request) => void request.pause();
    for (const [secure, port] of [
      [false, await serve(stuck)],
      [true, await listen(createHttpsServer({ cert, key }, stuck))],
    ] as const) {
      const { load } = begin(port, { direction: 'up', secure, requestBytes: 500_000_000 }, progress);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { bytes, sentBytes, busyMs } = load.read();
      expect(load.summary().countedBy).toBe('acknowledged');
      expect(bytes).toBeGreaterThan(10_000);
      expect(sentBytes).toBeGreaterThanOrEqual(bytes);
      expect(busyMs).toBeGreaterThan(0);
      load.stop();
      await load.over;
      expect(load.read().bytes, 'it stands as it was').toBeGreaterThanOrEqual(bytes);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(stillSending(port), 'megabytes are not sent on behind our back').toEqual([]);
    }
  });
});

it('withholds credentials from a server that is not trusted', async () => {
  const { cert, key } = await makeSelfSigned({ names: ['127.0.0.1'] });
  let asked = 0;
  const port = await listen(createHttpsServer({ cert, key }, () => asked++));
  const { load } = begin(port, { secure: true, confidential: true, headers: [['authorization', 'Bearer secret']] });
  await load.over;
  expect(load.summary().failure).toMatchObject({ step: 'request', code: 'credentials-withheld' });
  expect(asked).toBe(0);
});
