import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/model/attempt.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { classify, type Observed } from '../../../src/probes/dns-comparison/classify.js';
import { judgeComparisons } from '../../../src/probes/dns-comparison/judge.js';
import type { Comparison } from '../../../src/probes/dns-comparison/server-view.js';
import { answers, denial, known, madeUp, NODATA, NXDOMAIN, SILENT, server, system, world } from './rows.js';

const NAME = 'www.example.net';

function comparison(rows: Observed[], parts: { type?: string; id?: string; attempt?: Attempt<null>; name?: string } = {}): Comparison {
  const { type = 'A', id = 'm1', attempt = { kind: 'measured', value: null }, name = NAME } = parts;
  return {
    ...{ id, target: name, probe: 'dns-comparison', method: 'dns', startedAt: '2026-11-22T00:00:00.000Z', durationMs: 500, stalledMs: 0 },
    attempt: attempt.kind === 'measured' ? { kind: 'measured' } : attempt,
    data: { name, type, ...classify(rows, type) },
  };
}

/** `id: status code`, pass without a code. */
function judged(...comparisons: Comparison[]): string[] {
  return judgeComparisons(comparisons, { policy: DEFAULT_POLICY }).map(
    ({ id, status, code }) => `${id}: ${status}${code === null ? '' : ` ${code}`}`,
  );
}

function observedOf(id: string, ...comparisons: Comparison[]): string | null | undefined {
  return judgeComparisons(comparisons, { policy: DEFAULT_POLICY }).find((check) => check.id === id)?.observed;
}

const SERVFAIL: Partial<Observed> = { rcode: 'SERVFAIL', answers: [], ttl: null };
const REFUSED: Partial<Observed> = { rcode: 'REFUSED', answers: [], ttl: null };
const TRANSPORTS_OPEN = ['l7.transport@udp: pass', 'l7.transport@tcp: pass', 'l7.transport@tls: pass', 'l7.transport@https: pass'];
const AGREEMENT = `l7.agreement@${NAME}/A`;
const slow = (p50: number) => ({ min: p50, mean: p50, p50, p95: p50, p99: p50, max: p50, stddev: 0 });

describe('what a comparison says', () => {
  it('is well where everything is', () => {
    expect(judged(comparison([system('10.0.0.53'), ...world()]))).toEqual([
      'l7.resolver@10.0.0.53: pass',
      'l7.resolver@well-known: pass',
      ...TRANSPORTS_OPEN,
      'l7.nxdomain@10.0.0.53: pass',
      'l7.nxdomain@well-known: pass',
      `${AGREEMENT}: pass`,
    ]);
  });

  it.each<[string, Observed[], string]>([
    ['other public addresses', [system('10.0.0.53', answers('192.0.2.7')), ...world()], 'pass'],
    ['a split horizon', [system('10.0.0.53', answers('10.1.2.3')), ...world(NXDOMAIN)], 'pass'],
    ['a well-known filter', [system('10.0.0.53'), known('Cloudflare'), known('Google'), known('Quad9', 'udp', NXDOMAIN)], 'pass'],
    ['no record of the type anywhere', [system('10.0.0.53', NODATA), ...world(NODATA)], 'pass'],
    ['a filter that this machine uses', [system('10.0.0.53', answers('0.0.0.0')), ...world()], 'warn dns-inconsistent'],
    ['a resolver that denies the name', [system('10.0.0.53', NXDOMAIN), ...world()], 'warn dns-inconsistent'],
    ['resolvers of the system that disagree', [system('a'), system('b', NXDOMAIN), ...world()], 'fail dns-inconsistent'],
    ['a name that nobody knows', [system('10.0.0.53', NXDOMAIN), ...world(NXDOMAIN)], 'fail dns-nxdomain'],
    ['a name that nobody can look up', [system('10.0.0.53', SERVFAIL), ...world(SERVFAIL)], 'fail dns-servfail'],
    [
      'signatures that do not hold',
      [server('a', { ...SERVFAIL, extendedErrors: [{ code: 7, name: 'Signature Expired', text: '' }] })],
      'fail dnssec-bogus',
    ],
    ['servers that all refuse', [server('a', REFUSED), server('b', REFUSED)], 'fail dns-refused'],
    [
      'an address made up for the name itself',
      [server('a', { ...answers('192.0.2.66'), nonexistent: [madeUp('x.invalid', '192.0.2.66')] }), ...world(NXDOMAIN)],
      'fail dns-hijacked',
    ],
    [
      'an injected answer',
      [server('a', { contradictions: { listenedMs: 300, firstMs: 1, answers: [{ rcode: 'NXDOMAIN', answers: [] }] } }), server('b')],
      'fail dns-hijacked',
    ],
    [
      'plain answers that encrypted ones deny',
      world({}, { udp: answers('203.0.113.6'), tcp: answers('203.0.113.6') }),
      'fail dns-hijacked',
    ],
    [
      'one hidden resolver that tells the truth',
      [known('Cloudflare', 'udp', { nameServerId: 'gw' }), known('Google', 'udp', { nameServerId: 'gw' })],
      'warn dns-hijacked',
    ],
    ['nobody who answers', [server('a', SILENT)], 'skip'],
  ])('%s', (_what, rows, verdict) => {
    expect(judged(comparison(rows)).at(-1)).toBe(`${AGREEMENT}: ${verdict}`);
  });

  it('names the split horizon without holding it against anybody', () => {
    expect(observedOf(AGREEMENT, comparison([system('10.0.0.53', answers('10.1.2.3')), ...world()]))).toBe(
      '9 servers agree: 192.0.2.80; split horizon: 10.0.0.53: 10.1.2.3',
    );
  });

  it('fails a server that makes up addresses, by name', () => {
    const rewriting = { nonexistent: [madeUp('netdiag-x.invalid', '192.0.2.66')] };
    const lines = judged(comparison([system('10.0.0.53', rewriting), server('10.0.0.54'), ...world()]));
    expect(lines.filter((line) => line.startsWith('l7.nxdomain'))).toEqual([
      'l7.nxdomain@10.0.0.53: fail dns-hijacked',
      'l7.nxdomain@10.0.0.54: pass',
      'l7.nxdomain@well-known: pass',
    ]);
    expect(observedOf('l7.nxdomain@10.0.0.53', comparison([system('10.0.0.53', rewriting)]))).toBe(
      '10.0.0.53: 192.0.2.66 for netdiag-x.invalid, which does not exist',
    );
  });

  it('does not judge a denial that nobody gave', () => {
    const rows = [server('a', { nonexistent: [denial('x.invalid', { rcode: null })] }), server('b', { nonexistent: [] })];
    expect(judged(comparison(rows)).filter((line) => line.startsWith('l7.nxdomain'))).toEqual(['l7.nxdomain@a: skip']);
  });
});

