import type net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork } from '../../../../src/net/real.js';
import { measureEnumeration } from '../../../../src/probes/tls/enumeration/measure.js';
import { serveTcp } from '../../../fakes/loopback-server.js';
import { alert, ecdheKeyExchange, HELLO_DONE, handshake, record, serverHello } from '../../../fakes/tls-flight.js';

let network: Awaited<ReturnType<typeof openNetwork>>;
beforeAll(async () => {
  network = await openNetwork();
});
afterAll(() => network.close());

const FLIGHT = record(22, [
  ...serverHello({ version: 0x0303, cipher: 0xc02f, extensions: [{ type: 0xff01, data: [0] }] }),
  ...handshake(11, Array(600).fill(1)),
  ...ecdheKeyExchange(29, 0x0804),
  ...HELLO_DONE,
]);

/** Enumerates a server that treats its connections so, with short patience. */
async function against(
  treat: (socket: net.Socket, connection: number) => void,
  limits: { signal?: AbortSignal; maximumConnections?: number } = {},
) {
  let connections = 0;
  const server = await serveTcp((socket) => {
    const connection = connections++;
    socket.once('data', () => treat(socket, connection));
  });
  try {
    const found = await measureEnumeration(
      {
        address: '127.0.0.1',
        port: server.port,
        servername: 'app.test',
        timeoutMs: 150,
        origin: {},
        enumerate: { concurrency: 8, perSecond: 2000, maximumConnections: limits.maximumConnections ?? 400 },
      },
      { network, signal: limits.signal ?? new AbortController().signal },
    );
    if (found === null) throw new Error('not enumerated');
    return { found, connections };
  } finally {
    await server.close();
  }
}

describe('an enumeration ends, and makes nothing up, with a server that', () => {
  it.each<[string, (socket: net.Socket, connection: number) => void]>([
    ['says nothing', () => {}],
    ['sends byte after byte, slowly', (socket) => drip(socket)],
    ['closes at each byte of its flight', (socket, connection) => socket.end(FLIGHT.subarray(0, connection % FLIGHT.length))],
    [
      'resets at each byte of its flight',
      (socket, connection) => socket.write(FLIGHT.subarray(0, connection % FLIGHT.length), () => socket.resetAndDestroy()),
    ],
    ['never ends its messages', (socket) => flood(socket, record(22, [11, 0xff, 0xff, 0xff, ...Array(8000).fill(1)]))],
    ['sends empty records without end', (socket) => flood(socket, Uint8Array.from(Array(2000).fill([22, 3, 3, 0, 0]).flat()))],
    [
      'sends warnings without end',
      (socket) =>
        flood(
          socket,
          Uint8Array.from(
            Array(2000)
              .fill([...alert(112, 1)])
              .flat(),
          ),
        ),
    ],
    ['speaks HTTP', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['sends what is no record', (socket) => socket.end(Uint8Array.from({ length: 2000 }, (_, index) => (index * 73 + 41) & 0xff))],
    ['sends alerts of every kind', (socket, connection) => socket.end(alert(connection % 256, connection % 7))],
  ])(
    '%s',
    async (_what, treat) => {
      const { found, connections } = await against(treat);
      expect(found.ciphers).toEqual([]);
      expect(found.protocols.every(({ supported }) => supported !== true)).toBe(true);
      expect(connections).toBeLessThan(120);
      expect(found.connections).toBe(connections);
    },
    30_000,
  );

  it('chooses the same suite whatever it is offered, and is told so', async () => {
    const { found } = await against((socket) => socket.end(FLIGHT));
    expect(found.violations?.join()).toMatch(/chooses 0xC02F, which was not offered|with version 0x0303/);
    expect(found.ciphers.map(({ id }) => id).every((id) => id === '0xC02F')).toBe(true);
    expect(found.complete).toBe(false);
  }, 30_000);

  it('accepts whatever is offered first, within the connections that it may take', async () => {
    const treat = (socket: net.Socket, bytes: Buffer) => {
      if (bytes[0] !== 22) return void socket.destroy();
      // Behind the session id, whose length stands at 43: the first suite.
      const suites = 46 + (bytes[43] ?? 0);
      const [version, cipher] = [bytes.readUInt16BE(9), bytes.readUInt16BE(suites)];
      socket.end(record(22, [...serverHello({ version, cipher }), ...HELLO_DONE]));
    };
    const server = await serveTcp((socket) => socket.once('data', (bytes) => treat(socket, bytes)));
    const enumerate = { concurrency: 8, perSecond: 5000, maximumConnections: 150 };
    const plan = { address: '127.0.0.1', port: server.port, servername: 'app.test', timeoutMs: 1000, origin: {}, enumerate };
    const found = await measureEnumeration(plan, { network, signal: new AbortController().signal });
    expect(found?.connections).toBe(150);
    expect(found?.complete).toBe(false);
    expect(found?.unsettled.join()).toMatch(/150 connections were not enough/);
    expect(server.accepted()).toBe(150);
    await server.close();
  }, 30_000);

  it('is interrupted: what was found by then is kept', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 200);
    const startedMs = performance.now();
    const { found } = await against(() => {}, { signal: stop.signal });
    expect(performance.now() - startedMs).toBeLessThan(2000);
    expect(found.complete).toBe(false);
    expect(found.unsettled.join()).toMatch(/interrupted/);
  });
});

function drip(socket: net.Socket): void {
  let place = 0;
  const timer = setInterval(() => socket.write(FLIGHT.subarray(place, ++place)), 20);
  socket.once('close', () => clearInterval(timer));
}

function flood(socket: net.Socket, bytes: Uint8Array): void {
  const more = () => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on('drain', more);
  more();
}
