import { expect, it } from 'vitest';
import { tlsLines } from '../../src/render/tls-text.js';
import { INTERMEDIATE, LEAF, tlsFailure, tlsMeasurement } from '../probes/tls/observations.js';

const { data } = tlsMeasurement();

it('tells what was negotiated, by whom it is trusted, and each certificate', () => {
  const leaf = {
    ...LEAF,
    lifetimeDays: 90,
    remainingRatio: 0.654,
    selfSigned: false,
    basicConstraints: { ca: false, pathLength: null },
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['serverAuth'],
    ocspUrls: ['http://ocsp.example.net'],
    crlUrls: [],
    issuerUrls: ['http://ca.example.net/1'],
    mustStaple: true,
    embeddedTimestamps: 2,
  };
  const above = { ...INTERMEDIATE, basicConstraints: { ca: true, pathLength: 0 }, keyUsage: ['keyCertSign'] };
  const lines = tlsLines({
    ...data,
    chain: [leaf, above],
    startTls: 'smtp',
    trustedBy: { node: true, system: true, given: null },
    chainFaults: ['wrong-order', 'root-sent'],
    ocspStaple: { status: 'good', thisUpdate: '2025-06-01T00:00:00.000Z', nextUpdate: '2025-06-08T00:00:00.000Z', fault: null },
    resumption: { resumed: true, method: 'ticket', handshakeMs: 12.34 },
    clientCertificateRequested: true,
  });
  expect(lines).toEqual([
    "SMTP, then TLSv1.3 · TLS_AES_256_GCM_SHA384 · X25519 · ALPN h2 · 42.5 ms · trusted by Node's roots, the store of this machine",
    'certificate 1 of 2: CN=app.example.net',
    '  by CN=Issuing CA 1,O=Example Trust',
    '  until 2025-07-30 (65 % of 90 days left) · EC 256 · ECDSA-SHA256 · must-staple · 2 log timestamps',
    `  for serverAuth, digitalSignature · SHA-256 ${'ab'.repeat(8)}…`,
    '  names app.example.net, www.example.net',
    '  OCSP http://ocsp.example.net',
    '  issuer http://ca.example.net/1',
    'certificate 2 of 2: CN=Issuing CA 1,O=Example Trust',
    '  by CN=Root,O=Example Trust',
    '  until 2030-01-01 · RSA 4096 · RSA-SHA256',
    '  an authority, path length 0 · for keyCertSign',
    'chain sent in the wrong order, with the root, which clients have themselves',
    'stapled OCSP answer: good, until 2025-06-08',
    'session resumed by ticket in 12.3 ms',
    'the server asks for a client certificate',
    'public key sha256//AAAA',
  ]);
});

it('shows the first of many certificates, and counts them all', () => {
  const lines = tlsLines({ ...data, chain: Array.from({ length: 20 }, () => INTERMEDIATE), chainLength: 100, chainFaults: ['too-long'] });
  expect(lines.filter((line) => line.startsWith('certificate ')).length).toBe(6);
  expect(lines).toContain('100 certificates were sent');
});

it.each([
  [{ resumed: false, method: null, handshakeMs: null }, 'session not resumed: the server gave none to resume'],
  [{ resumed: false, method: null, handshakeMs: 5 }, 'session not resumed'],
])('tells what became of a session: %j', (resumption, line) => {
  expect(tlsLines({ ...data, resumption })).toContain(line);
});

it('tells why a staple does not count, and nothing where nothing was shown', () => {
  const ocspStaple = { status: null, thisUpdate: null, nextUpdate: null, fault: 'it cannot be read' };
  expect(tlsLines({ ...data, ocspStaple })).toContain('stapled OCSP answer not to be relied on: it cannot be read');
  expect(tlsLines(tlsFailure({ kind: 'skipped', because: 'why' }).data)).toEqual([]);
});
