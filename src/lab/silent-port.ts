import { createServer } from 'node:net';
import { type Listener, listenOnLoopback } from './loopback-listener.js';

/** Longer than anybody waits for a first byte: who asks shall meet silence, not an early end. */
const IDLE_MS = 120_000;

/** A TCP port that accepts and never speaks. What it receives is discarded; the end of a client is still noticed. */
export function startSilentPort(): Promise<Listener> {
  const server = createServer((socket) => {
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.resume();
  });
  return listenOnLoopback(server);
}
