import { CODE_LAYERS, CODES, type Code } from '../model/code.js';
import { PROFILE_TERMS } from '../model/profile-terms.js';
import type { Cause } from './cause.js';
import { CAUSES } from './causes/index.js';
import type { Explanation, ExplanationKind, Reasoning } from './explanation.js';
import { LOOKS_AT } from './inquiry.js';
import { ALERT_EXPLANATIONS } from './terms/alerts.js';
import { commandsElsewhere } from './terms/elsewhere.js';
import { ERRNO_EXPLANATIONS } from './terms/errno-explanations.js';
import { EXTENDED_ERROR_EXPLANATIONS } from './terms/extended-errors.js';
import { HTTP_EXPLANATIONS } from './terms/http-explanations.js';
import { ICMP_EXPLANATIONS } from './terms/icmp.js';
import { RCODE_EXPLANATIONS } from './terms/rcodes.js';

const CODE_MENTION = new RegExp(`(?<![\\w-])(?:${CODES.join('|')})(?![\\w-])`, 'g');

/** What programs say of a name that they could not look up: getaddrinfo(3) and c-ares know less of the reason than the codes here. */
const OTHER_NAMES: Readonly<Partial<Record<Code, readonly string[]>>> = {
  'dns-unreachable': ['EAI_AGAIN', 'Temporary failure in name resolution', 'ETIMEOUT'],
  'dns-servfail': ['EAI_AGAIN', 'Temporary failure in name resolution', 'ESERVFAIL'],
  'dns-no-resolver': ['EAI_AGAIN', 'Temporary failure in name resolution'],
  'dns-nxdomain': ['ENOTFOUND', 'EAI_NONAME', 'EAI_NODATA', 'Name or service not known', 'Could not resolve host'],
  'dns-refused': ['EREFUSED'],
};

const FORMS = new Map<Code, Code[]>();
for (const code of CODES) for (const broader of broaderCodes(CAUSES[code])) FORMS.set(broader, [...(FORMS.get(broader) ?? []), code]);

const CODE_EXPLANATIONS: readonly Explanation[] = CODES.map((code) => {
  const formOf = broaderCodes(CAUSES[code]);
  const forms = FORMS.get(code);
  const { title, meaning, causes, tellApart, remedies } = CAUSES[code];
  return {
    term: code,
    kind: 'code',
    numbers: [],
    alsoCalled: OTHER_NAMES[code] ?? [],
    layer: CODE_LAYERS[code],
    title,
    meaning,
    causes,
    tellApart,
    remedies,
    related: mentionedCodes(CAUSES[code]),
    ...(formOf.length === 0 ? {} : { formOf }),
    ...(forms === undefined ? {} : { forms }),
    reasoning: reasoningOf(CAUSES[code]),
  };
});

const PROFILE_EXPLANATIONS: readonly Explanation[] = Object.entries(PROFILE_TERMS).flatMap(([profile, terms]) =>
  terms.map(
    ({ name, number, ...text }): Explanation => ({
      term: name,
      kind: 'profile',
      profile,
      numbers: [{ number, where: null }],
      alsoCalled: [],
      ...text,
    }),
  ),
);

const ALL: readonly Explanation[] = [
  ...CODE_EXPLANATIONS,
  ...ERRNO_EXPLANATIONS,
  ...RCODE_EXPLANATIONS,
  ...EXTENDED_ERROR_EXPLANATIONS,
  ...ALERT_EXPLANATIONS,
  ...HTTP_EXPLANATIONS,
  ...ICMP_EXPLANATIONS,
  ...PROFILE_EXPLANATIONS,
];

/** Everything that can be explained: netdiag's own codes in the order of the layers, then names and numbers of errors. */
export const EXPLANATIONS: readonly Explanation[] = ALL.map((explanation) => {
  const elsewhere = commandsElsewhere([...explanation.tellApart, ...explanation.remedies]);
  return elsewhere.length === 0 ? explanation : { ...explanation, elsewhere };
});

/** Longer than any term: what is beyond takes no part in the search. */
const MAXIMUM_TERM_LENGTH = 100;

const BY_TERM = new Map(EXPLANATIONS.map((explanation) => [normalized(explanation.term), explanation]));

/** By other names and by bare numbers, which several can have. */
const BY_OTHER_NAME = new Map<string, Explanation[]>();
for (const explanation of EXPLANATIONS) {
  const numbers = explanation.numbers.map(({ number }) => String(number));
  for (const name of new Set([...explanation.alsoCalled, ...numbers].map(normalized)))
    BY_OTHER_NAME.set(name, [...(BY_OTHER_NAME.get(name) ?? []), explanation]);
}

