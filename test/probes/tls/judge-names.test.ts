import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../../src/diagnosis/causes/index.js';
import { reason } from '../../../src/diagnosis/reason.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { tlsProbe } from '../../../src/probes/tls/index.js';
import { isSubjectOfAnother } from '../../../src/probes/tls/judge-names.js';
import { LEAF, tlsMeasurement } from './observations.js';

const FACTS = () => ({ interface: null, gateway: null, platform: 'linux' });

describe('isSubjectOfAnother', () => {
  it.each([
    ['CN=app.example.net', 'app.example.net', false],
    ['O=Example\nCN=APP.example.net', 'app.example.net.', false],
    ['CN=*.example.net', 'app.example.net', false],
    ['CN=*.example.net', 'a.app.example.net', true],
    ['CN=other.example.net', 'app.example.net', true],
    ['O=without a common name', 'app.example.net', false],
  ])('%j for %s: %s', (subject, servername, expected) => {
    expect(isSubjectOfAnother({ ...LEAF, subject }, tlsMeasurement({ servername }).data)).toBe(expected);
  });
});

describe('a name that is not found', () => {
  const codesOf = (subject: string, version?: number) => {
    const leaf = { ...LEAF, subject, san: [], ...(version === undefined ? {} : { version }) };
    const checks = tlsProbe.judge(tlsMeasurement({ chain: [leaf], hostnameMatches: false }), { policy: DEFAULT_POLICY });
    return reason(checks, CAUSES, FACTS).diagnosis.map(({ code }) => code);
  };

  it.each([
    ['without subjectAltName, where the subject would have fitted, for that reason', 'CN=app.example.net', undefined, ['cert-san-missing']],
    [
      'without subjectAltName, where the subject is of another, since it is another',
      'CN=other.example.net',
      undefined,
      ['cert-hostname-mismatch', 'cert-san-missing'],
    ],
    ['in version 1, where the subject would have fitted, for that reason', 'CN=app.example.net', 1, ['cert-version-obsolete']],
    [
      'in version 1, where the subject is of another, since it is another',
      'CN=other.example.net',
      1,
      ['cert-hostname-mismatch', 'cert-version-obsolete'],
    ],
  ])('%s', (_, subject, version, codes) => {
    expect(codesOf(subject, version)).toEqual(codes);
  });
});
