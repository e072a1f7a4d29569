import { describe, expect, it } from 'vitest';
import { encodeArpProbe, parseArp } from '../../../src/wire/packets/arp.js';
import { internetChecksum } from '../../../src/wire/packets/checksum.js';
import { encodeLinkSocketAddress, linkAddressText, parseLinkAddress, redundancyProtocol } from '../../../src/wire/packets/link-address.js';
import { encodeNeighborSolicitation, parseNeighborAdvertisement } from '../../../src/wire/packets/neighbor-discovery.js';

const OURS = '02:00:00:00:00:01';
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

describe('ARP', () => {
  it('asks from nobody (RFC 5227)', () => {
    expect(hex(encodeArpProbe(OURS, '192.0.2.7'))).toBe('00010800060400010200000000010000000000000000' + '0000c0000207');
  });

  it('reads a reply, padded as in a frame', () => {
    const reply = bytes('0001 0800 06 04 0002 02000000000a c0000207 020000000001 00000000 000000000000000000000000000000000000');
    expect(parseArp(reply)).toEqual({
      ok: true,
      value: { operation: 'reply', senderLinkAddress: '02:00:00:00:00:0a', senderAddress: '192.0.2.7', targetAddress: '0.0.0.0' },
    });
  });

  it.each([
    ['too short', '0001 0800 06 04 0002'],
    ['another network', '0006 0800 06 04 0002 02000000000a c0000207 020000000001 00000000'],
    ['another protocol', '0001 86dd 06 04 0002 02000000000a c0000207 020000000001 00000000'],
    ['other lengths', '0001 0800 08 04 0002 02000000000a c0000207 020000000001 00000000'],
    ['another operation', '0001 0800 06 04 0009 02000000000a c0000207 020000000001 00000000'],
  ])('refuses %s', (_, text) => {
    expect(parseArp(bytes(text)).ok).toBe(false);
  });
});

describe('neighbour discovery', () => {
  const sumOf = (packet: Uint8Array) => {
    const pseudo = new Uint8Array(40 + packet.length - 40);
    pseudo.set(packet.subarray(8, 40));
    new DataView(pseudo.buffer).setUint32(32, packet.length - 40);
    pseudo[39] = 58;
    pseudo.set(packet.subarray(40), 40);
    return internetChecksum(pseudo);
  };

  it('asks from our own address, with our link address, at the solicited-node group', () => {
    const { packet, linkDestination } = encodeNeighborSolicitation('fe80::1', OURS, '2001:db8::12:3456');
    expect(linkDestination).toBe('33:33:ff:12:34:56');
    expect(hex(packet.subarray(0, 8))).toBe('6000000000203aff');
    expect(hex(packet.subarray(24, 40))).toBe('ff0200000000000000000001ff123456');
    expect(hex(packet.subarray(64))).toBe('0101020000000001');
    expect(sumOf(packet)).toBe(0);
  });

  it('asks from nobody without an option (RFC 4862)', () => {
    const { packet } = encodeNeighborSolicitation('::', OURS, 'fe80::9');
    expect(packet.length).toBe(64);
    expect(hex(packet.subarray(8, 24))).toBe('0'.repeat(32));
    expect(sumOf(packet)).toBe(0);
  });

  const address = '20010db8000000000000000000000007';
  it('reads an advertisement, behind options that it does not know', () => {
    expect(parseNeighborAdvertisement(bytes(`8800 0000 a0000000 ${address} 0e01000000000000 0201 02000000000a`))).toEqual({
      ok: true,
      value: { address: '2001:db8::7', linkAddress: '02:00:00:00:00:0a', fromRouter: true, overrides: true },
    });
    const bare = parseNeighborAdvertisement(bytes(`8800 0000 40000000 ${address}`));
    expect(bare.ok && bare.value.linkAddress).toBeNull();
  });

  it.each([
    ['too short', '8800 0000 a0000000'],
    ['a solicitation', `8700 0000 00000000 ${address}`],
    ['a code', `8801 0000 00000000 ${address}`],
    ['an option of no length', `8800 0000 00000000 ${address} 0200 02000000000a`],
    ['an option that is cut', `8800 0000 00000000 ${address} 0202 02000000000a`],
  ])('refuses %s', (_, text) => {
    expect(parseNeighborAdvertisement(bytes(text)).ok).toBe(false);
  });
});

describe('link addresses', () => {
  it('are written and read', () => {
    expect(linkAddressText(parseLinkAddress('02:00:5E:10:00:ff') ?? new Uint8Array(0))).toBe('02:00:5e:10:00:ff');
    expect([parseLinkAddress('02:00:5e'), parseLinkAddress('02-00-5e-10-00-ff'), linkAddressText(new Uint8Array(8))]).toEqual([
      null,
      null,
      null,
    ]);
    expect(hex(encodeLinkSocketAddress(0x0806, 7, OURS))).toBe('11000806070000000000000602000000' + '00010000');
  });

  it.each([
    ['00:00:5e:00:01:33', 'VRRP'],
    ['00:00:5e:00:02:01', 'VRRP'],
    ['00:00:0c:07:ac:0a', 'HSRP'],
    ['00:00:0c:9f:f0:01', 'HSRP'],
    ['00:07:b4:00:01:02', 'GLBP'],
    ['02:00:00:00:00:01', null],
    ['00:00:0c:9e:f0:01', null],
  ])('%s is of %s', (address, protocol) => {
    expect(redundancyProtocol(address)).toBe(protocol);
  });
});
