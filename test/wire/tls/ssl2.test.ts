import { describe, expect, it } from 'vitest';
import { encodeSsl2ClientHello, parseSsl2ServerHello, SSL2_CIPHERS } from '../../../src/wire/tls/ssl2.js';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));
/** SERVER-HELLO, no session, a certificate of 8 bytes, two kinds, a connection id of 16 bytes. */
const HELLO = hex('8029 04 00 01 0002 0008 0006 0010 aabbccddeeff0011 010080 0700c0 00112233445566778899aabbccddeeff');

describe('SSL 2.0', () => {
  it('offers every cipher kind', () => {
    const bytes = encodeSsl2ClientHello(Uint8Array.from({ length: 16 }, (_, index) => index));
    expect(bytes.length).toBe(2 + 9 + 3 * SSL2_CIPHERS.size + 16);
    expect(Buffer.from(bytes.subarray(0, 14)).toString('hex')).toBe('8031010002001800000010010080');
    expect([...bytes.subarray(-16)]).toEqual(Array.from({ length: 16 }, (_, index) => index));
  });

  it('reads the kinds that a server has', () => {
    expect(parseSsl2ServerHello(HELLO)).toEqual({ ok: true, value: { version: 2, ciphers: [0x010080, 0x0700c0] } });
  });

  it('waits for the rest of a message that is cut off', () => {
    for (let length = 0; length < HELLO.length; length++)
      expect(parseSsl2ServerHello(HELLO.subarray(0, length))).toMatchObject({ ok: false, refusal: expect.stringMatching(/^incomplete/) });
  });

  it('takes an alert of TLS for no hello', () => {
    expect(parseSsl2ServerHello(hex('15 0301 0002 0246'))).toMatchObject({ ok: false, refusal: expect.not.stringMatching(/^incomplete/) });
  });
});
