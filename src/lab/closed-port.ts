import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type Listener, LOOPBACK } from './loopback-listener.js';

/** A connection over loopback takes microseconds: one that takes this long is being dropped by a packet filter. */
const CONNECT_TIMEOUT_MS = 3000;

/**
 * A TCP port that refuses, and goes on refusing until it is closed here.
 *
 * A port that was merely bound and let go is handed out again by the kernel, to a server or as the source port of any connection. So one
 * connection of our own stays on it: its listener is gone, which makes the kernel refuse, and the number is in use, which keeps the kernel
 * from choosing it. (A program that asks for this very number can still have it.)
 *
 * @throws the error of the listening or connecting socket: `ENETUNREACH` where the loopback interface is down.
 */
export async function holdClosedPort(): Promise<Listener> {
  const server = createServer();
  const port = await listening(server);
  let held: { near: Socket; far: Socket };
  try {
    held = await connection(server, port);
  } finally {
    server.close();
  }
  const { near, far } = held;
  return {
    port,
    async close() {
      await Promise.all([ended(near), ended(far)]);
    },
  };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: LOOPBACK, port: 0, exclusive: true }, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Connects to the server, and knows its own end by the port it came from: a stranger's connection is turned away. */
function connection(server: Server, port: number): Promise<{ near: Socket; far: Socket }> {
  return new Promise((resolve, reject) => {
    const far = connect({ host: LOOPBACK, port });
    const accepted = new Map<number | undefined, Socket>();
    const fail = (error: Error): void => {
      far.destroy();
      for (const socket of accepted.values()) socket.destroy();
      reject(error);
    };
    const settle = (): void => {
      const near = far.connecting ? undefined : accepted.get(far.localPort);
      if (near === undefined) return;
      for (const socket of accepted.values()) if (socket !== near) socket.destroy();
      far.setTimeout(0);
      resolve({ near, far });
    };
    far.setTimeout(CONNECT_TIMEOUT_MS, () => fail(Object.assign(new Error('no answer over loopback'), { code: 'ETIMEDOUT' })));
    far.on('error', fail);
    far.once('connect', settle);
    server.on('connection', (socket: Socket) => {
      socket.on('error', () => socket.destroy());
      accepted.set(socket.remotePort, socket);
      settle();
    });
  });
}

function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) return resolve();
    socket.once('close', () => resolve());
    socket.destroy();
  });
}
