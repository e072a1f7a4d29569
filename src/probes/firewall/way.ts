import type { FilterTable, Hook, Translation } from '../../model/packet-filter.js';
import { type PacketFacts, PacketState } from './packet.js';
import { type Budget, chainsAt, type Ending, type Passage, type Place, type Redirection, throughBaseChain } from './traverse.js';

/** What becomes of a packet in thought. `depends`: more than one thing can happen, as far as the rules are known. */
export interface Fate {
  verdict: 'accept' | 'drop' | 'reject' | 'depends';
  /** What can happen, without repetition; one entry unless it depends. */
  possible: readonly Ending['verdict'][];
  /** The rule or policy that decided; `null` where no chain looks at it. With `depends` the first that lets it not through. */
  place: Place | null;
  /** What it depends on. */
  because: readonly string[];
}

interface Walked {
  endings: Ending[];
  redirections: Redirection[];
  passes: Passage['passes'];
  /** Whether it surely got a new destination. */
  bound: boolean;
  because: Set<string>;
  /** The packet as it comes out: with its new destination, where it got one. */
  state: PacketState;
}

/** The packet after its destination was changed: what is behind the table of translation sees the new one. */
function translated(state: PacketState, { redirections, bound }: Walked): PacketState {
  const { facts } = state;
  const [only] = redirections;
  const [to] = only?.to ?? [];
  const sent = facts.output !== undefined;
  // What goes to this machine itself from elsewhere stays at the address that it came to, what is sent here goes to the loopback.
  const own = sent ? (facts.family === 4 ? '127.0.0.1' : '::1') : facts.destination;
  const sure = bound && redirections.length === 1 && only?.to.length === 1 && to !== undefined;
  const made = new PacketState(
    sure
      ? {
          ...facts,
          destination: only.here ? own : (to.address ?? facts.destination),
          destinationPort: to.port ?? facts.destinationPort ?? null,
          destinationType: only.here ? 'local' : to.address === null ? facts.destinationType : null,
        }
      : { ...facts, destination: '', destinationPort: null, destinationType: null },
    true,
  );
  made.passPriority(0);
  made.mark = state.mark;
  return made;
}

/** Sends the packet through all chains of a hook, in their order. */
function throughHook(tables: readonly FilterTable[], hook: Hook, given: PacketState, budget: Budget, device: string | null): Walked {
  let state = given;
  const walked: Walked = { endings: [], redirections: [], passes: 'surely', bound: false, because: new Set(), state };
  for (const [table, chain] of chainsAt(tables, hook, state.facts.family, device)) {
    const isNat = chain.base?.type === 'nat';
    // Only the first packet of a connection comes to the tables of translation.
    if (isNat && (state.facts.state !== 'new' || walked.bound)) continue;
    const passage = throughBaseChain(table, chain, state, budget);
    for (const because of passage.because) walked.because.add(because);
    walked.endings.push(...passage.endings.filter(({ verdict, place }) => verdict !== 'accept' || place.rule !== null));
    if (passage.redirections.length > 0) {
      walked.redirections.push(...passage.redirections);
      if (passage.passes === 'never' && passage.endings.length === 0) walked.bound = true;
      if (passage.passes !== 'never' || passage.endings.some(({ verdict }) => verdict !== 'accept')) walked.passes = weaker(walked.passes);
      // Translations of the source come last, and change nothing of where a packet goes.
      if (hook === 'prerouting' || hook === 'output') state = translated(state, walked);
      walked.state = state;
      continue;
    }
    if (passage.passes === 'never') return { ...walked, passes: 'never' };
    if (passage.passes === 'maybe') walked.passes = 'maybe';
  }
  return walked;
}

/** Through one hook after the other, as far as the packet gets. */
function throughHooks(
  tables: readonly FilterTable[],
  hooks: readonly Hook[],
  given: PacketState,
  budget: Budget,
  device: string | null,
): Walked[] {
  const walks: Walked[] = [];
  let state = given;
  for (const hook of hooks) {
    const walked = throughHook(tables, hook, state, budget, device);
    walks.push(walked);
    if (walked.passes === 'never') break;
    // Ours is sent by another interface, where its destination was changed.
    if (hook === 'output' && walked.redirections.length > 0) walked.state.leaveBy(null);
    state = walked.state;
  }
  return walks;
}

function weaker(passes: Passage['passes']): Passage['passes'] {
  return passes === 'never' ? 'never' : 'maybe';
}

function fateOf(walks: readonly Walked[]): Fate {
  const because = new Set(walks.flatMap((walk) => [...walk.because]));
  const stops = walks.flatMap(({ endings }) => endings.filter(({ verdict }) => verdict !== 'accept'));
  const passes = walks.some((walk) => walk.passes === 'never')
    ? 'never'
    : walks.some((walk) => walk.passes === 'maybe')
      ? 'maybe'
      : 'surely';
  const verdicts = new Set(stops.map(({ verdict }) => verdict));
  if (passes !== 'never' || stops.length === 0) {
    // Where nothing but translations made it uncertain, nothing stops it.
    if (stops.length === 0) {
      const accepted = walks.flatMap(({ endings }) => endings).at(-1);
      return { verdict: 'accept', possible: ['accept'], place: accepted?.place ?? null, because: [] };
    }
    verdicts.add('accept');
  }
  const possible = [...verdicts];
  const [only] = possible;
  const place = stops[0]?.place ?? null;
  if (possible.length === 1 && only !== undefined) return { verdict: only, possible, place, because: [] };
  return { verdict: 'depends', possible, place, because: [...because] };
}

