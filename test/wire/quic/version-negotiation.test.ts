import { describe, expect, it } from 'vitest';
import {
  encodeReservedVersionPacket,
  isReservedVersion,
  parseVersionNegotiation,
  quicVersionName,
} from '../../../src/wire/quic/version-negotiation.js';

const IDS = { destination: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), source: Uint8Array.of(9, 10, 11, 12, 13, 14, 15, 16) };

/** As a server answers: our identifiers the other way round. */
function answer(versions: readonly number[], ids = IDS): Uint8Array {
  const list = versions.flatMap((version) => [version >>> 24, (version >>> 16) & 255, (version >>> 8) & 255, version & 255]);
  const { destination, source } = ids;
  return Uint8Array.of(0xaa, 0, 0, 0, 0, source.length, ...source, destination.length, ...destination, ...list);
}

describe('a packet of a reserved version', () => {
  it('is what RFC 9000 section 17.2 lays out, and as large as a first packet has to be', () => {
    const packet = encodeReservedVersionPacket(IDS);
    expect(packet).toHaveLength(1200);
    expect([...packet.subarray(0, 24)]).toEqual([0xc0, 0x1a, 0x2a, 0x3a, 0x4a, 8, ...IDS.destination, 8, ...IDS.source, 0]);
    expect(isReservedVersion(0x1a2a3a4a)).toBe(true);
  });

  it('takes no more of an identifier than it has room for', () => {
    const packet = encodeReservedVersionPacket({ destination: new Uint8Array(300).fill(7), source: Uint8Array.of(1) });
    expect(packet[5]).toBe(8);
    expect(packet[14]).toBe(1);
  });
});

describe('Version Negotiation', () => {
  it('lists the versions of the server', () => {
    expect(parseVersionNegotiation(answer([1, 0x6b3343cf, 0xff00001d, 0xfacefeed]), IDS)).toEqual({
      ok: true,
      value: [1, 0x6b3343cf, 0xff00001d, 0xfacefeed],
    });
    expect([1, 0x6b3343cf, 0xff00001d, 0xfacefeed].map(quicVersionName)).toEqual(['v1', 'v2', 'draft-29', '0xfacefeed']);
  });

  it('is refused where it echoes other identifiers, or ours the wrong way round', () => {
    const others = { destination: Uint8Array.from(IDS.destination).fill(0, 7), source: IDS.source };
    expect(parseVersionNegotiation(answer([1], others), IDS)).toMatchObject({ ok: false, refusal: expect.stringContaining('echo') });
    expect(parseVersionNegotiation(answer([1], { destination: IDS.source, source: IDS.destination }), IDS).ok).toBe(false);
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a short header', Uint8Array.of(0x40, ...answer([1]).subarray(1))],
    ['a packet of a version', Uint8Array.of(0xc0, 0, 0, 0, 1, ...answer([1]).subarray(5))],
    ['no version', answer([])],
    ['half a version', answer([1]).subarray(0, -2)],
    ['an identifier that is cut off', answer([1]).subarray(0, 10)],
    ['our own packet, said back', encodeReservedVersionPacket(IDS)],
  ])('is refused where it is %s', (_what, bytes) => {
    expect(parseVersionNegotiation(bytes, IDS).ok).toBe(false);
  });

  it('is read no further than 64 versions', () => {
    const read = parseVersionNegotiation(answer(new Array<number>(300).fill(1)), IDS);
    expect(read.ok && read.value.length).toBe(64);
  });
});
