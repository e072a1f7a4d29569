import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { failed, measured } from '../../../src/model/attempt.js';
import type { ProxyHop } from '../../../src/model/proxy.js';
import { systemClock } from '../../../src/net/clock.js';
import { connectThroughProxy, connectToProxy, type ProxyOutcome, type ProxyParts } from '../../../src/net/http/proxy.js';
import { noTcpFacts } from '../../../src/net/tcp/tcp-facts.js';
import { createTrustStore } from '../../../src/net/tls/trust-store.js';
import { makeSelfSigned } from '../../fakes/certificates.js';
import { type LoopbackServer, serveTcp, serveTls } from '../../fakes/loopback-server.js';
import { serveConnect, serveSocks } from '../../fakes/proxy-server.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function keep<T extends LoopbackServer>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  opened.push(server);
  return server;
}

const parts: ProxyParts = {
  clock: systemClock,
  trust: createTrustStore(() => []),
  facts: noTcpFacts,
  names: { resolve: async (host) => ({ outcome: failed('resolve', 'NXDOMAIN', `there is no ${host}`), queries: [] }) },
};
const never = new AbortController().signal;

function hop(port: number, more: Partial<ProxyHop> = {}): ProxyHop {
  return { kind: 'http', host: '127.0.0.1', port, credentials: null, from: '--proxy', ...more };
}

const through = (
  via: ProxyHop,
  port: number,
  more: { timeoutMs?: number; signal?: AbortSignal; ca?: string[]; address?: string | null } = {},
) =>
  connectThroughProxy(
    parts,
    via,
    { host: 'app.example.net', address: more.address === undefined ? '127.0.0.1' : more.address, port },
    { timeoutMs: more.timeoutMs ?? 5000, signal: more.signal ?? never, ...(more.ca === undefined ? {} : { ca: more.ca }) },
  );

/** A server that says a line, and back what it is told. */
const echo = () =>
  keep(
    serveTcp((socket) => {
      socket.write('hello\n');
      socket.pipe(socket);
    }),
  );

async function talk(outcome: ProxyOutcome): Promise<string> {
  if (outcome.kind !== 'measured') throw new Error(JSON.stringify(outcome));
  const { socket } = outcome.value;
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString();
  });
  socket.resume();
  socket.write('ping');
  while (!heard.endsWith('ping')) await once(socket, 'data');
  socket.destroy();
  return heard;
}

function codeOf(outcome: ProxyOutcome): string {
  return outcome.kind === 'failed' ? `${outcome.step} ${outcome.code}` : outcome.kind;
}

/** Reply of SOCKS 5 with an IPv4 address. */
const reply = (code: number) => [5, code, 0, 1, 127, 0, 0, 1, 0x1f, 0x90];

