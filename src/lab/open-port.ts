import { createServer } from 'node:net';
import { type Listener, listenOnLoopback } from './loopback-listener.js';

/** First line that the open port sends, in the manner of a mail or file server (RFC 5321 section 3.1). */
export const BANNER = '220 netdiag lab, open port\r\n';

const IDLE_MS = 30_000;

/** A TCP port that is open and greets. What it receives is discarded. */
export function startOpenPort(): Promise<Listener> {
  const server = createServer((socket) => {
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.resume();
    socket.write(BANNER);
  });
  return listenOnLoopback(server);
}
