import { createServer } from 'node:http';
import { type Listener, listenOnLoopback } from './loopback-listener.js';
import { answerRequest, HTTP_IDLE_MS, HTTP_LIMITS } from './page.js';

/** HTTP without encryption. */
export function startHttpServer(): Promise<Listener> {
  const server = createServer(HTTP_LIMITS, answerRequest);
  server.setTimeout(HTTP_IDLE_MS);
  return listenOnLoopback(server);
}
