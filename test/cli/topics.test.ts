import { describe, expect, it } from 'vitest';
import { unknownCommand, withTopic } from '../../src/cli/main.js';
import type { Manifest } from '../../src/cli/manifest.js';
import { renderRootHelp, renderTopicHelp } from '../../src/cli/root-help.js';

const CHECK = { id: 'config:check', summary: 'every mistake, in words that are long enough to go on in the next line of a terminal' };
const MANIFEST: Manifest = {
  version: '1.2.3',
  commands: {
    latency: { id: 'latency', summary: 'how fast' },
    'config:check': CHECK,
    'config:show': { id: 'config:show', summary: 'what holds' },
  },
};

describe('commands of two words', () => {
  it.each([
    [
      ['config', 'check', 'x.yaml'],
      ['config:check', 'x.yaml'],
    ],
    [
      ['help', 'config', 'check'],
      ['help', 'config:check'],
    ],
    [['config', 'chek'], ['config:chek']],
    [
      ['config', '--help'],
      ['config', '--help'],
    ],
    [['config'], ['config']],
    [['help'], ['help']],
    [[], []],
    [
      ['latency', 'config', 'check'],
      ['latency', 'config', 'check'],
    ],
  ])('%j is %j', (argv, expected) => {
    expect(withTopic(argv, MANIFEST)).toEqual(expected);
  });

  it.each([
    ['config', '"config": a command must follow; there are config check, config show'],
    ['config:chek', '"config chek": no such command; did you mean config check?'],
    ['a.example:443', '"a.example:443": no such command; netdiag full-report TARGET looks at a target'],
  ])('%j: %s', (word, line) => {
    expect(unknownCommand(word, MANIFEST)).toBe(line);
  });

  it('stand in the help as they are typed', () => {
    expect(renderRootHelp(MANIFEST, 80)).toMatch(/^ {2}config check {2}every mistake/m);
    const topic = renderTopicHelp('config', [CHECK], 60);
    expect(topic).toMatch(/^Usage: netdiag config COMMAND\n\n {2}config check {2}every mistake/);
    for (const line of topic.split('\n')) expect(line.length, line).toBeLessThanOrEqual(60);
  });
});
