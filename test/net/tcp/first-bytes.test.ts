import { createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/net/clock.js';
import type { FirstBytes } from '../../../src/net/port.js';
import { firstBytes } from '../../../src/net/tcp/first-bytes.js';

/** What is read of a service that does with each connection what it is told. */
async function read(serve: (socket: Socket) => void, payload: Uint8Array | null = null, timeoutMs = 5000): Promise<FirstBytes | null> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { signal } = new AbortController();
  return firstBytes(systemClock, { address: '127.0.0.1', port, timeoutMs, signal }, payload);
}

const words = (heard: FirstBytes | null) => new TextDecoder().decode(heard?.bytes);

it('gathers a line that comes byte by byte', async () => {
  const heard = await read((socket) => {
    const line = [...'SSH-2.0-slow\n'];
    const timer = setInterval(() => (line.length === 0 ? clearInterval(timer) : socket.write(line.shift() ?? '')), 5);
    socket.on('close', () => clearInterval(timer));
  });
  expect(words(heard)).toBe('SSH-2.0-slow\n');
});

it('takes 1 KiB of a service that sends without end', async () => {
  const piece = Buffer.alloc(1 << 20, 'A');
  const heard = await read((socket) => {
    const more = () => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', more);
    more();
  });
  expect(words(heard)).toBe('A'.repeat(1024));
});

it('tells an end without a word from silence', async () => {
  expect(await read((socket) => socket.end())).toEqual({ bytes: new Uint8Array(), ended: true });
  expect(await read((socket) => socket.once('data', () => socket.resetAndDestroy()), Uint8Array.of(1))).toMatchObject({ ended: true });
  expect(await read(() => {}, null, 100)).toEqual({ bytes: new Uint8Array(), ended: false });
});

it('takes a long pause for the end of what is said', async () => {
  const heard = await read((socket) => socket.write('S'));
  expect(heard).toEqual({ bytes: Uint8Array.of(0x53), ended: false });
});
