import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { AddressPseudonyms } from '../../../src/report/redact/addresses.js';
import { Pseudonyms } from '../../../src/report/redact/pseudonyms.js';
import { addressKind } from '../../../src/wire/prefix.js';

const made = (seed = 1) => new AddressPseudonyms(new Pseudonyms(new Uint8Array(32).fill(seed)));
const addresses = made();
const bits = (address: string) =>
  ipaddr
    .parse(address)
    .toByteArray()
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');

/** How many leading bits two addresses share. */
function shared(one: string, other: string): number {
  const [first, second] = [bits(one), bits(other)];
  let length = 0;
  while (length < first.length && first[length] === second[length]) length++;
  return length;
}

const ipv4In = (prefix: number[]) =>
  fc.array(fc.nat(255), { minLength: 4 - prefix.length, maxLength: 4 - prefix.length }).map((rest) => [...prefix, ...rest].join('.'));
const ipv6In = (prefix: string) =>
  fc
    .array(fc.nat(0xffff), { minLength: 4, maxLength: 4 })
    .map((groups) => ipaddr.parse(`${prefix}:${groups.map((group) => group.toString(16)).join(':')}`).toString());

describe('pseudonyms of addresses', () => {
  it.each([
    ['10.0.0.0/8', ipv4In([10])],
    ['192.168.0.0/16', ipv4In([192, 168])],
    ['172.20.0.0/16', ipv4In([172, 20])],
    ['100.100.0.0/16', ipv4In([100, 100])],
    ['public IPv4 of one registry', ipv4In([81])],
    ['documentation', ipv4In([203, 0, 113])],
    ['unique local', ipv6In('fd12:3456:789a:1')],
    ['link local', ipv6In('fe80:0:0:0')],
    ['public IPv6', ipv6In('2a01:4f8:1234:5')],
  ])('share exactly as many bits as their addresses did: %s', (_, address) => {
    fc.assert(
      fc.property(address, address, (one, other) => {
        const [first, second] = [addresses.address(one) ?? '', addresses.address(other) ?? ''];
        // Well-known ones stay, and so share with others what chance gives.
        if (first === one || second === other) return;
        expect(shared(first, second)).toBe(shared(one, other));
      }),
      { numRuns: 60 },
    );
  });

  it('keep the kind of private addresses', () => {
    for (const address of [
      '10.1.2.3',
      '172.16.9.1',
      '172.31.255.254',
      '192.168.1.1',
      '100.64.0.9',
      '169.254.7.7',
      '198.18.0.5',
      'fd00::17',
      'fe80::a',
    ]) {
      const pseudonym = addresses.address(address) ?? '';
      expect(addressKind(pseudonym)).toBe(addressKind(address));
      expect(pseudonym).not.toBe(address);
    }
  });

  it('put public addresses where nobody has any', () => {
    for (const address of ['81.2.69.142', '5.9.1.1', '192.0.2.7', '198.51.100.4', '203.0.113.9']) {
      expect(Number((addresses.address(address) ?? '').split('.', 1)[0])).toBeGreaterThanOrEqual(240);
    }
    for (const address of ['2a01:4f8::1', '2001:db8::7', '2606:2800::1'])
      expect(addresses.address(address)).toMatch(/^3fff:[0-9a-f]{0,3}:/);
  });

  it('leave those alone that are of no single network', () => {
    for (const address of [
      ...[
        '127.0.0.1',
        '127.0.0.53',
        '0.0.0.0',
        '255.255.255.255',
        '224.0.0.251',
        '169.254.169.254',
        '1.1.1.1',
        '8.8.8.8',
        '9.9.9.9',
        '198.41.0.4',
      ],
      ...['::', '::1', 'ff02::fb', 'ff02::1', '2606:4700:4700::1111', '2001:4860:4860::8888'],
    ]) {
      expect(addresses.address(address)).toBe(address);
    }
  });

  it('hide the device in what is made of its link address', () => {
    // EUI-64 of 00:11:22:33:44:55, and the group that neighbours ask it by.
    expect(addresses.address('fe80::211:22ff:fe33:4455')).not.toMatch(/ff:fe/);
    const group = addresses.address('ff02::1:ff33:4455') ?? '';
    expect(group).toMatch(/^ff02::1:ff/);
    expect(group).not.toContain('4455');
  });

  it('hide the IPv4 address inside an IPv6 one, as its own pseudonym', () => {
    const inside = ipaddr.parse(addresses.address('64:ff9b::5102:458e') ?? '').toByteArray();
    expect(inside.slice(12).join('.')).toBe(addresses.address('81.2.69.142'));
    const mapped = ipaddr.parse(addresses.address('::ffff:81.2.69.142') ?? '').toByteArray();
    expect(mapped.slice(12).join('.')).toBe(addresses.address('81.2.69.142'));
  });

  it('make networks of networks, around the pseudonyms of what is in them', () => {
    fc.assert(
      fc.property(ipv4In([81]), fc.integer({ min: 9, max: 30 }), (address, length) => {
        const network = ipaddr.IPv4.networkAddressFromCIDR(`${address}/${length}`).toString();
        const pseudonym = addresses.network(network, length) ?? '';
        const inside = addresses.address(address) ?? '';
        expect(ipaddr.IPv4.networkAddressFromCIDR(`${pseudonym}/${length}`).toString()).toBe(pseudonym);
        expect(ipaddr.IPv4.networkAddressFromCIDR(`${inside}/${length}`).toString()).toBe(pseudonym);
      }),
      { numRuns: 60 },
    );
    expect(addresses.network('0.0.0.0', 0)).toBe('0.0.0.0');
    expect(addresses.network('128.0.0.0', 1)).toBe('128.0.0.0');
    expect(addresses.network('10.0.0.0', 8)).toBe('10.0.0.0');
    expect(addresses.network('2000::', 3)).toBe('2000::');
    expect(addresses.network('192.168.7.9', 24)).toBe(addresses.address('192.168.7.9'));
  });

  it('are the same under the same key, and others under another', () => {
    expect(made(1).address('81.2.69.142')).toBe(addresses.address('81.2.69.142'));
    expect(made(2).address('81.2.69.142')).not.toBe(addresses.address('81.2.69.142'));
  });

  it('are none for what is no address', () => {
    for (const text of ['', 'example.net', '1.2.3', '1.2.3.4.5', '12:30:45', '256.1.1.1']) expect(addresses.address(text)).toBeNull();
  });
});
