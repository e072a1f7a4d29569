import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applicationProtocolsExtension,
  type ClientHello,
  encodeClientHello,
  encodePaddedClientHello,
  keyShareExtension,
  serverNameExtension,
  signatureAlgorithmsExtension,
  supportedGroupsExtension,
  supportedVersionsExtension,
} from '../../../src/wire/tls/client-hello.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const SMALL: ClientHello = {
  random: new Uint8Array(32).fill(1),
  sessionId: new Uint8Array(0),
  legacyVersion: 0x0303,
  ciphers: [0x1301, 0xc02f],
  extensions: [],
};

describe('encodeClientHello', () => {
  it('writes the exact bytes of RFC 8446 section 4.1.2', () => {
    const body = `0303${'01'.repeat(32)}000004${'1301c02f'}0100${'0000'}`;
    expect(hex(encodeClientHello(SMALL))).toBe(`1603010031010000${(body.length / 2).toString(16)}${body}`);
  });

  it('parts a long message into several records, whose bytes are those of the message', () => {
    const hello = { ...SMALL, extensions: [{ type: 0xfafa, data: new Uint8Array(20_000).fill(7) }] };
    const bytes = Buffer.from(encodeClientHello(hello));
    expect(bytes.readUInt16BE(3)).toBe(16_384);
    const second = 5 + 16_384;
    expect([...bytes.subarray(second, second + 3)]).toEqual([22, 3, 1]);
    expect(second + 5 + bytes.readUInt16BE(second + 3)).toBe(bytes.length);
    const message = Buffer.concat([bytes.subarray(5, second), bytes.subarray(second + 5)]);
    expect(message.readUIntBE(1, 3)).toBe(message.length - 4);
  });

  it('is padded to any length, exactly where the padding extension fits', () => {
    const bare = encodeClientHello(SMALL).length;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16_389 }), (totalBytes) => {
        const bytes = Buffer.from(encodePaddedClientHello(SMALL, totalBytes));
        expect(bytes.length).toBe(totalBytes <= bare ? bare : Math.max(totalBytes, bare + 4));
        expect(bytes.readUInt16BE(3)).toBe(bytes.length - 5);
      }),
    );
    expect(encodePaddedClientHello(SMALL, 1_000_000).length).toBe(16_389);
  });
});

describe('extensions', () => {
  it('are laid out as their RFCs say', () => {
    expect(serverNameExtension('ab')).toEqual({ type: 0, data: Uint8Array.from([0, 5, 0, 0, 2, 97, 98]) });
    expect(supportedVersionsExtension([0x0304, 0x0303])).toEqual({ type: 43, data: Uint8Array.from([4, 3, 4, 3, 3]) });
    expect(supportedGroupsExtension([29])).toEqual({ type: 10, data: Uint8Array.from([0, 2, 0, 29]) });
    expect(signatureAlgorithmsExtension([0x0403])).toEqual({ type: 13, data: Uint8Array.from([0, 2, 4, 3]) });
    expect(keyShareExtension([{ group: 29, publicKey: Uint8Array.from([9]) }])).toEqual({
      type: 51,
      data: Uint8Array.from([0, 5, 0, 29, 0, 1, 9]),
    });
    expect(applicationProtocolsExtension(['h2'])).toEqual({ type: 16, data: Uint8Array.from([0, 3, 2, 104, 50]) });
  });
});
