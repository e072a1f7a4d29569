import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../src/diagnosis/explain.js';
import { reportSchema } from '../src/model/report.js';
import { type PackageRegistry, startPackageRegistry } from './fakes/package-registry.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Some 75 kB of it are manual pages, which no start reads. */
const MAXIMUM_TARBALL_BYTES = 1.5 * 1024 * 1024;
const NPM_TIMEOUT_MS = 90_000;

/** Made anew by those who clone: never part of what is copied. */
const NOT_IN_A_CLONE = new Set(['.git', 'node_modules', 'dist', 'man', 'program', 'oclif.manifest.json']);

interface PackageDescription {
  version: string;
  dependencies: Record<string, string>;
}

let folder: string;
let registry: PackageRegistry;
/** What the tarball holds: paths with "/", without the `package/` in front of each. */
let packed: string[];
let unpacked: string;
let tarballBytes: number;
let installed: string;
const description = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as PackageDescription;

/** npm as a user has it: no settings of this machine, and nothing of it can leave. */
function npm(args: readonly string[], cwd: string) {
  const { PATH = '', SystemRoot = '', ComSpec = '', TEMP = '' } = process.env;
  const settings = ['--registry', registry.url, '--cache', join(folder, 'cache'), '--no-audit', '--no-fund', '--no-update-notifier'];
  const env = { PATH, SystemRoot, ComSpec, TEMP, HOME: folder, USERPROFILE: folder, APPDATA: folder };
  return execa('npm', [...args, ...settings], { cwd, env, extendEnv: false, timeout: NPM_TIMEOUT_MS });
}

/** Runs the installed command from a folder that has nothing to do with the package, without a home. */
function netdiag(...args: string[]) {
  const { PATH = '', SystemRoot = '', ComSpec = '', TEMP = '' } = process.env;
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere, { recursive: true });
  const command = process.platform === 'win32' ? join(installed, 'netdiag.cmd') : join(installed, 'bin', 'netdiag');
  return execa(command, args, {
    cwd: elsewhere,
    // The Node of the tests runs the command as well.
    env: { PATH: `${dirname(process.execPath)}${process.platform === 'win32' ? ';' : ':'}${PATH}`, SystemRoot, ComSpec, TEMP },
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    timeout: 15_000,
  });
}

