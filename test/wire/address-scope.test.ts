import { describe, expect, it } from 'vitest';
import { addressScope } from '../../src/wire/address-scope.js';

describe('where an address leads', () => {
  it.each([
    ['10.0.0.0', 'inner'],
    ['10.255.255.255', 'inner'],
    ['11.0.0.0', 'public'],
    ['172.15.255.255', 'public'],
    ['172.16.0.0', 'inner'],
    ['172.32.0.0', 'public'],
    ['192.168.255.255', 'inner'],
    ['192.169.0.0', 'public'],
    ['100.63.255.255', 'public'],
    ['100.64.0.0', 'inner'],
    ['100.128.0.0', 'public'],
    ['127.0.0.1', 'inner'],
    ['169.254.0.1', 'inner'],
    ['198.18.0.0', 'inner'],
    ['198.19.255.255', 'inner'],
    ['198.20.0.0', 'public'],
    ['192.0.2.1', 'public'],
    ['0.0.0.0', 'unspecified'],
    ['0.0.0.1', 'public'],
    ['::', 'unspecified'],
    ['::ffff:0.0.0.0', 'unspecified'],
    ['::1', 'inner'],
    ['::ffff:10.0.0.1', 'inner'],
    ['fd12::1', 'inner'],
    ['fe80::1', 'inner'],
    ['64:ff9b::192.0.2.1', 'inner'],
    ['2001:db8::1', 'public'],
    ['2606:4700:4700::1111', 'public'],
  ])('%s: %s', (address, scope) => {
    expect(addressScope(address)).toBe(scope);
  });

  it.each(['', 'www.example.net', '1.2.3', '10 mail.example.net.'])('%j is no address', (text) => {
    expect(addressScope(text)).toBeNull();
  });
});
