import { type Parsed, parsed, refused } from '../parsed.js';
import { bytesOf } from './vector.js';

/** Cipher kinds of SSL 2.0 (Hickman, "The SSL Protocol", appendix C.4), by their three bytes, with OpenSSL's names. */
export const SSL2_CIPHERS: ReadonlyMap<number, { name: string; opensslName: string; encryption: string; bits: number }> = new Map([
  [0x010080, { name: 'SSL_CK_RC4_128_WITH_MD5', opensslName: 'RC4-MD5', encryption: 'RC4', bits: 128 }],
  [0x020080, { name: 'SSL_CK_RC4_128_EXPORT40_WITH_MD5', opensslName: 'EXP-RC4-MD5', encryption: 'RC4', bits: 40 }],
  [0x030080, { name: 'SSL_CK_RC2_128_CBC_WITH_MD5', opensslName: 'RC2-CBC-MD5', encryption: 'RC2-CBC', bits: 128 }],
  [0x040080, { name: 'SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5', opensslName: 'EXP-RC2-CBC-MD5', encryption: 'RC2-CBC', bits: 40 }],
  [0x050080, { name: 'SSL_CK_IDEA_128_CBC_WITH_MD5', opensslName: 'IDEA-CBC-MD5', encryption: 'IDEA-CBC', bits: 128 }],
  [0x060040, { name: 'SSL_CK_DES_64_CBC_WITH_MD5', opensslName: 'DES-CBC-MD5', encryption: 'DES-CBC', bits: 56 }],
  [0x0700c0, { name: 'SSL_CK_DES_192_EDE3_CBC_WITH_MD5', opensslName: 'DES-CBC3-MD5', encryption: '3DES-CBC', bits: 112 }],
  [0x080080, { name: 'SSL_CK_RC4_64_WITH_MD5', opensslName: 'RC4-64-MD5', encryption: 'RC4', bits: 64 }],
]);

/** A CLIENT-HELLO of SSL 2.0 that offers every cipher kind, with a challenge of 16 bytes and no session. */
export function encodeSsl2ClientHello(challenge: Uint8Array): Uint8Array {
  const kinds = [...SSL2_CIPHERS.keys()].flatMap((kind) => bytesOf(kind, 3));
  const body = [1, 0x00, 0x02, ...bytesOf(kinds.length, 2), 0, 0, ...bytesOf(16, 2), ...kinds, ...challenge.subarray(0, 16)];
  // A record without padding: two bytes of length, the highest bit set.
  return Uint8Array.from([0x80 | (body.length >> 8), body.length & 0xff, ...body]);
}

export interface Ssl2ServerHello {
  /** 2 for SSL 2.0. */
  version: number;
  /** Kinds that both sides have. */
  ciphers: number[];
}

/** Reads a SERVER-HELLO of SSL 2.0. A refusal that begins with `incomplete` may become a message with more bytes. */
export function parseSsl2ServerHello(bytes: Uint8Array): Parsed<Ssl2ServerHello> {
  const first = bytes[0] ?? 0;
  if (bytes.length < 3) return refused('incomplete: no header yet');
  const headerBytes = (first & 0x80) === 0 ? 3 : 2;
  const length = ((first & (headerBytes === 2 ? 0x7f : 0x3f)) << 8) | (bytes[1] ?? 0);
  const padding = headerBytes === 3 ? (bytes[2] ?? 0) : 0;
  if (bytes.length > headerBytes && bytes[headerBytes] !== 4) return refused('not a SERVER-HELLO of SSL 2.0');
  if (length < 11 + padding) return refused('too short for a SERVER-HELLO');
  const message = bytes.subarray(headerBytes, headerBytes + length);
  if (message.length < length) return refused('incomplete: the message goes on');
  const [certificateBytes, kindBytes] = [word(message, 5), word(message, 7)];
  const kinds = message.subarray(11 + certificateBytes, 11 + certificateBytes + kindBytes);
  if (kinds.length < kindBytes || kindBytes % 3 !== 0) return refused('its parts do not fit into it');
  const ciphers: number[] = [];
  for (let offset = 0; offset < kinds.length; offset += 3) ciphers.push(((kinds[offset] ?? 0) << 16) | word(kinds, offset + 1));
  return parsed({ version: word(message, 3), ciphers });
}

function word(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}
