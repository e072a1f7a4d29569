import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTcpSegments, TCP_SEGMENT_INFO_BYTES } from '../../../src/wire/linux/tcp-segments.js';

function tcpInfo(length = TCP_SEGMENT_INFO_BYTES): Uint8Array {
  const bytes = new Uint8Array(256);
  const view = new DataView(bytes.buffer);
  view.setUint8(5, 1 | 2);
  for (const [offset, value] of [
    [16, 1448],
    [20, 1400],
    [60, 1500],
    [68, 21_300],
    [84, 1448],
    [100, 2],
    [152, 9],
    [156, 14],
    [216, 1],
    [220, 3],
    [224, 5],
  ] as const) {
    view.setUint32(offset, value, true);
  }
  view.setBigUint64(120, 2897n, true);
  return bytes.slice(0, length);
}

describe('parseTcpSegments', () => {
  it('reads the fields at the offsets of linux/tcp.h', () => {
    expect(parseTcpSegments(tcpInfo())).toEqual({
      ok: true,
      value: {
        sendSegmentBytes: 1448,
        largestReceivedSegmentBytes: 1400,
        receiveSegmentBytes: 1448,
        pathMtuBytes: 1500,
        optionBytes: 12,
        retransmissions: 2,
        acknowledgedBytes: 2897,
        rttMs: 21.3,
        counters: { sent: 14, needless: 1, reorderings: 3, received: 9, outOfOrder: 5, selective: true },
      },
    });
  });

  it('does without what an older kernel does not tell, and without time stamps', () => {
    const bytes = tcpInfo(104);
    bytes[5] = 0;
    expect(parseTcpSegments(bytes)).toMatchObject({ ok: true, value: { acknowledgedBytes: null, optionBytes: 0, counters: null } });
    expect(parseTcpSegments(tcpInfo(227))).toMatchObject({ ok: true, value: { acknowledgedBytes: 2897, counters: null } });
  });

  it('takes any bytes without harm', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(parseTcpSegments(bytes).ok).toBe(bytes.length >= 104);
      }),
    );
  });
});
