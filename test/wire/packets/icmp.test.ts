import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { internetChecksum } from '../../../src/wire/packets/checksum.js';
import { encodeEchoRequest, icmpMeaning, parseEcho, parseIpv4Packet } from '../../../src/wire/packets/icmp.js';

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

describe('internetChecksum', () => {
  it('gives the sum of the example in RFC 1071 section 3', () => {
    // 0001 f203 f4f5 f6f7 add up to ddf2; the checksum is its complement.
    expect(internetChecksum(bytes('0001f203f4f5f6f7'))).toBe(~0xddf2 & 0xffff);
  });
  it('pads an odd byte with zero', () => {
    expect(internetChecksum(bytes('0001f2'))).toBe(internetChecksum(bytes('0001f200')));
  });
  it('is 0 over a message that holds its own checksum', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), fc.nat(65_535), (payload, sequence) => {
        expect(internetChecksum(encodeEchoRequest(4, 7, sequence, payload))).toBe(0);
      }),
    );
  });
});

describe('echo', () => {
  it('is laid out as RFC 792 says', () => {
    const message = encodeEchoRequest(4, 0x1234, 1, new TextEncoder().encode('abcdefgh'));
    expect(Buffer.from(message).toString('hex')).toMatch(/^0800[0-9a-f]{4}123400016162636465666768$/);
    expect(internetChecksum(message)).toBe(0);
  });
  it('is numbered as RFC 4443 says for IPv6, with the checksum left to the kernel', () => {
    expect([...encodeEchoRequest(6, 1, 2, new Uint8Array()).slice(0, 8)]).toEqual([128, 0, 0, 0, 0, 1, 0, 2]);
  });
  it('comes back as it went', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(4 as const, 6 as const),
        fc.nat(65_535),
        fc.nat(65_535),
        fc.uint8Array({ maxLength: 1500 }),
        (family, identifier, sequence, payload) => {
          expect(parseEcho(family, encodeEchoRequest(family, identifier, sequence, payload))).toEqual({
            ok: true,
            value: { kind: 'request', identifier, sequence, payload },
          });
        },
      ),
    );
  });
  it.each([
    ['nothing', ''],
    ['seven bytes', '00000000000000'],
    ['another type', '0300000000000000'],
    ['a code that echo does not have', '0001000000000000'],
  ])('refuses %s', (_, hex) => {
    expect(parseEcho(4, bytes(hex)).ok).toBe(false);
  });
});

describe('parseIpv4Packet', () => {
  it('skips options', () => {
    const packet = bytes(`46000020${'00000000'}${'3f010000'}${'7f000001'}${'7f000001'}${'94040000'}${'deadbeef'}`);
    expect(parseIpv4Packet(packet)).toEqual({ ok: true, value: { ttl: 0x3f, protocol: 1, payload: bytes('deadbeef') } });
  });
  it.each([
    ['IPv6', `60${'00'.repeat(39)}`],
    ['a header longer than the packet', `4f${'00'.repeat(19)}`],
    ['a header shorter than a header', `44${'00'.repeat(19)}`],
    ['too little', '4500'],
  ])('refuses %s', (_, hex) => {
    expect(parseIpv4Packet(bytes(hex)).ok).toBe(false);
  });
});

describe('icmpMeaning', () => {
  it.each([
    [4, 11, 0, 'time-exceeded'],
    [4, 3, 0, 'network-unreachable'],
    [4, 3, 1, 'host-unreachable'],
    [4, 3, 3, 'port-unreachable'],
    [4, 3, 4, 'packet-too-big'],
    [4, 3, 13, 'prohibited'],
    [4, 3, 99, 'other'],
    [4, 5, 0, 'other'],
    [6, 2, 0, 'packet-too-big'],
    [6, 3, 0, 'time-exceeded'],
    [6, 1, 0, 'network-unreachable'],
    [6, 1, 1, 'prohibited'],
    [6, 1, 3, 'host-unreachable'],
    [6, 1, 4, 'port-unreachable'],
    [6, 100, 0, 'other'],
  ] as const)('IPv%d type %d code %d is %s', (family, type, code, meaning) => {
    expect(icmpMeaning(family, type, code)).toBe(meaning);
  });
});
