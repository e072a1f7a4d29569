import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, isIPv6, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import dnsPacket from 'dns-packet';
import { answerTo, type DnsConfiguration, isMeant, readQuery, type Transport } from './dns-answer.js';
import type { WithPem } from './pem.js';
import { listening, type Start, type Surroundings, wait, within } from './service.js';

const LONGEST_MESSAGE = 65_535;

export const startDns: Start<WithPem<DnsConfiguration>> = async (configuration, surroundings) => {
  const answering = responder(configuration, surroundings);
  const { addresses = surroundings.addresses, udp = true, tcp = true, tls = false, https = false } = configuration;
  const started: Promise<void>[] = [];
  for (const address of addresses) {
    if (udp !== false) started.push(overUdp(address, udp === 'silent' ? null : answering));
    if (tcp !== false)
      started.push(
        listening(
          createServer((socket) => overStream(socket, 'tcp', tcp === 'silent' ? null : answering)),
          53,
          address,
        ),
      );
    if (tls === false && https === false) continue;
    const { pem } = configuration;
    if (pem === undefined) throw new Error('dns: tls and https need a `certificate`');
    const secrets = { cert: readFileSync(pem.chain), key: readFileSync(pem.key) };
    if (tls === 'silent')
      started.push(
        listening(
          createServer((socket) => void socket.on('error', () => {}).resume()),
          853,
          address,
        ),
      );
    else if (tls)
      started.push(
        listening(
          createSecureServer({ ...secrets, ALPNProtocols: ['dot'] }, (socket) => overStream(socket, 'tls', answering)),
          853,
          address,
        ),
      );
    if (https === 'silent')
      started.push(
        listening(
          createServer((socket) => void socket.on('error', () => {}).resume()),
          443,
          address,
        ),
      );
    else if (https) started.push(overHttps(address, secrets, answering));
  }
  await Promise.all(started);
};

type Answering = (bytes: Uint8Array, transport: Transport) => Promise<Buffer | null>;

/** `null` from it: nothing is sent. */
function responder(configuration: DnsConfiguration, { sinceStart }: Surroundings): Answering {
  const { delayMs = 0, jitterMs = 0, dropEvery, rcodeEvery, rcodeFirst, dropBetween, rcodeBetween, delayBetween, garbage } = configuration;
  let count = 0;
  let countFromStart = 0;
  return async (bytes, transport) => {
    const query = readQuery(bytes);
    const [question] = query?.questions ?? [];
    if (query === null || question === undefined) return null;
    const meant = isMeant(configuration, question, transport);
    const moment = sinceStart();
    if (meant) {
      count++;
      if (moment !== null) countFromStart++;
      if (dropEvery !== undefined && count % dropEvery === 0) return null;
      if (within(dropBetween, moment)) return null;
      if (delayBetween === undefined || within(delayBetween, moment)) await wait(delayMs + Math.random() * jitterMs);
      if (garbage) return Buffer.from('this is no answer of a name server');
    }
    const chosen =
      (rcodeBetween === undefined || within(rcodeBetween, moment)) &&
      (rcodeEvery === undefined || count % rcodeEvery === 0) &&
      (rcodeFirst === undefined || countFromStart <= rcodeFirst);
    return dnsPacket.encode(answerTo(query, transport, configuration, meant, chosen));
  };
}

function overUdp(address: string, answering: Answering | null): Promise<void> {
  const socket = createSocket({ type: isIPv6(address) ? 'udp6' : 'udp4', ipv6Only: isIPv6(address) });
  socket.on('message', async (bytes, from) => {
    const answer = answering === null ? null : await answering(bytes, 'udp');
    if (answer !== null) socket.send(answer, from.port, from.address, () => {});
  });
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => reject(new Error(`${address} UDP port 53: ${error.message}`)));
    socket.bind(53, address, () => {
      socket.on('error', () => {});
      resolve();
    });
  });
}

/** Messages with their length before them (RFC 1035 section 4.2.2). */
function overStream(socket: Socket, transport: Transport, answering: Answering | null): void {
  let waiting = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', async (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    if (waiting.length > 2 * LONGEST_MESSAGE) return void socket.destroy();
    while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
      const message = waiting.subarray(2, 2 + waiting.readUInt16BE(0));
      waiting = waiting.subarray(2 + message.length);
      const answer = answering === null ? null : await answering(message, transport);
      if (answer === null || socket.destroyed) continue;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(answer.length);
      socket.write(Buffer.concat([length, answer]));
    }
  });
}

/** RFC 8484; whatever else is asked for there is not found. */
function overHttps(address: string, secrets: { cert: Buffer; key: Buffer }, answering: Answering): Promise<void> {
  const server = createHttpsServer({ ...secrets, ALPNProtocols: ['http/1.1'] }, async (request, response) => {
    const url = new URL(request.url ?? '/', 'https://resolver.invalid');
    const inUrl = url.searchParams.get('dns');
    const chunks: Buffer[] = [];
    if (request.method === 'POST') for await (const chunk of request) if (chunks.length < 16) chunks.push(chunk as Buffer);
    const query = request.method === 'POST' ? Buffer.concat(chunks) : inUrl === null ? null : Buffer.from(inUrl, 'base64url');
    if (url.pathname !== '/dns-query' || query === null) {
      response.writeHead(url.pathname === '/' ? 200 : 404, { 'content-type': 'text/plain' }).end('a resolver\n');
      return;
    }
    const answer = await answering(query, 'https');
    if (answer !== null) response.writeHead(200, { 'content-type': 'application/dns-message' }).end(answer);
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  return listening(server, 443, address);
}
