import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/model/report.js';
import type { ReportDiff } from '../../src/model/report-diff.js';
import { healthy } from '../fakes/reports.js';
import { brokenSince } from '../fakes/two-reports.js';
import { netdiag } from './program.js';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-diff-'));
  const { before, after } = brokenSince();
  const write = (name: string, content: unknown): void => writeFileSync(at(name), JSON.stringify(content));
  write('well.json', before);
  write('broken.json', after);
  write('renamed.json', { ...before, host: { ...before.host, hostname: 'vps-3' } });
  write('latency.json', { ...healthy(), command: 'latency' });
  write('newer.json', { ...healthy(), schemaVersion: '2' });
  write('unknown.json', { ...healthy(), measurements: [...healthy().measurements, { id: 'm9', probe: '\u001b[2Jtelepathy' }] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.concurrent('netdiag diff', () => {
  it.each<[string[], number]>([
    [['well.json', 'broken.json'], 1],
    [['broken.json', 'well.json'], 0],
    [['well.json', 'renamed.json'], 0],
    [['well.json', 'renamed.json', '--fail-on', 'change'], 1],
    [['well.json', 'broken.json', '--fail-on', 'never'], 0],
  ])('%j exits %i', async ([first = '', second = '', ...flags], status) => {
    const ended = await netdiag(['diff', at(first), at(second), ...flags]);
    expect(ended).toMatchObject({ status, stderr: '' });
    expect(ended.stdout).toMatch(/^netdiag diff of two reports of full-report app\.example\.net:443\n/);
  });

  it('prints JSON and Markdown', async () => {
    const json = await netdiag(['diff', at('well.json'), at('broken.json'), '--json']);
    const diff = JSON.parse(json.stdout) as ReportDiff;
    expect(diff).toMatchObject({ schemaVersion: '1', kind: 'netdiag-diff', command: 'full-report', outcome: 'regression' });
    expect(diff.checks.filter(({ change }) => change === 'worse').map(({ id }) => id)).toContain('l3.mtu');
    const markdown = await netdiag(['diff', at('well.json'), at('broken.json'), '--format', 'markdown']);
    expect(markdown.stdout).toMatch(/^\*\*WORSE/);
    expect(markdown.status).toBe(1);
  });

  it('has colour where it is forced, and ASCII without a UTF-8 locale', async () => {
    const coloured = await netdiag(['diff', at('well.json'), at('broken.json')], { env: { FORCE_COLOR: '1' } });
    expect(coloured.stdout).toContain('\u001b[31m');
    const plain = await netdiag(['diff', at('well.json'), at('broken.json'), '--no-color'], { env: { FORCE_COLOR: '1', LC_ALL: 'C' } });
    expect(plain.stdout).toMatch(/^[\n -~]*$/);
  });

  it('leaves out a measurement that it does not know, and says so', async () => {
    const ended = await netdiag(['diff', at('well.json'), at('unknown.json')]);
    expect(ended.stderr).toMatch(/^netdiag: report "[^"]+unknown\.json": measurements [^\n]+ are left out: m9 \\x1b\[2Jtelepathy\n$/);
  });

  it.each<[string[], RegExp]>([
    [[], /diff needs a BEFORE; see netdiag diff --help/],
    [['well.json', 'missing.json'], /report ".*missing\.json": there is no such file/],
    [['well.json', 'newer.json', '--json'], /newer\.json": it is of schema version 2, and this netdiag knows 1/],
    [['latency.json', 'well.json'], /well\.json": it is of the command "full-report", and the other one of "latency"/],
    [['-', '-'], /only one of the reports can be -/],
    [['well.json', 'well.json', '--json', '--format', 'markdown'], /--format "markdown": contradicts --json/],
    [['well.json', 'well.json', '--fail-on', 'warn'], /--fail-on "warn": must be one of regression, change, never/],
  ])('refuses %j in one line', async (args, line) => {
    const ended = await netdiag(['diff', ...args.map((word) => (word.endsWith('.json') ? at(word) : word))]);
    expect(ended.stderr).toMatch(line);
    expect(ended.stderr).toMatch(/^netdiag: [^\n]+\n$/);
    expect(ended).toMatchObject({ status: 2, stdout: '' });
  });

  it('reads one of them from standard input', () => {
    const args = [PROGRAM, 'diff', at('well.json'), '-', '--json'];
    const run = (input: string) => spawnSync(process.execPath, args, { input, encoding: 'utf8', timeout: 15_000 });
    const ended = run(JSON.stringify(brokenSince().after));
    expect(ended.stderr).toBe('');
    expect(ended.status).toBe(1);
    expect(JSON.parse(ended.stdout)).toMatchObject({ outcome: 'regression' });
    expect(run('').stderr).toBe('netdiag: report from standard input: it is empty\n');
  });
});

describe.concurrent('--baseline', () => {
  let server: Server;
  let open: string;
  let closed: string;
  beforeAll(async () => {
    const listen = (made: Server) =>
      new Promise<string>((resolve) => made.listen(0, '127.0.0.1', () => resolve(String((made.address() as { port: number }).port))));
    server = createServer((socket) => socket.destroy());
    open = await listen(server);
    const gone = createServer((socket) => socket.destroy());
    closed = await listen(gone);
    const [ofOpen, ofGone] = await Promise.all([open, closed].map((port) => netdiag(['ports', '127.0.0.1', '-p', port, '--json'])));
    writeFileSync(at('open.json'), ofOpen?.stdout ?? '');
    writeFileSync(at('was-open.json'), ofGone?.stdout ?? '');
    await new Promise((resolve) => gone.close(resolve));
    writeFileSync(at('was-closed.json'), (await netdiag(['ports', '127.0.0.1', '-p', closed, '--json'])).stdout);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('puts what changed behind the table', async () => {
    const ended = await netdiag(['ports', '127.0.0.1', '-p', open, '--baseline', at('open.json')]);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.stdout).toMatch(
      /^netdiag ports 127\.0\.0\.1 [\s\S]*PASS: [^\n]*\n\nnetdiag diff of two reports of ports 127\.0\.0\.1\n[\s\S]*THE SAME/,
    );
  });

  it('leaves JSON as it is, tells people on stderr, and fails where it got worse', async () => {
    const args = ['ports', '127.0.0.1', '-p', closed, '--baseline', at('was-open.json')];
    const ended = await netdiag([...args, '--json', '--fail-on', 'regression']);
    expect(reportSchema.parse(JSON.parse(ended.stdout)).verdict).toBe('fail');
    expect(ended.stderr).toMatch(/^netdiag diff of two reports of ports 127\.0\.0\.1\n[\s\S]*pass → fail, port-closed[\s\S]*WORSE/);
    expect(ended.status).toBe(1);
    expect(await netdiag([...args, '--fail-on', 'never', '--quiet'])).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('with --fail-on regression does not fail for what was broken before', async () => {
    const args = ['ports', '127.0.0.1', '-p', closed, '--baseline', at('was-closed.json'), '--quiet'];
    expect((await netdiag(args)).status).toBe(1);
    expect((await netdiag([...args, '--fail-on', 'regression'])).status).toBe(0);
  });

  it('of another command is refused before anything is sent', async () => {
    const ended = await netdiag(['ports', '192.0.2.1', '-p', '1', '--baseline', at('well.json')]);
    expect(ended.stderr).toMatch(
      /^netdiag: --baseline "[^\n]*well\.json": it is a report of the command "full-report", and this is ports\n$/,
    );
    expect(ended).toMatchObject({ status: 2, stdout: '' });
  });
});
