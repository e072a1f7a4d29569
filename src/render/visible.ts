import { escapeText } from './escape.js';

/** Beyond what a terminal obeys: what no page shows (tags that hide words among them), what no font has, and code points that are no characters. */
const UNSEEN = /[\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/gu;

/** Marks upon marks on one letter grow over the lines above and below. */
const PILED = /(?<=\p{M}{6})\p{M}/gu;

/** A record, banner or subject can be as long as a message; the JSON has it whole. */
const LONGEST_TEXT = 2000;

/**
 * A text of a report as one line for a page: what would act on a reader or cannot be seen is made visible (`\x1b`, `\u{e0041}`), and what is
 * too long is cut, and says by how much. Not yet escaped for any format.
 *
 * @param limit characters that are kept
 */
export function visibleText(text: string, limit = LONGEST_TEXT): string {
  if (text.length <= limit) return madeVisible(text);
  // Not through the middle of a surrogate pair.
  const kept = text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
  return `${madeVisible(kept)}… (${text.length - kept.length} more characters)`;
}

function madeVisible(text: string): string {
  return escapeText(text).replace(UNSEEN, byNumber).replace(PILED, byNumber);
}

function byNumber(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
