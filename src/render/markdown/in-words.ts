import type { Say } from '../../words/index.js';
import { aroundMarks } from './opaque.js';

/** What stands in front of the text of a line: of a heading, a list, a quotation. */
const LEAD = /^(?:#{1,6} |- |> |\d+\. )/;

/**
 * A document with the texts of the program in another language: its headings, the heads of its columns and the words around what the report
 * says, which is in that language by then. Blocks of code with commands stay as they are.
 */
export function documentInWords(source: string, say: Say): string {
  let fence: string | null = null;
  return source
    .split('\n')
    .map((line) => {
      const [mark] = /^`{3,}/.exec(line) ?? [];
      if (fence !== null) {
        if (mark === fence) fence = null;
        return line;
      }
      if (mark === undefined) return aroundMarks(line, (text) => lineInWords(text, say));
      fence = mark;
      return line;
    })
    .join('\n');
}

function lineInWords(line: string, say: Say): string {
  const summary = /^<summary>(.*)<\/summary>$/.exec(line)?.[1];
  if (summary !== undefined) return `<summary>${say(summary)}</summary>`;
  if (line.startsWith('|')) return /^[| :-]*$/.test(line) ? line : cellsInWords(line, say);
  const whole = say(line);
  if (whole !== line && line.startsWith('#')) return whole;
  const lead = LEAD.exec(line)?.[0] ?? '';
  return `${lead}${boldInWords(line.slice(lead.length), say)}`;
}

/** Words of the program between stars are a text of their own. */
function boldInWords(text: string, say: Say): string {
  return text
    .split(/(\*\*[^*]*\*\*)/)
    .map((part) => (part.startsWith('**') ? `**${say(part.slice(2, -2))}**` : say(part)))
    .join('');
}

function cellsInWords(row: string, say: Say): string {
  return row
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replace(/^( *)(.*?)( *)$/, (_, before: string, text: string, behind: string) => `${before}${say(text)}${behind}`))
    .join('|');
}
