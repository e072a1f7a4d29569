import { CODE_LAYERS, CODES, type Code } from '../model/code.js';
import { ALERT_EXPLANATIONS, ALERT_NAMES } from './alert-terms.js';
import type { Cause } from './cause.js';
import { CAUSES } from './causes/index.js';
import { ERRNO_EXPLANATIONS } from './errno-terms.js';
import type { Explanation } from './explanation.js';
import { RCODE_EXPLANATIONS } from './rcode-terms.js';

const CODE_MENTION = new RegExp(`(?<![\\w-])(?:${CODES.join('|')})(?![\\w-])`, 'g');

const CODE_EXPLANATIONS: readonly Explanation[] = CODES.map((code) => {
  const { title, meaning, causes, tellApart, remedies } = CAUSES[code];
  return {
    term: code,
    kind: 'code',
    layer: CODE_LAYERS[code],
    title,
    meaning,
    causes,
    tellApart,
    remedies,
    related: mentionedCodes(CAUSES[code]),
  };
});

/** Everything that can be explained: netdiag's own codes in the order of the layers, then names of errors. */
export const EXPLANATIONS: readonly Explanation[] = [
  ...CODE_EXPLANATIONS,
  ...ERRNO_EXPLANATIONS,
  ...RCODE_EXPLANATIONS,
  ...ALERT_EXPLANATIONS,
];

/** Longer than any term: what is beyond takes no part in the search. */
const MAXIMUM_TERM_LENGTH = 100;

const BY_TERM = new Map(EXPLANATIONS.map((explanation) => [normalized(explanation.term), explanation]));

/** At most so many other terms are suggested for one that is not known. */
const MAXIMUM_ALIKE = 3;

export type ExplainOutcome =
  | { found: true; explanation: Explanation }
  /** `alike`: terms that share a word with what was asked for, those that share most first. */
  | { found: false; alike: string[] };

/**
 * Looks a term up. Case does not matter, nor whether its words are joined by hyphens, underscores or spaces. An alert may be called one,
 * as in `attempt.code` and in OpenSSL's messages: `alert unknown_ca`, `alert 48`.
 */
export function explain(term: string): ExplainOutcome {
  const wanted = normalized(term);
  const alert = /^(?:(?:tls|ssl)-)?alert-(?:number-)?(.+)$/.exec(wanted)?.[1];
  const explanation = BY_TERM.get(wanted) ?? (alert === undefined ? undefined : BY_TERM.get(normalized(ALERT_NAMES.get(alert) ?? alert)));
  if (explanation !== undefined) return { found: true, explanation };

  const words = new Set(wanted.split('-').filter((word) => word.length >= 3));
  const alike = EXPLANATIONS.map((candidate) => ({ term: candidate.term, shared: sharedWords(candidate.term, words) }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, MAXIMUM_ALIKE);
  return { found: false, alike: alike.map((candidate) => candidate.term) };
}

function normalized(term: string): string {
  return term
    .trim()
    .slice(0, MAXIMUM_TERM_LENGTH)
    .toLowerCase()
    .replace(/[\s_-]+/g, '-');
}

function sharedWords(term: string, words: ReadonlySet<string>): number {
  return normalized(term)
    .split('-')
    .filter((word) => words.has(word)).length;
}

/** The other codes to which the texts of a cause refer, in the order in which they do. */
function mentionedCodes({ code, meaning, causes, tellApart, remedies }: Cause): Code[] {
  const mentions = [meaning, ...causes, ...tellApart, ...remedies].join(' ').match(CODE_MENTION) ?? [];
  return [...new Set(mentions as Code[])].filter((mention) => mention !== code);
}
