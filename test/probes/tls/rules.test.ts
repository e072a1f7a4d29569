import { describe, expect, it } from 'vitest';
import type { DataOf, MeasurementOf } from '../../../src/model/measurement.js';
import { TLS_POLICIES } from '../../../src/model/tls-policies.js';
import { type TlsRules, tlsRulesSchema } from '../../../src/model/tls-rules.js';
import { isRuled, judgePolicy, judgePostQuantum } from '../../../src/probes/tls/judge-policy.js';
import { evaluateRules } from '../../../src/probes/tls/rules.js';

type Data = DataOf<'tls'>;
type Enumeration = NonNullable<Data['enumeration']>;

const SEEN_AT = new Date('2026-11-22T00:00:00Z');

const VERSIONS = ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

function suite(protocol: string, name: string): Enumeration['ciphers'][number] {
  return {
    protocol,
    name,
    id: '0x1301',
    opensslName: null,
    strength: 'recommended',
    keyExchange: 'ECDHE',
    authentication: 'ECDSA',
    encryption: 'AES_128_GCM',
    bits: 128,
    forwardSecrecy: true,
  };
}

function group(name: string, kind: 'elliptic' | 'hybrid' = 'elliptic') {
  return { name, id: '0x001d', kind, protocols: ['TLSv1.3'] };
}

function enumeration(changes: Partial<Enumeration> = {}): Enumeration {
  return {
    connections: 30,
    durationMs: 100,
    complete: true,
    unsettled: [],
    protocols: VERSIONS.map((name) => ({ name, supported: name === 'TLSv1.3' })),
    ciphers: [suite('TLSv1.3', 'TLS_AES_128_GCM_SHA256')],
    preference: [{ protocol: 'TLSv1.3', decides: 'client', order: null }],
    groups: [group('X25519MLKEM768', 'hybrid'), group('x25519')],
    dhBits: null,
    signatureSchemes: [],
    compression: null,
    secureRenegotiation: null,
    fallbackSignal: null,
    downgradeMark: null,
    heartbeat: false,
    extendedMasterSecret: null,
    encryptThenMac: null,
    sessionTickets: null,
    ...changes,
  };
}

const LEAF: Data['chain'][number] = {
  subject: 'CN=app.example.net',
  issuer: 'CN=Example CA',
  notBefore: '2026-10-01T00:00:00.000Z',
  notAfter: '2026-12-29T23:59:59.000Z',
  serial: '01',
  sha256: '00',
  keyType: 'EC',
  keyBits: 256,
  san: ['app.example.net'],
  signatureAlgorithm: 'ECDSA-SHA256',
  ocspUrls: [],
};

function server(changes: Partial<Enumeration> | null = {}, leaf: Partial<Data['chain'][number]> | null = {}): Data {
  return {
    address: '192.0.2.1',
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_128_GCM_SHA256',
    group: 'X25519',
    alpn: null,
    handshakeMs: 5,
    trusted: true,
    trustError: null,
    hostnameMatches: true,
    chain: leaf === null ? [] : [{ ...LEAF, ...leaf }],
    protocols: null,
    ciphers: null,
    groups: null,
    servername: 'app.example.net',
    clientCertificateRequested: false,
    pin: null,
    pinMatches: null,
    enumeration: changes === null ? null : enumeration(changes),
  };
}

function outcomes(data: Data, rules: TlsRules | undefined): Record<string, boolean | null> {
  if (rules === undefined) throw new Error('no such policy');
  return Object.fromEntries(evaluateRules(data, rules, SEEN_AT).map(({ id, passed }) => [id, passed]));
}

function broken(data: Data, policy: string): string[] {
  return Object.entries(outcomes(data, TLS_POLICIES[policy])).flatMap(([id, passed]) => (passed === true ? [] : [`${id}:${passed}`]));
}

