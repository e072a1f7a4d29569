import { describe, expect, it } from 'vitest';
import { blameMissingCertificate } from '../../src/diagnosis/client-certificate-evidence.js';
import type { Measurement } from '../../src/model/measurement.js';
import { line } from './check-lines.js';

const TARGET = 'app.example.net:443';

function judged(text: string, httpStatus: number, requested: boolean | null = true, given = false) {
  const measurements = [
    { id: 'm1', probe: 'tls', target: TARGET, data: { clientCertificateRequested: requested, clientCertificateGiven: given } },
    { id: 'm2', probe: 'phases', target: TARGET, data: { httpStatus } },
  ] as unknown as Measurement[];
  const [made] = blameMissingCertificate([line(text, { measurements: ['m2'] })], measurements);
  return `${made?.status} ${made?.code}`;
}

describe('a no in HTTP behind a handshake that asked for a client certificate', () => {
  it.each<[string, string, number]>([
    ['of nginx', `warn l7.http@${TARGET} http-status`, 400],
    ['of nginx where no page was named', `pass l7.http@${TARGET}`, 400],
    ['of an application', `warn l7.http@${TARGET} http-unauthorized`, 403],
  ])('is a certificate that is missing: %s', (_what, text, status) => {
    expect(judged(text, status)).toBe('fail tls-client-certificate-required');
  });

  it.each<[string, string, number, boolean | null, boolean]>([
    ['nobody asked for one', `warn l7.http@${TARGET} http-status`, 400, false, false],
    ['it was given', `warn l7.http@${TARGET} http-status`, 400, true, true],
    ['the page is not there', `warn l7.http@${TARGET} http-status`, 404, true, false],
  ])('is what it says where %s', (_what, text, status, requested, given) => {
    expect(judged(text, status, requested, given)).toBe('warn http-status');
  });

  it('is not where the page comes', () => {
    expect(judged(`pass l7.http@${TARGET}`, 200)).toBe('pass null');
    expect(judged(`pass l7.http@${TARGET}`, 403)).toBe('pass null');
  });
});
