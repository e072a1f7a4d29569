import { describe, expect, it } from 'vitest';
import type { Inquiry, Reply } from '../../../src/probes/dnssec/inquiry.js';
import { begin, next, type Validation, type ValidationStep } from '../../../src/probes/dnssec/next.js';
import type { DnsMessage, DnsResourceRecord } from '../../../src/wire/dns/dns.js';
import { parseTrustAnchors } from '../../../src/wire/dnssec/anchor.js';
import { canonicalWire } from '../../../src/wire/dnssec/name.js';
import { anchorOf, answer, dsOf, NOW, record, signed, type ZoneKey, zoneKey } from '../../fakes/signed-answers.js';

const [A, CNAME, DNAME, DS, RRSIG, DNSKEY] = [1, 5, 39, 43, 46, 48];
const root = zoneKey('.');
const example = zoneKey('example');
const address = record('www.example', A, [192, 0, 2, 1]);
const withoutSignatures = (message: DnsMessage): DnsMessage => ({
  ...message,
  answers: message.answers.filter(({ typeNumber }) => typeNumber !== RRSIG),
});
const keysOf = (key: ZoneKey) => signed(key, [record(key.zone, DNSKEY, key.rdata)]);

/** What the servers of a healthy tree say. */
const HEALTHY: Readonly<Record<string, DnsMessage>> = {
  '. DNSKEY': answer(keysOf(root)),
  'example DS': answer(signed(root, [dsOf(example)])),
  'example DNSKEY': answer(keysOf(example)),
  'www.example A': answer(signed(example, [address])),
};

function start(name: string, anchors: readonly string[] = [anchorOf(root)], nowSeconds = NOW) {
  const read = parseTrustAnchors(anchors.join('\n'));
  if (!read.ok) throw new Error(read.refusal);
  return begin({ question: { name, type: 'A' }, anchors: read.value.anchors, nowSeconds });
}

/** Plays the replies until there is a verdict; what nobody knows is answered by silence. */
function play(
  replies: Readonly<Record<string, DnsMessage>>,
  { name = 'www.example', anchors, nowSeconds }: { name?: string; anchors?: string[]; nowSeconds?: number } = {},
) {
  const rounds: string[][] = [];
  const state = start(name, anchors, nowSeconds);
  const replyTo = (inquiry: Inquiry): { inquiry: Inquiry; reply: Reply } => {
    const message = replies[`${inquiry.name} ${inquiry.type}`];
    return { inquiry, reply: message === undefined ? { kind: 'none', because: 'no answer within 2000 ms' } : { kind: 'answer', message } };
  };
  let step: ValidationStep = next(state, [replyTo(state.question)]);
  while (step.kind === 'ask') {
    rounds.push(step.inquiries.map(({ name: asked, type }) => `${asked} ${type}`));
    expect(rounds.length).toBeLessThan(60);
    step = next(step.state, step.inquiries.map(replyTo));
  }
  return { rounds, validation: step.validation };
}

const outcome = ({ verdict, reason }: Validation) => `${verdict} ${reason}`;

describe('what is asked', () => {
  it('is the whole chain in two rounds', () => {
    const { rounds, validation } = play(HEALTHY);
    expect(rounds).toEqual([['. DNSKEY', 'example DS'], ['example DNSKEY']]);
    expect(validation).toMatchObject({ verdict: 'secure', reason: null, zone: 'example', queries: 3 });
    expect(validation.chain.map(({ zone, verdict }) => [zone, verdict])).toEqual([
      ['.', 'secure'],
      ['example', 'secure'],
    ]);
  });

  it('is the same again for the same replies', () => {
    const state = start('www.example');
    const first = { inquiry: state.question, reply: { kind: 'answer', message: HEALTHY['www.example A'] as DnsMessage } } as const;
    expect(next(state, [first])).toEqual(next(state, [first]));
    expect(state.replies.size).toBe(0);
  });

  it('is bounded for a name of many labels in a zone that denies nothing', () => {
    const name = `${'a.'.repeat(60)}example`;
    const within = answer([], [], 'NOERROR');
    const { rounds, validation } = play(
      { ...HEALTHY, [`${name} A`]: answer([record(name, A, [192, 0, 2, 1])]), 'a.example DS': within },
      { name },
    );
    expect(rounds.flat().length).toBeLessThanOrEqual(12);
    expect(outcome(validation)).toBe('bogus denial-missing');
  });
});

const many = (count: number, make: (index: number) => DnsResourceRecord) => Array.from({ length: count }, (_, index) => make(index));
/** Swapping two words of a key leaves its tag as it was. */
const sameTag = (index: number) => {
  const rdata = example.rdata.slice();
  const at = 4 + 2 * (index % 15);
  [rdata[at], rdata[at + 1], rdata[at + 2], rdata[at + 3]] = [rdata[at + 2], rdata[at + 3], rdata[at], rdata[at + 1]] as [
    number,
    number,
    number,
    number,
  ];
  return record('example', DNSKEY, rdata);
};
const cname = (owner: string, target: string) => record(owner, CNAME, canonicalWire(target));
const dname = record('example', DNAME, canonicalWire('other.example'));

