import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/cli/manifest.js';
import { renderExample } from '../../src/cli/manual/pages.js';
import { ROOT_EXAMPLES } from '../../src/cli/root-help.js';
import { reportSchema } from '../../src/model/report.js';
import { makeAuthority } from '../fakes/certificates.js';
import { type CommandResult, createNetwork, type Layout, type Network, namespaceRefusal } from './network.js';

/**
 * Every example of every `--help`, as it stands there, in a network where its names and addresses are hosts. What an example finds may fail
 * (its service is made up), but none may be refused or end in an error of the program.
 */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8')) as Manifest;
const commands = Object.values(manifest.commands).filter((command) => command.hidden !== true);

const RESOLVER = '192.0.2.1';
const SITE = '192.0.2.7';
const NAME_SERVER = '192.0.2.53';
/** Names of the examples; all of them are the site's, except that of the name server. */
const NAMES = [
  'example.net',
  ...['app', 'api', 'staging', 'stream', 'db', 'mail', 'www', 'cdn', 'shop', 'proxy'].map((host) => `${host}.example.net`),
];

/** One link; the router knows the way to nobody else, and says so: the internet is out of reach, quickly. */
const LAYOUT: Layout = {
  hosts: ['client', 'server'],
  routers: ['server'],
  links: [
    {
      ends: [
        { host: 'client', interface: 'eth0', addresses: ['192.0.2.2/24'] },
        { host: 'server', interface: 'eth0', addresses: [`${RESOLVER}/24`, `${SITE}/24`, `${NAME_SERVER}/24`] },
      ],
    },
  ],
  routes: { client: [`default via ${RESOLVER}`] },
  resolvers: { client: [RESOLVER] },
};

/** The first is the one that is found where none is named. */
const MANIFESTS = ['netdiag.requirements.yaml', 'platform.requirements.yaml'] as const;
const MANIFEST = `title: The site
requirements:
  - id: SYS-NETWORK-001
    cases: [{ id: TC-NETWORK-001, checks: [{ run: ports app.example.net -p 443 }] }]
  - id: SYS-NETWORK-002
    text: The site answers
    cases: [{ id: TC-NETWORK-003, checks: [{ run: http https://app.example.net/health, expect: [{ value: http.status, is: 200 }] }] }]
`;

/** What runs until it is interrupted is: that is how it is meant to end. */
const ENDLESS = /^netdiag (?:lab|watch|exporter)\b(?!.*--for)/;
const UNTIL_INTERRUPT = `(eval "exec $1") > shown & running=$!
for count in {1..200}; do [ -s shown ] && break; sleep 0.1; done
kill -INT $running; wait $running; status=$?
cat shown; exit $status`;
const SIDE_BY_SIDE = 7;
const LONGEST_MS = 60_000;

/** Reports that a line reads: files of JSON, except those that it writes. */
function reportsOf(line: string): string[] {
  const words = line.split(/\s+/);
  return words.filter((word, index) => /^[\w-]+\.json$/.test(word) && !/^(?:--output|--support|>)$/.test(words[index - 1] ?? ''));
}

let folder: string;
let refusal: string | null = null;
let network: Network | null = null;
const results = new Map<string, Promise<CommandResult>>();

/** Files that examples name. */
async function writeFiles(place: string): Promise<void> {
  const authority = await makeAuthority('Example Root');
  const issued = await authority.issue({ names: [...NAMES, 'dns.example.net', SITE, NAME_SERVER] });
  writeFileSync(join(place, 'root.pem'), authority.cert);
  writeFileSync(join(place, 'site.pem'), issued.cert);
  writeFileSync(join(place, 'site.key'), issued.key);
  writeFileSync(join(place, 'names.txt'), 'app.example.net\napi.example.net # both are there\n');
  writeFileSync(join(place, MANIFESTS[0]), MANIFEST);
  writeFileSync(join(place, 'site.yaml'), 'targets:\n  - { name: shop, target: "https://app.example.net/health" }\n');
}

/** `netdiag`, and as much of jq as the examples take, as the first of PATH. */
function writePrograms(bin: string): void {
  mkdirSync(bin);
  const programs = {
    netdiag: `exec '${process.execPath}' '${join(ROOT, 'bin/run.js')}' "$@"`,
    jq: `exec '${process.execPath}' -e 'console.log(JSON.parse(require("fs").readFileSync(0, "utf8"))[process.argv[1].slice(1)])' -- "$1"`,
  };
  for (const [name, line] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(bin, name), 0o755);
  }
}

