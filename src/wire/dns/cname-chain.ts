import { type Parsed, parsed, refused } from '../parsed.js';
import { nameKey } from './name.js';

/** Aliases that are followed from one name to the next: resolvers give up at about as many, and a loop ends here. */
const MAXIMUM_ALIASES = 16;
/** Addresses of one name that are of use to anybody. */
const MAXIMUM_ADDRESSES = 64;

/** As a DNS message or a measurement holds it. Names are in the decoder's own spelling, but for a final dot and the case. */
export interface AnswerRecord {
  name: string;
  type: string;
  data: string;
}

/**
 * The data of the records of `type` that `name` has in an answer, by way of its aliases (RFC 1034 section 3.6.2). Records of other names are
 * ignored. Empty where the name, or the last alias, has none: a resolver puts the whole chain in one answer, so nothing is asked for again.
 */
export function followAliases(name: string, type: string, answers: readonly AnswerRecord[]): Parsed<string[]> {
  const records = new Map<string, { data: string[]; alias: string | null }>();
  for (const answer of answers) {
    const key = answer.name.toLowerCase();
    const entry = records.get(key) ?? { data: [], alias: null };
    if (answer.type === type && entry.data.length < MAXIMUM_ADDRESSES) entry.data.push(answer.data);
    else if (answer.type === 'CNAME') entry.alias ??= answer.data.replace(/\.$/, '').toLowerCase();
    records.set(key, entry);
  }
  let key = nameKey(name);
  for (let followed = 0; followed <= MAXIMUM_ALIASES; followed++) {
    const entry = records.get(key);
    if (entry === undefined) return parsed([]);
    if (entry.data.length > 0) return parsed(entry.data);
    if (entry.alias === null) return parsed([]);
    key = entry.alias;
  }
  return refused(`more than ${MAXIMUM_ALIASES} aliases, one leading to the next`);
}
