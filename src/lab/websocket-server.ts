import { createServer } from 'node:http';
import { Socket } from 'node:net';
import { type Listener, listenOnLoopback } from './loopback-listener.js';
import { HTTP_IDLE_MS, HTTP_LIMITS } from './page.js';

const MAXIMUM_MESSAGE_BYTES = 64 * 1024;
/** A client that sends and does not read is ended when this much waits for it. */
const MAXIMUM_UNREAD_BYTES = 1024 * 1024;
const IDLE_MS = 60_000;

/** A WebSocket (RFC 6455) on any path that sends back each message as it came. A request without an upgrade gets 426. */
export async function startWebSocketServer(): Promise<Listener> {
  const { WebSocketServer } = await import('ws');
  const acceptor = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAXIMUM_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  const server = createServer(HTTP_LIMITS, (_request, response) => {
    response.writeHead(426, { Connection: 'close, Upgrade', Upgrade: 'websocket', 'Content-Type': 'text/plain; charset=utf-8' });
    response.end('this port speaks WebSocket\n');
  });
  server.setTimeout(HTTP_IDLE_MS);
  server.on('upgrade', (request, stream, head) => {
    acceptor.handleUpgrade(request, stream, head, (client) => {
      // The library switches the time-out of the HTTP server off for its own connections.
      if (stream instanceof Socket) stream.setTimeout(IDLE_MS, () => client.terminate());
      client.on('error', () => client.terminate());
      client.on('message', (message, isBinary) => {
        client.send(message, { binary: isBinary });
        if (client.bufferedAmount > MAXIMUM_UNREAD_BYTES) client.terminate();
      });
    });
  });
  return listenOnLoopback(server);
}
