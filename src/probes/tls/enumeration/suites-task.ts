import { cipherSuites } from '../../../wire/tls/cipher-suites.js';
import { commonSuites, offerOf, reversed, suitesFor } from './candidates.js';
import type { Answer, Protocol, Question } from './question.js';
import { type Inquest, settle } from './settle.js';
import { all, type Step, type Task } from './task.js';

const PROTOCOL_VERSION = 70;
/** Of 376 numbers in a row that stand for no suite. */
const FIRST_UNASSIGNED = 0xd800;
/** Beyond so many suites some servers read no further. */
const CHUNK_SUITES = 48;
/** Parts of a list that are walked side by side. Each costs one refusal. */
const PARTS: Readonly<Partial<Record<Protocol, number>>> = { 'TLSv1.2': 4, 'TLSv1.3': 1 };
/** Of the older versions. */
const FEWER_PARTS = 2;

export const CANNOT_USE = 'it refuses lists for a suite in them that it chooses and then cannot use';

/** What became of the first hello of a protocol. */
export type Opening =
  /** `manner`: how a hello must be for this server. `first`: what it chose out of everything; `null` where it cannot be offered all at once. */
  { kind: 'open'; manner: Partial<Question>; first: number | null; group: number | null } | { kind: 'shut' };

/** Whether the protocol is spoken at all, and how long and how rich a hello may be. */
export function* open(inquest: Inquest, protocol: Protocol): Generator<Step, Opening, Answer | undefined> {
  const { facts } = inquest;
  const known = facts.protocols[protocol];
  let because: string | null = null;
  for (const { suites, manner, note } of manners(protocol)) {
    const answer = yield* settle(inquest, offerOf(protocol, suites, manner));
    if (answer.kind === 'accepted') {
      if (note !== null) facts.notes.add(`${protocol}: ${note}`);
      const group = answer.hello.group;
      const whole = suites.length > CHUNK_SUITES || protocol === 'TLSv1.3';
      return { kind: 'open', manner, first: whole ? answer.hello.cipher : null, group };
    }
    if (answer.kind === 'lower' || (answer.kind === 'refused' && answer.alert === PROTOCOL_VERSION)) {
      known.supported = false;
      return { kind: 'shut' };
    }
    if (answer.kind === 'unsettled') because = answer.because;
  }
  if (because === null) known.supported = false;
  else facts.unsettled.add(`${protocol}: ${because}`);
  return { kind: 'shut' };
}

function manners(protocol: Protocol): { suites: number[]; manner: Partial<Question>; note: string | null }[] {
  const every = suitesFor(protocol);
  if (protocol === 'TLSv1.3')
    return [
      { suites: every, manner: {}, note: null },
      { suites: every, manner: { shares: true }, note: 'it takes no hello without a key share' },
      { suites: every, manner: { shares: true, lean: true }, note: 'it takes no hello with groups that it does not know' },
    ];
  const few = commonSuites();
  return [
    { suites: every, manner: {}, note: null },
    { suites: few, manner: {}, note: 'it takes no long list of cipher suites' },
    { suites: few, manner: { lean: true }, note: 'it takes no long list of cipher suites, and few extensions' },
  ];
}

/** Every suite of one protocol, who decides among them, and the server's order. */
export function* findSuites(inquest: Inquest, protocol: Protocol, { manner, first }: Opening & { kind: 'open' }): Task {
  const { facts } = inquest;
  const known = facts.protocols[protocol];
  const every = suitesFor(protocol);
  const offer = (suites: readonly number[]) => offerOf(protocol, suites, manner);
  if (first === null) {
    inquest.shortLists.add(protocol);
    yield* all(chunks(every).map((part) => walk(inquest, protocol, part, offer)));
    return;
  }
  let turned = yield* settle(inquest, offer(reversed(every)));
  if (turned.kind === 'refused' && protocol === 'TLSv1.2') {
    turned = yield* settle(inquest, offer(reversed(harmless(every, first))));
    if (turned.kind === 'accepted') facts.notes.add(CANNOT_USE);
  }
  if (turned.kind === 'unsettled') {
    facts.unsettled.add(`${protocol}, cipher suites: ${turned.because}`);
    return;
  }
  if (turned.kind !== 'accepted') {
    // What was accepted in front of a long list is not at its end: the server reads no further than it likes.
    facts.notes.add('it does not read long lists of cipher suites to their end');
    inquest.shortLists.add(protocol);
    yield* all(chunks(every).map((part) => walk(inquest, protocol, part, offer)));
    return;
  }
  if (turned.hello.cipher === first) {
    const order = [first];
    const whole = yield* walk(inquest, protocol, every, offer, order);
    const decides = order.length < 2 ? null : yield* whoDecides(inquest, order, reversed(every), offer);
    known.decides = decides;
    if (decides === 'server' && whole) known.order = order;
    return;
  }
  known.decides = 'client';
  const parts = PARTS[protocol] ?? FEWER_PARTS;
  const shares = Array.from({ length: parts }, (_, part) => every.filter((_suite, index) => index % parts === part));
  yield* all(shares.map((part) => walk(inquest, protocol, part, offer)));
}

