import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import { answerMessage, MAXIMUM_QUERY_BYTES } from './dns-message.js';
import { type Listener, LOOPBACK, listenOnLoopback } from './loopback-listener.js';

/** RFC 7766 section 6.2.3 asks a server to close idle connections after seconds. */
const IDLE_MS = 10_000;
const LENGTH_BYTES = 2;

/** UDP and TCP have port numbers of their own, so the one that the kernel gives for UDP may be taken for TCP. */
const BIND_ATTEMPTS = 20;

/**
 * An authoritative DNS server for the zone of the lab, on one port for UDP and TCP.
 *
 * @throws the error of the last attempt (`code` is an errno name) where no port is free for both.
 */
export async function startDnsServer(): Promise<Listener> {
  for (let attempt = 1; ; attempt += 1) {
    const datagrams = await startDatagrams();
    try {
      const connections = await listenOnLoopback(createServer(serveConnection), datagrams.port);
      return {
        port: datagrams.port,
        async close() {
          await Promise.all([datagrams.close(), connections.close()]);
        },
      };
    } catch (error) {
      await datagrams.close();
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || attempt === BIND_ATTEMPTS) throw error;
    }
  }
}

async function startDatagrams(): Promise<Listener> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address: LOOPBACK, port: 0, exclusive: true }, () => {
      socket.off('error', reject);
      resolve();
    });
  });
  // An ICMP error for an answer whose asker has gone comes back here: nobody is left to be told.
  socket.on('error', () => {});
  let closed: Promise<void> | null = null;
  socket.on('message', (message, asker) => {
    const answer = message.length > MAXIMUM_QUERY_BYTES ? null : answerMessage(message, 'udp');
    // Port 0 cannot be sent to, and what was received before close() may be delivered after it.
    if (answer !== null && asker.port !== 0 && closed === null) reply(socket, answer, asker.port, asker.address);
  });
  return {
    port: socket.address().port,
    close() {
      closed ??= new Promise((resolve) => {
        socket.close(() => resolve());
      });
      return closed;
    },
  };
}

function reply(socket: DatagramSocket, answer: Buffer, port: number, address: string): void {
  // Without the callback a failure to send would be an event; either way the asker sees a lost datagram.
  socket.send(answer, port, address, () => {});
}

/**
 * Answers the messages of one connection in their order (RFC 7766 section 6.2.1.1). A client that does not take its answers is not read
 * from any more, so that at most one read's worth of queries and the unsent answers of one query are kept for it.
 */
function serveConnection(socket: Socket): void {
  let pending: Buffer = Buffer.alloc(0);
  const answerPending = (): void => {
    while (!socket.destroyed && pending.length >= LENGTH_BYTES) {
      const length = pending.readUInt16BE(0);
      if (length > MAXIMUM_QUERY_BYTES) {
        socket.destroy();
        return;
      }
      if (pending.length < LENGTH_BYTES + length) break;
      const answer = answerMessage(pending.subarray(LENGTH_BYTES, LENGTH_BYTES + length), 'tcp');
      pending = pending.subarray(LENGTH_BYTES + length);
      if (answer === null) {
        socket.destroy();
        return;
      }
      const lengthField = Buffer.alloc(LENGTH_BYTES);
      lengthField.writeUInt16BE(answer.length);
      if (!socket.write(Buffer.concat([lengthField, answer]))) {
        socket.pause();
        return;
      }
    }
    socket.resume();
  };
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  socket.on('drain', answerPending);
  socket.on('data', (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    answerPending();
  });
}
