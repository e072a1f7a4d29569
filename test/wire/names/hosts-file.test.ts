import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressesInHostsFile, addressesOfNames } from '../../../src/wire/names/hosts-file.js';

const FILE = `\uFEFF# hosts
127.0.0.1\tlocalhost
::1 localhost ip6-localhost # loopback
192.0.2.1   App.Example.net app   # the app
192.0.2.2 app.example.net.\r
192.0.2.1 app.example.net
fe80::1%eth0 router
not-an-address app.example.net
192.0.2.9
192.0.2.3 #app.example.net
`;

describe('addressesInHostsFile', () => {
  test.each([
    ['localhost', ['127.0.0.1', '::1']],
    ['app.example.net', ['192.0.2.1', '192.0.2.2']],
    ['APP.example.NET.', ['192.0.2.1', '192.0.2.2']],
    ['app', ['192.0.2.1']],
    ['router', ['fe80::1%eth0']],
    ['nobody', []],
    ['', []],
    ['#', []],
  ])('%s', (host, addresses) => {
    expect(addressesInHostsFile(FILE, host)).toEqual(addresses);
  });

  test('is quick with a long list, and keeps no more addresses than are of use', () => {
    const text = Array.from(
      { length: 100_000 },
      (_, index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255} blocked.example`,
    ).join('\n');
    const startedMs = performance.now();
    expect(addressesInHostsFile(text, 'blocked.example')).toHaveLength(32);
    expect(addressesInHostsFile(text, 'other.example')).toEqual([]);
    expect(performance.now() - startedMs).toBeLessThan(3000);
  });

  test('of many names at once says the same', () => {
    const names = ['app.example.net', 'APP.example.NET.', 'app', 'router', 'nobody'];
    for (const name of names) expect(addressesOfNames(FILE, [name]).get(name) ?? [], name).toEqual(addressesInHostsFile(FILE, name));
    const many = Array.from({ length: 5000 }, (_, index) => `n${index}.example`);
    const text = many.map((name, index) => `10.0.${index >> 8}.${index & 255} ${name}`).join('\n');
    const startedMs = performance.now();
    expect(addressesOfNames(text, many).size).toBe(5000);
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });

  test('takes any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, host) => {
        expect(Array.isArray(addressesInHostsFile(text, host))).toBe(true);
      }),
    );
  });
});
