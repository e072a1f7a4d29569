import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readQuestions, reverseName } from '../../src/cli/dns-questions.js';

describe('readQuestions', () => {
  it.each<[string[], string[], { names: string[]; types: string[] }]>([
    [['example.net'], [], { names: ['example.net'], types: ['A', 'AAAA'] }],
    [['münchen.example'], ['MX'], { names: ['xn--mnchen-3ya.example'], types: ['MX'] }],
    [['_sip._tcp.example.net'], ['SRV'], { names: ['_sip._tcp.example.net'], types: ['SRV'] }],
    [['_dmarc.münchen.example'], ['TXT'], { names: ['_dmarc.xn--mnchen-3ya.example'], types: ['TXT'] }],
    [
      ['*.example.net', '.', 'a\\.b.example', '\\007.example'],
      ['TXT'],
      { names: ['*.example.net', '.', 'a\\.b.example', '\\007.example'], types: ['TXT'] },
    ],
    [['example.net.'], [], { names: ['example.net'], types: ['A', 'AAAA'] }],
    [['192.0.2.1'], [], { names: ['1.2.0.192.in-addr.arpa'], types: ['PTR'] }],
    [['a.example', 'a.example'], [], { names: ['a.example'], types: ['A', 'AAAA'] }],
  ])('%j %j', (names, types, questions) => {
    expect(readQuestions(names, types)).toEqual(questions);
  });

  it.each<[string[], RegExp]>([
    [[''], /^name "": it is empty/],
    [['a b'], /^name "a b": it contains a space/],
    [['example.net:53'], /^name "example.net:53": it has a port/],
    [['https://user:secret@example.net'], /^name "https:\/\/\*\*\*@example.net": it is a URL/],
    [['example.net', '192.0.2.1'], /--type/],
    [['a..b'], /^name "a\.\.b"/],
    [[`${'a'.repeat(64)}.example`], /^name "a+\.\.\."/],
    [['256.1.2.3'], /^name "256\.1\.2\.3"/],
    [['1.2.3'], /^name "1\.2\.3"/],
  ])('refuses %j', (names, message) => {
    expect(() => readQuestions(names, [])).toThrow(message);
  });
});

it('keeps the dot at the end where names are searched for, and says where a bad one stands', () => {
  expect(readQuestions(['example.net.', 'www'], [], { searched: true }).names).toEqual(['example.net.', 'www']);
  expect(() => readQuestions([{ name: 'a b', place: '--names f, line 3: ' }], [])).toThrow(/^--names f, line 3: name "a b": it contains/);
});

describe('reverseName', () => {
  it('of the example of RFC 3596 section 2.5', () => {
    expect(reverseName('4321:0:1:2:3:4:567:89ab')).toBe('b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa');
    expect(reverseName('2001:db8::1')).toBe('1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa');
    expect(reverseName('fe80::1%eth0')).toMatch(/^1\.0\..*\.8\.e\.f\.ip6\.arpa$/);
  });

  it('has 32 digits for every address', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
        fc.pre(isIPv6(canonical));
        expect(reverseName(canonical)).toMatch(/^([0-9a-f]\.){32}ip6\.arpa$/);
      }),
    );
  });
});
