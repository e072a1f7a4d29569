import { TECHNICAL_WORDS } from './technical-words.js';
import { VOCABULARY } from './vocabulary.js';

/** Units and ordinals behind a number. */
const NUMBER_AND_UNIT =
  /^\d{1,12}(?:ms|us|ns|s|m|h|d|w|x|k|b|kb|mb|gb|tb|kib|mib|gib|bit|kbit|mbit|gbit|hz|khz|mhz|ghz|dbm|pps|rps|st|nd|rd|th)?$/;
/** Numbers as programs write them: `0x1301`, `v20`, `m4`, `p95`. */
const MARKED_NUMBER = /^(?:0x[0-9a-f]{1,8}|[vmp]\d{1,4})$/;
/** Together the digits of a text's word are no identifier, telephone or account number. */
const MOST_DIGITS = 14;

/**
 * Whether a word, or several joined by `-`, `_` or an apostrophe, are of netdiag's own texts or of the technical terms that it shows. All others may be a
 * name or a secret, so that a text is kept word for word only where netdiag could have written it itself.
 */
export function isOrdinary(words: string): boolean {
  if (words.replace(/\D/g, '').length > MOST_DIGITS) return false;
  return words.split(/[-_'’]/).every(isOrdinaryWord);
}

/** Whether it is one word of a text, so common that it can name nobody. */
export function isCommonWord(text: string): boolean {
  return /^[\p{L}\p{N}]+$/u.test(text) && isOrdinaryWord(text);
}

function isOrdinaryWord(part: string): boolean {
  const word = part.toLowerCase();
  return (
    word.length === 0 ||
    (word.length === 1 && /^[a-z0-9µ]$/.test(word)) ||
    VOCABULARY.has(word) ||
    TECHNICAL_WORDS.has(word) ||
    NUMBER_AND_UNIT.test(word) ||
    MARKED_NUMBER.test(word)
  );
}
