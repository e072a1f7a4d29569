import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { internetChecksum } from '../../../src/wire/packets/checksum.js';
import { parseIcmpExtensions, quotedLabels } from '../../../src/wire/packets/icmp-extension.js';

/** An extension structure of version 2 with its checksum, from whole objects. */
function structure(...objects: number[][]): Uint8Array {
  const bytes = Uint8Array.from([0x20, 0, 0, 0, ...objects.flat()]);
  new DataView(bytes.buffer).setUint16(2, internetChecksum(bytes));
  return bytes;
}

/** RFC 4950: label 24001, traffic class 5, not the last, TTL 1; label 3, the last, TTL 255. */
const STACK = [0, 12, 1, 1, 0x05, 0xdc, 0x1a, 0x01, 0x00, 0x00, 0x31, 0xff];
const LABELS = [
  { label: 24_001, trafficClass: 5, bottomOfStack: false, ttl: 1 },
  { label: 3, trafficClass: 0, bottomOfStack: true, ttl: 255 },
];
/** RFC 5837: interface information, which is passed over. */
const INTERFACE = [0, 8, 2, 2, 0, 0, 0, 7];

const found = (bytes: Uint8Array) => {
  const result = parseIcmpExtensions(bytes);
  return result.ok ? result.value.mpls : result.refusal;
};

describe('parseIcmpExtensions', () => {
  it('reads a label stack, among other objects or alone', () => {
    expect(found(structure(STACK))).toEqual(LABELS);
    expect(found(structure(INTERFACE, STACK, INTERFACE))).toEqual(LABELS);
    expect(found(structure(INTERFACE))).toEqual([]);
    expect(found(structure())).toEqual([]);
  });
  it('takes a checksum of 0 for none', () => {
    expect(found(Uint8Array.from([0x20, 0, 0, 0, ...STACK]))).toEqual(LABELS);
  });
  it('reads at most 16 labels', () => {
    const deep = structure([0, 4 + 4 * 40, 1, 1, ...Array.from({ length: 160 }, () => 1)]);
    expect(found(deep)).toHaveLength(16);
  });
  it.each([
    ['nothing', new Uint8Array()],
    ['three bytes', Uint8Array.of(0x20, 0, 0)],
    ['another version', Uint8Array.of(0x10, 0, 0, 0)],
    ['a wrong checksum', Uint8Array.of(0x20, 0, 0, 1, ...STACK)],
    ['an object of no length', structure([0, 0, 1, 1])],
    ['an object longer than the structure', structure([0, 13, 1, 1, 0, 0, 0, 0])],
  ])('refuses %s', (_, bytes) => {
    expect(parseIcmpExtensions(bytes).ok).toBe(false);
  });
  it('answers any bytes with a value or a refusal', () => {
    const any = fc.uint8Array({ maxLength: 300 });
    const likely = fc
      .array(fc.constantFrom(0, 1, 2, 4, 8, 12, 0x20), { maxLength: 64 })
      .map((bytes) => Uint8Array.from([0x20, 0, 0, 0, ...bytes]));
    fc.assert(
      fc.property(fc.oneof(any, likely), fc.nat(400), fc.nat(70_000), fc.boolean(), (bytes, skipped, offset, valid) => {
        const result = parseIcmpExtensions(bytes);
        expect(result.ok ? result.value.mpls.length <= 16 : result.refusal.length > 0).toBe(true);
        quotedLabels(bytes, skipped % 129, { offset, valid });
        quotedLabels(bytes, skipped % 129, null);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('quotedLabels', () => {
  const behind = (quotedBytes: number, extensions: Uint8Array) => {
    const bytes = new Uint8Array(quotedBytes + extensions.length).fill(0x45, 0, quotedBytes);
    bytes.set(extensions, quotedBytes);
    return bytes;
  };
  it('reads them where the kernel says they are, and only if it found them sound', () => {
    expect(quotedLabels(behind(200, structure(STACK)), 28, { offset: 200, valid: true })).toEqual(LABELS);
    expect(quotedLabels(behind(200, structure(STACK)), 28, { offset: 200, valid: false })).toEqual([]);
    expect(quotedLabels(behind(200, structure(STACK)), 28, { offset: 199, valid: true })).toEqual([]);
    expect(quotedLabels(new Uint8Array(), 28, { offset: 65_535, valid: true })).toEqual([]);
  });
  it('reads them behind 128 bytes of the quoted packet otherwise, if their checksum is there and right', () => {
    for (const skipped of [20, 28, 40, 48]) expect(quotedLabels(behind(128 - skipped, structure(STACK)), skipped, null)).toEqual(LABELS);
    expect(quotedLabels(behind(100, Uint8Array.from([0x20, 0, 0, 0, ...STACK])), 28, null)).toEqual([]);
    expect(quotedLabels(behind(101, structure(STACK)), 28, null)).toEqual([]);
    expect(quotedLabels(behind(100, structure()), 28, null)).toEqual([]);
    expect(quotedLabels(new Uint8Array(1400), 28, null)).toEqual([]);
  });
});
