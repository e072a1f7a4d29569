import net from 'node:net';
import tls from 'node:tls';

export interface LoopbackServer {
  port: number;
  /** TCP connections accepted so far, and those of them that are still open. */
  accepted(): number;
  open(): number;
  close(): Promise<void>;
}

/** A TCP server on 127.0.0.1 that does with each connection what it is told. Resets by the client are no errors of a test. */
export function serveTcp(onConnection: (socket: net.Socket) => void): Promise<LoopbackServer> {
  return listen(
    net.createServer((socket) => {
      socket.on('error', () => {});
      // An end is seen only by those who read.
      socket.resume();
      onConnection(socket);
    }),
  );
}

/** A TLS server on 127.0.0.1. Handshakes that fail are what tests are about. */
export function serveTls(options: tls.TlsOptions, onSecure: (socket: tls.TLSSocket) => void = () => {}): Promise<LoopbackServer> {
  const server = tls.createServer(options, (socket) => {
    socket.on('error', () => {});
    socket.resume();
    onSecure(socket);
  });
  server.on('tlsClientError', () => {});
  return listen(server);
}

/** In front of a server: what takes a client only when the one before has gone, as `openssl s_server` does. */
export function serveOneByOne(port: number): Promise<LoopbackServer> {
  const waiting: net.Socket[] = [];
  let busy = false;
  const next = () => {
    const client = waiting.shift();
    busy = client !== undefined;
    if (client === undefined) return;
    const behind = net.connect(port, '127.0.0.1');
    client.pipe(behind).pipe(client);
    behind.on('error', () => {});
    client.once('close', () => {
      behind.destroy();
      next();
    });
  };
  return listen(
    net.createServer((client) => {
      client.on('error', () => {});
      waiting.push(client);
      if (!busy) next();
    }),
  );
}

/** Listens with a server of any kind on a port of the system's choice. */
export function listen(server: net.Server): Promise<LoopbackServer> {
  const sockets = new Set<net.Socket>();
  let accepted = 0;
  server.on('connection', (socket: net.Socket) => {
    accepted++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
      resolve({
        port: address.port,
        accepted: () => accepted,
        open: () => sockets.size,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
}
