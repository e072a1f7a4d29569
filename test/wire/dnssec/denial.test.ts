import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nsec3Hash } from '../../../src/wire/dnssec/crypto.js';
import { cutAt, type Denials, proveNoData, proveNonexistent, proveNothingCloser } from '../../../src/wire/dnssec/denial.js';
import { compareNames } from '../../../src/wire/dnssec/name.js';
import type { NsecRecord } from '../../../src/wire/dnssec/nsec.js';
import { type Nsec3Record, newHashBudget } from '../../../src/wire/dnssec/nsec3.js';
import { parseHashLabel } from '../../../src/wire/dnssec/records.js';

const T = { A: 1, NS: 2, CNAME: 5, SOA: 6, MX: 15, AAAA: 28, DNAME: 39, DS: 43, TXT: 16 };
const budget = () => newHashBudget(500);
const nsec = (owner: string, next: string, ...types: number[]): NsecRecord => ({ owner, next, types: new Set(types) });
const byNsec = (...records: NsecRecord[]): Denials => ({ zone: 'example', nsec: records, nsec3: [] });

/** The zone of RFC 4035 appendix A. */
const ZONE = {
  apex: nsec('example', 'a.example', T.NS, T.SOA, T.MX),
  a: nsec('a.example', 'ai.example', T.NS, T.DS),
  ai: nsec('ai.example', 'b.example', T.A, T.AAAA),
  b: nsec('b.example', 'ns1.example', T.NS),
  ns1: nsec('ns1.example', 'ns2.example', T.A),
  ns2: nsec('ns2.example', '*.w.example', T.A),
  wild: nsec('*.w.example', 'x.w.example', T.MX),
  x: nsec('x.w.example', 'x.y.w.example', T.MX),
  xy: nsec('x.y.w.example', 'xx.example', T.MX),
  xx: nsec('xx.example', 'example', T.A, T.AAAA),
};

describe('NSEC, with the answers of RFC 4035 appendix B', () => {
  it.each([
    ['B.2: no such name', proveNonexistent('ml.example', byNsec(ZONE.b, ZONE.apex), budget()), 'proved'],
    ['B.2 without the wildcard', proveNonexistent('ml.example', byNsec(ZONE.b), budget()), 'not-proved'],
    ['B.2 without the name', proveNonexistent('ml.example', byNsec(ZONE.apex), budget()), 'not-proved'],
    ['a name behind the last', proveNonexistent('zz.example', byNsec(ZONE.xx, ZONE.apex), budget()), 'proved'],
    ['a name of another zone behind the last', proveNonexistent('zz.other', byNsec(ZONE.xx, ZONE.apex), budget()), 'not-proved'],
    ['a name that has others below it', proveNonexistent('y.w.example', byNsec(ZONE.x, ZONE.ns2), budget()), 'not-proved'],
    ['a name below a zone cut, by the record at it', proveNonexistent('www.b.example', byNsec(ZONE.b, ZONE.apex), budget()), 'not-proved'],
    ['B.3: no such type', proveNoData('ns1.example', T.MX, byNsec(ZONE.ns1), budget()), 'proved'],
    ['a type that is there', proveNoData('ns1.example', T.A, byNsec(ZONE.ns1), budget()), 'not-proved'],
    ['an empty non-terminal', proveNoData('y.w.example', T.A, byNsec(ZONE.x), budget()), 'proved'],
    ['a type at a zone cut, by the parent', proveNoData('b.example', T.A, byNsec(ZONE.b), budget()), 'not-proved'],
    ['DS at a zone cut, by the parent', proveNoData('b.example', T.DS, byNsec(ZONE.b), budget()), 'proved'],
    ['B.8: DS at the apex, by the zone itself', proveNoData('example', T.DS, byNsec(ZONE.apex), budget()), 'not-proved'],
    ['B.7: a wildcard without the type', proveNoData('a.z.w.example', T.AAAA, byNsec(ZONE.xy, ZONE.wild), budget()), 'proved'],
    ['B.7 without the wildcard', proveNoData('a.z.w.example', T.AAAA, byNsec(ZONE.xy), budget()), 'not-proved'],
    ['B.6: nothing closer than the wildcard', proveNothingCloser('a.z.w.example', 'w.example', byNsec(ZONE.xy), budget()), 'proved'],
    ['something closer', proveNothingCloser('a.y.w.example', 'w.example', byNsec(ZONE.xy), budget()), 'not-proved'],
    ['B.5: unsigned delegation', cutAt('b.example', byNsec(ZONE.b), budget()), 'unsigned'],
    ['signed delegation without its DS', cutAt('a.example', byNsec(ZONE.a), budget()), 'not-proved'],
    ['no zone cut', cutAt('ns1.example', byNsec(ZONE.ns1), budget()), 'none'],
    ['no zone cut, an empty non-terminal', cutAt('y.w.example', byNsec(ZONE.x), budget()), 'none'],
    ['no such name', cutAt('ml.example', byNsec(ZONE.b), budget()), 'nonexistent'],
    ['an alias is denied no type', proveNoData('c.example', T.A, byNsec(nsec('c.example', 'd.example', T.CNAME)), budget()), 'not-proved'],
    ['below a DNAME', proveNonexistent('x.d.example', byNsec(nsec('d.example', 'e.example', T.DNAME), ZONE.apex), budget()), 'not-proved'],
    ['nothing at all', proveNonexistent('ml.example', byNsec(), budget()), 'not-proved'],
  ])('%s', (_what, outcome, kind) => {
    expect(outcome.kind).toBe(kind);
  });

  it('never denies a name or type that is there', () => {
    const label = fc.constantFrom('a', 'b', 'c', '*', 'm', 'z');
    const name = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => [...labels, 'example'].join('.'));
    const zone = fc.array(fc.tuple(name, fc.subarray([T.A, T.MX, T.TXT], { minLength: 1 })), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(zone, name, (entries, asked) => {
        const types = new Map<string, number[]>([['example', [T.SOA, T.NS]], ...entries]);
        const owners = [...types.keys()].sort(compareNames);
        const records = owners.map((owner, index) =>
          nsec(owner, owners[(index + 1) % owners.length] ?? 'example', ...(types.get(owner) ?? [])),
        );
        const denials = byNsec(...records);
        const exists = owners.some((owner) => owner === asked || owner.endsWith(`.${asked}`));
        // With all records of the zone at hand, what is not there is denied, unless a wildcard makes it.
        const denied = proveNonexistent(asked, denials, budget()).kind === 'proved';
        if (exists) expect(denied).toBe(false);
        for (const type of [T.A, T.MX]) {
          if (types.get(asked)?.includes(type)) expect(proveNoData(asked, type, denials, budget()).kind).toBe('not-proved');
          else if (exists) expect(proveNoData(asked, type, denials, budget()).kind).toBe('proved');
        }
      }),
    );
  });
});

