// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a configuration writes its variables so

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configurationJsonSchema } from '../../src/cli/configuration/schema.js';
import type { Report } from '../../src/model/report.js';
import { type LoopbackServer, listen } from '../fakes/loopback-server.js';
import { netdiag } from './program.js';

const TOKEN = 'hunter2-of-the-environment';

let folder: string;
let server: LoopbackServer;
const seen: (string | undefined)[] = [];
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};
const run = (args: string[], env: Record<string, string> = {}) => netdiag(args, { cwd: folder, env });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-config-'));
  server = await listen(
    http.createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(request.headers.authorization === `Bearer ${TOKEN}` ? 204 : 401, { 'x-served-by': 'here' }).end();
    }),
  );
  file(
    'good.yaml',
    `timeout: 1s
targets:
  - name: api
    target: http://127.0.0.1:${server.port}/x
    labels: { team: shop }
    offers: { http: { status: 204, headers: [x-served-by, x-missing], authorization: "Bearer \${TOKEN}" } }
    budget: { first-byte: [1ms, 50s, 55s] }
  - { name: hidden, target: "\${WHERE:-127.0.0.1}" }
profiles: { own: { extends: trading } }
`,
  );
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('config check', () => {
  it('says in one line what is in a file without mistakes', async () => {
    const ended = await run(['config', 'check', 'good.yaml'], { TOKEN });
    expect(ended).toMatchObject({ status: 0, stderr: '', stdout: 'good.yaml: 2 targets, 1 profile, no mistake\n' });
  });

  it('lists every mistake with file, line and column, and exits 2', async () => {
    file('bad.yaml', 'profil: x\ntimeout: 5\ntargets:\n  - a.example\n  - "a b"\n  - https://b.example/${NONE}\n');
    const ended = await run(['config', 'check', '--config', 'bad.yaml'], { TOKEN });
    expect(ended.status).toBe(2);
    expect(ended.stdout.split('\n').map((line) => line.slice(0, 44))).toEqual([
      'bad.yaml:1:1: "profil" is no key here; did y',
      'bad.yaml:2:10: timeout "5": must be a durati',
      'bad.yaml:5:5: target "a b": it contains a sp',
      'bad.yaml:6:23: the environment has no variab',
      '',
    ]);
    expect(ended.stderr).toBe('netdiag: config bad.yaml: 4 mistakes\n');
  });

  it('takes the file that is found, or that the environment names', async () => {
    const inner = join(folder, 'found', 'below');
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(folder, 'found', 'netdiag.yaml'), 'targets: [a.example]\n');
    expect((await netdiag(['config', 'check'], { cwd: inner })).stdout).toMatch(/netdiag\.yaml: 1 target, 0 profiles, no mistake\n$/);
    const named = await netdiag(['config', 'check'], { cwd: inner, env: { NETDIAG_CONFIG: join(folder, 'good.yaml'), TOKEN } });
    expect(named.stdout).toMatch(/good\.yaml: 2 targets/);
  });

  it.each([
    [['config', 'check', 'none.yaml'], /config check "none.yaml": there is no such file/],
    [['config', 'check', '.'], /config check ".": it is not an ordinary file/],
    [['config', 'check', '--config', 'none'], /config check: it was said that none is read; name a file/],
    [['config', 'check', 'a.yaml', '--config', 'b.yaml'], /either FILE or --config/],
    [['config', 'check', 'a.yaml', 'b.yaml'], /"b.yaml": config check takes no such argument/],
    [['config', 'chek'], /"config chek": no such command; did you mean config check\?/],
    [['config'], /"config": a command must follow; there are config check, config schema, config show/],
    [['config', 'show', '--profil', 'x'], /"--profil": config show has no such flag; did you mean --profile\?/],
    [['latency', 'api', '--config', 'good.yaml'], /config "good.yaml" line 6, column \d+: the environment has no variable TOKEN/],
    [['latency', '127.0.0.1', '--config', '.'], /--config ".": it is not an ordinary file/],
  ])('%j is refused in one line', async (args, line) => {
    const ended = await run(args);
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(line);
    expect(ended.stderr).toMatch(/^netdiag: [^\n]+\n$/);
  });
});

