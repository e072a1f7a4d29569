import { setMaxListeners } from 'node:events';
import { createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from 'node:http2';
import { connect as connectTcp, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import dnsPacket, { type Answer, type Packet } from 'dns-packet';
import { afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { createNames } from '../../../src/net/dns/names.js';
import { createUdp } from '../../../src/net/packets/udp.js';
import type { DnsQuestion, DnsSession } from '../../../src/net/port.js';
import { type Authority, type Issued, makeAuthority } from '../../fakes/certificates.js';
import { framed, openHandles, response, startDnsServer } from '../../fakes/dns-server.js';
import { listen } from '../../fakes/loopback-server.js';

const names = createNames(systemClock, createUdp(systemClock));
const forever = new AbortController().signal;
setMaxListeners(0, forever);
const ANSWER: Answer = { name: 'www.example', type: 'A', ttl: 60, data: '192.0.2.1' };

let authority: Authority;
let own: Issued;
beforeAll(async () => {
  authority = await makeAuthority('Hostile Root');
  own = await authority.issue();
});

const sessions: DnsSession[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});

function newSession(): DnsSession {
  const session = names.session();
  sessions.push(session);
  return session;
}

function question(port: number, more: Partial<DnsQuestion> = {}): DnsQuestion {
  return {
    server: '127.0.0.1',
    port,
    transport: 'tcp',
    name: 'www.example',
    type: 'A',
    timeoutMs: 5000,
    attempts: 1,
    security: { servername: null, ca: [authority.cert] },
    ...more,
  };
}

/** A server that does with each whole query what it is told, over TCP or TLS. */
async function serveFrames(transport: 'tcp' | 'tls', behave: (query: Packet, socket: Socket, index: number) => void) {
  const serve = (socket: Socket) => {
    let held = Buffer.alloc(0);
    let index = 0;
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 2 && held.length >= held.readUInt16BE(0) + 2) {
        const length = held.readUInt16BE(0);
        const query = dnsPacket.decode(held.subarray(2, 2 + length));
        held = held.subarray(2 + length);
        behave(query, socket, index++);
      }
    });
  };
  const server: Server = transport === 'tls' ? tls.createServer({ cert: own.cert, key: own.key }, serve) : createServer(serve);
  const listening = await listen(server);
  onTestFinished(() => listening.close());
  return listening;
}

/** A server of HTTP/2 that does with each stream what it is told, once the query is whole. */
async function serveHttps(behave: (stream: ServerHttp2Stream, query: Packet) => void) {
  const server: Http2SecureServer = createSecureServer({ cert: own.cert, key: own.key, maxSendHeaderBlockLength: 10_000_000 });
  server.on('session', (session) => session.on('error', () => {}));
  server.on('stream', (stream) => {
    const chunks: Buffer[] = [];
    stream.on('error', () => {});
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      if (!stream.destroyed) behave(stream, dnsPacket.decode(Buffer.concat(chunks)));
    });
  });
  const listening = await listen(server);
  onTestFinished(() => listening.close());
  return listening;
}

const HEAD = { ':status': 200, 'content-type': 'application/dns-message' };