describe('a way through a proxy', () => {
  it('is opened by CONNECT, with name, port and credentials, and loses nothing that came early', async () => {
    const behind = await echo();
    const proxy = await keep(serveConnect('HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n', behind.port));
    const outcome = await through(hop(proxy.port, { credentials: 'me:sec:ret' }), behind.port);
    expect(outcome.reached).toMatchObject({ address: '127.0.0.1', tlsMs: null, answer: { code: 200 }, authentication: null });
    expect(outcome.reached.proxyMs).toBeGreaterThan(0);
    expect(await talk(outcome)).toBe('hello\nping');
    expect(proxy.requests[0]).toContain(`CONNECT app.example.net:${behind.port} HTTP/1.1\r\nHost: app.example.net:${behind.port}\r\n`);
    expect(proxy.requests[0]).toContain(`Proxy-Authorization: Basic ${Buffer.from('me:sec:ret').toString('base64')}\r\n`);
  });

  it('hands over what came in the same piece as the answer', async () => {
    const proxy = await keep(serveConnect('HTTP/1.1 200 OK\r\n\r\nhello\nping'));
    const outcome = await through(hop(proxy.port), 443);
    if (outcome.kind !== 'measured') throw new Error(codeOf(outcome));
    const { socket } = outcome.value;
    socket.resume();
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(chunk.toString()).toBe('hello\nping');
    socket.destroy();
  });

  it.each([
    ['socks5', '050100', '050100017f000001'],
    ['socks5h', '050100', '050100030f6170702e6578616d706c652e6e6574'],
  ] as const)('is opened by %s, without a login', async (kind, greeting, request) => {
    const behind = await echo();
    const proxy = await keep(serveSocks([[5, 0], reply(0)], behind.port));
    expect(await talk(await through(hop(proxy.port, { kind }), behind.port))).toBe('hello\nping');
    expect(proxy.requests).toEqual([greeting, request + behind.port.toString(16).padStart(4, '0')]);
  });

  it('is opened by SOCKS with user and password', async () => {
    const behind = await echo();
    const proxy = await keep(serveSocks([[5, 2], [1, 0], reply(0)], behind.port));
    const via = hop(proxy.port, { kind: 'socks5', credentials: 'me:secret' });
    expect(await talk(await through(via, behind.port))).toBe('hello\nping');
    expect(proxy.requests.slice(0, 2)).toEqual([
      '05020002',
      `0102${Buffer.from('me').toString('hex')}06${Buffer.from('secret').toString('hex')}`,
    ]);
  });

  it('needs an address for socks5, and none for socks5h', async () => {
    const proxy = await keep(serveSocks([[5, 0], reply(0)]));
    expect(codeOf(await through(hop(proxy.port, { kind: 'socks5' }), 443, { address: null }))).toBe('configure EINVAL');
    expect(proxy.accepted()).toBe(0);
    const outcome = await through(hop(proxy.port, { kind: 'socks5h' }), 443, { address: null });
    expect(outcome.kind).toBe('measured');
    if (outcome.kind === 'measured') outcome.value.socket.destroy();
  });

  it('goes through TLS to an https proxy that is trusted, and sends nothing to one that is not', async () => {
    const behind = await echo();
    const { cert, key } = await makeSelfSigned({ names: ['127.0.0.1'] });
    let told = '';
    const proxy = await keep(
      serveTls({ cert, key }, (socket: Socket) => {
        socket.on('data', (chunk) => {
          told += chunk.toString();
          if (told.endsWith('\r\n\r\n')) socket.write('HTTP/1.1 200 OK\r\n\r\nhello\nping');
        });
      }),
    );
    const via = hop(proxy.port, { kind: 'https', credentials: 'me:secret' });
    const refused = await through(via, behind.port);
    expect(codeOf(refused)).toBe('connect proxy-untrusted');
    expect(told).toBe('');
    const outcome = await through(via, behind.port, { ca: [cert] });
    expect(outcome.kind).toBe('measured');
    expect(outcome.reached.tlsMs).toBeGreaterThan(0);
    if (outcome.kind === 'measured') outcome.value.socket.destroy();
    const plain = await keep(serveTcp((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(codeOf(await through(hop(plain.port, { kind: 'https' }), 443))).toBe('connect proxy-not-spoken');
  });

  it('tries each address of a proxy by name, and tells a name that is not there', async () => {
    const proxy = await keep(serveConnect('HTTP/1.1 200 OK\r\n\r\n'));
    const resolved = {
      ...parts,
      names: { resolve: async () => ({ outcome: measured({ addresses: ['127.0.0.9', '127.0.0.1'], elapsedMs: 3 }), queries: [] }) },
    };
    const outcome = await connectThroughProxy(
      resolved,
      hop(proxy.port, { host: 'proxy.example.net' }),
      { host: 'a', address: null, port: 1 },
      { timeoutMs: 5000, signal: never },
    );
    expect(outcome.reached).toMatchObject({ address: '127.0.0.1', dnsMs: 3 });
    if (outcome.kind === 'measured') outcome.value.socket.destroy();
    const missing = await through(hop(proxy.port, { host: 'nowhere.example.net' }), 443);
    expect(missing).toMatchObject({ code: 'proxy-unreachable', message: expect.stringContaining('there is no nowhere.example.net') });
  });

  it('can be only begun, for requests in absolute form', async () => {
    const proxy = await keep(serveTcp(() => {}));
    const outcome = await connectToProxy(parts, hop(proxy.port), { timeoutMs: 2000, signal: never });
    expect(outcome).toMatchObject({ kind: 'measured', reached: { proxyMs: null, answer: null } });
    if (outcome.kind === 'measured') outcome.value.socket.destroy();
  });
});

describe('a proxy that does not let through', () => {
  it('gives away no login that it says back', async () => {
    const login = Buffer.from('me:s3cret').toString('base64');
    const proxy = await keep(serveConnect(`HTTP/1.1 407 no me:s3cret ${login} s3cret\r\nProxy-Authenticate: s3cret\r\n\r\n`));
    const outcome = await through(hop(proxy.port, { credentials: 'me:s3cret' }), 443);
    expect(codeOf(outcome)).toBe('connect proxy-refused');
    expect(JSON.stringify(outcome)).toContain('no *** *** ***');
    expect(JSON.stringify(outcome)).not.toMatch(new RegExp(`s3cret|${login}`));
  });

  it.each([
    ['HTTP/1.1 403 Forbidden by rule\r\n\r\n', 'status 403 Forbidden by rule', null],
    ['HTTP/1.0 502 Bad Gateway\r\n\r\n', 'status 502', null],
    ['HTTP/1.1 302 Found\r\nLocation: http://x/\r\n\r\n', 'status 302', null],
    [
      'HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: Digest realm="a, b", nonce=x, Basic realm="y"\r\n\r\n',
      'wants a login (Negotiate, Digest, Basic)',
      ['Negotiate', 'Digest', 'Basic'],
    ],
  ])('%j is a refusal', async (answer, text, authentication) => {
    const proxy = await keep(serveConnect(answer));
    const outcome = await through(hop(proxy.port, { credentials: 'me:hush' }), 443);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'connect', code: 'proxy-refused', message: expect.stringContaining(text) });
    expect(outcome.reached.authentication).toEqual(authentication);
    expect(JSON.stringify(outcome)).not.toContain('hush');
  });

  it.each([
    [1, 'general SOCKS server failure'],
    [2, 'connection not allowed by ruleset'],
    [3, 'network unreachable'],
    [4, 'host unreachable'],
    [5, 'connection refused'],
    [6, 'TTL expired'],
    [7, 'command not supported'],
    [8, 'address type not supported'],
    [99, 'no standard names'],
  ])('SOCKS reply %i is a refusal by its name', async (code, text) => {
    const proxy = await keep(serveSocks([[5, 0], reply(code)]));
    const outcome = await through(hop(proxy.port, { kind: 'socks5' }), 443);
    expect(outcome).toMatchObject({ code: 'proxy-refused', message: expect.stringContaining(text), reached: { answer: { code } } });
  });

  it('a wrong or missing login of SOCKS is a refusal', async () => {
    const without = await keep(serveSocks([[5, 0xff]]));
    expect(await through(hop(without.port, { kind: 'socks5' }), 443)).toMatchObject({
      code: 'proxy-refused',
      reached: { authentication: [] },
    });
    const wrong = await keep(
      serveSocks([
        [5, 2],
        [1, 1],
      ]),
    );
    const outcome = await through(hop(wrong.port, { kind: 'socks5', credentials: 'me:hush' }), 443);
    expect(outcome).toMatchObject({ code: 'proxy-refused', reached: { authentication: ['user name and password'] } });
    expect(JSON.stringify(outcome)).not.toContain('hush');
  });

  it('nobody there is unreachable', async () => {
    const gone = await serveTcp(() => {});
    await gone.close();
    const outcome = await through(hop(gone.port), 443);
    expect(outcome).toMatchObject({ step: 'connect', code: 'proxy-unreachable', message: expect.stringContaining('connection refused') });
    expect(outcome.reached).toMatchObject({ address: '127.0.0.1', tcpMs: null });
  });

  it.each([
    ['http', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['http', '\u0005\u0000'],
    ['socks5', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['socks5', '\u0005\u0001'],
    ['http', `HTTP/1.1 200 OK\r\nbad field\r\n\r\n`],
    ['http', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
  ] as const)('%s: garbage %j is no proxy', async (kind, garbage) => {
    const proxy = await keep(serveTcp((socket) => socket.write(garbage, 'latin1')));
    const outcome = await through(hop(proxy.port, { kind }), 443);
    expect(codeOf(outcome)).toBe('connect proxy-not-spoken');
    await settled(proxy);
  });

  it('silence, an end and a reset are told, and leave nothing open', async () => {
    const silent = await keep(serveTcp(() => {}));
    const outcome = await through(hop(silent.port), 443, { timeoutMs: 100 });
    expect(outcome).toMatchObject({ code: 'proxy-silent', message: expect.stringContaining('did not answer within') });
    await settled(silent);
    const closing = await keep(serveTcp((socket) => socket.end()));
    expect(codeOf(await through(hop(closing.port), 443))).toBe('connect proxy-silent');
    const resetting = await keep(serveTcp((socket) => socket.once('data', () => socket.resetAndDestroy())));
    expect(await through(hop(resetting.port), 443)).toMatchObject({ code: 'proxy-silent', message: expect.stringContaining('reset') });
  });

  it('a byte at a time and a head without end are bounded', async () => {
    const slow = await keep(
      serveTcp((socket) => {
        let sent = 0;
        const timer = setInterval(() => socket.write('HTTP/1.1 200 OK\r\n'.charAt(sent++)), 30);
        socket.on('close', () => clearInterval(timer));
      }),
    );
    const outcome = await through(hop(slow.port), 443, { timeoutMs: 200 });
    expect(outcome).toMatchObject({ code: 'proxy-silent', message: expect.stringContaining('did not finish') });
    const endless = await keep(
      serveTcp((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const more = () => {
          while (!socket.destroyed && socket.write(`x: ${'y'.repeat(1000)}\r\n`));
        };
        socket.on('drain', more);
        more();
      }),
    );
    expect(await through(hop(endless.port), 443)).toMatchObject({ code: 'proxy-not-spoken', message: expect.stringContaining('64 KiB') });
    await settled(endless);
  });

  it('an interrupt ends the wait', async () => {
    const silent = await keep(serveTcp(() => {}));
    const interrupt = new AbortController();
    const waiting = through(hop(silent.port), 443, { signal: interrupt.signal });
    setTimeout(() => interrupt.abort(), 30);
    expect((await waiting).kind).toBe('skipped');
    await settled(silent);
  });
});

/** Until no connection is open any more. */
async function settled(server: LoopbackServer): Promise<void> {
  for (let turn = 0; turn < 200 && server.open() > 0; turn++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(server.open()).toBe(0);
}
