import { describe, expect, test } from 'vitest';
import { followAliases } from '../../../src/wire/dns/cname-chain.js';

const a = (name: string, data: string) => ({ name, type: 'A', data });
const alias = (name: string, data: string) => ({ name, type: 'CNAME', data });

describe('followAliases', () => {
  test.each([
    ['no records', [], []],
    ['addresses', [a('www.example', '192.0.2.1'), a('WWW.example', '192.0.2.2')], ['192.0.2.1', '192.0.2.2']],
    ['addresses of another name', [a('evil.example', '192.0.2.6')], []],
    [
      'aliases in any order and case',
      [a('c.example', '192.0.2.1'), alias('b.example', 'C.example.'), alias('Www.example', 'b.example.')],
      ['192.0.2.1'],
    ],
    ['an alias that leads nowhere', [alias('www.example', 'gone.example.')], []],
    ['another type', [{ name: 'www.example', type: 'AAAA', data: '::1' }], []],
  ])('%s', (_, answers, addresses) => {
    expect(followAliases('www.example', 'A', answers)).toEqual({ ok: true, value: addresses });
  });

  const chain = (length: number) => [
    ...Array.from({ length }, (_, index) => alias(`n${index}.example`, `n${index + 1}.example.`)),
    a(`n${length}.example`, '192.0.2.1'),
  ];

  test('follows 16 aliases and no more', () => {
    expect(followAliases('n0.example', 'A', chain(16))).toEqual({ ok: true, value: ['192.0.2.1'] });
    expect(followAliases('n0.example', 'A', chain(17)).ok).toBe(false);
  });

  test('gives up on a loop', () => {
    expect(followAliases('a.example', 'A', [alias('a.example', 'b.example.'), alias('b.example', 'a.example.')]).ok).toBe(false);
  });

  test('keeps no more addresses than are of use', () => {
    const many = Array.from({ length: 1000 }, (_, index) => a('www.example', `10.0.${index >> 8}.${index & 255}`));
    const found = followAliases('www.example', 'A', many);
    expect(found.ok && found.value.length).toBe(64);
  });
});
