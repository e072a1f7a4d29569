import { describe, expect, it } from 'vitest';
import { failed, skipped, unanswered } from '../../../src/model/attempt.js';
import type { Certificate, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { budgetOf } from '../../../src/probes/budget.js';
import { tlsProbe } from '../../../src/probes/tls/index.js';
import { INTERMEDIATE, LEAF, tlsFailure, tlsMeasurement } from './observations.js';

type Data = MeasurementOf<'tls'>['data'];

function judge(measurement: MeasurementOf<'tls'>, policy = DEFAULT_POLICY) {
  return tlsProbe.judge(measurement, { policy });
}

/** Kind, status and code of each check that did not pass. */
function faults(measurement: MeasurementOf<'tls'>, policy = DEFAULT_POLICY): string[] {
  return judge(measurement, policy)
    .filter((made) => made.status !== 'pass')
    .map((made) => [made.id.split('@')[0], made.status, made.code].filter((part) => part !== null).join(' '));
}

it('passes a healthy server, line by line', () => {
  const shared = { layer: 6, target: 'app.example.net:443', status: 'pass', code: null, remedy: null, because: null, measurements: ['m7'] };
  expect(judge(tlsMeasurement({ pinMatches: true }))).toEqual([
    {
      ...shared,
      id: 'l6.handshake@app.example.net:443',
      title: 'TLS handshake',
      observed: '42.5 ms',
      expected: 'under 500 ms',
      budget: budgetOf('tlsHandshakeMs', 42.5, DEFAULT_POLICY.tlsHandshakeMs),
    },
    {
      ...shared,
      id: 'l6.protocol@app.example.net:443',
      title: 'TLS version',
      observed: 'TLSv1.3, TLS_AES_256_GCM_SHA384, X25519',
      expected: 'TLSv1.2 or later',
    },
    {
      ...shared,
      id: 'l6.certificate@app.example.net:443',
      title: 'certificate',
      observed: 'issued by CN=Issuing CA 1,O=Example Trust; EC 256',
      expected: 'trusted, strong keys',
    },
    {
      ...shared,
      id: 'l6.hostname@app.example.net:443',
      title: 'certificate name',
      observed: 'for app.example.net, www.example.net',
      expected: 'app.example.net',
    },
    {
      ...shared,
      id: 'l6.validity@app.example.net:443',
      title: 'certificate dates',
      observed: 'until 2025-07-30, 58 days left',
      expected: 'more than 14 days left',
      budget: budgetOf('certificateRemainingDays', 58, DEFAULT_POLICY.certificateRemainingDays),
    },
    { ...shared, id: 'l6.pin@app.example.net:443', title: 'pinned key', observed: 'sha256//AAAA', expected: 'one of the pinned keys' },
  ]);
});

const expired = { ...LEAF, notAfter: '2025-05-20T00:00:00.000Z' };
const selfSigned = { ...LEAF, issuer: LEAF.subject };
const untrusted = (trustError: string) => ({ trusted: false, trustError });

describe('one fault is one check, by one code', () => {
  it.each<[string, Partial<Data>, string[]]>([
    ['a slow handshake', { handshakeMs: 700 }, ['l6.handshake warn tls-handshake-slow']],
    ['a very slow handshake', { handshakeMs: 2500 }, ['l6.handshake fail tls-handshake-slow']],
    ['an old protocol', { protocol: 'TLSv1.1' }, ['l6.protocol fail tls-protocol-obsolete']],
    ['an old protocol with a weak cipher', { protocol: 'TLSv1', cipher: 'RC4-SHA' }, ['l6.protocol fail tls-protocol-obsolete']],
    ['RC4', { protocol: 'TLSv1.2', cipher: 'ECDHE-RSA-RC4-SHA' }, ['l6.protocol fail tls-cipher-weak']],
    ['3DES by the name of OpenSSL', { protocol: 'TLSv1.2', cipher: 'ECDHE-RSA-DES-CBC3-SHA' }, ['l6.protocol fail tls-cipher-weak']],
    ['3DES by the name of IANA', { protocol: 'TLSv1.2', cipher: 'TLS_RSA_WITH_3DES_EDE_CBC_SHA' }, ['l6.protocol fail tls-cipher-weak']],
    ['no encryption', { protocol: 'TLSv1.2', cipher: 'NULL-SHA256' }, ['l6.protocol fail tls-cipher-weak']],
    ['no authentication', { protocol: 'TLSv1.2', cipher: 'ADH-AES256-SHA' }, ['l6.protocol fail tls-cipher-weak']],
    ['no forward secrecy', { protocol: 'TLSv1.2', cipher: 'AES128-SHA' }, ['l6.protocol warn tls-cipher-weak']],
    ['finite fields', { protocol: 'TLSv1.2', cipher: 'DHE-RSA-AES128-GCM-SHA256' }, []],
    ['an ordinary cipher', { protocol: 'TLSv1.2', cipher: 'ECDHE-ECDSA-AES128-SHA256', group: null }, []],
    ['a wrong name', { hostnameMatches: false }, ['l6.hostname fail cert-hostname-mismatch']],
    ['a wrong key', { pinMatches: false }, ['l6.pin fail cert-pin-mismatch']],
    ['13 days left', { chain: [{ ...LEAF, notAfter: '2025-06-15T11:00:00.000Z' }] }, ['l6.validity warn cert-expiring']],
    ['14 days left', { chain: [{ ...LEAF, notAfter: '2025-06-15T13:00:00.000Z' }] }, []],
    [
      'an expired certificate',
      { chain: [expired, INTERMEDIATE], ...untrusted('CERT_HAS_EXPIRED') },
      ['l6.certificate skip', 'l6.validity fail cert-expired'],
    ],
    [
      'a certificate of tomorrow',
      { chain: [{ ...LEAF, notBefore: '2025-06-02T00:00:00.000Z' }], ...untrusted('CERT_NOT_YET_VALID') },
      ['l6.certificate skip', 'l6.validity fail cert-not-yet-valid'],
    ],
    [
      'an expired intermediate certificate',
      { chain: [LEAF, { ...INTERMEDIATE, notAfter: '2025-05-31T00:00:00.000Z' }], ...untrusted('CERT_HAS_EXPIRED') },
      ['l6.certificate skip', 'l6.validity fail cert-intermediate-expired'],
    ],
    [
      'an expired certificate beside the path',
      { chain: [LEAF, INTERMEDIATE, { ...INTERMEDIATE, notAfter: '2021-09-30T00:00:00.000Z' }] },
      [],
    ],
    ['an expired root of ours', untrusted('CERT_HAS_EXPIRED'), ['l6.certificate fail cert-untrusted']],
    [
      'a self-signed certificate',
      { chain: [selfSigned], ...untrusted('DEPTH_ZERO_SELF_SIGNED_CERT') },
      ['l6.certificate fail cert-self-signed'],
    ],
    ['an unknown root that was sent', untrusted('SELF_SIGNED_CERT_IN_CHAIN'), ['l6.certificate fail cert-untrusted']],
    ['an unknown root', untrusted('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), ['l6.certificate fail cert-untrusted']],
    [
      'a private authority that signs directly',
      { chain: [{ ...LEAF, issuer: 'CN=Office CA,O=Example Trust' }], ...untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE') },
      ['l6.certificate fail cert-untrusted'],
    ],
    [
      'a leaf alone whose issuer is an issuing authority by its name',
      { chain: [LEAF], ...untrusted('UNABLE_TO_GET_ISSUER_CERT_LOCALLY') },
      ['l6.certificate fail cert-chain-incomplete'],
    ],
    [
      'a second intermediate that is not sent',
      { chain: [LEAF, { ...INTERMEDIATE, issuer: 'CN=Example Intermediate 2' }], ...untrusted('UNABLE_TO_GET_ISSUER_CERT_LOCALLY') },
      ['l6.certificate fail cert-chain-incomplete'],
    ],
    ['trust that was not settled', { trusted: null, trustError: 'TRUST_NOT_SETTLED' }, ['l6.certificate skip']],
    [
      'a leaf alone that names where its issuer can be had',
      { chain: [{ ...LEAF, issuerPublished: true }], ...untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE') },
      ['l6.certificate fail cert-chain-incomplete'],
    ],
    [
      'a leaf alone beside anchors that were given',
      {
        chain: [{ ...LEAF, issuer: 'CN=Office CA,O=Example Trust' }],
        anchorsGiven: true,
        ...untrusted('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'),
      },
      ['l6.certificate fail cert-untrusted'],
    ],
    [
      'a leaf alone whose issuer is a root by its name, wherever that can be had',
      {
        chain: [{ ...LEAF, issuer: 'O=Example Trust,CN=Example Root CA', issuerPublished: true }],
        ...untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
      },
      ['l6.certificate fail cert-untrusted'],
    ],
    [
      'a leaf alone from an organisation of that name',
      {
        chain: [{ ...LEAF, issuer: 'CN=Issuing CA 1,O=Root Systems', issuerPublished: true }],
        ...untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
      },
      ['l6.certificate fail cert-chain-incomplete'],
    ],
    ['a chain of the wrong certificates', untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), ['l6.certificate fail cert-chain-incomplete']],
    ['a broken signature', untrusted('CERT_SIGNATURE_FAILURE'), ['l6.certificate fail cert-untrusted']],
    ['a revoked certificate', untrusted('CERT_REVOKED'), ['l6.certificate fail cert-revoked']],
    ['a short RSA key', { chain: [{ ...LEAF, keyType: 'RSA', keyBits: 1024 }] }, ['l6.certificate fail cert-key-weak']],
    ['a short RSA key above', { chain: [LEAF, { ...INTERMEDIATE, keyBits: 1024 }] }, ['l6.certificate fail cert-key-weak']],
    ['a short curve', { chain: [{ ...LEAF, keyBits: 192 }] }, ['l6.certificate fail cert-key-weak']],
    ['a key of a kind that is not known', { chain: [{ ...LEAF, keyType: null, keyBits: null }] }, []],
    ['a signature over SHA-1', { chain: [{ ...LEAF, signatureAlgorithm: 'RSA-SHA1' }] }, ['l6.certificate fail cert-signature-weak']],
    ['SHA-1 in a root, which proves nothing', { chain: [LEAF, root({ signatureAlgorithm: 'RSA-SHA1' })] }, []],
    ['a signature that could not be read', { chain: [{ ...LEAF, signatureAlgorithm: null }] }, []],
  ])('%s', (_, parts, expected) => {
    expect(faults(tlsMeasurement(parts))).toEqual(expected);
  });

  const elsewhere = { node: false, system: true, given: null };
  const inserted = [{ ...LEAF, issuer: 'CN=Zscaler Intermediate Root CA,O=Zscaler Inc.' }];
  it.each<[string, Partial<Data>, string[]]>([
    ['a product that opens TLS, trusted here', { chain: inserted, trustedBy: elsewhere }, ['l6.certificate warn tls-intercepted']],
    [
      'a product that opens TLS, not trusted',
      { chain: inserted, trustedBy: { ...elsewhere, system: false }, ...untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE') },
      ['l6.certificate fail tls-intercepted'],
    ],
    ['a name like that under a public authority', { chain: inserted, trustedBy: { ...elsewhere, node: true } }, []],
    ['the own page of such a product', { chain: [{ ...(inserted[0] as Certificate), selfSigned: true }], trustedBy: elsewhere }, []],
    [
      'a public name that only this machine trusts',
      { address: '93.184.216.34', servername: 'app.example.net', trustedBy: elsewhere },
      ['l6.certificate warn tls-intercepted'],
    ],
    ['a public name at a private address', { address: '10.0.0.7', trustedBy: elsewhere }, []],
    ['a private name', { address: '93.184.216.34', servername: 'git.corp', trustedBy: elsewhere }, []],
    ['an authority that was given', { address: '93.184.216.34', trustedBy: { ...elsewhere, given: true } }, []],
    [
      'a public certificate for two years',
      { chain: [{ ...LEAF, lifetimeDays: 730 }], trustedBy: { node: true, system: true, given: null } },
      ['l6.use warn cert-lifetime-too-long'],
    ],
    ['a private one for two years', { chain: [{ ...LEAF, lifetimeDays: 730 }], trustedBy: elsewhere }, []],
    ['a public one for 398 days', { chain: [{ ...LEAF, lifetimeDays: 398.9 }], trustedBy: { node: true, system: true, given: null } }, []],
    [
      'a public one of 2026 for 365 days',
      {
        chain: [{ ...LEAF, notBefore: '2026-04-01T00:00:00.000Z', lifetimeDays: 365 }],
        trustedBy: { node: true, system: true, given: null },
      },
      ['l6.validity fail cert-not-yet-valid', 'l6.use warn cert-lifetime-too-long'],
    ],
    [
      'RSA key transport with a key for it',
      { protocol: 'TLSv1.2', cipher: 'AES128-GCM-SHA256', chain: [{ ...LEAF, keyUsage: ['keyEncipherment'] }] },
      ['l6.protocol warn tls-cipher-weak'],
    ],
    [
      'RSA key transport with a key to sign',
      { protocol: 'TLSv1.2', cipher: 'AES128-GCM-SHA256', chain: [{ ...LEAF, keyUsage: ['digitalSignature'] }] },
      ['l6.protocol warn tls-cipher-weak', 'l6.use fail cert-usage-wrong'],
    ],
    [
      'an expired certificate of nobody known',
      { chain: [expired], trustedBy: { node: false, system: false, given: null }, ...untrusted('CERT_HAS_EXPIRED') },
      ['l6.certificate fail cert-untrusted', 'l6.validity fail cert-expired'],
    ],
    [
      'a fault of a path beside one that is good',
      { pathFaults: [{ fault: 'issuer-not-authority', certificate: 1, detail: 'x' }], trusted: true },
      [],
    ],
    [
      'a wildcard that nobody takes beside the name',
      { chain: [{ ...LEAF, san: [...LEAF.san, 'a*.example.net'] }] },
      ['l6.names warn cert-wildcard-misused'],
    ],
    ['a root that was sent too', { chainFaults: ['root-sent'] }, []],
    ['a certificate twice', { chainFaults: ['duplicate'] }, ['l6.chain warn cert-chain-unrelated']],
    [
      'a staple that does not count where one is demanded',
      {
        chain: [{ ...LEAF, mustStaple: true }],
        ocspStaple: { status: 'good', thisUpdate: null, nextUpdate: null, fault: 'it held until yesterday' },
      },
      ['l6.revocation fail cert-staple-invalid'],
    ],
  ])('%s', (_, parts, expected) => {
    expect(faults(tlsMeasurement(parts))).toEqual(expected);
  });

  it('counts the days since the end of an expired one, and fails where a policy wants more than is left', () => {
    const validity = (chain: Certificate[], policy = DEFAULT_POLICY) =>
      judge(tlsMeasurement({ chain }), policy).find(({ id }) => id.startsWith('l6.validity'));
    expect(validity([expired])).toMatchObject({ status: 'fail', code: 'cert-expired', budget: { unit: 'days', value: -13 } });
    const grades = { objective: 90, acceptable: 80, critical: 60, because: 'a test' };
    expect(validity([LEAF], { ...DEFAULT_POLICY, certificateRemainingDays: grades })).toMatchObject({
      status: 'fail',
      code: 'cert-expiring',
      budget: { value: 58, acceptable: 80, critical: 60, source: 'a test' },
    });
  });

  it.each([
    ['20 days long, with 9 left', '2025-05-21', '2025-06-10', true, []],
    ['20 days long, with 5 left', '2025-05-17', '2025-06-06', true, ['l6.validity warn cert-expiring']],
    ['90 days long, with 13 left', '2025-03-16', '2025-06-14', true, ['l6.validity warn cert-expiring']],
    ['6 days long and public, with 3 left', '2025-05-29', '2025-06-04', true, []],
    ['6 days long and private, with 3 left', '2025-05-29', '2025-06-04', false, ['l6.validity warn cert-expiring']],
  ])('holds a certificate against its own life: %s', (_, notBefore, notAfter, isPublic, expected) => {
    const dates = { notBefore: `${notBefore}T12:00:00.000Z`, notAfter: `${notAfter}T12:00:00.000Z` };
    const trustedBy = { node: isPublic, system: null, given: isPublic ? null : true };
    expect(faults(tlsMeasurement({ chain: [{ ...LEAF, ...dates }], trustedBy }))).toEqual(expected);
  });

  it('two faults are two', () => {
    const data = { chain: [{ ...selfSigned, notAfter: expired.notAfter }], hostnameMatches: false, ...untrusted('CERT_HAS_EXPIRED') };
    expect(faults(tlsMeasurement(data))).toEqual([
      'l6.certificate fail cert-self-signed',
      'l6.hostname fail cert-hostname-mismatch',
      'l6.validity fail cert-expired',
    ]);
  });

  it('a stricter policy fails what the default passes', () => {
    const strict = {
      ...DEFAULT_POLICY,
      minimumTlsVersion: { version: 'TLSv1.3' as const, because: 'a test' },
      certificateRemainingDays: { objective: 120, acceptable: 90, critical: 0, because: 'a test' },
    };
    expect(faults(tlsMeasurement({ protocol: 'TLSv1.2' }), strict)).toEqual([
      'l6.protocol fail tls-protocol-obsolete',
      'l6.validity warn cert-expiring',
    ]);
  });

  it('names a certificate that is not the leaf', () => {
    const data = { chain: [LEAF, { ...INTERMEDIATE, notAfter: '2025-05-31T00:00:00.000Z' }], ...untrusted('CERT_HAS_EXPIRED') };
    const validity = judge(tlsMeasurement(data)).find((made) => made.code === 'cert-intermediate-expired');
    expect(validity?.observed).toBe('expired 2025-05-31, 1 day ago; it is that of CN=Issuing CA 1,O=Example Trust');
  });

  it('shows a few names of many', () => {
    const chain = [{ ...LEAF, san: Array.from({ length: 100 }, (_, index) => `n${index}.example.net`) }];
    const hostname = judge(tlsMeasurement({ chain, hostnameMatches: false })).find((made) => made.code === 'cert-hostname-mismatch');
    expect(hostname?.observed).toBe(
      'for n0.example.net, n1.example.net, n2.example.net, n3.example.net, n4.example.net, n5.example.net and 94 more',
    );
  });
});

it('names the end of the way from the leaf, not what else was sent, and nobody where the issuer is not what is wrong', () => {
  const observed = (parts: Partial<Data>) =>
    judge(tlsMeasurement({ trusted: false, ...parts })).find(({ id }) => id.startsWith('l6.certificate'))?.observed;
  const stray = { ...INTERMEDIATE, subject: 'CN=Stray', issuer: 'CN=Known Root' };
  expect(observed({ chain: [LEAF, INTERMEDIATE, stray], trustError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' })).toBe(
    `issuer not known: ${INTERMEDIATE.issuer} (UNABLE_TO_GET_ISSUER_CERT_LOCALLY)`,
  );
  expect(observed({ trustError: 'ERROR_IN_CERT_NOT_AFTER_FIELD' })).toBe('OpenSSL does not take the chain: ERROR_IN_CERT_NOT_AFTER_FIELD');
});

describe('a handshake that did not complete', () => {
  const others = ['l6.protocol skip', 'l6.certificate skip', 'l6.hostname skip', 'l6.validity skip'];

  it.each([
    ['not-tls', 'tls-not-spoken'],
    ['client-certificate-required', 'tls-client-certificate-required'],
    ['client-certificate-refused', 'tls-client-certificate-required'],
    ['unsupported-protocol', 'tls-protocol-obsolete'],
    ['ECONNRESET', 'tcp-reset'],
    ['EPIPE', 'tcp-reset'],
    ['EOF', 'tls-handshake-failed'],
    ['incomplete', 'tls-handshake-failed'],
    ['excessive-message-size', 'tls-message-too-long'],
    ['start-tls-refused', 'starttls-refused'],
    ['start-tls-foreign', 'starttls-not-spoken'],
    ['start-tls-injected', 'starttls-injected'],
    ['alert handshake_failure', 'tls-handshake-failed'],
  ])('by %s is %s', (code, named) => {
    expect(faults(tlsFailure(failed('handshake', code, 'why')))).toEqual([`l6.handshake fail ${named}`, ...others]);
  });

  it('by silence is a silent service', () => {
    const checks = judge(tlsFailure(unanswered('handshake', 2000)));
    expect(checks[0]).toMatchObject({ status: 'fail', code: 'service-silent' });
    expect(checks.slice(1).map((made) => [made.status, made.because])).toEqual(
      others.map(() => ['skip', 'the TLS handshake did not complete']),
    );
  });

  it('is judged by what it showed, where the server ended it late', () => {
    const late = failed('handshake', 'client-certificate-required', 'why');
    const data = { chain: [expired], clientCertificateRequested: true, ...untrusted('CERT_HAS_EXPIRED') };
    expect(faults(tlsMeasurement(data, late))).toEqual([
      'l6.handshake fail tls-client-certificate-required',
      'l6.certificate skip',
      'l6.validity fail cert-expired',
    ]);
  });

  it.each([
    [failed('connect', 'ECONNREFUSED', 'connection refused'), 'port-closed'],
    [failed('connect', 'EHOSTUNREACH', 'no route'), 'host-unreachable'],
    [failed('connect', 'ENETUNREACH', 'no network'), 'route-prohibited'],
    [unanswered('connect', 2000), 'port-filtered'],
  ])('fails where the service cannot be reached at all, and the rest is not judged', (attempt, code) => {
    const checks = judge(tlsFailure(attempt));
    expect(checks.map((made) => [made.status, made.code])).toEqual([['fail', code], ...others.map(() => ['skip', null])]);
  });

  it.each([
    [failed('connect', 'EADDRNOTAVAIL', 'no such address here'), 'TCP did not connect: no such address here'],
    [failed('configure', 'ERR_OSSL_X', 'OpenSSL cannot use the key'), 'OpenSSL cannot use the key'],
    [skipped('interrupted'), 'interrupted'],
  ])('is skipped with the reason where it was not TLS that failed', (attempt, because) => {
    const checks = judge(tlsFailure(attempt));
    expect(checks.map((made) => [made.status, made.code, made.because])).toEqual(
      ['l6.handshake', ...others].map(() => ['skip', null, because]),
    );
  });
});

function root(parts: Partial<Certificate>): Certificate {
  return { ...INTERMEDIATE, subject: INTERMEDIATE.issuer, ...parts };
}
