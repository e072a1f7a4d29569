import type { Document, LineCounter, Node } from 'yaml';
import type { z } from 'zod';
import { nearest } from './nearest.js';
import { oneLine } from './problems.js';
import { quotedPath, quotedValue } from './quoted-value.js';
import { UsageError } from './usage-error.js';
import { nestsTooDeeply } from './yaml-nesting.js';

/** Enough for a file that repeats itself; an alias bomb needs millions. */
const MAXIMUM_ALIASES = 100;

/** Values once every alias is put in its place. Each alias is bounded by itself, so that many of them could still make much of little. */
const MAXIMUM_VALUES = 200_000;

const TOO_MANY_VALUES = 'it has too many values, or too many once its aliases are in place';

/** A megabyte of lines has a third of them; a parser takes a second for so many. */
const MAXIMUM_TOKENS = 500_000;

export type Issue = z.core.$ZodIssue;

/** Something wrong in a file. Lines and columns count from 1; `null`: it is about the file as a whole. */
export interface Mistake {
  line: number | null;
  column: number | null;
  reason: string;
}

/** A YAML text that was parsed, and where in it things stand. */
export interface YamlFile {
  content: unknown;
  /** What a complaint begins with: `config "netdiag.yaml" line 3, column 1`. */
  place(position: Position | null): string;
  fault(position: Position | null, reason: string): UsageError;
  mistake(position: Position | null, reason: string): Mistake;
}

/** A place by its path within the content. */
export interface Position {
  path: PropertyKey[];
  /** Unknown ones of the map there: the place is that of the first. */
  keys?: string[];
  /** A part of the text there, as the file has it: the place is that of its first occurrence. */
  part?: string;
}

/**
 * Reads YAML, of which JSON is a part, without running out of stack or memory.
 *
 * @param subject what the file is, in complaints: `config`, `--policy`
 * @throws UsageError that names the file, and line and column where they are known
 */
export async function parseYaml(text: string, path: string, subject: string): Promise<YamlFile> {
  const { file, mistakes } = await readYaml(text, path, subject);
  const [first] = mistakes;
  if (file === null || first !== undefined) throw mistakeError(subject, path, first ?? { ...NOWHERE, reason: 'it is no YAML' });
  return file;
}

/** The error for one mistake of a file. */
export function mistakeError(subject: string, path: string, { reason, ...where }: Mistake): UsageError {
  return new UsageError(`${placeText(subject, path, where)}: ${reason}`);
}

type Where = Pick<Mistake, 'line' | 'column'>;

const NOWHERE: Where = { line: null, column: null };

/** The same with all that is wrong with the YAML itself. `file` is `null` where no content can be made of it. */
export async function readYaml(text: string, path: string, subject: string): Promise<{ file: YamlFile | null; mistakes: Mistake[] }> {
  const nul = text.indexOf('\0');
  // No text has one, and what is behind it some editors do not show.
  if (nul >= 0) return broken(whereIn(text, nul), 'it holds a NUL byte, which no text in UTF-8 has');
  const yaml = await import('yaml');
  const tokens = new Tokens(new yaml.Lexer().lex(text));
  if (nestsTooDeeply(tokens)) return broken(NOWHERE, 'it is nested too deeply');
  if (tokens.tooMany) return broken(NOWHERE, TOO_MANY_VALUES);
  const lines = new yaml.LineCounter();
  let document: Document.Parsed;
  let content: unknown;
  const mistakes: Mistake[] = [];
  try {
    document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
    const several = document.errors.find(({ code }) => code === 'MULTIPLE_DOCS');
    if (several !== undefined) return broken(whereAt(lines, several.pos[0]), 'it holds several YAML documents; one is accepted');
    for (const { message, pos } of [...document.errors, ...document.warnings]) {
      mistakes.push({ ...whereAt(lines, pos[0]), reason: `it is no YAML: ${oneLine(message)}` });
    }
    // What stands there twice leaves the rest to be read.
    if (document.errors.some(({ code }) => code !== 'DUPLICATE_KEY')) return { file: null, mistakes };
    const endless = aliasInItself(document, yaml.visit);
    if (endless !== null) return broken(whereAt(lines, endless), 'an alias stands within what it repeats, which would have no end');
    content = document.toJS({ maxAliasCount: MAXIMUM_ALIASES }) ?? {};
  } catch (error) {
    // The parser's own limit.
    return broken(NOWHERE, error instanceof ReferenceError ? 'it has too many aliases' : 'it is no YAML');
  }
  if (exceeds(content, MAXIMUM_VALUES)) return broken(NOWHERE, TOO_MANY_VALUES);
  const where = (position: Position | null) => (position === null ? NOWHERE : whereAt(lines, offsetOf(document, position, text)));
  const place = (position: Position | null) => placeText(subject, path, where(position));
  const file: YamlFile = {
    content,
    place,
    fault: (position, reason) => new UsageError(`${place(position)}: ${reason}`),
    mistake: (position, reason) => ({ ...where(position), reason }),
  };
  return { file, mistakes };
}