async function run(line: string, place: string): Promise<CommandResult> {
  if (network === null) throw new Error('there is no network to run it in');
  const env = {
    PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`,
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    API_TOKEN: 'of-the-example',
    NODE_EXTRA_CA_CERTS: join(folder, 'root.pem'),
  };
  const script = `cd -- "$0" || exit 125\n${ENDLESS.test(line) ? UNTIL_INTERRUPT : 'eval "$1"'}`;
  return network.host('client').run('bash', ['-o', 'pipefail', '-c', script, place, line], { env, timeoutMs: LONGEST_MS });
}

const lines = [
  ...ROOT_EXAMPLES.map(([line]) => line),
  ...commands.flatMap(({ id, examples }) => (examples ?? []).map((example) => renderExample(example, { id }))),
];
/** One that stands in two helps is run once. */
const examples = [...new Set(lines)];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-help-'));
  writePrograms(join(folder, 'bin'));
  refusal = await namespaceRefusal();
  if (refusal === null) {
    await writeFiles(folder);
    network = await createNetwork(LAYOUT);
    const names = { ...Object.fromEntries(NAMES.map((name) => [name, [SITE]])), 'dns.example.net': [NAME_SERVER] };
    const resolvers = [RESOLVER, NAME_SERVER];
    await network.host('server').serve('example-site', { names, resolvers, cert: join(folder, 'site.pem'), key: join(folder, 'site.key') });
    if (lines.some((line) => reportsOf(line).length > 0)) {
      const report = await run('netdiag full-report app.example.net:443 --json', folder);
      writeFileSync(join(folder, 'report.json'), report.stdout);
    }
    const limit = pLimit(SIDE_BY_SIDE);
    // The longest first, so that none of them is what all wait for at the end.
    for (const [index, line] of [...examples].sort((a, b) => weight(b) - weight(a)).entries()) {
      const place = join(folder, `line-${index}`);
      results.set(
        line,
        limit(async () => {
          mkdirSync(place);
          for (const file of ['root.pem', 'names.txt', 'site.yaml']) copyFileSync(join(folder, file), join(place, file));
          if (line.startsWith('netdiag verify')) for (const file of MANIFESTS) copyFileSync(join(folder, MANIFESTS[0]), join(place, file));
          if (line.startsWith('netdiag config')) copyFileSync(join(folder, 'site.yaml'), join(place, 'netdiag.yaml'));
          for (const file of reportsOf(line)) copyFileSync(join(folder, 'report.json'), join(place, file));
          return run(line, place);
        }),
      );
    }
  }
}, LONGEST_MS);

/** How long a line is likely to wait. */
function weight(line: string): number {
  return /--deep|-c 1000|--listen 10s|-c 50/.test(line) ? 2 : /full-report|--path|loss/.test(line) ? 1 : 0;
}

afterAll(async () => {
  await Promise.allSettled(results.values());
  await network?.close();
  rmSync(folder, { recursive: true, force: true });
}, LONGEST_MS);

describe('the examples of the help', () => {
  it('are there for every command', () => {
    expect(commands.length).toBeGreaterThan(12);
    for (const { id } of commands) {
      const own = new RegExp(`^(?:[A-Z_]+=\\S+ )*netdiag ${id.replaceAll(':', ' ')}(?: |$)`);
      expect(lines.filter((line) => own.test(line)).length, id).toBeGreaterThan(0);
    }
  });

  it.for(examples)('%s', { timeout: LONGEST_MS + 5_000 }, async (line, context) => {
    if (refusal !== null) context.skip(refusal);
    const ended = await results.get(line);
    expect([0, 1], `${ended?.stdout}${ended?.stderr}`).toContain(ended?.exitCode);
    expect(ended?.stderr).not.toMatch(/^netdiag: (?!warning)/m);
    if (/--quiet|>/.test(line)) expect(ended?.stdout).toBe('');
    else expect(ended?.stdout).not.toBe('');
    if (/^netdiag (?!lab|explain|config|diff)\S+ .*--json$/.test(line)) reportSchema.parse(JSON.parse(ended?.stdout ?? ''));
  });

  it('find what they look for: most of them end well', async (context) => {
    if (refusal !== null) context.skip(refusal);
    const ended = await Promise.all(results.values());
    expect(ended.filter(({ exitCode }) => exitCode === 0).length).toBeGreaterThan(ended.length * 0.6);
  });
});
