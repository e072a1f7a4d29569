import type { Say } from '../../words/index.js';
import { escapeHtml } from './escape.js';

/** Elements whose text is code: the same in every language. */
const CODE = new Set(['code', 'style']);

/** Attributes that a reader hears or sees. */
const SPOKEN = / (aria-label|title|alt|data-label)="([^"]*)"/g;

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
      if (closing === '/') open.splice(open.lastIndexOf(name));
      else if (CODE.has(name)) open.push(name);
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
      return `${line.slice(0, start)}${escapeHtml(said)}${line.slice(start + words.length)}`;
    })
    .join('\n');
}

const CHARACTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** What {@link escapeHtml} made of it, taken back. */
function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => CHARACTERS[entity] ?? entity);
}
