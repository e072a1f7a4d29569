import { cipherSuites } from '../../../wire/tls/cipher-suites.js';
import type { ServerFlight, ServerHello } from '../../../wire/tls/server-flight.js';
import { type Facts, learn, noteViolation, violationOf } from './facts.js';
import { type Answer, type Protocol, type Question, VERSION_NUMBERS } from './question.js';
import { ask, type Step } from './task.js';

/** A question that came to its end. `lower`: accepted, with an older version than the one that was offered. */
export type Settled =
  | { kind: 'accepted'; hello: ServerHello; flight: ServerFlight }
  | { kind: 'lower'; hello: ServerHello }
  | { kind: 'ssl2'; ciphers: readonly number[] }
  | { kind: 'refused'; alert: number | null }
  | { kind: 'unsettled'; because: string };

/** What all lines of inquiry share. */
export interface Inquest {
  facts: Facts;
  /** A question that was accepted: asked again, it shows whether the server still answers at all. */
  control: Question | null;
  /** Some servers end the connection where others send an alert. */
  closesToRefuse: boolean;
  /** The same, found out although it was in doubt. */
  surelyClosesToRefuse: boolean;
  /** It was seen to refuse by an alert. */
  sendsAlerts: boolean;
  /** It closed, and then answered the same question: that it closes may be chance. */
  closesByChance: boolean;
  /** Versions in which the suites were offered in short lists, since the server stands no long ones. */
  shortLists: Set<Protocol>;
  /** Answers in a row that were none, connections that were closed not counted. */
  troubles: number;
}

/** A question that got neither yes nor no is asked so often anew, with nothing else under way. */
const REPEATS = 2;
/** So often where the server only closes, although it is not its way to refuse. */
const REPEATS_AGAINST_CLOSING = 5;
/** In front of the second repeat, and half as much more in front of each that follows: limits are mostly per second. */
const REST_MS = 400;
const INTERNAL_ERROR = 80;
/** So many answers in a row that are none: the server does not take part any more. */
const MOST_TROUBLES = 12;

/**
 * Asks until there is a yes or a no. What got lost on the way, or met a server that could not keep up, is asked again by itself. A server that
 * closes each time, and accepts what it accepted before in between, refuses by closing; silence is never a no.
 */
export function* settle(inquest: Inquest, question: Question): Generator<Step, Settled, Answer | undefined> {
  let answer: Answer = { kind: 'silent' };
  let violation: string | null = null;
  let closed = 0;
  let shutOut = false;
  // What is asked of SSL 2.0 settles by the question behind it, see below.
  const doubted = () => question.protocol !== 'SSLv2' && (inquest.closesByChance || (inquest.sendsAlerts && !inquest.surelyClosesToRefuse));
  for (let attempt = 0; attempt <= (closed > REPEATS && doubted() ? REPEATS_AGAINST_CLOSING : REPEATS); attempt++) {
    if (inquest.troubles >= MOST_TROUBLES) return { kind: 'unsettled', because: 'the server stopped answering' };
    answer = yield* ask(attempt === 0 ? question : { ...question, alone: true, restMs: restBefore(attempt, shutOut || doubted()) });
    if (answer.kind === 'refused') {
      inquest.troubles = 0;
      // A server that is overrun says so too. It means the offer where it says it again.
      if (answer.alert === INTERNAL_ERROR && attempt === 0) continue;
      inquest.sendsAlerts = true;
      return { kind: 'refused', alert: answer.alert };
    }
    if (answer.kind === 'ssl2') return { kind: 'ssl2', ciphers: answer.ciphers };
    shutOut = answer.kind === 'unreachable';
    if (answer.kind === 'closed' || shutOut) closed++;
    if (answer.kind === 'hello') {
      if (closed > 0) inquest.closesByChance = true;
      violation = violationOf(question, answer);
      if (violation === null) return accept(inquest, question, answer);
      noteViolation(inquest.facts, violation);
    }
    // Closing is quick, and can be this server's way to refuse.
    if (answer.kind !== 'closed') inquest.troubles++;
    if (answer.kind === 'closed' && inquest.closesToRefuse && !doubted() && attempt > 0) return { kind: 'refused', alert: null };
  }
  if (violation !== null) return { kind: 'unsettled', because: violation };
  if ((answer.kind === 'closed' || question.protocol === 'SSLv2') && (yield* stillAnswers(inquest))) {
    // On a hello of SSL 2.0 many wait for more, as for a record that is not whole yet.
    if (question.protocol !== 'SSLv2') {
      inquest.closesToRefuse = true;
      if (closed > REPEATS_AGAINST_CLOSING) inquest.surelyClosesToRefuse = true;
      inquest.facts.notes.add('it refuses by closing the connection, without an alert');
    }
    return { kind: 'refused', alert: null };
  }
  return { kind: 'unsettled', because: REASONS[answer.kind] };
}

const REASONS: Readonly<Record<Answer['kind'], string>> = {
  hello: 'the answer was not valid',
  ssl2: 'the answer was not valid',
  refused: 'refused',
  closed: 'the connection was closed each time',
  silent: 'no answer in time',
  foreign: 'the answer was not TLS',
  unreachable: 'no connection',
};

function restBefore(attempt: number, doubted: boolean): number {
  return doubted && attempt >= REPEATS ? REST_MS * (1 + (attempt - REPEATS) / 2) : 0;
}

function accept(inquest: Inquest, question: Question, answer: Answer & { kind: 'hello' }): Settled {
  const { hello, flight } = answer;
  inquest.troubles = 0;
  inquest.control ??= question;
  learn(inquest.facts, question, answer, (suite) => cipherSuites().get(suite)?.encryption.endsWith('CBC') === true);
  const asked = VERSION_NUMBERS[question.protocol];
  return hello.version === asked ? { kind: 'accepted', hello, flight } : { kind: 'lower', hello };
}

function* stillAnswers(inquest: Inquest): Generator<Step, boolean, Answer | undefined> {
  if (inquest.control === null) return false;
  const answer = yield* ask({ ...inquest.control, alone: true });
  if (answer.kind !== 'hello') {
    // Not even that: two such, and the rest is not worth its waiting.
    inquest.troubles += MOST_TROUBLES / 2;
    return false;
  }
  inquest.troubles = 0;
  return true;
}
