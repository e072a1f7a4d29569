/**
 * What must not reach a terminal as it is: C0 and C1 controls, DEL, the line and paragraph separators, everything that changes the
 * direction of text or is invisible (Trojan Source, CVE-2021-42574), and halves of surrogate pairs.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is searched for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Makes what a terminal would obey, or would not show, visible: `\x1b`, `\u202e`. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, visible);
}

/** The same for text that is JSON already: each such character as the `\uXXXX` that a JSON reader turns back. */
export function escapeJson(json: string): string {
  // A newline is part of the layout of JSON; inside strings JSON.stringify has escaped it.
  return json.replace(UNSAFE, (character) => (character === '\n' ? character : unicodeEscape(character)));
}

const TYPOGRAPHY: Readonly<Record<string, string>> = {
  '✓': '+',
  '✗': 'x',
  '–': '-',
  '—': '-',
  '…': '...',
  '·': '-',
  '•': '*',
  '→': '->',
  '≤': '<=',
  '≥': '>=',
  '±': '+/-',
  '×': 'x',
  µ: 'u',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '°': ' deg',
  '\u00a0': ' ',
  '\u202f': ' ',
};

/** For terminals without UTF-8: typography by its nearest ASCII, every other character as `\u00fc`, so that no name turns into another. */
export function toAscii(text: string): string {
  return text.replace(/[^\n -~]/gu, (character) => TYPOGRAPHY[character] ?? [...asUtf16(character)].join(''));
}

function* asUtf16(character: string): Generator<string> {
  for (let index = 0; index < character.length; index++) yield unicodeEscape(character.charAt(index));
}

function visible(character: string): string {
  const code = character.charCodeAt(0);
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : unicodeEscape(character);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
