import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { wordsOfSource } from '../../../scripts/vocabulary.mjs';
import { VOCABULARY } from '../../../src/report/redact/vocabulary.js';

it('has every word of the texts; otherwise run node scripts/vocabulary.mjs, as the build does', () => {
  const words = wordsOfSource(fileURLToPath(new URL('../../../src', import.meta.url)));
  expect(words.filter((word) => !VOCABULARY.has(word))).toEqual([]);
});
