import type { Code } from '../model/code.js';
import type { MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import { check } from './check.js';

/** What a client is told of a handshake; `trustError` in OpenSSL's own word. */
export interface Trust {
  protocol: string;
  cipher: string;
  trustError: string | null;
  hostnameMatches: boolean;
}

const TRUST_CODES: Readonly<Record<string, Code>> = {
  CERT_HAS_EXPIRED: 'cert-expired',
  CERT_NOT_YET_VALID: 'cert-not-yet-valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'cert-self-signed',
  CERT_REVOKED: 'cert-revoked',
};

/** Whoever looks no closer than at OpenSSL's word does not see which of the two it is: `netdiag tls` does. */
const NO_ISSUER = 'its issuer is not known here, or the server does not send the certificate of the issuer along';
const TRUST_TEXTS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it or one above it has expired',
  CERT_NOT_YET_VALID: 'it or one above it is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the server signed it itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'the root of its chain is not known here',
  UNABLE_TO_GET_ISSUER_CERT: NO_ISSUER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NO_ISSUER,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NO_ISSUER,
  CERT_REVOKED: 'it was revoked',
};

/** `l6.certificate` of those who speak over TLS and look no closer: whether a browser would go on. */
export function judgeTrust(measurement: MeasurementOf<'http'> | MeasurementOf<'websocket'>, tls: Trust): Check {
  const line = { kind: 'l6.certificate', layer: 6, title: 'certificate', measurement, expected: 'trusted, for this name' } as const;
  if (tls.trustError !== null) {
    const code = TRUST_CODES[tls.trustError] ?? 'cert-untrusted';
    return check({ ...line, status: 'fail', code, observed: trustText(tls.trustError) });
  }
  if (!tls.hostnameMatches) return check({ ...line, status: 'fail', code: 'cert-hostname-mismatch', observed: 'for another name' });
  return check({ ...line, status: 'pass', observed: `trusted; ${tls.protocol}, ${tls.cipher}` });
}

/** `the server signed it itself (DEPTH_ZERO_SELF_SIGNED_CERT)`. */
function trustText(trustError: string): string {
  const words = TRUST_TEXTS[trustError];
  return words === undefined ? `not trusted: ${trustError}` : `${words} (${trustError})`;
}
