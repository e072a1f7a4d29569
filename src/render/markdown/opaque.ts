import * as markdown from './escape.js';

/**
 * What a report says, as Markdown, between marks that no text has: it is in the language of its reader already, and of the words of the program
 * around it another language is made afterwards. Texts of a report have no characters of private use; those are made visible.
 */
const [OPEN, CLOSE] = ['\ue010', '\ue011'];
const MARKED = new RegExp(`${OPEN}([^${OPEN}${CLOSE}]*)${CLOSE}`, 'g');

function marked(text: string): string {
  return text === '' ? '' : `${OPEN}${text}${CLOSE}`;
}

export function inline(text: string, place: markdown.Place = {}): string {
  return marked(markdown.inline(text, place));
}

export function code(text: string, place: markdown.Place = {}): string {
  return marked(markdown.code(text, place));
}

export function bold(text: string): string {
  return marked(markdown.bold(text));
}

/** The document as it is written. */
export function withoutMarks(text: string): string {
  return text.replaceAll(MARKED, '$1');
}

/** Lets the words around what is marked be said, in which that is one character each, and puts it back. */
export function aroundMarks(line: string, say: (text: string) => string): string {
  const inside: string[] = [];
  const around = line.replaceAll(MARKED, (_, text: string) => {
    inside.push(text);
    return String.fromCharCode(FIRST + inside.length - 1);
  });
  if (inside.length > MOST) return withoutMarks(line);
  return say(around).replaceAll(PLACES, (place) => inside[place.charCodeAt(0) - FIRST] ?? '');
}

const FIRST = 0xe100;
const MOST = 0x400;
const PLACES = /[\ue100-\ue4ff]/g;
