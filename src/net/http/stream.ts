import net, { type Socket } from 'node:net';
import type tls from 'node:tls';
import { type Attempt, failed, measured, type NotMeasured } from '../../model/attempt.js';
import type { ProxyHop } from '../../model/proxy.js';
import type { Origin, TcpFacts } from '../port.js';
import { connectTcp } from '../tcp/tcp-connect.js';
import { certificateNames } from '../tls/certificate.js';
import { closeTls, shakeHands, type TlsConnection } from '../tls/connect.js';
import type { HandshakeState } from '../tls/failure.js';
import { ISSUER_UNKNOWN, type TrustStore } from '../tls/trust-store.js';
import { connectThroughProxy, connectToProxy, type ProxyParts } from './proxy.js';

/** What streams are made with. */
export type StreamParts = ProxyParts;

export interface StreamOptions extends Origin {
  /** Name or IP address of the destination, as the proxy is told it where there is one. */
  host: string;
  /** IP address that is connected to. `null`: the name was not resolved here, and a proxy does it. */
  address: string | null;
  port: number;
  /** Whether TLS follows behind TCP (and the proxy). */
  secure: boolean;
  servername: string;
  ca: readonly string[];
  cert: string | null;
  key: string | null;
  /** RFC 7301 names to offer; empty: none. */
  alpn: readonly string[];
  /** The proxy on the way; `null`: none. */
  via: ProxyHop | null;
  /** Whether an HTTP proxy opens a tunnel for a plain connection too, as it does for TLS. Absent: it is asked for the URL itself. */
  tunnel?: boolean;
  /** For the whole: TCP, proxy and TLS together. */
  timeoutMs: number;
  signal: AbortSignal;
}

/** How long each part took; `null` where it was not reached or is not part of the way. */
export interface StreamTimes {
  tcpMs: number | null;
  /** From the connection to the proxy to its word that the destination is connected. */
  proxyMs: number | null;
  tlsMs: number | null;
  kernel: TcpFacts | null;
}

export interface OpenStream {
  /** Connected, and behind its handshake where it is a TLS socket. It has an `error` listener that does nothing. The caller destroys it. */
  socket: Socket;
  times: StreamTimes;
  /** What was negotiated; `null` on a plain connection. */
  secure: (Omit<TlsConnection, 'socket' | 'chain'> & { chain: TlsConnection['chain']; hostnameMatches: boolean }) | null;
  /** For naming what ends the connection later; `null` on a plain connection. */
  handshake: HandshakeState | null;
}

/** Opens a raw connection: to the destination, or through a proxy to it. Failures as of `connectTcp`, or of the proxy. */
type Reach = (
  timeoutMs: number,
) => Promise<{ outcome: Attempt<{ socket: Socket; tcpMs: number; proxyMs: number | null; kernel: TcpFacts | null }> }>;

/**
 * TCP, then the proxy, then TLS without rejection, as far as they belong to the way. Failures have step `connect` (an errno, or what the
 * proxy said), `handshake`, or `configure` where an address, certificate or key cannot be used at all.
 *
 * An issuer that only the system store knows costs a second connection, which is not timed: see {@link TrustStore}.
 */
export async function openStream(
  parts: StreamParts,
  options: StreamOptions,
): Promise<{ opened: Attempt<OpenStream>; reached: StreamTimes }> {
  const endsMs = parts.clock.nowMs() + options.timeoutMs;
  const leftMs = () => Math.max(0, endsMs - parts.clock.nowMs());
  const { adopted } = parts.trust;
  const first = await openOnce(parts, options, leftMs);
  if (first.opened.kind !== 'measured') return first;
  const { secure } = first.opened.value;
  if (secure === null || !ISSUER_UNKNOWN.has(secure.trustError ?? '')) return first;
  if (!(await parts.trust.adoptIssuersOf(secure.chain, adopted))) return first;
  // The first is closed ahead: some servers serve one client after the other, and would keep the second waiting for its end.
  await closeTls(first.opened.value.socket as tls.TLSSocket);
  const again = await openOnce(parts, options, leftMs);
  if (again.opened.kind === 'measured') again.opened.value.times = first.opened.value.times;
  return { opened: again.opened, reached: first.reached };
}