/** The tokens of a text as far as there are not too many. */
class Tokens implements Iterable<string> {
  tooMany = false;
  readonly #tokens: Iterable<string>;

  constructor(tokens: Iterable<string>) {
    this.#tokens = tokens;
  }

  *[Symbol.iterator](): Generator<string> {
    let count = 0;
    for (const token of this.#tokens) {
      this.tooMany = ++count > MAXIMUM_TOKENS;
      if (this.tooMany) return;
      yield token;
    }
  }
}

function broken(where: Where, reason: string): { file: null; mistakes: Mistake[] } {
  return { file: null, mistakes: [{ ...where, reason }] };
}

/**
 * Offset of an alias to something that it is a part of; `null`: there is none. An alias repeats what stands before it, so that no other one leads back
 * to itself.
 */
function aliasInItself(document: Document.Parsed, visit: typeof import('yaml').visit): number | null {
  const anchored = new Map<string, Node>();
  let found: number | null = null;
  const remember = (node: Node & { anchor?: string | undefined }): void => {
    if (node.anchor !== undefined) anchored.set(node.anchor, node);
  };
  visit(document, {
    Collection: (_, node) => remember(node),
    Scalar: (_, node) => remember(node),
    Alias: (_, node, path) => {
      const repeated = anchored.get(node.source);
      if (repeated === undefined || !path.includes(repeated)) return undefined;
      found = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

/** Whether there are more values in it than that. Nesting is bounded by then. */
function exceeds(content: unknown, most: number): boolean {
  let left = most;
  const visit = (value: unknown): void => {
    if (--left < 0 || typeof value !== 'object' || value === null) return;
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(content);
  return left < 0;
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
function offsetOf(document: Document.Parsed, position: Position, text: string): number | null {
  const unknown = position.keys?.[0];
  for (let depth = position.path.length; depth >= 0; depth--) {
    const node: unknown = depth === 0 ? document.contents : document.getIn(position.path.slice(0, depth), true);
    if (depth === position.path.length && unknown !== undefined && hasItems(node)) {
      const key = node.items
        .map((item) => (isPair(item) ? item.key : null))
        .find((candidate) => isScalar(candidate) && candidate.value === unknown);
      if (hasRange(key)) return key.range[0];
    }
    if (hasRange(node)) {
      const [start, end] = node.range;
      const part = position.part === undefined ? -1 : text.slice(start, end).indexOf(position.part);
      return start + Math.max(0, part);
    }
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

function whereAt(lines: LineCounter, offset: number | null): Where {
  if (offset === null) return NOWHERE;
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function whereIn(text: string, offset: number): Where {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function placeText(subject: string, path: string, { line, column }: Where): string {
  return line === null ? `${subject} ${quotedPath(path)}` : `${subject} ${quotedPath(path)} line ${line}, column ${column}`;
}
