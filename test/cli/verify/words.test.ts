// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a manifest writes its variables so

import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandVariables } from '../../../src/cli/configuration/variables.js';
import { shownLine } from '../../../src/cli/verify/shown-line.js';
import { splitWords } from '../../../src/cli/verify/words.js';

function words(line: string, environment: Record<string, string> = {}): string[] {
  const split = splitWords(line);
  if (!split.ok) throw new Error(split.reason);
  const { content, faults } = expandVariables(
    split.words.map(({ text }) => text),
    environment,
  );
  expect(faults).toEqual([]);
  return content as string[];
}

describe('a command line', () => {
  it.each([
    ['http https://a.example', ['http', 'https://a.example']],
    ['  a\tb\n c  ', ['a', 'b', 'c']],
    [`--header "Accept: text/html" -H 'X: y'`, ['--header', 'Accept: text/html', '-H', 'X: y']],
    [`a"b c"'d e'f`, ['ab cd ef']],
    [`"a 'b' c" 'd "e" f'`, [`a 'b' c`, 'd "e" f']],
    [`"" ''`, ['', '']],
    ['a\\ b \\"c\\\\', ['a b', '"c\\']],
    [`"a\\"b\\\\c\\d"`, ['a"b\\c\\d']],
    ['a \\\n b', ['a', 'b']],
    ['* ~ #x a#b', ['*', '~', '#x', 'a#b']],
    ['https://a.example/?x=1&y=2', ['https://a.example/?x=1&y=2']],
    [`'|' ">"`, ['|', '>']],
    ['', []],
  ])('%s is split as a shell does', (line, expected) => {
    expect(words(line)).toEqual(expected);
  });

  it('puts variables in where it is split, and not in single quotes', () => {
    const environment = { A: 'x y', B: '"$(rm)' };
    expect(words('${A} "${A}" \'${A}\' pre${A}post ${B} ${NONE:-d}', environment)).toEqual([
      'x y',
      'x y',
      '${A}',
      'prex ypost',
      '"$(rm)',
      'd',
    ]);
    expect(words('"${NONE:-d e}"', environment)).toEqual(['d e']);
    expect(words('$$ \\${A} $A', environment)).toEqual(['$', '${A}', '$A']);
  });

  it.each([
    ['a | b', /there is no shell, and \| means nothing here/],
    ['a > file', /> means nothing here/],
    ['a && b', /&& means nothing here/],
    ['a $(b)', /no shell that could run a command within a command/],
    ['a `b`', /no shell that could run a command within a command/],
    [`a 'b`, /a quote ' is not closed/],
    ['a "b', /a quote " is not closed/],
    ['a \\', /ends in a backslash/],
    ['a '.repeat(1001), /more than 1000 words/],
  ])('%s is refused', (line, reason) => {
    const split = splitWords(line);
    expect(split.ok ? 'split' : split.reason).toMatch(reason);
  });

  it('is split as sh does it, whatever stands there', (context) => {
    if (spawnSync('sh', ['-c', 'exit 0']).status !== 0) context.skip('there is no sh');
    const character = fc.constantFrom(...`ab '"\\ =:/-`);
    const lines: string[] = [];
    fc.assert(
      fc.property(fc.array(character, { maxLength: 14 }), (characters) => {
        const line = characters.join('');
        if (splitWords(line).ok) lines.push(line);
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(lines.length).toBeGreaterThan(50);
    const script = lines.map((line) => `set -- ${line}\nfor w in "$@"; do printf '%s\\001' "$w"; done; printf '\\002'\n`).join('');
    const { stdout } = spawnSync('sh', ['-f', '-c', script], { encoding: 'utf8' });
    const bySh = stdout
      .split('\u0002')
      .slice(0, -1)
      .map((part) => part.split('\u0001').slice(0, -1));
    expect(bySh).toEqual(lines.map((line) => words(line)));
  });
});

describe('a command line in a report', () => {
  const shown = (line: string) => {
    const split = splitWords(line);
    return split.ok ? shownLine(split.words) : split.reason;
  };

  it.each([
    ['http https://${API_HOST}/ping', 'http https://${API_HOST}/ping'],
    ['http https://u:hunter2@a.example/x?token=hunter2#hunter2', 'http https://***@a.example/x?token=***#***'],
    ['http x -H "Authorization: Bearer hunter2"', 'http x -H "Authorization: ***"'],
    ['http x "--header=X-Api-Key: hunter2"', 'http x "--header=X-Api-Key: ***"'],
    ['http x --header "Authorization: Bearer ${TOKEN}"', 'http x --header "Authorization: Bearer ${TOKEN}"'],
    ['http x --header "Authorization: Bearer ${TOKEN:-hunter2}"', 'http x --header "Authorization: Bearer ${TOKEN}"'],
    ['http x --header "Authorization: Basic hunter2${TOKEN}"', 'http x --header "Authorization: ***"'],
    ['http x --header "Accept: text/html"', 'http x --header "Accept: text/html"'],
    ['http x --proxy http://u:hunter2@p.example', 'http x --proxy http://***@p.example'],
    [`dns x --expect "a b"`, 'dns x --expect "a b"'],
  ])('%s stands as %s', (line, expected) => {
    expect(shown(line)).toBe(expected);
    expect(shown(line)).not.toContain('hunter2');
  });
});
