import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { EXPLANATIONS, explain } from '../../src/diagnosis/explain.js';
import { POLICIES } from '../../src/model/policy.js';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, COLUMNS: '80' };
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'CI']) delete (env as Record<string, string | undefined>)[name];
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, 'explain', ...args], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

describe('netdiag explain', () => {
  test('CODE prints what it means, without colour where stdout is no terminal', () => {
    const { status, stdout, stderr } = run('mtu-blackhole');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^mtu-blackhole {2}Large packets vanish without a word\nlayer 3, Network\n/);
    expect(stdout).not.toContain('\u001b');
  });

  test('--json prints the entry', () => {
    const { status, stdout } = run('econnrefused', '--json');
    const outcome = explain('ECONNREFUSED');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(outcome.found ? outcome.explanation : null);
  });

  test('without a code lists them all, as JSON too', () => {
    const { status, stdout } = run();
    expect(status).toBe(0);
    for (const { term } of EXPLANATIONS) expect(stdout).toMatch(new RegExp(`^  ${term} `, 'm'));
    expect(JSON.parse(run('--json').stdout)).toEqual(
      EXPLANATIONS.map(({ term, kind, layer, title, numbers }) => ({ term, kind, layer, title, numbers })),
    );
  });

  test.each([
    ['mtu-blakhole', 'netdiag: "mtu-blakhole": no such code; did you mean mtu-blackhole?\n'],
    ['ECONREFUSED', 'netdiag: "ECONREFUSED": no such code; did you mean ECONNREFUSED?\n'],
    ['expired', 'netdiag: "expired": no such code; did you mean cert-expired?\n'],
    ['qqqqqqqqqqqqqqqq', 'netdiag: "qqqqqqqqqqqqqqqq": no such code; netdiag explain lists them all\n'],
    ['\u001b[31mqqqqqqqqqqqq', 'netdiag: "\\x1b[31mqqqqqqqqqqqq": no such code; netdiag explain lists them all\n'],
    ['', 'netdiag: "": no such code; netdiag explain lists them all\n'],
  ])('%j is not known: one line on stderr, exit status 2', (code, line) => {
    expect(run(code)).toEqual({ status: 2, stdout: '', stderr: line });
  });

  test('--json changes nothing about that', () => {
    expect(run('--json', 'mtu-blakhole')).toEqual(run('mtu-blakhole'));
  });

  test('words belong together: a kind and a number, and no two codes', () => {
    expect(run('http', '429').stdout).toMatch(/^http 429 {2}Too Many Requests\n/);
    const { status, stdout, stderr } = run('mtu-blackhole', 'no-carrier');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe('netdiag: "mtu-blackhole no-carrier": no such code; did you mean mtu-blackhole?\n');
  });

  test('a profile is shown by its name, with each limit and its source, and as JSON', () => {
    const { status, stdout, stderr } = run('--profile', 'trading');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^trading {2}a machine that trades: /);
    expect(stdout).toMatch(/^round trip +2 ms +20 ms +100 ms$/m);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    for (const words of [['profile', 'trading'], ['profile-trading'], ['Trading']]) expect(run(...words).stdout).toBe(stdout);
    const facts = JSON.parse(run('--profile', 'voip', '--json').stdout);
    expect(facts).toMatchObject({ profile: 'voip', minimumTlsVersion: { version: 'TLSv1.2', inherited: true } });
    expect(facts.limits.find(({ metric }: { metric: string }) => metric === 'rttMs')).toMatchObject({ acceptable: 300, unit: 'ms' });
  });

  test('profiles are listed, and one that there is not is refused', () => {
    const names = Object.keys(POLICIES);
    const { stdout } = run('profiles');
    for (const name of names) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(JSON.parse(run('profiles', '--json').stdout).map(({ profile }: { profile: string }) => profile)).toEqual(names);
    const line = 'netdiag: "profile voi": no such profile; did you mean profile voip?\n';
    expect(run('profile', 'voi')).toEqual({ status: 2, stdout: '', stderr: line });
  });

  test('a number of several kinds lists them; a profile that is named decides', () => {
    const { status, stdout } = run('111', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ asked: '111', meanings: [{ ask: 'ECONNREFUSED' }, { ask: 'alert 111' }] });
    expect(run('6', '--profile', 'trading').stdout).toMatch(/^ERR_NO_CONNECTION {2}.*\nerror code of the profile trading; 6\n/);
    expect(run('ERR_OFF_QUOTES').stdout).toMatch(/^ERR_OFF_QUOTES {2}/);
  });
});
