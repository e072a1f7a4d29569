import { describe, expect, test } from 'vitest';
import { checksum, tooLarge } from './too-large.mjs';

const ROUTERS = ['192.0.2.254', '2001:db8::fe'];
const IPV6_ADDRESSES = Buffer.from(`${'20010db8000000000000000000000001'}${'20010db8000000000000000000000002'}`, 'hex');

function ipv4(options: { bytes: number; mayFragment?: boolean; offset?: number; protocol?: number; icmpType?: number }): Buffer {
  const packet = Buffer.alloc(options.bytes, 0xa5);
  Buffer.from('45000000123400004011000c0000020102030405', 'hex').copy(packet);
  packet.writeUInt16BE(options.bytes, 2);
  packet.writeUInt16BE((options.mayFragment === true ? 0 : 0x4000) | (options.offset ?? 0), 6);
  packet[9] = options.protocol ?? 17;
  packet[20] = options.icmpType ?? 8;
  return packet;
}

function ipv6(bytes: number, next = 17, icmpType = 128): Buffer {
  const packet = Buffer.alloc(bytes, 0x5a);
  packet.writeUInt32BE(0x60000000, 0);
  packet.writeUInt16BE(bytes - 40, 4);
  packet[6] = next;
  packet[7] = 64;
  IPV6_ADDRESSES.copy(packet, 8);
  packet[40] = icmpType;
  return packet;
}

function answerTo(packet: Buffer, mtuBytes: number): Buffer | null {
  const outcome = tooLarge(packet, mtuBytes, ROUTERS);
  return outcome !== null && 'answer' in outcome ? outcome.answer : null;
}

describe('a router before a smaller MTU', () => {
  test('says so for IPv4: type 3, code 4, the MTU, and the packet as far as 576 bytes hold it', () => {
    const packet = ipv4({ bytes: 1000 });
    const answer = answerTo(packet, 900) ?? Buffer.alloc(0);
    expect(answer.length).toBe(576);
    expect(answer.readUInt16BE(2)).toBe(576);
    expect([...answer.subarray(12, 20)]).toEqual([192, 0, 2, 254, ...packet.subarray(12, 16)]);
    expect([...answer.subarray(20, 22)]).toEqual([3, 4]);
    expect(answer.readUInt16BE(26)).toBe(900);
    expect(answer.subarray(28)).toEqual(packet.subarray(0, 548));
    // A right checksum makes the sum over itself nothing.
    expect(checksum(answer.subarray(0, 20))).toBe(0);
    expect(checksum(answer.subarray(20))).toBe(0);
  });

  test('says so for IPv6: type 2, the MTU, and the packet as far as 1280 bytes hold it', () => {
    const packet = ipv6(1501);
    const answer = answerTo(packet, 1300) ?? Buffer.alloc(0);
    expect(answer.length).toBe(1280);
    expect([...answer.subarray(40, 42)]).toEqual([2, 0]);
    expect(answer.readUInt32BE(44)).toBe(1300);
    expect(answer.subarray(24, 40)).toEqual(packet.subarray(8, 24));
    const pseudo = Buffer.concat([answer.subarray(8, 40), Buffer.from([0, 0, 1240 >> 8, 1240 & 0xff, 0, 0, 0, 58])]);
    expect(checksum(Buffer.concat([pseudo, answer.subarray(40)]))).toBe(0);
  });

  test('says nothing of an ICMP error, of a later fragment, or where no router of the family is named', () => {
    expect(answerTo(ipv4({ bytes: 1000, protocol: 1, icmpType: 8 }), 900)).not.toBeNull();
    expect(answerTo(ipv4({ bytes: 1000, protocol: 1, icmpType: 11 }), 900)).toBeNull();
    expect(answerTo(ipv4({ bytes: 1000, offset: 100 }), 900)).toBeNull();
    expect(answerTo(ipv6(1400, 58, 128), 1300)).not.toBeNull();
    expect(answerTo(ipv6(1400, 58, 3), 1300)).toBeNull();
    expect(tooLarge(ipv6(1400), 1300, ['192.0.2.254'])).toBeNull();
    expect(tooLarge(ipv4({ bytes: 1000 }), 900, [])).toBeNull();
  });

  test('cuts IPv4 packets that may be cut into fragments that make the packet again', () => {
    const packet = ipv4({ bytes: 1471, mayFragment: true });
    const outcome = tooLarge(packet, 576, ROUTERS);
    const fragments = outcome !== null && 'fragments' in outcome ? outcome.fragments : [];
    expect(fragments.map((fragment) => fragment.length)).toEqual([572, 572, 367]);
    expect(fragments.map((fragment) => fragment.readUInt16BE(6))).toEqual([0x2000, 0x2000 + 69, 138]);
    expect(fragments.map((fragment) => checksum(fragment.subarray(0, 20)))).toEqual([0, 0, 0]);
    expect(Buffer.concat(fragments.map((fragment) => fragment.subarray(20)))).toEqual(packet.subarray(20));
    // A black hole cuts nothing.
    expect(tooLarge(packet, 576, [])).toBeNull();
  });
});
