import type { Document, LineCounter } from 'yaml';
import type { z } from 'zod';
import { nearest } from './nearest.js';
import { oneLine } from './problems.js';
import { quotedValue } from './quoted-value.js';
import { UsageError } from './usage-error.js';
import { nestsTooDeeply } from './yaml-nesting.js';

/** Enough for a file that repeats itself; an alias bomb needs millions. */
const MAXIMUM_ALIASES = 100;

export type Issue = z.core.$ZodIssue;

/** A YAML text that was parsed, and where in it things stand. */
export interface YamlFile {
  content: unknown;
  /** What a complaint begins with: `config netdiag.yaml line 3, column 1`. */
  place(position: Position | null): string;
  fault(position: Position | null, reason: string): UsageError;
}

/** A place by its path within the content; `keys` are unknown ones there. */
export interface Position {
  path: PropertyKey[];
  keys?: string[];
}

/**
 * Reads YAML, of which JSON is a part, without running out of stack or memory.
 *
 * @param subject what the file is, in complaints: `config`, `--policy`
 * @throws UsageError that names the file, and line and column where they are known
 */
export async function parseYaml(text: string, path: string, subject: string): Promise<YamlFile> {
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const at = (offset: number | null) => placeOf(subject, path, lines, offset);
  const broken = (offset: number | null, reason: string) => new UsageError(`${at(offset)}: ${reason}`);
  if (nestsTooDeeply(new yaml.Lexer().lex(text))) throw broken(null, 'it is nested too deeply');
  let document: Document.Parsed;
  let content: unknown;
  try {
    document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
    const error = document.errors[0];
    if (error?.code === 'MULTIPLE_DOCS') throw broken(error.pos[0], 'it holds several YAML documents; one is accepted');
    if (error !== undefined) throw broken(error.pos[0], `it is no YAML: ${oneLine(error.message)}`);
    content = document.toJS({ maxAliasCount: MAXIMUM_ALIASES }) ?? {};
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // The parser's own limit.
    throw broken(null, error instanceof ReferenceError ? 'it has too many aliases' : 'it is no YAML');
  }
  const place = (position: Position | null) => at(position === null ? null : offsetOf(document, position));
  return { content, place, fault: (position, reason) => new UsageError(`${place(position)}: ${reason}`) };
}

/** The fault to name; of an entry that fits none of the allowed forms, what is wrong with the form that it comes nearest to. */
export function mostSpecific(issues: readonly Issue[]): Issue {
  // Where a key has another name, it is the missing one as well: what stands there says more than what does not.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? (issues[0] as Issue);
  if (issue.code !== 'invalid_union') return issue;
  const candidates = issue.errors.flat();
  const nested =
    candidates.find((candidate) => candidate.code === 'unrecognized_keys') ??
    candidates.find((candidate) => candidate.code !== 'invalid_type' || candidate.path.length > 0);
  return nested === undefined ? issue : { ...nested, path: [...issue.path, ...nested.path] };
}

/** A key that nobody knows, with the one that it may stand for. */
export function unknownKey(unknown: string, known: readonly string[]): string {
  const near = nearest(unknown, known);
  return `${quotedValue(unknown)} is no key here; ${near === null ? `there are ${known.join(', ')}` : `did you mean ${near}?`}`;
}

/** What zod says of a value, in our words. */
export function wrongValue(subject: string, issue: Issue): string {
  if (issue.code === 'invalid_type' && / received undefined$/.test(issue.message)) return `${subject} is missing`;
  return `${subject} ${oneLine(issue.message.replace(/^Invalid input: expected (\w+), received \w+$/, 'must be of type $1'))}`;
}

/** Offset in the text of what an issue is about: the key itself where it is unknown. */
function offsetOf(document: Document.Parsed, position: Position): number | null {
  const unknown = position.keys?.[0];
  for (let depth = position.path.length; depth >= 0; depth--) {
    const node: unknown = depth === 0 ? document.contents : document.getIn(position.path.slice(0, depth), true);
    if (depth === position.path.length && unknown !== undefined && hasItems(node)) {
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

function placeOf(subject: string, path: string, lines: LineCounter, offset: number | null): string {
  if (offset === null) return `${subject} ${quotedValue(path)}`;
  const { line, col } = lines.linePos(offset);
  return `${subject} ${quotedValue(path)} line ${line}, column ${col}`;
}