describe('the servers', () => {
  const stateOf = (id: string, ...rows: Observed[]) => judged(comparison(rows)).find((line) => line.startsWith(`${id}: `));

  it.each<[string, Observed[], string]>([
    ['dead beside one that works', [system('a', SILENT), system('b')], 'l7.resolver@a: warn dns-unreachable'],
    ['one that refuses', [server('a', REFUSED), server('b')], 'l7.resolver@a: warn dns-refused'],
    ['one that fails where others do not', [server('a', SERVFAIL), server('b')], 'l7.resolver@a: warn dns-servfail'],
    ['all that fail: the name is at fault', [server('a', SERVFAIL), server('b', SERVFAIL)], 'l7.resolver@a: pass'],
    ['one lost datagram', [server('a', { sent: 9, received: 8 })], 'l7.resolver@a: pass'],
    ['several lost datagrams', [server('a', { sent: 9, received: 7 })], 'l7.resolver@a: warn dns-intermittent'],
    ['slow', [server('a', { warmMs: slow(150) })], 'l7.resolver@a: warn dns-slow'],
    ['very slow', [server('a', { warmMs: slow(1500) })], 'l7.resolver@a: fail dns-slow'],
    ['slow only the first time', [server('a', { coldMs: 900 })], 'l7.resolver@a: pass'],
    [
      'an answer too long for UDP, without TCP',
      [server('a', { ...SILENT, failure: { kind: 'failed', code: 'truncated', reason: 'over TCP: refused' } }), server('b')],
      'l7.resolver@a: fail dns-tcp-blocked',
    ],
    [
      'one that could not be asked',
      [server('a', { ...SILENT, sent: 0, failure: { kind: 'not-asked', code: null, reason: 'interrupted' } })],
      'l7.resolver@a: skip',
    ],
  ])('%s', (_what, rows, line) => {
    const id = line.slice(0, line.indexOf(': '));
    expect(stateOf(id, ...rows)).toBe(line);
  });

  it('says once that all of the system are dead, even where the world answers', () => {
    const lines = judged(comparison([system('a', SILENT), system('b', SILENT), server('c'), ...world()]));
    expect(lines.filter((line) => line.startsWith('l7.resolver'))).toEqual([
      'l7.resolver: fail dns-unreachable',
      'l7.resolver@c: pass',
      'l7.resolver@well-known: pass',
    ]);
    expect(observedOf('l7.resolver', comparison([system('a', SILENT), system('b', SILENT)]))).toBe(
      'a: no answer within 4000 ms; b: no answer within 4000 ms',
    );
  });

  it('fails a machine without any, although the world answers', () => {
    expect(judged(comparison(world())).filter((line) => line.startsWith('l7.resolver'))).toEqual([
      'l7.resolver: fail dns-no-resolver',
      'l7.resolver@well-known: pass',
    ]);
  });

  it('warns of one well-known server that is dead, and not of a slow one', () => {
    expect(stateOf('l7.resolver@well-known', known('Cloudflare', 'udp', SILENT), known('Google'))).toBe(
      'l7.resolver@well-known: warn dns-unreachable',
    );
    expect(stateOf('l7.resolver@well-known', known('Cloudflare', 'udp', { warmMs: slow(800) }), known('Google'))).toBe(
      'l7.resolver@well-known: pass',
    );
  });

  it('holds silence in one comparison against the answer in another', () => {
    const lines = judged(
      comparison([server('a'), server('b')]),
      comparison([server('a', SILENT), server('b')], { type: 'AAAA', id: 'm2' }),
    );
    expect(lines).toContain('l7.resolver@a: warn dns-intermittent');
    expect(new Set(lines.map((line) => line.slice(0, line.indexOf(': ')))).size).toBe(lines.length);
  });
});

