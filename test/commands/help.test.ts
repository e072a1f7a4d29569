import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../src/cli/manifest.js';
import { renderExample } from '../../src/cli/manual/pages.js';
import { reportJsonSchema } from '../../src/model/report.js';
import { netdiag } from './program.js';

const manifest = readManifest();
/** As they are typed: `config check` is in a folder. */
const COMMANDS = readdirSync(fileURLToPath(new URL('../../src/commands', import.meta.url)), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, '').replace(/[/\\]/g, ' '));

describe('help', () => {
  it.each([[['--help']], [['-h']], [['help']], [[]]])('of the program comes for %j and names every command', async (args) => {
    const ended = await netdiag(args);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    for (const command of COMMANDS) expect(ended.stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  });

  it.each(['60', '80', '100'])('of the program fits in %s columns', async (COLUMNS) => {
    const ended = await netdiag(['--help'], { env: { COLUMNS } });
    for (const line of ended.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(Number(COLUMNS));
    expect(ended.stdout).toMatch(/^[\n -~]*$/);
  });

  it('of a command is the same by `help COMMAND`', async () => {
    const [asked, flagged] = await Promise.all([netdiag(['help', 'tls']), netdiag(['tls', '--help'])]);
    expect(asked).toMatchObject({ status: 0, stderr: '', stdout: flagged.stdout });
  });

  it('of a command that does not exist names the one that may be meant', async () => {
    const ended = await netdiag(['help', 'latncy']);
    expect(ended).toMatchObject({ status: 2, stdout: '', stderr: 'netdiag: "latncy": no such command; did you mean latency?\n' });
  });

  // All of them are run by test/netns/help-examples.test.ts.
  it.each(COMMANDS)('of %s fits in 80 columns, has a usage line, and shows its examples', async (command) => {
    const ended = await netdiag([...command.split(' '), '--help']);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.stdout).toContain(`$ netdiag ${command}`);
    for (const line of ended.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    const described = manifest.commands[command.replaceAll(' ', ':')];
    const examples = (described?.examples ?? []).map((example) => renderExample(example, { id: described?.id ?? '' }));
    expect(examples.length).toBeGreaterThan(0);
    expect(examplesIn(ended.stdout)).toEqual(examples);
  });
});

/** The lines below EXAMPLES, each joined again where the help broke it. */
function examplesIn(help: string): string[] {
  const [, section = ''] = /^EXAMPLES\n([\s\S]*?)(?:\n(?=[A-Z]+\n)|$(?![\s\S]))/m.exec(help) ?? [];
  return section
    .split(/^ {2}\$ /m)
    .slice(1)
    .map((example) => example.replace(/\s*\\?\n\s+/g, ' ').trim());
}

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
