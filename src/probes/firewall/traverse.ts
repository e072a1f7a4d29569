import type {
  Condition,
  Effect,
  FilterChain,
  FilterRule,
  FilterTable,
  Hook,
  TableFamily,
  Translation,
  Verdict,
} from '../../model/packet-filter.js';
import { holds, rowHolds } from './match.js';
import type { PacketState } from './packet.js';
import { rulesFor } from './rule-index.js';

/** Deeper than the kernel lets chains call each other; a rule set that was read cannot do it in a circle, one that was made up can. */
const DEEPEST_JUMP = 32;

/** Rules that may be looked at for one purpose (targets, defaults, listeners, published ports), all its packets together. */
export const RULE_BUDGET = 250_000;

/** How many rules may still be looked at. */
export interface Budget {
  left: number;
}

/** Where a packet's fate was decided: a rule, or (`rule` is `null`) the policy of the chain. */
export interface Place {
  table: FilterTable;
  chain: FilterChain;
  rule: FilterRule | null;
}

export interface Ending {
  verdict: 'accept' | 'drop' | 'reject';
  place: Place;
}

export interface Redirection {
  to: readonly Translation[];
  here: boolean;
  place: Place;
}

/** What a chain or a hook can do with a packet. What is not in it cannot happen, as far as the rules are known. */
export interface Passage {
  endings: Ending[];
  redirections: Redirection[];
  /** Whether the packet can come out at the end; `surely` where nothing else can happen to it. */
  passes: 'surely' | 'maybe' | 'never';
  /** What it depends on, where more than one thing can happen. */
  because: Set<string>;
}

interface Walk {
  table: FilterTable;
  state: PacketState;
  budget: Budget;
  passage: Passage;
}

/** The base chains of a hook that see packets of the family, in the order in which the kernel asks them. */
export function chainsAt(tables: readonly FilterTable[], hook: Hook, family: 4 | 6, device: string | null): [FilterTable, FilterChain][] {
  const families: readonly TableFamily[] =
    hook === 'ingress' || hook === 'egress' ? ['netdev', 'inet'] : ['inet', family === 4 ? 'ip' : 'ip6'];
  return tables
    .filter((table) => families.includes(table.family))
    .flatMap((table) => [...table.chains.values()].map((chain): [FilterTable, FilterChain] => [table, chain]))
    .filter(
      ([, { base }]) => base?.hook === hook && (base.interfaces.length === 0 || (device !== null && base.interfaces.includes(device))),
    )
    .sort(([, a], [, b]) => (a.base?.priority ?? 0) - (b.base?.priority ?? 0));
}

/**
 * Sends a packet in thought through one base chain. What a rule depends on and is not known leaves both ways open; a rule that surely
 * decides ends the walk, as in the kernel (nft(8), iptables-extensions(8)).
 */
export function throughBaseChain(table: FilterTable, chain: FilterChain, state: PacketState, budget: Budget): Passage {
  const passage: Passage = { endings: [], redirections: [], passes: 'never', because: new Set() };
  const { base } = chain;
  if (base === null) return { ...passage, passes: 'surely' };
  state.passPriority(base.priority);
  const unseen = (base.hook === 'ingress' || base.hook === 'egress') && base.interfaces.length === 0;
  if (unseen) passage.because.add('the interface of a chain, which nft does not tell');
  const falls = walk(chain, { table, state, budget, passage }, !unseen, 0);
  if (falls !== 'never') {
    if (base.policy === 'drop') passage.endings.push({ verdict: 'drop', place: { table, chain, rule: null } });
    else passage.endings.push({ verdict: 'accept', place: { table, chain, rule: null } });
  }
  if (unseen) passage.endings.push({ verdict: 'accept', place: { table, chain, rule: null } });
  const accepts = passage.endings.some(({ verdict }) => verdict === 'accept');
  const others = passage.redirections.length > 0 || passage.endings.some(({ verdict }) => verdict !== 'accept');
  passage.passes = accepts ? (others ? 'maybe' : 'surely') : 'never';
  return passage;
}

type Falls = 'surely' | 'maybe' | 'never';

/** Walks a chain; tells whether the packet comes out of it without a verdict. `sure`: the packet surely came here. */
function walk(chain: FilterChain, given: Walk, sure: boolean, depth: number): Falls {
  const { passage, state, budget } = given;
  if (depth > DEEPEST_JUMP) {
    passage.because.add('chains that call each other too deep');
    return 'maybe';
  }
  let certain = true;
  let out: Falls = 'never';
  for (const rule of rulesFor(chain, state.value('destination-address'))) {
    if (--budget.left < 0) {
      passage.because.add('more rules than are looked at here');
      addEverything(given, chain, rule);
      return 'maybe';
    }
    const found = ruleHolds(rule, state, sure && certain);
    if (found === false || rule.verdict === null) continue;
    const done = decide(rule.verdict, { chain, rule, maybe: found !== true, walk: given, sure: sure && certain, depth });
    if (found !== true) for (const because of found.because) passage.because.add(because);
    const surely = found === true && certain;
    if (done.out !== 'never') out = surely && done.out === 'surely' ? 'surely' : 'maybe';
    const next = found === true || done.next === 'surely' ? done.next : 'maybe';
    if (next === 'never') return out;
    if (next === 'maybe') certain = false;
  }
  return certain ? 'surely' : 'maybe';
}