function filesUnder(top: string): string[] {
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(top, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'netdiag-package-')));
  registry = await startPackageRegistry(join(ROOT, 'node_modules'));

  // As in a fresh clone, where nothing is built: `prepack` has to do that. Beside the tree, whose dist/ other tests are running from.
  const clone = join(folder, 'clone');
  cpSync(ROOT, clone, { recursive: true, filter: (path) => !NOT_IN_A_CLONE.has(relative(ROOT, path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'), 'junction');
  await npm(['pack', '--pack-destination', folder], clone);

  const tarball = `netdiag-${description.version}.tgz`;
  tarballBytes = statSync(join(folder, tarball)).size;
  await execa('tar', ['-xzf', tarball], { cwd: folder });
  unpacked = join(folder, 'package');
  packed = filesUnder(unpacked);

  installed = join(folder, 'installed');
  await npm(['install', '--global', '--prefix', installed, join(folder, tarball)], folder);
}, 2 * NPM_TIMEOUT_MS);

afterAll(async () => {
  await registry?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the package', () => {
  it('has what it needs: npm built it before packing', () => {
    const needed = [
      ...[
        'package.json',
        'README.md',
        'LICENSE',
        'CHANGELOG.md',
        'bin/run.js',
        'oclif.manifest.json',
        'docs/schema/report-1.json',
        'docs/schema/config-1.json',
        'docs/schema/requirements-1.json',
      ],
      'program/cli/main.js',
      'program/cli/help.js',
      'man/netdiag.1',
      ...filesUnder(join(ROOT, 'src/commands')).map((file) => `man/netdiag-${file.replace(/\.ts$/, '').replaceAll('/', '-')}.1`),
      ...filesUnder(join(ROOT, 'src/commands')).map((file) => `program/commands/${file.replace(/\.ts$/, '.js')}`),
    ];
    expect(needed.length).toBeGreaterThan(20);
    expect(needed.filter((file) => !packed.includes(file))).toEqual([]);
  });

  it('has nothing else, and is small', () => {
    const expected =
      /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|bin\/run\.js|oclif\.manifest\.json|docs\/schema\/(?:report|config|requirements)-\d+\.json|man\/netdiag[\w-]*\.1|program\/(?:cli|commands|chunks)\/(?:[\w-]+\/)?[\w-]+\.js)$/;
    expect(packed.filter((file) => !expected.test(file))).toEqual([]);
    // Few files are what makes the start quick; each command and each format has a few of its own, which it alone loads.
    expect(packed.filter((file) => file.startsWith('program/')).length).toBeLessThan(260);
    expect(tarballBytes).toBeLessThan(MAXIMUM_TARBALL_BYTES);
  });

  it('refers to nothing that it has not', () => {
    const references = packed
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => {
        const text = readFileSync(join(unpacked, file), 'utf8');
        const paths = [...text.matchAll(/(?:\bfrom |\bimport\(|^import |new URL\(|createRequire\()["'](\.[^"']*)["']/gm)].map(
          ([, path = '']) => path,
        );
        return paths.map((path) => ({ file, path }));
      });
    expect(references.length).toBeGreaterThan(100);
    const missing = references.filter(({ file, path }) => {
      const target = join(dirname(file), path).split(sep).join('/');
      return !(packed.includes(target) || target === './');
    });
    expect(missing).toEqual([]);
  });

  it('declares what it loads, and loads what it declares', () => {
    const loaded = new Set(
      packed
        .filter((file) => file.endsWith('.js'))
        .flatMap((file) => [
          ...readFileSync(join(unpacked, file), 'utf8').matchAll(
            /(?:^(?:import|export) (?:[^"';]* from )?|\bimport\(|require\()["']([^"'./][^"']*)["']/gm,
          ),
        ])
        .map(([, name = '']) => name)
        .filter((name) => !name.startsWith('node:'))
        .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name),
    );
    const declared = Object.keys(description.dependencies);
    expect(loaded.size).toBeGreaterThan(8);
    expect([...loaded].filter((name) => !declared.includes(name))).toEqual([]);
    expect(declared.filter((name) => !loaded.has(name))).toEqual([]);
  });
});

describe('the command that npm install --global makes of it', () => {
  it('came with its dependencies, and with nothing that only developers need', () => {
    expect([...registry.downloaded]).toEqual(expect.arrayContaining(Object.keys(description.dependencies)));
    for (const name of ['vitest', 'typescript', 'fast-check', 'ajv']) expect([...registry.downloaded]).not.toContain(name);
  });

  it('came with a koffi that loads', async (context) => {
    if (process.platform !== 'linux') context.skip('foreign functions are for Linux only, so far');
    const home = join(installed, 'lib', 'node_modules', 'netdiag');
    const load = "import('koffi').then(({ default: koffi }) => koffi.load(null).func('int getpid()')()).then(console.log)";
    const ended = await execa(process.execPath, ['--input-type=module', '--eval', load], { cwd: home, extendEnv: false, reject: false });
    expect(ended.stderr).toBe('');
    expect(Number(ended.stdout)).toBeGreaterThan(1);
  });

  it('came with its manual, where man(1) looks', (context) => {
    if (process.platform === 'win32') context.skip('there is no man(1)');
    const pages = packed.filter((file) => file.startsWith('man/')).map((file) => file.replace('man/', ''));
    expect(readdirSync(join(installed, 'share/man/man1')).sort()).toEqual(pages.sort());
  });

  it('--version', async () => {
    expect(await netdiag('--version')).toMatchObject({ exitCode: 0, stdout: `netdiag ${description.version}\n`, stderr: '' });
  });

  it('--help', async () => {
    const ended = await netdiag('--help');
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ended.stdout).toContain('full-report');
  });

  it('full-report --lab --json passes', async () => {
    const ended = await netdiag('full-report', '--lab', '--json');
    expect(ended.stderr).toBe('');
    const report = reportSchema.parse(JSON.parse(ended.stdout));
    expect(report.checks.filter(({ status }) => status === 'fail' || status === 'warn')).toEqual([]);
    expect(report).toMatchObject({ verdict: 'pass', partial: false, tool: { version: description.version } });
    expect(ended.exitCode).toBe(0);
  });

  it('explain mtu-blackhole', async () => {
    const ended = await netdiag('explain', 'mtu-blackhole', '--json');
    const outcome = explain('mtu-blackhole');
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toEqual(outcome.found ? outcome.explanation : null);
  });

  it('schema is the file beside the documentation', async () => {
    const ended = await netdiag('schema');
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toEqual(JSON.parse(readFileSync(join(ROOT, 'docs/schema/report-1.json'), 'utf8')));
  });
});
