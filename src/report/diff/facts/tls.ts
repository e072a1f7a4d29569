import type { MeasurementOf } from '../../../model/measurement.js';
import { type Fact, Facts } from '../fact.js';

/** What a server showed in its handshake: the certificate by its fingerprint, issuer, end, names and key, then protocol and suite. */
export function tlsFacts({ target, data }: MeasurementOf<'tls'>): readonly Fact[] {
  const [leaf, ...others] = data.chain;
  const certificate = new Facts('certificate', target);
  if (leaf !== undefined) {
    certificate
      .one('SHA-256', leaf.sha256)
      .one('subject', leaf.subject)
      .one('issuer', leaf.issuer)
      .one('valid from', leaf.notBefore)
      .one('expires', leaf.notAfter)
      .one('key', data.pin)
      .one('kind of key', leaf.keyType === null ? null : `${leaf.keyType}${leaf.keyBits === null ? '' : ` ${leaf.keyBits}`}`)
      .one('signature', leaf.signatureAlgorithm)
      .set('names', leaf.san)
      .set(
        'chain',
        others.map(({ subject, sha256 }) => `${subject} (SHA-256 ${sha256})`),
      )
      .one('trusted', data.trusted)
      .one('matches the name', data.hostnameMatches)
      .optional('why it is not trusted', data.trustError);
    if (data.ocspStaple !== undefined) certificate.optional('stapled status', data.ocspStaple?.status ?? null);
  }
  const { enumeration } = data;
  const protocols = enumeration?.protocols ?? data.protocols;
  const session = new Facts('tls', target)
    .one('protocol', data.protocol)
    .one('cipher suite', data.cipher)
    .one('group', data.group)
    .one('wants a client certificate', data.clientCertificateRequested)
    .set(
      'protocols it has',
      protocols?.filter(({ supported }) => supported === true).map(({ name }) => name),
    )
    .set(
      'suites it has',
      (enumeration?.ciphers ?? data.ciphers)?.map(({ protocol, name }) => `${protocol} ${name}`),
    )
    .set('groups it has', enumeration?.groups?.map(({ name }) => name) ?? data.groups);
  if (data.protocol !== null) session.optional('ALPN', data.alpn);
  return [...certificate.all, ...session.all];
}