/**
 * The server chose the same suite both ways round. That is its own order where another that it accepts stood in front of it; where only
 * ChaCha20 could have, which was behind all others both times, one more hello tells.
 */
function* whoDecides(
  inquest: Inquest,
  [first = 0, ...others]: readonly number[],
  turned: readonly number[],
  offer: (suites: readonly number[]) => Question,
): Generator<Step, 'server' | 'client' | null, Answer | undefined> {
  if (others.some((suite) => turned.indexOf(suite) < turned.indexOf(first))) return 'server';
  // ChaCha20 in front of all tells only of itself, where there is any other.
  const answer = yield* settle(inquest, offer([...reversed([...others].reverse()), first]));
  if (answer.kind !== 'accepted') return null;
  return answer.hello.cipher === first ? 'server' : 'client';
}

/**
 * What was refused behind a long list may only not have been read. One hello tells: what is accepted stands last in it, behind all that was
 * refused. A server that does not find it there is asked again, in short lists.
 */
export function* proveRefusals(inquest: Inquest, protocols: readonly Protocol[]): Task {
  const { facts } = inquest;
  const [newest] = protocols;
  if (newest === undefined) return;
  const refusedBy = (protocol: Protocol) => suitesFor(protocol).filter((suite) => !facts.protocols[protocol].suites.has(suite));
  const [accepted] = facts.protocols[newest].suites;
  if (accepted === undefined) return;
  let answer = yield* settle(inquest, offerOf(newest, [...refusedBy(newest), accepted]));
  if (answer.kind === 'refused') answer = yield* settle(inquest, offerOf(newest, [...harmless(refusedBy(newest), accepted), accepted]));
  if (answer.kind === 'unsettled') facts.unsettled.add(`${newest}, cipher suites: ${answer.because}`);
  if (answer.kind === 'unsettled' || answer.kind === 'accepted') return;
  facts.notes.add('it does not read long lists of cipher suites to their end');
  yield* all(
    protocols.flatMap((protocol) => {
      // Who decides, and in which order, was told by long lists.
      facts.protocols[protocol].decides = null;
      facts.protocols[protocol].order = null;
      const offer = (suites: readonly number[]) => offerOf(protocol, suites);
      return chunks(refusedBy(protocol)).map((part) => walk(inquest, protocol, part, offer));
    }),
  );
}

/**
 * As many, in which the server finds none that it chooses and cannot use: those of the same kind of certificate as one that it accepts, and
 * numbers without a meaning.
 */
function harmless(suites: readonly number[], accepted: number): number[] {
  const kindOf = (suite: number) => cipherSuites().get(suite)?.authentication;
  return suites.map((suite, index) => (kindOf(suite) === kindOf(accepted) ? suite : FIRST_UNASSIGNED + index));
}

function chunks(suites: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(suites.length / CHUNK_SUITES) }, (_, index) =>
    suites.slice(index * CHUNK_SUITES, (index + 1) * CHUNK_SUITES),
  );
}

/**
 * The server's choice out of `suites`, then out of those without it, until it refuses the rest: that settles all of them. What others found
 * meanwhile is left out, unless the `order` is wanted, to which the choices are added. `true`: all of them are settled.
 */
export function* walk(
  inquest: Inquest,
  protocol: Protocol,
  suites: readonly number[],
  offer: (suites: readonly number[]) => Question,
  order: number[] | null = null,
): Generator<Step, boolean, Answer | undefined> {
  const { facts } = inquest;
  const known = facts.protocols[protocol];
  for (;;) {
    const left = suites.filter((suite) => (order === null ? !known.suites.has(suite) : !order.includes(suite)));
    if (left.length === 0) return true;
    const answer = yield* settle(inquest, offer(left));
    if (answer.kind === 'unsettled') {
      facts.unsettled.add(`${protocol}, cipher suites: ${answer.because}`);
      return false;
    }
    if (answer.kind !== 'accepted') return true;
    order?.push(answer.hello.cipher);
  }
}
