import { decode } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { udpPayload } from '../../../src/wire/packets/udp-payload.js';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Lengths of the BER values (ITU-T X.690) inside one another must fit exactly; returns the number of values. */
function countBer(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; count++) {
    const tag = bytes[at] ?? 0;
    const length = bytes[at + 1] ?? 255;
    expect(length).toBeLessThan(128);
    expect(at + 2 + length).toBeLessThanOrEqual(bytes.length);
    if ((tag & 0x20) !== 0) count += countBer(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return count;
}

describe('the question for a UDP port', () => {
  it('is a DNS query, as another library reads it', () => {
    expect(decode(Buffer.from(udpPayload(53)))).toMatchObject({ type: 'query', questions: [{ name: '.', type: 'NS', class: 'IN' }] });
    const mdns = decode(Buffer.from(udpPayload(5353)));
    expect(mdns.questions).toMatchObject([{ name: '_services._dns-sd._udp.local', type: 'PTR' }]);
    const [question] = decode(Buffer.from(udpPayload(137))).questions ?? [];
    expect(question?.name).toBe(`CK${'A'.repeat(30)}`);
  });

  it('is well-formed BER for SNMP and CLDAP', () => {
    expect(countBer(udpPayload(161))).toBeGreaterThan(10);
    expect(countBer(udpPayload(389))).toBe(11);
  });

  it('has the lengths that it claims and that its protocol wants', () => {
    expect(udpPayload(123)).toHaveLength(48);
    expect(udpPayload(443)).toHaveLength(1200);
    expect(udpPayload(3478)).toHaveLength(20);
    expect(udpPayload(520)).toHaveLength(24);
    expect(udpPayload(111)).toHaveLength(40);
    const ike = udpPayload(500);
    expect(new DataView(ike.buffer).getUint32(24)).toBe(ike.length);
    expect(udpPayload(4500)).toEqual(Uint8Array.from([0, 0, 0, 0, ...ike]));
    const radius = udpPayload(1812);
    expect(new DataView(radius.buffer).getUint16(2)).toBe(radius.length);
  });

  it('is text where the protocol is', () => {
    expect(text(udpPayload(1900))).toMatch(/^M-SEARCH \* HTTP\/1\.1\r\n(.+\r\n)+\r\n$/);
    expect(text(udpPayload(5060))).toMatch(/^OPTIONS \S+ SIP\/2\.0\r\n(.+\r\n)+\r\n$/);
    expect(text(udpPayload(11211).subarray(8))).toBe('version\r\n');
  });

  it('is empty where the number stands for no service', () => {
    expect(udpPayload(40_000)).toHaveLength(0);
  });
});
