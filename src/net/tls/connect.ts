import type { X509Certificate } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import { type Attempt, failed, measured, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import { END_OF_STREAM, INCOMPLETE } from '../../model/failure-code.js';
import { boundedWait } from '../bounded-wait.js';
import type { Clock, TcpFacts, TlsOptions } from '../port.js';
import { connectTcp, type TcpConnection } from '../tcp/tcp-connect.js';
import type { ReadTcpFacts } from '../tcp/tcp-facts.js';
import { sentChain, sentCount } from './certificate.js';
import { handshakeFailure } from './failure.js';
import { startTls } from './start-tls.js';
import { ISSUER_UNKNOWN, TRUST_NOT_SETTLED, type TrustStore } from './trust-store.js';

export interface TlsConnection {
  /** The caller destroys it. It has an `error` listener that does nothing. */
  socket: tls.TLSSocket;
  tcpMs: number;
  /** From the ClientHello to our Finished. */
  handshakeMs: number;
  /** `TLSv1.3`. */
  protocol: string;
  /** By its name in RFC 8446, or in OpenSSL below TLS 1.3. */
  cipher: string;
  /** Of the key exchange; `null` where there was none, or one that OpenSSL does not tell. */
  group: string | null;
  alpn: string | null;
  /** OpenSSL's verdict on the chain alone, without host name, or {@link TRUST_NOT_SETTLED}; `null` where it is trusted. */
  trustError: string | null;
  /** As sent, leaf first. */
  chain: X509Certificate[];
  /** `null` below TLS 1.2, where it cannot be told. */
  clientCertificateRequested: boolean | null;
  /** How many certificates were sent, where {@link chain} has only the first of them. */
  sentCount?: number;
  /** DER of the OCSP answer that was stapled; `null`: there was none, absent: it was not asked for. */
  staple?: Uint8Array | null;
  /** To resume this session by. In TLS 1.3 it comes after the handshake, so `null` can still become one. */
  session?: Buffer | null;
  /** Whether the session that was offered is gone on with. */
  resumed?: boolean;
}

/** What {@link connectTls} can do beside shaking hands. */
export interface ConnectOptions extends TlsOptions {
  /** Ask for a stapled OCSP answer (RFC 6066 section 8). */
  requestStaple?: boolean;
  /** One of an earlier connection, to be resumed. */
  session?: Buffer;
}

export interface TlsConnected {
  outcome: Attempt<TlsConnection>;
  /** `null` where TCP did not connect. */
  tcpMs: number | null;
  /** The kernel's facts when TCP stood; `null` where it did not, or they cannot be had. */
  kernel: TcpFacts | null;
  /** What was negotiated although the outcome is a failure: the server turned us down right after the handshake. Its socket is destroyed. */
  reached: TlsConnection | null;
}

export interface TlsPurpose {
  /** Ask the system store where Node's roots and the given ones do not know the issuer: see {@link TrustStore}. */
  settleTrust: boolean;
  /**
   * In TLS 1.3 the server judges the client certificate after our handshake is done. Wait for its verdict, where it asked for one: about a
   * round trip. Servers that did not ask cost nothing.
   */
  awaitClientVerdict: boolean;
}

/** No verdict after the larger of this and twice the time so far: servers that accept without a word (no session tickets) do so. */
const VERDICT_WAIT_MS = 250;
/** A session ticket, or anything else that is said, or an orderly end. */
const SIGNS_OF_ACCEPTANCE = ['session', 'data', 'end'] as const;

/**
 * TCP, then TLS without rejection; the whole within `timeoutMs`, however slowly the other side sends. Where the trust needs a second
 * handshake, that is the connection handed out, with the times of the first; where it fails, the first comes closed, its `trustError` being
 * {@link TRUST_NOT_SETTLED}.
 */
export async function connectTls(
  clock: Clock,
  trust: TrustStore,
  options: ConnectOptions,
  purpose: TlsPurpose,
  facts: ReadTcpFacts,
): Promise<TlsConnected> {
  const endsMs = clock.nowMs() + options.timeoutMs;
  const { adopted } = trust;
  const first = await connectOnce(clock, trust, options, purpose.awaitClientVerdict, facts);
  const shown = first.outcome.kind === 'measured' ? first.outcome.value : first.reached;
  if (!purpose.settleTrust || shown === null || !ISSUER_UNKNOWN.has(shown.trustError ?? '')) return first;
  if (!(await trust.adoptIssuersOf(shown.chain, adopted))) return first;

  // The first is closed ahead: some servers serve one client after the other, and would keep the second waiting for its end.
  await closeTls(shown.socket);
  const again = { ...options, timeoutMs: Math.max(0, endsMs - clock.nowMs()) };
  const { outcome } = await connectOnce(clock, trust, again, false, facts);
  if (outcome.kind !== 'measured') {
    shown.trustError = TRUST_NOT_SETTLED;
    return first;
  }
  shown.trustError = outcome.value.trustError;
  if (first.outcome.kind !== 'measured') {
    await closeTls(outcome.value.socket);
    return first;
  }
  const { tcpMs, handshakeMs, clientCertificateRequested } = shown;
  return { ...first, outcome: measured(Object.assign(outcome.value, { tcpMs, handshakeMs, clientCertificateRequested })) };
}

/**
 * Closes in good order. At the moment of `secureConnect` our Finished is still on its way out of OpenSSL: a socket destroyed there would
 * leave the server with half a handshake, and an error in its log.
 */
export async function closeTls(socket: tls.TLSSocket): Promise<void> {
  socket.end();
  await new Promise(setImmediate);
  socket.destroy();
}

async function connectOnce(
  clock: Clock,
  trust: TrustStore,
  options: ConnectOptions,
  awaitClientVerdict: boolean,
  facts: ReadTcpFacts,
): Promise<TlsConnected> {
  const endsMs = clock.nowMs() + options.timeoutMs;
  let context: tls.SecureContext;
  try {
    context = trust.context(options);
  } catch (error) {
    return { outcome: unusable(error), tcpMs: null, kernel: null, reached: null };
  }
  const tcp = await connectTcp(clock, options, facts);
  if (tcp.kind !== 'measured') return { outcome: tcp, tcpMs: null, kernel: null, reached: null };
  const left = { ...options, timeoutMs: Math.max(0, endsMs - clock.nowMs()) };
  const { connectMs: tcpMs, kernel } = tcp.value;
  if (options.startTls) {
    const begun = await startTls(clock, tcp.value.socket, options.startTls, { ...left, host: options.servername });
    if (begun.kind !== 'measured') return { outcome: begun, tcpMs, kernel, reached: null };
    left.timeoutMs = Math.max(0, endsMs - clock.nowMs());
  }
  return { tcpMs, kernel, ...(await shakeHands(clock, tcp.value, context, left, awaitClientVerdict)) };
}

/** OpenSSL names what is wrong, never what it read; its text still stays inside. */
function unusable(error: unknown): NotMeasured {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'EINVAL';
  return failed('configure', code, `OpenSSL cannot use the given trust anchors, client certificate or key (${code})`);
}

export function shakeHands(
  clock: Clock,
  { socket, connectMs }: Pick<TcpConnection, 'socket' | 'connectMs'>,
  secureContext: tls.SecureContext,
  options: ConnectOptions,
  awaitClientVerdict: boolean,
): Promise<Pick<TlsConnected, 'outcome' | 'reached'>> {
  const startedMs = clock.nowMs();
  // A proxy's word, or what was said in plain text, came ahead.
  const bytesAhead = socket.bytesRead;
  let clientCertificateRequested: boolean | null = null;
  let reached: TlsConnection | null = null;
  let staple: Uint8Array | null = null;
  const end = (outcome: NotMeasured) => {
    socket.destroy();
    return { outcome, reached };
  };

  return boundedWait<Pick<TlsConnected, 'outcome' | 'reached'>>(options, {
    begin(settle) {
      let secure: tls.TLSSocket;
      try {
        secure = beginTls(socket, secureContext, options);
      } catch (error) {
        settle(end(unusable(error)));
        return () => {};
      }
      let verdictTimer: NodeJS.Timeout | undefined;
      const fail = (error: Error) => {
        secure.destroy();
        settle(end(handshakeFailure(error, { clientCertificateRequested, clientCertificateGiven: options.cert !== null })));
      };
      const accept = () => {
        if (reached !== null) settle({ outcome: measured(reached), reached: null });
      };
      // OpenSSL tells the signature algorithms of a CertificateRequest (TLS 1.2 and later); a client knows them from nothing else. Its
      // keys are due when the request has been read, also where the handshake then fails. They are not looked at.
      const lookForRequest = () => {
        if ((secure.getSharedSigalgs() ?? []).length > 0) clientCertificateRequested = true;
      };
      // An error of the socket below, such as a reset, only closes this one.
      const closed = () => fail(socket.errored ?? Object.assign(new Error(END_OF_STREAM), { code: 'ECONNRESET' }));
      // A reset that the write of the ClientHello met is lost inside Node, and what is read then is an end. After a real end the socket
      // still has a peer; after a reset it has none (getpeername(2), ENOTCONN).
      const ended = () => {
        if (secure.remoteAddress === undefined) fail(Object.assign(new Error('reset'), { code: 'ECONNRESET', syscall: 'read' }));
      };
      const stapled = (response: Uint8Array | null) => {
        staple = response === null || response.length === 0 ? null : response;
      };
      const shaken = () => {
        const handshakeMs = clock.nowMs() - startedMs;
        lookForRequest();
        const protocol = secure.getProtocol() ?? 'unknown';
        if (protocol === 'TLSv1.2' || protocol === 'TLSv1.3') clientCertificateRequested ??= false;
        reached = { tcpMs: connectMs, handshakeMs, protocol, clientCertificateRequested, ...negotiated(secure) };
        if (options.requestStaple === true) reached.staple = staple;
        keepSession(secure, reached);
        if (!(awaitClientVerdict && clientCertificateRequested === true && protocol === 'TLSv1.3')) {
          accept();
          return;
        }
        for (const event of SIGNS_OF_ACCEPTANCE) secure.once(event, accept);
        verdictTimer = setTimeout(accept, Math.max(VERDICT_WAIT_MS, 2 * (connectMs + handshakeMs)));
      };
      secure.on('error', () => {});
      secure.on('error', fail);
      secure.on('keylog', lookForRequest);
      secure.once('OCSPResponse', stapled);
      secure.prependOnceListener('end', ended);
      secure.once('close', closed);
      secure.once('secureConnect', shaken);
      return () => {
        clearTimeout(verdictTimer);
        secure.off('error', fail);
        secure.off('keylog', lookForRequest);
        secure.off('OCSPResponse', stapled);
        secure.off('end', ended);
        secure.off('close', closed);
        secure.off('secureConnect', shaken);
        for (const event of SIGNS_OF_ACCEPTANCE) secure.off(event, accept);
      };
    },
    timedOut() {
      if (reached !== null) return { outcome: measured(reached), reached: null };
      const waitedMs = clock.nowMs() - startedMs;
      const bytes = socket.bytesRead - bytesAhead;
      if (bytes === 0) return end(unanswered('handshake', waitedMs));
      const message = `${bytes} bytes came within ${Math.round(waitedMs)} ms, and the handshake was not finished`;
      return end(failed('handshake', INCOMPLETE, message));
    },
    interrupted: () => end(skipped('interrupted')),
  });
}

/** The session of TLS 1.3 comes with its tickets, behind the handshake; the last one is kept. */
function keepSession(secure: tls.TLSSocket, connection: TlsConnection): void {
  connection.resumed = secure.isSessionReused();
  connection.session = connection.protocol === 'TLSv1.3' ? null : (secure.getSession() ?? null);
  secure.on('session', (session: Buffer) => {
    connection.session = session;
  });
}

function negotiated(
  secure: tls.TLSSocket,
): Pick<TlsConnection, 'socket' | 'cipher' | 'group' | 'alpn' | 'trustError' | 'chain' | 'sentCount'> {
  const leaf = secure.getPeerX509Certificate();
  return {
    socket: secure,
    cipher: secure.getCipher().name,
    group: groupOf(secure),
    alpn: secure.alpnProtocol || null,
    // Node's types call it an Error; it is a code.
    trustError: secure.authorized ? null : String(secure.authorizationError ?? 'UNSPECIFIED'),
    chain: sentChain(leaf),
    sentCount: sentCount(leaf),
  };
}

function groupOf(secure: tls.TLSSocket): string | null {
  const exchange = secure.getEphemeralKeyInfo();
  if (exchange === null || !('type' in exchange)) return null;
  return exchange.type === 'DH' ? `DH ${exchange.size}` : (exchange.name ?? null);
}

function beginTls(socket: net.Socket, secureContext: tls.SecureContext, options: ConnectOptions): tls.TLSSocket {
  const { servername, sendServername, alpn, requestStaple, session } = options;
  return tls.connect({
    socket,
    secureContext,
    rejectUnauthorized: false,
    // Judged apart, so that a wrong name is not taken for a lack of trust.
    checkServerIdentity: () => undefined,
    // RFC 6066 section 3: no address.
    ...(net.isIP(servername) === 0 && sendServername !== false ? { servername } : {}),
    ...(alpn.length === 0 ? {} : { ALPNProtocols: [...alpn] }),
    ...(requestStaple === true ? { requestOCSP: true } : {}),
    ...(session === undefined ? {} : { session }),
  });
}
