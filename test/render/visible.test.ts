import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleText } from '../../src/render/visible.js';
import { hostileText, unseenCharacter } from '../fakes/hostile-text.js';

describe('visibleText', () => {
  it.each([
    ['plain, münchen 日本 😀', 'plain, münchen 日本 😀'],
    ['a\nb\u001b[31m', 'a\\x0ab\\x1b[31m'],
    ['\u202eevil\u2066', '\\u202eevil\\u2066'],
    ['\u{e0041}\u{e0042}', '\\u{e0041}\\u{e0042}'],
    ['a\u034fb\u3164c\u2800', 'a\\u{34f}b\\u{3164}c\\u{2800}'],
    ['\ufffe\u{10ffff}\ue000', '\\u{fffe}\\u{10ffff}\\u{e000}'],
    ['\ud800x', '\\ud800x'],
  ])('%j becomes %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('writes marks out that pile up on one letter, and leaves those that languages need', () => {
    expect(visibleText('e\u0301\u0323')).toBe('e\u0301\u0323');
    const piled = visibleText(`Z${'\u0301'.repeat(40)}`);
    expect(piled.match(/\u0301/g)).toHaveLength(6);
    expect(piled.match(/\\u\{301\}/g)).toHaveLength(34);
  });

  it('cuts what is too long, not through a character, and says by how much', () => {
    expect(visibleText('a'.repeat(12), 10)).toBe('aaaaaaaaaa… (2 more characters)');
    expect(visibleText('aaaaaaaaa😀', 10)).toBe('aaaaaaaaa… (2 more characters)');
    expect(visibleText('a'.repeat(10), 10)).toBe('aaaaaaaaaa');
  });

  it('leaves nothing that acts or hides, and changes nothing when it is done again', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = visibleText(text);
        expect(unseenCharacter(shown)).toBeNull();
        expect(shown).not.toContain('\n');
        expect(() => encodeURIComponent(shown)).not.toThrow();
        expect(visibleText(shown)).toBe(shown);
      }),
      { numRuns: 1000 },
    );
  });
});
