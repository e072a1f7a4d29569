import { describe, expect, it } from 'vitest';
import { encodeStunRequest, parseStunAnswer } from '../../../src/wire/packets/stun.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));
const TRANSACTION = hex('b7e7a701bc34d686fa87dfae');
const COOKIE = '2112a442';

/** A message of that type with these attributes; its length is right unless another one is given. */
function message(type: string, attributes: string, length?: number): Uint8Array {
  const body = hex(attributes);
  const said = (length ?? body.length).toString(16).padStart(4, '0');
  return hex(`${type}${said}${COOKIE}b7e7a701bc34d686fa87dfae${Buffer.from(body).toString('hex')}`);
}

describe('encodeStunRequest', () => {
  it('is a header alone: type, length, cookie, transaction', () => {
    expect(Buffer.from(encodeStunRequest(TRANSACTION)).toString('hex')).toBe('000100002112a442b7e7a701bc34d686fa87dfae');
  });
});

describe('parseStunAnswer', () => {
  it('reads the answers of RFC 5769, sections 2.2 and 2.3', () => {
    const ipv4 = hex(`0101003c 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220 002000080001a147e112a643
      00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004 c07d4c96`);
    const ipv6 = hex(`01010048 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220
      002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9 00080014 a382954e4be67bf11784c97c8292c275bfe3ed41 80280004 c8fb0b4c`);
    expect(parseStunAnswer(ipv4, TRANSACTION)).toEqual({
      ok: true,
      value: { kind: 'mapped', xor: true, mapped: { family: 4, address: '192.0.2.1', port: 32_853 } },
    });
    expect(parseStunAnswer(ipv6, TRANSACTION)).toEqual({
      ok: true,
      value: { kind: 'mapped', xor: true, mapped: { family: 6, address: '2001:db8:1234:5678:11:2233:4455:6677', port: 32_853 } },
    });
  });

  it('reads the plain address of old servers, where there is no hidden one', () => {
    expect(parseStunAnswer(message('0101', '00010008 0001 8055 c6336407'), TRANSACTION)).toEqual({
      ok: true,
      value: { kind: 'mapped', xor: false, mapped: { family: 4, address: '198.51.100.7', port: 32_853 } },
    });
    const both = message('0101', '00010008 0001 8055 0a000001 002000080001a147e112a643');
    expect(parseStunAnswer(both, TRANSACTION)).toMatchObject({ value: { xor: true, mapped: { address: '192.0.2.1' } } });
  });

  it('reads why a server refuses', () => {
    expect(parseStunAnswer(message('0111', '00090008 00000414 62616421'), TRANSACTION)).toEqual({
      ok: true,
      value: { kind: 'error', code: 420, reason: 'bad!' },
    });
  });

  it.each([
    ['too short', hex('0101'), 'no STUN message'],
    ['another protocol', hex(`8101000c${COOKIE}b7e7a701bc34d686fa87dfae002000080001a147e112a643`), 'no STUN message'],
    ['no cookie', hex('0101000c00000000b7e7a701bc34d686fa87dfae002000080001a147e112a643'), 'cookie'],
    ['another transaction', hex(`0101000c${COOKIE}b7e7a701bc34d686fa87dfaf002000080001a147e112a643`), 'another request'],
    ['a length beyond the datagram', message('0101', '002000080001a147e112a643', 64), 'it says to have 64'],
    ['a datagram beyond the length', message('0101', '002000080001a147e112a643', 8), 'it says to have 8'],
    ['a request', message('0001', ''), 'message type'],
    ['an attribute beyond the message', message('0101', '0020ffff0001a147e112a643'), 'longer than the message'],
    ['an address of no family', message('0101', '002000080003a147e112a643'), 'malformed'],
    ['an IPv6 address of four bytes', message('0101', '002000080002a147e112a643'), 'malformed'],
    ['no address', message('0101', '80220004 61626364'), 'no address'],
    ['nothing at all', message('0101', ''), 'no address'],
    ['an error without a number', message('0111', ''), 'without its number'],
  ])('refuses %s', (_name, bytes, words) => {
    const read = parseStunAnswer(bytes, TRANSACTION);
    expect(read.ok ? read : read.refusal).toContain(words);
  });
});
