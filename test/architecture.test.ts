import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../src', import.meta.url));

/** Rooms from the ground up: a file may import from its own room and from rooms below it. */
const FLOORS: readonly (readonly string[])[] = [
  ['words'],
  ['model'],
  ['wire'],
  ['native'],
  ['net'],
  ['probes'],
  ['diagnosis'],
  ['report', 'render', 'lab'],
  ['run'],
  ['cli'],
  ['commands'],
];

/** Rooms that compute and nothing else: no socket, file, process, clock or child. */
const PURE_ROOMS = ['words', 'model', 'wire', 'diagnosis', 'report', 'render'];
const IMPURE_MODULES =
  /^(node:(fs|net|dgram|dns|tls|http|https|http2|child_process|process|os|timers|worker_threads|readline)|execa|koffi|ora|ws)\b/;

interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
  /** `import()`: loaded when it is reached. */
  dynamic: boolean;
}

function roomOf(file: string): string {
  const [first = ''] = file.split('/');
  return first.replace(/\.ts$/, '');
}

function floorOf(file: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(roomOf(file)));
}

const withSlashes = (path: string): string => path.split(sep).join('/');

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map(withSlashes);
const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(source, file), 'utf8');
  return [...text.matchAll(/(?:^|\n)\s*(?:import|export)\s+(type\s+)?[^;'"]*?from\s+'([^']+)'|import\('([^']+)'\)/g)].map((match) => ({
    file,
    typeOnly: match[1] !== undefined,
    dynamic: match[3] !== undefined,
    target: match[2] ?? match[3] ?? '',
  }));
});
const inside = imports
  .filter(({ target }) => target.startsWith('.'))
  .map((entry) => ({
    ...entry,
    target: withSlashes(relative(source, normalize(join(source, dirname(entry.file), entry.target)))).replace(/\.js$/, '.ts'),
  }));

describe('the house', () => {
  it('was read: there are files and imports', () => {
    expect(files.length).toBeGreaterThan(80);
    expect(inside.length).toBeGreaterThan(200);
  });

  it('has every file on a floor', () => {
    expect(files.filter((file) => floorOf(file) === -1)).toEqual([]);
  });

  it('imports only downwards, and only files that are there', () => {
    expect(inside.filter(({ file, target }) => floorOf(target) > floorOf(file)).map(({ file, target }) => `${file} -> ${target}`)).toEqual(
      [],
    );
    expect(inside.filter(({ target }) => !files.includes(target)).map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
  });

  it('has no circle of files, types included', () => {
    const finished = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, trail: string[]): void => {
      if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
      else if (!finished.has(file)) for (const { target } of inside.filter((entry) => entry.file === file)) visit(target, [...trail, file]);
      finished.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  it('keeps judgement, diagnosis, report and rendering pure', () => {
    const judges = (file: string) =>
      PURE_ROOMS.includes(roomOf(file)) || (roomOf(file) === 'probes' && /\/(plan|judge[a-z-]*|search)\.ts$/.test(file));
    expect(
      imports.filter(({ file, target }) => judges(file) && IMPURE_MODULES.test(target)).map(({ file, target }) => `${file} -> ${target}`),
    ).toEqual([]);
    const clocks = files
      .filter(judges)
      .filter((file) =>
        /\bDate\.now\(|new Date\(\)|performance\.now|process\.(env|argv|stdout|stderr)/.test(readFileSync(join(source, file), 'utf8')),
      );
    expect(clocks).toEqual([]);
  });

  it('lets only src/native load foreign functions', () => {
    expect(imports.filter(({ target }) => target === 'koffi').map(({ file }) => roomOf(file))).toEqual(['native']);
  });

  it('loads what few runs need only in those: validator, lab certificates, spinner, FFI', () => {
    const seen = new Set<string>();
    const queue = ['cli/main.ts', 'commands/full-report.ts', 'commands/latency.ts', 'run.ts', 'net/real.ts', 'render/json.ts'];
    const packages = new Set<string>();
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      for (const entry of imports.filter((candidate) => candidate.file === file && !candidate.typeOnly && !candidate.dynamic)) {
        if (!entry.target.startsWith('.')) packages.add(entry.target);
      }
      queue.push(...inside.filter((entry) => entry.file === file && !entry.typeOnly && !entry.dynamic).map(({ target }) => target));
    }
    expect(seen.size).toBeGreaterThan(60);
    expect(['zod', 'yaml', '@peculiar/x509', 'ws', 'ora', 'koffi', 'cli-table3', 'execa'].filter((name) => packages.has(name))).toEqual([]);
  });

  it('names no room utils, helpers, common or misc', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.)/.test(file))).toEqual([]);
  });
});
