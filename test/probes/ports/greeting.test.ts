import { describe, expect, it } from 'vitest';
import type { ScanSession } from '../../../src/net/port.js';
import { greeting } from '../../../src/probes/ports/greeting.js';

/** A service that answers what it is asked; `null` is silence. */
function service(answer: (asked: Uint8Array) => Uint8Array | null) {
  const firstBytes: ScanSession['firstBytes'] = async (_port, asked) => (asked === null ? null : answer(asked));
  return greeting({ firstBytes } as ScanSession, 9000, null, new AbortController().signal);
}

describe('a service that does not speak first', () => {
  it.each([
    ['a ServerHello', [0x16, 3, 3, 0, 122, 2, 0, 0, 118, 3, 3]],
    ['an alert', [0x15, 3, 3, 0, 2, 2, 40]],
  ])('speaks TLS where it answers with %s', async (_what, bytes) => {
    expect(await service(() => Uint8Array.from(bytes))).toEqual({ banner: null, tls: true });
  });

  it('does not speak TLS where it says our own words back, and has no greeting', async () => {
    expect(await service((asked) => asked)).toEqual({ banner: null, tls: false });
    expect(await service((asked) => asked.subarray(0, 3))).toEqual({ banner: null, tls: false });
  });

  it('says what it answers to HTTP', async () => {
    expect(await service((asked) => (asked[0] === 0x16 ? null : new TextEncoder().encode('HTTP/1.1 200 OK\r\n')))).toEqual({
      banner: 'HTTP/1.1 200 OK',
      tls: false,
    });
  });
});
