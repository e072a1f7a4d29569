import { spawn, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LabAnnouncement } from '../../src/lab/announcement.js';
import { signalsRefusal } from '../platform.js';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-lab-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
  /** From the first line on stdout (or the start, where there was none) to the end of the process. */
  afterFirstOutputMs: number;
}

/** Runs the program; `onOutput` is called once, when stdout has a whole line. */
function run(args: string[], onOutput: (stdout: string, kill: (signal: NodeJS.Signals) => void) => void = () => {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, 'lab', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let from = performance.now();
    let told = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (told || !stdout.endsWith('\n')) return;
      told = true;
      from = performance.now();
      onOutput(stdout, (signal) => child.kill(signal));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr, afterFirstOutputMs: performance.now() - from }));
  });
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

describe('netdiag lab', () => {
  test.for(['SIGINT', 'SIGTERM'] as const)('runs until %s, and has then done its job', async (signal, context) => {
    if (signalsRefusal !== null) context.skip(signalsRefusal);
    const ended = await run([], (_, kill) => kill(signal));
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.stdout).toContain('HTTPS');
    expect(ended.stdout).toContain('netdiag dns app.lab.netdiag.test --server 127.0.0.1:');
    expect(ended.afterFirstOutputMs).toBeLessThan(1000);
  });

  test('--write-ca that cannot be written is refused before anything starts', async () => {
    const ended = await run(['--write-ca', join(folder, 'none', 'ca.pem')]);
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^netdiag: --write-ca ".*ca\.pem": its folder does not exist\n$/);
  });

  test('--json is one object, printed when everything listens, and an open connection does not hold up the end', async (context) => {
    if (signalsRefusal !== null) context.skip(signalsRefusal);
    let open: Promise<boolean> | null = null;
    const ended = await run(['--json'], (stdout, kill) => {
      const { ports } = JSON.parse(stdout) as LabAnnouncement;
      open = accepts(ports.open);
      const held = connect({ host: '127.0.0.1', port: ports.silent }, () => kill('SIGINT'));
      held.on('error', () => {});
      held.resume();
    });
    expect(await open).toBe(true);
    expect(ended.status).toBe(0);
    const announcement = JSON.parse(ended.stdout) as LabAnnouncement;
    expect(announcement).toMatchObject({ command: 'lab', resolver: { address: '127.0.0.1' }, caFile: null });
    expect(announcement.targets).toHaveLength(4);
    expect(await accepts(announcement.ports.open)).toBe(false);
  });

  test('--for ends it by itself; cut short, it says so by its status', async () => {
    expect(await run(['--for', '50ms'])).toMatchObject({ status: 0, stderr: '' });
    if (signalsRefusal === null) expect(await run(['--for', '1h'], (_, kill) => kill('SIGINT'))).toMatchObject({ status: 130, stderr: '' });
  });

  test('--write-ca writes the certificate of the authority and no key', async () => {
    const file = join(folder, 'ca.pem');
    const { stdout, status } = await run(['--for', '1ms', '--write-ca', file, '--json']);
    expect(status).toBe(0);
    const pem = readFileSync(file, 'utf8');
    expect(pem).not.toContain('PRIVATE');
    expect(new X509Certificate(pem).ca).toBe(true);
    expect(JSON.parse(stdout)).toMatchObject({ caFile: file, ca: [pem] });
  });

  test('ends quietly where nobody reads what it says', async () => {
    const child = spawn(process.execPath, [PROGRAM, 'lab'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(stderr).toBe('');
  });

  test.each([
    [['--for', 'abc'], '--for "abc": must be a duration'],
    [['--for', '25h'], '--for "25h": must be a duration'],
    [['--write-ca', '/nowhere/ca.pem'], '--write-ca "/nowhere/ca.pem": its folder does not exist'],
  ])('%j is refused in one line', async (args, problem) => {
    const { status, stdout, stderr } = await run([...args, '--json']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain(problem);
  });
});

describe('in a network namespace of its own', () => {
  const possible = process.platform === 'linux' && spawnSync('unshare', ['-rn', 'true']).status === 0;
  const inNamespace = (script: string) =>
    spawnSync('unshare', ['-rn', 'sh', '-c', script, process.execPath, PROGRAM], { encoding: 'utf8', timeout: 15_000 });

  test.skipIf(!possible)('with the loopback interface down it says so (needs: unshare -rn)', () => {
    const { status, stdout, stderr } = inNamespace('exec "$0" "$1" lab --for 1s');
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(/^netdiag: the lab cannot start on 127\.0\.0\.1: the loopback interface is down .*ip link set lo up\)\n$/);
  });

  const ip = ['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip', '/bin/ip'].find((path) => existsSync(path));
  test.skipIf(!possible || ip === undefined)('it needs nothing but loopback, and no IPv6 (needs: unshare -rn, ip)', () => {
    const { status, stdout } = inNamespace(`${ip} link set lo up && ${ip} -6 addr flush dev lo; exec "$0" "$1" lab --for 1ms --json`);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'lab' });
  });
});
