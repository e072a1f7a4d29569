import { createServer } from 'node:https';
import type { LabCertificates } from './certificate.js';
import { type Listener, listenOnLoopback } from './loopback-listener.js';
import { answerRequest, HTTP_IDLE_MS, HTTP_LIMITS } from './page.js';

const HANDSHAKE_TIMEOUT_MS = 5000;

/** HTTPS over TLS 1.2 and 1.3. It sends its own certificate; the authority that signed it is the root, which a server leaves out. */
export function startHttpsServer({ certificate, key }: Pick<LabCertificates, 'certificate' | 'key'>): Promise<Listener> {
  const server = createServer(
    { ...HTTP_LIMITS, cert: certificate, key, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3', handshakeTimeout: HANDSHAKE_TIMEOUT_MS },
    answerRequest,
  );
  server.setTimeout(HTTP_IDLE_MS);
  return listenOnLoopback(server);
}
