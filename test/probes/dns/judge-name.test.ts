import { describe, expect, test } from 'vitest';
import { type Attempt, failed, measured, skipped, unanswered } from '../../../src/model/attempt.js';
import type { MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { checkSchema } from '../../../src/model/report.js';
import type { Resolution } from '../../../src/net/port.js';
import { budgetOf } from '../../../src/probes/budget.js';
import { judgeName } from '../../../src/probes/dns/judge-name.js';

type Dns = MeasurementOf<'dns'>;

function query(data: Partial<Dns['data']>): Dns {
  return {
    id: 'm7',
    target: 'app.example:443',
    probe: 'dns',
    method: 'udp',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    stalledMs: 0,
    attempt: { kind: 'measured' },
    data: {
      server: '192.0.2.53',
      transport: 'udp',
      name: 'app.example',
      type: 'A',
      rcode: null,
      queryMs: null,
      flags: null,
      answers: [],
      dnssec: null,
      attempts: 1,
      ...data,
    },
  };
}

function judged(outcome: Attempt<Resolution>, queries: Dns[] = [], host = 'app.example', stalledMs = 0) {
  return checkSchema.parse(judgeName({ target: 'app.example:443', host, outcome, queries, stalledMs }, { policy: DEFAULT_POLICY }));
}

describe('judgeName', () => {
  test('resolved', () => {
    const outcome = measured({ addresses: ['192.0.2.1', '2001:db8::1'], elapsedMs: 4.2 });
    expect(judged(outcome, [query({ rcode: 'NOERROR' })])).toEqual({
      id: 'l7.name@app.example:443',
      layer: 7,
      title: 'name app.example',
      target: 'app.example:443',
      status: 'pass',
      code: null,
      observed: '192.0.2.1, 2001:db8::1 in 4.20 ms',
      expected: 'under 100 ms',
      remedy: null,
      because: null,
      measurements: ['m7'],
      budget: budgetOf('dnsQueryMs', 4.2, DEFAULT_POLICY.dnsQueryMs),
    });
  });

  test('does not hold our own delay against the resolver, and says how much it was', () => {
    const slow = measured({ addresses: ['192.0.2.1'], elapsedMs: 130 });
    expect(judged(slow)).toMatchObject({ status: 'warn', code: 'dns-slow', observed: '192.0.2.1 in 130 ms' });
    expect(judged(slow, [], 'app.example', 60)).toMatchObject({
      budget: { value: 70 },
      status: 'pass',
      code: null,
      observed: '192.0.2.1 in 130 ms (own delay up to 60 ms)',
    });
    expect(judged(slow, [], 'app.example', 20)).toMatchObject({ status: 'warn', code: 'dns-slow' });
  });

  test('counts addresses that are many, and names the hosts file', () => {
    const addresses = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', '192.0.2.5'];
    const file = query({ server: '/etc/hosts', transport: 'file' });
    expect(judged(measured({ addresses, elapsedMs: 0.5 }), [file]).observed).toBe(
      '192.0.2.1, 192.0.2.2, 192.0.2.3 and 2 more in 0.500 ms from /etc/hosts',
    );
  });

  test.each([
    [101, 'warn'],
    [1001, 'fail'],
  ] as const)('slow: %d ms', (elapsedMs, status) => {
    expect(judged(measured({ addresses: ['192.0.2.1'], elapsedMs }))).toMatchObject({ status, code: 'dns-slow' });
  });

  test.each([
    ['no-resolver', [], 'dns-no-resolver'],
    ['NXDOMAIN', [query({ rcode: 'NXDOMAIN' })], 'dns-nxdomain'],
    ['NODATA', [query({ rcode: 'NOERROR' })], 'dns-nxdomain'],
    ['SERVFAIL', [query({ rcode: 'SERVFAIL' })], 'dns-servfail'],
    ['FORMERR', [query({ rcode: 'FORMERR' })], 'dns-servfail'],
    ['REFUSED', [query({ rcode: 'REFUSED' })], 'dns-refused'],
    ['cname-chain', [query({ rcode: 'NOERROR' })], 'dns-servfail'],
    ['ENETUNREACH', [query({})], 'dns-unreachable'],
    ['ECONNREFUSED', [query({})], 'dns-unreachable'],
    [
      'ECONNREFUSED',
      [query({ rcode: 'NOERROR', flags: { aa: false, tc: true, rd: true, ra: true, ad: false, cd: false } })],
      'dns-tcp-blocked',
    ],
    ['malformed', [query({})], 'dns-unreachable'],
  ] as const)('%s', (reason, queries, code) => {
    expect(judged(failed('resolve', reason, 'said so'), [...queries])).toMatchObject({ status: 'fail', code, observed: 'said so' });
  });

  test('silence names who was asked', () => {
    const queries = [query({}), query({ type: 'AAAA' }), query({ server: '192.0.2.54' })];
    expect(judged(unanswered('resolve', 3000), queries)).toMatchObject({
      status: 'fail',
      code: 'dns-unreachable',
      observed: 'no answer within 3000 ms from 192.0.2.53, 192.0.2.54',
    });
  });

  test('an interrupt and an address are not judged', () => {
    expect(judged(skipped('interrupted'))).toMatchObject({ status: 'skip', because: 'interrupted', code: null });
    const address = measured({ addresses: ['192.0.2.1'], elapsedMs: 0 });
    expect(judged(address, [], '192.0.2.1')).toMatchObject({ status: 'skip', because: 'the target is an address' });
  });

  test('without a target the id is that of the line', () => {
    const check = judgeName({ target: null, host: 'a', outcome: skipped('x'), queries: [], stalledMs: null }, { policy: DEFAULT_POLICY });
    expect(check.id).toBe('l7.name');
  });
});
