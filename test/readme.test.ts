import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfiguration } from '../src/cli/configuration/read.js';
import { exitStatus } from '../src/cli/exit-status.js';
import { interruptStatus } from '../src/cli/interrupt.js';
import { reportSchema } from '../src/model/report.js';
import { addressFamily, isLoopback, parseTarget } from '../src/model/target.js';
import { netdiag } from './commands/program.js';
import { createNetwork, type Network, namespaceRefusal } from './netns/network.js';
import { machineWithoutNetwork } from './netns/scenarios.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const README = read('README.md');
const shellLines = [...README.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
  .filter((line) => line.trim() !== '');

const configuration = /^```yaml\n([\s\S]*?)^```$/m.exec(README)?.[1] ?? '';

// --- what is an example ----------------------------------------------------------------------------------------------------------------

interface Example {
  line: string;
  status: number;
  /** Whether it can send nothing beyond loopback. The others run where there is no network at all. */
  local: boolean;
}

const ASK_NOBODY = new Set(['completion', 'config', 'diff', 'explain', 'schema', 'lab', 'help', '--help', '--version']);
/** Flags whose value is the name of a file, which may look like the name of a host. */
const FILE_FLAGS = new Set(['--output', '--config', '--ca', '--cert', '--key', '--write-ca', '--baseline', '--support']);

const DURATION = /^[\d.]+(?:ms|s|m|h)$/;

/** The words of each `netdiag` of a line, without `netdiag` itself. */
function commandsOf(line: string): string[][] {
  return line
    .replace(/ # .*$/, '')
    .split(/\|\|?|&&|;/)
    .map((part) =>
      part
        .replace(/[<>].*$/, '')
        .trim()
        .split(/\s+/),
    )
    .filter(([first]) => first === 'netdiag')
    .map(([, ...words]) => words);
}

function onLoopback(word: string): boolean {
  const outcome = parseTarget(word);
  return (
    outcome.ok && (outcome.target.host === 'localhost' || (addressFamily(outcome.target.host) !== null && isLoopback(outcome.target.host)))
  );
}

const LAB_MANIFEST = 'docs/examples/lab.requirements.yaml';

/** Only what is surely local counts: a word that could be a host somewhere else makes it foreign. */
function isLocal(words: readonly string[]): boolean {
  if (ASK_NOBODY.has(words[0] ?? '') || words.includes('--listening')) return true;
  // Its steps have --lab, each of them.
  if (words.includes(LAB_MANIFEST)) return true;
  const places = words.slice(1).filter((word, index) => {
    return /[.:]/.test(word) && !word.startsWith('-') && !FILE_FLAGS.has(words[index] ?? '') && !DURATION.test(word);
  });
  return places.every(onLoopback) && (words.includes('--lab') || places.length > 0);
}

const examples = shellLines
  .filter((line) => commandsOf(line).length > 0)
  .map((line): Example => ({ line, status: Number(/ # exit (\d+)$/.exec(line)?.[1] ?? 0), local: commandsOf(line).every(isLocal) }));

// --- running them ----------------------------------------------------------------------------------------------------------------------

/** `netdiag` as the first of PATH. A lab without an end of its own gets one. */
const SHIM = `#!/bin/sh
case "$1 $*" in
  "lab "*--for*) ;;
  "lab "*) set -- "$@" --for 300ms ;;
esac
exec '${process.execPath}' '${join(ROOT, 'bin/run.js')}' "$@"
`;

interface Ended {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

let folder: string;
let bin: string;
let refusal: string | null = null;
let network: Network | null = null;
const running = new Map<string, Promise<Ended>>();

/** In a folder of its own, with the configuration that the README shows where the line names it. */
function script({ line }: Example): string[] {
  const own = mkdtempSync(join(folder, 'line-'));
  if (line.includes('netdiag.yaml')) writeFileSync(join(own, 'netdiag.yaml'), configuration);
  // Those are of the clone in which the README is read.
  if (line.includes('docs/examples/')) {
    mkdirSync(join(own, 'docs'));
    symlinkSync(join(ROOT, 'docs/examples'), join(own, 'docs/examples'));
  }
  return ['-o', 'pipefail', '-c', `cd -- "$0" || exit 125\n${line}`, own];
}

async function run(example: Example): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH: `${bin}${delimiter}${PATH}${delimiter}/usr/sbin${delimiter}/sbin`, HOME, LANG: 'C.UTF-8', NO_COLOR: '1' };
  if (example.local) {
    const ended = await execa('bash', script(example), { env, extendEnv: false, reject: false, timeout: 15_000, stdin: 'ignore' });
    return { exitCode: ended.exitCode ?? null, stdout: ended.stdout, stderr: ended.stderr };
  }
  if (network === null) throw new Error('there is no namespace to run it in');
  return network.host('client').run('bash', script(example), { env });
}

const POSIX_SHELL = process.platform === 'win32' ? 'the examples are for a POSIX shell' : null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-readme-'));
  bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'netdiag'), SHIM);
  chmodSync(join(bin, 'netdiag'), 0o755);
  refusal = POSIX_SHELL ?? (await namespaceRefusal());
  if (refusal === null) network = await createNetwork(machineWithoutNetwork());
  const limit = pLimit(3);
  for (const example of examples) {
    if (example.local ? POSIX_SHELL === null : refusal === null)
      running.set(
        example.line,
        limit(() => run(example)),
      );
  }
});

afterAll(async () => {
  await Promise.allSettled(running.values());
  await network?.close();
  rmSync(folder, { recursive: true, force: true });
});

const titled = (which: (example: Example) => boolean) => examples.filter(which).map((example) => [example.line, example] as const);

describe('the shell lines of the README', () => {
  it('are examples of netdiag, or of npm, or comments', () => {
    expect(shellLines.filter((line) => !/^(?:#|(?:npm|netdiag) )/.test(line))).toEqual([]);
    expect(examples.filter(({ local }) => local).length).toBeGreaterThan(5);
    expect(examples.filter(({ local }) => !local).length).toBeGreaterThan(1);
  });

  it.for(titled(({ local }) => local))('%s', { timeout: 40_000 }, async ([line, { status }], context) => {
    if (POSIX_SHELL !== null) context.skip(POSIX_SHELL);
    const ended = await running.get(line);
    expect(ended?.exitCode, `${ended?.stdout}${ended?.stderr}`).toBe(status);
    expect(ended?.stderr).toBe('');
  });

  it.for(titled(({ local }) => !local))('%s (without any network)', { timeout: 40_000 }, async ([line, { status }], context) => {
    if (refusal !== null) context.skip(refusal);
    const ended = await running.get(line);
    expect(ended?.exitCode, `${ended?.stdout}${ended?.stderr}`).toBe(line.includes('--fail-on never') ? 0 : 1);
    expect(status, 'the line ends with the status that it has').toBe(ended?.exitCode);
    expect(ended?.stderr).toBe('');
    if (line.includes('|') || line.includes('--quiet')) return;
    if (/--json|--format json/.test(line)) expect(reportSchema.parse(JSON.parse(ended?.stdout ?? '')).verdict).toBe('fail');
    else expect(ended?.stdout).toMatch(/\bfail\b/i);
  });
});

/** `start` of `npm start` and of `npm run start`; in the order of the text, each once. */
function npmWords(text: string): string[] {
  return [...new Set([...text.matchAll(/\bnpm (?:run )?([a-z:]+)/g)].map(([, word = '']) => word))];
}

describe('what the README says', () => {
  const manifest = JSON.parse(read('oclif.manifest.json')) as { commands: Record<string, { hidden?: boolean }> };
  const commands = Object.keys(manifest.commands).filter((name) => manifest.commands[name]?.hidden !== true);

  it('of npm can be run, and is what the continuous integration runs, in the same order', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const words = npmWords(shellLines.filter((line) => line.startsWith('npm ')).join('\n'));
    expect(words.filter((word) => !['ci', 'install', 'pack'].includes(word) && !(word in scripts))).toEqual([]);
    const steps = npmWords(
      read('.ci/run')
        .split('\n')
        .filter((line) => line.startsWith('npm '))
        .join('\n'),
    );
    expect(steps).toEqual(['ci', 'start', 'test']);
    expect(words.filter((word) => steps.includes(word))).toEqual(steps);
  });

  it('names every command, and none that there is not', () => {
    const typed = commands.map((name) => name.replaceAll(':', ' '));
    const named = [...README.matchAll(/(?:`|^)netdiag ([a-z][a-z-]*(?: [a-z][a-z-]*)?)/gm)].map(([, words = '']) => words);
    expect(commands.length).toBeGreaterThan(8);
    expect(typed.filter((name) => !named.some((words) => words === name || words.startsWith(`${name} `)))).toEqual([]);
    const firsts = typed.map((name) => name.split(' ')[0]);
    expect(named.filter((words) => !firsts.includes(words.split(' ')[0]))).toEqual([]);
  });

  it('of a configuration can be read', async () => {
    const { targets } = await parseConfiguration(configuration, 'netdiag.yaml');
    expect(targets.length).toBeGreaterThan(0);
  });

  it('of exit statuses is how the program ends', async () => {
    const alone = join(folder, 'alone.mjs');
    copyFileSync(join(ROOT, 'bin/run.js'), alone);
    const notBuilt = await execa(process.execPath, [alone, '--version'], { reject: false });
    const reported = (['pass', 'fail'] as const).map((verdict) => exitStatus({ verdict, partial: false, measurements: [] }, 'fail', null));
    const interrupted = (['SIGINT', 'SIGTERM'] as const).map((signal) =>
      interruptStatus(AbortSignal.abort(Object.assign(new Error(signal), { signal }))),
    );
    const statuses = [...reported, (await netdiag(['no-such-command'])).status, notBuilt.exitCode, ...interrupted];
    expect(statuses).toEqual([0, 1, 2, 3, 130, 143]);

    const [, rows = ''] = /^\| *(?:exit )?status *\|.*\n\|[-| :]+\|\n((?:\|.*\n)+)/im.exec(README) ?? [];
    const listed = rows.split('\n').flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/\d+/g)].map(([number]) => Number(number)));
    expect(listed).toEqual(statuses);
  });
});
