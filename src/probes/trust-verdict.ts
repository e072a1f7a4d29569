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

/** `l6.certificate` of those who speak over TLS and look no closer: whether a browser would go on. */
export function judgeTrust(measurement: MeasurementOf<'http'> | MeasurementOf<'websocket'>, tls: Trust): Check {
  const line = { kind: 'l6.certificate', layer: 6, title: 'certificate', measurement, expected: 'trusted, for this name' } as const;
  if (tls.trustError !== null) {
    const code = TRUST_CODES[tls.trustError] ?? 'cert-untrusted';
    return check({ ...line, status: 'fail', code, observed: `not trusted: ${tls.trustError}` });
  }
  if (!tls.hostnameMatches) return check({ ...line, status: 'fail', code: 'cert-hostname-mismatch', observed: 'for another name' });
  return check({ ...line, status: 'pass', observed: `trusted; ${tls.protocol}, ${tls.cipher}` });
}