describe('what comes of it', () => {
  it.each<[string, Record<string, DnsMessage>, string]>([
    [
      'no signature at all, from anybody',
      Object.fromEntries(Object.entries(HEALTHY).map(([key, message]) => [key, withoutSignatures(message)])),
      'null resolver-strips-dnssec',
    ],
    [
      'no signature of the answer alone',
      { ...HEALTHY, 'www.example A': answer([address]), 'www.example DS': answer([]) },
      'bogus denial-missing',
    ],
    ['the root is silent', { 'www.example A': HEALTHY['www.example A'] as DnsMessage }, 'null unanswered'],
    ['the keys are refused', { ...HEALTHY, 'example DNSKEY': answer([], [], 'REFUSED') }, 'null server-failure'],
    ['the answer is a failure, with CD too', { ...HEALTHY, 'www.example A': answer([], [], 'SERVFAIL') }, 'null server-failure'],
    ['a zone without keys', { ...HEALTHY, 'example DNSKEY': answer([]) }, 'bogus dnskey-missing'],
    ['keys that are not in the DS', { ...HEALTHY, 'example DNSKEY': answer(keysOf(zoneKey('example'))) }, 'bogus no-ds-match'],
    ['the DS of somebody else', { ...HEALTHY, 'example DS': answer(signed(zoneKey('.'), [dsOf(example)])) }, 'bogus signing-key-missing'],
    [
      'an answer of another record',
      { ...HEALTHY, 'www.example A': answer([...signed(example, [record('www.example', A, [192, 0, 2, 2])]).slice(1), address]) },
      'bogus signature-invalid',
    ],
    [
      'a DNAME, and a CNAME that is not its own',
      {
        ...HEALTHY,
        'www.example A': answer([
          ...signed(example, [dname]),
          cname('www.example', 'evil.example'),
          ...signed(example, [record('evil.example', A, [192, 0, 2, 1])]),
        ]),
      },
      'bogus alias-wrong',
    ],
    [
      'a DNAME',
      {
        ...HEALTHY,
        'www.example A': answer([
          ...signed(example, [dname]),
          cname('www.example', 'www.other.example'),
          ...signed(example, [record('www.other.example', A, [192, 0, 2, 1])]),
        ]),
      },
      'secure null',
    ],
    [
      'an alias that leads to itself',
      { ...HEALTHY, 'www.example A': answer(signed(example, [cname('www.example', 'www.example')])) },
      'bogus alias-wrong',
    ],
    [
      'an alias whose end has to be asked for',
      {
        ...HEALTHY,
        'www.example A': answer(signed(example, [cname('www.example', 'web.example')])),
        'web.example A': answer(signed(example, [record('web.example', A, [192, 0, 2, 1])])),
      },
      'secure null',
    ],
    [
      'keys of one tag and signatures without end (CVE-2023-50387)',
      {
        ...HEALTHY,
        'example DNSKEY': answer(signed(example, [record('example', DNSKEY, example.rdata), ...many(15, sameTag)])),
        'www.example A': answer([
          address,
          ...many(200, (index) => {
            const [, forged] = signed(example, [address]) as [DnsResourceRecord, DnsResourceRecord];
            const at = forged.rdata.length - 1 - (index % 32);
            // A byte of a signature is random: anything but a flip leaves it as it was once in 256 times.
            forged.rdata[at] = (forged.rdata[at] ?? 0) ^ (1 + index);
            return forged;
          }),
        ]),
      },
      'bogus signature-invalid',
    ],
  ])('%s', (_what, replies, expected) => {
    const startedMs = performance.now();
    expect(outcome(play(replies).validation)).toBe(expected);
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });

  it.each([
    ['a second before its end', NOW + 3599, 'secure null'],
    ['at its end', NOW + 3600, 'secure null'],
    ['a second after it', NOW + 3601, 'bogus signature-expired'],
    ['at its beginning', NOW - 3600, 'secure null'],
    ['a second before it', NOW - 3601, 'bogus signature-not-yet-valid'],
  ])('a signature %s', (_what, nowSeconds, expected) => {
    expect(outcome(play(HEALTHY, { nowSeconds }).validation)).toBe(expected);
  });

  it('an anchor of the zone itself needs nothing above it, and one elsewhere says nothing', () => {
    const own = play(HEALTHY, { anchors: [anchorOf(example)] });
    expect(own.rounds).toEqual([['example DNSKEY']]);
    expect(outcome(own.validation)).toBe('secure null');
    const elsewhere = play(HEALTHY, { anchors: [anchorOf(zoneKey('other'))] });
    expect(elsewhere.rounds).toEqual([]);
    expect(outcome(elsewhere.validation)).toBe('insecure no-trust-anchor');
  });

  it('an anchor may be the key itself', () => {
    const anchors = [`. IN DNSKEY 257 3 15 ${Buffer.from(root.rdata.slice(4)).toString('base64')}`];
    expect(outcome(play(HEALTHY, { anchors }).validation)).toBe('secure null');
  });

  it('the DS record itself is that of the parent', () => {
    const read = parseTrustAnchors(anchorOf(root));
    if (!read.ok) throw new Error(read.refusal);
    const state = begin({ question: { name: 'Example.', type: 'DS' }, anchors: read.value.anchors, nowSeconds: NOW });
    const known = (key: string) => ({ kind: 'answer', message: HEALTHY[key] as DnsMessage }) as const;
    const step = next(state, [
      { inquiry: state.question, reply: known('example DS') },
      { inquiry: { name: '.', type: 'DNSKEY' }, reply: known('. DNSKEY') },
    ]);
    expect(step).toMatchObject({ kind: 'done', validation: { verdict: 'secure', zone: '.' } });
    expect(DS).toBe(43);
  });
});