/** The chain of RFC 5155 appendix A. */
const CHAIN: [string, string, number[]][] = [
  ['0p9mhaveqvm6t7vbl5lop2u3t2rp3tom', '2t7b4g4vsa5smi47k61mv5bv1a22bojr', [T.MX, T.NS, T.SOA]],
  ['2t7b4g4vsa5smi47k61mv5bv1a22bojr', '2vptu5timamqttgl4luu9kg21e0aor3s', [T.A]],
  ['2vptu5timamqttgl4luu9kg21e0aor3s', '35mthgpgcu1qg68fab165klnsnk3dpvl', [T.MX]],
  ['35mthgpgcu1qg68fab165klnsnk3dpvl', 'b4um86eghhds6nea196smvmlo4ors995', [T.NS, T.DS]],
  ['b4um86eghhds6nea196smvmlo4ors995', 'gjeqe526plbf1g8mklp59enfd789njgi', [T.MX]],
  ['gjeqe526plbf1g8mklp59enfd789njgi', 'ji6neoaepv8b5o6k4ev33abha8ht9fgc', [T.A, T.AAAA]],
  ['ji6neoaepv8b5o6k4ev33abha8ht9fgc', 'k8udemvp1j2f7eg6jebps17vp3n8i58h', []],
  ['k8udemvp1j2f7eg6jebps17vp3n8i58h', 'kohar7mbb8dc2ce8a9qvl8hon4k53uhi', []],
  ['kohar7mbb8dc2ce8a9qvl8hon4k53uhi', 'q04jkcevqvmu85r014c7dkba38o0ji5r', [T.A]],
  ['q04jkcevqvmu85r014c7dkba38o0ji5r', 'r53bq7cc2uvmubfu5ocmm6pers9tk9en', [T.A]],
  ['r53bq7cc2uvmubfu5ocmm6pers9tk9en', 't644ebqk9bibcna874givr6joj62mlhv', [T.MX]],
  ['t644ebqk9bibcna874givr6joj62mlhv', '0p9mhaveqvm6t7vbl5lop2u3t2rp3tom', [T.A, T.AAAA]],
];

function byNsec3(labels: readonly string[], change: Partial<Nsec3Record> = {}): Denials {
  const nsec3 = CHAIN.filter(([owner]) => labels.some((label) => owner.startsWith(label))).map(
    ([owner, next, types]): Nsec3Record => ({
      hash: parseHashLabel(owner) as Uint8Array,
      nextHash: parseHashLabel(next) as Uint8Array,
      types: new Set(types),
      hashAlgorithm: 1,
      flags: 0,
      optOut: false,
      iterations: 12,
      salt: Buffer.from('aabbccdd', 'hex'),
      ...change,
    }),
  );
  return { zone: 'example', nsec: [], nsec3 };
}

