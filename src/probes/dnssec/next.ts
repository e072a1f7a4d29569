import type { DataOf } from '../../model/measurement.js';
import { nameKey } from '../../wire/dns/name.js';
import type { TrustAnchor } from '../../wire/dnssec/anchor.js';
import { evaluate } from './evaluate.js';
import { type Finding, undecided } from './finding.js';
import { type ChainLink, type Checked, Evaluation, type Inquiry, type KnownState, keyOf, type Reply, Wanted } from './inquiry.js';

export type Validation = NonNullable<DataOf<'dns'>['validation']>;

export interface ValidationStart {
  question: Inquiry;
  anchors: readonly TrustAnchor[];
  /** Seconds since 1970, by the clock of this machine: signatures are held against it as it is. */
  nowSeconds: number;
  /** Signatures checked before, of the same replies. It saves work and changes no outcome. Absent: none. */
  checked?: Checked;
}

/** What is known of one question: a value, of which {@link next} makes another. */
export type ValidationState = KnownState;

export type ValidationStep =
  /** All of them are to be asked, with DO and CD set; they do not depend on each other. */
  { kind: 'ask'; state: ValidationState; inquiries: readonly Inquiry[] } | { kind: 'done'; validation: Validation };

/** An honest chain of six zones takes about twenty. */
const MAXIMUM_QUESTIONS = 80;

export function begin({ question, anchors, nowSeconds, checked = new WeakMap() }: ValidationStart): ValidationState {
  return {
    question: { name: nameKey(question.name), type: question.type },
    anchors,
    nowSeconds,
    replies: new Map(),
    checked,
    hashes: new Map(),
  };
}

/**
 * Takes replies in, and says what is to be asked next, or what the answer is worth. Pure: the same replies give the same step. The first of
 * them is the answer to the user's question itself.
 */
export function next(state: ValidationState, replies: readonly { inquiry: Inquiry; reply: Reply }[]): ValidationStep {
  const known = new Map(state.replies);
  for (const { inquiry, reply } of replies) known.set(keyOf(inquiry), reply);
  const reached: ValidationState = { ...state, replies: known };
  const evaluation = new Evaluation(reached);
  const done = (finding: Finding): ValidationStep => ({ kind: 'done', validation: describe(finding, evaluation.chain, reached) });
  try {
    return done(evaluate(evaluation));
  } catch (error) {
    if (!(error instanceof Wanted)) throw error;
    const room = MAXIMUM_QUESTIONS - known.size;
    if (room > 0) return { kind: 'ask', state: reached, inquiries: error.inquiries.slice(0, room) };
    return done(undecided(null, 'work-limit', `validation would take more than ${MAXIMUM_QUESTIONS} questions`));
  }
}

function describe({ verdict, reason, detail, zone }: Finding, chain: readonly ChainLink[], state: ValidationState): Validation {
  const own = state.replies.has(keyOf(state.question)) ? 1 : 0;
  return { verdict, reason, detail, zone, chain: [...chain], queries: state.replies.size - own };
}
