import { createHash } from 'node:crypto';
import net from 'node:net';
import { type Attempt, failed, measured, type NotMeasured } from '../../model/attempt.js';
import { HOSTNAME_MISMATCH, NO_HTTP2 } from '../../model/failure-code.js';
import type { WaitLimits } from '../bounded-wait.js';
import type { Clock, DnsQuestion } from '../port.js';
import { connectTcp } from '../tcp/tcp-connect.js';
import { noTcpFacts } from '../tcp/tcp-facts.js';
import { certificateNames } from '../tls/certificate.js';
import { closeTls, connectTls } from '../tls/connect.js';
import type { TrustStore } from '../tls/trust-store.js';
import type { DnsConnection } from './connection.js';
import { authorityOf, DEFAULT_PATH } from './observation.js';
import { DnsStream } from './stream.js';

export interface Opened {
  outcome: Attempt<DnsConnection>;
  /** Of a connection that stood, although it may not be used. */
  setUp: DnsConnection['setUp'] | null;
}

/** What must be the same for two questions to share a connection. */
export function connectionKey({ transport, server, port, security }: DnsQuestion): string {
  const anchors = createHash('sha256')
    .update(JSON.stringify(security?.ca ?? []))
    .digest('base64');
  return [transport, server, port, security?.servername ?? '', security?.strict ?? true, anchors].join(' ');
}

/**
 * Connects for a question over `tcp` (and for one over `udp` whose answer was truncated), `tls` or `https`. A certificate that is not trusted,
 * or is somebody else's, ends it, unless that was not wanted (RFC 8310): `failed` with step `handshake` and OpenSSL's code or
 * {@link HOSTNAME_MISMATCH}. A server that does not choose HTTP/2 is {@link NO_HTTP2}.
 */
export async function openDnsConnection(clock: Clock, trust: TrustStore, question: DnsQuestion, limits: WaitLimits): Promise<Opened> {
  const { server: address, port, transport } = question;
  if (transport === 'udp' || transport === 'tcp') {
    const tcp = await connectTcp(clock, { address, port, ...limits });
    if (tcp.kind !== 'measured') return { outcome: tcp, setUp: null };
    const { socket, connectMs } = tcp.value;
    const setUp = { tcpMs: connectMs, tlsMs: null, protocol: null };
    return { outcome: measured(new DnsStream(socket, setUp, () => socket.destroy())), setUp };
  }
  return openEncrypted(clock, trust, question, limits);
}

async function openEncrypted(clock: Clock, trust: TrustStore, question: DnsQuestion, limits: WaitLimits): Promise<Opened> {
  const { server: address, port, transport, security } = question;
  const servername = security?.servername ?? address;
  const alpn = transport === 'https' ? ['h2'] : [];
  const options = { address, port, servername, ca: [...(security?.ca ?? [])], cert: null, key: null, alpn, ...limits };
  const { outcome, tcpMs } = await connectTls(clock, trust, options, { settleTrust: true, awaitClientVerdict: false }, noTcpFacts);
  if (outcome.kind !== 'measured') {
    // RFC 7301 section 3.2: so a server says that it speaks none of the protocols it was offered.
    const noHttp2 = transport === 'https' && outcome.kind === 'failed' && outcome.code === 'alert no_application_protocol';
    if (noHttp2)
      return {
        outcome: failed('handshake', NO_HTTP2, 'the server does not speak HTTP/2'),
        setUp: tcpMs === null ? null : { tcpMs, tlsMs: null, protocol: null },
      };
    return { outcome, setUp: tcpMs === null ? null : { tcpMs, tlsMs: null, protocol: null } };
  }
  const { socket, handshakeMs, protocol, trustError, chain, alpn: chosen } = outcome.value;
  const setUp = { tcpMs: outcome.value.tcpMs, tlsMs: handshakeMs, protocol };
  const refusal =
    certificateRefusal({ strict: security?.strict ?? true, servername, trustError, leaf: chain[0] }) ??
    (transport === 'https' && chosen !== 'h2'
      ? failed('handshake', NO_HTTP2, `the server does not speak HTTP/2${chosen === null ? '' : ` (it chose ${chosen})`}`)
      : null);
  if (refusal !== null) {
    await closeTls(socket);
    return { outcome: refusal, setUp };
  }
  const close = () => void closeTls(socket);
  if (transport === 'tls') {
    return { outcome: measured(new DnsStream(socket, setUp, close)), setUp };
  }
  // HTTP/2 is loaded by those alone who speak it.
  const { DnsHttps } = await import('./https.js');
  const authority = authorityOf({ address, port, servername: security?.servername ?? null });
  return { outcome: measured(new DnsHttps(socket, setUp, { authority, path: question.path ?? DEFAULT_PATH })), setUp };
}

function certificateRefusal(certificate: {
  strict: boolean;
  servername: string;
  trustError: string | null;
  leaf: Parameters<typeof certificateNames>[0] | undefined;
}): NotMeasured | null {
  const { strict, servername, trustError, leaf } = certificate;
  if (!strict) return null;
  if (trustError !== null) return failed('handshake', trustError, `the certificate of the server is not trusted (${trustError})`);
  if (leaf !== undefined && certificateNames(leaf, servername, net.isIP(servername.replace(/%.*$/, '')) !== 0)) return null;
  return failed('handshake', HOSTNAME_MISMATCH, `the certificate of the server is not for ${servername}`);
}