describe.each(['tcp', 'tls'] as const)('over %s', (transport) => {
  test('answers in another order find their questions', async () => {
    const waiting: { query: Packet; socket: Socket }[] = [];
    const server = await serveFrames(transport, (query, socket) => {
      waiting.push({ query, socket });
      if (waiting.length < 20) return;
      const all = waiting.splice(0).reverse();
      socket.write(
        Buffer.concat(
          all.map((one) => framed(response(one.query, { answers: [{ ...ANSWER, name: one.query.questions?.[0]?.name ?? '' }] }))),
        ),
      );
    });
    const session = newSession();
    const wanted = Array.from({ length: 20 }, (_, index) => `host${index}.example`);
    const answers = await Promise.all(wanted.map((name) => session.query(question(server.port, { transport, name }), forever)));
    expect(answers.map(({ observation }) => observation.answers[0]?.name)).toEqual(wanted);
    expect(server.accepted()).toBe(1);
  });

  test('an idle connection that the server closed is made anew, once', async () => {
    const server = await serveFrames(transport, (query, socket) => socket.end(framed(response(query, { answers: [ANSWER] }))));
    const session = newSession();
    for (let round = 0; round < 3; round++) {
      const { outcome, observation } = await session.query(question(server.port, { transport }), forever);
      expect(outcome.kind).toBe('measured');
      expect(observation.connection).not.toBeNull();
      await sleep(20);
    }
    expect(server.accepted()).toBe(3);
  });

  test('a server that closes at each question is not asked without end', async () => {
    const server = await serveFrames(transport, (query, socket, index) => {
      if (index === 0 && query.questions?.[0]?.name === 'first.example') socket.write(framed(response(query)));
      else socket.end();
    });
    const session = newSession();
    await session.query(question(server.port, { transport, name: 'first.example' }), forever);
    const { outcome } = await session.query(question(server.port, { transport }), forever);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code: 'truncated' });
    expect(server.accepted()).toBe(2);
  });

  test('a flood of answers to nobody ends the connection', async () => {
    const server = await serveFrames(transport, (query, socket) => {
      const stray = framed(response(query, { id: ((query.id ?? 0) + 1) & 0xffff }));
      for (let count = 0; count < 2000 && !socket.destroyed; count++) socket.write(stray);
    });
    const { outcome } = await names.query(question(server.port, { transport }), forever);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code: 'mismatched' });
  });

  test('one byte at a time, slower than the time-out', async () => {
    const server = await serveFrames(transport, async (query, socket) => {
      const bytes = framed(response(query, { answers: [ANSWER] }));
      for (let index = 0; index < bytes.length && !socket.destroyed; index++) {
        socket.write(bytes.subarray(index, index + 1));
        await sleep(30);
      }
    });
    const startedMs = performance.now();
    const { outcome } = await names.query(question(server.port, { transport, timeoutMs: 400 }), forever);
    expect(outcome).toMatchObject({ kind: 'unanswered', step: 'response' });
    expect(performance.now() - startedMs).toBeLessThan(3000);
  });

  test('closed at each byte of the answer: never a crash, always a failure', async () => {
    let cut = 0;
    const server = await serveFrames(transport, (query, socket) =>
      socket.end(framed(response(query, { answers: [ANSWER] })).subarray(0, cut)),
    );
    for (cut = 0; cut < 40; cut += 3) {
      const { outcome } = await names.query(question(server.port, { transport }), forever);
      expect(outcome, `after ${cut} bytes`).toMatchObject({ kind: 'failed', step: 'response', code: 'truncated' });
    }
  });

  test('a length that promises more than comes', async () => {
    const server = await serveFrames(transport, (query, socket) => {
      const lie = framed(response(query, { answers: [ANSWER] }));
      lie.writeUInt16BE(65_535, 0);
      socket.write(lie);
    });
    const { outcome } = await names.query(question(server.port, { transport, timeoutMs: 300 }), forever);
    expect(outcome).toMatchObject({ kind: 'unanswered', step: 'response', waitedMs: 300 });
  });

  test('closing a session ends its questions, and leaves nothing open', async () => {
    const server = await serveFrames(transport, () => {});
    const before = await openHandles();
    const session = names.session();
    const waiting = Array.from({ length: 100 }, () => session.query(question(server.port, { transport, timeoutMs: 60_000 }), forever));
    await sleep(100);
    session.close();
    for (const { outcome } of await Promise.all(waiting)) expect(outcome).toEqual({ kind: 'skipped', because: 'interrupted' });
    for (let round = 0; round < 40 && server.open() > 0; round++) await sleep(25);
    expect(await openHandles()).toEqual(before);
  });
});

test('a handshake that is cut at each byte', async () => {
  const { port } = await listen(tls.createServer({ cert: own.cert, key: own.key }));
  for (const cut of [0, 1, 5, 40, 200, 700]) {
    const proxy = await listen(
      createServer((socket) => {
        const behind = connectTcp(port, '127.0.0.1');
        let left = cut;
        socket.on('error', () => {});
        behind.on('error', () => {});
        socket.pipe(behind);
        behind.on('data', (chunk: Buffer) => {
          socket.write(chunk.subarray(0, left));
          left -= chunk.length;
          if (left <= 0) socket.end();
        });
        socket.on('close', () => behind.destroy());
      }),
    );
    const { outcome } = await names.query(question(proxy.port, { transport: 'tls', timeoutMs: 3000 }), forever);
    expect(outcome, `after ${cut} bytes`).toMatchObject({ kind: 'failed', step: 'handshake' });
    await proxy.close();
  }
});

