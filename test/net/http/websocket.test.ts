import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { WebSocketOptions } from '../../../src/model/probe-options.js';
import { NO_PROXIES } from '../../../src/model/proxy-environment.js';
import type { Target } from '../../../src/model/target.js';
import { openNetwork } from '../../../src/net/real.js';
import { measureWebSocket } from '../../../src/probes/websocket/measure.js';
import { planWebSocket } from '../../../src/probes/websocket/plan.js';
import { makeSelfSigned } from '../../fakes/certificates.js';
import { type LoopbackServer, listen, serveTcp, serveTls } from '../../fakes/loopback-server.js';
import { serveConnect } from '../../fakes/proxy-server.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function keep<T extends LoopbackServer>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  opened.push(server);
  return server;
}

const network = openNetwork();
const never = new AbortController().signal;

type More = Partial<WebSocketOptions> & { credentials?: string; path?: string; secure?: boolean; ca?: string[]; signal?: AbortSignal };

async function run(port: number, more: More = {}) {
  const { credentials = null, path = '/', secure = false, ca = [], signal = never, ...options } = more;
  const scheme = secure ? 'wss' : 'ws';
  const target: Target = { id: `${scheme}://127.0.0.1:${port}`, host: '127.0.0.1', port, scheme, path, credentials };
  const defaults: WebSocketOptions = {
    count: 2,
    intervalMs: 20,
    timeoutMs: 3000,
    message: null,
    listenMs: null,
    subprotocols: [],
    headers: [],
    proxies: NO_PROXIES,
  };
  const plan = planWebSocket(target, '127.0.0.1', null, { ...defaults, ...options }, { servername: null, ca, cert: null, key: null }, {});
  if (plan === null) throw new Error('no plan');
  return measureWebSocket(plan, { network: await network, signal });
}

/** The library's own server. */
function serveWs(onClient: (client: WebSocket, url: string) => void, options: { protocols?: string } = {}): Promise<LoopbackServer> {
  const acceptor = new WebSocketServer({
    noServer: true,
    ...(options.protocols === undefined ? {} : { handleProtocols: () => options.protocols ?? false }),
  });
  const server = createServer((_request, response) => response.writeHead(426).end());
  server.on('upgrade', (request, stream, head) => {
    acceptor.handleUpgrade(request, stream, head, (client) => {
      client.on('error', () => {});
      onClient(client, request.url ?? '');
    });
  });
  return listen(server);
}

const echo = (client: WebSocket) => client.on('message', (message, isBinary) => client.send(message as Buffer, { binary: isBinary }));

const proof = (key: string) => createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
const switching = (head: string, more = '') =>
  `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Accept: ${proof(/sec-websocket-key: (\S+)/i.exec(head)?.[1] ?? '')}\r\n${more}\r\n`;

/** A server that switches by the rules, and then does what it is told. */
function serveRaw(onOpen: (socket: Socket) => void, more = ''): Promise<LoopbackServer> {
  return serveTcp((socket) => {
    let head = '';
    const onData = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', onData);
      socket.write(switching(head, more));
      onOpen(socket);
    };
    socket.on('data', onData);
  });
}

