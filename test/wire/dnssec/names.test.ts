import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalData, signedLabelCount, wildcardSource } from '../../../src/wire/dnssec/canonical.js';
import {
  ancestorOf,
  canonicalWire,
  commonLabels,
  compareNames,
  isBelow,
  isWithin,
  labelsOf,
  parentName,
  readWireName,
} from '../../../src/wire/dnssec/name.js';
import { parseNsec, parseNsec3, parseRrsig } from '../../../src/wire/dnssec/records.js';

describe('names', () => {
  it('are sorted as RFC 4034 section 6.1 sorts them', () => {
    const sorted = [
      'example',
      'a.example',
      'yljkjljk.a.example',
      'z.a.example',
      'zabc.a.example',
      'z.example',
      '\\001.z.example',
      '*.z.example',
      '\\200.z.example',
    ];
    for (let seed = 0; seed < 5; seed++) {
      const shuffled = [...sorted].sort((one, other) => ((one.length * 7 + seed * 13) % 11) - ((other.length * 5 + seed) % 11));
      expect(shuffled.sort(compareNames)).toEqual(sorted);
    }
  });

  it.each([
    ['www.example', 'example', true],
    ['example', 'example', true],
    ['example', '.', true],
    ['.', '.', true],
    ['anexample', 'example', false],
    ['a\\.example', 'example', false],
    ['a\\\\.example', 'example', true],
    ['example', 'www.example', false],
  ])('%s within %s: %s', (name, zone, within) => {
    expect(isWithin(name, zone)).toBe(within);
    expect(isBelow(name, zone)).toBe(within && name !== zone);
  });

  it('are taken apart at their dots, and not at escaped ones', () => {
    expect(labelsOf('a\\.b.\\046.c')).toEqual(['a\\.b', '\\046', 'c']);
    expect(parentName('a\\.b.c')).toBe('c');
    expect(parentName('.')).toBe('.');
    expect(ancestorOf('a.b.c', 2)).toBe('b.c');
    expect(ancestorOf('a.b.c', 0)).toBe('.');
    expect(commonLabels('x.b.c', 'y.b.c')).toBe(2);
  });

  it('come back from their wire form, in lower case', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { maxLength: 8 }), (labels) => {
        const wire = Uint8Array.from([...labels.flatMap((label) => [label.length, ...label]), 0]);
        const read = readWireName(wire, 0);
        const lower = wire.map((octet) => (octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet));
        expect(read?.end).toBe(wire.length);
        // Length octets up to 20 are below `A`.
        expect(canonicalWire(read?.name ?? '')).toEqual(lower);
      }),
    );
  });

  it('are no names where they are compressed, or too long', () => {
    expect(readWireName(Uint8Array.of(0xc0, 0x0c), 0)).toBeNull();
    expect(readWireName(Uint8Array.of(3, 97, 97), 0)).toBeNull();
    expect(readWireName(Uint8Array.from([...Array.from({ length: 130 }, () => [1, 97]).flat(), 0]), 0)).toBeNull();
  });
});

describe('the canonical form of data', () => {
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
  it.each([
    ['MX', 15, '\x00\x0a\x04MAIL\x02Ex\x00', '\x00\x0a\x04mail\x02ex\x00'],
    ['SOA', 6, '\x01A\x00\x01B\x00ABCDEFGHIJKLMNOPQRST', '\x01a\x00\x01b\x00ABCDEFGHIJKLMNOPQRST'],
    ['NAPTR', 35, '\x00\x01\x00\x02\x01U\x03SIP\x00\x02Ex\x00', '\x00\x01\x00\x02\x01U\x03SIP\x00\x02ex\x00'],
    ['NSEC stays (RFC 6840 section 5.1)', 47, '\x02EX\x00\x00\x01\x40', '\x02EX\x00\x00\x01\x40'],
    ['SVCB stays', 64, '\x00\x01\x02EX\x00', '\x00\x01\x02EX\x00'],
    ['TXT stays', 16, '\x02AB', '\x02AB'],
    ['broken data stays', 15, '\x00\x0a\x09MAIL', '\x00\x0a\x09MAIL'],
  ])('%s', (_what, type, sent, signed) => {
    expect(canonicalData(type, bytes(sent))).toEqual(bytes(signed));
  });

  it('counts labels without the root and the wildcard', () => {
    expect([signedLabelCount('.'), signedLabelCount('example'), signedLabelCount('*.a.example'), signedLabelCount('a.*.example')]).toEqual([
      0, 1, 2, 3,
    ]);
    expect(wildcardSource('a.b.example', 3)).toBeNull();
    expect(wildcardSource('a.b.example', 1)).toBe('*.example');
    expect(wildcardSource('*.example', 1)).toBeNull();
    expect(wildcardSource('a.example', 0)).toBe('*');
  });
});

describe('records that are none', () => {
  it.each([
    ['RRSIG without signature', () => parseRrsig(Uint8Array.from([...new Uint8Array(18), 0]))],
    ['RRSIG with a compressed signer', () => parseRrsig(Uint8Array.from([...new Uint8Array(18), 0xc0, 0x0c, 1]))],
    ['NSEC with windows out of order', () => parseNsec(Uint8Array.of(0, 1, 1, 1, 0, 1, 1))],
    ['NSEC with a window of no octets', () => parseNsec(Uint8Array.of(0, 0, 0))],
    ['NSEC with a window of 33 octets', () => parseNsec(Uint8Array.from([0, 0, 33, ...new Uint8Array(33)]))],
    ['NSEC3 without a hash', () => parseNsec3(Uint8Array.of(1, 0, 0, 0, 0, 0))],
    ['NSEC3 with a salt over the end', () => parseNsec3(Uint8Array.of(1, 0, 0, 0, 9, 0, 0))],
  ])('%s', (_what, parse) => {
    expect(parse().ok).toBe(false);
  });
});