const OLD_VERSIONS = {
  protocols: VERSIONS.map((name) => ({ name, supported: name.startsWith('TLSv1') })),
  ciphers: [suite('TLSv1', 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'), suite('TLSv1.3', 'TLS_AES_128_GCM_SHA256')],
  preference: [{ protocol: 'TLSv1', decides: 'server' as const, order: null }],
  compression: false,
  secureRenegotiation: true,
  groups: [group('secp256r1')],
};

describe('evaluateRules', () => {
  it('passes a server of TLS 1.3 alone by modern and platform', () => {
    expect(broken(server(), 'modern')).toEqual([]);
    expect(broken(server(), 'platform')).toEqual([]);
    expect(broken(server(), 'intermediate')).toEqual([]);
  });

  it('names each rule that an old server breaks, and no other', () => {
    const old = server(OLD_VERSIONS, { keyType: 'RSA', keyBits: 2048, signatureAlgorithm: 'RSA-SHA256' });
    expect(broken(old, 'old')).toEqual([]);
    expect(broken(old, 'intermediate')).toEqual(['protocols:false', 'ciphers:false', 'preference:false', 'post-quantum:false']);
    expect(broken(old, 'modern')).toEqual([
      'protocols:false',
      'ciphers:false',
      'preference:false',
      'post-quantum:false',
      'key-type:false',
      'signature:false',
    ]);
    expect(broken(old, 'platform')).toEqual(['protocols:false', 'ciphers:false']);
  });

  it('says what was not measured, and neither passes nor fails it', () => {
    const unknown = evaluateRules(server(null, null), TLS_POLICIES.modern as TlsRules, SEEN_AT);
    expect(new Set(unknown.map(({ passed }) => passed))).toEqual(new Set([null]));
    expect(unknown.find(({ id }) => id === 'protocols')?.observed).toContain('not enumerated');
    expect(unknown.find(({ id }) => id === 'signature')?.observed).toContain('no certificate');
  });

  it('does not pass an enumeration that left something open', () => {
    const open = { complete: false, protocols: VERSIONS.map((name) => ({ name, supported: name === 'TLSv1.3' ? true : null })) };
    const found = outcomes(server({ ...open, compression: null, secureRenegotiation: null }), TLS_POLICIES.modern);
    expect(found.protocols).toBeNull();
    expect(found.ciphers).toBeNull();
    expect(found.compression).toBeNull();
    // What it accepts beyond the policy is certain all the same.
    expect(outcomes(server({ ...OLD_VERSIONS, complete: false }), TLS_POLICIES.modern).ciphers).toBe(false);
  });

  it('names the weakest of the suites beyond the policy first, since a long list is cut off', () => {
    const many = Array.from({ length: 9 }, (_, index) => suite('TLSv1.2', `TLS_STRONG_${index}`));
    const ciphers = [
      ...many,
      { ...suite('TLSv1.2', 'TLS_WEAK'), strength: 'weak' as const },
      { ...suite('TLSv1.2', 'TLS_OPEN'), strength: 'insecure' as const },
    ];
    const found = evaluateRules(server({ ciphers }), TLS_POLICIES.modern as TlsRules, SEEN_AT).find(({ id }) => id === 'ciphers');
    expect(found?.observed).toMatch(/^accepts TLS_OPEN, TLS_WEAK, TLS_STRONG_0,/);
  });

  it('asks for a stapled answer only where the certificate names a responder', () => {
    expect(outcomes(server({}, { ocspUrls: ['http://ocsp.example'] }), TLS_POLICIES.modern)['ocsp-staple']).toBe(false);
    expect(outcomes(server({}, { ocspUrls: [] }), TLS_POLICIES.modern)['ocsp-staple']).toBe(true);
    const { ocspUrls: _, ...without } = LEAF;
    expect(outcomes({ ...server(), chain: [without] }, TLS_POLICIES.modern)['ocsp-staple']).toBeNull();
  });

  it.each([
    ['2026-10-01T00:00:00.000Z', '2026-12-29T23:59:59.000Z', true],
    ['2026-10-01T00:00:00.000Z', '2026-12-30T00:00:00.000Z', true],
    ['2026-10-01T00:00:00.000Z', '2026-12-31T00:00:00.000Z', false],
  ])('counts a lifetime in days: %s to %s', (notBefore, notAfter, passed) => {
    expect(outcomes(server({}, { notBefore, notAfter }), TLS_POLICIES.modern).lifetime).toBe(passed);
  });

  it.each([
    [{ certificate: { minimumRsaBits: 3072 } }, { keyType: 'RSA', keyBits: 2048 }, { 'rsa-size': false }],
    [{ certificate: { minimumRsaBits: 3072 } }, { keyType: 'EC', keyBits: 256 }, { 'rsa-size': true }],
    [{ certificate: { minimumEcBits: 384 } }, { keyType: 'EC', keyBits: 256 }, { 'ec-size': false }],
    [{ certificate: { minimumEcBits: 384 } }, { keyType: 'EC', keyBits: null }, { 'ec-size': null }],
    [{ certificate: { keyTypes: ['EC'] } }, { keyType: null, keyBits: null }, { 'key-type': null }],
    [{ certificate: { minimumRemainingDays: 30 } }, {}, { remaining: true }],
    [{ certificate: { minimumRemainingDays: 60 } }, {}, { remaining: false }],
    [{ certificate: { nameMatches: true as const } }, {}, { name: true }],
    [{ groups: { allowed: ['P-256', 'X25519', 'X25519MLKEM768'] } }, {}, { groups: true }],
    [{ groups: { anyOf: ['x448'] } }, {}, { 'groups-required': false }],
    [{ postQuantum: 'required' as const }, {}, { 'post-quantum': true }],
    [{ minimumDhBits: 2048 }, {}, { 'dh-size': true }],
    [{ fallbackSignal: true as const }, {}, { 'fallback-signal': true }],
    [{ heartbeat: false as const }, {}, { heartbeat: true }],
    [
      { protocols: { allowed: ['TLSv1.3' as const], required: ['TLSv1.2' as const] } },
      {},
      { protocols: true, 'protocols-required': false },
    ],
  ])('holds %j against %j', (rules, leaf, expected) => {
    expect(outcomes(server({}, leaf), { name: 'own', source: 'a test', ...rules })).toEqual(expected);
  });

  it('fails a small Diffie-Hellman prime', () => {
    expect(outcomes(server({ dhBits: 1024 }), { name: 'own', source: 'a test', minimumDhBits: 2048 })).toEqual({ 'dh-size': false });
    expect(outcomes(server({ dhBits: 1024, complete: false }), { name: 'own', source: 'a test', minimumDhBits: 2048 })).toEqual({
      'dh-size': false,
    });
    // That there is none is known only where everything was found out.
    expect(outcomes(server({ complete: false }), { name: 'own', source: 'a test', minimumDhBits: 2048 })).toEqual({ 'dh-size': null });
  });
});

describe('judgePolicy', () => {
  const judge = (data: Data) =>
    judgePolicy({
      id: 'm1',
      probe: 'tls',
      target: 'app.example.net:443',
      method: 'tls',
      startedAt: SEEN_AT.toISOString(),
      durationMs: 1,
      stalledMs: null,
      attempt: { kind: 'measured' },
      data,
    } satisfies MeasurementOf<'tls'>);

  it('makes a line for each rule: a fault, a remark, or not judged', () => {
    const rules = evaluateRules(server(OLD_VERSIONS), TLS_POLICIES.intermediate as TlsRules, SEEN_AT);
    const checks = judge({ ...server(OLD_VERSIONS), policy: { name: 'intermediate', source: 'Mozilla', rules } });
    expect(checks).toHaveLength(rules.length);
    const of = (kind: string) => checks.find(({ id }) => id === `l6.policy-${kind}@app.example.net:443`);
    expect(of('protocols')).toMatchObject({ status: 'fail', code: 'tls-protocol-obsolete', observed: 'accepts TLSv1, TLSv1.1 too' });
    expect(of('preference')).toMatchObject({ status: 'warn', code: 'tls-policy-violated', observed: 'the server, in TLSv1' });
    expect(of('dh-size')).toMatchObject({ status: 'pass', code: null });
    expect(judge(server())).toEqual([]);
  });

  it('calls a suite weak only where one beyond the rules is', () => {
    const codeWith = (strength: 'weak' | 'secure') => {
      const extra = { ...suite('TLSv1.2', 'TLS_ECDHE_ECDSA_WITH_AES_256_CCM'), strength };
      const allowed = { ...suite('TLSv1.3', 'TLS_AES_128_GCM_SHA256'), strength: 'weak' as const };
      const data = server({ ciphers: [extra, allowed] });
      const rules = evaluateRules(data, TLS_POLICIES.modern as TlsRules, SEEN_AT);
      return judge({ ...data, policy: { name: 'modern', source: 'Mozilla', rules } }).find(({ id }) => id.startsWith('l6.policy-ciphers@'))
        ?.code;
    };
    expect(codeWith('weak')).toBe('tls-cipher-weak');
    expect(codeWith('secure')).toBe('tls-policy-violated');
  });

  it('takes the place of what the ordinary limits say of the same matter', () => {
    const rules = evaluateRules(server(OLD_VERSIONS), TLS_POLICIES.old as TlsRules, SEEN_AT);
    const measurement = { data: { ...server(), policy: { name: 'old', source: 'Mozilla', rules } } } as MeasurementOf<'tls'>;
    const ruled = (id: string) => isRuled({ id }, measurement);
    expect(ruled('l6.enumeration-protocols@a')).toBe(true);
    expect(ruled('l6.enumeration@a')).toBe(false);
    expect(ruled('l6.certificate@a')).toBe(false);
    expect(isRuled({ id: 'l6.enumeration-protocols@a' }, { data: server() } as MeasurementOf<'tls'>)).toBe(false);
  });

  it('tells readiness against quantum computers by itself, and asks for nothing', () => {
    const measurement = { id: 'm1', target: 'app.example.net:443' } as MeasurementOf<'tls'>;
    const of = (data: Data) => judgePostQuantum({ ...measurement, data });
    expect(of(server())).toMatchObject({ status: 'pass', observed: 'ready: X25519MLKEM768' });
    expect(of(server({ groups: [group('x25519')] }))).toMatchObject({ status: 'skip' });
    expect(of(server({ groups: null }))).toMatchObject({ status: 'skip' });
    expect(of(server(null))).toBeNull();
  });
});

describe('TLS_POLICIES', () => {
  it('are valid by the schema of a file, under their own names', () => {
    for (const [name, policy] of Object.entries(TLS_POLICIES)) {
      expect(tlsRulesSchema.parse(policy)).toEqual(policy);
      expect(policy.name).toBe(name);
    }
  });
});
