import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import type net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { createHttp } from '../../../src/net/http/http.js';
import type { HttpExchange, HttpExchangeOptions } from '../../../src/net/port.js';
import { createTrustStore } from '../../../src/net/tls/trust-store.js';
import { type Authority, type Issued, makeAuthority } from '../../fakes/certificates.js';
import { type LoopbackServer, listen, serveOneByOne, serveTcp, serveTls } from '../../fakes/loopback-server.js';

const PATIENCE_MS = 8000;
const IMPATIENCE_MS = 250;
const LIMIT = 100_000;

const probe = createHttp(
  systemClock,
  createTrustStore(() => []),
);

let root: Authority;
let leaf: Issued;
let server: LoopbackServer | null = null;

beforeAll(async () => {
  root = await makeAuthority('Test Root');
  leaf = await root.issue();
});
afterEach(async () => {
  await server?.close();
  server = null;
});

function request(port: number, parts: Partial<HttpExchangeOptions> = {}): HttpExchangeOptions {
  return {
    address: '127.0.0.1',
    host: 'localhost',
    port,
    secure: false,
    servername: 'localhost',
    ca: [root.cert],
    cert: null,
    key: null,
    via: null,
    versions: ['2', '1.1'],
    method: 'GET',
    authority: `localhost:${port}`,
    path: '/',
    headers: [],
    confidential: false,
    body: null,
    timeoutMs: PATIENCE_MS,
    bodyTimeoutMs: PATIENCE_MS,
    bodyLimitBytes: LIMIT,
    keptBytes: 1000,
    signal: new AbortController().signal,
    ...parts,
  };
}

async function exchange(port: number, parts: Partial<HttpExchangeOptions> = {}): Promise<HttpExchange> {
  const session = probe.session(false);
  const made = await session.exchange(request(port, parts));
  session.close();
  return made;
}

/** The answer, where there is one. */
function answerIn({ outcome }: HttpExchange) {
  if (outcome.kind !== 'measured') throw new Error(`no answer: ${JSON.stringify(outcome)}`);
  return outcome.value;
}

async function serveBytes(answer: string | Buffer, end = false): Promise<number> {
  server = await serveTcp((socket) =>
    socket.once('data', () => {
      socket.write(answer);
      if (end) socket.end();
    }),
  );
  return server.port;
}

async function servePlain(handler: http.RequestListener): Promise<number> {
  server = await listen(http.createServer(handler));
  return server.port;
}

async function serveSecond(onStream: (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void, secure = true) {
  const made = secure ? http2.createSecureServer({ cert: leaf.cert, key: leaf.key, allowHTTP1: true }) : http2.createServer();
  made.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    onStream(stream, headers);
  });
  made.on('sessionError', () => {});
  server = await listen(made as unknown as net.Server);
  return server.port;
}

