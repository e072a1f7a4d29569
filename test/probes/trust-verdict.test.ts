import { expect, it } from 'vitest';
import type { MeasurementOf } from '../../src/model/measurement.js';
import { judgeTrust } from '../../src/probes/trust-verdict.js';

const MEASUREMENT = { id: 'm1', target: 'https://app.example.net' } as MeasurementOf<'http'>;
const TLS = { protocol: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256', trustError: null, hostnameMatches: true };

it.each([
  ['CERT_HAS_EXPIRED', 'cert-expired', /expired \(CERT_HAS_EXPIRED\)/],
  // Without the chain it cannot be told whether the issuer is unknown or was left out: neither is claimed.
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'cert-untrusted', /not known here, or the server does not send/],
  ['INVALID_PURPOSE', 'cert-untrusted', /^not trusted: INVALID_PURPOSE$/],
])('says %s in words', (trustError, code, observed) => {
  const made = judgeTrust(MEASUREMENT, { ...TLS, trustError });
  expect(made).toMatchObject({ status: 'fail', code });
  expect(made.observed).toMatch(observed);
});
