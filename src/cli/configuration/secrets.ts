import { escapeText } from '../../render/escape.js';

/**
 * Values that a configuration took out of the environment. They are secrets: wherever text leaves the program, the variable stands in their
 * place, as the file has it.
 */

/** Shorter ones are in any text by chance, and no secret. */
const SHORTEST = 4;
/** Numbers of ports are in any report, and no secret either. */
const ANY_NUMBER = /^\d{1,5}$/;

/** By their lower case, since host names change theirs. */
const known = new Map<string, { value: string; written: string }>();
let pattern: Pattern | null = null;

/** @param variable name of the variable that has the value */
export function rememberSecret(variable: string, value: string): void {
  const written = `\${${variable}}`;
  for (const form of formsOf(value)) {
    if (form === null || form.length < SHORTEST || ANY_NUMBER.test(form)) continue;
    known.set(form.toLowerCase(), { value: form, written });
    pattern = null;
  }
}

/** As it is, and as it comes out of texts that were written with it. */
function formsOf(value: string): Set<string | null> {
  const trimmed = value.trim();
  return new Set([
    value,
    trimmed,
    encodeURIComponent(value),
    hostForm(value),
    urlForm('http://a.example/', trimmed),
    urlForm('http://a.example/?', trimmed),
    urlForm('http://a.example/#', trimmed),
    new URLSearchParams({ '': value }).toString().slice(1),
    JSON.stringify(value).slice(1, -1),
    escapeText(value),
  ]);
}

/** As a part of an address. `null` where that makes something else of it, as of `../a`. */
function urlForm(before: string, value: string): string | null {
  try {
    const form = new URL(`${before}${value}`).href.slice(before.length);
    return decodeURIComponent(form) === value ? form : null;
  } catch {
    return null;
  }
}

/** Ids that a file has without variables: whatever the environment has, they stay. */
const literalIds = new Set<string>();

/** @param id as the file writes it */
export function rememberLiteralId(id: string): void {
  literalIds.add(id);
  pattern = null;
}

/** Whether a file has this id without variables. */
export function isLiteralId(id: string): boolean {
  return literalIds.has(id);
}

/** As the name of a host comes out of a target: in ASCII. */
function hostForm(value: string): string | null {
  if (!/[^ -~]/.test(value)) return null;
  try {
    return new URL(`http://${value}`).hostname;
  } catch {
    return null;
  }
}

/** All of them, with what is shown in their place: `${NAME}`. Other forms of a value are entries of their own. */
export function knownSecrets(): readonly { value: string; written: string }[] {
  return [...known.values()];
}

/** The text with each secret as it is written in the file. */
export function hideSecrets(text: string): string {
  if (known.size === 0) return text;
  pattern ??= patternOf([...known.keys()]);
  return replaced(text, pattern);
}

/** The same for many texts, in which some words are the program's own and tell nothing. `null` where there is nothing to hide. */
export function hiding(ownWords: ReadonlySet<string>): ((text: string) => string) | null {
  const values = [...known.keys()].filter((value) => !ownWords.has(value));
  if (values.length === 0) return null;
  const own = patternOf(values);
  return (text) => replaced(text, own);
}

interface Pattern {
  secrets: RegExp;
  /** Words in which a secret stands by chance: ids, and variables that stand in the place of secrets already. */
  kept: RegExp | null;
}

/** The longest first: one can be a part of another. */
function patternOf(values: readonly string[]): Pattern {
  const alternatives = (texts: readonly string[]) =>
    [...texts]
      .sort((a, b) => b.length - a.length)
      .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('|');
  const secrets = new RegExp(alternatives(values), 'gi');
  const hasOne = (text: string) => text.search(secrets) >= 0;
  // An id that is a secret as a whole would keep it in every text.
  const ids = [...literalIds].filter((id) => !known.has(id.toLowerCase()) && hasOne(id));
  const variables = [...new Set([...known.values()].map(({ written }) => written))].filter(hasOne);
  const kept = [
    ...(ids.length === 0 ? [] : [`(?<![\\w.-])(?:${alternatives(ids)})(?![\\w-])`]),
    ...(variables.length === 0 ? [] : [alternatives(variables)]),
  ];
  return { secrets, kept: kept.length === 0 ? null : new RegExp(`(${kept.join('|')})`) };
}

function replaced(text: string, { secrets, kept }: Pattern): string {
  const hide = (part: string) => part.replace(secrets, (found) => known.get(found.toLowerCase())?.written ?? '***');
  if (kept === null) return hide(text);
  // Every second part is one that is kept.
  return text
    .split(kept)
    .map((part, index) => (index % 2 === 1 ? part : hide(part)))
    .join('');
}

/** For a test: as if nothing had been read yet. */
export function forgetSecrets(): void {
  known.clear();
  literalIds.clear();
  pattern = null;
}
