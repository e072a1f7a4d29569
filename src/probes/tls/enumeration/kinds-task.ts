import { cipherSuites } from '../../../wire/tls/cipher-suites.js';
import { offerOf, schemesFor, signed, suitesFor } from './candidates.js';
import type { Answer, Protocol, Question } from './question.js';
import { type Inquest, settle } from './settle.js';
import { CANNOT_USE, walk } from './suites-task.js';
import type { Step, Task } from './task.js';
import { all } from './task.js';

/** What a server proves itself with; suites of other kinds are asked together. */
const KINDS = ['RSA', 'ECDSA', 'DSS', 'PSK'];

/**
 * In TLS 1.2 a server can choose a suite, and then find that it has no signature scheme for the certificate of that suite: it refuses the whole
 * list, good suites included (OpenSSL does with DSS). So what was refused is offered once more, by kinds of certificate, each apart from the
 * others; and so are the signature schemes where there are several kinds.
 */
export function* askByKinds(inquest: Inquest, protocol: Protocol, manner: Partial<Question>): Task {
  const known = inquest.facts.protocols[protocol];
  if (inquest.shortLists.has(protocol)) return;
  const kinds = [...groupedByKind(suitesFor(protocol)).values()];
  yield* all(kinds.map((suites) => suitesOfKind(inquest, protocol, manner, suites)));
  const signing = [...groupedByKind(signed([...known.suites])).values()];
  if (signing.length > 1) yield* all(signing.map((suites) => schemesOfKind(inquest, protocol, manner, suites)));
}

function* suitesOfKind(inquest: Inquest, protocol: Protocol, manner: Partial<Question>, suites: readonly number[]): Task {
  const known = inquest.facts.protocols[protocol];
  const before = known.suites.size;
  yield* walk(inquest, protocol, suites, (left) => offerOf(protocol, left, manner));
  if (known.suites.size === before) return;
  inquest.facts.notes.add(CANNOT_USE);
  known.order = null;
}

function* schemesOfKind(
  inquest: Inquest,
  protocol: Protocol,
  manner: Partial<Question>,
  suites: readonly number[],
): Generator<Step, void, Answer | undefined> {
  const { schemes } = inquest.facts.protocols[protocol];
  for (;;) {
    const left = schemesFor(protocol).filter((scheme) => schemes?.has(scheme) === false);
    if (left.length === 0) return;
    const answer = yield* settle(inquest, offerOf(protocol, suites, { ...manner, schemes: left }));
    if (answer.kind === 'unsettled') inquest.facts.unsettled.add(`${protocol}, signature schemes: ${answer.because}`);
    if (answer.kind !== 'accepted') return;
    const scheme = answer.flight.keyExchange?.scheme ?? null;
    if (scheme === null || !left.includes(scheme)) return;
    schemes?.add(scheme);
  }
}

function groupedByKind(suites: readonly number[]): Map<string, number[]> {
  const kinds = new Map<string, number[]>();
  for (const suite of suites) {
    const authentication = cipherSuites().get(suite)?.authentication ?? '';
    const kind = KINDS.includes(authentication) ? authentication : 'other';
    kinds.set(kind, [...(kinds.get(kind) ?? []), suite]);
  }
  return kinds;
}
