import { createHash } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { createHttp } from '../../../src/net/http/http.js';
import type { HttpOptions } from '../../../src/net/port.js';
import { createTrustStore } from '../../../src/net/tls/trust-store.js';
import { type Authority, type Issued, makeAuthority } from '../../fakes/certificates.js';
import { type LoopbackServer, listen, serveTcp } from '../../fakes/loopback-server.js';

const PATIENCE_MS = 8000;
const IMPATIENCE_MS = 250;
const INTERIM = 'HTTP/1.1 100 Continue\r\n\r\n';
const SECRET = 'Basic c2VjcmV0OnNlY3JldA==';

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

async function serve(handler: http.RequestListener): Promise<number> {
  server = await listen(http.createServer(handler));
  return server.port;
}

async function serveSecure(options: https.ServerOptions, handler: http.RequestListener): Promise<number> {
  const secure = https.createServer(options, handler);
  secure.on('tlsClientError', () => {});
  server = await listen(secure);
  return server.port;
}

/** A server that answers any request with these bytes, and keeps the connection open. */
async function serveBytes(answer: string | Buffer): Promise<number> {
  server = await serveTcp((socket) => socket.once('data', () => socket.write(answer)));
  return server.port;
}

function get(port: number, parts: Partial<HttpOptions> = {}) {
  return probe.firstByte({
    address: '127.0.0.1',
    port,
    servername: 'localhost',
    ca: [root.cert],
    cert: null,
    key: null,
    secure: false,
    host: 'localhost',
    path: '/',
    headers: {},
    webSocket: false,
    timeoutMs: PATIENCE_MS,
    signal: new AbortController().signal,
    ...parts,
  });
}

