// A server of signed zones on a free port of 127.0.0.1, over UDP and TCP.

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { answerFrom } from './answer.mjs';
import { encodeAnswer, parseQuery } from './records.mjs';

const MAXIMUM_BYTES = 65_535;
const ATTEMPTS = 50;

/**
 * @param {ReadonlyMap<string, import('./answer.mjs').ServedZone>} zones
 * @returns {Promise<{ port: number, asked: { name: string, type: number }[], close(): Promise<void> }>}
 */
export async function serveZones(zones) {
  const asked = [];
  const answer = (bytes, maximumBytes) => {
    const query = parseQuery(bytes);
    if (query === null) return null;
    asked.push({ name: query.name, type: query.type });
    return encodeAnswer(query, answerFrom(zones, query), maximumBytes ?? query.payloadBytes);
  };
  const { udp, tcp, port } = await listen();
  udp.on('message', (bytes, from) => {
    const reply = answer(bytes, null);
    if (reply !== null) udp.send(reply, from.port, from.address);
  });
  udp.on('error', () => {});
  const connections = new Set();
  tcp.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    socket.on('error', () => socket.destroy());
    let pending = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
        const end = 2 + pending.readUInt16BE(0);
        const reply = answer(pending.subarray(2, end), MAXIMUM_BYTES);
        pending = pending.subarray(end);
        if (reply === null) continue;
        const length = Buffer.alloc(2);
        length.writeUInt16BE(reply.length);
        socket.write(Buffer.concat([length, reply]));
      }
    });
  });
  return {
    port,
    asked,
    async close() {
      for (const socket of connections) socket.destroy();
      await Promise.all([new Promise((done) => udp.close(done)), new Promise((done) => tcp.close(done))]);
    },
  };
}

/** The same port for both. */
async function listen() {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const tcp = createServer().listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address();
    const udp = createSocket('udp4');
    udp.bind(port, '127.0.0.1');
    const free = await Promise.race([once(udp, 'listening').then(() => true), once(udp, 'error').then(() => false)]);
    if (free) return { udp, tcp, port };
    udp.close();
    tcp.close();
  }
  throw new Error('no port is free for UDP and TCP');
}

/** A port that is free for both now. */
export async function freePort() {
  const { udp, tcp, port } = await listen();
  await Promise.all([new Promise((done) => udp.close(done)), new Promise((done) => tcp.close(done))]);
  return port;
}
