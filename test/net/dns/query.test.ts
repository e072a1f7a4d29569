import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import dnsPacket, { type Answer } from 'dns-packet';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import { queryDns } from '../../../src/net/dns/query.js';
import { createUdp } from '../../../src/net/packets/udp.js';
import type { DnsQuestion } from '../../../src/net/port.js';
import { type FakeDnsServer, framed, openHandles, response, startDnsServer, unusedUdpPort } from '../../fakes/dns-server.js';

const udp = createUdp(systemClock);
const ANSWER: Answer = { name: 'www.example', type: 'A', ttl: 60, data: '192.0.2.1' };
const RECORD = { name: 'www.example', type: 'A', ttl: 60, data: '192.0.2.1' };

function ask(server: Pick<FakeDnsServer, 'port'>, question: Partial<DnsQuestion> = {}, signal = new AbortController().signal) {
  const whole: DnsQuestion = {
    server: '127.0.0.1',
    port: server.port,
    transport: 'udp',
    name: 'www.example',
    type: 'A',
    timeoutMs: 5000,
    attempts: 1,
    ...question,
  };
  return queryDns(systemClock, udp, whole, signal);
}

describe('over UDP', () => {
  test('an answer', async () => {
    const server = await startDnsServer({ udp: (query, reply) => reply(response(query, { answers: [ANSWER] })) });
    const { outcome, observation } = await ask(server);
    expect(outcome).toEqual({ kind: 'measured', value: null });
    const { queryMs, ...rest } = observation;
    expect(queryMs).toBeGreaterThan(0);
    expect(rest).toEqual({
      server: `127.0.0.1:${server.port}`,
      transport: 'udp',
      name: 'www.example',
      type: 'A',
      rcode: 'NOERROR',
      flags: { aa: false, tc: false, rd: true, ra: true, ad: false, cd: false },
      answers: [RECORD],
      dnssec: null,
      attempts: 1,
      authorities: [],
      additionals: [],
      answerBytes: 56,
      truncated: false,
      edns: null,
      ignored: { wrongId: 0, wrongQuestion: 0, wrongSource: null, malformed: 0, contradicting: null },
      connection: null,
    });
    expect(server.asked).toEqual(['A www.example udp']);
  });

  test.each(['NXDOMAIN', 'SERVFAIL', 'REFUSED'])('%s is an answer too', async (rcode) => {
    const server = await startDnsServer({ udp: (query, reply) => reply(response(query, { rcode })) });
    const { outcome, observation } = await ask(server);
    expect(outcome.kind).toBe('measured');
    expect(observation).toMatchObject({ rcode, answers: [] });
  });

  test('silence, asked three times', async () => {
    const server = await startDnsServer({ udp: () => {} });
    const { outcome, observation } = await ask(server, { timeoutMs: 40, attempts: 3 });
    expect(outcome).toEqual({ kind: 'unanswered', step: 'response', waitedMs: 120 });
    expect(observation).toMatchObject({ rcode: null, queryMs: null, flags: null, attempts: 3 });
    expect(server.asked).toHaveLength(3);
  });

  test('the second datagram is answered', async () => {
    const server = await startDnsServer({
      udp: (query, reply, index) => {
        if (index === 1) reply(response(query, { answers: [ANSWER] }));
      },
    });
    const { outcome, observation } = await ask(server, { timeoutMs: 500, attempts: 3 });
    expect(outcome.kind).toBe('measured');
    expect(observation.attempts).toBe(2);
    // Measured from the datagram that was answered.
    expect(observation.queryMs).toBeLessThan(500);
  });

  test('the first datagram is answered after the second was sent', async () => {
    const before = await openHandles();
    const server = await startDnsServer({
      udp: async (query, reply, index) => {
        if (index > 0) return;
        await sleep(250);
        reply(response(query, { answers: [ANSWER] }));
      },
    });
    const { outcome, observation } = await ask(server, { timeoutMs: 150, attempts: 4 });
    expect(outcome.kind).toBe('measured');
    expect(observation.answers).toEqual([RECORD]);
    // Measured from the first one, and no more were sent than there was silence for.
    expect(observation.queryMs).toBeGreaterThanOrEqual(245);
    expect(observation.attempts).toBeGreaterThanOrEqual(2);
    expect(observation.attempts).toBe(server.asked.length);
    // The server's own socket is still there.
    expect((await openHandles()).UDPWRAP).toBeLessThanOrEqual((before.UDPWRAP ?? 0) + 1);
    expect((await openHandles()).UDPWrap).toBeLessThanOrEqual((before.UDPWrap ?? 0) + 1);
  });

  test('an answer with the id of one datagram at the socket of another is ignored', async () => {
    const ids: number[] = [];
    const server = await startDnsServer({
      udp: (query, reply, index) => {
        ids.push(query.id ?? 0);
        const other = ids[0] === query.id ? ((query.id ?? 0) + 1) & 0xffff : ids[0];
        if (index === 1) reply(response(query, { id: other ?? 0, answers: [ANSWER] }));
      },
    });
    const { outcome, observation } = await ask(server, { timeoutMs: 60, attempts: 2 });
    expect(outcome).toMatchObject({ kind: 'failed', code: 'mismatched' });
    expect(observation.attempts).toBe(2);
  });

  test('answers with another id, question or direction are ignored', async () => {
    const server = await startDnsServer({
      udp: (query, reply) => {
        const forged: Answer = { ...ANSWER, data: '203.0.113.66' };
        reply(response(query, { id: ((query.id ?? 0) + 1) & 0xffff, answers: [forged] }));
        reply(response(query, { questions: [{ name: 'other.example', type: 'A' }], answers: [forged] }));
        reply(dnsPacket.encode({ ...query, type: 'query', answers: [forged] }));
        reply(Buffer.from('garbage'));
        reply(response(query, { answers: [ANSWER] }));
      },
    });
    const { outcome, observation } = await ask(server);
    expect(outcome.kind).toBe('measured');
    expect(observation.answers).toEqual([RECORD]);
  });

  test('nothing but wrong ids', async () => {
    const server = await startDnsServer({ udp: (query, reply) => reply(response(query, { id: ((query.id ?? 0) + 1) & 0xffff })) });
    const { outcome } = await ask(server, { timeoutMs: 60 });
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code: 'mismatched' });
  });

  test('nothing but garbage', async () => {
    const server = await startDnsServer({ udp: (_, reply) => reply(Buffer.alloc(40, 0xff)) });
    const { outcome, observation } = await ask(server, { timeoutMs: 60 });
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code: 'malformed' });
    expect(observation.rcode).toBeNull();
  });

  test('an answer with a compression loop is malformed at once', async () => {
    const server = await startDnsServer({
      udp: (query, reply) => {
        const looped = response(query, { answers: [{ name: 'www.example', type: 'CNAME', ttl: 1, data: 'x' }] });
        // The data `x` becomes a pointer to itself.
        looped.writeUInt16BE(0xc000 | (looped.length - 3), looped.length - 3);
        looped.writeUInt16BE(2, looped.length - 5);
        reply(looped);
      },
    });
    const startedMs = performance.now();
    const { outcome } = await ask(server);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code: 'malformed' });
    expect(performance.now() - startedMs).toBeLessThan(4000);
  });

  test('a port on which nobody listens', async () => {
    const { outcome, observation } = await ask({ port: await unusedUdpPort() }, { attempts: 3 });
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code: 'ECONNREFUSED' });
    expect(observation.attempts).toBe(1);
  });

  test('a server that does not know EDNS is asked again without', async () => {
    const server = await startDnsServer({
      udp: (query, reply) => {
        const edns = (query.additionals?.length ?? 0) > 0;
        reply(edns ? response(query, { rcode: 'FORMERR', questions: [] }) : response(query, { answers: [ANSWER] }));
      },
    });
    const { outcome, observation } = await ask(server);
    expect(outcome.kind).toBe('measured');
    expect(observation).toMatchObject({ rcode: 'NOERROR', attempts: 2 });
  });

  test('a server that answers FORMERR to everything', async () => {
    const server = await startDnsServer({ udp: (query, reply) => reply(response(query, { rcode: 'FORMERR', questions: [] })) });
    expect((await ask(server)).observation).toMatchObject({ rcode: 'FORMERR', attempts: 2 });
    expect(server.asked).toHaveLength(2);
  });

  test('over IPv6', async (context) => {
    const server = await startDnsServer({ address: '::1', udp: (query, reply) => reply(response(query)) }).catch(() => null);
    if (server === null) return context.skip('this machine has no IPv6 loopback address');
    const { outcome, observation } = await ask(server, { server: '::1' });
    expect(outcome.kind).toBe('measured');
    expect(observation.server).toBe(`[::1]:${server.port}`);
  });
});

