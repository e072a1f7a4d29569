import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { holdClosedPort } from '../../src/lab/closed-port.js';
import { type Listener, listenOnLoopback } from '../../src/lab/loopback-listener.js';
import { BANNER, startOpenPort } from '../../src/lab/open-port.js';
import { startSilentPort } from '../../src/lab/silent-port.js';

async function withListener(starting: Promise<Listener>, use: (port: number) => Promise<void>): Promise<void> {
  const listener = await starting;
  try {
    await use(listener.port);
  } finally {
    await listener.close();
  }
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** The code of the error, or `accepted`. */
const refusal = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.destroy();
      resolve('accepted');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });

test('the open port greets, takes what comes and stays', () =>
  withListener(startOpenPort(), async (port) => {
    const socket = await connected(port);
    expect(String(await new Promise((resolve) => socket.once('data', resolve)))).toBe(BANNER);
    socket.write(Buffer.alloc(100_000));
    await new Promise<void>((resolve) => {
      socket.end(() => resolve());
    });
  }));

test('the silent port accepts and says nothing, whatever it is sent', () =>
  withListener(startSilentPort(), async (port) => {
    const socket = await connected(port);
    let heard = 0;
    let ended = false;
    socket.on('data', (chunk) => {
      heard += chunk.length;
    });
    socket.on('close', () => {
      ended = true;
    });
    socket.write('HELLO\r\n');
    await delay(200);
    expect({ heard, ended }).toEqual({ heard: 0, ended: false });
    socket.destroy();
  }));

describe('the closed port', () => {
  test('refuses, each time', () =>
    withListener(holdClosedPort(), async (port) => {
      for (let turn = 0; turn < 20; turn += 1) expect(await refusal(port)).toBe('ECONNREFUSED');
    }));

  test.skipIf(process.platform !== 'linux')(
    'is in use, so that the kernel gives it to nobody, until it is let go (read from /proc: Linux)',
    async () => {
      const ESTABLISHED = '01';
      const LISTENING = '0A';
      const closed = await holdClosedPort();
      const local = `0100007F:${closed.port.toString(16).toUpperCase().padStart(4, '0')}`;
      const states = (): (string | undefined)[] =>
        readFileSync('/proc/net/tcp', 'latin1')
          .split('\n')
          .map((line) => line.trim().split(/\s+/))
          .filter((fields) => fields[1] === local)
          .map((fields) => fields[3]);
      expect(states()).toContain(ESTABLISHED);
      expect(states()).not.toContain(LISTENING);
      await Promise.all([closed.close(), closed.close()]);
      expect(states()).not.toContain(ESTABLISHED);
    },
  );
});

test('close() ends the connections that are open, and later ones are refused', async () => {
  const listener = await startSilentPort();
  const sockets = await Promise.all([connected(listener.port), connected(listener.port)]);
  const ends = sockets.map((socket) => {
    socket.on('error', () => {});
    return new Promise((resolve) => socket.once('close', resolve));
  });
  await Promise.all([listener.close(), listener.close()]);
  await Promise.all(ends);
  expect(await refusal(listener.port)).toBe('ECONNREFUSED');
});

test('connections beyond the bound are ended, and the ones before them stay', () =>
  withListener(startSilentPort(), async (port) => {
    const sockets = await Promise.all(Array.from({ length: 140 }, () => connected(port)));
    let ended = 0;
    const twelve = new Promise<void>((resolve) => {
      for (const socket of sockets) {
        socket.on('error', () => {});
        socket.resume();
        socket.once('close', () => {
          ended += 1;
          if (ended === 12) resolve();
        });
      }
    });
    await twelve;
    await delay(100);
    expect(ended).toBe(12);
    for (const socket of sockets) socket.destroy();
  }));

test('a port that is taken is an error with its code', () =>
  withListener(startOpenPort(), async (port) => {
    await expect(listenOnLoopback(createServer(), port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  }));
