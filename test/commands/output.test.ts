import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/model/report.js';
import { type Ended, netdiag } from './program.js';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

function reportOf(ended: Ended): Report {
  expect(ended.stderr).toBe('');
  return reportSchema.parse(JSON.parse(ended.stdout));
}

describe.concurrent('output', () => {
  let folder: string;
  let server: Server;
  let open: string;
  let closed: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'netdiag-output-'));
    const listen = (made: Server) =>
      new Promise<number>((resolve) => made.listen(0, '127.0.0.1', () => resolve((made.address() as { port: number }).port)));
    server = createServer((socket) => socket.destroy());
    open = String(await listen(server));
    const gone = createServer();
    closed = String(await listen(gone));
    await new Promise((resolve) => gone.close(resolve));
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  it('is a table unless said otherwise, without colour in a pipe', async () => {
    const ended = await netdiag(['ports', '127.0.0.1', '-p', open]);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^netdiag ports 127\.0\.0\.1 /);
    expect(ended.stdout).not.toContain('\u001b');
    expect(ended.stdout).toMatch(/[✓+] PASS: .*\n$/);
  });

  it('has colour where it is forced, and ASCII without a UTF-8 locale', async () => {
    const coloured = await netdiag(['ports', '127.0.0.1', '-p', open], { env: { FORCE_COLOR: '1' } });
    expect(coloured.stdout).toContain('\u001b[32m');
    const plain = await netdiag(['ports', '127.0.0.1', '-p', open, '--no-color'], { env: { FORCE_COLOR: '1', LC_ALL: 'C' } });
    expect(plain.stdout).toMatch(/^[\n -~]*$/);
  });

  it('is one JSON document with --json and with --format json, and lines with ndjson', async () => {
    for (const flags of [['--json'], ['--format', 'json'], ['--json', '--format', 'json']]) {
      expect(reportOf(await netdiag(['ports', '127.0.0.1', '-p', open, ...flags])).verdict).toBe('pass');
    }
    const lines = (await netdiag(['ports', '127.0.0.1', '-p', open, '--format', 'ndjson'])).stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(expect.arrayContaining(['run', 'measurement', 'check', 'verdict']));
  });

  it('goes to files too, each in the format of its ending, and with --quiet only there', async () => {
    const [json, ndjson, table] = ['a.json', 'a.ndjson', 'a.txt'].map((name) => join(folder, name)) as [string, string, string];
    const ended = await netdiag(['ports', '127.0.0.1', '-p', open, '-q', '--output', json, '--output', ndjson, '--output', table], {
      env: { FORCE_COLOR: '1' },
    });
    expect(ended).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(reportSchema.parse(JSON.parse(readFileSync(json, 'utf8'))).verdict).toBe('pass');
    expect(JSON.parse(readFileSync(ndjson, 'utf8').trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ type: 'verdict', verdict: 'pass' });
    expect(readFileSync(table, 'utf8')).toMatch(/^netdiag ports/);
  });

  it.each<[string[], number]>([
    [[], 1],
    [['--fail-on', 'never'], 0],
    [['--fail-on', 'warn'], 1],
    [['--quiet'], 1],
  ])('of a closed port that was asked for by its number: %j exits %i', async (flags, status) => {
    expect((await netdiag(['ports', '127.0.0.1', '-p', closed, ...flags])).status).toBe(status);
  });

  it('of a survey fails nothing', async () => {
    const range = `${closed}-${closed}`;
    expect((await netdiag(['ports', '127.0.0.1', '-p', range])).status).toBe(0);
  });

  it('comes from a folder that was deleted, too', async (context) => {
    if (process.platform === 'win32') context.skip('Windows deletes no folder that is in use');
    const gone = mkdtempSync(join(tmpdir(), 'netdiag-gone-'));
    const script = 'rmdir "$PWD" && "$0" "$1" full-report --lab --json; echo "status $?" >&2';
    const child = spawn('sh', ['-c', script, process.execPath, PROGRAM], { cwd: gone, stdio: ['ignore', 'pipe', 'pipe'], timeout: 15_000 });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(stderr).toMatch(/^status [01]\n$/);
    expect(reportSchema.parse(JSON.parse(stdout)).command).toBe('full-report');
  });

  it('of a relative --output in a deleted folder is refused', async (context) => {
    if (process.platform === 'win32') context.skip('Windows deletes no folder that is in use');
    const gone = mkdtempSync(join(tmpdir(), 'netdiag-gone-'));
    const script = 'rmdir "$PWD" && "$0" "$1" full-report 127.0.0.1 --output x.json; echo "status $?" >&2';
    const child = spawn('sh', ['-c', script, process.execPath, PROGRAM], { cwd: gone, stdio: ['ignore', 'pipe', 'pipe'], timeout: 15_000 });
    expect(await text(child.stderr)).toBe('netdiag: --output "x.json": the working folder does not exist any more\nstatus 2\n');
  });

  it('ends quietly where the reader went away', async () => {
    const ended = await netdiag(['ports', '127.0.0.1', '-p', open, '--json'], {
      onStart: (child) => child.stdout?.destroy(),
    });
    expect(ended).toMatchObject({ status: 0, stderr: '' });
  });

  it('never has the password of a URL in it', async () => {
    for (const format of ['table', 'json', 'ndjson']) {
      const ended = await netdiag([
        'latency',
        `http://user:hunter2@127.0.0.1:${open}/x?token=hunter2`,
        '-c',
        '2',
        '-i',
        '5ms',
        '--format',
        format,
      ]);
      expect(ended.stdout).toContain('127.0.0.1');
      expect(ended.stdout + ended.stderr).not.toContain('hunter2');
    }
    const logged = await netdiag(['host', '--passive', '--proxy', 'http://user:hunter2@127.0.0.1:9'], { env: { DEBUG: '*' } });
    expect(logged.stdout).not.toBe('');
    expect(logged.stdout + logged.stderr).not.toContain('hunter2');
  });
});
