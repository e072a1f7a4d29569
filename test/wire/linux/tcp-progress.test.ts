import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTcpProgress, TCP_PROGRESS_BYTES } from '../../../src/wire/linux/tcp-progress.js';

function tcpInfo(length: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(256));
  for (const [offset, value] of [
    [120, 5_000_000_001n],
    [168, 1_500_000n],
    [176, 250_000n],
    [200, 5_100_000_000n],
    [208, 99_000n],
  ] as const) {
    view.setBigUint64(offset, value, true);
  }
  return new Uint8Array(view.buffer).slice(0, length);
}

describe('parseTcpProgress', () => {
  it('reads the fields at the offsets of linux/tcp.h', () => {
    expect(parseTcpProgress(tcpInfo(TCP_PROGRESS_BYTES))).toEqual({
      ok: true,
      value: {
        acknowledgedBytes: 5_000_000_001,
        busyMs: 1500,
        windowLimitedMs: 250,
        sentBytes: 5_100_000_000,
        retransmittedBytes: 99_000,
      },
    });
  });

  it('knows no more than an older kernel fills in', () => {
    expect(parseTcpProgress(tcpInfo(192))).toMatchObject({ ok: true, value: { busyMs: 1500, sentBytes: null, retransmittedBytes: null } });
    expect(parseTcpProgress(tcpInfo(128))).toMatchObject({ ok: true, value: { busyMs: null, windowLimitedMs: null, sentBytes: null } });
    expect(parseTcpProgress(tcpInfo(127))).toEqual({ ok: false, refusal: '127 bytes of tcp_info' });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => parseTcpProgress(bytes).ok === bytes.length >= 128));
  });
});
