import { describe, expect, it } from 'vitest';
import { addressKind, commonPart, contains, formatPrefix, prefixOf } from '../../src/wire/prefix.js';

const prefix = (text: string) => {
  const [address = '', length] = text.split('/');
  const made = prefixOf(address, Number(length));
  if (made === null) throw new Error(text);
  return made;
};

describe('prefixes', () => {
  it.each([
    ['172.17.0.1/16', '172.17.0.0/16'],
    ['10.255.255.255/9', '10.128.0.0/9'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:db8::7/33', '2001:db8::/33'],
    ['fe80::1%eth0/64', 'fe80::/64'],
  ])('%s is %s', (text, expected) => expect(formatPrefix(prefix(text))).toBe(expected));

  it.each(['10.0.0/8', '10.0.0.1/33', '::/129', 'x/8', '10.0.0.1/-1', '10.0.0.1/1.5'])('%s is none', (text) => {
    const [address = '', length] = text.split('/');
    expect(prefixOf(address, Number(length))).toBeNull();
  });

  it.each([
    ['172.17.0.0/16', '172.16.0.0/12', '172.17.0.0/16'],
    ['172.16.0.0/12', '172.17.0.0/16', '172.17.0.0/16'],
    ['172.17.0.0/16', '172.17.0.0/16', '172.17.0.0/16'],
    ['172.17.0.0/16', '172.18.0.0/16', null],
    ['10.0.0.0/8', 'fd00::/8', null],
  ])('%s and %s have %s in common', (one, other, common) => {
    const found = commonPart(prefix(one), prefix(other));
    expect(found === null ? null : formatPrefix(found)).toBe(common);
  });

  it('everything is in the default route of its family', () => {
    expect(contains(prefix('0.0.0.0/0'), prefix('203.0.113.7/32'))).toBe(true);
    expect(contains(prefix('::/0'), prefix('203.0.113.7/32'))).toBe(false);
  });
});

describe('addressKind', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['10.1.2.3', 'private'],
    ['172.15.255.255', 'public'],
    ['172.16.0.0', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.168.1.1', 'private'],
    ['100.63.255.255', 'public'],
    ['100.64.0.0', 'shared'],
    ['100.127.255.255', 'shared'],
    ['100.128.0.0', 'public'],
    ['169.254.1.1', 'link-local'],
    ['192.0.0.4', '464xlat'],
    ['192.0.0.9', 'special'],
    ['192.0.2.2', 'documentation'],
    ['198.19.0.1', 'benchmark'],
    ['224.0.0.1', 'special'],
    ['255.255.255.255', 'special'],
    ['2606:4700::1', 'public'],
    ['fd00::2', 'unique-local'],
    ['fe80::1%eth0', 'link-local'],
    ['64:ff9b::808:808', 'nat64'],
    ['2001:db8::1', 'documentation'],
    ['::', 'special'],
    ['nonsense', null],
  ])('%s is %s', (address, kind) => expect(addressKind(address)).toBe(kind));
});
