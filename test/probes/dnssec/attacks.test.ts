import { describe, expect, it } from 'vitest';
import type { Inquiry, Reply } from '../../../src/probes/dnssec/inquiry.js';
import { begin, next, type ValidationStep } from '../../../src/probes/dnssec/next.js';
import { recordSets } from '../../../src/probes/dnssec/record-sets.js';
import type { DnsMessage, DnsResourceRecord } from '../../../src/wire/dns/dns.js';
import { dnsTypeNumber } from '../../../src/wire/dns/type.js';
import { parseTrustAnchors } from '../../../src/wire/dnssec/anchor.js';
import { canonicalWire } from '../../../src/wire/dnssec/name.js';
import { newHashBudget, proveNonexistent } from '../../../src/wire/dnssec/nsec3.js';
import { anchorOf, answer, dsOf, NOW, record, signed, type ZoneKey, zoneKey } from '../../fakes/signed-answers.js';

const [A, CNAME, DNAME, DNSKEY] = [1, 5, 39, 48];
const root = zoneKey('.');
const example = zoneKey('example');
const child = zoneKey('child.example');
const stranger = zoneKey('example');
const LAST = [192, 0, 2, 66];

const keysOf = (key: ZoneKey) => signed(key, [record(key.zone, DNSKEY, key.rdata)]);
const address = (name: string, data: readonly number[] = [192, 0, 2, 1]) => record(name, A, data);
const alias = (owner: string, target: string, type = CNAME) => record(owner, type, canonicalWire(target));

/** A bitmap of types below 256. */
function bitmap(types: readonly string[]): Uint8Array {
  const bits = new Uint8Array(34);
  bits[1] = 32;
  for (const type of types) {
    const number = dnsTypeNumber(type) ?? 0;
    bits[2 + (number >> 3)] = (bits[2 + (number >> 3)] ?? 0) | (0x80 >> (number & 7));
  }
  return bits;
}

const nsec = (owner: string, following: string, types: readonly string[]) =>
  record(owner, 47, Buffer.concat([canonicalWire(following), bitmap([...types, 'RRSIG', 'NSEC'])]));

/** The signature of a set by somebody who has not the key, in the name of the zone that he likes. */
function forged(zone: string, set: readonly DnsResourceRecord[]): DnsResourceRecord[] {
  return signed({ ...stranger, zone }, set);
}

const APEX = nsec('example', 'child.example', ['SOA', 'NS', 'DNSKEY']);
const CUT = nsec('child.example', 'plain.example', ['NS', 'DS']);
const PLAIN = nsec('plain.example', 'www.example', ['NS']);
const WWW = nsec('www.example', 'example', ['A', 'TXT']);

/** What the servers of a healthy tree say. Delegated are `child.example`, which is signed, and `plain.example`, which is not. */
const HEALTHY: Readonly<Record<string, DnsMessage>> = {
  '. DNSKEY': answer(keysOf(root)),
  'example DS': answer(signed(root, [dsOf(example)])),
  'example DNSKEY': answer(keysOf(example)),
  'child.example DS': answer(signed(example, [dsOf(child)])),
  'child.example DNSKEY': answer(keysOf(child)),
  'plain.example DS': answer([], signed(example, [PLAIN])),
  'www.example DS': answer([], signed(example, [WWW])),
  'www.example A': answer(signed(example, [address('www.example')])),
  'www.child.example A': answer(signed(child, [address('www.child.example')])),
  'www.plain.example A': answer([address('www.plain.example')]),
};

function verdictOf(
  question: string,
  replies: Readonly<Record<string, DnsMessage>>,
  anchors: readonly string[] = [anchorOf(root)],
): { outcome: string } {
  return verdictWith(question, { ...HEALTHY, ...replies }, anchors);
}

function verdictWith(
  question: string,
  known: Readonly<Record<string, DnsMessage | undefined>>,
  anchors: readonly string[] = [anchorOf(root)],
): { outcome: string } {
  const [name = '', type = ''] = question.split(' ');
  const read = parseTrustAnchors(anchors.join('\n'));
  if (!read.ok) throw new Error(read.refusal);
  const state = begin({ question: { name, type }, anchors: read.value.anchors, nowSeconds: NOW });
  const replyTo = (inquiry: Inquiry): { inquiry: Inquiry; reply: Reply } => {
    const message = known[`${inquiry.name} ${inquiry.type}`];
    return { inquiry, reply: message === undefined ? { kind: 'none', because: 'silence' } : { kind: 'answer', message } };
  };
  let step: ValidationStep = next(state, [replyTo(state.question)]);
  while (step.kind === 'ask') step = next(step.state, step.inquiries.map(replyTo));
  const { verdict, reason } = step.validation;
  return { outcome: `${verdict} ${reason}` };
}

describe('without an attack', () => {
  it.each([
    ['www.example A', 'secure null'],
    ['www.child.example A', 'secure null'],
    ['www.plain.example A', 'insecure no-ds'],
  ])('%s is %s', (question, expected) => {
    expect(verdictOf(question, {}).outcome).toBe(expected);
  });
});

