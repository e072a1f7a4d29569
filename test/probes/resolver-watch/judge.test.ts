import { describe, expect, it } from 'vitest';
import type { Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import { type Check, checkSchema } from '../../../src/model/report.js';
import { parseTarget, type Target } from '../../../src/model/target.js';
import { judgeNames } from '../../../src/probes/resolver-watch/judge.js';

type Dns = MeasurementOf<'dns'>;
const RESOLVER = '192.0.2.1';
const NAME = 'app.example.net';
const TRUE = ['203.0.113.10'];
const FALSE = ['198.51.100.66'];

let serial = 0;
function envelope(target: string | null) {
  serial++;
  return {
    id: `m${serial}`,
    target,
    startedAt: '2026-11-22T10:00:00.000Z',
    durationMs: 5,
    stalledMs: 0,
    attempt: { kind: 'measured' as const },
  };
}

function said(server: string, rcode: string | null, addresses: readonly string[] = [], data: Partial<Dns['data']> = {}): Dns {
  const name = data.name ?? NAME;
  return {
    ...envelope(null),
    ...(rcode === null ? { attempt: { kind: 'unanswered', step: 'response', waitedMs: 900 } as const } : {}),
    probe: 'dns',
    method: 'udp',
    data: {
      server,
      transport: 'udp',
      name,
      type: 'A',
      rcode,
      queryMs: rcode === null ? null : 5,
      flags: null,
      answers: addresses.map((address) => ({ name, type: 'A', ttl: 60, data: address })),
      dnssec: null,
      attempts: 1,
      ...data,
    },
  };
}

const reference = (server: string, rcode: string | null, addresses: readonly string[] = []) =>
  said(server, rcode, addresses, { from: 'well-known' });
const references = (rcode: string | null, addresses: readonly string[] = []) => [
  reference('1.1.1.1', rcode, addresses),
  reference('8.8.8.8', rcode, addresses),
];

function port(address: string, number: number, state: 'open' | 'closed' | 'filtered', target: string | null = null): Measurement {
  const one = {
    port: number,
    protocol: 'tcp',
    state,
    service: null,
    latencyMs: null,
    retransmissions: null,
    required: true,
    reason: '',
    rejectedBy: null,
    tries: 1,
    banner: null,
    tls: null,
  } as const;
  return { ...envelope(target), probe: 'ports', method: 'tcp', data: { address, ports: [one] } } as Measurement;
}

function tls(address: string, target: string, valid: boolean): Measurement {
  const data = { address, hostnameMatches: valid, trusted: true, trustError: null };
  return { ...envelope(target), probe: 'tls', method: 'tcp', data } as unknown as Measurement;
}

function targetOf(text: string): Target {
  const parsed = parseTarget(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.target;
}

function judged(measurements: readonly Measurement[], text = `${NAME}:443`, resolvers = [RESOLVER]): Check[] {
  const checks = judgeNames({ targets: [targetOf(text)], resolvers, gateways: [RESOLVER], measurements });
  for (const made of checks) checkSchema.parse(made);
  return checks;
}

const troubles = (checks: readonly Check[]) =>
  checks.flatMap(({ id, status, code }) => (status === 'pass' ? [] : [`${status} ${code} ${id}`]));

describe('what others say of a name', () => {
  it('agrees, or is not there: nothing is wrong', () => {
    expect(troubles(judged([said(RESOLVER, 'NOERROR', TRUE), ...references('NOERROR', TRUE)]))).toEqual([]);
    expect(troubles(judged([said(RESOLVER, 'NOERROR', TRUE), ...references(null)]))).toEqual([]);
    expect(troubles(judged([said(RESOLVER, 'NOERROR', TRUE)]))).toEqual([]);
  });

  it('is another address, and what answers here has no certificate for the name: hijacked', () => {
    const checks = judged([said(RESOLVER, 'NOERROR', FALSE), ...references('NOERROR', TRUE), tls(FALSE[0] ?? '', `${NAME}:443`, false)]);
    expect(troubles(checks)).toEqual([`fail dns-hijacked l7.agreement@${NAME}:443`]);
  });

  it('is another address, and the service is here too: served by place', () => {
    const checks = judged([said(RESOLVER, 'NOERROR', FALSE), ...references('NOERROR', TRUE), tls(FALSE[0] ?? '', `${NAME}:443`, true)]);
    expect(troubles(checks)).toEqual([]);
  });

  it('differs among themselves: served by place', () => {
    const others = [reference('1.1.1.1', 'NOERROR', TRUE), reference('8.8.8.8', 'NOERROR', ['203.0.113.11'])];
    expect(troubles(judged([said(RESOLVER, 'NOERROR', FALSE), ...others], `${NAME}:80`))).toEqual([]);
  });

  it('is a public address where this network has an inner one: its own view, unless it is the gateway', () => {
    const inner = (address: string) =>
      judged(
        [said(RESOLVER, 'NOERROR', [address]), ...references('NOERROR', TRUE), port(address, 80, 'open', `http://${NAME}`)],
        `http://${NAME}`,
      );
    expect(troubles(inner('10.1.2.3'))).toEqual([]);
    expect(troubles(inner(RESOLVER))).toEqual([`warn dns-hijacked l7.agreement@http://${NAME}`]);
  });

  it('is an address where the own resolver denies the name', () => {
    expect(troubles(judged([said(RESOLVER, 'NXDOMAIN'), ...references('NOERROR', TRUE)]))).toEqual([
      `fail dns-nxdomain l7.agreement@${NAME}:443`,
    ]);
  });

  it('of two resolvers is a suspicion, until the address of the second was tried', () => {
    const two = [RESOLVER, '192.0.2.3'];
    const [[stale = ''], [good = '']] = [FALSE, TRUE];
    const target = `${NAME}:443`;
    const contrary = [said(RESOLVER, 'NOERROR', FALSE), said('192.0.2.3', 'NOERROR', TRUE), port(stale, 443, 'filtered', target)];
    expect(troubles(judged(contrary, target, two))).toEqual([`warn dns-inconsistent l7.agreement@${target}`]);
    expect(troubles(judged([...contrary, tls(good, target, true)], target, two))).toEqual([`fail dns-inconsistent l7.agreement@${target}`]);
    expect(troubles(judged([...contrary, port(good, 443, 'filtered')], target, two))).toEqual([]);
  });

  it('of two resolvers is a suspicion where the first works, too, until the address of the second was tried', () => {
    const two = [RESOLVER, '192.0.2.3'];
    const [[other = ''], [good = '']] = [FALSE, TRUE];
    const target = `${NAME}:443`;
    const contrary = [said(RESOLVER, 'NOERROR', TRUE), said('192.0.2.3', 'NOERROR', FALSE), tls(good, target, true)];
    expect(troubles(judged(contrary, target, two))).toEqual([`warn dns-inconsistent l7.agreement@${target}`]);
    expect(troubles(judged([...contrary, tls(other, target, true)], target, two))).toEqual([]);
    const stale = judged([...contrary, port(other, 443, 'filtered')], target, two);
    expect(troubles(stale)).toEqual([`warn dns-inconsistent l7.agreement@${target}`]);
    expect(stale.find(({ code }) => code === 'dns-inconsistent')?.basis).toBe('stated');
  });

  it('of two resolvers is the turn of other addresses, where one of them names others each time', () => {
    const two = [RESOLVER, '192.0.2.3'];
    const target = `${NAME}:80`;
    const [[one = ''], [another = '']] = [FALSE, TRUE];
    const turns = [
      said(RESOLVER, 'NOERROR', ['203.0.113.12', another]),
      said(RESOLVER, 'NOERROR', ['203.0.113.13', '203.0.113.14']),
      said('192.0.2.3', 'NOERROR', [one]),
      port(one, 80, 'open', target),
    ];
    expect(troubles(judged(turns, target, two))).toEqual([]);
    // What was not tried is not dead.
    const untried = judged([said(RESOLVER, 'NOERROR', [another]), ...turns.slice(2)], target, two);
    expect(untried.find(({ code }) => code === 'dns-inconsistent')).toMatchObject({ status: 'warn', basis: 'silence' });
  });

  it('of one reference is a suspicion where the target does not answer, until the other address was tried', () => {
    const target = `${NAME}:443`;
    const [[trap = ''], [good = '']] = [FALSE, TRUE];
    const one = [said(RESOLVER, 'NOERROR', FALSE), reference('1.1.1.1', 'NOERROR', TRUE), tls(trap, target, false)];
    expect(judged(one).find(({ code }) => code === 'dns-hijacked')).toMatchObject({ status: 'warn', basis: 'silence' });
    expect(troubles(judged([...one, tls(good, target, true)]))).toEqual([`fail dns-hijacked l7.agreement@${target}`]);
    expect(troubles(judged([...one, port(good, 443, 'filtered')]))).toEqual([]);
    // Where it works here, one voice against another is a matter of place.
    const place = [said(RESOLVER, 'NOERROR', FALSE), reference('1.1.1.1', 'NOERROR', TRUE), tls(trap, target, true)];
    expect(troubles(judged(place))).toEqual([]);
  });

  it('is the address of nobody, whoever else can be asked', () => {
    const made = judged([said(RESOLVER, 'NOERROR', ['0.0.0.0'])]);
    expect(troubles(made)).toEqual([`fail dns-hijacked l7.agreement@${NAME}:443`]);
    expect(made.find(({ code }) => code === 'dns-hijacked')?.observed).toBe(
      '192.0.2.1: 0.0.0.0, the address of nobody: a filter of names, or a made-up answer',
    );
    expect(troubles(judged([said(RESOLVER, 'NOERROR', ['0.0.0.0', ...TRUE])]))).toEqual([]);
  });

  it('is the address of this machine: made up, unless the service runs here or somebody wants it so', () => {
    const target = `${NAME}:443`;
    const here = (...more: Measurement[]) => [said(RESOLVER, 'NOERROR', ['127.0.0.1']), ...more];
    const closed = port('127.0.0.1', 443, 'closed', target);
    expect(troubles(judged(here(closed)))).toEqual([`fail dns-hijacked l7.agreement@${target}`]);
    expect(troubles(judged(here(port('127.0.0.1', 443, 'open', target))))).toEqual([]);
    expect(troubles(judged(here(closed, ...references('NOERROR', ['127.0.0.1']))))).toEqual([]);
    const stub = [said('127.0.0.1', 'NOERROR', ['127.0.0.1']), closed];
    expect(troubles(judged(stub, target, ['127.0.0.1']))).toEqual([]);
    const ofTest = said(RESOLVER, 'NOERROR', ['127.0.0.1'], {
      name: 'app.test',
      answers: [{ name: 'app.test', type: 'A', ttl: 60, data: '127.0.0.1' }],
    });
    expect(troubles(judged([ofTest, port('127.0.0.1', 443, 'closed', 'app.test:443')], 'app.test:443'))).toEqual([]);
  });

  it('is what the first of two resolvers does not say', () => {
    const two = [RESOLVER, '192.0.2.3'];
    const stale = [said(RESOLVER, 'NOERROR', FALSE), said('192.0.2.3', 'NOERROR', TRUE), ...references('NOERROR', TRUE)];
    expect(troubles(judged(stale, `${NAME}:443`, two))).toEqual([`fail dns-inconsistent l7.agreement@${NAME}:443`]);
  });
});

describe('names that do not exist', () => {
  const madeUp = (addresses: readonly string[]) => said(RESOLVER, 'NOERROR', addresses, { name: 'netdiag-0.invalid' });

  it('have an address: made up', () => {
    expect(troubles(judged([said(RESOLVER, 'NOERROR', TRUE), madeUp(FALSE)]))).toEqual([`warn dns-hijacked l7.nxdomain@${RESOLVER}`]);
  });

  it('have the address of all names, at which the target works: a network of one machine', () => {
    expect(troubles(judged([said(RESOLVER, 'NOERROR', TRUE), madeUp(TRUE), port(TRUE[0] ?? '', 443, 'open', `${NAME}:443`)]))).toEqual([]);
  });
});

describe('transports', () => {
  it('are blocked where plain questions are in vain everywhere, and encrypted ports open', () => {
    const checks = judged([said(RESOLVER, null), ...references(null), port('1.1.1.1', 853, 'open'), port('8.8.8.8', 853, 'open')]);
    expect(troubles(checks)).toEqual(['fail dns-plain-blocked l7.transport@udp']);
  });

  it('are not, where the resolver of the network answers: others need not be let out', () => {
    expect(troubles(judged([said(RESOLVER, 'NOERROR', TRUE), ...references(null), port('1.1.1.1', 853, 'open')]))).toEqual([]);
  });

  it('are blocked where the encrypted port is silent, and not where it is refused by the resolver itself', () => {
    const well = [said(RESOLVER, 'NOERROR', TRUE), ...references('NOERROR', TRUE)];
    expect(troubles(judged([...well, port('1.1.1.1', 853, 'filtered'), port('8.8.8.8', 853, 'filtered')]))).toEqual([
      'warn dns-encrypted-blocked l7.transport@tls',
    ]);
    expect(troubles(judged([...well, port('1.1.1.1', 853, 'closed'), port('8.8.8.8', 853, 'closed')]))).toEqual([]);
  });
});

describe('SERVFAIL', () => {
  it('that becomes an answer without validation is bogus', () => {
    const unchecked = said(RESOLVER, 'NOERROR', TRUE, { checkingDisabled: true });
    expect(troubles(judged([said(RESOLVER, 'SERVFAIL'), unchecked]))).toEqual([`fail dnssec-bogus l7.dnssec@${NAME}:443`]);
  });

  it('of one type is bogus, though it is shown that there is nothing of another', () => {
    const unchecked = said(RESOLVER, 'NOERROR', TRUE, { checkingDisabled: true });
    const none = said(RESOLVER, 'NOERROR', [], { type: 'AAAA' });
    expect(troubles(judged([said(RESOLVER, 'SERVFAIL'), none, unchecked]))).toEqual([`fail dnssec-bogus l7.dnssec@${NAME}:443`]);
    expect(troubles(judged([said(RESOLVER, 'SERVFAIL'), said(RESOLVER, 'NOERROR', TRUE), unchecked]))).toEqual([]);
  });

  it('that comes and goes is no matter of signatures: they do not hold again a second later', () => {
    const unchecked = said(RESOLVER, 'NOERROR', TRUE, { checkingDisabled: true });
    // The other type was asked while it failed, and not again.
    const other = said(RESOLVER, 'SERVFAIL', [], { type: 'AAAA' });
    expect(troubles(judged([said(RESOLVER, 'SERVFAIL'), other, said(RESOLVER, 'NOERROR', TRUE), unchecked]))).toEqual([]);
    const sample = (rcode: string, sentMs: number) => ({ sentMs, rcode, queryMs: 5, waitedMs: null });
    const series = said(RESOLVER, 'SERVFAIL', [], { series: [sample('SERVFAIL', 0), sample('NOERROR', 120)] });
    expect(troubles(judged([series, other, unchecked]))).toEqual([]);
    const failing = said(RESOLVER, 'SERVFAIL', [], { series: [sample('SERVFAIL', 0), sample('SERVFAIL', 120)] });
    expect(troubles(judged([failing, other, unchecked]))).toEqual([`fail dnssec-bogus l7.dnssec@${NAME}:443`]);
    expect(troubles(judged([said(RESOLVER, 'SERVFAIL'), said(RESOLVER, 'NOERROR', TRUE, { transport: 'tcp' }), unchecked]))).toEqual([]);
  });

  it('of a type is told by a question for that type alone, or by what the resolver says of it', () => {
    const unchecked = said(RESOLVER, 'NOERROR', TRUE, { checkingDisabled: true });
    const other = said(RESOLVER, 'SERVFAIL', [], { type: 'AAAA' });
    expect(troubles(judged([other, unchecked]))).toEqual([]);
    const edns = { extendedErrors: [{ code: 6, name: 'DNSSEC Bogus', text: null }] } as unknown as Dns['data']['edns'];
    const stated = said(RESOLVER, 'SERVFAIL', [], { type: 'AAAA', edns });
    expect(troubles(judged([stated, unchecked]))).toEqual([`fail dnssec-bogus l7.dnssec@${NAME}:443`]);
  });

  it('that stays is no matter of signatures', () => {
    expect(troubles(judged([said(RESOLVER, 'SERVFAIL'), said(RESOLVER, 'SERVFAIL', [], { checkingDisabled: true })]))).toEqual([]);
  });
});
