import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { internetChecksum } from '../../../src/wire/packets/checksum.js';
import { encodeEchoRequest } from '../../../src/wire/packets/icmp.js';
import {
  carriesCookie,
  encodeProbePayload,
  MINIMUM_PROBE_PAYLOAD_BYTES,
  PROBE_COOKIE_BYTES,
  PROBE_IDENTITY_BYTES,
  probeNumber,
} from '../../../src/wire/packets/probe-payload.js';

const cookies = fc.uint8Array({ minLength: PROBE_COOKIE_BYTES, maxLength: PROBE_COOKIE_BYTES });
const numbers = fc.nat(0xffffffff);
const words = fc.nat(0xffff);

describe('the payload of a probe', () => {
  it('is of the size asked for, from 18 bytes on', () => {
    const sized = (payloadBytes: number) =>
      encodeProbePayload({ cookie: new Uint8Array(12), number: 0, payloadBytes, sum: 0, varying: 0 }).length;
    expect([0, 17, 18, 19, 1472].map(sized)).toEqual([18, 18, 18, 19, 1472]);
    expect(MINIMUM_PROBE_PAYLOAD_BYTES).toBe(18);
  });

  it('gives echo requests of one flow one checksum, whatever number, sequence and size they have', () => {
    fc.assert(
      fc.property(cookies, words, numbers, numbers, fc.integer({ min: 18, max: 200 }), (cookie, sum, first, second, payloadBytes) => {
        const checksums = [first, second].map((number, index) => {
          const sequence = number & 0xffff;
          const payload = encodeProbePayload({ cookie, number, payloadBytes: payloadBytes + index, sum, varying: sequence });
          return new DataView(encodeEchoRequest(4, 7, sequence, payload).buffer).getUint16(2);
        });
        expect(checksums[0]).toBe(checksums[1]);
      }),
    );
  });

  it('gives each flow a checksum of its own', () => {
    const checksum = (sum: number) =>
      internetChecksum(
        encodeEchoRequest(6, 0, 1, encodeProbePayload({ cookie: new Uint8Array(12), number: 1, payloadBytes: 18, sum, varying: 1 })),
      );
    expect(new Set(Array.from({ length: 1000 }, (_, flow) => checksum(60_000 + (flow % 5000)))).size).toBe(1000);
  });

  it('tells its number and carries its cookie, though its end is cut off', () => {
    fc.assert(
      fc.property(cookies, numbers, words, fc.nat(100), (cookie, number, sum, length) => {
        const payload = encodeProbePayload({ cookie, number, payloadBytes: 40, sum, varying: 0 }).subarray(0, length);
        expect(probeNumber(payload)).toBe(length < PROBE_IDENTITY_BYTES ? null : number);
        expect(carriesCookie(payload, cookie)).toBe(true);
      }),
    );
  });

  it('carries no cookie that differs in a byte that is there', () => {
    fc.assert(
      fc.property(cookies, fc.nat(PROBE_COOKIE_BYTES - 1), fc.integer({ min: 1, max: 255 }), (cookie, at, change) => {
        const payload = encodeProbePayload({ cookie, number: 1, payloadBytes: 18, sum: 0, varying: 0 });
        payload[at] = (payload[at] ?? 0) ^ change;
        expect(carriesCookie(payload, cookie)).toBe(false);
        expect(carriesCookie(payload.subarray(0, at), cookie)).toBe(true);
      }),
    );
  });
});
