import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Document, LineCounter } from 'yaml';
import type { z } from 'zod';
import { POLICIES } from '../model/policy.js';
import type { Target } from '../model/target.js';
import { nearest } from './nearest.js';
import { oneLine } from './problems.js';
import { quotedValue } from './quoted-value.js';
import { readTarget } from './targets.js';
import { readTextFile } from './text-file.js';
import { UsageError } from './usage-error.js';
import { nestsTooDeeply } from './yaml-nesting.js';

/** What a configuration file says: `targets`, some of them with a name to call them by, and `profile`. */
export interface Configuration {
  path: string;
  targets: { name: string | null; target: Target }[];
  profile: string | null;
}

const FILE_NAMES = ['netdiag.yaml', 'netdiag.yml', 'netdiag.json'];
const MAXIMUM_FOLDERS = 64;
/** Enough for a file that repeats itself; an alias bomb needs millions. */
const MAXIMUM_ALIASES = 100;
const KEYS = { '': ['targets', 'profile'], targets: ['name', 'target'] } as const;

/** The nearest `netdiag.yaml`, `.yml` or `.json` in `folder` or above it; `null` where there is none. */
export function findConfiguration(folder: string): string | null {
  let current = resolve(folder);
  for (let depth = 0; depth < MAXIMUM_FOLDERS; depth++) {
    const found = FILE_NAMES.map((name) => join(current, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
    const parent = dirname(current);
    if (parent === current) return null;
    current = parent;
  }
  return null;
}

/** @throws UsageError that names the file, and line and column where they are known. */
export async function readConfiguration(path: string): Promise<Configuration> {
  return parseConfiguration(readTextFile('--config', path), path);
}

/** Reads YAML, of which JSON is a part. */
export async function parseConfiguration(text: string, path: string): Promise<Configuration> {
  const [yaml, { z }] = await Promise.all([import('yaml'), import('zod')]);
  const lines = new yaml.LineCounter();
  if (nestsTooDeeply(new yaml.Lexer().lex(text))) throw fault(path, lines, null, 'it is nested too deeply');
  let document: Document.Parsed;
  let content: unknown;
  try {
    document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
    const broken = document.errors[0];
    if (broken?.code === 'MULTIPLE_DOCS') throw fault(path, lines, broken.pos[0], 'it holds several YAML documents; one is accepted');
    if (broken !== undefined) throw fault(path, lines, broken.pos[0], `it is no YAML: ${oneLine(broken.message)}`);
    content = document.toJS({ maxAliasCount: MAXIMUM_ALIASES }) ?? {};
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // The parser's own limit.
    throw fault(path, lines, null, error instanceof ReferenceError ? 'it has too many aliases' : 'it is no YAML');
  }

  const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must be a name of letters, digits, "-" and "_"');
  const schema = z.strictObject({
    targets: z.array(z.union([z.string(), z.strictObject({ name, target: z.string() })])).optional(),
    profile: z.enum(Object.keys(POLICIES) as [string, ...string[]]).optional(),
  });
  const outcome = schema.safeParse(content);
  if (!outcome.success) {
    const issue = mostSpecific(outcome.error.issues);
    throw fault(path, lines, positionOf(document, issue), describe(issue, content));
  }

  const targets = (outcome.data.targets ?? []).map((entry, index) => {
    const where = place(path, lines, positionOf(document, { path: ['targets', index] }));
    const written = typeof entry === 'string' ? { name: null, target: entry } : entry;
    return { name: written.name, target: readTarget(written.target, `${where}: `) };
  });
  const names = targets.flatMap((entry) => (entry.name === null ? [] : [entry.name]));
  const twice = names.find((candidate, index) => names.indexOf(candidate) !== index);
  if (twice !== undefined) throw new UsageError(`${place(path, lines, null)}: two targets have the name ${quotedValue(twice)}`);
  return { path, targets, profile: outcome.data.profile ?? null };
}

type Issue = z.core.$ZodIssue;

/** Of an entry that fits none of the allowed forms, what is wrong with the form that it comes nearest to. */
function mostSpecific(issues: readonly Issue[]): Issue {
  const issue = issues[0] as Issue;
  if (issue.code !== 'invalid_union') return issue;
  const candidates = issue.errors.flat();
  // Where a key has another name, it is the missing one as well: what stands there says more than what does not.
  const nested =
    candidates.find((candidate) => candidate.code === 'unrecognized_keys') ??
    candidates.find((candidate) => candidate.code !== 'invalid_type' || candidate.path.length > 0);
  return nested === undefined ? issue : { ...nested, path: [...issue.path, ...nested.path] };
}

function describe(issue: Issue, content: unknown): string {
  const key = issue.path.map(String).join('.');
  const subject = key === '' ? 'it' : quotedValue(key);
  if (issue.code === 'unrecognized_keys') {
    const unknown = issue.keys[0] ?? '';
    const known = issue.path.length === 0 ? KEYS[''] : KEYS.targets;
    const near = nearest(unknown, known);
    return `${quotedValue(unknown)} is no key here; ${near === null ? `there are ${known.join(', ')}` : `did you mean ${near}?`}`;
  }
  if (key === 'profile') {
    const value: unknown = typeof content === 'object' && content !== null && 'profile' in content ? content.profile : '';
    return `profile ${quotedValue(String(value))}: must be one of ${Object.keys(POLICIES).join(', ')}`;
  }
  if (key === '') return 'it must be a map with the keys targets and profile';
  if (issue.code === 'invalid_union') return `${subject} must be a target, or a map with name and target`;
  return `${subject} ${oneLine(issue.message.replace(/^Invalid input: expected (\w+), received \w+$/, 'must be of type $1'))}`;
}

/** Offset in the text of what an issue is about: the key itself where it is unknown. */
function positionOf(document: Document.Parsed, issue: { path: PropertyKey[]; keys?: string[] } | Issue): number | null {
  const unknown = 'keys' in issue && Array.isArray(issue.keys) ? issue.keys[0] : undefined;
  for (let depth = issue.path.length; depth >= 0; depth--) {
    const node: unknown = depth === 0 ? document.contents : document.getIn(issue.path.slice(0, depth), true);
    if (depth === issue.path.length && unknown !== undefined && hasItems(node)) {
      const key = node.items
        .map((item) => (isPair(item) ? item.key : null))
        .find((candidate) => isScalar(candidate) && candidate.value === unknown);
      if (hasRange(key)) return key.range[0];
    }
    if (hasRange(node)) return node.range[0];
  }
  return null;
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

function hasItems(node: unknown): node is { items: unknown[] } {
  return typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items);
}

function isPair(item: unknown): item is { key: unknown } {
  return typeof item === 'object' && item !== null && 'key' in item;
}

function isScalar(node: unknown): node is { value: unknown } {
  return typeof node === 'object' && node !== null && 'value' in node;
}

function place(path: string, lines: LineCounter, offset: number | null): string {
  if (offset === null) return `config ${quotedValue(path)}`;
  const { line, col } = lines.linePos(offset);
  return `config ${quotedValue(path)} line ${line}, column ${col}`;
}

function fault(path: string, lines: LineCounter, offset: number | null, reason: string): UsageError {
  return new UsageError(`${place(path, lines, offset)}: ${reason}`);
}