const OPT_OUT = { flags: 1, optOut: true };

describe('NSEC3, with the answers of RFC 5155 appendix B', () => {
  it.each([
    ['B.1: no such name', proveNonexistent('a.c.x.w.example', byNsec3(['0p9', 'b4u', '35m']), budget()), 'proved'],
    ['B.1 with opt-out', proveNonexistent('a.c.x.w.example', byNsec3(['0p9', 'b4u', '35m'], OPT_OUT), budget()), 'insecure'],
    ['B.1 without the next closer name', proveNonexistent('a.c.x.w.example', byNsec3(['b4u', '35m']), budget()), 'not-proved'],
    ['B.1 without the closest encloser', proveNonexistent('a.c.x.w.example', byNsec3(['0p9', '35m']), budget()), 'not-proved'],
    ['B.1 without the wildcard', proveNonexistent('a.c.x.w.example', byNsec3(['0p9', 'b4u']), budget()), 'not-proved'],
    ['a name that is there', proveNonexistent('x.w.example', byNsec3(CHAIN.map(([owner]) => owner)), budget()), 'not-proved'],
    ['B.2: no such type', proveNoData('ns1.example', T.MX, byNsec3(['2t7']), budget()), 'proved'],
    ['a type that is there', proveNoData('ns1.example', T.A, byNsec3(['2t7']), budget()), 'not-proved'],
    ['B.2.1: an empty non-terminal', proveNoData('y.w.example', T.A, byNsec3(['ji6']), budget()), 'proved'],
    ['B.3: unsigned delegation by opt-out', cutAt('c.example', byNsec3(['35m', '0p9'], OPT_OUT), budget()), 'unsigned'],
    ['the same without opt-out: no such name', cutAt('c.example', byNsec3(['35m', '0p9']), budget()), 'nonexistent'],
    ['a delegation with DS', cutAt('a.example', byNsec3(['35m']), budget()), 'not-proved'],
    ['no zone cut', cutAt('ns1.example', byNsec3(['2t7']), budget()), 'none'],
    ['B.4: nothing closer than the wildcard', proveNothingCloser('a.z.w.example', 'w.example', byNsec3(['q04']), budget()), 'proved'],
    ['B.4 without it', proveNothingCloser('a.z.w.example', 'w.example', byNsec3(['2t7']), budget()), 'not-proved'],
    ['B.5: a wildcard without the type', proveNoData('a.z.w.example', T.AAAA, byNsec3(['k8u', 'q04', 'r53']), budget()), 'proved'],
    ['B.5, a type that the wildcard has', proveNoData('a.z.w.example', T.MX, byNsec3(['k8u', 'q04', 'r53']), budget()), 'not-proved'],
    ['B.6: DS at the apex, by the zone itself', proveNoData('example', T.DS, byNsec3(['0p9']), budget()), 'not-proved'],
    ['below a delegation', proveNonexistent('x.a.example', byNsec3(CHAIN.map(([owner]) => owner)), budget()), 'not-proved'],
    ['too many iterations', proveNoData('ns1.example', T.MX, byNsec3(['2t7'], { iterations: 151 }), budget()), 'insecure'],
    ['an unknown hash', proveNoData('ns1.example', T.MX, byNsec3(['2t7'], { hashAlgorithm: 2 }), budget()), 'not-proved'],
    ['an unknown flag', proveNoData('ns1.example', T.MX, byNsec3(['2t7'], { flags: 2 }), budget()), 'not-proved'],
  ])('%s', (_what, outcome, kind) => {
    expect(outcome.kind).toBe(kind);
  });

  it('computes no more hashes than it may, however long the name', () => {
    const spent = newHashBudget(20);
    const name = `${'a.'.repeat(120)}example`;
    expect(proveNonexistent(name, byNsec3(['b4u']), spent).kind).toBe('not-proved');
    expect(spent.hashesLeft).toBe(0);
    expect(spent.known.size).toBe(20);
  });

  it('one record that stands for a whole zone covers all but its own name', () => {
    const hash = nsec3Hash('example', new Uint8Array(), 0);
    const only = { ...byNsec3(['0p9'], { hash, nextHash: hash, salt: new Uint8Array(), iterations: 0 }) };
    expect(proveNonexistent('b.example', only, budget()).kind).toBe('proved');
    expect(proveNoData('example', T.A, only, budget()).kind).toBe('proved');
  });
});
