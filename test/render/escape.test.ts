import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeJson, escapeText, toAscii } from '../../src/render/escape.js';

describe('escapeText', () => {
  it.each([
    ['\u001b[31m', '\\x1b[31m'],
    ['a\nb\tc\r', 'a\\x0ab\\x09c\\x0d'],
    ['\u007f\u009b', '\\x7f\\x9b'],
    ['\u202e\u2066\u200f', '\\u202e\\u2066\\u200f'],
    ['\u2028', '\\u2028'],
    ['\ud800x\udc00', '\\ud800x\\udc00'],
    ['münchen 日本 😀', 'münchen 日本 😀'],
  ])('%j becomes %j', (text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });

  it('leaves nothing that a terminal obeys, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
        // Throws for half of a surrogate pair.
        expect(() => encodeURIComponent(escapeText(text))).not.toThrow();
      }),
    );
  });
});

describe('escapeJson', () => {
  it('changes no value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = escapeJson(JSON.stringify({ text }, null, 2));
        expect(JSON.parse(json)).toEqual({ text });
      }),
    );
  });
});

describe('toAscii', () => {
  it('gives typography its nearest ASCII and every other character its number, so that no name turns into another', () => {
    expect(toAscii('✓ ✗ – … · “a” ≤ 5 µs')).toBe('+ x - ... - "a" <= 5 us');
    expect(toAscii('münchen')).toBe('m\\u00fcnchen');
    expect(toAscii('😀')).toBe('\\ud83d\\ude00');
  });

  it('leaves ASCII alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(toAscii(escapeText(text))).toMatch(/^[ -~]*$/);
      }),
    );
  });
});
