// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a manifest writes its variables so

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { manifestJsonSchema } from '../../src/cli/verify/schema.js';
import { type Report, reportSchema } from '../../src/model/report.js';
import { type LoopbackServer, listen } from '../fakes/loopback-server.js';
import { signalsRefusal } from '../platform.js';
import { readXml } from '../render/readers.js';
import { netdiag } from './program.js';

const EXAMPLE = fileURLToPath(new URL('../../docs/examples/lab.requirements.yaml', import.meta.url));
const TOKEN = 'hunter2-of-the-manifest';

let folder: string;
let server: LoopbackServer;
/** Authorization of each request that came. */
const seen: (string | undefined)[] = [];
let slowOnes = 0;

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};
const run = (args: string[], env: Record<string, string> = {}) => netdiag(args, { cwd: folder, env });

async function reportOf(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ report: Report; status: number | null; text: string }> {
  const ended = await run([...args, '--json'], env);
  if (ended.stdout === '') throw new Error(ended.stderr);
  return { report: reportSchema.parse(JSON.parse(ended.stdout)), status: ended.status, text: ended.stdout };
}

const statuses = ({ checks }: Report) => Object.fromEntries(checks.map(({ id, status }) => [id, status]));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-verify-'));
  server = await listen(
    http.createServer((request, response) => {
      seen.push(request.headers.authorization);
      if (request.url === '/slow') slowOnes++;
      setTimeout(
        () => response.writeHead(request.headers.authorization === `Bearer ${TOKEN}` ? 200 : 401, { 'x-served-by': 'here' }).end('ready'),
        request.url === '/slow' ? 60_000 : 0,
      );
    }),
  );
  mkdirSync(join(folder, 'parts'));
  writeFileSync(
    join(folder, 'parts', 'service.yaml'),
    `requirements:
  - id: SYS-1
    text: The service answers
    cases:
      - id: TC-1
        text: status
        checks:
          - id: ping
            text: ping
            run: >-
              http \${SERVICE}/ping
              --header "Authorization: Bearer \${TOKEN}"
            expect:
              - { value: http.status, is: 200, of: "\${SERVICE}/ping" }
              - { value: http.totalMs, grades: { objective: 0, acceptable: 5s, critical: 10s } }
          - id: body
            text: its body is read from beside the manifest
            run: http \${SERVICE}/ping --bearer-file token.txt
          - id: again
            run: 'http "\${SERVICE}/ping" --header "Authorization: Bearer \${TOKEN}"'
      - id: TC-2
        text: without a token
        checks:
          - run: http \${SERVICE}/ping
            expect: [{ check: l7.http-status, is: warn }, { code: http-unauthorized, is: present }]
          - run: http \${SERVICE}/ping
            expect: [{ value: http.headers.x-served-by, is: elsewhere }]
      - id: TC-3
        needs: TC-2
        checks: [{ run: ports 127.0.0.1 -p 1 }]
`,
  );
  writeFileSync(join(folder, 'parts', 'token.txt'), TOKEN);
  write('netdiag.requirements.yaml', 'title: The service\ninclude: parts/service.yaml\n');
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const environment = () => ({ SERVICE: `http://127.0.0.1:${server.port}`, TOKEN });

describe.concurrent('the example of the manual', () => {
  it('passes on the practice targets, each requirement by its id', async () => {
    const ended = await netdiag(['verify', EXAMPLE]);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^netdiag verify: Requirements of the practice targets\b/);
    for (const id of ['SYS-LAB-001', 'SYS-LAB-002', 'SYS-LAB-003', 'SYS-LAB-004'])
      expect(ended.stdout).toMatch(new RegExp(`^ ✓ ${id}  `, 'm'));
    expect(ended.stdout).toMatch(/✓ PASS: of 4 requirements 0 failed, 0 warned, 4 passed, 0 skipped; of 5 cases/);
  });

  it('fails by id where something else is asked for, with why and what to do, side by side too', async () => {
    const { report, status } = await reportOf(['verify', EXAMPLE, '--only', 'TC-LAB-002', '--jobs', '4'], { LAB_STATUS: '404' });
    expect(status).toBe(1);
    expect(statuses(report)).toEqual({ 'TC-LAB-001': 'pass', 'TC-LAB-002.pages': 'fail', 'TC-LAB-002.time': 'pass' });
    expect(report.requirements?.map(({ id, status: own }) => [id, own])).toEqual([
      ['SYS-LAB-001', 'pass'],
      ['SYS-LAB-002', 'fail'],
    ]);
    expect(report.diagnosis[0]).toMatchObject({ code: 'http-status', evidence: ['TC-LAB-002.pages'] });
    expect(report.checks[1]).toMatchObject({ code: 'http-status', layer: 7, because: expect.stringContaining('is fail') });
    expect(report.checks[1]?.remedy).not.toBeNull();
  });

  it('is the one that docs/verify.md shows', () => {
    const page = readFileSync(new URL('../../docs/verify.md', import.meta.url), 'utf8');
    const shown = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text.trim());
    expect(shown).toContain(
      readFileSync(EXAMPLE, 'utf8')
        .replace(/^#.*\n/gm, '')
        .trim(),
    );
  });
});