describe('one request', () => {
  it('is sent as asked for, and timed to the first byte of the answer', async () => {
    let request: http.IncomingMessage | null = null;
    const port = await serve((incoming, response) => {
      request = incoming;
      setTimeout(() => response.writeHead(204).end(), 50);
    });
    const { outcome, reached } = await get(port, { path: '/health?token=1', host: 'app.example:8080', headers: { Authorization: SECRET } });
    expect(outcome).toMatchObject({ kind: 'measured', value: { status: 204, tlsMs: null } });
    if (outcome.kind !== 'measured') return;
    expect(outcome.value.ttfbMs).toBeGreaterThan(45);
    expect(outcome.value.tcpMs).toBeGreaterThan(0);
    expect(reached).toEqual({ tcpMs: outcome.value.tcpMs, tlsMs: null, kernel: null });
    expect(request).toMatchObject({
      method: 'GET',
      url: '/health?token=1',
      headers: { host: 'app.example:8080', 'user-agent': 'netdiag', accept: '*/*', connection: 'close', authorization: SECRET },
    });
    await expect.poll(() => server?.open()).toBe(0);
  });

  it('goes over TLS, whatever the certificate', async () => {
    const port = await serveSecure(leaf, (_, response) => response.writeHead(503).end());
    const { outcome, reached } = await get(port, { secure: true, ca: [], servername: 'other.example' });
    expect(outcome).toMatchObject({ kind: 'measured', value: { status: 503, tlsMs: expect.any(Number) } });
    expect(reached.tlsMs).toBeGreaterThan(0);
    await expect.poll(() => server?.open()).toBe(0);
  });

  it('does not wait for a body that never ends', async () => {
    const port = await serve((_, response) => {
      response.writeHead(200);
      response.write('begin');
    });
    expect((await get(port)).outcome).toMatchObject({ kind: 'measured', value: { status: 200 } });
    await expect.poll(() => server?.open()).toBe(0);
  });

  it('takes an interim answer for no answer', async () => {
    const port = await serveBytes('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    expect((await get(port)).outcome).toMatchObject({ kind: 'measured', value: { status: 404 } });
  });
});

describe('credentials', () => {
  it.each([
    ['from an unknown authority', { ca: [] }],
    ['for another name', { servername: 'other.example' }],
  ])('are not sent to a server with a certificate %s', async (_, parts) => {
    let requests = 0;
    const port = await serveSecure(leaf, (__, response) => {
      requests++;
      response.end();
    });
    const { outcome, reached } = await get(port, { secure: true, headers: { Authorization: SECRET }, ...parts });
    expect(outcome).toMatchObject({ kind: 'failed', step: 'request', code: 'credentials-withheld' });
    expect(JSON.stringify(outcome)).not.toContain('c2Vj');
    expect(reached.tlsMs).toBeGreaterThan(0);
    expect(requests).toBe(0);
    await expect.poll(() => server?.open()).toBe(0);
  });

  it('are sent to a server that is trusted', async () => {
    const port = await serveSecure(leaf, (incoming, response) =>
      response.writeHead(incoming.headers.authorization === SECRET ? 200 : 401).end(),
    );
    const { outcome } = await get(port, { secure: true, headers: { Authorization: SECRET } });
    expect(outcome).toMatchObject({ kind: 'measured', value: { status: 200 } });
  });

  it('are not in the text about a header that cannot be sent', async () => {
    const port = await serve((_, response) => response.end());
    const { outcome } = await get(port, { headers: { Authorization: 'Bearer sec\nret' } });
    expect(outcome).toMatchObject({ kind: 'failed', step: 'configure' });
    expect(JSON.stringify(outcome)).not.toContain('ret');
    await expect.poll(() => server?.open()).toBe(0);
  });
});

describe('an answer that is none', () => {
  it.each([
    ['a head that is too large', `HTTP/1.1 200 OK\r\nX-Large: ${'a'.repeat(128 * 1024)}\r\n\r\n`, 'head-too-large'],
    ['an escape sequence in a field', 'HTTP/1.1 200 OK\r\nX-Colour: \u001b[31mred\r\n\r\n', 'bad-head'],
    ['interim answers beyond the limit', `HTTP/1.1 103 Early Hints\r\nX-Filler: ${'a'.repeat(1000)}\r\n\r\n`.repeat(100), 'head-too-large'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'not-http'],
    ['a status below 100', 'HTTP/1.1 042 Odd\r\n\r\n', 'bad-status'],
    ['a switch of protocols that nobody asked for', 'HTTP/1.1 101 OK\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n', 'unasked-upgrade'],
  ])('fails: %s', async (_, bytes, code) => {
    const { outcome, reached } = await get(await serveBytes(bytes));
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code });
    expect(JSON.stringify(outcome)).not.toContain('\\u001b');
    expect(reached.tcpMs).toBeGreaterThan(0);
    await expect.poll(() => server?.open()).toBe(0);
  });

  it.each([
    ['an end', (socket: Socket) => socket.once('data', () => socket.end()), 'EOF'],
    ['an end within the head', (socket: Socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nX-Cut')), 'cut-short'],
    ['a reset', (socket: Socket) => socket.once('data', () => socket.resetAndDestroy()), 'ECONNRESET'],
  ])('fails: %s', async (_, onConnection, code) => {
    server = await serveTcp(onConnection);
    expect((await get(server.port)).outcome).toMatchObject({ kind: 'failed', step: 'response', code });
  });

  it('is interim answers without end', async () => {
    let written = 0;
    server = await serveTcp((socket) => {
      const pour = () => {
        while (!socket.destroyed && written < 64 * 1024 * 1024) {
          const { length } = INTERIM;
          written += length;
          if (!socket.write(INTERIM)) return;
        }
      };
      socket.once('data', pour);
      socket.on('drain', pour);
    });
    const { outcome } = await get(server.port);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code: 'head-too-large' });
    await expect.poll(() => server?.open()).toBe(0);
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  it('is no fault of interim answers that are few, however large the body behind them', async () => {
    const body = Buffer.alloc(200 * 1024);
    const port = await serveBytes(
      Buffer.concat([Buffer.from(`${INTERIM.repeat(40)}HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`), body]),
    );
    expect((await get(port)).outcome).toMatchObject({ kind: 'measured', value: { status: 200 } });
  });

  it('is silence', async () => {
    server = await serveTcp(() => {});
    const { outcome } = await get(server.port, { timeoutMs: IMPATIENCE_MS });
    expect(outcome).toMatchObject({ kind: 'unanswered', step: 'response' });
    await expect.poll(() => server?.open()).toBe(0);
  });

  it('is one byte now and then', async () => {
    server = await serveTcp((socket) => {
      const head = 'HTTP/1.1 200 OK\r\nX-Slow: '.split('');
      const timer = setInterval(() => socket.write(head.shift() ?? 'a'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    const { outcome } = await get(server.port, { timeoutMs: IMPATIENCE_MS });
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code: 'incomplete' });
    await expect.poll(() => server?.open()).toBe(0);
  });

  it('is an abort', async () => {
    server = await serveTcp(() => {});
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    const { outcome } = await get(server.port, { signal: abort.signal });
    expect(outcome).toEqual({ kind: 'skipped', because: 'interrupted' });
    await expect.poll(() => server?.open()).toBe(0);
  });
});

describe('failures below HTTP', () => {
  it('keep no phase where TCP failed', async () => {
    const port = await serve(() => {});
    await server?.close();
    server = null;
    const { outcome, reached } = await get(port);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'connect', code: 'ECONNREFUSED' });
    expect(reached).toEqual({ tcpMs: null, tlsMs: null });
  });

  it('keep the TCP phase where TLS failed', async () => {
    const port = await serve(() => {});
    const { outcome, reached } = await get(port, { secure: true });
    expect(outcome).toMatchObject({ kind: 'failed', step: 'handshake', code: 'not-tls' });
    expect(reached).toEqual({ tcpMs: expect.any(Number), tlsMs: null, kernel: null });
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('name a client certificate that is required over %s', async (version) => {
    const port = await serveSecure(
      { ...leaf, ca: [root.cert], requestCert: true, minVersion: version, maxVersion: version },
      (_, response) => response.end(),
    );
    const { outcome } = await get(port, { secure: true });
    expect(outcome).toMatchObject({ kind: 'failed', step: 'handshake', code: 'client-certificate-required' });
    const client = await root.issue({ names: ['client.example'] });
    expect((await get(port, { secure: true, ...client })).outcome).toMatchObject({ kind: 'measured', value: { status: 200 } });
  });
});

describe('an upgrade to WebSocket', () => {
  const accept = (key: string) => createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

  async function serveUpgrade(proof: (key: string) => string): Promise<{ port: number; keys: string[] }> {
    const keys: string[] = [];
    const upgrading = http.createServer((_, response) => response.writeHead(426).end());
    upgrading.on('upgrade', (request, socket) => {
      const key = String(request.headers['sec-websocket-key']);
      keys.push(key);
      socket.on('error', () => {});
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${proof(key)}\r\n\r\n`,
      );
      socket.resume();
      socket.on('end', () => socket.end());
    });
    server = await listen(upgrading);
    return { port: server.port, keys };
  }

  it('is accepted with the right proof, by a new key each time', async () => {
    const { port, keys } = await serveUpgrade(accept);
    for (let time = 0; time < 2; time++) {
      expect((await get(port, { webSocket: true })).outcome).toMatchObject({ kind: 'measured', value: { status: 101 } });
    }
    expect(keys.map((key) => Buffer.from(key, 'base64').length)).toEqual([16, 16]);
    expect(keys[0]).not.toBe(keys[1]);
    await expect.poll(() => server?.open()).toBe(0);
  });

  it('fails with a wrong proof', async () => {
    const { port } = await serveUpgrade(() => accept('something else'));
    expect((await get(port, { webSocket: true })).outcome).toMatchObject({ kind: 'failed', step: 'response', code: 'bad-accept' });
    await expect.poll(() => server?.open()).toBe(0);
  });

  it('gives the status of a server that refuses', async () => {
    const port = await serve((_, response) => response.writeHead(403).end());
    expect((await get(port, { webSocket: true })).outcome).toMatchObject({ kind: 'measured', value: { status: 403 } });
  });
});
