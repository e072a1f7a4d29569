import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHttpServer } from '../../src/lab/http-server.js';
import type { Listener } from '../../src/lab/loopback-listener.js';

let server: Listener;
beforeAll(async () => {
  server = await startHttpServer();
});
afterAll(() => server.close());

function get(path: string, options: RequestOptions = {}, body = ''): Promise<{ response: IncomingMessage; text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: server.port, path, agent: false, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.once('end', () => resolve({ response, text }));
    });
    request.once('error', reject);
    request.end(body);
  });
}

/** Sends bytes as they are and gives back everything until the server ends the connection. */
function raw(bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: server.port });
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(text) : reject(error),
    );
    socket.once('close', () => resolve(text));
    socket.write(bytes);
  });
}

describe('the pages of the lab', () => {
  test('the root is a small page with the headers that a policy may ask for', async () => {
    const { response, text } = await get('/');
    expect(response.statusCode).toBe(200);
    expect(text).toContain('<title>netdiag lab</title>');
    expect(response.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    // RFC 6797 section 7.2: not over plain HTTP.
    expect(response.headers['strict-transport-security']).toBeUndefined();
  });

  test('health', async () => {
    const { response, text } = await get('/health');
    expect(response.headers['content-type']).toContain('application/json');
    expect(JSON.parse(text)).toEqual({ status: 'ok' });
  });

  test.each([200, 204, 205, 301, 304, 401, 404, 429, 500, 503, 599])('status %i on demand', async (status) => {
    const { response } = await get(`/status/${status}`);
    expect(response.statusCode).toBe(status);
    if (status === 301) expect(response.headers.location).toBe('/');
    if (status === 401) expect(response.headers['www-authenticate']).toMatch(/^Bearer /);
    if (status === 429 || status === 503) expect(response.headers['retry-after']).toBe('1');
  });

  test.each(['/status/100', '/status/99', '/status/600', '/status/2000', '/status/', '/nothing'])('%s is not found', async (path) => {
    expect((await get(path)).response.statusCode).toBe(404);
  });

  test('a slow page waits as long as asked', async () => {
    const from = performance.now();
    const { text } = await get('/slow?ms=150');
    expect(performance.now() - from).toBeGreaterThanOrEqual(145);
    expect(text).toBe('after 150 ms\n');
  });

  test('only reading is allowed, and no body is taken', async () => {
    expect((await get('/', { method: 'DELETE' })).response.statusCode).toBe(405);
    expect((await get('/', { method: 'POST' }, 'x'.repeat(1000))).response.statusCode).toBe(413);
    expect((await get('/', { method: 'HEAD' })).text).toBe('');
  });

  test('nothing of a request is repeated', async () => {
    const { text } = await get('/%3Cscript%3Ealert(1)%3C/script%3E?q=marker', { headers: { 'X-Marker': 'marker' } });
    expect(text).toBe('not found\n');
  });

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
    ['a TLS hello', Buffer.from('16030100c8010000c40303', 'hex')],
    ['zeroes', Buffer.alloc(2000)],
    ['a header that does not end', `GET / HTTP/1.1\r\nHost: lab\r\nX: ${'x'.repeat(20_000)}`],
    ['two lengths', 'GET / HTTP/1.1\r\nHost: lab\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    ['an unreadable target', 'GET http://[ HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ])('%s is turned away, and the server goes on', async (_, bytes) => {
    expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 4\d\d |^$/);
    expect((await get('/health')).response.statusCode).toBe(200);
  });

  test('a tunnel and an upgrade are not granted', async () => {
    expect(await raw('CONNECT example.test:443 HTTP/1.1\r\nHost: example.test\r\n\r\n')).toBe('');
    expect(await raw('GET /health HTTP/1.1\r\nHost: lab\r\nConnection: close, Upgrade\r\nUpgrade: websocket\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200 /,
    );
  });
});

describe('bodies of any size', () => {
  test('are given as they are asked for', async () => {
    const { response, text } = await get('/download?bytes=100000');
    expect([response.statusCode, response.headers['content-length'], text.length > 0]).toEqual([200, '100000', true]);
    const asked = async (path: string) => (await get(path, { method: 'HEAD' })).response.statusCode;
    expect(await asked('/download'), 'only by GET').toBe(404);
  });

  test('are taken, and refused elsewhere', async () => {
    const post = async (path: string) => (await get(path, { method: 'POST' }, 'x'.repeat(300_000))).response.statusCode;
    expect(await post('/upload')).toBe(204);
    expect(await post('/download')).toBe(413);
    expect((await get('/upload')).response.statusCode).toBe(404);
  });
});
