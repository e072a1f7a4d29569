// biome-ignore-all lint/suspicious/noTemplateCurlyInString: sources are quoted here.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { extractTexts, textsOf } from '../../scripts/words/extract.mjs';
import { COMPOSED } from '../../src/words/pt-BR/composed.js';
import { ENTRIES } from '../../src/words/pt-BR/index.js';

const found = extractTexts(fileURLToPath(new URL('../../src', import.meta.url)));
const holesOf = (text: string) => [...text.matchAll(/\{\d\}/g)].map(([hole]) => hole).sort();
const commandsOf = (text: string) => [...text.matchAll(/`[^`]*`/g)].map(([command]) => command).sort();

describe('the Portuguese catalogue', () => {
  it('was held against the sources', () => {
    expect(found.size).toBeGreaterThan(6000);
  });

  it('has every text of the sources', () => {
    const missing = [...found].filter(([english]) => (ENTRIES[english] ?? '') === '');
    expect(missing.map(([english, [place]]) => `${place}: ${english}`)).toEqual([]);
  });

  it('has no text that the sources have no longer', () => {
    expect(Object.keys(ENTRIES).filter((english) => !found.has(english) && COMPOSED[english] === undefined)).toEqual([]);
  });

  it('puts in what the English text puts in, and leaves what is typed as it is', () => {
    const different = Object.entries(ENTRIES).filter(
      ([english, said]) => `${holesOf(english)} ${commandsOf(english)}` !== `${holesOf(said)} ${commandsOf(said)}`,
    );
    expect(different).toEqual([]);
  });

  it('numbers the holes of each text in their order', () => {
    const wrong = Object.keys(ENTRIES).filter((english) => holesOf(english).some((hole, index) => hole !== `{${index}}`));
    expect(wrong).toEqual([]);
  });
});

describe('texts of a source', () => {
  it.each([
    ['a string', "const a = 'no answer came';", ['no answer came']],
    ['a template', 'const a = `no answer within ${ms} ms`;', ['no answer within {0} ms']],
    ['a choice within', 'const a = `${n} ${n === 1 ? "answer" : "answers"} came`;', ['{0} answer came', '{0} answers came']],
    ['a count', "const a = `${counted(n, 'lost packet')}`;", ['{0} lost packet', '{0} lost packets']],
    ['holes that touch', 'const a = `${a}${b} of them`;', ['{0} of them']],
    ['what is in a hole', 'const a = `lost ${f(`on the way to ${b}`)}`;', ['lost {0}', 'on the way to {0}']],
    ['HTML', 'const a = html`<p title="what it is">not <b>measured here</b></p>`;', ['what it is', 'measured here']],
    ['a title of one word', "const a = { title: 'Gateway', kind: 'gateway' };", ['Gateway']],
    ['no message of an error', "throw new Error('that cannot be');", []],
    ['no import', "import a from './no such/file.js';", []],
    ['no pattern', "if (text.includes('no such')) f(/no such/);", []],
    ['no command', "const a = 'sudo ip link set eth0 up';", []],
    ['no type', "type A = 'no such' | 'thing there';", []],
  ])('%s', (_what, source, texts) => {
    expect([...textsOf(source)]).toEqual(texts);
  });
});
