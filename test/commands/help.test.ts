import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { reportJsonSchema } from '../../src/model/report.js';
import { netdiag } from './program.js';

const COMMANDS = readdirSync(fileURLToPath(new URL('../../src/commands', import.meta.url))).map((file) => file.replace(/\.ts$/, ''));

describe('help', () => {
  it.each([[['--help']], [['-h']], [['help']], [[]]])('of the program comes for %j and names every command', async (args) => {
    const ended = await netdiag(args);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    for (const command of COMMANDS) expect(ended.stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  });

  it.each(COMMANDS)('of %s fits in 80 columns and has a usage line', async (command) => {
    const ended = await netdiag([command, '--help']);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.stdout).toContain(`$ netdiag ${command}`);
    for (const line of ended.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });
});

it.each(['--version', '-v'])('%s prints the version', async (flag) => {
  const ended = await netdiag([flag]);
  expect(ended.stdout).toMatch(/^netdiag \d+\.\d+\.\d+\n$/);
  expect(ended).toMatchObject({ status: 0, stderr: '' });
});

it('schema prints the JSON Schema of a report', async () => {
  const ended = await netdiag(['schema']);
  expect(JSON.parse(ended.stdout)).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())));
  expect(ended).toMatchObject({ status: 0, stderr: '' });
});