describe('truncated answers', () => {
  const truncated = (query: dnsPacket.Packet, reply: (bytes: Uint8Array) => void) =>
    reply(response(query, { flags: dnsPacket.TRUNCATED_RESPONSE }));

  test('are asked for again over TCP', async () => {
    const server = await startDnsServer({
      udp: truncated,
      tcp: (query, socket) => socket.end(framed(response(query, { answers: Array<Answer>(200).fill(ANSWER) }))),
    });
    const { outcome, observation } = await ask(server);
    expect(outcome.kind).toBe('measured');
    expect(observation).toMatchObject({ transport: 'tcp', rcode: 'NOERROR', attempts: 1, flags: { tc: false } });
    expect(observation.answers).toHaveLength(200);
    expect(server.asked).toEqual(['A www.example udp', 'A www.example tcp']);
  });

  test('stay what they are where TCP is refused', async () => {
    const server = await startDnsServer({ udp: truncated });
    const { outcome, observation } = await ask(server);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'connect', code: 'ECONNREFUSED' });
    expect(observation).toMatchObject({ transport: 'udp', rcode: 'NOERROR', flags: { tc: true } });
  });
});

describe('over TCP', () => {
  const tcp = { transport: 'tcp' } as const;

  test('an answer in one segment', async () => {
    const server = await startDnsServer({ tcp: (query, socket) => socket.end(framed(response(query, { answers: [ANSWER] }))) });
    const { outcome, observation } = await ask(server, tcp);
    expect(outcome.kind).toBe('measured');
    expect(observation).toMatchObject({ transport: 'tcp', answers: [RECORD], attempts: null });
    expect(observation.queryMs).toBeGreaterThan(0);
  });

  test('an answer byte by byte, with more behind it', async () => {
    const server = await startDnsServer({
      tcp: async (query, socket) => {
        socket.setNoDelay(true);
        const bytes = Buffer.concat([framed(response(query, { answers: [ANSWER] })), Buffer.from('more')]);
        for (let index = 0; index < bytes.length && !socket.destroyed; index++) {
          socket.write(bytes.subarray(index, index + 1));
          if (index < 6) await sleep(2);
        }
      },
    });
    expect((await ask(server, tcp)).observation.answers).toEqual([RECORD]);
  });

  test.each([
    ['closed at once', (_: Buffer) => Buffer.alloc(0), 'truncated'],
    ['closed within the length', (whole: Buffer) => whole.subarray(0, 1), 'truncated'],
    ['closed within the message', (whole: Buffer) => whole.subarray(0, whole.length - 1), 'truncated'],
    ['a length of 0', () => Buffer.alloc(2), 'malformed'],
    ['garbage', () => framed(Buffer.alloc(30, 0xff)), 'malformed'],
    [
      'another id',
      (whole: Buffer) => Buffer.concat([whole.subarray(0, 2), Buffer.from([whole[2] ? 0 : 1]), whole.subarray(3)]),
      'mismatched',
    ],
  ])('%s', async (_, change, code) => {
    const server = await startDnsServer({ tcp: (query, socket) => socket.end(change(framed(response(query)))) });
    const { outcome } = await ask(server, tcp);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'response', code });
  });

  test('a connection that is reset', async () => {
    const server = await startDnsServer({ tcp: (_, socket) => socket.resetAndDestroy() });
    expect((await ask(server, tcp)).outcome).toMatchObject({ kind: 'failed', step: 'response', code: 'ECONNRESET' });
  });

  test('silence after the connection', async () => {
    const server = await startDnsServer({ tcp: () => {} });
    const { outcome } = await ask(server, { ...tcp, timeoutMs: 80 });
    expect(outcome).toEqual({ kind: 'unanswered', step: 'response', waitedMs: 80 });
  });

  test('a message that never ends', async () => {
    const server = await startDnsServer({
      tcp: async (_, socket) => {
        socket.write(Uint8Array.of(0xff, 0xff));
        while (!socket.destroyed) {
          socket.write(Uint8Array.of(0));
          await sleep(5);
        }
      },
    });
    const { outcome } = await ask(server, { ...tcp, timeoutMs: 100 });
    expect(outcome).toEqual({ kind: 'unanswered', step: 'response', waitedMs: 100 });
  });

  test('a refused connection', async () => {
    const server = await startDnsServer({ udp: () => {} });
    expect((await ask(server, tcp)).outcome).toMatchObject({ kind: 'failed', step: 'connect', code: 'ECONNREFUSED' });
  });
});

