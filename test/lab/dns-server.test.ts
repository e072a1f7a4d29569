import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import dnsPacket, { type DecodedPacket, type Question } from 'dns-packet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDnsServer } from '../../src/lab/dns-server.js';
import type { Listener } from '../../src/lab/loopback-listener.js';
import { ZONE } from '../../src/lab/zone.js';

let server: Listener;
beforeAll(async () => {
  server = await startDnsServer();
});
afterAll(() => server.close());

const question = (name: string, type: Question['type'], id = 7): Buffer =>
  dnsPacket.encode({ type: 'query', id, questions: [{ type, name: name === '' ? ZONE : name }] });

/** Sends datagrams in their order from one socket and gives back the first answer. */
function overUdp(...messages: Buffer[]): Promise<DecodedPacket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.once('message', (answer) => {
      socket.close();
      resolve(dnsPacket.decode(answer));
    });
    for (const message of messages) socket.send(message, server.port, '127.0.0.1');
  });
}

/** Writes the chunks to one connection and gives back what came until it ended or `count` answers were there. */
function overTcp(chunks: Buffer[], count = 1): Promise<DecodedPacket[]> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host: '127.0.0.1', port: server.port });
    const answers: DecodedPacket[] = [];
    let pending = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
        const end = 2 + pending.readUInt16BE(0);
        answers.push(dnsPacket.decode(pending.subarray(2, end)));
        pending = pending.subarray(end);
      }
      if (answers.length >= count) socket.destroy();
    });
    socket.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(answers) : reject(error),
    );
    socket.once('close', () => resolve(answers));
    void (async () => {
      for (const chunk of chunks) {
        socket.write(chunk);
        await new Promise((done) => setTimeout(done, 5));
      }
    })();
  });
}

const framed = (message: Buffer): Buffer => Buffer.concat([Buffer.from([message.length >> 8, message.length & 0xff]), message]);

describe('the resolver of the lab', () => {
  test('answers over UDP', async () => {
    const answer = await overUdp(question(`app.${ZONE}`, 'A'));
    expect(answer.id).toBe(7);
    expect(answer.flag_aa).toBe(true);
    expect(answer.answers).toMatchObject([{ type: 'A', data: '127.0.0.1' }]);
  });

  test('answers over TCP on the same port', async () => {
    const [answer] = await overTcp([framed(question(`www.${ZONE}`, 'A'))]);
    expect(answer?.answers).toMatchObject([{ type: 'A', data: '127.0.0.1' }]);
  });

  test('what is truncated over UDP comes whole over TCP', async () => {
    const message = question(`large.${ZONE}`, 'TXT');
    const short = await overUdp(message);
    expect({ truncated: short.flag_tc, answers: short.answers?.length }).toEqual({ truncated: true, answers: 0 });
    const [whole] = await overTcp([framed(message)]);
    expect({ truncated: whole?.flag_tc, answers: whole?.answers?.length }).toEqual({ truncated: false, answers: 1 });
  });

  test('several queries on one connection, cut anywhere, are answered in order', async () => {
    const stream = Buffer.concat([1, 2, 3].map((id) => framed(question(`app.${ZONE}`, 'A', id))));
    const answers = await overTcp([stream.subarray(0, 1), stream.subarray(1, 30), stream.subarray(30, 70), stream.subarray(70)], 3);
    expect(answers.map((answer) => answer.id)).toEqual([1, 2, 3]);
  });

  test('a flood on one connection is answered as fast as it is read, all of it', async () => {
    const count = 3000;
    const stream = Buffer.concat(Array.from({ length: count }, (_, id) => framed(question(`large.${ZONE}`, 'TXT', id))));
    const answers = await overTcp([stream], count);
    expect(answers).toHaveLength(count);
    expect(answers.every((answer, id) => answer.id === id)).toBe(true);
  });

  test('datagrams that are no queries are passed over, and the next one is answered', async () => {
    const hostile = [Buffer.alloc(0), Buffer.alloc(11, 0xff), Buffer.alloc(12, 0xff), Buffer.alloc(5000), Buffer.alloc(60_000, 0xc0)];
    const answer = await overUdp(...hostile, question(`app.${ZONE}`, 'A', 99));
    expect(answer.id).toBe(99);
  });

  test.each([
    ['a message longer than a query can be', Buffer.concat([Buffer.from([0xff, 0xff]), Buffer.alloc(5000)])],
    ['a message too short for a header', Buffer.from([0, 3, 1, 2, 3])],
    ['an empty message', Buffer.from([0, 0])],
  ])('%s ends the connection over TCP without an answer', async (_, bytes) => {
    expect(await overTcp([bytes])).toEqual([]);
    expect(await overTcp([framed(question(`app.${ZONE}`, 'A'))])).toHaveLength(1);
  });

  test('several servers at once find ports of their own', async () => {
    const others = await Promise.all(Array.from({ length: 8 }, startDnsServer));
    expect(new Set([server.port, ...others.map((other) => other.port)]).size).toBe(9);
    await Promise.all(others.map((other) => other.close()));
  });
});
