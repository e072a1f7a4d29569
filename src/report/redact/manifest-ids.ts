import { isOrdinary } from './ordinary-words.js';
import type { Pseudonyms } from './pseudonyms.js';

/** What ids of requirements and test cases begin with by custom. */
const PREFIXES: ReadonlySet<string> = new Set('ac fr nfr req sla slo srs sys tc ts uc us'.split(' '));

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\.[A-Za-z0-9_-]{1,64}){0,9}$/;
/** Parts of an id that are numbers; with more of them it could be an address or a telephone number. */
const MOST_NUMBERS = 2;
const SHORT_NUMBER = /^\d{1,4}$/;

/**
 * The id of a requirement, a case or a check of a manifest with words in it that are nobody's name: those that netdiag uses itself, customary prefixes
 * and short numbers stay, so that `SYS-NETWORK-002` is what the ticket calls it.
 *
 * @returns `null`: it looks like something else
 */
export function manifestIdPseudonym(id: string, pseudonyms: Pseudonyms): string | null {
  if (!ID.test(id) || !/[A-Za-z]/.test(id)) return null;
  const parts = id.split(/([._-])/);
  if (parts.filter((part) => /^\d+$/.test(part)).length > MOST_NUMBERS) return pseudonyms.word('word', id.toLowerCase());
  return parts
    .map((part, index) => {
      if (index % 2 === 1 || part === '' || SHORT_NUMBER.test(part)) return part;
      if (PREFIXES.has(part.toLowerCase()) || (/^[A-Za-z]+$/.test(part) && isOrdinary(part))) return part;
      return pseudonyms.word('word', part.toLowerCase());
    })
    .join('');
}
