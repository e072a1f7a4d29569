import { visibleText } from '../visible.js';

/**
 * Text of a report as Markdown (CommonMark and GitHub's additions). Nothing of it comes alive: no emphasis, link, picture or HTML, and none of
 * what forges add to text behind the back of Markdown, where a backslash does not help: mentions (`@name`), references (`#1`, `GH-1`, `!1`,
 * commits), bare addresses, emoji by name (`:100:`). So words that are plain to see are left as they are, and everything else becomes code,
 * in which all of them leave text alone. It reads well as it stands, too, in a mail.
 */

/** A text takes no more: a ticket is no place for more. */
const LONGEST_TEXT = 400;

/** Letters and digits, with single hyphens, apostrophes and slashes inside, and numbers with a point. Punctuation around it acts on nothing. */
const PLAIN =
  /^["'“‘(]*[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’/-][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*(?:(?<=\p{Nd})\.\p{Nd}+)?["'”’)]*[.,;:?…]?["'”’)]*$/u;

/** Signs that stand alone between words. */
const SIGNS = /^[–—·…%±≤≥×→✓✗]\)?[.,;:]?$/u;

/** What looks plain, and is a reference to GitHub (`GH-1`), Jira (`KEY-1`) or a commit. */
const REFERENCE = /\p{L}[\p{L}\p{N}]*-\d|(?<![A-Za-z0-9_])[0-9a-f]{7,}(?![A-Za-z0-9_])/u;

/** At the beginning of a line it would begin a list. */
const LIST_NUMBER = /^\d+[.)]$/;

export interface Place {
  /** In a row of a table, a bar ends the cell, even within code. */
  inTable?: boolean;
}

/** A text for the middle or the end of a line. */
export function inline(text: string, place: Place = {}): string {
  const words = visibleText(text, LONGEST_TEXT)
    .split(/\s+/u)
    .filter((word) => word !== '');
  let markdown = '';
  let risky: string[] = [];
  const flush = () => {
    if (risky.length > 0) markdown += code(risky.join(' '), place);
    risky = [];
  };
  for (const [index, word] of words.entries()) {
    const plain = isPlain(word) && !(index === 0 && LIST_NUMBER.test(word));
    const { before, core, after } = plain ? { before: '', core: '', after: word } : peeled(word);
    // Risky words in a row are one piece of code, unless punctuation stands between them.
    if (plain || before !== '') flush();
    if (index > 0 && risky.length === 0) markdown += ' ';
    markdown += before;
    if (core !== '') risky.push(core);
    if (after !== '') {
      flush();
      markdown += after;
    }
  }
  flush();
  return markdown;
}

function isPlain(word: string): boolean {
  return SIGNS.test(word) || (PLAIN.test(word) && !REFERENCE.test(word));
}

/** Takes brackets and punctuation of the sentence off a word that becomes code. */
function peeled(word: string): { before: string; core: string; after: string } {
  const before = /^\((?=.)/.test(word) ? '(' : '';
  const rest = word.slice(before.length);
  const closes = rest.includes('(') ? /[.,;]$|(?<=[^:]):$/ : /\)?[.,;]$|\)?(?<=[^:]):$|\)$/;
  const after = closes.exec(rest)?.[0] ?? '';
  const core = rest.slice(0, rest.length - after.length);
  return core === '' ? { before: '', core: word, after: '' } : { before, core, after };
}

/** A text as code within a line. */
export function code(text: string, { inTable = false }: Place = {}): string {
  const shown = visibleText(text, LONGEST_TEXT).replace(/\s+/gu, ' ').trim();
  if (shown === '') return '';
  // A bar behind a backslash could not be escaped by one more: each pair of them is one character to the table.
  const held = inTable ? shown.replace(/\\*\|/g, (bars) => (bars === '|' ? '\\|' : `${bars.slice(0, -1)}\\x7c`)) : shown;
  const fence = '`'.repeat(longestRun(held) + 1);
  const gap = held.startsWith('`') || held.endsWith('`') ? ' ' : '';
  return `${fence}${gap}${held}${gap}${fence}`;
}

/** A text in bold letters, as a paragraph of its own. */
export function bold(text: string): string {
  const shown = inline(text);
  // Stars around nothing are a line across the page.
  return shown === '' ? '' : `**${shown}**`;
}

/** Lines as a block of code, between fences that are longer than any in it. */
export function fenced(lines: readonly string[], language: 'sh' | 'powershell' | 'text'): string {
  const shown = lines.map((line) => visibleText(line, LONGEST_LINE));
  const fence = '`'.repeat(Math.max(3, ...shown.map((line) => longestRun(line) + 1)));
  return [`${fence}${language}`, ...shown, fence].join('\n');
}

const LONGEST_LINE = 2000;

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