describe('the transports', () => {
  const transports = (...rows: Observed[]) => judged(comparison(rows)).filter((line) => /^l7\.(transport|resolver@well)/.test(line));

  it('tells plain DNS that is blocked, TCP included, once', () => {
    expect(transports(system('10.0.0.53'), ...world({}, { udp: SILENT, tcp: SILENT }))).toEqual([
      'l7.resolver@well-known: pass',
      'l7.transport@udp: warn dns-plain-blocked',
      'l7.transport@tcp: warn dns-plain-blocked',
      'l7.transport@tls: pass',
      'l7.transport@https: pass',
    ]);
  });

  it('tells plain DNS that is refused in the place of all well-known servers, and not where these fail themselves', () => {
    const rows = [system('10.0.0.53'), ...world({}, { udp: REFUSED, tcp: SILENT })];
    expect(transports(...rows)).toEqual([
      'l7.resolver@well-known: pass',
      'l7.transport@udp: warn dns-plain-blocked',
      'l7.transport@tcp: warn dns-plain-blocked',
      'l7.transport@tls: pass',
      'l7.transport@https: pass',
    ]);
    expect(observedOf('l7.transport@udp', comparison(rows))).toBe('none of 3 serves (1.1.1.1, 8.8.8.8, 9.9.9.9): REFUSED');
    expect(transports(...world(REFUSED))).toEqual(expect.arrayContaining(TRANSPORTS_OPEN));
    expect(transports(system('10.0.0.53'), ...world(SERVFAIL))).toEqual(expect.arrayContaining(TRANSPORTS_OPEN));
  });

  it('tells DNS over TCP that is blocked', () => {
    expect(transports(...world({}, { tcp: SILENT }))).toContain('l7.transport@tcp: warn dns-tcp-blocked');
  });

  it('tells encrypted DNS that is blocked, each transport by itself', () => {
    expect(transports(...world({}, { tls: SILENT }))).toEqual([
      'l7.resolver@well-known: pass',
      'l7.transport@udp: pass',
      'l7.transport@tcp: pass',
      'l7.transport@tls: warn dns-encrypted-blocked',
      'l7.transport@https: pass',
    ]);
  });

  it('blames no transport where nothing is answered at all', () => {
    expect(transports(system('10.0.0.53', SILENT), ...world(SILENT))).toEqual([
      'l7.resolver@well-known: skip',
      'l7.transport@udp: skip',
      'l7.transport@tcp: skip',
      'l7.transport@tls: skip',
      'l7.transport@https: skip',
    ]);
  });

  it('blames no transport for one operator', () => {
    expect(transports(system('10.0.0.53'), known('Cloudflare', 'tls', SILENT), known('Google'))).toEqual([
      'l7.resolver@well-known: warn dns-unreachable',
      'l7.transport@udp: pass',
      'l7.transport@tls: skip',
    ]);
  });
});

describe('a comparison that was not made', () => {
  it('is skipped with the reason, or fails without a server', () => {
    expect(judged(comparison([], { attempt: { kind: 'skipped', because: 'interrupted' } }))).toEqual([`${AGREEMENT}: skip`]);
    const nobody: Attempt<null> = { kind: 'failed', step: 'resolve', code: 'no-resolver', message: 'no name server is configured' };
    expect(judged(comparison([], { attempt: nobody }))).toEqual([`${AGREEMENT}: fail dns-no-resolver`]);
  });
});