describe('what is never sent', () => {
  test.each([
    ['a bad name', { name: 'a..b' }, 'invalid-name'],
    ['a bad type', { type: 'NOSUCH' }, 'invalid-name'],
    ['a server that is no address', { server: 'localhost' }, 'invalid-address'],
  ])('%s', async (_, question, code) => {
    const server = await startDnsServer({ udp: () => {} });
    const { outcome, observation } = await ask(server, question);
    expect(outcome).toMatchObject({ kind: 'failed', step: 'configure', code });
    expect(observation.attempts).toBeNull();
    expect(server.asked).toEqual([]);
  });
});

test('an abort ends every wait and leaves nothing open', async () => {
  const server = await startDnsServer({ udp: () => {}, tcp: () => {} });
  const before = await openHandles();
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const waiting = (['udp', 'tcp'] as const).flatMap((transport) =>
    Array.from({ length: 5 }, () => ask(server, { transport, timeoutMs: 60_000, attempts: 3 }, controller.signal)),
  );
  setTimeout(() => controller.abort(), 50);
  for (const { outcome } of await Promise.all(waiting)) expect(outcome).toEqual({ kind: 'skipped', because: 'interrupted' });
  // The server's own ends of the connections close when it notices.
  await sleep(50);
  expect(await openHandles()).toEqual(before);
});
