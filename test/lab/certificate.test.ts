import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type LabCertificates, makeCertificates } from '../../src/lab/certificate.js';

const DAY_MS = 86_400_000;

describe('makeCertificates', () => {
  let made: LabCertificates;
  let ca: X509Certificate;
  let server: X509Certificate;
  beforeAll(async () => {
    made = await makeCertificates(['app.lab.netdiag.test', 'localhost'], ['127.0.0.1']);
    ca = new X509Certificate(made.ca);
    server = new X509Certificate(made.certificate);
  });

  test('the authority signs itself and the server, and only it is an authority', () => {
    expect(ca.ca).toBe(true);
    expect(server.ca).toBe(false);
    expect(ca.verify(ca.publicKey)).toBe(true);
    expect(server.verify(ca.publicKey)).toBe(true);
    expect(server.checkIssued(ca)).toBe(true);
  });

  test('the server has an EC P-256 key, and its names', () => {
    expect(server.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
    expect(server.subjectAltName).toBe('DNS:app.lab.netdiag.test, DNS:localhost, IP Address:127.0.0.1');
    expect(server.checkHost('app.lab.netdiag.test')).toBe('app.lab.netdiag.test');
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(server.checkHost('other.lab.netdiag.test')).toBeUndefined();
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  test('it has been valid for an hour, and stays so for longer than any policy asks', () => {
    const now = Date.now();
    for (const certificate of [ca, server]) {
      expect(now - Date.parse(certificate.validFrom)).toBeGreaterThan(DAY_MS / 24 - 1000);
      expect(Date.parse(certificate.validTo) - now).toBeGreaterThan(89 * DAY_MS);
    }
  });

  test('two labs share nothing', async () => {
    const other = await makeCertificates(['app.lab.netdiag.test'], []);
    expect(other.key).not.toBe(made.key);
    expect(new X509Certificate(other.certificate).serialNumber).not.toBe(server.serialNumber);
    expect(new X509Certificate(other.certificate).verify(ca.publicKey)).toBe(false);
  });
});