describe('config schema', () => {
  it('prints the JSON Schema of a configuration', async () => {
    const ended = await run(['config', 'schema']);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toEqual(JSON.parse(JSON.stringify(configurationJsonSchema())));
  });
});

describe('config show', () => {
  it('says what holds and who says so, and no secret', async () => {
    const ended = await run(['config', 'show', '--config', 'good.yaml', '--format', 'ndjson'], {
      TOKEN,
      NETDIAG_PROFILE: 'own',
      WHERE: '127.0.0.9',
    });
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^profile +own +NETDIAG_PROFILE$/m);
    expect(ended.stdout).toMatch(/^timeout +1 s +good.yaml line 1, column 10$/m);
    expect(ended.stdout).toMatch(/^format +ndjson +--format$/m);
    expect(ended.stdout).toMatch(/^fail-on +fail +built-in$/m);
    expect(ended.stdout).toMatch(/asked with authorization: \(hidden\)/);
    expect(ended.stdout).toMatch(/^ {2}hidden {2}\$\{WHERE\}$/m);
    expect(ended.stdout).not.toMatch(/hunter2|127\.0\.0\.9/);
  });

  it('says the same as JSON', async () => {
    const ended = await run(['config', 'show', '--config', 'good.yaml', '--json'], { TOKEN });
    const shown = JSON.parse(ended.stdout);
    expect(shown.settings).toContainEqual({ name: 'format', value: 'table', source: 'built-in', from: 'built-in' });
    expect(shown.targets[0]).toMatchObject({ name: 'api', labels: { team: 'shop' }, budget: [{ key: 'first-byte', objective: 1 }] });
    expect(ended.stdout).not.toContain('hunter2');
  });

  it('works without a file', async () => {
    const ended = await run(['config', 'show', '--config', 'none']);
    expect(ended.stdout).toMatch(/^file: none\n/);
    expect(ended.status).toBe(0);
  });
});

describe('a target of the configuration', () => {
  it('is measured by its name, asked for what it must offer, and held against its own limits, without a word of the secret', async () => {
    const ended = await run(['http', 'api', '--config', 'good.yaml', '--json'], { TOKEN });
    const report = JSON.parse(ended.stdout) as Report;
    expect(seen.at(-1)).toBe(`Bearer ${TOKEN}`);
    expect(report.targets).toMatchObject([{ name: 'api', labels: { team: 'shop' }, port: server.port }]);
    const check = (kind: string) => report.checks.find(({ id }) => id.startsWith(kind));
    expect(check('l7.http-status')).toMatchObject({ status: 'pass', expected: '204' });
    expect(check('l7.http-header@')).toMatchObject({
      status: 'fail',
      code: 'http-header-missing',
      observed: expect.stringContaining('x-missing'),
    });
    expect(check('l7.http-time')).toMatchObject({
      status: 'pass',
      budget: { objective: 1, acceptable: 50_000, critical: 55_000, source: 'target api of good.yaml' },
    });
    expect(ended.status).toBe(1);
    expect(ended.stdout + ended.stderr).not.toContain('hunter2');
  });

  it('whose host came out of the environment stands in the report as it is written', async () => {
    const ended = await run(['latency', 'hidden', '-c', '2', '-i', '1ms', '--config', 'good.yaml', '--json'], {
      TOKEN,
      WHERE: '127.0.0.77',
    });
    const report = JSON.parse(ended.stdout) as Report;
    expect(report.targets).toMatchObject([{ id: '${WHERE}', host: '${WHERE}', name: 'hidden' }]);
    expect(ended.stdout + ended.stderr).not.toContain('127.0.0.77');
  });

  it('is none where no file is to be read', async () => {
    const ended = await run(['tls', 'api', '--config', 'none', '--timeout', '5']);
    expect(ended.stderr).toMatch(/--timeout "5"/);
  });
});
