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
let pattern: RegExp | null = null;

/** @param variable name of the variable that has the value */
export function rememberSecret(variable: string, value: string): void {
  const written = `\${${variable}}`;
  for (const form of new Set([value, value.trim(), encodeURIComponent(value), hostForm(value)])) {
    if (form === null || form.length < SHORTEST || ANY_NUMBER.test(form)) continue;
    known.set(form.toLowerCase(), { value: form, written });
    pattern = null;
  }
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

/** The longest first: one can be a part of another. */
function patternOf(values: readonly string[]): RegExp {
  const escaped = [...values].sort((a, b) => b.length - a.length).map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(escaped.join('|'), 'gi');
}

function replaced(text: string, secrets: RegExp): string {
  return text.replace(secrets, (found) => known.get(found.toLowerCase())?.written ?? '***');
}

/** For a test: as if nothing had been read yet. */
export function forgetSecrets(): void {
  known.clear();
  pattern = null;
}
