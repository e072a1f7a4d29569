import { ACCEPTED_TARGETS, AT_SIGNS } from '../../model/target.js';
import { escapeText } from '../../render/escape.js';
import { nearest } from '../nearest.js';
import { oneLine } from '../problems.js';
import { quotedValue } from '../quoted-value.js';
import { type Issue, type Mistake, unknownKey, type YamlFile } from '../yaml-file.js';

/** What a complaint about a file needs of it. */
export interface Subject {
  file: YamlFile;
  /** With variables in their places. What is quoted is the file's own text, never this. */
  content: unknown;
  /** The keys that a map has at a place. */
  keysAt(path: readonly PropertyKey[]): string[];
}

/** Everything that validation found, in words, each with its place. */
export function mistakesOf(issues: readonly Issue[], subject: Subject): Mistake[] {
  const leaves = issues.flatMap((issue) => leavesOf(issue, subject.content));
  return leaves.filter((issue) => !isMisspelt(issue, leaves, subject)).flatMap((issue) => describe(issue, subject));
}

/** Whether what is missing stands there by a name that is nearly right, which is complained of itself. */
function isMisspelt({ path }: Issue, issues: readonly Issue[], { content }: Subject): boolean {
  const key = path.at(-1);
  if (typeof key !== 'string' || valueAt(content, path) !== undefined) return false;
  const map = JSON.stringify(path.slice(0, -1));
  return issues.some(
    (issue) =>
      issue.code === 'unrecognized_keys' &&
      JSON.stringify(issue.path) === map &&
      issue.keys.some((other) => nearest(other, [key]) !== null),
  );
}

/** Of a value that fits none of the forms that it can have: what is wrong with the form that it was meant to have, where that can be told. */
function leavesOf(issue: Issue, content: unknown): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.filter((errors) => !errors.some(isOfAnotherType));
  const [errors] = meant;
  if (errors === undefined || (meant.length > 1 && typeof valueAt(content, issue.path) !== 'object')) return [issue];
  return errors.flatMap((inner) => leavesOf({ ...inner, path: [...issue.path, ...inner.path] } as Issue, content));
}

/** A form of another type altogether was not meant. */
function isOfAnotherType(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  return issue.code === 'invalid_type' || (issue.code === 'invalid_union' && issue.errors.every((errors) => errors.some(isOfAnotherType)));
}

function describe(issue: Issue, { file, content, keysAt }: Subject): Mistake[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(path);
    return issue.keys.map((key) => file.mistake({ path, keys: [key] }, unknownKey(key, known)));
  }
  if (issue.code === 'invalid_key') {
    const key = String(path.at(-1) ?? '');
    const [inner] = issue.issues;
    return [
      file.mistake({ path: path.slice(0, -1), keys: [key] }, `${quotedValue(key)} ${messageOf(inner?.message ?? 'must not be a key')}`),
    ];
  }
  if (path.length === 0) return [file.mistake({ path }, `it must be a map with the keys ${keysAt([]).join(', ')}`)];
  if (valueAt(content, path) === undefined) return [file.mistake({ path }, `${keyText(path)} is missing`)];
  return [file.mistake({ path }, sentence(path, file, issue.message))];
}

function sentence(path: readonly PropertyKey[], file: YamlFile, message: string): string {
  const written = writtenAt(file, path);
  const reason = messageOf(message);
  if (isTarget(path) && written !== null && !reason.startsWith('must be ')) {
    return `target ${quotedValue(written)}: ${withoutQuotes(reason, written)}; accepted: ${ACCEPTED_TARGETS}`;
  }
  return `${keyText(path)}${written === null ? '' : ` ${quotedValue(written)}`}: ${reason}`;
}

const HAS_AT = new RegExp(`[${AT_SIGNS}]|%40|\\$\\{`);

/** What the reader of targets quotes of one can be a password, or a variable. */
function withoutQuotes(reason: string, written: string): string {
  return HAS_AT.test(written) ? reason.replaceAll(/ "[^"]*"/g, '') : reason;
}

function isTarget(path: readonly PropertyKey[]): boolean {
  return path[0] === 'targets' && (path.length === 2 || (path.length === 3 && path[2] === 'target'));
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

function messageOf(message: string): string {
  const [, type] = /^Invalid input: expected (\w+), received \w+$/.exec(message) ?? [];
  return oneLine(type === undefined ? message : `must be ${TYPES[type] ?? type}`);
}

/** `targets[1].budget.loss`. */
export function keyText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const short = text.replace(/^\./, '');
  return escapeText(short.length <= 100 ? short : `${short.slice(0, 100)}...`);
}

/** A text or number as the file has it, variables unexpanded; `null` where a list or a map stands there. */
export function writtenAt({ content }: YamlFile, path: readonly PropertyKey[]): string | null {
  const value = valueAt(content, path);
  return value === undefined || (typeof value === 'object' && value !== null) ? null : String(value);
}

export function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  let value = content;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
