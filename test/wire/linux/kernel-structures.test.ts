import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseControlMessages } from '../../../src/wire/linux/control-message.js';
import { parseTcpInfo } from '../../../src/wire/linux/tcp-info.js';
import { parseEcho, parseIpv4Packet } from '../../../src/wire/packets/icmp.js';
import { encodeSocketAddress, parseSocketAddress } from '../../../src/wire/packets/socket-address.js';

/** One `cmsghdr` with its data, padded to 8 bytes as the kernel does. */
function controlMessage(level: number, type: number, data: Uint8Array, length = 16 + data.length): Uint8Array {
  const message = new Uint8Array(16 + Math.ceil(data.length / 8) * 8);
  const view = new DataView(message.buffer);
  view.setBigUint64(0, BigInt(length), true);
  view.setInt32(8, level, true);
  view.setInt32(12, type, true);
  message.set(data, 16);
  return message;
}

function timespec(seconds: bigint, nanoseconds: bigint): Uint8Array {
  const data = new Uint8Array(48);
  new DataView(data.buffer).setBigInt64(0, seconds, true);
  new DataView(data.buffer).setBigInt64(8, nanoseconds, true);
  return data;
}

function extendedError(
  fields: { errno: number; origin: number; type: number; code: number; info: number; data: number },
  offender: Uint8Array,
): Uint8Array {
  const bytes = new Uint8Array(16 + offender.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, fields.errno, true);
  bytes.set([fields.origin, fields.type, fields.code], 4);
  view.setUint32(8, fields.info, true);
  view.setUint32(12, fields.data, true);
  bytes.set(offender, 16);
  return bytes;
}

const concatenated = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

describe('parseControlMessages', () => {
  it('reads the stamp, the time to live and the error of one message', () => {
    const error = extendedError({ errno: 90, origin: 2, type: 3, code: 4, info: 1400, data: 0 }, encodeSocketAddress('10.0.0.1', 0));
    const ttl = new Uint8Array(new Int32Array([63]).buffer);
    const control = concatenated(
      controlMessage(1, 37, timespec(1_700_000_000n, 5n)),
      controlMessage(0, 2, ttl),
      controlMessage(0, 11, error),
      controlMessage(1, 40, new Uint8Array(new Uint32Array([7]).buffer)),
    );
    expect(parseControlMessages(control)).toEqual({
      dropped: 7,
      timestampNs: 1_700_000_000_000_000_005n,
      ttl: 63,
      extendedError: { errno: 90, origin: 2, icmpType: 3, icmpCode: 4, info: 1400, data: 0, extensions: null, offender: '10.0.0.1' },
    });
  });
  it('knows the IPv6 spellings', () => {
    const error = extendedError({ errno: 113, origin: 3, type: 1, code: 3, info: 0, data: 0 }, encodeSocketAddress('2001:db8::9', 0));
    const hops = new Uint8Array(new Int32Array([61]).buffer);
    const found = parseControlMessages(concatenated(controlMessage(41, 52, hops), controlMessage(41, 25, error)));
    expect(found).toMatchObject({ ttl: 61, extendedError: { offender: '2001:db8::9', origin: 3 } });
  });
  it('reads where the extensions of an ICMP message start, and whether they are sound', () => {
    const place = (origin: number, data: number) => {
      const error = extendedError({ errno: 113, origin, type: 11, code: 0, info: 0, data }, encodeSocketAddress('10.0.0.1', 0));
      return parseControlMessages(controlMessage(0, 11, error)).extendedError?.extensions;
    };
    expect(place(2, 108)).toEqual({ offset: 108, valid: true });
    expect(place(3, 88 | (1 << 16))).toEqual({ offset: 88, valid: false });
    expect(place(2, 0)).toBeNull();
    // The same bytes number a packet here.
    expect(place(4, 108)).toBeNull();
  });
  it('takes a stamp of zero for none', () => {
    expect(parseControlMessages(controlMessage(1, 37, timespec(0n, 0n))).timestampNs).toBeNull();
  });
  it('stops at a length that lies, and keeps what came before', () => {
    const ttl = controlMessage(0, 2, new Uint8Array(new Int32Array([9]).buffer));
    for (const length of [0, 15, 1000, 2 ** 40]) {
      const lying = controlMessage(1, 37, timespec(5n, 5n), length);
      expect(parseControlMessages(concatenated(ttl, lying))).toEqual({ ttl: 9, timestampNs: null, extendedError: null, dropped: null });
    }
  });
});

describe('socket addresses', () => {
  it.each([
    ['192.0.2.7', 443, 0],
    ['2001:db8::7', 65_535, 0],
    ['fe80::1', 1, 3],
  ])('%s port %d scope %d comes back as it went', (address, port, scope) => {
    expect(parseSocketAddress(encodeSocketAddress(address, port, scope))).toEqual({
      ok: true,
      value: { family: address.includes(':') ? 6 : 4, address, port, scope },
    });
  });
  it('is laid out as the kernel wants it', () => {
    expect([...encodeSocketAddress('1.2.3.4', 0x1234).slice(0, 8)]).toEqual([2, 0, 0x12, 0x34, 1, 2, 3, 4]);
  });
});

describe('every parser of kernel structures', () => {
  it('answers any bytes with a value or a refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        parseControlMessages(bytes);
        parseSocketAddress(bytes);
        parseTcpInfo(bytes);
        parseIpv4Packet(bytes);
        parseEcho(4, bytes);
        parseEcho(6, bytes);
      }),
      { numRuns: 20_000 },
    );
  });
});
