import { describe, expect, test } from 'vitest';
import type { MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { judgeQuestions } from '../../../src/probes/dns/judge.js';

const context = { policy: DEFAULT_POLICY };

function question(
  index: number,
  parts: Partial<MeasurementOf<'dns'>['data']> = {},
  attempt: MeasurementOf<'dns'>['attempt'] = { kind: 'measured' },
): MeasurementOf<'dns'> {
  return {
    id: `m${index}`,
    probe: 'dns',
    target: `n${index}.example`,
    method: 'udp',
    startedAt: '2026-11-22T00:00:00.000Z',
    durationMs: 1,
    stalledMs: 0,
    attempt,
    data: {
      server: '192.0.2.53',
      transport: 'udp',
      name: `n${index}.example`,
      type: 'A',
      rcode: 'NOERROR',
      queryMs: index + 1,
      flags: { aa: false, tc: false, rd: true, ra: true, ad: false, cd: false },
      answers: [{ name: `n${index}.example`, type: 'A', ttl: 1, data: '192.0.2.1' }],
      dnssec: null,
      attempts: 1,
      ...parts,
    },
  };
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('many questions', () => {
  test('have the slowest of them beside the grades', () => {
    const [line] = judgeQuestions(
      range(50).map((index) => question(index)),
      context,
    );
    expect(line).toMatchObject({ id: 'l7.dns@192.0.2.53', status: 'pass', budget: { metric: 'dnsQueryMs', value: 50, unit: 'ms' } });
  });

  test('are one line for each outcome at each server', () => {
    const questions = range(60).map((index) => {
      if (index % 20 === 19) return question(index, { rcode: 'NXDOMAIN', answers: [] });
      return question(index, index % 2 === 0 ? {} : { server: '192.0.2.54' });
    });
    const checks = judgeQuestions(questions, context);
    expect(checks.map(({ id, status, code, observed, target }) => [id, status, code, observed, target])).toEqual([
      ['l7.dns@192.0.2.53', 'pass', null, 'NOERROR, p50 29 ms, p95 57 ms', null],
      ['l7.dns@192.0.2.54', 'pass', null, 'NOERROR, p50 30 ms, p95 56 ms', null],
      [
        'l7.dns@192.0.2.53/dns-nxdomain',
        'fail',
        'dns-nxdomain',
        'NXDOMAIN: n19.example, n39.example, n59.example, p50 40 ms, p95 60 ms',
        'n19.example',
      ],
    ]);
    expect(checks.flatMap(({ measurements }) => measurements)).toHaveLength(60);
  });

  test('name the first few of those that fail alike', () => {
    const checks = judgeQuestions(
      range(100).map((index) =>
        question(index, { rcode: null, queryMs: null, flags: null, answers: [] }, { kind: 'unanswered', step: 'response', waitedMs: 2000 }),
      ),
      context,
    );
    expect(checks).toHaveLength(1);
    expect(checks[0]).toMatchObject({ id: 'l7.dns@192.0.2.53/dns-unreachable', title: '100 questions at 192.0.2.53', status: 'fail' });
    expect(checks[0]?.observed).toBe('no answer: n0.example, n1.example, n2.example, n3.example, n4.example and 95 more');
  });

  test('have a line each up to forty', () => {
    expect(
      judgeQuestions(
        range(40).map((index) => question(index)),
        context,
      ),
    ).toHaveLength(40);
  });
});

describe('encrypted servers', () => {
  const unheard = { rcode: null, queryMs: null, flags: null, answers: [], transport: 'tls' as const };
  const failed = (step: 'connect' | 'handshake' | 'response', code: string) =>
    ({ kind: 'failed', step, code, message: `it failed (${code})` }) as const;

  test.each([
    ['handshake', 'CERT_HAS_EXPIRED', 'cert-expired'],
    ['handshake', 'CERT_NOT_YET_VALID', 'cert-not-yet-valid'],
    ['handshake', 'CERT_REVOKED', 'cert-revoked'],
    ['handshake', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'cert-self-signed'],
    ['handshake', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'cert-untrusted'],
    ['handshake', 'hostname-mismatch', 'cert-hostname-mismatch'],
    ['handshake', 'not-tls', 'tls-not-spoken'],
    ['handshake', 'alert handshake_failure', 'tls-handshake-failed'],
    ['handshake', 'no-http2', 'http-not-spoken'],
    ['response', 'http-status', 'http-status'],
    ['response', 'not-dns', 'http-not-spoken'],
    ['response', 'too-large', 'http-not-spoken'],
  ] as const)('%s %s is %s of the server, once, and explains its questions', (step, code, expected) => {
    const checks = judgeQuestions([question(1, unheard, failed(step, code)), question(2, unheard, failed(step, code))], context);
    expect(checks).toHaveLength(3);
    expect(checks[0]).toMatchObject({
      id: 'l7.server@tls://192.0.2.53',
      status: 'fail',
      code: expected,
      target: 'tls://192.0.2.53',
      measurements: ['m1', 'm2'],
    });
    expect(checks.slice(1)).toMatchObject([{ status: 'skip', because: `not asked: it failed (${code})` }, { status: 'skip' }]);
  });

  test('out of reach while the same server answers plain questions is blocked', () => {
    const refused = failed('connect', 'ECONNREFUSED');
    const blocked = judgeQuestions([question(1), question(2, unheard, refused)], context);
    expect(blocked.map(({ id, code }) => [id, code])).toEqual([
      ['l7.dns@n1.example/A/192.0.2.53', null],
      ['l7.dns@n2.example/A/tls://192.0.2.53', 'dns-encrypted-blocked'],
    ]);
    const elsewhere = judgeQuestions([question(1, { server: '192.0.2.54' }), question(2, unheard, refused)], context);
    expect(elsewhere[1]?.code).toBe('dns-unreachable');
    const silent = { kind: 'unanswered', step: 'handshake', waitedMs: 2000 } as const;
    const url = { ...unheard, transport: 'https' as const, server: 'https://192.0.2.53/dns-query' };
    expect(judgeQuestions([question(1), question(2, url, silent)], context)[1]?.code).toBe('dns-encrypted-blocked');
  });
});
