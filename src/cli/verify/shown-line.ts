import { HIDDEN, isSecretField, redactUrl } from '../../wire/http/redaction.js';
import type { Word } from './words.js';

/** Flags whose value is a field of a request: `Name: value`. */
const FIELD_FLAGS: ReadonlySet<string> = new Set(['--header', '-H']);

/** The short flag with its value behind it in one word, maybe behind others: `-HName: value`. */
const JOINED_FIELD = /^(-[A-Za-z0-9]*?H=?)([^=].*)$/s;

/**
 * A command line as a report may show it: variables are left as the file has them, and what the file itself has of credentials, tokens and values of
 * queries is hidden.
 */
export function shownLine(words: readonly Word[]): string {
  return words
    .map(({ text }, index) => {
      const [, joined, field] = JOINED_FIELD.exec(text) ?? [];
      if (joined !== undefined && field !== undefined) return quoted(`${joined}${shownField(field)}`);
      const [flag = '', value] = splitFlag(text);
      if (value !== undefined && FIELD_FLAGS.has(flag)) return quoted(`${flag}=${shownField(value)}`);
      return quoted(FIELD_FLAGS.has(words[index - 1]?.text ?? '') ? shownField(text) : withVariables(text, redactUrl));
    })
    .join(' ');
}

function splitFlag(text: string): [string, string?] {
  const equals = text.startsWith('-') ? text.indexOf('=') : -1;
  return equals < 0 ? [text] : [text.slice(0, equals), text.slice(equals + 1)];
}

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-[^}]*)?\}/g;

/** What is a variable as a whole is no secret: its name is all that it tells. A scheme before it tells nothing either. */
function shownField(field: string): string {
  const colon = field.indexOf(':');
  const name = field.slice(0, Math.max(0, colon)).trim();
  if (colon < 0 || !isSecretField(name)) return withVariables(field, redactUrl);
  const value = field.slice(colon + 1).trim();
  const bare = value.replace(VARIABLE, (_, variable: string) => `\${${variable}}`);
  return /^(?:[A-Za-z]+ +)?\$\{[A-Za-z0-9_]+\}$/.test(bare) ? `${name}: ${bare}` : `${name}: ${HIDDEN}`;
}

/** Variables stand for themselves, whatever is hidden around them: a default in one can look like anything. */
function withVariables(text: string, hide: (text: string) => string): string {
  const variables: string[] = [];
  const marked = text.replace(VARIABLE, (variable) => {
    variables.push(variable);
    return `\ue000${variables.length - 1}\ue001`;
  });
  return hide(marked).replace(/\ue000(\d+)\ue001/g, (_, index: string) => variables[Number(index)] ?? '');
}

/** As it could be typed again. */
function quoted(text: string): string {
  const plain = text.replaceAll('$$', '$');
  return plain !== '' && /^[^\s"'\\`|&;<>]+$/.test(plain) ? plain : `"${plain.replace(/["\\`]/g, '\\$&')}"`;
}
