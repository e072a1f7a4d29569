import net from 'node:net';
import { type Attempt, failed, measured } from '../model/attempt.js';
import { certificateNames, describeCertificate, publicKeyPin } from './certificate.js';
import type { Clock, TcpFacts, Tls, TlsObservation } from './port.js';
import { noTcpFacts, type ReadTcpFacts } from './tcp-facts.js';
import { closeTls, connectTls, type TlsConnection } from './tls-connect.js';
import { systemTrust, type TrustStore } from './trust-store.js';

/** TLS handshakes by OpenSSL, as it is inside Node. Each ends by `timeoutMs`, and no connection outlives the call. */
export function createTls(clock: Clock, trust: TrustStore = systemTrust, facts: ReadTcpFacts = noTcpFacts): Tls {
  return {
    async handshake(options) {
      const purpose = { settleTrust: true, awaitClientVerdict: true };
      const { outcome, reached, tcpMs, kernel } = await connectTls(clock, trust, options, purpose, facts);
      if (outcome.kind === 'measured') {
        const observed = observe(outcome.value, options.servername, kernel);
        await closeTls(outcome.value.socket);
        return observed;
      }
      const shown = reached === null ? null : observe(reached, options.servername, kernel);
      return {
        ...outcome,
        ...(tcpMs === null ? {} : { tcpMs }),
        ...(shown?.kind === 'measured' ? { reached: shown.value } : {}),
      };
    },
  };
}

function observe(connection: TlsConnection, servername: string, kernel: TcpFacts | null): Attempt<TlsObservation> {
  const { chain, trustError } = connection;
  const certificates = chain.map(describeCertificate);
  const described = certificates.filter((certificate) => certificate !== null);
  if (described.length < certificates.length) return failed('handshake', 'certificate-unreadable', 'a certificate has dates that are none');
  const leaf = chain[0];
  return measured({
    tcpMs: connection.tcpMs,
    kernel,
    handshakeMs: connection.handshakeMs,
    protocol: connection.protocol,
    cipher: connection.cipher,
    group: connection.group,
    alpn: connection.alpn,
    trusted: trustError === null,
    trustError,
    hostnameMatches: leaf !== undefined && certificateNames(leaf, servername, net.isIP(servername) !== 0),
    chain: described,
    pin: leaf === undefined ? null : publicKeyPin(leaf),
    clientCertificateRequested: connection.clientCertificateRequested,
  });
}
