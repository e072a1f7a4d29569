import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { describeCertificate } from '../../../src/net/tls/certificate.js';
import { makeRoot } from '../../fakes/x509.mjs';

/** OpenSSL writes the year as a plain number. */
it.each([
  ['Jan  1 00:00:00 1 GMT', '0001-01-01T00:00:00.000Z'],
  ['Mar  5 01:02:03 49 GMT', '0049-03-05T01:02:03.000Z'],
  ['Jan  1 00:00:00 99 GMT', '0099-01-01T00:00:00.000Z'],
  ['Jan  1 00:00:00 1950 GMT', '1950-01-01T00:00:00.000Z'],
  ['Dec 31 23:59:59 9999 GMT', '9999-12-31T23:59:59.000Z'],
])('the year is the one that was written: %s', (written, iso) => {
  const certificate = new X509Certificate(makeRoot('CN=Old').der);
  Object.defineProperty(certificate, 'validFrom', { value: written });
  expect(describeCertificate(certificate, new Date())?.notBefore).toBe(iso);
});
