import { createSocket } from 'node:dgram';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import type { Network, PacketEvent, Scanner, ScanOutcome, ScanSession } from '../../../src/net/port.js';
import { openNetwork } from '../../../src/net/real.js';
import { createNodeScanner } from '../../../src/net/tcp/node-scanner.js';

let network: Network;
let server: Server;
let port = 0;
const ended: boolean[] = [];

beforeAll(async () => {
  network = await openNetwork();
  server = createServer((socket) => {
    socket.on('error', () => ended.push(false));
    socket.on('end', () => ended.push(true));
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});

afterAll(async () => {
  network.close();
  await new Promise((resolve) => server.close(resolve));
});

function opened(scanner: Scanner, address = '127.0.0.1'): ScanSession {
  const outcome = scanner.open(address, {});
  if (outcome.kind !== 'measured') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

const connect = (session: ScanSession, to: number) => new Promise<ScanOutcome>((resolve) => session.connect(to, 2000, resolve));
const ask = (session: ScanSession, to: number) => new Promise<ScanOutcome>((resolve) => session.ask(to, new Uint8Array([1]), 300, resolve));

/** A port of the dynamic range that nobody listens on: it was ours a moment ago. */
async function closedPort(): Promise<number> {
  const once = createServer();
  await new Promise<void>((resolve) => once.listen(0, '127.0.0.1', resolve));
  const address = once.address();
  await new Promise((resolve) => once.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe.each(['native', 'node'] as const)('the %s scanner', (method) => {
  const scanner = () => (method === 'native' ? network.scanner : createNodeScanner(network.tcp, network.udp, systemClock));

  it('tells open from closed, and closes by FIN', async (context) => {
    const session = opened(scanner());
    if (session.method !== method) context.skip(`no native sockets: ${network.nativeAbsent}`);
    expect(session.capacity).toBeGreaterThan(0);
    ended.length = 0;
    expect(await connect(session, port)).toMatchObject({ kind: 'open' });
    expect(await connect(session, await closedPort())).toMatchObject({ kind: 'closed' });
    await expect.poll(() => ended.length, { timeout: 5000 }).toBeGreaterThan(0);
    expect(ended).not.toContain(false);
    session.close();
  });

  it('hears a UDP service, a port without one, and silence', async () => {
    const session = opened(scanner());
    const service = createSocket('udp4', (_message, from) => service.send('answer', from.port, from.address));
    const mute = createSocket('udp4');
    await Promise.all([service, mute].map((socket) => new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))));
    expect(await ask(session, service.address().port)).toMatchObject({ kind: 'open' });
    expect(await ask(session, mute.address().port)).toMatchObject({ kind: 'silent' });
    const unused = mute.address().port;
    await Promise.all([service, mute].map((socket) => new Promise<void>((resolve) => socket.close(resolve))));
    const refused = await ask(session, unused);
    if (session.method === 'native') expect(refused).toMatchObject({ kind: 'rejected', from: '127.0.0.1', meaning: 'port-unreachable' });
    else expect(refused).toMatchObject({ kind: 'closed' });
    session.close();
  });

  it('reads what a service says first, and gives up on one that says nothing', async () => {
    const session = opened(scanner());
    const talker = createServer((socket) => {
      socket.on('error', () => {});
      socket.end('220 ready\r\n');
    });
    await new Promise<void>((resolve) => talker.listen(0, '127.0.0.1', resolve));
    const address = talker.address();
    const spoken = await session.firstBytes(typeof address === 'object' && address !== null ? address.port : 0, null, 2000);
    expect(new TextDecoder().decode(spoken?.bytes)).toBe('220 ready\r\n');
    expect(await session.firstBytes(port, null, 100)).toEqual({ bytes: new Uint8Array(), ended: false });
    await new Promise((resolve) => talker.close(resolve));
    session.close();
  });
});

it('leaves no descriptor behind when it is closed in the middle', async (context) => {
  if (process.platform !== 'linux') context.skip('it counts the entries of /proc/self/fd');
  const count = () => readdirSync('/proc/self/fd').length;
  const before = count();
  const session = opened(network.scanner);
  let late = 0;
  for (let index = 0; index < 50; index++) session.connect(port, 5000, () => late++);
  for (let index = 0; index < 20; index++) session.ask(9, new Uint8Array(1), 5000, () => late++);
  const known = late;
  session.close();
  // The server's ends of the connections are descriptors of this process too.
  await expect.poll(count, { timeout: 5000 }).toBeLessThanOrEqual(before);
  expect(late).toBe(known);
});

it('never takes its own socket for a listener', async () => {
  const session = opened(network.scanner);
  if (session.method !== 'native') return session.close();
  const kinds = new Set<string>();
  let left = 6000;
  await new Promise<void>((resolve) => {
    for (let to = 50_000; to < 56_000; to++)
      session.connect(to, 2000, (outcome) => {
        if (outcome.kind !== 'closed' && to !== port) kinds.add(`${outcome.kind} ${to}`);
        if (--left === 0) resolve();
      });
  });
  session.close();
  // Other processes may listen there; a connection to oneself would be one of them by chance only.
  expect(kinds.size).toBeLessThan(20);
});

it('refuses a source of the other family', () => {
  expect(network.scanner.open('127.0.0.1', { source: '::1' })).toMatchObject({ kind: 'failed', step: 'configure', code: 'EAFNOSUPPORT' });
});

it('a handshake is one packet whose answer is timed, accepted or refused', async (context) => {
  const send = async (to: number) => {
    const session = network.handshakes.open(4, {}, to);
    if (session.kind !== 'measured') return context.skip(`no native sockets: ${network.nativeAbsent}`);
    const event = await new Promise<PacketEvent>((resolve) =>
      session.value.send({ address: '127.0.0.1', payloadBytes: 0, ttl: 3, dontFragment: false }, resolve),
    );
    session.value.close();
    return event;
  };
  expect(await send(port)).toMatchObject({ kind: 'reply', by: 'syn-ack', clock: 'kernel', from: '127.0.0.1' });
  expect(await send(await closedPort())).toMatchObject({ kind: 'reply', by: 'reset', clock: 'user', from: '127.0.0.1' });
});