describe("a manifest of one's own", () => {
  it('is found, runs each line once, and leads from requirement to measurement without a secret', async () => {
    seen.length = 0;
    const { report, status, text } = await reportOf(['verify'], environment());
    expect(status).toBe(1);
    expect(statuses(report)).toEqual({
      'TC-1.ping': 'pass',
      'TC-1.body': 'pass',
      'TC-1.again': 'pass',
      'TC-2.1': 'pass',
      'TC-2.2': 'fail',
      'TC-3': 'skip',
    });
    // Six checks, and four lines of which one was not run.
    expect(seen).toEqual([`Bearer ${TOKEN}`, `Bearer ${TOKEN}`, undefined]);
    const [ping, , again] = report.requirements?.[0]?.cases[0]?.checks ?? [];
    expect(ping?.run).toBe('http ${SERVICE}/ping --header "Authorization: Bearer ${TOKEN}"');
    expect(ping?.expectations).toMatchObject([
      { text: 'http.status of ${SERVICE}/ping is 200', status: 'pass', observed: '200' },
      { status: 'pass' },
    ]);
    expect(again?.found.length).toBeGreaterThan(2);
    expect(report.checks[0]?.measurements.length).toBeGreaterThan(0);
    expect(report.checks[0]?.measurements).toEqual(
      report.checks[2]?.measurements.filter((id) => report.checks[0]?.measurements.includes(id)),
    );
    expect(report.checks[0]?.budget).toMatchObject({ metric: 'http.totalMs', unit: 'ms', acceptable: 5000, source: 'the manifest' });
    expect(report.checks[4]).toMatchObject({ observed: 'here', because: 'it is here', expected: 'http.headers.x-served-by is elsewhere' });
    expect(report.requirements?.[0]?.cases[2]).toMatchObject({ status: 'skip', because: 'it needs TC-2, which failed' });
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain(`127.0.0.1:${server.port}`);
  });

  it('is written in each format for other programs, held against an earlier report, and redacted', async () => {
    const formats = ['xml', 'md', 'html', 'sarif', 'tap', 'prom', 'csv', 'gitlab.json', 'ndjson', 'json'].flatMap((ending) => [
      '--output',
      `out.${ending}`,
    ]);
    const first = await run(['verify', '--quiet', ...formats], environment());
    expect(first).toMatchObject({ status: 1, stdout: '', stderr: '' });
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    const [suites] = readXml([read('out.xml')]);
    expect(suites?.children.map(({ attributes }) => attributes['name'])).toEqual(['SYS-1: The service answers']);
    const cases = suites?.children[0]?.children.filter(({ name }) => name === 'testcase') ?? [];
    expect(cases.map(({ attributes }) => [attributes['classname'], attributes['name']])).toEqual([
      ['TC-1', 'ping (TC-1.ping)'],
      ['TC-1', 'its body is read from beside the manifest (TC-1.body)'],
      ['TC-1', 'status (TC-1.again)'],
      ['TC-2', 'without a token (TC-2.1)'],
      ['TC-2', 'without a token (TC-2.2)'],
      ['TC-3', 'ports 127.0.0.1 -p 1 (TC-3)'],
    ]);
    expect(read('out.md')).toMatch(/^\| ✗ fail \| {2}\| {2}\| `TC-2\.2` without a token \| here \| /m);
    expect(read('out.html')).toMatch(/<h3><span class="status fail">.*<code>SYS-1<\/code> The service answers<\/h3>/);
    for (const name of ['out.sarif', 'out.tap', 'out.prom', 'out.gitlab.json']) expect(read(name), name).toMatch(/TC-2\.2|without a token/);

    const [again, redacted] = await Promise.all([
      run(['verify', '--baseline', 'out.json', '--fail-on', 'regression'], environment()),
      reportOf(['verify', '--redact', '--redact-key', write('key', 'k'.repeat(32))], environment()),
    ]);
    expect(again).toMatchObject({ status: 0, stderr: '' });
    expect(again.stdout).toMatch(/6 checks of 6 as before/);
    expect(redacted.report.requirements?.map(({ id }) => id)).toEqual(['SYS-1']);
    expect(Object.keys(statuses(redacted.report))).toContain('TC-1.ping');
    expect(redacted.report.requirements?.[0]?.cases[2]?.checks[0]?.run).toBe('ports 127.0.0.1 -p 1');
    expect(redacted.text).not.toContain(TOKEN);
  });
});

