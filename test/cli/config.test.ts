import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findConfiguration, parseConfiguration, readConfiguration } from '../../src/cli/config.js';
import { UsageError } from '../../src/cli/usage-error.js';

const read = (text: string) => parseConfiguration(text, 'site.yaml');

async function problemOf(text: string): Promise<string> {
  try {
    await read(text);
  } catch (error) {
    if (error instanceof UsageError) return error.problem;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('a configuration', () => {
  it('has targets, with and without a name, and a profile', async () => {
    const configuration = await read('profile: default\ntargets:\n  - a.example:443\n  - name: broker\n    target: https://b.example/x\n');
    expect(configuration.profile).toBe('default');
    expect(configuration.targets.map(({ name, target }) => [name, target.id])).toEqual([
      [null, 'a.example:443'],
      ['broker', 'https://b.example/x'],
    ]);
  });

  it('may be JSON', async () => {
    expect((await read('{"targets": ["a.example"]}')).targets).toHaveLength(1);
  });

  it.each(['', '# nothing\n', '{}'])('may be empty: %j', async (text) => {
    expect(await read(text)).toMatchObject({ targets: [], profile: null });
  });

  it.each([
    ['targets: [', /^config "site.yaml" line 1, column \d+: it is no YAML/],
    ['targets:\n\t- a', /line 2, column 1: it is no YAML/],
    ['a: 1\n---\nb: 2', /line \d, column 1: it holds several YAML documents; one is accepted/],
    ['- a', /line 1, column 1: it must be a map/],
    ['just text', /it must be a map/],
    ['target:\n  - a.example', /line 1, column 1: "target" is no key here; did you mean targets\?/],
    ['targets:\n  - a.example\nnonsense: 1', /line 3, column 1: "nonsense" is no key here; there are targets, profile/],
    ['__proto__: 1', /"__proto__" is no key here/],
    ['targets: a.example', /line 1, column 10: "targets" must be of type array/],
    ['targets:\n  - 7', /line 2, column 5: "targets.0" must be a target/],
    ['targets:\n  - nam: b\n    target: b.example', /line 2, column 5: "nam" is no key here; did you mean name\?/],
    ['targets:\n  - name: b\n    url: https://b.example', /line 3, column 5: "url" is no key here; there are name, target/],
    ['targets:\n  - name: "a b"\n    target: b.example', /line 2, column 11: "targets.0.name" must be a name/],
    ['targets:\n  - a.example\n  - "a b"', /line 3, column 5: target "a b": it contains a space/],
    ['targets:\n  - https://user:hunter2@ho st/', /target "https:\/\/\*\*\*@ho st\/"/],
    ['profile: fast', /line 1, column 10: profile "fast": must be one of default/],
    ['targets: [{name: a, target: x.example}, {name: a, target: y.example}]', /two targets have the name "a"/],
    ['"a": 1\n"a": 2', /line 2, column 1: it is no YAML/],
  ])('that is wrong is refused in one line with its place: %j', async (text, message) => {
    const problem = await problemOf(text);
    expect(problem).toMatch(message);
    expect(problem).not.toMatch(/\n|hunter2/);
  });

  it('cannot make the reader multiply aliases', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) =>
        `a${level}: &a${level} [${Array(9)
          .fill(level === 0 ? '"x"' : `*a${level - 1}`)
          .join(',')}]`,
    );
    const started = performance.now();
    expect(await problemOf(levels.join('\n'))).toMatch(/too many aliases/);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('cannot overflow the reader by nesting', async () => {
    const tooDeep = 'config "site.yaml": it is nested too deeply';
    for (const depth of [100, 5_000, 200_000]) {
      for (const opening of ['[', '{a: ', '- ', '? ', '[ #]\n', '["]", '])
        expect(await problemOf(`targets: ${opening.startsWith('[') || opening.startsWith('{') ? '' : '\n'}${opening.repeat(depth)}`)).toBe(
          tooDeep,
        );
      expect(await problemOf(`targets: ${'['.repeat(depth)}${']'.repeat(depth)}`)).toBe(tooDeep);
    }
    const stairs = Array.from({ length: 1_200 }, (_, indentation) => `${' '.repeat(indentation)}a:`).join('\n');
    expect(await problemOf(stairs)).toBe(tooDeep);
  });

  it('may be long, and have brackets in texts and comments', async () => {
    const targets = Array.from({ length: 90 }, (_, index) => `  - {name: n${index}, target: "https://h${index}.example/[[[[["} # [[[[[[`);
    expect((await read(`targets:\n${targets.join('\n')}\n`)).targets).toHaveLength(90);
  });
});

describe('the file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netdiag-config-'));
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is found in the folder or the nearest one above it', () => {
    expect(findConfiguration(join(folder, 'a', 'b'))).toBeNull();
    writeFileSync(join(folder, 'netdiag.yml'), 'targets: []');
    expect(findConfiguration(join(folder, 'a', 'b'))).toBe(join(folder, 'netdiag.yml'));
    writeFileSync(join(folder, 'a', 'netdiag.json'), '{}');
    expect(findConfiguration(join(folder, 'a', 'b'))).toBe(join(folder, 'a', 'netdiag.json'));
  });

  it('that does not exist, is a folder or is too large is refused', async () => {
    await expect(readConfiguration(join(folder, 'none.yaml'))).rejects.toThrow('there is no such file');
    await expect(readConfiguration(folder)).rejects.toThrow('it is not an ordinary file');
    writeFileSync(join(folder, 'large.yaml'), '#'.repeat(1024 * 1024 + 1));
    await expect(readConfiguration(join(folder, 'large.yaml'))).rejects.toThrow('it is larger than 1 MB');
  });
});
