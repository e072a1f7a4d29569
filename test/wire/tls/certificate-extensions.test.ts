import { describe, expect, it } from 'vitest';
import { readCertificateExtensions } from '../../../src/wire/tls/certificate-extensions.js';
import { parseCertificateOutline } from '../../../src/wire/tls/certificate-outline.js';
import { forbiddenName } from '../../../src/wire/tls/name-constraints.js';
import { type CertificateParts, makeCertificate, makeRoot } from '../../fakes/x509.mjs';

const issuer = makeRoot('CN=Root');

function read(parts: CertificateParts) {
  const outline = parseCertificateOutline(makeCertificate({ subject: 'CN=a', issuer, ...parts }).der);
  if (!outline.ok) throw new Error(outline.refusal);
  return readCertificateExtensions(outline.value.extensions);
}

describe('the extensions of a certificate', () => {
  it('are read, one by one', () => {
    const found = read({
      ca: { pathLength: 3 },
      uses: ['digitalSignature', 'keyCertSign'],
      purposes: ['serverAuth', 'OCSPSigning'],
      ocsp: 'http://o.example',
      issuerUrl: 'http://i.example',
      crl: 'http://c.example',
      mustStaple: true,
      critical: '1.3.6.1.4.1.32473.1',
      constraints: { permitted: ['Example.NET'] },
    });
    expect(found).toMatchObject({
      basicConstraints: { ca: true, pathLength: 3 },
      keyUsage: ['digitalSignature', 'keyCertSign'],
      extendedKeyUsage: ['serverAuth', 'OCSPSigning'],
      ocspUrls: ['http://o.example'],
      issuerUrls: ['http://i.example'],
      crlUrls: ['http://c.example'],
      mustStaple: true,
      unknownCritical: ['1.3.6.1.4.1.32473.1'],
      nameConstraints: { permittedDns: ['example.net'], excludedDns: [] },
      embeddedTimestamps: null,
    });
    expect(found.authorityKeyIdentifier).toMatch(/^[0-9a-f]{40}$/);
    expect(found.authorityKeyIdentifier).not.toBe(found.subjectKeyIdentifier);
  });

  it('are null where they are absent', () => {
    expect(read({})).toMatchObject({
      basicConstraints: null,
      keyUsage: null,
      extendedKeyUsage: null,
      nameConstraints: null,
      mustStaple: false,
    });
  });
});

describe('name constraints', () => {
  const none = { permittedDns: [], excludedDns: [], permittedIp: [], excludedIp: [] };
  it.each([
    [{ permittedDns: ['example.net'] }, ['example.net', 'a.example.net', '*.example.net'], null],
    [{ permittedDns: ['example.net'] }, ['a.example.net', 'badexample.net'], 'badexample.net'],
    [{ permittedDns: ['.example.net'] }, ['example.net'], 'example.net'],
    [{ excludedDns: ['secret.example.net'] }, ['www.example.net', 'x.secret.example.net'], 'x.secret.example.net'],
    [{ excludedDns: [''] }, ['www.example.net'], 'www.example.net'],
    [{ permittedDns: ['example.net'] }, ['192.0.2.1'], null],
    [{ permittedIp: ['c0000200ffffff00'] }, ['192.0.2.77', '192.0.3.1'], '192.0.3.1'],
    [{ excludedIp: ['00'.repeat(32)] }, ['192.0.2.1', '2001:db8::1'], '2001:db8::1'],
  ])('%j of %j forbid %s', (constraints, names, forbidden) => {
    expect(forbiddenName({ ...none, ...constraints }, names)).toBe(forbidden);
  });
});
