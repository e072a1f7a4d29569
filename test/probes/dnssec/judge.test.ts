import { describe, expect, it } from 'vitest';
import type { DataOf, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { checkSchema } from '../../../src/model/report.js';
import { judgeQuestions } from '../../../src/probes/dns/judge.js';
import { judgeValidations } from '../../../src/probes/dnssec/judge.js';
import { dnssecLines } from '../../../src/render/dnssec-text.js';

type Dns = MeasurementOf<'dns'>;
type Validation = NonNullable<DataOf<'dns'>['validation']>;

const FLAGS = { aa: false, tc: false, rd: true, ra: true, ad: false, cd: false };
const validation = (parts: Partial<Validation>): Validation => ({
  verdict: 'secure',
  reason: null,
  detail: 'it is signed',
  zone: 'example',
  chain: [],
  queries: 3,
  ...parts,
});
const EXPIRED = validation({ verdict: 'bogus', reason: 'signature-expired', detail: 'it expired' });

function measurement(
  made: Validation | null,
  { rcode = 'NOERROR', ad = false, name = 'www.example', attempt = { kind: 'measured' } as Dns['attempt'] } = {},
): Dns {
  const data: Dns['data'] = {
    server: '192.0.2.53',
    transport: 'udp',
    name,
    type: 'A',
    rcode,
    queryMs: 1,
    flags: { ...FLAGS, ad },
    answers: [],
    dnssec: made?.verdict ?? null,
    attempts: 1,
    validation: made,
  };
  return {
    id: `m-${name}`,
    target: name,
    probe: 'dns',
    method: 'udp',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    stalledMs: 0,
    attempt,
    data,
  };
}

const judged = (dns: Dns) => judgeValidations([dns]).map((made) => checkSchema.parse(made))[0];

describe('a validated question', () => {
  it('whole', () => {
    expect(judged(measurement(validation({}), { ad: true }))).toEqual({
      id: 'l7.dnssec@www.example/A/192.0.2.53',
      layer: 7,
      title: 'DNSSEC of A www.example at 192.0.2.53',
      target: 'www.example',
      status: 'pass',
      code: null,
      observed: 'secure: it is signed; the resolver says so too (AD)',
      expected: 'signatures that hold, from the trust anchor down',
      remedy: null,
      because: null,
      measurements: ['m-www.example'],
    });
  });

  it.each<[string, Dns, object]>([
    [
      'secure, and the resolver does not validate',
      measurement(validation({})),
      { status: 'pass', observed: 'secure: it is signed; the resolver does not say that it validated' },
    ],
    [
      'insecure',
      measurement(validation({ verdict: 'insecure', reason: 'no-ds', detail: 'no DS' })),
      { status: 'pass', code: null, observed: 'insecure (no-ds): no DS' },
    ],
    [
      'bogus, passed on',
      measurement(EXPIRED),
      { status: 'fail', code: 'dnssec-bogus', observed: 'bogus (signature-expired): it expired; the resolver passes it on all the same' },
    ],
    [
      'bogus, refused',
      measurement(EXPIRED, { rcode: 'SERVFAIL' }),
      { status: 'fail', code: 'dnssec-bogus', observed: expect.stringContaining('refuses it too') },
    ],
    [
      'bogus here alone',
      measurement(EXPIRED, { ad: true }),
      { status: 'fail', code: 'dnssec-bogus', observed: expect.stringContaining('look at the clock of this machine') },
    ],
    [
      'secure, and refused',
      measurement(validation({}), { rcode: 'SERVFAIL' }),
      { status: 'pass', observed: expect.stringContaining('refuses it nevertheless') },
    ],
    [
      'no verdict',
      measurement(validation({ verdict: null, reason: 'unanswered', detail: 'DNSKEY .: no answer' })),
      { status: 'skip', code: null, because: 'no verdict: DNSKEY .: no answer' },
    ],
    [
      'no answer',
      measurement(null, { attempt: { kind: 'unanswered', step: 'response', waitedMs: 2000 } }),
      { status: 'skip', because: 'there is no answer: no answer within 2000 ms' },
    ],
  ])('%s', (_what, dns, expected) => {
    expect(judged(dns)).toMatchObject(expected);
  });

  it('that the resolver refuses as bogus is no failure of the resolver', () => {
    const [made] = judgeQuestions([measurement(EXPIRED, { rcode: 'SERVFAIL' })], { policy: DEFAULT_POLICY });
    expect(made).toMatchObject({ status: 'skip', code: null, because: expect.stringContaining('see DNSSEC') });
    const [broken] = judgeQuestions([measurement(validation({ verdict: null, reason: 'server-failure' }), { rcode: 'SERVFAIL' })], {
      policy: DEFAULT_POLICY,
    });
    expect(broken).toMatchObject({ status: 'fail', code: 'dns-servfail' });
  });

  it('of many are one line for each outcome', () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      measurement(index % 20 === 0 ? EXPIRED : validation({}), { name: `n${index}.example` }),
    );
    const checks = judgeValidations(many).map((made) => checkSchema.parse(made));
    expect(checks.map(({ id, status, measurements }) => [id, status, measurements.length])).toEqual([
      ['l7.dnssec@192.0.2.53/signature-expired', 'fail', 3],
      ['l7.dnssec@192.0.2.53/secure', 'pass', 57],
    ]);
    expect(checks[1]?.observed).toBe(
      'secure: n1.example., n2.example., n3.example., n4.example., n5.example. and 52 more; the first: it is signed',
    );
  });
});

it('the chain is shown zone by zone', () => {
  const keys = [
    { keyTag: 7, algorithm: 'ED25519', secureEntryPoint: true },
    { keyTag: 8, algorithm: 'ED25519', secureEntryPoint: false },
  ];
  const chain: Validation['chain'] = [
    { zone: '.', ds: ['7/15/2'], keys, verdict: 'secure' },
    { zone: 'example', ds: [], keys: [], verdict: 'insecure' },
  ];
  const lines = dnssecLines(measurement(validation({ verdict: 'insecure', reason: 'no-ds', detail: 'no DS', chain, queries: 1 })).data);
  expect(lines).toEqual([
    'DNSSEC: insecure (no-ds) · no DS · 1 question more',
    '· . · DS 7/15/2 · keys 7 KSK, 8 (ED25519) · secure',
    '· example. · no DS · insecure',
  ]);
  expect(dnssecLines(measurement(null).data)).toEqual([]);
});
