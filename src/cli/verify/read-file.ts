import { realpathSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { mistakesOf, writtenAt } from '../configuration/issues.js';
import { listed } from '../configuration/offers.js';
import { type Environment, expandVariables } from '../configuration/variables.js';
import { quotedValue } from '../quoted-value.js';
import { readTextFile } from '../text-file.js';
import { UsageError } from '../usage-error.js';
import { type Mistake, mistakeError, parseYaml, type YamlFile } from '../yaml-file.js';
import type { ManifestContent } from './schema.js';

/** What a file is called in complaints. */
export const SUBJECT = 'manifest';

/** One file of a manifest, each value by itself as it should be. */
export interface ManifestFile {
  path: string;
  /** Where it is: names of other files and of those on its command lines start there. */
  folder: string;
  file: YamlFile;
  /** Variables are in their places, but not in command lines. */
  content: ManifestContent;
}

const MOST_FILES = 50;

/**
 * A manifest and what it includes, each file once, included ones before the one that names them.
 *
 * @param from the place where this is; `null`: nobody said
 * @throws UsageError with the first mistake and its place
 */
export async function readManifestFiles(path: string, environment: Environment, from: string | null): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  const done = new Set<string>();
  const visit = async (name: string, trail: readonly string[], refuse: (reason: string) => UsageError): Promise<void> => {
    const real = realPath(name);
    if (trail.includes(real)) {
      const circle = [...trail.slice(trail.indexOf(real)), real].map((one) => quotedValue(basename(one)));
      throw refuse(`the files include each other in a circle: ${circle.join(' includes ')}`);
    }
    if (done.has(real)) return;
    if (done.size >= MOST_FILES) throw refuse(`there are more than ${MOST_FILES} files`);
    done.add(real);
    const read = await readOne(name, { environment, from, refuse: trail.length === 0 ? null : refuse });
    const includes = listed(read.content.include);
    for (const [index, included] of includes.entries()) {
      const at = Array.isArray(read.content.include) ? ['include', index] : ['include'];
      await visit(resolve(read.folder, included), [...trail, real], (reason) =>
        read.file.fault({ path: at }, `include ${quotedValue(writtenAt(read.file, at) ?? '')}: ${reason}`),
      );
    }
    files.push(read);
  };
  await visit(path, [], (reason) => new UsageError(`${SUBJECT} ${quotedValue(path)}: ${reason}`));
  return files;
}

/** Other names of the same file are the same file. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // It says why when it is read.
    return resolve(path);
  }
}

interface Reading {
  environment: Environment;
  from: string | null;
  /** Says where it is included; `null`: it was named. */
  refuse: ((reason: string) => UsageError) | null;
}

async function readOne(path: string, { environment, from, refuse }: Reading): Promise<ManifestFile> {
  const text = readText(path, refuse);
  const file = await parseManifest(text, path);
  const expanded = expandVariables(withoutVariables(withoutElsewhere(file.content, environment, from)), environment);
  const mistakes: Mistake[] = expanded.faults.map(({ path: place, part, reason }) => file.mistake({ path: place, part }, reason));
  const unset = new Set(expanded.faults.map(({ path: place }) => JSON.stringify(place)));
  const [{ manifestSchema }, { keysOf }] = await Promise.all([import('./schema.js'), import('../schema-keys.js')]);
  const outcome = manifestSchema.safeParse(expanded.content);
  const issues = (outcome.error?.issues ?? []).filter((issue) => !unset.has(JSON.stringify(issue.path)));
  mistakes.push(...mistakesOf(issues, { file, content: expanded.content, keysAt: (place) => keysOf(manifestSchema, place) }));
  const [first, ...others] = mistakes.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    throw mistakeError(SUBJECT, path, { ...first, reason: `${first.reason}${more}` });
  }
  if (!outcome.success) throw file.fault(null, 'it cannot be read');
  return { path, folder: dirname(resolve(path)), file, content: outcome.data };
}

/** A colon and a space within a text, as of a header on a command line, begin something else in YAML. */
async function parseManifest(text: string, path: string): Promise<YamlFile> {
  try {
    return await parseYaml(text, path, SUBJECT);
  } catch (error) {
    if (!(error instanceof UsageError) || !/Nested mappings are not allowed|Implicit keys need/.test(error.problem)) throw error;
    throw new UsageError(`${error.problem}; a command line with ": " in it must be in quotes, or below "run: >-"`);
  }
}

function readText(path: string, refuse: ((reason: string) => UsageError) | null): string {
  try {
    return readTextFile(SUBJECT, path);
  } catch (error) {
    if (refuse === null || !(error instanceof UsageError)) throw error;
    throw refuse(error.problem.replace(/^manifest "[^"]*": /, ''));
  }
}

/**
 * The same content with the dollars of command lines doubled, so that they stand for themselves: variables come into words once there are words.
 * What is not where a command line is stays as it is.
 */
function withoutVariables(content: unknown): unknown {
  return mapAt(content, ['requirements', '*', 'cases', '*', 'checks', '*', 'run'], (run) =>
    typeof run === 'string' ? run.replaceAll('$', '$$$$') : run,
  );
}

/** In place of an expectation that is not held here, and lacks a variable that is known there alone. */
const NOT_HELD = { check: '*', is: 'pass' };

/**
 * The same content with another expectation for each that lacks a variable and is of a check that is made elsewhere. All others are checked as they
 * are. Before variables are put in their places: of what several aliases share, the fault is told once, which can be of a check that is made here.
 */
function withoutElsewhere(content: unknown, environment: Environment, from: string | null): unknown {
  if (from === null) return content;
  const expanded = (value: unknown) => expandVariables(value, environment);
  return mapAt(content, ['requirements', '*', 'cases', '*'], (one) =>
    mapAt(one, ['checks', '*'], (check) => {
      const place = expanded(entryOf(check, 'from') ?? entryOf(one, 'from')).content;
      if (typeof place !== 'string' || place === from) return check;
      return mapAt(check, ['expect', '*'], (expectation) => (expanded(expectation).faults.length === 0 ? expectation : NOT_HELD));
    }),
  );
}

function entryOf(map: unknown, key: string): unknown {
  return typeof map === 'object' && map !== null && Object.hasOwn(map, key) ? (map as Record<string, unknown>)[key] : undefined;
}

function mapAt(value: unknown, [key, ...rest]: readonly string[], change: (value: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (key === '*') return Array.isArray(value) ? value.map((entry) => mapAt(entry, rest, change)) : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return value;
  return { ...value, [key]: mapAt((value as Record<string, unknown>)[key], rest, change) };
}
