import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { beforeAll, describe, expect, it } from 'vitest';
import * as defaults from '../src/cli/defaults.js';
import { CODES } from '../src/model/code.js';
import { formatMs, formatRatio } from '../src/model/format.js';
import { DEFAULT_POLICY } from '../src/model/policy.js';
import { reportJsonSchema } from '../src/model/report.js';
import { addressFamily, isLoopback } from '../src/model/target.js';
import { type Ended, netdiag } from './commands/program.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGES = join(ROOT, 'docs/probes');

const read = (path: string): string => readFileSync(path, 'utf8');
const filesIn = (folder: string, ending: string): string[] => readdirSync(folder).filter((file) => file.endsWith(ending));

const pages = filesIn(PAGES, '.md').map((file) => file.replace(/\.md$/, ''));
const pageOf = (probe: string): string => read(join(PAGES, `${probe}.md`));

// --- examples --------------------------------------------------------------------------------------------------------------------------

interface Example {
  page: string;
  line: string;
  env: Record<string, string>;
  args: string[];
  status: number;
}

/** What an example may look like: variables, plain words, and the status it ends with. No quotes, pipes or other work for a shell. */
const EXAMPLE = /^((?:[A-Z_]+=[\w.-]+ )*)netdiag ((?:[\w.,:/=-]+ ?)+?)(?: +# exit (\d+))?$/;

const shellLines = pages.flatMap((page) =>
  [...pageOf(page).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ page, line })),
  ),
);
const examples = shellLines.flatMap(({ page, line }): Example[] => {
  const [, variables = '', words, status = '0'] = EXAMPLE.exec(line) ?? [];
  if (words === undefined) return [];
  const env = Object.fromEntries(
    variables
      .split(' ')
      .filter(Boolean)
      .map((pair) => pair.split('=', 2)),
  );
  return [{ page, line, env, args: words.split(' ').filter(Boolean), status: Number(status) }];
});

/** Why running it could send something beyond loopback; `null` where it cannot. */
function danger({ args }: Example): string | null {
  const [command = '', first = ''] = args;
  if (command === 'full-report' || command === 'dns') return args.includes('--lab') ? null : 'without --lab';
  // It looks at this machine, and asks nobody.
  if (command === 'host') return args.includes('--passive') ? null : 'without --passive';
  // It reads what the kernel shows, and takes no target.
  if (command === 'ports' && first === '--listening') return null;
  if (!args.includes('--lab') && !(addressFamily(first) !== null && isLoopback(first))) return 'neither --lab nor a loopback address';
  return args.find((word) => addressFamily(word) !== null && !isLoopback(word)) ?? null;
}

describe('examples of the probe pages', () => {
  const limit = pLimit(3);
  const running = new Map<Example, Promise<Ended>>();

  beforeAll(() => {
    for (const example of examples) {
      if (danger(example) === null)
        running.set(
          example,
          limit(() => netdiag(example.args, { env: example.env })),
        );
    }
  });

  it('are plain commands, two or three a page, and stay on loopback', () => {
    expect(shellLines.filter(({ line }) => !EXAMPLE.test(line))).toEqual([]);
    expect(examples.filter((example) => danger(example) !== null).map(({ line }) => line)).toEqual([]);
    expect(pages.filter((page) => examples.filter((example) => example.page === page).length < 2)).toEqual([]);
  });

  it.each(examples.map((example) => [example.line, example] as const))(
    '%s',
    async (_line, example) => {
      const ended = await running.get(example);
      expect(ended?.status, ended?.stderr || ended?.stdout).toBe(example.status);
      if (example.args.includes('--json')) expect(JSON.parse(ended?.stdout ?? '')).toMatchObject({ schemaVersion: '1' });
      else expect(ended?.stdout).not.toBe('');
    },
    30_000,
  );
});

// --- links -----------------------------------------------------------------------------------------------------------------------------

