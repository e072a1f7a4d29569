import net, { type Socket } from 'node:net';
import { type Attempt, failed, measured, type NotMeasured, unavailable } from '../../model/attempt.js';
import { CREDENTIALS_WITHHELD } from '../../model/failure-code.js';
import type { Clock, Http, HttpObservation, HttpOptions, HttpPartial, Names, TcpFacts } from '../port.js';
import { connectTcp } from '../tcp/tcp-connect.js';
import { noTcpFacts, type ReadTcpFacts } from '../tcp/tcp-facts.js';
import { certificateNames } from '../tls/certificate.js';
import { connectTls } from '../tls/connect.js';
import type { HandshakeState } from '../tls/failure.js';
import { systemTrust, type TrustStore } from '../tls/trust-store.js';
import { exchangeHead } from './exchange.js';
import { createHttpSession } from './session.js';

/** Fields that let whoever reads them act in the user's name (RFC 9110 section 11, RFC 6265). */
const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie']);

/**
 * One HTTP/1.1 request over a connection of its own. TLS is lenient, since the TLS probe judges trust, with one exception: credentials go
 * only to a server whose certificate is trusted and carries the right name.
 */
export function createHttp(
  clock: Clock,
  trust: TrustStore = systemTrust,
  facts: ReadTcpFacts = noTcpFacts,
  names: Pick<Names, 'resolve'> = NO_NAMES,
): Http {
  return {
    session: (keep) => createHttpSession({ clock, trust, facts, names }, keep),
    async firstByte(options) {
      const endsMs = clock.nowMs() + options.timeoutMs;
      const { opened, reached } = options.secure ? await openSecure(clock, trust, options, facts) : await openPlain(clock, options, facts);
      if (opened.kind !== 'measured') return { outcome: opened, reached };
      const { socket, tcpMs, tlsMs, kernel, handshake } = opened.value;
      const left = { ...options, timeoutMs: Math.max(0, endsMs - clock.nowMs()) };
      const head = await exchangeHead(clock, socket, left, handshake);
      const outcome: Attempt<HttpObservation> = head.kind === 'measured' ? measured({ tcpMs, tlsMs, kernel, ...head.value }) : head;
      return { outcome, reached };
    },
  };
}

/** Where only addresses are spoken to. */
const NO_NAMES: Pick<Names, 'resolve'> = {
  resolve: async () => ({ outcome: unavailable('names', 'nothing is looked up here'), queries: [] }),
};

interface Connection {
  socket: Socket;
  tcpMs: number;
  tlsMs: number | null;
  kernel: TcpFacts | null;
  handshake: HandshakeState | null;
}

interface Opened {
  opened: Attempt<Connection>;
  reached: HttpPartial;
}

async function openPlain(clock: Clock, options: HttpOptions, facts: ReadTcpFacts): Promise<Opened> {
  const tcp = await connectTcp(clock, options, facts);
  if (tcp.kind !== 'measured') return { opened: tcp, reached: { tcpMs: null, tlsMs: null } };
  const { socket, connectMs: tcpMs, kernel } = tcp.value;
  return { opened: measured({ socket, tcpMs, tlsMs: null, kernel, handshake: null }), reached: { tcpMs, tlsMs: null, kernel } };
}

async function openSecure(clock: Clock, trust: TrustStore, options: HttpOptions, facts: ReadTcpFacts): Promise<Opened> {
  const withCredentials = Object.keys(options.headers).some((name) => CREDENTIAL_HEADERS.has(name.toLowerCase()));
  // Whether a client certificate is accepted shows in the answer to the request.
  const purpose = { settleTrust: withCredentials, awaitClientVerdict: false };
  const connected = await connectTls(clock, trust, { ...options, alpn: ['http/1.1'] }, purpose, facts);
  const { outcome, kernel } = connected;
  if (outcome.kind !== 'measured') return { opened: outcome, reached: { tcpMs: connected.tcpMs, tlsMs: null, kernel } };
  const { socket, tcpMs, handshakeMs, trustError, chain, clientCertificateRequested } = outcome.value;
  const reached = { tcpMs, tlsMs: handshakeMs, kernel };
  const leaf = chain[0];
  const named = leaf !== undefined && certificateNames(leaf, options.servername, net.isIP(options.servername) !== 0);
  if (withCredentials && (trustError !== null || !named)) {
    socket.destroy();
    return { opened: withheld(trustError), reached };
  }
  const handshake = { clientCertificateRequested, clientCertificateGiven: options.cert !== null };
  return { opened: measured({ socket, tcpMs, tlsMs: handshakeMs, kernel, handshake }), reached };
}

function withheld(trustError: string | null): NotMeasured {
  const why = trustError === null ? 'is for another name' : `is not trusted (${trustError})`;
  return failed('request', CREDENTIALS_WITHHELD, `the credentials were not sent: the certificate of the server ${why}`);
}