async function settled(server: LoopbackServer): Promise<void> {
  for (let turn = 0; turn < 200 && server.open() > 0; turn++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(server.open()).toBe(0);
}

describe('a WebSocket', () => {
  it('is opened, pinged, echoed on and closed in good order', async () => {
    const server = await keep(serveWs(echo, { protocols: 'chat' }));
    const { attempt, data } = await run(server.port, { message: { text: 'grüße' }, count: 3, subprotocols: ['chat', 'other'] });
    expect(attempt.kind).toBe('measured');
    expect(data).toMatchObject({
      status: 101,
      refusal: null,
      subprotocol: 'chat',
      kind: 'echo',
      rttBy: 'ping',
      pings: { sent: 3, answered: 3, lost: 0, late: 0 },
      echoes: { sent: 3, answered: 3, lost: 0 },
      messages: { received: 3, receivedBytes: 3 * 7 },
      close: { by: 'client', code: 1000, clean: true },
      violation: null,
      authenticated: false,
    });
    expect(data.upgradeMs).toBeGreaterThan(0);
    expect(data.rttMs?.p50).toBeGreaterThan(0);
    await settled(server);
  });

  it('sends bytes as bytes, and tells other messages from echoes', async () => {
    const server = await keep(
      serveWs((client) => {
        client.on('message', (message, isBinary) => {
          client.send('something else');
          client.send(message as Buffer, { binary: isBinary });
        });
      }),
    );
    const { data } = await run(server.port, { message: { bytes: Uint8Array.of(0, 255, 1) }, count: 2 });
    expect(data.echoes).toMatchObject({ sent: 2, answered: 2 });
    expect(data.messages.received).toBe(4);
  });

  it('is measured by echoes where pings are ignored', async () => {
    const server = await keep(
      serveRaw((socket) => {
        socket.on('data', (chunk: Buffer) => {
          // One whole frame with a short payload in each piece, as this client writes them.
          for (let offset = 0; offset + 6 <= chunk.length; ) {
            const length = (chunk[offset + 1] ?? 0) & 0x7f;
            const payload = chunk
              .subarray(offset + 6, offset + 6 + length)
              .map((byte, index) => byte ^ (chunk[offset + 2 + (index & 3)] ?? 0));
            if (((chunk[offset] ?? 0) & 0x0f) === 1) socket.write(Buffer.concat([Uint8Array.of(0x81, length), payload]));
            offset += 6 + length;
          }
        });
      }),
    );
    const { data } = await run(server.port, { message: { text: 'hi' }, timeoutMs: 500 });
    expect(data).toMatchObject({ rttBy: 'echo', pings: { sent: 2, answered: 0, lost: 2 }, echoes: { answered: 2 } });
    expect(data.rttMs).not.toBeNull();
    expect(data.close).toMatchObject({ by: 'client', code: 1006, clean: false });
  });

  it('takes text that comes back as binary for an echo', async () => {
    const server = await keep(serveWs((client) => client.on('message', (message) => client.send(message as Buffer, { binary: true }))));
    const { data } = await run(server.port, { message: { text: 'hello' } });
    expect(data.echoes).toMatchObject({ sent: 2, answered: 2, lost: 0 });
  });

  it('does not count as lost what still had time when the server ended it', async () => {
    const server = await keep(serveRaw((socket) => setTimeout(() => socket.end(Buffer.of(0x88, 2, 0x03, 0xf0)), 50)));
    const { data } = await run(server.port, { count: 1 });
    expect(data.pings).toMatchObject({ sent: 1, answered: 0, lost: 0 });
    expect(data.close).toMatchObject({ by: 'server', code: 1008 });
  });

  it('ends a flood of pings, which would keep us from our own work', async () => {
    const pings = Buffer.concat(Array.from({ length: 11_000 }, () => Buffer.of(0x89, 0)));
    const server = await keep(serveRaw((socket) => socket.write(pings)));
    const { data } = await run(server.port, { listenMs: 5000 });
    expect(data.violation).toMatchObject({ code: 1008, reason: expect.stringContaining('10000 pings') });
    expect(data.listenedMs).toBeLessThan(4000);
  });

  it('counts pongs that do not come or are not ours as lost', async () => {
    const server = await keep(serveRaw((socket) => socket.on('data', () => socket.write(Uint8Array.of(0x8a, 2, 65, 66)))));
    const { attempt, data } = await run(server.port, { timeoutMs: 200 });
    expect(attempt.kind).toBe('measured');
    expect(data).toMatchObject({ rttMs: null, rttBy: null, pings: { sent: 2, answered: 0, lost: 2, rttMs: null } });
    await settled(server);
  });

  describe('sends messages as fast as they come back', () => {
    it('and counts how many a second, each with its round trip', async () => {
      const server = await keep(serveWs(echo));
      const { attempt, data } = await run(server.port, { count: 1, message: { text: 'order' }, messages: 1000 });
      expect(attempt.kind).toBe('measured');
      expect(data).toMatchObject({
        kind: 'echo',
        // Those of the rounds ahead are counted by themselves.
        echoes: { sent: 1, answered: 1 },
        messages: { received: 1001 },
        throughput: { asked: 1000, sent: 1000, answered: 1000, lost: 0, late: 0 },
        close: { by: 'client', clean: true },
      });
      const { perSecond, durationMs, rttMs } = data.throughput ?? {};
      expect(perSecond).toBeCloseTo(1000 / ((durationMs ?? 0) / 1000), 3);
      expect(rttMs?.max).toBeGreaterThan(0);
      expect(durationMs).toBeGreaterThanOrEqual(rttMs?.max ?? Number.POSITIVE_INFINITY);
    });

    it('no more than a hundred under way at once', async () => {
      let [waiting, most] = [0, 0];
      const server = await keep(
        serveWs((client) =>
          client.on('message', (message) => {
            most = Math.max(most, ++waiting);
            setTimeout(() => {
              waiting--;
              client.send(message as Buffer, { binary: false });
            }, 20);
          }),
        ),
      );
      const { data } = await run(server.port, { count: 1, message: { text: 'order' }, messages: 300 });
      expect(data.throughput?.answered).toBe(300);
      expect(most).toBeLessThanOrEqual(100);
      expect(most).toBeGreaterThan(50);
      expect(data.throughput?.durationMs).toBeGreaterThan(50);
    });

    it('until nothing comes any more', async () => {
      let seen = 0;
      const server = await keep(serveWs((client) => client.on('message', (message) => ++seen <= 41 && client.send(message as Buffer))));
      const { data } = await run(server.port, { count: 1, message: { text: 'order' }, messages: 300, timeoutMs: 200 });
      expect(data.throughput).toMatchObject({ asked: 300, sent: 140, answered: 40, lost: 100 });
    });

    it('or the server ends it: what still had time is not lost', async () => {
      let seen = 0;
      const server = await keep(serveWs((client) => client.on('message', () => ++seen === 2 && client.close(1001))));
      const { data } = await run(server.port, { count: 1, message: { text: 'order' }, messages: 300, timeoutMs: 500 });
      expect(data.throughput).toMatchObject({ asked: 300, sent: 100, answered: 0, lost: 0, durationMs: null, perSecond: null });
    });

    it('and not at all unless asked for', async () => {
      const server = await keep(serveWs(echo));
      expect((await run(server.port, { count: 1, message: { text: 'order' } })).data).not.toHaveProperty('throughput');
    });
  });

  it('listens to a stream, behind a message that asks for it', async () => {
    const server = await keep(
      serveWs((client) => {
        client.on('message', (message) => {
          if (String(message) !== 'subscribe') return;
          const timer = setInterval(() => client.send('tick'), 20);
          client.on('close', () => clearInterval(timer));
        });
      }),
    );
    const { data } = await run(server.port, { message: { text: 'subscribe' }, listenMs: 400, count: 5, intervalMs: 50 });
    expect(data.kind).toBe('stream');
    expect(data.messages.received).toBeGreaterThan(3);
    expect(data.messages.firstMs).toBeGreaterThan(0);
    expect(data.messages.interarrivalMs?.p50).toBeGreaterThan(5);
    expect(data.listenedMs).toBeGreaterThan(390);
    expect(data.echoes).toBeNull();
    expect(data.pings.answered).toBe(5);
  });

  it('answers pings of the server', async () => {
    let pongs = 0;
    const server = await keep(
      serveWs((client) => {
        client.on('pong', () => pongs++);
        client.ping('a');
        client.ping('b');
      }),
    );
    const { data } = await run(server.port, { count: 3 });
    expect(data.serverPings).toBe(2);
    expect(pongs).toBe(2);
  });

  it('goes through TLS, with credentials only to a trusted server', async () => {
    const { cert, key } = await makeSelfSigned({ names: ['127.0.0.1'] });
    let head = '';
    const server = await keep(
      serveTls({ cert, key }, (socket) => {
        let text = '';
        socket.on('data', (chunk) => {
          if (text.includes('\r\n\r\n')) return;
          text += chunk.toString('latin1');
          if (!text.includes('\r\n\r\n')) return;
          head = text;
          socket.write(switching(text));
        });
      }),
    );
    const withheld = await run(server.port, { secure: true, credentials: 'me:secret' });
    expect(withheld.attempt).toMatchObject({ kind: 'failed', step: 'request', code: 'credentials-withheld' });
    expect(head).toBe('');
    const { data } = await run(server.port, { secure: true, credentials: 'me:secret', ca: [cert], timeoutMs: 300 });
    expect(data).toMatchObject({ status: 101, authenticated: true, tls: { trusted: true, hostnameMatches: true } });
    expect(head).toContain(`Authorization: Basic ${Buffer.from('me:secret').toString('base64')}`);
    expect(JSON.stringify(data)).not.toContain('secret');
  });

  it('counts no word of the proxy as one of the server behind it', async () => {
    const proxy = await keep(serveConnect('HTTP/1.1 200 OK\r\n\r\n'));
    const given = { kind: 'http' as const, host: '127.0.0.1', port: proxy.port, credentials: null, from: '--proxy' };
    const { attempt } = await run(443, { secure: true, timeoutMs: 300, proxies: { given, variables: {} } });
    expect(attempt).toMatchObject({ kind: 'unanswered', step: 'handshake' });
  });

  it('goes through a tunnel of an HTTP proxy', async () => {
    const server = await keep(serveWs(echo));
    const proxy = await keep(serveConnect('HTTP/1.1 200 OK\r\n\r\n', server.port));
    const proxies = { given: null, variables: { http_proxy: `http://me:hush@127.0.0.1:${proxy.port}` } };
    const { data } = await run(server.port, { proxies, message: { text: 'x' } });
    expect(data).toMatchObject({ status: 101, via: `http://127.0.0.1:${proxy.port}`, address: null, echoes: { answered: 2 } });
    expect(data.proxyMs).toBeGreaterThan(0);
    expect(proxy.requests[0]).toContain(`CONNECT 127.0.0.1:${server.port}`);
    expect(JSON.stringify(data)).not.toContain('hush');
  });

  it('is cut short by an interrupt, with what was measured', async () => {
    const server = await keep(serveWs(echo));
    const interrupt = new AbortController();
    const waiting = run(server.port, { count: 100, intervalMs: 1000, signal: interrupt.signal });
    setTimeout(() => interrupt.abort(), 150);
    const { attempt, data } = await waiting;
    expect(attempt).toEqual({ kind: 'skipped', because: 'interrupted' });
    expect(data.pings).toMatchObject({ sent: 1, answered: 1 });
    await settled(server);
  });
});

describe('an upgrade that is refused', () => {
  it.each([
    ['HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm="x"\r\n\r\n', 'status', { status: 401, authentication: ['Bearer'] }],
    ['HTTP/1.1 403 Forbidden\r\n\r\n', 'status', { status: 403 }],
    ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi', 'status', { status: 200 }],
    ['HTTP/1.1 426 Upgrade Required\r\n\r\n', 'status', { status: 426 }],
    ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n', 'accept', { status: 101 }],
    ['HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n', 'accept', { status: 101 }],
    ['HTTP/1.1 101 X\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n', 'upgrade', { status: 101 }],
    ['SSH-2.0-x\r\n', 'not-http', { status: null }],
  ] as const)('%j', async (answer, refusal, more) => {
    const server = await keep(serveConnect(answer));
    const { attempt, data } = await run(server.port);
    expect(attempt).toMatchObject({ kind: 'failed', step: 'response' });
    expect(data).toMatchObject({ refusal, ...more });
    expect(data.pings.sent).toBe(0);
    await settled(server);
  });

  it.each([
    ['Sec-WebSocket-Extensions: permessage-deflate\r\n', 'extension'],
    ['Sec-WebSocket-Protocol: chat\r\n', 'subprotocol'],
  ])('by using what was not offered: %j', async (field, refusal) => {
    const server = await keep(serveRaw(() => {}, field));
    expect((await run(server.port)).data.refusal).toBe(refusal);
    await settled(server);
  });

  it('by silence, an end, a byte at a time, and a head without end', async () => {
    const silent = await keep(serveTcp(() => {}));
    expect((await run(silent.port, { timeoutMs: 150 })).attempt).toMatchObject({ kind: 'unanswered', step: 'response' });
    const closing = await keep(serveTcp((socket) => socket.once('data', () => socket.end())));
    expect((await run(closing.port)).attempt).toMatchObject({ kind: 'failed', code: 'EOF' });
    const slow = await keep(
      serveTcp((socket) => {
        let sent = 0;
        const timer = setInterval(() => socket.write('HTTP/1.1 101'.charAt(sent++) || ' '), 30);
        socket.on('close', () => clearInterval(timer));
      }),
    );
    expect((await run(slow.port, { timeoutMs: 200 })).attempt).toMatchObject({ kind: 'failed', code: 'incomplete' });
    const endless = await keep(
      serveTcp((socket) => socket.once('data', () => socket.write(`HTTP/1.1 101 X\r\n${'a: b\r\n'.repeat(20_000)}`))),
    );
    expect((await run(endless.port)).attempt).toMatchObject({ kind: 'failed', code: 'too-large' });
    await Promise.all([silent, closing, slow, endless].map(settled));
  });

  it('a header field that could split the request is never sent', async () => {
    const server = await keep(serveTcp(() => {}));
    const headers = [{ name: 'X-Test', value: 'a\r\nInjected: b', secret: false }];
    expect((await run(server.port, { headers })).attempt).toMatchObject({ kind: 'failed', step: 'configure' });
  });
});

describe('a hostile or broken server', () => {
  it.each([1000, 1001, 1008, 1011, 1013, 4000])('that closes with %i is reported, and answered', async (code) => {
    let answered: number | null = null;
    const server = await keep(
      serveWs((client) => {
        client.on('close', (with_) => {
          answered = with_;
        });
        client.close(code, 'go \u001b[31maway');
      }),
    );
    const { data } = await run(server.port, { count: 50 });
    expect(data.close).toMatchObject({ by: 'server', code, reason: 'go \u001b[31maway', clean: true });
    await settled(server);
    expect(answered).toBe(code);
  });

  it('that says our secret back does not bring it into the report', async () => {
    const server = await keep(serveWs((client) => client.close(1008, 'not with hush-hush-token')));
    const headers = [{ name: 'Authorization', value: 'Bearer hush-hush-token', secret: true }];
    const { data } = await run(server.port, { headers, count: 50 });
    expect(data.close).toMatchObject({ code: 1008, reason: 'not with ***' });
    const refusing = await keep(serveConnect('HTTP/1.1 403 hush-hush-token\r\n\r\n'));
    expect(JSON.stringify(await run(refusing.port, { headers }))).not.toContain('hush');
  });

  it('that ends or resets without a close frame is 1006', async () => {
    const ending = await keep(serveRaw((socket) => socket.end()));
    expect((await run(ending.port, { count: 50 })).data.close).toMatchObject({ by: 'server', code: 1006, clean: false });
    const resetting = await keep(serveRaw((socket) => setTimeout(() => socket.resetAndDestroy(), 60)));
    expect((await run(resetting.port, { count: 50 })).data.close).toMatchObject({ by: 'server', code: 1006, clean: false });
  });

  it.each([
    ['a masked frame', [0x81, 0x81, 1, 2, 3, 4, 5], 1002],
    ['compression', [0xc1, 1, 65], 1002],
    ['a reserved opcode', [0x83, 0], 1002],
    ['a huge length', [0x82, 127, 0, 0x10, 0, 0, 0, 0, 0, 0], 1009],
    ['a length beyond all measure', [0x82, 127, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 1009],
    ['a long ping', [0x89, 126, 0, 200], 1002],
    ['text that is no UTF-8', [0x81, 2, 0xc3, 0x28], 1007],
    ['a fragment of nothing', [0x80, 1, 65], 1002],
    ['a forbidden close code', [0x88, 2, 0x03, 0xed], 1002],
  ])('that sends %s is ended by a violation', async (_name, bytes, code) => {
    const server = await keep(serveRaw((socket) => socket.write(Uint8Array.from(bytes))));
    const { attempt, data } = await run(server.port, { count: 50 });
    expect(attempt.kind).toBe('measured');
    expect(data.violation).toMatchObject({ code });
    await settled(server);
  });

  it('that sends fragments without end is ended at a mebibyte', async () => {
    const server = await keep(
      serveRaw((socket) => {
        socket.write(Uint8Array.of(0x02, 0));
        const fragment = Buffer.concat([Uint8Array.of(0x00, 126, 0x40, 0x00), Buffer.alloc(0x4000)]);
        const more = () => {
          while (!socket.destroyed && socket.write(fragment));
        };
        socket.on('drain', more);
        more();
      }),
    );
    expect((await run(server.port, { count: 50 })).data.violation).toMatchObject({ code: 1009 });
    await settled(server);
  });

  it('that floods with messages and pings is bounded in time', async () => {
    const server = await keep(
      serveRaw((socket) => {
        const burst = Buffer.concat(Array.from({ length: 500 }, () => Uint8Array.of(0x81, 1, 65, 0x89, 1, 65)));
        const more = () => {
          while (!socket.destroyed && socket.write(burst));
        };
        socket.on('drain', more);
        more();
      }),
    );
    const startedMs = performance.now();
    const { data } = await run(server.port, { count: 3, timeoutMs: 300 });
    expect(performance.now() - startedMs).toBeLessThan(8000);
    expect(data.messages.received).toBeGreaterThan(100);
    await settled(server);
  });

  it('that trickles a frame and never answers a close is left in time', async () => {
    const server = await keep(
      serveRaw((socket) => {
        socket.write(Uint8Array.of(0x81, 100));
        const timer = setInterval(() => socket.write('a'), 50);
        socket.on('close', () => clearInterval(timer));
      }),
    );
    const { attempt, data } = await run(server.port, { timeoutMs: 200 });
    expect(attempt.kind).toBe('measured');
    expect(data).toMatchObject({ messages: { received: 0 }, close: { by: 'client', code: 1006, clean: false } });
    await settled(server);
  });
});
