import { get } from 'node:http';
import { connect, Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Listener } from '../../src/lab/loopback-listener.js';
import { startWebSocketServer } from '../../src/lab/websocket-server.js';

let server: Listener;
beforeAll(async () => {
  server = await startWebSocketServer();
});
afterAll(() => server.close());

function opened(): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const client = new WebSocket(`ws://127.0.0.1:${server.port}/`);
    client.once('error', reject);
    client.once('open', () => resolve(client));
  });
}

const echo = (client: WebSocket, message: string | Buffer): Promise<{ data: string; binary: boolean }> =>
  new Promise((resolve) => {
    client.once('message', (data, binary) => resolve({ data: String(data), binary }));
    client.send(message);
  });

const closeCode = (client: WebSocket): Promise<number> => new Promise((resolve) => client.once('close', resolve));

/** An upgrade by hand, then bytes as they are; resolves when the server has ended the connection. */
function rawFrames(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: server.port });
    socket.on('error', () => {});
    socket.once('close', () => resolve());
    socket.write(
      'GET / HTTP/1.1\r\nHost: lab\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    socket.once('data', () => {
      socket.resume();
      socket.end(bytes);
    });
  });
}

describe('the WebSocket of the lab', () => {
  test('sends back text as text and bytes as bytes', async () => {
    const client = await opened();
    expect(await echo(client, 'grüße')).toEqual({ data: 'grüße', binary: false });
    expect(await echo(client, Buffer.from('bytes'))).toEqual({ data: 'bytes', binary: true });
    expect(await echo(client, '')).toEqual({ data: '', binary: false });
    const ponged = new Promise((resolve) => client.once('pong', (data) => resolve(String(data))));
    client.ping('mark');
    expect(await ponged).toBe('mark');
    client.close(1000);
    expect(await closeCode(client)).toBe(1000);
  });

  test('a message over the bound ends the connection with 1009', async () => {
    const client = await opened();
    client.send(Buffer.alloc(64 * 1024 + 1));
    expect(await closeCode(client)).toBe(1009);
  });

  test('a client that sends and never reads is ended', async () => {
    const client = await opened();
    client.on('error', () => {});
    const ended = closeCode(client);
    const { _socket: socket } = client as unknown as { _socket: unknown };
    if (!(socket instanceof Socket)) throw new Error('the client library keeps its socket elsewhere now');
    socket.pause();
    const message = Buffer.alloc(64 * 1024);
    for (let sent = 0; sent < 1000 && client.readyState === WebSocket.OPEN; sent += 1) {
      await new Promise<void>((resolve) => {
        client.send(message, () => resolve());
      });
    }
    socket.resume();
    expect(await ended).toBe(1006);
  });

  test('a request without an upgrade gets 426', async () => {
    const status = await new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port: server.port, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).once('error', reject);
    });
    expect(status).toBe(426);
  });

  test('frames of any kind of garbage end that connection only', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
        await rawFrames(bytes);
      }),
      { numRuns: 40 },
    );
    const client = await opened();
    expect(await echo(client, 'still here')).toMatchObject({ data: 'still here' });
    client.terminate();
  });
});