describe('an answer that somebody on the way has made', () => {
  const fake = (name: string) => [address(name, LAST)];
  it.each<[string, string, Record<string, DnsMessage>]>([
    ['without a signature', 'www.example A', { 'www.example A': answer(fake('www.example')) }],
    ['signed in the name of the zone', 'www.example A', { 'www.example A': answer(forged('example', fake('www.example'))) }],
    ['signed in the name of the root', 'www.example A', { 'www.example A': answer(forged('.', fake('www.example'))) }],
    [
      'signed in the name of its parent',
      'www.child.example A',
      { 'www.child.example A': answer(forged('example', fake('www.child.example'))) },
    ],
    [
      'with a cut in between, by the denial of a name that has no NS record',
      'www.example A',
      { 'www.example A': answer(forged('www.example', fake('www.example'))) },
    ],
    [
      'under a signed zone whose DS is denied by the record of an unsigned one',
      'www.child.example A',
      { 'www.child.example A': answer(fake('www.child.example')), 'child.example DS': answer([], signed(example, [PLAIN])) },
    ],
    [
      'under a signed zone whose DS is denied by the record of its own apex',
      'www.child.example A',
      {
        'www.child.example A': answer(fake('www.child.example')),
        'child.example DS': answer([], signed(child, [nsec('child.example', 'www.child.example', ['SOA', 'NS', 'DNSKEY'])])),
      },
    ],
    [
      'under a signed zone that an alias hides',
      'www.child.example A',
      {
        'www.child.example A': answer(fake('www.child.example')),
        'child.example DS': answer([alias('child.example', 'plain.example')]),
        'www.child.example DS': answer([], signed(example, [CUT])),
      },
    ],
    [
      'by an alias without a signature into an unsigned zone',
      'www.example A',
      { 'www.example A': answer([alias('www.example', 'www.plain.example'), ...fake('www.plain.example')]) },
    ],
    [
      'by a DNAME of the root',
      'www.example A',
      {
        'www.example A': answer([
          alias('.', 'plain.example', DNAME),
          alias('www.example', 'www.example.plain.example'),
          ...fake('www.example.plain.example'),
        ]),
      },
    ],
    [
      'beside the true one',
      'www.example A',
      {
        'www.example A': answer([...signed(example, [address('www.example')]), ...fake('mail.example')]),
        'mail.example DS': answer([], signed(example, [PLAIN])),
      },
    ],
    [
      'with a record more',
      'www.example A',
      { 'www.example A': answer([...signed(example, [address('www.example')]), ...fake('www.example')]) },
    ],
    [
      'from a wildcard of the parent',
      'www.child.example A',
      {
        'www.child.example A': answer(
          [
            address('www.child.example'),
            ...signed(example, [address('*.example')])
              .slice(1)
              .map((rrsig) => ({ ...rrsig, name: 'www.child.example' })),
          ],
          signed(example, [CUT]),
        ),
      },
    ],
  ])('%s is bogus', (_what, question, replies) => {
    expect(verdictOf(question, replies).outcome).toMatch(/^bogus /);
    expect(verdictOf(question, replies, [anchorOf(example)]).outcome, 'with an anchor of the zone').toMatch(/^bogus /);
  });
});

describe('a denial of what is there', () => {
  it.each<[string, string, DnsMessage]>([
    ['a name, by the record of its parent', 'www.child.example A', answer([], signed(example, [CUT]), 'NXDOMAIN')],
    [
      'a name, by that of the cut above it and that of the apex',
      'www.child.example A',
      answer([], [...signed(example, [CUT]), ...signed(example, [APEX])], 'NXDOMAIN'),
    ],
    ['a record of an apex, by that of its parent', 'child.example A', answer([], signed(example, [CUT]))],
    ['any record at all', 'www.example ANY', answer([], signed(example, [WWW]))],
    ['a name whose records are in the same answer', 'www.example A', answer(signed(example, [address('www.example')]), [], 'NXDOMAIN')],
    [
      'a name, by a wildcard that was made of one',
      'www.example A',
      answer(
        [],
        signed(example, [nsec('*.example', 'example', ['TXT'])]).map((one) => ({ ...one, name: 'www.example' })),
      ),
    ],
  ])('%s', (_what, question, message) => {
    expect(verdictOf(question, { [question]: message }).outcome).not.toMatch(/^(?:secure|insecure) /);
  });
});

describe('the work that others can make', () => {
  it('sets of a section are made once, and hashes too, in however many rounds', () => {
    const section = [address('www.example')];
    expect(recordSets(section)).toBe(recordSets(section));
    const known = new Map<string, string>();
    const record = { hashAlgorithm: 1, flags: 0, optOut: false, iterations: 1, salt: new Uint8Array(), types: new Set<number>() };
    const records = [{ ...record, hash: new Uint8Array(20), nextHash: new Uint8Array(20) }];
    for (let round = 0; round < 2; round++) {
      const budget = newHashBudget(3, known);
      proveNonexistent('a.b.c.d.e.example', 'example', records, budget);
      // A hash that was made before counts as well: the same replies have the same outcome.
      expect(budget.hashesLeft).toBe(0);
    }
    expect(known.size).toBe(3);
  });

  it('is bounded where each reply is full of records that mean nothing', () => {
    const name = `${'a.'.repeat(100)}example`;
    const rubbish = Array.from({ length: 2000 }, (_, index) => nsec(`x${index}.elsewhere`, 'z.elsewhere', ['A']));
    const replies = new Proxy(HEALTHY, {
      get: (known, key) => known[String(key)] ?? answer([...rubbish, alias(String(key).split(' ')[0] ?? '', 'b.example')], [...rubbish]),
      ownKeys: () => [],
    });
    const startedMs = performance.now();
    expect(verdictWith(`${name} A`, replies).outcome).toMatch(/^null /);
    expect(performance.now() - startedMs).toBeLessThan(4000);
  });
});