const documents = [
  ...filesIn(ROOT, '.md').map((file) => join(ROOT, file)),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(ROOT, 'docs', file)),
];

const withoutCode = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (path: string): string[] => [...read(path).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

describe('links', () => {
  it('lead to files and headings that are there', () => {
    const links = documents.flatMap((path) =>
      [...withoutCode(read(path)).matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => ({ path, target })),
    );
    // What leads out of the repository is a page of the site that hosts it.
    const inside = links.filter(
      ({ path, target }) => !/^[a-z]+:/i.test(target) && !relative(ROOT, resolve(dirname(path), target)).startsWith('..'),
    );
    const broken = inside.filter(({ path, target }) => {
      const [file = '', anchor] = target.split('#', 2);
      const found = file === '' ? path : resolve(dirname(path), decodeURIComponent(file));
      if (!existsSync(found)) return true;
      return anchor !== undefined && !anchorsOf(found).includes(anchor);
    });
    expect(documents.length).toBeGreaterThan(15);
    expect(inside.length).toBeGreaterThan(40);
    expect(broken.map(({ path, target }) => `${relative(ROOT, path)} -> ${target}`)).toEqual([]);
  });

  it('of the index lead to every page and every decision', () => {
    const index = read(join(ROOT, 'docs/README.md'));
    const expected = ['probes', 'decisions'].flatMap((folder) =>
      filesIn(join(ROOT, 'docs', folder), '.md').map((file) => `${folder}/${file}`),
    );
    expect(expected.filter((path) => !index.includes(`(${path})`))).toEqual([]);
  });
});

// --- what the pages say ----------------------------------------------------------------------------------------------------------------

/** Words between backticks, and the parts of those that have dots in them. */
function named(text: string): Set<string> {
  const words = [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].flatMap(([, span = '']) => span.split(/[^\w.-]+/));
  return new Set(words.flatMap((word) => [word, ...word.split('.')]));
}

/** What is too much for the page of its probe has one of its own; each of these is a part of the probe, or a way to ask it. */
const PARTS: Readonly<Record<string, readonly string[]>> = { dns: ['dnssec'], tls: ['tls-enumeration', 'tls-policy'] };
/** A page need not repeat what the page that it builds on says of the same fields. */
const BUILDS_ON: Readonly<Record<string, readonly string[]>> = { loss: ['latency'], dnssec: ['dns'] };

const namedBy = (probe: string): Set<string> =>
  named([probe, ...(PARTS[probe] ?? []), ...(BUILDS_ON[probe] ?? [])].map(pageOf).join('\n\n'));

interface JsonSchema {
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}

function fieldsOf(schema: JsonSchema): string[] {
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [name, ...fieldsOf(inner)]),
    ...[schema.items ?? [], schema.anyOf ?? [], schema.oneOf ?? []].flat().flatMap(fieldsOf),
  ];
}

const schema = reportJsonSchema() as JsonSchema;
const fieldsByProbe = (schema.properties?.['measurements']?.items?.oneOf ?? []).map((measurement) => ({
  probe: String(measurement.properties?.['probe']?.const),
  fields: fieldsOf(measurement.properties?.['data'] ?? {}),
}));

