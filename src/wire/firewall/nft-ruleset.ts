import type { FilterChain, FilterTable, Hook, TableFamily } from '../../model/packet-filter.js';
import { type Parsed, parsed, refused } from '../parsed.js';
import { isList, isObject, type Json } from './nft-operand.js';
import { type NamedElements, readNftRule } from './nft-statement.js';

/** More rules than these are not read: no machine has so many, and each costs memory. */
const RULE_LIMIT = 200_000;

const HOOKS: ReadonlySet<string> = new Set(['ingress', 'prerouting', 'input', 'forward', 'output', 'postrouting', 'egress']);
const FAMILIES: ReadonlySet<string> = new Set(['ip', 'ip6', 'inet', 'netdev', 'bridge', 'arp']);

interface Draft {
  family: TableFamily;
  name: string;
  chains: Map<string, Omit<FilterChain, 'rules'>>;
  dormant: boolean | null;
  rules: { chain: string; expressions: readonly Json[]; comment: Json | undefined }[];
  elements: Map<string, readonly Json[]>;
}

/**
 * What `nft -j list ruleset` prints (libnftables-json(5)). Objects that are not known are left out; what a rule says and is not known is in
 * the rule. Refused where it is no such document.
 */
export function parseNftRuleset(text: string): Parsed<FilterTable[]> {
  let document: Json;
  try {
    document = JSON.parse(text) as Json;
  } catch {
    return refused('it is no JSON');
  }
  const objects = isObject(document) ? document['nftables'] : undefined;
  if (!isList(objects)) return refused('it is no list of nftables objects');
  const drafts = new Map<string, Draft>();
  let rules = 0;
  for (const object of objects) {
    if (!isObject(object)) continue;
    const [kind = '', value = null] = Object.entries(object)[0] ?? [];
    if (!isObject(value)) continue;
    const draft = draftOf(drafts, kind, value);
    if (draft === null) continue;
    if (kind === 'rule' && ++rules > RULE_LIMIT) return refused(`it has more than ${RULE_LIMIT} rules`);
    add(draft, kind, value);
  }
  const odd = [...drafts.values()].find(({ dormant }) => dormant === null);
  if (odd !== undefined) return refused(`whether the table ${odd.name.slice(0, 40)} is dormant cannot be read`);
  return parsed([...drafts.values()].filter(({ dormant }) => dormant === false).map(finished));
}

function draftOf(drafts: Map<string, Draft>, kind: string, value: { readonly [key: string]: Json }): Draft | null {
  const { family } = value;
  const name = kind === 'table' ? value['name'] : value['table'];
  if (typeof family !== 'string' || !FAMILIES.has(family) || typeof name !== 'string') return null;
  const key = `${family} ${name}`;
  const known = drafts.get(key);
  if (known !== undefined) return known;
  const made: Draft = { family: family as TableFamily, name, chains: new Map(), dormant: false, rules: [], elements: new Map() };
  drafts.set(key, made);
  return made;
}

function add(draft: Draft, kind: string, value: { readonly [key: string]: Json }): void {
  const { name } = value;
  if (kind === 'table') draft.dormant = isDormant(value['flags']);
  if (kind === 'chain' && typeof name === 'string') draft.chains.set(name, { name, base: baseOf(value) });
  if ((kind === 'set' || kind === 'map') && typeof name === 'string') draft.elements.set(name, isList(value['elem']) ? value['elem'] : []);
  if (kind === 'element' && typeof name === 'string' && isList(value['elem'])) {
    draft.elements.set(name, [...(draft.elements.get(name) ?? []), ...value['elem']]);
  }
  if (kind === 'rule' && typeof value['chain'] === 'string') {
    draft.rules.push({ chain: value['chain'], expressions: isList(value['expr']) ? value['expr'] : [], comment: value['comment'] });
  }
}

const OTHER_FLAGS: ReadonlySet<unknown> = new Set(['owner', 'persist']);

/** Whether a table is switched off, so that its rules are in no packet's way; `null`: nft 1.0.6 writes any letters in place of the flag. */
function isDormant(flags: Json | undefined): boolean | null {
  const all = flags === undefined ? [] : isList(flags) ? flags : [flags];
  if (all.includes('dormant')) return true;
  return all.every((flag) => OTHER_FLAGS.has(flag)) ? false : null;
}

function baseOf(value: { readonly [key: string]: Json }): FilterChain['base'] {
  const { hook, type, prio, policy, dev } = value;
  if (typeof hook !== 'string' || !HOOKS.has(hook)) return null;
  const devices = isList(dev) ? dev : dev === undefined ? [] : [dev];
  return {
    hook: hook as Hook,
    priority: typeof prio === 'number' ? prio : 0,
    type: type === 'nat' || type === 'route' ? type : 'filter',
    policy: policy === 'drop' ? 'drop' : 'accept',
    interfaces: devices.filter((device): device is string => typeof device === 'string'),
  };
}

function finished({ family, name, chains, rules, elements }: Draft): FilterTable {
  const named = (set: string) => elements.get(set) ?? null;
  const byChain = new Map<string, Draft['rules']>();
  for (const rule of rules) {
    const list = byChain.get(rule.chain);
    if (list === undefined) byChain.set(rule.chain, [rule]);
    else list.push(rule);
  }
  return {
    engine: 'nftables',
    family,
    name,
    chains: new Map([...chains].map(([key, chain]) => [key, new LazyChain(chain, byChain.get(key) ?? [], named)])),
    sets: elements.size,
  };
}

/** Its rules are read when they are asked for: those that iptables made are read in its own words, and never here. */
class LazyChain implements FilterChain {
  readonly name: string;
  readonly base: FilterChain['base'];
  readonly #drafts: Draft['rules'];
  readonly #named: NamedElements;
  #rules: FilterChain['rules'] | null = null;

  constructor({ name, base }: Omit<FilterChain, 'rules'>, drafts: Draft['rules'], named: NamedElements) {
    this.name = name;
    this.base = base;
    this.#drafts = drafts;
    this.#named = named;
  }

  get rules(): FilterChain['rules'] {
    this.#rules ??= this.#drafts.map(({ expressions, comment }) => readNftRule(expressions, comment, this.#named));
    return this.#rules;
  }
}
