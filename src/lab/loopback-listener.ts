import type { AddressInfo, Server, Socket } from 'node:net';

/** The lab lives on IPv4 loopback only: it is there on machines without IPv6, and nobody outside reaches it. */
export const LOOPBACK = '127.0.0.1';

/** Far above what a probe of this program opens at once, far below what would exhaust descriptors (often 1024 a process). */
const MAXIMUM_CONNECTIONS = 128;

/** Something of the lab that listens. `close` ends it with every connection that it has, and may be called again. */
export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts `server` on loopback, by default on a port of the kernel's choice. Connections are bounded in number and are destroyed by
 * `close`, so that none keeps the process alive; how long one may be idle is for the server to say.
 *
 * @throws the server's error (`code` is an errno name) where the address or the port cannot be had.
 */
export async function listenOnLoopback(server: Server, port = 0): Promise<Listener> {
  const connections = new Set<Socket>();
  server.maxConnections = MAXIMUM_CONNECTIONS;
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    // What a peer does to its connection (a reset, say) concerns that connection alone; without a listener it would end the process.
    socket.on('error', () => socket.destroy());
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // accept(2) can fail later (no descriptor left): the connection is lost, the server goes on.
  server.on('error', () => {});

  let closed: Promise<void> | null = null;
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of connections) socket.destroy();
      });
      return closed;
    },
  };
}