describe('over HTTPS', () => {
  const https = { transport: 'https' } as const;

  test('an answer', async () => {
    const server = await serveHttps((stream, query) => {
      stream.respond(HEAD);
      stream.end(response(query, { answers: [ANSWER] }));
    });
    const { observation } = await names.query(question(server.port, { ...https, path: '/q?x=1' }), forever);
    expect(observation).toMatchObject({
      rcode: 'NOERROR',
      server: `https://127.0.0.1:${server.port}/q?x=1`,
      answers: [{ data: '192.0.2.1' }],
    });
  });

  /** Answers with that head and body. */
  const answer =
    (head: Record<string, string | number>, body: Uint8Array | string = '') =>
    (stream: ServerHttp2Stream) => {
      stream.respond(head);
      stream.end(body);
    };

  test.each<[string, (stream: ServerHttp2Stream, query: Packet) => void, string]>([
    ['status 404', answer({ ':status': 404 }), 'http-status'],
    ['a page', answer({ ':status': 200, 'content-type': 'text/html' }, '<html>'), 'not-dns'],
    ['no media type', answer({ ':status': 200 }), 'not-dns'],
    ['garbage', answer(HEAD, Buffer.alloc(40, 0xff)), 'malformed'],
    ['nothing', answer(HEAD), 'malformed'],
    ['10 MB', answer(HEAD, Buffer.alloc(10_000_000)), 'too-large'],
    [
      'the answer to another question',
      (stream, query) => answer(HEAD, response(query, { questions: [{ name: 'other.example', type: 'A' }] }))(stream),
      'mismatched',
    ],
    [
      'a stream that is reset',
      (stream) => {
        stream.respond(HEAD);
        stream.write('a');
        stream.close(2);
      },
      'http2-error',
    ],
    ['a session that is torn', (stream) => stream.session?.destroy(), 'truncated'],
  ])('%s', async (_, behave, code) => {
    const server = await serveHttps(behave);
    const { outcome } = await names.query(question(server.port, https), forever);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code });
  });

  test('a head of a megabyte', async () => {
    const server = await serveHttps((stream) => {
      const lines = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`x-${index}`, 'a'.repeat(10_000)]));
      stream.respond({ ...HEAD, ...lines });
      stream.end();
    });
    const { outcome } = await names.query(question(server.port, { ...https, timeoutMs: 3000 }), forever);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response' });
  });

  test('interim answers without end', async () => {
    const server = await serveHttps((stream) => {
      for (let count = 0; count < 200; count++) stream.additionalHeaders({ ':status': 103, link: '<a>' });
    });
    const { outcome } = await names.query(question(server.port, { ...https, timeoutMs: 3000 }), forever);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code: 'http2-error' });
  });

  test('a body without end is bounded in time', async () => {
    const server = await serveHttps(async (stream) => {
      stream.respond(HEAD);
      while (!stream.destroyed) {
        stream.write('a');
        await sleep(10);
      }
    });
    const { outcome } = await names.query(question(server.port, { ...https, timeoutMs: 300 }), forever);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code: 'truncated' });
  });

  test('a server that speaks no HTTP/2', async () => {
    const listening = await listen(tls.createServer({ cert: own.cert, key: own.key, ALPNProtocols: ['http/1.1'] }));
    const { outcome } = await names.query(question(listening.port, https), forever);
    // OpenSSL on the other side ends it by the alert "no application protocol", or goes on without one.
    expect(outcome).toMatchObject({ kind: 'failed', step: 'handshake', code: 'no-http2' });
    await listening.close();
  });
});

