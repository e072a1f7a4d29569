import { describe, expect, it } from 'vitest';
import { languageOfEnvironment, languageOfTag } from '../../src/words/language.js';

describe('a tag', () => {
  it.each([
    ['pt-BR', 'pt-BR'],
    ['pt-br', 'pt-BR'],
    ['pt_BR', 'pt-BR'],
    ['pt', 'pt-BR'],
    ['en', 'en'],
    ['EN', 'en'],
    ['de', null],
    ['pt-PT', null],
    ['', null],
  ])('%s is %s', (tag, language) => {
    expect(languageOfTag(tag)).toBe(language);
  });
});

describe('a locale', () => {
  it.each([
    [{ LANG: 'pt_BR.UTF-8' }, 'pt-BR'],
    [{ LANG: 'pt_PT@euro' }, 'pt-BR'],
    [{ LANG: 'en_GB.UTF-8' }, 'en'],
    [{ LANG: 'de_DE.UTF-8' }, null],
    [{ LANG: 'C.UTF-8' }, null],
    [{ LANG: 'POSIX' }, null],
    [{}, null],
    [{ LANG: 'en_US', LC_MESSAGES: 'pt_BR' }, 'pt-BR'],
    [{ LANG: 'pt_BR', LC_ALL: 'C' }, null],
    [{ LANG: 'de_DE', LANGUAGE: 'de:pt_BR:en' }, 'pt-BR'],
    [{ LANGUAGE: 'pt_BR' }, null],
    [{ LANG: 'C', LANGUAGE: 'pt_BR' }, null],
    [{ LC_ALL: '', LANG: 'pt_BR' }, 'pt-BR'],
    // Of numbers, not of messages.
    [{ LC_NUMERIC: 'pt_BR', LANG: 'en_US' }, 'en'],
  ] as const)('%j asks for %s', (env, language) => {
    expect(languageOfEnvironment(env)).toBe(language);
  });
});
