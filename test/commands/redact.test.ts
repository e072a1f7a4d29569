import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/model/report.js';
import { netdiag } from './program.js';

describe.concurrent('--redact and --support', () => {
  let folder: string;
  let env: Record<string, string>;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netdiag-redact-'));
    env = { XDG_STATE_HOME: folder };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const unpacked = (path: string, name: string) =>
    spawnSync('tar', ['-xzOf', path, `netdiag-support/${name}`], { encoding: 'utf8' }).stdout;

  it('replace the name of the machine and of the target in everything that is shown', async () => {
    const ended = await netdiag(['ports', 'localhost', '-p', '9', '--redact', '--json', '--output', join(folder, 'a.txt')], { env });
    expect(ended.stderr).toBe('');
    const report = reportSchema.parse(JSON.parse(ended.stdout));
    expect(report.host.hostname).toMatch(/^n\w{6}/);
    expect(report.targets[0]?.id).toBe('localhost');
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toContain(report.host.hostname);
    if (hostname().length > 3) expect(`${ended.stdout}${readFileSync(join(folder, 'a.txt'), 'utf8')}`).not.toContain(hostname());
  });

  it('show nothing of a name that leads nowhere, in the report or beside it', async () => {
    const name = 'zanzibar.frobnicator.invalid';
    const ended = await netdiag(['dns', name, '--server', 'udp://127.0.0.1:1', '--redact', '--timeout', '200ms'], { env });
    expect(ended.status).toBe(1);
    expect(`${ended.stdout}${ended.stderr}`).not.toMatch(/zanzibar|frobnicator/);
    expect(ended.stdout).toMatch(/n\w{6}\.n\w{6}\.invalid/);
  });

  it('call the same the same in two runs, and otherwise with another key', async () => {
    const key = join(folder, 'key');
    writeFileSync(key, 'a key of some length');
    const host = async (...args: string[]) =>
      JSON.parse((await netdiag(['ports', '127.0.0.1', '-p', '9', '--redact', '--json', ...args], { env })).stdout).host.hostname;
    const [one, again, other] = await Promise.all([host(), host(), host('--redact-key', key)]);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it('write one archive, redacted while the screen is not, for its owner alone', async (context) => {
    if (spawnSync('tar', ['--version']).status !== 0) context.skip('there is no tar here');
    const path = join(folder, 'support.tar.gz');
    const ended = await netdiag(['ports', '127.0.0.1', '-p', '9', '--support', path, '--json'], { env });
    expect(ended.stderr).toBe('');
    expect(JSON.parse(ended.stdout).host.hostname).toBe(hostname());
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(spawnSync('tar', ['-tzf', path], { encoding: 'utf8' }).stdout.trim().split(/\r?\n/)).toEqual(
      ['about.txt', 'report.json', 'report.txt', 'left-out.txt'].map((name) => `netdiag-support/${name}`),
    );
    const inside = reportSchema.parse(JSON.parse(unpacked(path, 'report.json')));
    expect(inside.host.hostname).toMatch(/^n\w{6}/);
    expect(unpacked(path, 'report.txt')).toContain(inside.host.hostname);
    expect(unpacked(path, 'left-out.txt')).toMatch(/^name +1 +\d+$/m);
    expect(unpacked(path, 'about.txt')).toMatch(/^netdiag \d/);
  });

  it('write it as it is where that is asked for', async (context) => {
    if (spawnSync('tar', ['--version']).status !== 0) context.skip('there is no tar here');
    const path = join(folder, 'plain.tgz');
    await netdiag(['ports', '127.0.0.1', '-p', '9', '--support', path, '--support-unredacted', '-q'], { env });
    expect(JSON.parse(unpacked(path, 'report.json')).host.hostname).toBe(hostname());
    expect(unpacked(path, 'about.txt')).toContain('Nothing was replaced');
  });

  it.each([
    [['--support', 'a.zip'], /--support "a\.zip": must end in/],
    [['--support-unredacted'], /--support-unredacted: --support is missing/],
    [['--redact-key', 'none'], /--redact-key: --redact or --support is missing/],
    [['--redact', '--redact-key', '/none/key'], /--redact-key "\/none\/key": there is no such file/],
  ])('refuse %j in one line', async (args, problem) => {
    const ended = await netdiag(['ports', '127.0.0.1', '-p', '9', ...args], { env });
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(problem);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