describe('over UDP', () => {
  const udp = { transport: 'udp' } as const;

  test('what is no answer is counted by its kind', async () => {
    const server = await startDnsServer({
      udp: (query, reply) => {
        for (let count = 0; count < 3; count++) reply(response(query, { id: ((query.id ?? 0) + 1 + count) & 0xffff }));
        reply(response(query, { questions: [{ name: 'other.example', type: 'A' }] }));
        reply(Buffer.from('garbage'));
        reply(response(query, { answers: [ANSWER] }));
      },
    });
    const { observation } = await names.query(question(server.port, udp), forever);
    expect(observation.ignored).toEqual({ wrongId: 3, wrongQuestion: 1, wrongSource: null, malformed: 1, contradicting: null });
    expect(observation.answers).toHaveLength(1);
  });

  test('further answers that contradict the first are kept and counted', async () => {
    const server = await startDnsServer({
      udp: (query, reply) => {
        reply(response(query, { answers: [{ ...ANSWER, data: '203.0.113.66' }] }));
        reply(response(query, { answers: [{ ...ANSWER, ttl: 5, data: '203.0.113.66' }] }));
        setTimeout(() => reply(response(query, { answers: [ANSWER] })), 60);
      },
    });
    const { observation, further } = await names.query(question(server.port, { ...udp, lingerMs: 400 }), forever);
    expect(observation).toMatchObject({ answers: [{ data: '203.0.113.66' }], ignored: { contradicting: 1 } });
    expect(further?.map(({ answers }) => answers[0]?.data)).toEqual(['203.0.113.66', '192.0.2.1']);
    expect(observation.queryMs).toBeLessThan(350);
  });

  test('an answer counts with its datagram, also where the lingering behind it is interrupted', async () => {
    const stop = new AbortController();
    const server = await startDnsServer({
      udp: (query, reply) => {
        reply(response(query, { answers: [ANSWER] }));
        setTimeout(() => stop.abort(), 100);
      },
    });
    const { outcome, observation } = await names.query(question(server.port, { ...udp, lingerMs: 20_000 }), stop.signal);
    expect(outcome.kind).toBe('measured');
    expect(observation.attempts).toBe(1);
  });

  test('silence is not waited for longer, where it would be lingered', async () => {
    const server = await startDnsServer({ udp: () => {} });
    const startedMs = performance.now();
    const { outcome, observation } = await names.query(
      question(server.port, { ...udp, timeoutMs: 60, attempts: 2, lingerMs: 5000 }),
      forever,
    );
    expect(outcome).toEqual({ kind: 'unanswered', step: 'response', waitedMs: 120 });
    expect(observation.attempts).toBe(2);
    expect(performance.now() - startedMs).toBeLessThan(3000);
  });

  test('a flood of wrong ids is bounded, and the answer behind it found', async () => {
    const server = await startDnsServer({
      udp: async (query, reply) => {
        for (let count = 0; count < 3000; count++) {
          reply(response(query, { id: (count * 7) & 0xffff }));
          if (count % 50 === 0) await sleep(1);
        }
        reply(response(query, { answers: [ANSWER] }));
      },
    });
    const { outcome, observation } = await names.query(question(server.port, { ...udp, timeoutMs: 4000 }), forever);
    expect(['measured', 'failed']).toContain(outcome.kind);
    expect(observation.ignored?.wrongId).toBeGreaterThan(100);
  });

  test('an answer from another port never counts', async () => {
    const { createSocket } = await import('node:dgram');
    const other = createSocket('udp4');
    onTestFinished(() => void other.close());
    const victim = createSocket('udp4');
    onTestFinished(() => void victim.close());
    victim.on('message', (message, from) => {
      other.send(response(dnsPacket.decode(message), { answers: [{ ...ANSWER, data: '203.0.113.66' }] }), from.port, from.address);
    });
    await new Promise<void>((resolve) => victim.bind(0, '127.0.0.1', resolve));
    const { outcome, observation } = await names.query(question(victim.address().port, { ...udp, timeoutMs: 200 }), forever);
    expect(outcome.kind).toBe('unanswered');
    expect(observation).toMatchObject({ answers: [], ignored: { wrongId: 0, wrongSource: null } });
  });
});