describe('an interrupt', () => {
  beforeEach((context) => {
    if (signalsRefusal !== null) context.skip(signalsRefusal);
  });

  it('reports what was done, and says of the rest that it was not', async () => {
    write(
      'slow.yaml',
      `requirements:
  - id: R
    cases:
      - id: A
        checks: [{ run: ports 127.0.0.1 -p ${server.port} }, { run: "http \${SERVICE}/slow --timeout 30s" }]
      - { id: B, checks: [{ run: ports 127.0.0.1 -p 1 }] }
      - { id: D, needs: A, checks: [{ run: ports 127.0.0.1 -p 2 }] }
`,
    );
    const ended = await netdiag(['verify', 'slow.yaml', '--json'], {
      cwd: folder,
      env: environment(),
      // Once the slow request is there.
      onStart: (child) => {
        const timer = setInterval(() => {
          if (slowOnes === 0) return;
          clearInterval(timer);
          child.kill('SIGINT');
        }, 20);
        child.once('exit', () => clearInterval(timer));
      },
    });
    expect(ended).toMatchObject({ status: 130, stderr: '' });
    const report = reportSchema.parse(JSON.parse(ended.stdout));
    expect(report).toMatchObject({ partial: true });
    expect(report.checks.map(({ id, status, because }) => [id, status, because])).toEqual([
      ['A.1', 'pass', null],
      ['A.2', 'skip', 'interrupted while it was looked at'],
      ['B', 'skip', 'interrupted before it was looked at'],
      ['D', 'skip', 'it needs A, which was not looked at wholly'],
    ]);
  });
});

describe.concurrent('what is wrong is refused before anything is sent', () => {
  beforeAll(() => {
    seen.length = 0;
  });
  afterAll(() => {
    expect(seen).toEqual([]);
  });
  let files = 0;
  const first = `{ run: "http \${SERVICE}/ping" }`;
  // Every other mistake of a step is in test/cli/verify/plan-steps.test.ts.
  it.each<[string, string[], RegExp]>([
    ['{ run: htp x }', [], /manifest "wrong-1.yaml" line 1, column \d+: "htp": no such command; did you mean http\?/],
    ['{ run: http x.example --json }', [], /http: --json: it is of the output/],
    ['{ run: http x.example }', ['--only', 'D'], /--only "D": there is no requirement, case or check of this id/],
    ['{ run: http x.example }', ['--jobs', '9'], /--jobs "9": must be a whole number from 1 to 8/],
  ])('%s %j', async (check, args, reason) => {
    const file = `wrong-${++files}.yaml`;
    write(file, `requirements: [{ id: R, cases: [{ id: C, checks: [${first}, ${check}] }] }]`);
    const ended = await run(['verify', file, ...args], environment());
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^netdiag: [^\n]+\n$/);
    expect(ended.stderr).toMatch(reason);
  });

  it('a manifest that is not there', async () => {
    const [named, found] = await Promise.all([run(['verify', 'none.yaml']), netdiag(['verify'], { cwd: tmpdir() })]);
    expect(named).toMatchObject({ status: 2, stdout: '', stderr: 'netdiag: manifest "none.yaml": there is no such file\n' });
    expect(found.stderr).toMatch(/^netdiag: verify: there is no netdiag\.requirements\.yaml, .* here or above; name a MANIFEST\n$/);
    expect(found.status).toBe(2);
  });
});

it('schema prints the JSON Schema of a manifest, and names those that there are', async () => {
  const [printed, wrong] = await Promise.all([run(['schema', 'requirements']), run(['schema', 'requirement'])]);
  expect(printed).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(printed.stdout)).toEqual(JSON.parse(JSON.stringify(manifestJsonSchema())));
  expect(wrong).toMatchObject({ status: 2, stdout: '', stderr: 'netdiag: "requirement": no such schema; did you mean requirements?\n' });
});
