import { describe, expect, it } from 'vitest';
import { handshakeFailure } from '../../../src/net/tls/failure.js';

function error(code: string, message = code, parts: object = {}): Error {
  return Object.assign(new Error(message), { code, ...parts });
}

const alert = (number: number) => error('ERR_SSL_WHATEVER', `0A000410:SSL routines::whatever:SSL alert number ${number}\n`);
const QUIET = { clientCertificateRequested: false, clientCertificateGiven: false };
const ASKED = { clientCertificateRequested: true, clientCertificateGiven: false };
const GIVEN = { clientCertificateRequested: true, clientCertificateGiven: true };

describe('what ends a handshake', () => {
  it.each([
    ['an alert', alert(40), QUIET, 'alert handshake_failure'],
    ['an alert about the version', alert(70), ASKED, 'alert protocol_version'],
    ['an alert that is in no registry', alert(233), QUIET, 'alert number 233'],
    ['an alert that means only one thing', alert(116), QUIET, 'client-certificate-required'],
    ['an alert after a CertificateRequest', alert(42), ASKED, 'client-certificate-required'],
    ['an alert about the certificate that was sent', alert(48), GIVEN, 'client-certificate-refused'],
    [
      'a reset after a CertificateRequest',
      error('ECONNRESET', 'read ECONNRESET', { syscall: 'read' }),
      ASKED,
      'client-certificate-required',
    ],
    ['an end after a CertificateRequest', error('ECONNRESET', 'disconnected'), GIVEN, 'client-certificate-refused'],
    ['a reset', error('ECONNRESET', 'read ECONNRESET', { syscall: 'read' }), QUIET, 'ECONNRESET'],
    ['an end', error('ECONNRESET', 'disconnected'), QUIET, 'EOF'],
    ['plain text', error('ERR_SSL_WRONG_VERSION_NUMBER'), QUIET, 'not-tls'],
    ['plain text that looks long', error('ERR_SSL_PACKET_LENGTH_TOO_LONG'), QUIET, 'not-tls'],
    ['a refusal of ours', error('ERR_SSL_BAD_SIGNATURE'), ASKED, 'bad-signature'],
    ['another errno', error('EHOSTUNREACH', 'read EHOSTUNREACH 192.0.2.1:443', { syscall: 'read' }), QUIET, 'EHOSTUNREACH'],
  ])('is named: %s', (_, cause, state, code) => {
    expect(handshakeFailure(cause, state)).toMatchObject({ kind: 'failed', step: 'handshake', code });
  });
});