/** Words in front of a number or a name that say what kind it is of. */
const KIND_WORDS: readonly (readonly [RegExp, ExplanationKind])[] = [
  [/^(?:http-status(?:-code)?|http|status(?:-code)?)-(.+)$/, 'http'],
  [/^(?:errno|error(?:-number)?|wsa|system-error)-(.+)$/, 'errno'],
  [/^(?:(?:tls|ssl)-)?alert-(?:number-)?(.+)$/, 'alert'],
  [/^(?:dns-)?rcode-(.+)$/, 'rcode'],
  [/^dns-(.+)$/, 'rcode'],
  [/^(?:ede|extended-(?:dns-)?error(?:-code)?)-(.+)$/, 'extended-error'],
  [/^icmp(?:v?4)?-(?:type-)?(.+)$/, 'icmp'],
  [/^icmpv?6-(?:type-)?(.+)$/, 'icmpv6'],
];

/** At most so many other terms are suggested for one that is not known. */
const MAXIMUM_ALIKE = 3;

/** One of several meanings of what was asked for. */
export interface Meaning {
  /** What to ask for to get it alone: `alert 111`. */
  ask: string;
  explanation: Explanation;
}

export type ExplainOutcome =
  /** `others`: what else it means, where the profile decided. */
  | { found: true; explanation: Explanation; others: Meaning[] }
  /** What was asked for means several things: `meanings`, two at least. */
  | { found: false; meanings: Meaning[]; alike: [] }
  /** `alike`: terms that share a word with what was asked for, those that share most first. */
  | { found: false; meanings: []; alike: string[] };

/**
 * Looks a term up, by its name, one of its other names or its number. Case does not matter, nor whether its words are joined by hyphens,
 * underscores or spaces. What kind it is of may stand in front: `alert unknown_ca`, `http 429`, `errno 111`, `icmp 3/4`.
 *
 * @param profile whose terms come first
 */
export function explain(term: string, profile: string | null = null): ExplainOutcome {
  const wanted = normalized(term);
  const exact = BY_TERM.get(wanted);
  if (exact !== undefined) return { found: true, explanation: exact, others: [] };
  const found = ofKind(wanted) ?? BY_OTHER_NAME.get(wanted) ?? [];
  const own = found.find((candidate) => profile !== null && candidate.profile === profile);
  const chosen = own ?? (found.length === 1 ? found[0] : undefined);
  const meanings = (of: readonly Explanation[]) => of.map((explanation) => ({ ask: askedAs(explanation, wanted), explanation }));
  if (chosen !== undefined) return { found: true, explanation: chosen, others: meanings(found.filter((other) => other !== chosen)) };
  if (found.length > 1) return { found: false, meanings: meanings(found), alike: [] };
  return { found: false, meanings: [], alike: alikeTerms(wanted) };
}

/** Those of the kind that the words in front name; `null` where they name none, or nothing of that kind is so called. */
function ofKind(wanted: string): Explanation[] | null {
  for (const [pattern, kind] of KIND_WORDS) {
    const said = pattern.exec(wanted)?.[1];
    if (said === undefined) continue;
    // `icmp 3 4` and `icmp type 3 code 4`.
    const rest = kind === 'icmp' || kind === 'icmpv6' ? said.replace(/^(\d{1,3})-(?:code-)?(\d{1,3})$/, '$1/$2') : said;
    const named = BY_TERM.get(rest);
    const candidates = [...(named === undefined ? [] : [named]), ...(BY_OTHER_NAME.get(rest) ?? [])];
    const fitting = [...new Set(candidates)].filter((candidate) => candidate.kind === kind);
    if (fitting.length > 0) return fitting;
  }
  // `trading 6`: a number of a profile.
  const [, profile, rest] = /^([a-z]+)-(.+)$/.exec(wanted) ?? [];
  const own = (BY_OTHER_NAME.get(rest ?? '') ?? []).filter((candidate) => candidate.profile !== undefined && candidate.profile === profile);
  return own.length > 0 ? own : null;
}

/** Numbers of errors differ by system, so that those are asked for by their name. */
function askedAs({ kind, term }: Explanation, wanted: string): string {
  if (kind !== 'alert' && kind !== 'rcode') return term;
  return `${kind} ${/^\d+$/.test(wanted) ? wanted : term}`;
}

function alikeTerms(wanted: string): string[] {
  const words = new Set(wanted.split('-').filter((word) => word.length >= 3));
  return EXPLANATIONS.map((candidate) => ({ term: candidate.term, shared: sharedWords(candidate.term, words) }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, MAXIMUM_ALIKE)
    .map((candidate) => candidate.term);
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

/** Of what a cause can be a particular form. */
function broaderCodes({ formOf }: Cause): readonly Code[] {
  if (formOf === undefined) return [];
  if (typeof formOf === 'string') return [formOf];
  return [...new Set([...formOf.codes, ...(formOf.whereFailed ?? [])].map((one) => one.code))];
}

function reasoningOf({ code, explains = [], against = [], cannotBeToldFrom = [], toldBy = [] }: Cause): Reasoning {
  const symptoms = explains.flatMap(({ codes, kinds }) => codes ?? kinds);
  return {
    explains: [...new Set(symptoms)].filter((symptom) => symptom !== code),
    against: [...new Set(against.map(({ says }) => says))],
    alike: cannotBeToldFrom.map(({ code: rival, toldBy: told }) => ({ code: rival, toldBy: told })),
    toldBy: toldBy.map((inquiry) => LOOKS_AT[inquiry]),
  };
}
