import { describe, expect, it } from 'vitest';
import { signedBytes } from '../../../src/wire/dnssec/canonical.js';
import { keyDigest, matchesDs, nsec3Hash, verifySignature } from '../../../src/wire/dnssec/crypto.js';
import { parseDnskey, parseDs, parseHashLabel, parseRrsig } from '../../../src/wire/dnssec/records.js';
import { parseZone } from '../../fakes/signed-zones/records.mjs';

/** The examples of the RFCs, in presentation format. */
const EXAMPLES = [
  {
    source: 'RFC 5702 section 6.1',
    keyTag: 9033,
    zone: `example.net. 3600 IN DNSKEY 256 3 8 AwEAAcFcGsaxxdgiuuGmCkVImy4h99CqT7jwY3pexPGcnUFtR2Fh36BponcwtkZ4cAgtvd4Qs8PkxUdp6p/DlUmObdk=
www.example.net. 3600 IN A 192.0.2.91
www.example.net. 3600 IN RRSIG A 8 3 3600 20300101000000 20000101000000 9033 example.net. kRCOH6u7l0QGy9qpC9l1sLncJcOKFLJ7GhiUOibu4teYp5VE9RncriShZNz85mwlMgNEacFYK/lPtPiVYP4bwg==`,
  },
  {
    source: 'RFC 6605 section 6.1',
    keyTag: 55648,
    zone: `example.net. 3600 IN DNSKEY 257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==
example.net. 3600 IN DS 55648 13 2 b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17
www.example.net. 3600 IN A 192.0.2.1
www.example.net. 3600 IN RRSIG A 13 3 3600 20100909100439 20100812100439 55648 example.net. qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw==`,
  },
  {
    source: 'RFC 6605 section 6.2',
    keyTag: 10771,
    zone: `example.net. 3600 IN DNSKEY 257 3 14 xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40
example.net. 3600 IN DS 10771 14 4 72d7b62976ce06438e9c0bf319013cf801f09ecc84b8d7e9495f27e305c6a9b0563a9b5f4d288405c3008a946df983d6
www.example.net. 3600 IN A 192.0.2.1
www.example.net. 3600 IN RRSIG A 14 3 3600 20100909102025 20100812102025 10771 example.net. /L5hDKIvGDyI1fcARX3z65qrmPsVz73QD1Mr5CEqOiLP95hxQouuroGCeZOvzFaxsT8Glr74hbavRKayJNuydCuzWTSSPdz7wnqXL5bdcJzusdnI0RSMROxxwGipWcJm`,
  },
  {
    source: 'RFC 8080 section 6.1, the first',
    keyTag: 3613,
    zone: `example.com. 3600 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=
example.com. 3600 IN DS 3613 15 2 3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b
example.com. 3600 IN MX 10 mail.example.com.
example.com. 3600 IN RRSIG MX 15 2 3600 1440021600 1438207200 3613 example.com. oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==`,
  },
  {
    source: 'RFC 8080 section 6.1, the second',
    keyTag: 35217,
    zone: `example.com. 3600 IN DNSKEY 257 3 15 zPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=
example.com. 3600 IN DS 35217 15 2 401781b934e392de492ec77ae2e15d70f6575a1c0bc59c5275c04ebe80c6614c
example.com. 3600 IN MX 10 mail.example.com.
example.com. 3600 IN RRSIG MX 15 2 3600 1440021600 1438207200 35217 example.com. zXQ0bkYgQTEFyfLyi9QoiY6D8ZdYo4wyUhVioYZXFdT410QPRITQSqJSnzQoSm5poJ7gD7AQR0O7KuI5k2pcBg==`,
  },
];

const accepted = <T>(read: { ok: true; value: T } | { ok: false; refusal: string }): T => {
  if (!read.ok) throw new Error(read.refusal);
  return read.value;
};
const nameOf = (name: string) => name.replace(/\.$/, '');

