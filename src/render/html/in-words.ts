import type { Say } from '../../words/index.js';

/** Elements whose text is code: the same in every language. */
const CODE = new Set(['code', 'style']);

/** Attributes that a reader hears or sees. */
const SPOKEN = / (aria-label|title|alt|data-title)="([^"]*)"/g;

/**
 * The page with all that is read in another language: the text between its tags, line by line, and what its attributes say. It must be source of
 * {@link html}, in which every "<" begins a tag and every text is escaped.
 */
export function pageInWords(source: string, say: Say): string {
  const open: string[] = [];
  return source
    .split(/(<[^>]*>)/)
    .map((piece) => {
      if (!piece.startsWith('<')) return open.some((name) => CODE.has(name)) ? piece : textInWords(piece, say);
      const [, closing = '', name = ''] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(piece) ?? [];
      const last = open.lastIndexOf(name);
      if (closing === '' && CODE.has(name)) open.push(name);
      else if (closing === '/' && last !== -1) open.splice(last);
      return piece.replace(SPOKEN, (_, attribute: string, value: string) => ` ${attribute}="${textInWords(value, say)}"`);
    })
    .join('');
}

function textInWords(text: string, say: Say): string {
  return text
    .split('\n')
    .map((line) => {
      const words = line.trim();
      if (words === '') return line;
      const said = say(unescaped(words));
      const start = line.indexOf(words);
      return `${line.slice(0, start)}${escaped(said)}${line.slice(start + words.length)}`;
    })
    .join('\n');
}

const CHARACTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** Its characters are those of a text that was made visible and cut already: a second time would cut it again. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => Object.keys(CHARACTERS).find((entity) => CHARACTERS[entity] === character) ?? '');
}

/** The same taken back. */
function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => CHARACTERS[entity] ?? entity);
}
