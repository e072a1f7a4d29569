import { cipherSuites } from '../../../wire/tls/cipher-suites.js';
import { signatureSchemes } from '../../../wire/tls/signature-schemes.js';
import { groupsFor, offerOf, overCurves, schemesFor, signed, suitesFor } from './candidates.js';
import type { Answer, Protocol, Question } from './question.js';
import { type Inquest, type Settled, settle } from './settle.js';
import { all, type Step, type Task } from './task.js';

/** P-256, P-384 and P-521: on which certificates have their keys. */
const CERTIFICATE_CURVES = [0x0017, 0x0018, 0x0019];

type Take = (answer: Settled & { kind: 'accepted' }) => boolean;

/**
 * Groups and signature schemes below TLS 1.3, which the ServerKeyExchange shows: one of each is taken away with every answer while both last,
 * then what is left of each by itself.
 */
export function* findGroupsBelow13(inquest: Inquest, protocol: Protocol, manner: Partial<Question>): Task {
  const known = inquest.facts.protocols[protocol];
  const withSchemes = protocol === 'TLSv1.2';
  const every = suitesFor(protocol);
  const groups = new Set(groupsFor(protocol));
  const schemes = new Set(schemesFor(protocol));
  const foundGroups = new Set<number>();
  const foundSchemes = new Set<number>();
  const take: Take = ({ flight }) => {
    const { group = null, scheme = null } = flight.keyExchange ?? {};
    const found = (group !== null && groups.delete(group)) || false;
    if (found && group !== null) foundGroups.add(group);
    const foundScheme = withSchemes && scheme !== null && schemes.delete(scheme);
    if (foundScheme && scheme !== null) foundSchemes.add(scheme);
    return found || foundScheme;
  };
  // What has not been found yet stands first, from the end: a server that lets the client decide settles a suite with it.
  const last = (suites: readonly number[]) => [
    ...suites.filter((suite) => !known.suites.has(suite)).reverse(),
    ...suites.filter((suite) => known.suites.has(suite)),
  ];
  const offer = (suites: number[], only: Partial<Question>) => offerOf(protocol, last(suites), { ...manner, ...only });
  const curves = overCurves(every);
  const both = yield* repeat(inquest, take, () =>
    groups.size === 0 || schemes.size === 0
      ? null
      : offer(signed(curves), { groups: [...groups], ...(withSchemes ? { schemes: [...schemes] } : {}) }),
  );
  const finishGroups = function* (): Task {
    let end = yield* repeat(inquest, take, () => (groups.size === 0 ? null : offer(curves, { groups: [...groups] })));
    // A server whose only certificate has a key on a curve needs that curve among the groups (RFC 8422 section 5.1): it goes along, last.
    const onCurve = [...known.suites].some((suite) => cipherSuites().get(suite)?.authentication === 'ECDSA');
    for (const curve of onCurve ? CERTIFICATE_CURVES.filter((one) => foundGroups.has(one)) : [])
      end ??= yield* repeat(inquest, take, () => (groups.size === 0 ? null : offer(curves, { groups: [...groups, curve] })));
    if (end === null) known.groups = foundGroups;
    else inquest.facts.unsettled.add(`${protocol}, groups: ${end}`);
  };
  const finishSchemes = function* (): Task {
    const end = yield* repeat(inquest, take, () => (schemes.size === 0 ? null : offer(signed(every), { schemes: [...schemes] })));
    if (end === null) known.schemes = foundSchemes;
    else inquest.facts.unsettled.add(`${protocol}, signature schemes: ${end}`);
  };
  if (both !== null) {
    inquest.facts.unsettled.add(`${protocol}, groups: ${both}`);
    return;
  }
  yield* all(withSchemes ? [finishGroups(), finishSchemes()] : [finishGroups()]);
}

/** Asks as long as each answer brings something new. `null`: the rest is refused, or brings nothing; otherwise why that is not known. */
function* repeat(inquest: Inquest, take: Take, next: () => Question | null): Generator<Step, string | null, Answer | undefined> {
  for (let question = next(); question !== null && question.suites.length > 0; question = next()) {
    const answer = yield* settle(inquest, question);
    if (answer.kind === 'unsettled') return answer.because;
    if (answer.kind !== 'accepted' || !take(answer)) return null;
  }
  return null;
}

/** Groups of TLS 1.3: without a share of it, the server has to name the one that it wants. */
export function* findGroupsOf13(inquest: Inquest, manner: Partial<Question>): Task {
  const known = inquest.facts.protocols['TLSv1.3'];
  const offered = new Set(manner.groups ?? groupsFor('TLSv1.3'));
  const found = new Set<number>();
  const take: Take = ({ hello }) => {
    if (hello.group === null || !offered.delete(hello.group)) return false;
    found.add(hello.group);
    return true;
  };
  const suites = suitesFor('TLSv1.3');
  const end = yield* repeat(inquest, take, () =>
    offered.size === 0 ? null : offerOf('TLSv1.3', suites, { ...manner, groups: [...offered] }),
  );
  if (end === null) known.groups = found;
  else inquest.facts.unsettled.add(`TLSv1.3, groups: ${end}`);
}

/**
 * Signature schemes of TLS 1.3. With which one the server signs is encrypted; whether it can at all shows in its refusal. Schemes for one kind
 * of key are offered together, and one by one where that is accepted.
 */
export function* findSchemesOf13(inquest: Inquest, shareGroups: readonly number[]): Task {
  const { facts } = inquest;
  const known = facts.protocols['TLSv1.3'];
  const found = new Set<number>();
  let because: string | null = null;
  const accepts = function* (schemes: readonly number[]): Generator<Step, boolean, Answer | undefined> {
    const question = offerOf('TLSv1.3', suitesFor('TLSv1.3'), { schemes, shares: true, groups: [...shareGroups] });
    const answer = yield* settle(inquest, question);
    if (answer.kind === 'unsettled') because = answer.because;
    // A retry comes before the server has looked at its certificates: it says nothing of them.
    if (answer.kind === 'accepted' && answer.hello.retry) because = 'it takes none of the groups of which we have a key';
    return answer.kind === 'accepted' && !answer.hello.retry;
  };
  const byKey = new Map<string, number[]>();
  for (const number of schemesFor('TLSv1.3')) {
    const key = signatureSchemes().get(number)?.key ?? '';
    const place = key === 'RSA' || key === 'ECDSA' ? key : 'other';
    byKey.set(place, [...(byKey.get(place) ?? []), number]);
  }
  const singles = function* (schemes: readonly number[]): Task {
    for (const scheme of schemes) if (yield* accepts([scheme])) found.add(scheme);
  };
  const kind = function* (schemes: readonly number[]): Task {
    if (!(yield* accepts(schemes))) return;
    if (schemes.length === 1) found.add(schemes[0] ?? 0);
    else if (schemes.length <= 3) yield* all([singles(schemes)]);
    else {
      const half = Math.ceil(schemes.length / 2);
      yield* all([kind(schemes.slice(0, half)), kind(schemes.slice(half))]);
    }
  };
  yield* all([...byKey.values()].map((schemes) => kind(schemes)));
  if (because === null && found.size === 0) because = 'it takes none by itself';
  if (because === null) known.schemes = found;
  else facts.unsettled.add(`TLSv1.3, signature schemes: ${because}`);
}
