import type { Span } from '../../model/packet-filter.js';
import { addressNumber, networkSpan } from './packet-values.js';

/** A rule with more words than these is cut off there: what follows is not read. */
const WORD_LIMIT = 2000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** One word or quoted text each; inside quotes a backslash takes the next character as it is. Bounded; never throws. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  // By hand: there can be tens of thousands of rules, and each is cut up.
  for (let at = 0; at < text.length && words.length < WORD_LIMIT; ) {
    if (isSpace(text.charCodeAt(at))) {
      at++;
      continue;
    }
    if (text.charCodeAt(at) === QUOTE) {
      let end = at + 1;
      while (end < text.length && text.charCodeAt(end) !== QUOTE) end += text.charCodeAt(end) === BACKSLASH ? 2 : 1;
      const quoted = text.slice(at + 1, end);
      words.push(quoted.includes('\\') ? quoted.replace(/\\(.)/gs, '$1') : quoted);
      at = end + 1;
      continue;
    }
    let end = at + 1;
    while (end < text.length && !isSpace(text.charCodeAt(end))) end++;
    words.push(text.slice(at, end));
    at = end;
  }
  return words;
}

/** The words of one rule, in turn. */
export class RuleWords {
  readonly #words: readonly string[];
  #next = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  take(): string | undefined {
    return this.#words[this.#next++];
  }

  look(): string | undefined {
    return this.#words[this.#next];
  }

  /** The words up to the next option, for an option that is not known. */
  skipValues(): void {
    for (let word = this.look(); word !== undefined && word !== '!' && !/^-{1,2}[a-z]/i.test(word); word = this.look()) this.#next++;
  }
}

/** `10.0.0.0/8`, `10.0.0.1/255.255.255.0`, an address alone. */
export function networkOf(text: string): Span | null {
  const [address = '', length] = text.split('/');
  const bits = address.includes(':') ? 128 : 32;
  if (length === undefined) return networkSpan(address, bits);
  if (/^\d{1,3}$/.test(length)) return networkSpan(address, Number(length));
  const mask = addressNumber(length);
  if (mask === null) return null;
  const ones = mask.toString(2).padStart(bits, '0');
  // Masks with holes are allowed, and nobody has them.
  return /^1*0*$/.test(ones) ? networkSpan(address, ones.replace(/0+$/, '').length) : null;
}