/** Whether a certificate stands for the right server: trusted, and with its name. A plain connection has nothing that could be wrong. */
export function isTrusted({ secure }: Pick<OpenStream, 'secure'>): boolean {
  return secure === null || (secure.trustError === null && secure.hostnameMatches);
}

async function openOnce(
  parts: StreamParts,
  options: StreamOptions,
  leftMs: () => number,
): Promise<{ opened: Attempt<OpenStream>; reached: StreamTimes }> {
  const nothing: StreamTimes = { tcpMs: null, proxyMs: null, tlsMs: null, kernel: null };
  let context: tls.SecureContext | null = null;
  if (options.secure) {
    try {
      context = parts.trust.context({ ca: options.ca, cert: options.cert, key: options.key });
    } catch (error) {
      return { opened: unusable(error), reached: nothing };
    }
  }
  const { outcome } = await reachOf(parts, options)(leftMs());
  if (outcome.kind !== 'measured') return { opened: outcome, reached: nothing };
  const { socket, tcpMs, proxyMs, kernel } = outcome.value;
  const plain: StreamTimes = { tcpMs, proxyMs, tlsMs: null, kernel };
  if (context === null) return { opened: measured({ socket, times: plain, secure: null, handshake: null }), reached: plain };

  const handshakeOptions = { ...options, address: '', ca: [...options.ca], alpn: [...options.alpn], timeoutMs: leftMs() };
  const shaken = await shakeHands(parts.clock, { socket, connectMs: tcpMs }, context, handshakeOptions, false);
  if (shaken.outcome.kind !== 'measured') return { opened: shaken.outcome, reached: plain };
  const { socket: secured, ...negotiated } = shaken.outcome.value;
  const times = { ...plain, tlsMs: negotiated.handshakeMs };
  const leaf = negotiated.chain[0];
  const hostnameMatches = leaf !== undefined && certificateNames(leaf, options.servername, net.isIP(options.servername) !== 0);
  const handshake = { clientCertificateRequested: negotiated.clientCertificateRequested, clientCertificateGiven: options.cert !== null };
  return { opened: measured({ socket: secured, times, secure: { ...negotiated, hostnameMatches }, handshake }), reached: times };
}

function reachOf(parts: StreamParts, options: StreamOptions): Reach {
  const { clock, facts } = parts;
  const { address, port, via, signal, source, interface: link } = options;
  const origin = { ...(source === undefined ? {} : { source }), ...(link === undefined ? {} : { interface: link }) };
  return async (timeoutMs) => {
    if (via !== null) {
      const limits = { ...origin, timeoutMs, signal, ca: options.ca };
      // A plain request goes to an HTTP proxy itself, in absolute form.
      const asked = !options.secure && options.tunnel !== true && (via.kind === 'http' || via.kind === 'https');
      const { reached: _reached, ...outcome } = asked
        ? await connectToProxy(parts, via, limits)
        : await connectThroughProxy(parts, via, { host: options.host, address, port }, limits);
      return { outcome };
    }
    if (address === null) return { outcome: failed('configure', 'EINVAL', 'there is no address to connect to') };
    const tcp = await connectTcp(clock, { ...origin, address, port, timeoutMs, signal }, facts);
    if (tcp.kind !== 'measured') return { outcome: tcp };
    const { socket, connectMs: tcpMs, kernel } = tcp.value;
    return { outcome: measured({ socket, tcpMs, proxyMs: null, kernel }) };
  };
}

/** OpenSSL names what is wrong, never what it read; its text still stays inside. */
function unusable(error: unknown): NotMeasured {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'EINVAL';
  return failed('configure', code, `OpenSSL cannot use the given trust anchors, client certificate or key (${code})`);
}
