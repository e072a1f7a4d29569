import { failed, type NotMeasured } from '../../model/attempt.js';
import { CLIENT_CERTIFICATE_REFUSED, CLIENT_CERTIFICATE_REQUIRED, END_OF_STREAM, NOT_TLS } from '../../model/failure-code.js';
import { failedBy } from '../errno.js';

/** What was known when the error came. */
export interface HandshakeState {
  /** Whether a CertificateRequest arrived; `null` where that could not be told. */
  clientCertificateRequested: boolean | null;
  clientCertificateGiven: boolean;
}

/** IANA registry "TLS Alerts" (RFC 8446 section 6.2, RFC 5246 section 7.2.2). */
const ALERTS: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  21: 'decryption_failed',
  22: 'record_overflow',
  30: 'decompression_failure',
  40: 'handshake_failure',
  41: 'no_certificate',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  60: 'export_restriction',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  100: 'no_renegotiation',
  109: 'missing_extension',
  110: 'unsupported_extension',
  111: 'certificate_unobtainable',
  112: 'unrecognized_name',
  113: 'bad_certificate_status_response',
  114: 'bad_certificate_hash_value',
  115: 'unknown_psk_identity',
  116: 'certificate_required',
  120: 'no_application_protocol',
};

/** Alerts with which servers turn down a missing or unwelcome client certificate. */
const ABOUT_CLIENT_CERTIFICATE: ReadonlySet<string> = new Set([
  'handshake_failure',
  'no_certificate',
  'bad_certificate',
  'unsupported_certificate',
  'certificate_revoked',
  'certificate_expired',
  'certificate_unknown',
  'unknown_ca',
  'access_denied',
  'certificate_required',
]);

/** OpenSSL's reasons that say: these first bytes are no TLS record. */
const NO_RECORD: ReadonlySet<string> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
  'ERR_SSL_BAD_RECORD_TYPE',
]);

/** Name of an alert in the registry. */
export function alertName(number: number): string {
  return ALERTS[number] ?? `number ${number}`;
}

/** The alert that the other side sent, by its name in the registry; `null` where the error is none. */
export function alertOf(error: Error): string | null {
  const number = /SSL alert number (\d{1,3})\b/.exec(error.message)?.[1];
  return number === undefined ? null : alertName(Number(number));
}

/** Node reports an orderly end of the stream in the words of a reset; only a real one comes from a system call. */
export function isEndOfStream(error: Error): boolean {
  return 'code' in error && error.code === 'ECONNRESET' && !('syscall' in error && typeof error.syscall === 'string');
}

/**
 * Names what ended a handshake, with step `handshake`. Codes: `alert NAME` (IANA), {@link NOT_TLS}, {@link END_OF_STREAM}, the two about
 * client certificates, an errno, or OpenSSL's reason in lower case with hyphens (`unsupported-protocol`).
 */
export function handshakeFailure(error: Error, state: HandshakeState): NotMeasured {
  const alert = alertOf(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const turnedDown = alert === null ? code === 'ECONNRESET' || code === 'EPIPE' : ABOUT_CLIENT_CERTIFICATE.has(alert);
  // TLS 1.3 has an alert for nothing else; elsewhere it counts only after a CertificateRequest.
  if ((state.clientCertificateRequested === true && turnedDown) || alert === 'certificate_required') {
    return clientCertificateFailure(state.clientCertificateGiven, alert);
  }
  if (alert !== null) return failed('handshake', `alert ${alert}`, `the server ended the handshake with the alert ${alert}`);
  if (NO_RECORD.has(code)) return failed('handshake', NOT_TLS, 'what the server sends is no TLS');
  if (isEndOfStream(error)) return failed('handshake', END_OF_STREAM, 'the server closed the connection during the handshake');
  if (code.startsWith('ERR_SSL_')) {
    const reason = code.slice('ERR_SSL_'.length).toLowerCase();
    return failed('handshake', reason.replaceAll('_', '-'), `the handshake failed: ${reason.replaceAll('_', ' ')}`);
  }
  return failedBy('handshake', error);
}

function clientCertificateFailure(given: boolean, alert: string | null): NotMeasured {
  const how = alert === null ? 'by closing the connection' : `with the alert ${alert}`;
  return given
    ? failed('handshake', CLIENT_CERTIFICATE_REFUSED, `the server refused the client certificate ${how}`)
    : failed('handshake', CLIENT_CERTIFICATE_REQUIRED, `the server asks for a client certificate, and ended the handshake ${how}`);
}