/** Where a packet from elsewhere leads before the routes are asked. */
export interface Arrival {
  /** Other destinations that it gets; empty: it keeps its own. */
  redirections: readonly Redirection[];
  /** Whether it can keep its own destination. */
  keeps: boolean;
  walked: Walked;
}

/** Through `ingress` and `prerouting`. */
export function arrival(tables: readonly FilterTable[], facts: PacketFacts, budget: Budget): Arrival {
  const state = new PacketState(facts);
  const device = facts.input ?? null;
  const early = throughHook(tables, 'ingress', state, budget, device);
  const walked = throughHook(tables, 'prerouting', state, budget, device);
  const stopped = early.passes === 'never' || walked.passes === 'never';
  const both: Walked = {
    endings: [...early.endings, ...walked.endings],
    redirections: walked.redirections,
    bound: walked.bound,
    passes: stopped ? 'never' : early.passes === 'maybe' ? 'maybe' : walked.passes,
    because: new Set([...early.because, ...walked.because]),
    state: walked.state,
  };
  // A translation that only may be made leaves the packet as it is otherwise.
  return { redirections: walked.redirections, keeps: walked.redirections.length === 0 || walked.passes === 'maybe', walked: both };
}

/**
 * What becomes of a packet to this machine itself: `prerouting`, then `input`. Where its port is changed on the way it goes on with the new
 * one; with `untranslated` as if nothing were changed.
 */
export function inward(tables: readonly FilterTable[], facts: PacketFacts, budget: Budget, untranslated = false): Fate {
  const state = new PacketState(facts);
  const device = facts.input ?? null;
  const before = throughHooks(tables, ['ingress', 'prerouting'], state, budget, device);
  const routed = before.at(-1);
  if (routed === undefined || routed.passes === 'never') return fateOf(before);
  if (untranslated || routed.redirections.length === 0) {
    return fateOf([...before, throughHook(tables, 'input', state, budget, device)]);
  }
  const [only] = routed.redirections;
  const [to] = only?.to ?? [];
  const sure = routed.redirections.length === 1 && only?.to.length === 1 && only.here && routed.bound;
  if (!sure || to === undefined) {
    const fate = fateOf(before);
    if (fate.verdict === 'drop' || fate.verdict === 'reject') return fate;
    return { verdict: 'depends', possible: ['accept'], place: only?.place ?? null, because: ['a translation of the destination'] };
  }
  return fateOf([...before.map(withoutTranslations), throughHook(tables, 'input', routed.state, budget, device)]);
}

/** What becomes of a packet that goes through this machine, after its destination was changed to `to`. */
export function onward(tables: readonly FilterTable[], facts: PacketFacts, to: Translation, output: string | null, budget: Budget): Fate {
  const before = new PacketState(facts);
  const device = facts.input ?? null;
  const early = throughHooks(tables, ['ingress', 'prerouting'], before, budget, device);
  if (early.some(({ passes }) => passes === 'never')) return fateOf(early);
  const state = new PacketState(
    {
      ...facts,
      destination: to.address ?? facts.destination,
      destinationPort: to.port ?? facts.destinationPort ?? null,
      destinationType: 'unicast',
      output,
    },
    true,
  );
  state.passPriority(0);
  state.mark = early.at(-1)?.state.mark ?? before.mark;
  const late = throughHooks(tables, ['forward', 'postrouting'], state, budget, output);
  return fateOf([...early.map(withoutTranslations), ...late]);
}

/** Where a translation is certain, only what else can happen counts. */
function withoutTranslations(walked: Walked): Walked {
  const stops = walked.endings.some(({ verdict }) => verdict !== 'accept');
  return stops ? walked : { ...walked, passes: walked.passes === 'never' ? 'never' : 'surely', because: new Set() };
}

/** What becomes of a packet that this machine sends: `output`, `postrouting`, `egress`; `sent`: as it leaves, with its new destination. */
export function outward(
  tables: readonly FilterTable[],
  facts: PacketFacts,
  budget: Budget,
): Fate & { redirections: readonly Redirection[]; sent: PacketFacts } {
  const state = new PacketState(facts);
  const device = facts.output ?? null;
  const walks = throughHooks(tables, ['output', 'postrouting', 'egress'], state, budget, device);
  const [first] = walks;
  const redirections = first?.redirections ?? [];
  const certain = redirections.length === 0 || (first?.bound === true && redirections.every(({ to }) => to.length === 1));
  const fate = fateOf(certain ? walks.map((walked) => (walked.redirections.length > 0 ? withoutTranslations(walked) : walked)) : walks);
  return { ...fate, redirections, sent: first?.state.facts ?? facts };
}
