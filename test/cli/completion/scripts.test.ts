import { describe, expect, it } from 'vitest';
import { completionModel } from '../../../src/cli/completion/model.js';
import { COMPLETION_SCRIPTS, SHELLS } from '../../../src/cli/completion/scripts.js';
import { MANIFEST, WORDS } from '../../fakes/completion-manifest.js';

const script = (shell: (typeof SHELLS)[number]): string => COMPLETION_SCRIPTS[shell](completionModel(MANIFEST, WORDS));

describe.each(SHELLS)('the script for %s', (shell) => {
  const text = script(shell);

  it('says for which version it was made, and is ASCII in lines', () => {
    expect(text).toContain('netdiag 1.2.3');
    expect(text).toMatch(/^[\n -~]*\n$/);
  });

  it('names every command and flag, and nothing that is hidden or no plain word', () => {
    for (const name of ['ports', 'full-report', 'explain', 'verify', 'check', 'banner', 'no-banner', 'key-env', 'mtu-blackhole', 'ndjson'])
      expect(text).toContain(name);
    for (const never of ['secret', 'hidden', 'reboot', 'icmp 3/4']) expect(text).not.toContain(never);
  });

  it('evaluates nothing, and starts nothing but netdiag', () => {
    // What follows is that of the shells themselves: builtins, keywords and their own completion functions.
    expect(text).not.toMatch(/\beval\b|Invoke-Expression|\bgetent\b|\bifconfig\b|\bgrep\b|\bsed\b|\bawk\b|\bcat\b|_call_program/);
    const started = [...text.matchAll(/(?:command|& \$\w+) +(\S+) (\S+)/g)].map((match) => match[0]);
    expect(started.filter((call) => /netdiag|& \$program/.test(call)).length).toBeGreaterThan(0);
  });
});

it('in PowerShell has a line for each command, flag and argument, whose parts can be told apart', () => {
  const lines = script('powershell')
    .split('\n')
    .filter((line) => /^[^ ]*\|(?:flag|value|command|argument)\|/.test(line))
    .map((line) => line.split('|'));
  expect(lines.filter(([names]) => names === 'ports' || names === '--ports,-p').map((parts) => parts.slice(0, 4))).toEqual([
    ['ports', 'command', '', ''],
    ['--ports,-p', 'value', 'http https ssh', ''],
    ['ports', 'command', '', ''],
  ]);
  expect(lines.find(([names]) => names === '--policy')).toEqual(['--policy', 'value', 'modern old', 'files', 'rules']);
  expect(lines.filter(([, kind]) => kind === 'argument').map((parts) => parts.join('|'))).toEqual([
    '|argument|||target',
    '|argument||files|file',
    '|argument|mtu-blackhole ECONNREFUSED||code',
    '|argument||targets|target',
    '|argument||files|manifest',
  ]);
});
