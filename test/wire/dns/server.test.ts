import { describe, expect, test } from 'vitest';
import { formatDnsServer, isIpAddress, parseDnsServer, stubLabel } from '../../../src/wire/dns/server.js';

describe('name servers', () => {
  test.each([
    ['192.0.2.1', { address: '192.0.2.1', port: 53 }],
    ['192.0.2.1:5353', { address: '192.0.2.1', port: 5353 }],
    ['2001:db8::1', { address: '2001:db8::1', port: 53 }],
    ['[2001:db8::1]:5353', { address: '2001:db8::1', port: 5353 }],
    ['fe80::1%eth0', { address: 'fe80::1%eth0', port: 53 }],
  ])('%s there and back', (text, server) => {
    expect(parseDnsServer(text)).toEqual(server);
    expect(formatDnsServer(server)).toBe(text);
  });

  test.each(['', 'localhost', '192.0.2', '192.0.2.256', '192.0.2.1:0', '192.0.2.1:70000', '[::1]:', '[192.0.2.1', '1:2', '::1\u001b'])(
    '%j is none',
    (text) => {
      expect(parseDnsServer(text)).toBeNull();
    },
  );

  test('an address is not longer than an address', () => {
    expect(isIpAddress(`fe80::1%${'x'.repeat(100_000)}`)).toBe(false);
  });
});

test.each([
  ['127.0.0.53', 'systemd-resolved'],
  ['127.0.0.54', 'systemd-resolved'],
  ['127.0.0.11', 'Docker'],
  ['127.0.0.1', 'local'],
  ['::1', 'local'],
  ['0:0:0:0:0:0:0:1', 'local'],
  ['192.0.2.53', null],
  ['2001:db8::1', null],
  ['::2', null],
])('%s is %s', (address, label) => {
  expect(stubLabel(address)).toBe(label);
});

test('the usual port of TLS is another', () => {
  expect(formatDnsServer({ address: '192.0.2.1', port: 853 }, 'tls')).toBe('192.0.2.1');
  expect(formatDnsServer({ address: '192.0.2.1', port: 53 }, 'tls')).toBe('192.0.2.1:53');
});