describe('signatures of the RFCs', () => {
  it.each(EXAMPLES)('$source', ({ zone, keyTag }) => {
    const records = parseZone(zone);
    const find = (type: number) => records.filter((record) => record.type === type);
    const [keyRecord] = find(48);
    const key = accepted(parseDnskey(keyRecord?.rdata as Uint8Array));
    expect(key.keyTag).toBe(keyTag);
    for (const { rdata, name } of find(43)) expect(matchesDs(nameOf(name), accepted(parseDs(rdata)), key)).toBe(true);

    const rrsig = accepted(parseRrsig(find(46)[0]?.rdata as Uint8Array));
    expect(rrsig.keyTag).toBe(keyTag);
    const signed = records.filter(({ type }) => type === rrsig.typeCovered);
    const set = { owner: nameOf(signed[0]?.name ?? ''), type: rrsig.typeCovered, class: 1, data: signed.map(({ rdata }) => rdata) };
    const bytes = signedBytes(rrsig, set);
    expect(verifySignature(rrsig.algorithm, key.publicKey, bytes, rrsig.signature)).toBe(true);
    for (const index of [0, 5, bytes.length - 1]) {
      const altered = bytes.map((octet, at) => (at === index ? octet ^ 1 : octet));
      expect(verifySignature(rrsig.algorithm, key.publicKey, altered, rrsig.signature)).toBe(false);
    }
    const cut = rrsig.signature.slice(1);
    expect(verifySignature(rrsig.algorithm, key.publicKey, bytes, cut)).toBe(false);
  });
});

/** RFC 4034 section 5.4, and RFC 4509 section 2.3 for the same key. */
it('the digests of a key', () => {
  const [key] = parseZone(
    'dskey.example.com. 86400 IN DNSKEY 256 3 5 AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==',
  );
  const rdata = key?.rdata as Uint8Array;
  expect(accepted(parseDnskey(rdata)).keyTag).toBe(60485);
  const hex = (digestType: number) => Buffer.from(keyDigest('dskey.example.com', rdata, digestType) ?? []).toString('hex');
  expect(hex(1)).toBe('2bb183af5f22588179a53b0a98631fad1a292118');
  expect(hex(2)).toBe('d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a');
  expect(keyDigest('dskey.example.com', rdata, 3)).toBeNull();
});

/** RFC 5155 appendix A. */
it.each([
  ['example', '0p9mhaveqvm6t7vbl5lop2u3t2rp3tom'],
  ['a.example', '35mthgpgcu1qg68fab165klnsnk3dpvl'],
  ['ai.example', 'gjeqe526plbf1g8mklp59enfd789njgi'],
  ['ns1.example', '2t7b4g4vsa5smi47k61mv5bv1a22bojr'],
  ['ns2.example', 'q04jkcevqvmu85r014c7dkba38o0ji5r'],
  ['w.example', 'k8udemvp1j2f7eg6jebps17vp3n8i58h'],
  ['*.w.example', 'r53bq7cc2uvmubfu5ocmm6pers9tk9en'],
  ['x.w.example', 'b4um86eghhds6nea196smvmlo4ors995'],
  ['y.w.example', 'ji6neoaepv8b5o6k4ev33abha8ht9fgc'],
  ['x.y.w.example', '2vptu5timamqttgl4luu9kg21e0aor3s'],
  ['xx.example', 't644ebqk9bibcna874givr6joj62mlhv'],
])('the hash of %s', (name, label) => {
  expect(nsec3Hash(name, Buffer.from('aabbccdd', 'hex'), 12)).toEqual(parseHashLabel(label));
});

it.each([
  ['a key that is none', 13, new Uint8Array(64)],
  ['RSA without a modulus', 8, Uint8Array.of(3, 1, 0, 1)],
  ['a number without an algorithm', 99, new Uint8Array(4)],
])('%s signs nothing', (_what, algorithm, publicKey) => {
  expect(verifySignature(algorithm, publicKey, Uint8Array.of(1), new Uint8Array(64))).toBe(false);
});
