import { type NotMeasured, reasonOf } from '../../model/attempt.js';
import type { Code } from '../../model/code.js';
import {
  END_OF_STREAM,
  HOSTNAME_MISMATCH,
  HTTP_STATUS,
  NO_HTTP2,
  NOT_DNS,
  NOT_TLS,
  RESET_CODES,
  TOO_LARGE,
} from '../../model/failure-code.js';
import type { MeasurementOf } from '../../model/measurement.js';

type Dns = MeasurementOf<'dns'>;

/** By OpenSSL's verdicts: what else it may say means that it trusts nobody in the chain. */
const CERTIFICATE_CODES: Readonly<Record<string, Code>> = {
  CERT_HAS_EXPIRED: 'cert-expired',
  CERT_NOT_YET_VALID: 'cert-not-yet-valid',
  CERT_REVOKED: 'cert-revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'cert-self-signed',
  [HOSTNAME_MISMATCH]: 'cert-hostname-mismatch',
};

/** Over HTTPS: it is reached, it is who it should be, and it serves no DNS. */
const HTTP_CODES: Readonly<Record<string, Code>> = {
  [HTTP_STATUS]: 'http-status',
  [NOT_DNS]: 'http-not-spoken',
  [TOO_LARGE]: 'http-not-spoken',
  'http2-error': 'http-not-spoken',
};

/**
 * What is wrong with an encrypted server itself, whatever it is asked: its certificate, its TLS, its HTTP. `null` where it was not reached
 * at all, or over plain DNS.
 */
export function serverFault({ attempt, data }: Dns): { code: Code; observed: string } | null {
  if (!isEncrypted(data) || attempt.kind !== 'failed' || isOutOfReach(attempt)) return null;
  const code =
    attempt.step === 'handshake' ? codeOfHandshake(attempt.code) : attempt.step === 'response' ? HTTP_CODES[attempt.code] : undefined;
  return code === undefined ? null : { code, observed: reasonOf(attempt) };
}

export function isEncrypted({ transport }: Dns['data']): boolean {
  return transport === 'tls' || transport === 'https';
}

/** A server as people tell it from another: the same address serves several transports. Plain DNS, with its detour to TCP, is the usual one. */
export function serverText({ server, transport, truncated }: Dns['data']): string | null {
  if (server === null || transport === 'https') return server;
  return transport === 'tls' || (transport === 'tcp' && truncated === null) ? `${transport}://${server}` : server;
}

/** No connection, or one that is cut off before TLS stands: so filters on the way look. */
export function isOutOfReach(attempt: NotMeasured): boolean {
  if (attempt.kind === 'unanswered') return attempt.step === 'connect' || attempt.step === 'handshake';
  if (attempt.kind !== 'failed') return false;
  return attempt.step === 'connect' || (attempt.step === 'handshake' && (RESET_CODES.has(attempt.code) || attempt.code === END_OF_STREAM));
}

function codeOfHandshake(code: string): Code {
  if (code === NOT_TLS) return 'tls-not-spoken';
  if (code === NO_HTTP2) return 'http-not-spoken';
  const certificate = CERTIFICATE_CODES[code];
  if (certificate !== undefined) return certificate;
  // OpenSSL's verdicts on a chain are in capitals, what ends a handshake is not.
  return /^[A-Z_]+$/.test(code) && !/^E[A-Z]+$/.test(code) ? 'cert-untrusted' : 'tls-handshake-failed';
}