async function untilNoneIsOpen(): Promise<void> {
  for (let tries = 0; tries < 200 && (server?.open() ?? 0) > 0; tries++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(server?.open()).toBe(0);
}

describe('one request over HTTP/1.1', () => {
  it('is sent as it was asked for, and the answer is read whole', async () => {
    let seen: { method?: string; url?: string; headers: http.IncomingHttpHeaders; body: string } | null = null;
    const port = await servePlain((incoming, response) => {
      let body = '';
      incoming.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      incoming.on('end', () => {
        seen = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body };
        response.writeHead(201, [
          ['X-A', '1'],
          ['x-a', '2'],
        ]);
        response.end('hello');
      });
    });
    const made = await exchange(port, { method: 'POST', path: '/a?b=c', headers: [['X-Key', 'v']], body: Buffer.from('{"a":1}') });
    expect(seen).toMatchObject({ method: 'POST', url: '/a?b=c', body: '{"a":1}' });
    expect(seen).toMatchObject({ headers: { host: `localhost:${port}`, 'x-key': 'v', 'content-length': '7', connection: 'close' } });
    const { status, httpVersion, fields, body, ttfbMs } = answerIn(made);
    expect({ status, httpVersion, ended: body.ended, text: Buffer.from(body.kept).toString() }).toEqual({
      status: 201,
      httpVersion: '1.1',
      ended: 'complete',
      text: 'hello',
    });
    expect(fields.filter(([name]) => name === 'x-a').map(([, value]) => value)).toEqual(['1', '2']);
    expect(ttfbMs).toBeGreaterThan(0);
    expect(made).toMatchObject({ reused: false, sent: true, security: null });
    await untilNoneIsOpen();
  });

  it('uses one connection for several where they are kept, and a new one where the server closed it', async () => {
    const port = await servePlain((incoming, response) => response.end(incoming.url));
    const session = probe.session(true);
    const first = await session.exchange(request(port));
    const second = await session.exchange(request(port, { path: '/2' }));
    expect([first.reused, second.reused]).toEqual([false, true]);
    expect(second.reached.tcpMs).toBeNull();
    expect(server?.accepted()).toBe(1);
    session.close();
    await untilNoneIsOpen();
    await server?.close();

    let answered = 0;
    server = await serveTcp((socket) =>
      socket.on('data', () => {
        answered++;
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
        setTimeout(() => socket.destroy(), 20);
      }),
    );
    const closing = probe.session(true);
    expect(answerIn(await closing.exchange(request(server.port))).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 120));
    const again = await closing.exchange(request(server.port));
    expect(answerIn(again).status).toBe(200);
    expect([again.reused, answered]).toEqual([false, 2]);
    closing.close();
  });

  it('keeps no more of a body than it may, and reads no more than the limit', async () => {
    const port = await servePlain((_incoming, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(16_384, 97)));
        response.once('drain', more);
      };
      more();
    });
    const { body } = answerIn(await exchange(port));
    expect(body.ended).toBe('limit');
    expect(body.kept.length).toBe(1000);
    expect(body.bytes).toBeGreaterThan(LIMIT);
    expect(body.bytes).toBeLessThan(LIMIT + 1_000_000);
    await untilNoneIsOpen();
  });

  it('tells a body that breaks off from one that does not end in time', async () => {
    const broken = await exchange(await serveBytes('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc', true));
    expect(answerIn(broken).body).toMatchObject({ ended: 'broken-off', bytes: 3 });
    await server?.close();
    server = await serveTcp((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n');
      const timer = setInterval(() => socket.write('a'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    const slow = await exchange(server.port, { bodyTimeoutMs: IMPATIENCE_MS });
    expect(answerIn(slow).body.ended).toBe('timed-out');
    await untilNoneIsOpen();
  });
});

describe('one request over HTTP/2', () => {
  it('is negotiated by ALPN, with the same answer', async () => {
    const port = await serveSecond((stream, headers) => {
      stream.respond({ ':status': 200, 'x-path': headers[':path'] ?? '', 'x-authority': headers[':authority'] ?? '' });
      stream.end('hello');
    });
    const made = await exchange(port, { secure: true, path: '/h2?x=1', authority: 'app.example', headers: [['Connection', 'close']] });
    const { httpVersion, status, fields, body } = answerIn(made);
    expect({ httpVersion, status, ended: body.ended, text: Buffer.from(body.kept).toString() }).toEqual({
      httpVersion: '2',
      status: 200,
      ended: 'complete',
      text: 'hello',
    });
    expect(Object.fromEntries(fields)).toMatchObject({ 'x-path': '/h2?x=1', 'x-authority': 'app.example' });
    expect(made.security).toMatchObject({ alpn: 'h2', trustError: null, hostnameMatches: true });
    await untilNoneIsOpen();
  });

  it('falls back to HTTP/1.1 where the server knows nothing else, unless HTTP/2 alone was asked for', async () => {
    const secure = https.createServer({ cert: leaf.cert, key: leaf.key }, (_incoming, response) => response.end('one'));
    secure.on('tlsClientError', () => {});
    server = await listen(secure);
    expect(answerIn(await exchange(server.port, { secure: true })).httpVersion).toBe('1.1');
    const { outcome } = await exchange(server.port, { secure: true, versions: ['2'] });
    expect(outcome).toMatchObject({ kind: 'failed', step: 'handshake' });
    await untilNoneIsOpen();
  });

  it('is spoken without TLS by prior knowledge, where it stands alone', async () => {
    const port = await serveSecond((stream) => {
      stream.respond({ ':status': 204 });
      stream.end();
    }, false);
    expect(answerIn(await exchange(port, { versions: ['2'] }))).toMatchObject({ httpVersion: '2', status: 204 });
  });

  it('keeps its connection where it may', async () => {
    const port = await serveSecond((stream) => {
      stream.respond({ ':status': 200 });
      stream.end('x');
    });
    const session = probe.session(true);
    const first = await session.exchange(request(port, { secure: true }));
    const second = await session.exchange(request(port, { secure: true }));
    expect([answerIn(first).status, answerIn(second).status, second.reused, server?.accepted()]).toEqual([200, 200, true, 1]);
    session.close();
    await untilNoneIsOpen();
  });

  it('sends a body, and tells one that is reset from one that ends', async () => {
    const port = await serveSecond((stream, headers) => {
      if (headers[':path'] === '/cut') {
        stream.respond({ ':status': 200 });
        stream.write('abc');
        setTimeout(() => stream.session?.destroy(), 30);
        return;
      }
      if (headers[':path'] === '/reset') {
        stream.respond({ ':status': 200 });
        stream.write('abc');
        // Node's own close(code) ends the stream in good order first.
        setTimeout(() => stream.destroy(new Error('broken')), 30);
        return;
      }
      let text = '';
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      stream.on('end', () => {
        stream.respond({ ':status': 200 });
        stream.end(text);
      });
    });
    const posted = answerIn(await exchange(port, { secure: true, method: 'POST', body: Buffer.from('sent') }));
    expect(Buffer.from(posted.body.kept).toString()).toBe('sent');
    const reset = answerIn(await exchange(port, { secure: true, path: '/reset' }));
    expect(reset.body).toMatchObject({ ended: 'broken-off', bytes: 3 });
    const cut = answerIn(await exchange(port, { secure: true, path: '/cut' }));
    expect(cut.body).toMatchObject({ ended: 'broken-off', bytes: 3 });
  });
});

describe('credentials', () => {
  it('go to no server that is not trusted or has another name', async () => {
    let requests = 0;
    const secure = https.createServer({ cert: leaf.cert, key: leaf.key }, (_incoming, response) => {
      requests++;
      response.end();
    });
    secure.on('tlsClientError', () => {});
    server = await listen(secure);
    const secret: Partial<HttpExchangeOptions> = { secure: true, confidential: true, headers: [['authorization', 'Bearer abc']] };
    for (const parts of [{ ca: [] }, { servername: 'other.example' }]) {
      const made = await exchange(server.port, { ...secret, ...parts });
      expect(made.outcome).toMatchObject({ kind: 'failed', step: 'request', code: 'credentials-withheld' });
      expect(made.sent).toBe(false);
    }
    expect(requests).toBe(0);
    expect(answerIn(await exchange(server.port, secret)).status).toBe(200);
    expect(answerIn(await exchange(server.port, { secure: true, ca: [] })).status).toBe(200);
    await untilNoneIsOpen();
  });
});

describe('hostile servers over HTTP/1.1', () => {
  const OK = 'HTTP/1.1 200 OK\r\n';
  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'not-http'],
    ['a head with no end', `${OK}${'x-filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(2000)}`, 'head-too-large'],
    ['interim answers without end', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(4000), 'head-too-large'],
    ['two lengths', `${OK}content-length: 5\r\ncontent-length: 6\r\n\r\nabcde`, 'bad-head'],
    ['a length and chunks', `${OK}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\nabcde`, 'bad-head'],
    ['a bare carriage return', `${OK}x: a\rb\r\n\r\n`, 'bad-head'],
    ['a space in a name', `${OK}x y: 1\r\n\r\n`, 'bad-head'],
    ['an upgrade nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n', 'unasked-upgrade'],
  ])('%s: %#', async (_name, bytes, code) => {
    const { outcome } = await exchange(await serveBytes(bytes));
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code });
    await untilNoneIsOpen();
  });

  it('an escape in a field is no head, or comes through as it is for the renderers to escape', async () => {
    const { outcome } = await exchange(await serveBytes(`${OK}x: \u001b[31mred\r\ncontent-length: 0\r\n\r\n`));
    if (outcome.kind === 'measured') expect(outcome.value.fields).toContainEqual(['x', '\u001b[31mred']);
    else expect(outcome).toMatchObject({ kind: 'failed', code: 'bad-head' });
  });

  it('broken chunks end the body, not the process', async () => {
    const made = await exchange(await serveBytes(`${OK}transfer-encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n`));
    if (made.outcome.kind === 'measured') expect(made.outcome.value.body.ended).toBe('broken-off');
    else expect(made.outcome).toMatchObject({ kind: 'failed', code: 'bad-head' });
    await untilNoneIsOpen();
  });

  it('silence, a byte at a time and a head that stops end with their time', async () => {
    const silent = await serveTcp(() => {});
    server = silent;
    expect((await exchange(silent.port, { timeoutMs: IMPATIENCE_MS })).outcome).toMatchObject({ kind: 'unanswered', step: 'response' });
    await untilNoneIsOpen();
    await silent.close();
    server = await serveTcp((socket) => {
      let index = 0;
      const text = `${OK}x-slow: ${'a'.repeat(1000)}`;
      const timer = setInterval(() => socket.write(text[index++ % text.length] ?? ''), 30);
      socket.on('close', () => clearInterval(timer));
    });
    expect((await exchange(server.port, { timeoutMs: IMPATIENCE_MS })).outcome).toMatchObject({ kind: 'failed', code: 'incomplete' });
    await untilNoneIsOpen();
  });

  it('a close at each byte of an answer gives a failure, or an answer that says it is cut', async () => {
    const whole = `${OK}content-length: 3\r\n\r\nabc`;
    for (let length = 0; length < whole.length; length += 3) {
      const made = await exchange(await serveBytes(whole.slice(0, length), true));
      if (made.outcome.kind === 'measured') expect(made.outcome.value.body.ended).toBe('broken-off');
      else expect(made.outcome.kind).toBe('failed');
      await server?.close();
    }
    server = null;
  });

  it('an interrupt ends each wait as skipped', async () => {
    server = await serveTcp((socket) => socket.once('data', () => socket.write(`${OK}content-length: 10\r\n\r\na`)));
    for (const wait of ['body', 'head'] as const) {
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 100);
      const port = wait === 'body' ? server.port : (await serveTcp(() => {})).port;
      const { outcome } = await exchange(port, { signal: abort.signal });
      expect(outcome).toEqual({ kind: 'skipped', because: 'interrupted' });
    }
  });
});

