// Writes src/report/redact/vocabulary.ts: the words of which netdiag's own texts are made, from the strings of its source. A redacted report shows these
// and no others, so that the list has to be made anew whenever a text gets a new word; the build does.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OUTPUT = 'report/redact/vocabulary.ts';
/** Not texts of reports: the lab, what formats and shells are made of, other languages, and the list itself. */
const NO_TEXTS = /^(?:lab|render|words|report\/redact|cli\/(?:completion|manual))\//;
const WIDTH = 138;
/** A slash behind one of these begins a regular expression; elsewhere it divides. */
const BEFORE_PATTERN = /(?:^|[(,=:[!&|?{};>]|return)$/;

/** The strings of a source file: of templates the fixed parts. */
function stringsOf(source) {
  const strings = [];
  let current = null;
  /** What each open `${` of a template has to come back to. */
  const templates = [];
  for (let index = 0; index < source.length; index++) {
    const character = source[index];
    if (current === null) {
      if (source.startsWith('//', index)) index = endOf(source, '\n', index);
      else if (source.startsWith('/*', index)) index = endOf(source, '*/', index) + 1;
      else if (character === '/' && BEFORE_PATTERN.test(source.slice(Math.max(0, index - 40), index).trimEnd()))
        index = endOfPattern(source, index);
      else if (character === "'" || character === '"' || character === '`') current = { quote: character, text: '' };
      else if (character === '{' && templates.length > 0) templates[templates.length - 1]++;
      else if (character === '}' && templates.length > 0) {
        if (templates[templates.length - 1] > 0) templates[templates.length - 1]--;
        else {
          templates.pop();
          current = { quote: '`', text: '' };
        }
      }
      continue;
    }
    const ends = character === current.quote || (current.quote !== '`' && character === '\n');
    const opens = current.quote === '`' && source.startsWith('${', index);
    if (ends || opens) {
      strings.push(current.text);
      current = null;
      if (opens) {
        templates.push(0);
        index++;
      }
    } else if (character === '\\') {
      current.text += ' ';
      index++;
    } else current.text += character;
  }
  return strings;
}

/** Of a regular expression: a quotation mark in it begins no string. */
function endOfPattern(source, from) {
  let inClass = false;
  for (let index = from + 1; index < source.length; index++) {
    const character = source[index];
    if (character === '\n') return from;
    if (character === '\\') index++;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) return index;
  }
  return from;
}

function endOf(source, mark, from) {
  const end = source.indexOf(mark, from);
  return end < 0 ? source.length : end;
}

/** Not what is made of hexadecimal digits, nor keys and digests that something is compared with. */
function isWord(text) {
  return (
    text.length > 1 && (text.length <= 24 || /^\p{L}{1,40}$/u.test(text)) && /^\p{L}/u.test(text) && !/^[0-9a-f]*\d[0-9a-f]*$/i.test(text)
  );
}

/** Every word of the strings below `folder`, in small letters and in order. */
export function wordsOfSource(folder) {
  const words = new Set();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = file.replaceAll('\\', '/');
    if (!path.endsWith('.ts') || NO_TEXTS.test(path)) continue;
    for (const text of stringsOf(readFileSync(`${folder}/${file}`, 'utf8')))
      for (const [word] of text.matchAll(/[\p{L}\p{N}]+/gu)) if (isWord(word)) words.add(word.toLowerCase());
  }
  return [...words].sort();
}

function moduleOf(words) {
  const lines = [];
  let line = '';
  for (const word of words) {
    if (line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = '';
    }
    line += `${line === '' ? '' : ' '}${word}`;
  }
  lines.push(line);
  return `/** Made by scripts/vocabulary.mjs from the strings of src: the words of netdiag's own texts, in small letters. */
export const VOCABULARY: ReadonlySet<string> = new Set(
  \`
${lines.join('\n')}
\`.split(/\\s+/),
);
`;
}

/** @returns whether the file was another one before */
export function writeVocabulary(source) {
  const made = moduleOf(wordsOfSource(source));
  const path = `${source}/${OUTPUT}`;
  let before = '';
  try {
    before = readFileSync(path, 'utf8');
  } catch {
    // The first time there is none.
  }
  if (made === before) return false;
  writeFileSync(path, made);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const changed = writeVocabulary(fileURLToPath(new URL('../src', import.meta.url)));
  console.log(changed ? 'the vocabulary was written anew' : 'the vocabulary is up to date');
}
