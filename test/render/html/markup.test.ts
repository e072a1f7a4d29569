import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml } from '../../../src/render/html/escape.js';
import { html, sourceOf, styleElement } from '../../../src/render/html/markup.js';
import { visibleText } from '../../../src/render/visible.js';
import { hostileText, unseenCharacter } from '../../fakes/hostile-text.js';
import { attribute, readPage, textOf } from './tree.js';

describe('escapeHtml', () => {
  it.each([
    ['<script>', '&lt;script&gt;'],
    [`" onload='x' &amp;`, '&quot; onload=&#39;x&#39; &amp;amp;'],
    ['\u202e\u0000\n', '\\u202e\\x00\\x0a'],
  ])('%j becomes %j', (text, escaped) => {
    expect(escapeHtml(text)).toBe(escaped);
  });
});

describe('a template', () => {
  const page = (body: string) => readPage(`<!DOCTYPE html><html lang="en"><head><title>x</title></head><body>${body}</body></html>`);

  it('keeps a text of a peer text, in an element and in an attribute, whatever it is', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const source = sourceOf(html`<p title="${text}">${text}</p><svg><title>${[text, html`<b>${text}</b>`]}</title></svg>`);
        expect(unseenCharacter(source)).toBeNull();
        const { elements, errors } = page(source);
        expect(errors).toEqual([]);
        expect(elements.map(({ tagName }) => tagName)).toEqual(['html', 'head', 'title', 'body', 'p', 'svg', 'title', 'b']);
        const paragraph = elements.find(({ tagName }) => tagName === 'p');
        if (paragraph === undefined) throw new Error('no paragraph');
        expect(paragraph.attrs).toHaveLength(1);
        expect(attribute(paragraph, 'title')).toBe(visibleText(text));
        expect(textOf(paragraph)).toBe(visibleText(text));
      }),
      { numRuns: 500 },
    );
  });

  it('takes numbers, lists, markup and nothing', () => {
    expect(sourceOf(html`<p>${1}${null}${['a', html`<b>${'<'}</b>`]}</p>`)).toBe('<p>1a<b>&lt;</b></p>');
  });

  it('takes no object of a report that looks like markup', () => {
    const forged = JSON.parse('{"source":"<script>"}');
    expect(() => sourceOf(html`<p>${forged}</p>`)).toThrow();
  });

  it('refuses a style sheet that could end its element', () => {
    expect(() => styleElement('a</style>')).toThrow('must not hold a tag');
  });
});

it('no template of the page puts a value where escaping does not help', () => {
  const folder = new URL('../../../src/render/html/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(15);
  for (const name of files) {
    const text = readFileSync(new URL(name, folder), 'utf8');
    // Outside of quotes, as the name of a tag, in a style or event, or in an address other than a place of the page itself.
    expect(text, name).not.toMatch(/=\$\{/);
    expect(text, name).not.toMatch(/<\/?\$\{/);
    expect(text, name).not.toMatch(/\b(?:style|on[a-z]+|src|srcdoc|action)="/);
    expect(text, name).not.toMatch(/href="(?!#)/);
    expect(text, name).not.toMatch(/<(?:script|img|iframe|object|embed|link|form|base)\b/);
  }
});