describe('hostile servers over HTTP/2', () => {
  const frame = (type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer => {
    const head = Buffer.alloc(9);
    head.writeUIntBE(payload.length, 0, 3);
    head[3] = type;
    head[4] = flags;
    head.writeUInt32BE(stream, 5);
    return Buffer.concat([head, payload]);
  };
  const SETTINGS = frame(4, 0, 0);
  const PING = frame(6, 0, 0, Buffer.alloc(8));
  const HEADERS_100 = frame(1, 4, 1, Buffer.from([0x08, 0x03, 0x31, 0x30, 0x33]));
  const GOAWAY = frame(7, 0, 0, Buffer.from([0, 0, 0, 0, 0, 0, 0, 11]));
  const RST = frame(3, 0, 1, Buffer.from([0, 0, 0, 7]));

  async function serveFrames(...frames: Buffer[]): Promise<number> {
    server = await serveTls({ cert: leaf.cert, key: leaf.key, ALPNProtocols: ['h2'] }, (socket) =>
      socket.once('data', () => socket.write(Buffer.concat(frames))),
    );
    return server.port;
  }

  it.each([
    ['GOAWAY', () => [SETTINGS, GOAWAY], 'goaway'],
    ['a reset of the request', () => [SETTINGS, RST], 'stream-reset'],
    ['no HTTP/2', () => [Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')], 'not-http'],
    ['interim answers without end', () => [SETTINGS, ...Array.from({ length: 50 }, () => HEADERS_100)], 'head-too-large'],
  ])('%s', async (_name, frames, code) => {
    const { outcome } = await exchange(await serveFrames(...frames()), { secure: true, timeoutMs: 2000 });
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code });
    await untilNoneIsOpen();
  });

  it.each([
    ['PING', PING],
    ['SETTINGS', SETTINGS],
    ['frames larger than was agreed', frame(0, 0, 1, Buffer.alloc(20_000))],
  ])('a flood of %s ends with its time at the latest', async (_name, flood) => {
    server = await serveTls({ cert: leaf.cert, key: leaf.key, ALPNProtocols: ['h2'] }, (socket) => {
      socket.write(SETTINGS);
      const many = Buffer.concat(Array.from({ length: 1000 }, () => flood));
      const timer = setInterval(() => socket.writableLength < 1_000_000 && socket.write(many), 5);
      socket.on('close', () => clearInterval(timer));
    });
    const before = process.memoryUsage().rss;
    const { outcome } = await exchange(server.port, { secure: true, timeoutMs: 500 });
    expect(['failed', 'unanswered']).toContain(outcome.kind);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
    await untilNoneIsOpen();
  });
});

it('settles with the store of the machine whom to trust, also at a server that serves one client after the other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-http-trust-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'store.pem'), root.cert);
  server = await listen(https.createServer({ cert: leaf.cert, key: leaf.key }, (_request, response) => response.end('here')));
  const front = await serveOneByOne(server.port);
  onTestFinished(() => front.close());
  const trust = createTrustStore(() => [[join(folder, 'store.pem')]]);
  const session = createHttp(systemClock, trust).session(false);
  const secret: Partial<HttpExchangeOptions> = { secure: true, ca: [], confidential: true, headers: [['authorization', 'Bearer abc']] };
  const made = await session.exchange(request(front.port, { ...secret, timeoutMs: 3000 }));
  session.close();
  expect(answerIn(made).status).toBe(200);
  expect(server.accepted()).toBe(2);
});
