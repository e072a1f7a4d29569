import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXPLANATIONS } from '../../src/diagnosis/explain.js';
import type { Explanation } from '../../src/diagnosis/explanation.js';
import { CODES } from '../../src/model/code.js';
import { renderCodesDocument } from '../../src/render/codes-document.js';

describe('docs/codes.md', () => {
  test('is what the catalogue says; otherwise run: npm run build && node scripts/codes-doc.mjs', () => {
    const committed = readFileSync(new URL('../../docs/codes.md', import.meta.url), 'utf8').replaceAll('\r\n', '\n');
    expect(committed).toBe(renderCodesDocument(EXPLANATIONS));
  });

  test('has a section for each code, and no other', () => {
    const sections = [...renderCodesDocument(EXPLANATIONS).matchAll(/^### (.*)$/gm)].map(([, code]) => code);
    expect([...sections].sort()).toEqual([...CODES].sort());
  });

  test('what Markdown would obey is escaped outside commands, and kept inside', () => {
    const entry: Explanation = {
      term: 'no-address',
      kind: 'code',
      numbers: [],
      alsoCalled: [],
      layer: 2,
      title: 'A <b> title',
      meaning: 'Star * and `a * <b>_c_` and [x].',
      causes: ['_a_.'],
      tellApart: ['b.'],
      remedies: ['c.'],
      related: [],
    };
    const text = renderCodesDocument([entry]);
    expect(text).toContain('**A \\<b\\> title.** Star \\* and `a * <b>_c_` and \\[x\\].');
    expect(text).toContain('1. \\_a\\_.');
  });
});
