import { failed } from '../../model/attempt.js';
import { CREDENTIALS_WITHHELD } from '../../model/failure-code.js';
import type { HttpExchange, HttpExchangeOptions, HttpSecurity, HttpSession, HttpTimes } from '../port.js';
import type { HttpConnection } from './connection.js';
import { Http1Connection } from './http1-connection.js';
import { isTrusted, type OpenStream, openStream, type StreamParts } from './stream.js';

const NOT_REACHED: HttpTimes = { tcpMs: null, proxyMs: null, tlsMs: null, kernel: null };

interface Kept {
  connection: HttpConnection;
  security: HttpSecurity | null;
  /** Whether credentials may go over it. */
  trusted: boolean;
}

/** HTTP over connections of our own: see `Http.session` of the port. */
export function createHttpSession(parts: StreamParts, keep: boolean): HttpSession {
  const kept = new Map<string, Kept>();
  const open = new Set<HttpConnection>();
  let closed = false;

  async function onNewConnection(options: HttpExchangeOptions, key: string): Promise<HttpExchange> {
    const alpn = options.versions.map((version) => (version === '2' ? 'h2' : 'http/1.1'));
    // Loaded by those who speak it, and ahead of the connection, whose server should not have to wait.
    const second =
      options.versions.includes('2') && (options.secure || !options.versions.includes('1.1'))
        ? await import('./http2-connection.js')
        : null;
    const { opened, reached } = await openStream(parts, { ...options, alpn: options.secure ? alpn : [] });
    if (opened.kind !== 'measured') return { outcome: opened, reached, reused: false, security: null, sent: false };
    const stream = opened.value;
    const security = securityOf(stream);
    const refused = closed ? failed('request', 'closed', 'the session was closed') : refusal(options, stream);
    if (refused !== null) {
      stream.socket.destroy();
      return { outcome: refused, reached, reused: false, security, sent: false };
    }
    const connection = speak(options, stream, second);
    open.add(connection);
    const { outcome, written } = await connection.send(options);
    if (keep && connection.usable()) kept.set(key, { connection, security, trusted: isTrusted(stream) });
    else {
      connection.close();
      open.delete(connection);
    }
    return { outcome, reached, reused: false, security, sent: written };
  }

  function speak(
    options: HttpExchangeOptions,
    { socket, secure, handshake }: OpenStream,
    http2: typeof import('./http2-connection.js') | null,
  ): HttpConnection {
    // Without TLS nothing negotiates: HTTP/2 takes prior knowledge (RFC 9113 section 3.3), so it is spoken where nothing else may be.
    const second = secure === null ? !options.versions.includes('1.1') : secure.alpn === 'h2';
    return second && http2 !== null
      ? new http2.Http2Connection(parts.clock, socket, handshake, { secure: secure !== null, authority: options.authority, keep })
      : new Http1Connection(parts.clock, socket, handshake, keep);
  }

  return {
    async exchange(options) {
      const key = originKey(options);
      const known = kept.get(key);
      if (known === undefined) return onNewConnection(options, key);
      if (!known.connection.usable() || (options.confidential && !known.trusted)) {
        kept.delete(key);
        open.delete(known.connection);
        known.connection.close();
        return onNewConnection(options, key);
      }
      const { outcome, written } = await known.connection.send(options);
      if (!known.connection.usable()) {
        kept.delete(key);
        open.delete(known.connection);
      }
      // A server may close a connection that is kept at any time (RFC 9112 section 9.3.1): what it never began to answer is asked anew.
      if (outcome.kind === 'failed' && outcome.step === 'response' && CLOSED_IDLE.has(outcome.code) && isSafe(options.method) && !closed) {
        return onNewConnection(options, key);
      }
      return { outcome, reached: NOT_REACHED, reused: true, security: known.security, sent: written };
    },
    close() {
      closed = true;
      for (const connection of open) connection.close();
      open.clear();
      kept.clear();
    },
  };
}

const CLOSED_IDLE: ReadonlySet<string> = new Set(['EOF', 'ECONNRESET', 'EPIPE', 'goaway']);

/** RFC 9110 section 9.2.1. */
function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

function originKey({ secure, host, address, port, servername, via, versions }: HttpExchangeOptions): string {
  return JSON.stringify([secure, host, address, port, servername, via?.host ?? null, via?.port ?? null, versions]);
}

function securityOf({ secure }: OpenStream): HttpSecurity | null {
  if (secure === null) return null;
  const { protocol, cipher, alpn, trustError, hostnameMatches, chain } = secure;
  const leaf = chain[0];
  return {
    protocol,
    cipher,
    alpn,
    trustError,
    hostnameMatches,
    selfSigned: chain.length === 1 && leaf !== undefined && leaf.subject === leaf.issuer,
  };
}

/** Why the request is not sent on this connection; `null` where it is. */
function refusal(options: HttpExchangeOptions, stream: OpenStream): HttpExchange['outcome'] | null {
  const { secure } = stream;
  if (options.confidential && !isTrusted(stream)) {
    const error = secure?.trustError ?? null;
    const why = error === null ? 'is for another name' : `is not trusted (${error})`;
    return failed('request', CREDENTIALS_WITHHELD, `the credentials were not sent: the certificate of the server ${why}`);
  }
  if (secure !== null && secure.alpn !== 'h2' && !options.versions.includes('1.1')) {
    return failed('handshake', 'no-http2', 'the server does not take up HTTP/2 (ALPN)');
  }
  return null;
}
