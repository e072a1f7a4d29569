import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCertificateOutline } from '../../../src/wire/tls/certificate-outline.js';

const certificates = rootCertificates.slice(0, 40).map((pem) => new X509Certificate(pem));
const first = certificates[0] as X509Certificate;

describe('the outline of a certificate', () => {
  it('has the public key as OpenSSL encodes it, and a signature algorithm', () => {
    for (const certificate of certificates) {
      const outline = parseCertificateOutline(certificate.raw);
      if (!outline.ok) throw new Error(`${certificate.subject}: ${outline.refusal}`);
      expect(Buffer.from(outline.value.subjectPublicKeyInfo)).toEqual(certificate.publicKey.export({ type: 'spki', format: 'der' }));
      expect(outline.value.signatureAlgorithm).toMatch(/^1\.2\.840\.(113549\.1\.1|10045\.4)\.\d+(\.\d+)?$/);
    }
  });

  it('is refused for every beginning of a certificate', () => {
    for (let length = 0; length < first.raw.length; length++) expect(parseCertificateOutline(first.raw.subarray(0, length)).ok).toBe(false);
  });

  it('never throws, and never gives bytes from outside', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(first.raw.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
        const changed = new Uint8Array(first.raw);
        for (const [at, value] of changes) changed[at] = value;
        const outline = parseCertificateOutline(changed);
        if (outline.ok) expect(outline.value.subjectPublicKeyInfo.length).toBeLessThan(changed.length);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof parseCertificateOutline(bytes).ok === 'boolean'));
  });

  it.each([
    ['no bytes', []],
    ['a length without end', [0x30, 0x80, 0x30, 0x00, 0x00, 0x00]],
    ['a length of four gigabytes', [0x30, 0x84, 0xff, 0xff, 0xff, 0xff]],
    ['a length that is longer than the input', [0x30, 0x82, 0x01, 0x00, 0x30]],
  ])('is refused: %s', (_, bytes) => {
    expect(parseCertificateOutline(Uint8Array.from(bytes)).ok).toBe(false);
  });
});
