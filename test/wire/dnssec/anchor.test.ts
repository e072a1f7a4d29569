import { describe, expect, it } from 'vitest';
import { parseTrustAnchors, ROOT_ANCHORS } from '../../../src/wire/dnssec/anchor.js';

const DS = `2371 13 2 ${'0a'.repeat(32)}`;
const KEY = 'GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==';

describe('trust anchors', () => {
  it('of the root are built in', () => {
    const read = parseTrustAnchors(ROOT_ANCHORS.join('\n'));
    expect(read.ok && read.value.anchors).toEqual([
      {
        zone: '.',
        keys: [],
        ds: [expect.objectContaining({ keyTag: 20326, algorithm: 8, digestType: 2 }), expect.objectContaining({ keyTag: 38696 })],
      },
    ]);
  });

  it.each([
    ['one line', `Example. 3600 IN DS ${DS}`],
    ['no time to live', `example. IN DS ${DS}`],
    ['neither time nor class', `example DS ${DS}`],
    ['class before time', `example. IN 1h ds ${DS}`],
    ['several lines', `; from the registrar\n\nexample. DS ( 2371 13 2 ; tag\n ${'0a'.repeat(16)}\n\t${'0A'.repeat(16)} )\r\n`],
  ])('%s', (_what, text) => {
    const read = parseTrustAnchors(text);
    if (!read.ok) throw new Error(read.refusal);
    expect(read.value.anchors).toEqual([
      { zone: 'example', keys: [], ds: [{ keyTag: 2371, algorithm: 13, digestType: 2, digest: new Uint8Array(32).fill(10) }] },
    ]);
    // What goes on from here is read again.
    expect(parseTrustAnchors(read.value.records.join('\n'))).toEqual(read);
  });

  it('are keys too, several of a zone', () => {
    const read = parseTrustAnchors(`example.net. DNSKEY 257 3 13 ${KEY} ;{id = 55648}\nexample.net. DS ${DS}\nother. DS ${DS}`);
    expect(read.ok && read.value.anchors.map(({ zone, ds, keys }) => [zone, ds.length, keys.map(({ keyTag }) => keyTag)])).toEqual([
      ['example.net', 1, [55648]],
      ['other', 1, []],
    ]);
  });

  it.each([
    ['nothing', '; nothing\n', 2, /no DS or DNSKEY/],
    ['another record', `example. DS ${DS}\nexample. IN NS ns.example.`, 2, /NS is no DS or DNSKEY/],
    ['a digest that is cut', '\n\nexample. DS 2371 13 2 0a0a', 3, /the digest has 2 octets, not 32/],
    ['a number out of range', `example. DS 2371 256 2 ${'0a'.repeat(32)}`, 1, /needs key tag/],
    ['a key that is no base64', 'example. DNSKEY 257 3 13 !!!', 1, /base64/],
    ['a key of no zone', `example. DNSKEY 1 3 13 ${KEY}`, 1, /no key of a zone/],
    ['a revoked key', `example. DNSKEY 385 3 13 ${KEY}`, 1, /revoked/],
    ['a parenthesis that stays open', `example. DS (\n${DS}\n`, 1, /not closed/],
    ['one that closes nothing', `example. DS ${DS} )`, 1, /out of place/],
    ['a name that is none', `exa..mple. DS ${DS}`, 1, /empty label/],
  ])('are refused: %s', (_what, text, line, reason) => {
    expect(parseTrustAnchors(text)).toEqual({ ok: false, line, refusal: expect.stringMatching(reason) });
  });
});
