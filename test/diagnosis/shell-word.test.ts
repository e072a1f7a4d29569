import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shellWord } from '../../src/diagnosis/shell-word.js';

describe('shellWord', () => {
  test.each([
    'example.net',
    '192.0.2.7',
    '2001:db8::7',
    '::1',
    'eth0',
    'eth0.100',
    'br-1a2b',
    '_service',
    'Wi-Fi',
    'xn--mnchen-3ya.example',
  ])('keeps %s', (word) => expect(shellWord(word)).toBe(word));

  test.each([
    '',
    ' ',
    'a b',
    'a\tb',
    'a\n',
    '\na',
    'a\r',
    'a\0b',
    'a;b',
    'a&b',
    'a|b',
    'a>b',
    'a<b',
    '$a',
    'a$(b)',
    '`a`',
    '"a"',
    "'a'",
    'a\\b',
    'a*',
    'a?',
    '[a]',
    '{a,b}',
    '~',
    '~a',
    '!a',
    '#a',
    '%a%',
    '^a',
    'a=b',
    'a/b',
    '@a',
    '(a)',
    '-a',
    '--help',
    '-',
    '.',
    '..',
    '.a',
    'münchen',
    'a\u202eb',
    'a\u00a0b',
  ])('refuses %j', (text) => expect(shellWord(text)).toBeNull());

  test('null stays null', () => expect(shellWord(null)).toBeNull());

  test.skipIf(!existsSync('/bin/sh'))('what passes reaches a program through a shell as it is (needs /bin/sh)', () => {
    const words = fc.sample(fc.stringMatching(/^[!-~]{1,12}$/), { numRuns: 2000, seed: 7 }).filter((word) => shellWord(word) !== null);
    words.push('a', 'a:b', '::1', 'a-b_c.d', '0', '_');
    expect(words.length).toBeGreaterThan(20);
    const output = execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${words.join(' ')}`], { encoding: 'utf8' });
    expect(output.trimEnd().split('\n')).toEqual(words);
  });
});
