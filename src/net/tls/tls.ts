import type { X509Certificate } from 'node:crypto';
import net from 'node:net';
import { type Attempt, failed, measured } from '../../model/attempt.js';
import type { Clock, TcpFacts, Tls, TlsObservation, TlsOptions } from '../port.js';
import { noTcpFacts, type ReadTcpFacts } from '../tcp/tcp-facts.js';
import { anchorsOf } from './anchors.js';
import { certificateNames, describeCertificate, publicKeyPin } from './certificate.js';
import { inspectPath } from './certificate-path.js';
import { closeTls, connectTls, type TlsConnection } from './connect.js';
import { judgeStaple } from './ocsp-staple.js';
import { resumeSession } from './resumption.js';
import { systemTrust, TRUST_NOT_SETTLED, type TrustStore } from './trust-store.js';

/** TLS handshakes by OpenSSL, as it is inside Node. Each ends by `timeoutMs`, and no connection outlives the call. */
export function createTls(clock: Clock, trust: TrustStore = systemTrust, facts: ReadTcpFacts = noTcpFacts): Tls {
  async function observe(connection: TlsConnection, options: TlsOptions, kernel: TcpFacts | null): Promise<Attempt<TlsObservation>> {
    const { chain, trustError, sentCount: chainLength = chain.length } = connection;
    const now = clock.wallTime();
    const certificates = chain.map((certificate) => describeCertificate(certificate, now));
    const described = certificates.filter((certificate) => certificate !== null);
    if (described.length < certificates.length)
      return failed('handshake', 'certificate-unreadable', 'a certificate has dates that are none');
    const leaf = chain[0];
    return measured({
      tcpMs: connection.tcpMs,
      kernel,
      handshakeMs: connection.handshakeMs,
      protocol: connection.protocol,
      cipher: connection.cipher,
      group: connection.group,
      alpn: connection.alpn,
      trusted: trustError === TRUST_NOT_SETTLED ? null : trustError === null,
      trustError,
      hostnameMatches: leaf !== undefined && certificateNames(leaf, options.servername, net.isIP(options.servername) !== 0),
      chain: described,
      pin: leaf === undefined ? null : publicKeyPin(leaf),
      clientCertificateRequested: connection.clientCertificateRequested,
      chainLength,
      ...(leaf === undefined ? {} : await inspected(connection, leaf, chainLength, options, now)),
    });
  }

  async function inspected(connection: TlsConnection, leaf: X509Certificate, chainLength: number, options: TlsOptions, now: Date) {
    const stores = { ...(await trust.stores()), given: options.ca.length === 0 ? null : anchorsOf(options.ca) };
    const { issuer, ...findings } = inspectPath(connection.chain, chainLength, stores);
    const { staple } = connection;
    return { ...findings, ocspStaple: staple == null ? null : judgeStaple(staple, leaf, issuer, now) };
  }

  return {
    async handshake(options) {
      const purpose = { settleTrust: true, awaitClientVerdict: true };
      const endsMs = clock.nowMs() + options.timeoutMs;
      const { outcome, reached, tcpMs, kernel } = await connectTls(clock, trust, { ...options, requestStaple: true }, purpose, facts);
      if (outcome.kind === 'measured') {
        const observed = await observe(outcome.value, options, kernel);
        if (observed.kind === 'measured' && options.resumption === true) {
          const left = { ...options, timeoutMs: Math.max(0, endsMs - clock.nowMs()) };
          observed.value.resumption = await resumeSession(clock, trust, outcome.value, left, facts);
        }
        await closeTls(outcome.value.socket);
        return observed;
      }
      const shown = reached === null ? null : await observe(reached, options, kernel);
      return {
        ...outcome,
        ...(tcpMs === null ? {} : { tcpMs }),
        ...(shown?.kind === 'measured' ? { reached: shown.value } : {}),
      };
    },
  };
}
