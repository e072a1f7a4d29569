import { type Attempt, measured } from '../../../src/model/attempt.js';
import type { Certificate, MeasurementOf } from '../../../src/model/measurement.js';
import { tlsNotTried } from '../../../src/probes/tls/measure.js';

export const STARTED_AT = '2025-06-01T12:00:00.000Z';

/** A leaf as a public authority issues it, half of its time used up. */
export const LEAF: Certificate = {
  subject: 'CN=app.example.net',
  issuer: 'CN=Issuing CA 1,O=Example Trust',
  notBefore: '2025-05-01T00:00:00.000Z',
  notAfter: '2025-07-30T00:00:00.000Z',
  serial: '5a01',
  sha256: 'ab'.repeat(32),
  keyType: 'EC',
  keyBits: 256,
  san: ['app.example.net', 'www.example.net'],
  signatureAlgorithm: 'ECDSA-SHA256',
  issuerPublished: false,
};

export const INTERMEDIATE: Certificate = {
  ...LEAF,
  subject: LEAF.issuer,
  issuer: 'CN=Root,O=Example Trust',
  notBefore: '2020-01-01T00:00:00.000Z',
  notAfter: '2030-01-01T00:00:00.000Z',
  keyType: 'RSA',
  keyBits: 4096,
  san: [],
  signatureAlgorithm: 'RSA-SHA256',
};

type Data = MeasurementOf<'tls'>['data'];

/** A handshake in which everything is well, but for `parts`. */
export function tlsMeasurement(parts: Partial<Data> = {}, attempt: Attempt<null> = measured(null)): MeasurementOf<'tls'> {
  const well: Data = {
    ...tlsNotTried('192.0.2.10', attempt).data,
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    group: 'X25519',
    alpn: 'h2',
    handshakeMs: 42.5,
    trusted: true,
    hostnameMatches: true,
    chain: [LEAF, INTERMEDIATE],
    servername: 'app.example.net',
    clientCertificateRequested: false,
    pin: 'sha256//AAAA',
  };
  return asMeasurement({ ...well, ...parts }, attempt, 'tls');
}

/** A handshake that showed nothing. */
export function tlsFailure(attempt: Attempt<null>): MeasurementOf<'tls'> {
  const { data, method } = tlsNotTried('192.0.2.10', attempt);
  return asMeasurement(data, attempt, method);
}

function asMeasurement(data: Data, attempt: Attempt<null>, method: string | null): MeasurementOf<'tls'> {
  const state = attempt.kind === 'measured' ? { kind: 'measured' as const } : attempt;
  return {
    id: 'm7',
    probe: 'tls',
    target: 'app.example.net:443',
    method,
    startedAt: STARTED_AT,
    durationMs: 50,
    stalledMs: 0,
    attempt: state,
    data,
  };
}