/** Beyond the budget anything may happen. */
function addEverything({ table, passage }: Walk, chain: FilterChain, rule: FilterRule): void {
  for (const verdict of ['accept', 'drop'] as const) passage.endings.push({ verdict, place: { table, chain, rule } });
}

function ruleHolds(rule: FilterRule, state: PacketState, sure: boolean): true | false | { because: string[] } {
  const because: string[] = [];
  for (const step of rule.steps) {
    if (step.kind === 'mark' || step.kind === 'untrack') {
      apply(step, state, sure && because.length === 0);
      continue;
    }
    const found = holds(step as Condition, state);
    if (found === false) return false;
    if (found !== true) because.push(found.because);
  }
  return because.length === 0 ? true : { because };
}

function apply(effect: Effect, state: PacketState, surely: boolean): void {
  if (effect.kind === 'untrack') {
    state.untrack(surely);
    return;
  }
  const before = state.mark;
  const { keep, change, unknown = 0n } = effect.change ?? { keep: 0n, change: 0n, unknown: 0xffff_ffffn };
  const after = { value: (before.value & keep) ^ change, unknown: (before.unknown & keep) | unknown };
  state.mark = surely ? after : { ...after, unknown: after.unknown | before.unknown | (after.value ^ before.value) };
}

interface Decision {
  chain: FilterChain;
  rule: FilterRule;
  /** Whether the rule only may hold. */
  maybe: boolean;
  walk: Walk;
  sure: boolean;
  depth: number;
}

interface Decided {
  /** Whether the rules behind it see the packet. */
  next: Falls;
  /** Whether the packet leaves the chain here, to go on in the one that called it. */
  out: Falls;
}

const ENDED: Decided = { next: 'never', out: 'never' };
const GOES_ON: Decided = { next: 'surely', out: 'never' };

function decide(verdict: Verdict, decision: Decision): Decided {
  const { chain, rule, walk: given } = decision;
  const { passage, table } = given;
  const place = { table, chain, rule };
  switch (verdict.kind) {
    case 'accept':
    case 'drop':
    case 'reject':
      passage.endings.push({ verdict: verdict.kind, place });
      return ENDED;
    case 'return':
      return { next: 'never', out: 'surely' };
    case 'continue':
      return GOES_ON;
    case 'translate':
      // Translations are made for the first packet of a connection; those behind it follow.
      if (chainType(given, chain) === 'filter' && verdict.here === false && verdict.to.length === 0)
        return anything('an address translation', decision);
      passage.redirections.push({ to: verdict.to, here: verdict.here, place });
      return ENDED;
    case 'unknown':
      return anything(verdict.because, decision);
    case 'jump':
    case 'goto':
      return follow(verdict, decision);
    case 'any':
      return anyOf(verdict.of, verdict.because, decision, verdict.always);
    case 'lookup': {
      const found = rowHolds(
        verdict.fields,
        verdict.rows.map(({ key }) => key),
        given.state,
      );
      if (found === null) return GOES_ON;
      if (typeof found !== 'number')
        return anyOf(
          verdict.rows.map((row) => row.verdict),
          found.because,
          decision,
        );
      const row = verdict.rows[found];
      return row === undefined ? GOES_ON : decide(row.verdict, decision);
    }
  }
}

function chainType({ table }: Walk, chain: FilterChain): 'filter' | 'nat' {
  return chain.base?.type === 'nat' || table.name === 'nat' ? 'nat' : 'filter';
}

/** It may end in any way, or go on. */
function anything(because: string, { chain, rule, walk: given }: Decision): Decided {
  given.passage.because.add(because);
  addEverything(given, chain, rule);
  return { next: 'maybe', out: 'never' };
}

function anyOf(verdicts: readonly Verdict[], because: string, decision: Decision, always = false): Decided {
  decision.walk.passage.because.add(because);
  let out: Falls = 'never';
  let next: Falls = always ? 'never' : 'maybe';
  // Many rows lead to the same: each verdict is looked at once.
  const seen = new Set<string>();
  for (const verdict of verdicts) {
    const key = 'chain' in verdict ? `${verdict.kind} ${verdict.chain}` : verdict.kind;
    if (seen.has(key) && verdict.kind !== 'translate') continue;
    seen.add(key);
    const done = decide(verdict, { ...decision, maybe: true, sure: false });
    if (done.out !== 'never') out = 'maybe';
    if (done.next !== 'never') next = 'maybe';
  }
  return { next, out };
}

function follow({ kind, chain: name }: { kind: 'jump' | 'goto'; chain: string }, decision: Decision): Decided {
  const { walk: given, maybe, sure, depth } = decision;
  const target = given.table.chains.get(name);
  if (target === undefined) return anything(`the target ${name.slice(0, 40)}`, decision);
  const falls = walk(target, given, sure && !maybe, depth + 1);
  return kind === 'goto' ? { next: 'never', out: falls } : { next: falls, out: 'never' };
}