/** Measurements that have no folder of their own are the host's. */
const probeFolders = readdirSync(join(ROOT, 'src/probes'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const pageFor = (probe: string): string => (probeFolders.includes(probe) ? probe : 'host');

describe('the probe pages', () => {
  it('are there for every probe, and for nothing else', () => {
    const measured = new Set(fieldsByProbe.map(({ probe }) => probe));
    const probes = probeFolders.filter((folder) => measured.has(folder) || existsSync(join(ROOT, 'src/probes', folder, 'index.ts')));
    expect(probes.length).toBeGreaterThan(7);
    expect([...pages].sort()).toEqual([...new Set([...probes, ...Object.values(PARTS).flat()])].sort());
  });

  it.each(fieldsByProbe)('name every field of the data of $probe', ({ probe, fields }) => {
    expect(fields.length).toBeGreaterThan(2);
    expect(fields.filter((field) => !namedBy(pageFor(probe)).has(field))).toEqual([]);
  });

  it.each(pages.filter((page) => probeFolders.includes(page)))('%s names every check and code of its judges', (page) => {
    const folder = join(ROOT, 'src/probes', page);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const quoted = files.flatMap((file) => [...read(join(folder, file)).matchAll(/'([\w.-]+)'/g)].map(([, text = '']) => text));
    const given = quoted.filter((text) => (CODES as readonly string[]).includes(text) || /^l\d\.[a-z]+$/.test(text));
    expect(given.length).toBeGreaterThan(1);
    expect([...new Set(given)].filter((text) => !namedBy(page).has(text))).toEqual([]);
  });

  const { LATENCY, LOSS, REPORT_LATENCY, REPORT_LOSS } = defaults;
  const series = ({ count, intervalMs }: { count: number; intervalMs: number }) => `${count} probes, ${intervalMs} ms apart`;
  const upTo = ({ acceptable, critical }: { acceptable: number; critical: number }, format = formatMs) => [
    `up to ${format(acceptable)}`,
    `up to ${format(critical)}`,
  ];
  it.each([
    ['latency', [series(LATENCY), series(REPORT_LATENCY), `waits up to ${formatMs(defaults.ECHO_TIMEOUT_MS)}`]],
    ['latency', [...upTo(DEFAULT_POLICY.rttMs), ...upTo(DEFAULT_POLICY.jitterMs)]],
    ['loss', [series(LOSS), series(REPORT_LOSS), ...upTo(DEFAULT_POLICY.lossRatio, formatRatio)]],
    ['mtu', [`A round waits ${formatMs(defaults.ECHO_TIMEOUT_MS)}`, `${DEFAULT_POLICY.expectedMtuBytes.objective} is shown as expected`]],
    ['ports', [`gets ${formatMs(defaults.PORT_TIMEOUT_MS)}`, `Up to ${defaults.PORT_CONCURRENCY} connections`]],
    ['ports', [`the ${defaults.SURVEYED_TOP_PORTS} most common`, `up to ${formatMs(DEFAULT_POLICY.tcpConnectMs.acceptable)}`]],
    ['dns', [`waited for ${formatMs(defaults.DNS_TIMEOUT_MS)}`, `up to ${formatMs(DEFAULT_POLICY.dnsQueryMs.acceptable)}`]],
    ['dns', [`warns up to ${formatMs(DEFAULT_POLICY.dnsQueryMs.critical)}`]],
    ['tls', [`within ${formatMs(defaults.EXCHANGE_TIMEOUT_MS)}`, ...upTo(DEFAULT_POLICY.tlsHandshakeMs)]],
    ['tls', [`less than ${DEFAULT_POLICY.certificateRemainingDays.acceptable} days`, `below ${DEFAULT_POLICY.minimumTlsVersion.version}`]],
    ['phases', [`within ${formatMs(defaults.EXCHANGE_TIMEOUT_MS)}`, ...upTo(DEFAULT_POLICY.firstByteMs)]],
    ['phases', [`${defaults.PHASES.count} exchanges, ${defaults.PHASES.intervalMs} ms apart`]],
    ['addresses', [`waited for ${formatMs(defaults.PORT_TIMEOUT_MS)}`]],
    ['host', upTo(DEFAULT_POLICY.gatewayRttMs)],
  ])('%s says what the defaults and limits are: %j', (page, sentences) => {
    const text = pageOf(page).replace(/\s+/g, ' ');
    expect(sentences.filter((sentence) => !text.includes(sentence))).toEqual([]);
  });
});

it('the JSON Schema beside the documentation is that of the program', () => {
  expect(JSON.parse(read(join(ROOT, 'docs/schema/report-1.json')))).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())));
});
