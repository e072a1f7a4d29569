import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netdiag } from './program.js';

describe.concurrent('formats for other programs', () => {
  let folder: string;
  let server: Server;
  let open: string;
  let closed: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'netdiag-formats-'));
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

  const BEGINNINGS: readonly (readonly [string, RegExp])[] = [
    ['a.xml', /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="netdiag latency" /],
    ['a.sarif', /^\{\n {2}"\$schema": ".*sarif-schema-2\.1\.0\.json",\n {2}"version": "2\.1\.0",/],
    ['a.tap', /^TAP version 14\n1\.\.\d+\n# netdiag \d/],
    ['a.prom', /^# HELP netdiag_report_info .*\n# TYPE netdiag_report_info gauge\nnetdiag_report_info\{version="/],
    ['a.csv', /^measurement,probe,target,.*\r\nm\d+,/],
    ['a.gitlab.json', /^\[/],
  ];

  it('go to the files whose endings ask for them, without the password of a URL', async () => {
    const outputs = BEGINNINGS.flatMap(([name]) => ['--output', join(folder, name)]);
    const url = `http://user:hunter2@127.0.0.1:${open}/x?token=hunter2`;
    const ended = await netdiag(['latency', url, '-c', '2', '-i', '5ms', '-q', ...outputs]);
    expect(ended).toMatchObject({ stdout: '', stderr: '' });
    for (const [name, beginning] of BEGINNINGS) {
      const text = readFileSync(join(folder, name), 'utf8');
      expect(text, name).toMatch(beginning);
      expect(text, name).not.toContain('hunter2');
      expect(text, name).toContain('127.0.0.1');
    }
  });

  it('go to stdout by name', async () => {
    const tap = await netdiag(['ports', '127.0.0.1', '-p', open, '--format', 'tap']);
    expect(tap).toMatchObject({ status: 0, stderr: '' });
    expect(tap.stdout).toMatch(/^TAP version 14\n1\.\.1\n[\s\S]*\nok 1 - /);
    const annotations = await netdiag(['ports', '127.0.0.1', '-p', closed, '--format', 'github']);
    expect(annotations).toMatchObject({ status: 1, stderr: '' });
    expect(annotations.stdout).toMatch(/^::error title=netdiag%3A port-closed/);
  });

  it('annotate the page of a GitHub job beside the table, and nothing else', async () => {
    const env = { GITHUB_ACTIONS: 'true', CI: 'true' };
    const table = await netdiag(['ports', '127.0.0.1', '-p', closed], { env });
    expect(table.status).toBe(1);
    expect(table.stdout).toMatch(/^netdiag ports 127\.0\.0\.1/);
    expect(table.stdout).not.toContain('::error');
    expect(table.stderr).toMatch(/^::error title=netdiag%3A port-closed [^\n]*::[^\n]*\n$/);
    const [json, quiet, well] = await Promise.all([
      netdiag(['ports', '127.0.0.1', '-p', closed, '--json'], { env }),
      netdiag(['ports', '127.0.0.1', '-p', closed, '--quiet'], { env }),
      netdiag(['ports', '127.0.0.1', '-p', open], { env }),
    ]);
    expect(JSON.parse(json.stdout)).toMatchObject({ verdict: 'fail' });
    for (const { stderr } of [json, quiet, well]) expect(stderr).toBe('');
    const elsewhere = await netdiag(['ports', '127.0.0.1', '-p', closed], { env: { CI: 'true' } });
    expect(elsewhere.stderr).toBe('');
  });
});
