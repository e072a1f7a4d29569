import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bold, code, fenced, inline } from '../../../src/render/markdown/escape.js';
import { visibleText } from '../../../src/render/visible.js';
import { hostileText, unseenCharacter } from '../../fakes/hostile-text.js';
import { type Element, textOf } from '../html/tree.js';
import { readMarkdown } from './reader.js';

describe('inline', () => {
  it.each([
    ['0 of 10 lost (under 3.7 %, 95 % sure)', '0 of 10 lost (under 3.7 %, 95 % sure)'],
    [
      'Packets vanish on the way to app.example.net:443, and no router says so.',
      'Packets vanish on the way to `app.example.net:443`, and no router says so.',
    ],
    ['prohibited (ICMP from 198.18.0.1); expected', 'prohibited (ICMP from `198.18.0.1`); expected'],
    ['status 302: http://192.0.2.1/login', 'status 302: `http://192.0.2.1/login`'],
    ['issued by O=Score,CN=Score board', 'issued by `O=Score,CN=Score` board'],
    ['a TLS_AES_128 <b> x', 'a `TLS_AES_128 <b>` x'],
    ['@user said #1 and GH-1, or KEY-7.', '`@user` said `#1` and `GH-1`, or `KEY-7`.'],
    ['1. not a list', '`1`. not a list'],
    ['fe80:: is up', '`fe80::` is up'],
    ['a`b``c', '```a`b``c```'],
    ['up, 1 Gbit/s, no errors – TLSv1.3', 'up, 1 Gbit/s, no errors – TLSv1.3'],
    ['   ', ''],
  ])('%j becomes %j', (text, markdown) => {
    expect(inline(text)).toBe(markdown);
  });

  it.each([
    ['a|b', '`a\\|b`'],
    ['a\\|b', '`a\\\\x7cb`'],
  ])('in a table, %j becomes %j', (text, markdown) => {
    expect(inline(text, { inTable: true })).toBe(markdown);
  });
});

/** What forges make alive in text that stands outside of code, after Markdown was read. */
const FORGE =
  /@[\p{L}\p{N}_]|#\d|![\d[]|\b[A-Za-z][A-Za-z0-9]*-\d+\b|\b[0-9a-f]{7,40}\b|:[\w+-]+:|\$\S|~[\p{L}\p{N}]|%["\p{N}]|&[\p{L}\p{N}#]|www\.\S|:\/\/|<|>/u;

function expectTame(elements: readonly Element[], allowed: readonly string[]): void {
  expect(elements.map(({ tagName }) => tagName).filter((name) => !allowed.includes(name))).toEqual([]);
  for (const element of elements) {
    expect(element.attrs.filter(({ name }) => name !== 'align' && name !== 'class')).toEqual([]);
    if (element.tagName === 'code') continue;
    for (const child of element.childNodes) if ('value' in child) expect(child.value).not.toMatch(FORGE);
  }
}

/** With blanks as they are after Markdown: one for many. */
const told = (text: string) => visibleText(text, 400).replace(/\s+/gu, ' ').trim();

describe('whatever text comes', () => {
  const check = (property: (text: string) => void) => fc.assert(fc.property(hostileText, property), { numRuns: 200 });

  it('is the same text, and nothing comes alive: in a paragraph, a list, a heading', () => {
    check((text) => {
      const markdown = inline(text);
      expect(unseenCharacter(markdown)).toBeNull();
      expect(markdown).not.toContain('\n');
      for (const [lead, allowed] of [
        ['', ['p', 'code']],
        ['- ', ['ul', 'li', 'code']],
        ['### ', ['h3', 'code']],
      ] as const) {
        const elements = readMarkdown(`${lead}${markdown}`);
        expectTame(elements, allowed);
        expect(elements[0] === undefined ? '' : textOf(elements[0]).trim()).toBe(told(text));
      }
    });
  });

  it('stays in its cell of a table', () => {
    check((text) => {
      const cell = inline(text, { inTable: true });
      const elements = readMarkdown(`| a | b |\n| --- | --- |\n| ${cell} | end |\n`);
      expectTame(elements, ['table', 'thead', 'tbody', 'tr', 'th', 'td', 'code']);
      const cells = elements.filter(({ tagName }) => tagName === 'td').map((element) => textOf(element).trim());
      expect(cells).toEqual([told(text).replace(/(?<=\\)\|/g, '\\x7c'), 'end']);
    });
  });

  it('is whole as code, and as bold words', () => {
    check((text) => {
      const elements = readMarkdown(`x ${code(text)} y`);
      expectTame(elements, ['p', 'code']);
      expect(elements[1] === undefined ? '' : textOf(elements[1]).trim()).toBe(told(text));
      expectTame(readMarkdown(bold(text)), ['p', 'strong', 'code']);
    });
  });

  it('stays between its fences', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 5 }), (lines) => {
        const elements = readMarkdown(`${fenced(lines, 'text')}\n\nbehind`);
        expect(elements.map(({ tagName }) => tagName)).toEqual(['pre', 'code', 'p']);
        expect(elements[1] === undefined ? '' : textOf(elements[1])).toBe(lines.map((line) => `${visibleText(line)}\n`).join(''));
      }),
      { numRuns: 200 },
    );
  });
});
