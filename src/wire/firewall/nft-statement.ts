import type { Condition, Effect, Element, FilterRule, PacketField, Translation, Verdict } from '../../model/packet-filter.js';
import { LazyRule } from './lazy-rule.js';
import { bitsOf, fieldIs, isList, isObject, isWayBack, type Json, type Operand, readElement, readOperand, word } from './nft-operand.js';
import { nftRuleText } from './nft-rule-text.js';
import { fieldNumber, joinedSpans, LARGEST, largestAddress, splitElements } from './packet-values.js';

/** Elements of a named set or map by its name, as JSON; `null` where the table has none of that name. */
export type NamedElements = (name: string) => readonly Json[] | null;

/** What stands behind a verdict of this many layers of maps is not looked for. */
const DEEPEST = 4;

type ObjectJson = { readonly [key: string]: Json };

/** A rule of nft from its JSON. What is not known here becomes a condition or verdict that says so; nothing is guessed. */
export function readNftRule(expressions: readonly Json[], comment: Json | undefined, named: NamedElements): FilterRule {
  return new LazyRule(
    () => readStatements(expressions, named),
    () => nftRuleText(expressions, comment),
  );
}

function readStatements(expressions: readonly Json[], named: NamedElements): Pick<FilterRule, 'steps' | 'verdict'> {
  const steps: (Condition | Effect)[] = [];
  let verdict: Verdict | null = null;
  for (const expression of expressions) {
    if (!isObject(expression)) {
      steps.push(unknown('a statement that is not known here'));
      continue;
    }
    const [kind = '', value = null] = Object.entries(expression)[0] ?? [];
    verdict = verdictOf(kind, value, named, steps) ?? verdict;
    if (verdict === null) steps.push(...stepsOf(kind, value, named));
  }
  // nft before 1.0.1 shows modules of iptables as `xt` without a word: the last one is the target, where the rule has no other.
  if (verdict === null && isNameless(expressions.at(-1))) {
    steps.pop();
    verdict = { kind: 'unknown', because: NAMELESS };
  }
  return { steps, verdict };
}

const NAMELESS = 'a module of iptables that nft does not name';

function isNameless(expression: Json | undefined): boolean {
  return isObject(expression) && 'xt' in expression && !isObject(expression['xt']);
}

/** Statements that only look, count, or write down something other than the packet's mark. */
const PASSING: ReadonlySet<string> = new Set([
  ...['counter', 'log', 'dup', 'flow', 'map', 'last', 'secmark', 'reset'],
  ...['ct helper', 'ct timeout', 'ct expectation', 'ct secmark', 'meta secmark'],
]);

function unknown(because: string): Condition {
  return { kind: 'unknown', because };
}

function stepsOf(kind: string, value: Json, named: NamedElements): readonly (Condition | Effect)[] {
  switch (kind) {
    case 'match':
      return isObject(value) ? matchSteps(value, named) : [unknown('a match that is not known here')];
    case 'mangle':
      return isObject(value) ? mangleSteps(value) : [];
    case 'notrack':
      return [{ kind: 'untrack' }];
    case 'limit':
      return [unknown('a limit of the rate')];
    case 'quota':
      return [unknown('a quota')];
    case 'ct count':
      return [unknown('the number of connections')];
    case 'set':
      // An element is added, which succeeds; with a limit it says whether that is reached.
      return isObject(value) && isList(value['stmt']) && value['stmt'].some((inner) => isObject(inner) && !('counter' in inner))
        ? [unknown('a limit of the rate')]
        : [];
    case 'meter':
      return [unknown('a limit of the rate')];
    case 'xt':
      if (!isObject(value)) return [unknown(NAMELESS)];
      return value['type'] === 'match' ? xtMatch(word(value['name'])) : [];
    default:
      return PASSING.has(kind) ? [] : [unknown(`the statement ${kind.slice(0, 40)}`)];
  }
}

/** A match of iptables' own kernel modules, of which nft tells the name alone. */
function xtMatch(name: string): readonly Condition[] {
  return name === 'comment' ? [] : [unknown(`the iptables match ${name}`)];
}

function mangleSteps({ key, value }: ObjectJson): readonly Effect[] {
  if (!isObject(key) || !isObject(key['meta']) || key['meta']['key'] !== 'mark') return [];
  const plain = fieldNumber('mark', value);
  if (plain !== null) return [{ kind: 'mark', change: { keep: 0n, change: plain } }];
  for (const [operator, keepOf] of [
    ['|', (bits: bigint) => ({ keep: 0xffff_ffffn ^ bits, change: bits })],
    ['&', (bits: bigint) => ({ keep: bits, change: 0n })],
    ['^', (bits: bigint) => ({ keep: 0xffff_ffffn, change: bits })],
  ] as const) {
    const parts = isObject(value) ? value[operator] : undefined;
    const bits = isList(parts) && isObject(parts[0]) && isObject(parts[0]['meta']) ? fieldNumber('mark', parts[1]) : null;
    if (bits !== null) return [{ kind: 'mark', change: keepOf(bits) }];
  }
  return [{ kind: 'mark', change: null }];
}

function matchSteps({ op, left, right }: ObjectJson, named: NamedElements): readonly Condition[] {
  if (isWayBack(left) && (op === '==' || op === '!=')) {
    const missing = right === false || right === 0 || right === '0';
    if (missing || right === true) return [{ kind: 'known', holds: missing !== (op === '==') }];
  }
  // Packets in thought have no extension headers of IPv6.
  if (isObject(left) && isObject(left['exthdr'])) return [{ kind: 'known', holds: right === false && op === '==' }];
  const operand = readOperand(left);
  if (typeof operand === 'string') return [unknown(operand)];
  const condition = conditionOf(operand, typeof op === 'string' ? op : '==', right, named);
  return condition === null ? [unknown(`a value of ${operand.fields.join(' and ')}`)] : [...operand.requires, condition];
}

const BIT_FIELDS: ReadonlySet<PacketField> = new Set(['connection-state', 'connection-status', 'tcp-flags']);

function conditionOf(operand: Operand, op: string, right: Json | undefined, named: NamedElements): Condition | null {
  const { fields, mask } = operand;
  const [field] = fields;
  if (field === undefined) return null;
  const negated = op === '!=';
  if (fields.length > 1) {
    const rows = elementsOf(right, named)?.map((element) => rowOf(operand, element));
    return rows === undefined || !rows.every((row) => row !== null) ? null : { kind: 'fields', fields, rows, negated };
  }
  if (BIT_FIELDS.has(field) && !isSet(right)) return bitsCondition(operand, field, op, right);
  if (op === '<' || op === '>' || op === '<=' || op === '>=') return comparison(field, mask, op, fieldNumber(field, right));
  if (op !== '==' && op !== '!=' && op !== 'in') return null;
  const elements = elementsOf(right, named);
  const split = elements === undefined ? null : splitOf(operand, field, elements);
  return split === null ? null : { kind: 'field', field, mask, ...split, negated };
}

type Split = ReturnType<typeof splitElements>;

/** Large sets are named by many rules, and read once for each field that they are held against. */
const SPLITS = new WeakMap<readonly Json[], Map<string, Split | null>>();

function splitOf(operand: Operand, field: PacketField, list: readonly Json[]): Split | null {
  const key = `${field} ${operand.names === null ? '' : Object.keys(operand.names).length}`;
  const known = SPLITS.get(list) ?? new Map<string, Split | null>();
  SPLITS.set(list, known);
  const before = known.get(key);
  if (before !== undefined) return before;
  const elements = list.map((element) => readElement(operand, field, element));
  const made = elements.every((element) => element !== null) ? splitElements(elements) : null;
  known.set(key, made);
  return made;
}

function isSet(right: Json | undefined): boolean {
  return (isObject(right) && 'set' in right) || (typeof right === 'string' && right.startsWith('@'));
}

/** What a right side holds: one value, or the elements of a set; `undefined` for a set that is not there. */
function elementsOf(right: Json | undefined, named: NamedElements): readonly Json[] | undefined {
  if (right === undefined) return undefined;
  if (typeof right === 'string' && right.startsWith('@')) return named(right.slice(1)) ?? undefined;
  if (isObject(right) && 'set' in right) return isList(right['set']) ? right['set'] : [right['set'] ?? null];
  return [right];
}

/** `ct state new,related`, `tcp flags syn`: one of the flags is set; with `==` and a mask all of them are as said. */
function bitsCondition({ mask }: Operand, field: PacketField, op: string, right: Json | undefined): Condition | null {
  const bits = bitsOf(field, right);
  if (bits === null) return null;
  const none = { kind: 'field', field, spans: [[0n, 0n]], names: [] } as const;
  if (op === 'in' || (op === '==' && isList(right) && mask === null)) return { ...none, mask: bits, negated: true };
  if (op === '!') return { ...none, mask: bits, negated: false };
  return op === '==' || op === '!=' ? { ...none, mask, spans: [[bits, bits]], negated: op === '!=' } : null;
}

function comparison(field: PacketField, mask: bigint | null, op: '<' | '>' | '<=' | '>=', value: bigint | null): Condition | null {
  if (value === null) return null;
  const largest = LARGEST[field] ?? largestAddress(6);
  const below = op === '<' || op === '>=';
  // `<` and `>=` part the numbers below the value from the rest, `<=` and `>` part those up to it.
  const last = below ? value - 1n : value;
  const spans = last < 0n ? [] : joinedSpans([[0n, last < largest ? last : largest]]);
  return { kind: 'field', field, mask, spans, names: [], negated: op === '>' || op === '>=' };
}

function rowOf(operand: Operand, element: Json): readonly Element[] | null {
  const value = isObject(element) && isObject(element['elem']) ? element['elem']['val'] : element;
  const parts = isObject(value) ? value['concat'] : undefined;
  if (!isList(parts) || parts.length !== operand.fields.length) return null;
  const row = operand.fields.map((field, index) => readElement(operand, field, parts[index]));
  return row.every((part) => part !== null) ? row : null;
}

function verdictOf(kind: string, value: Json, named: NamedElements, steps: (Condition | Effect)[], depth = 0): Verdict | null {
  switch (kind) {
    case 'reject':
      steps.push(...answerOf(isObject(value) ? value['type'] : undefined));
      return { kind };
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
      return { kind };
    case 'jump':
    case 'goto':
      return isObject(value) && typeof value['target'] === 'string'
        ? { kind, chain: value['target'] }
        : { kind: 'unknown', because: 'a jump that is not known here' };
    case 'vmap':
      return lookupVerdict(value, named, steps, depth);
    case 'dnat':
      return translation(isObject(value) ? value : {}, named, steps);
    case 'redirect':
      return { kind: 'translate', here: true, to: [{ address: null, port: isObject(value) ? portOf(value['port']) : null }] };
    case 'snat':
    case 'masquerade':
      return { kind: 'accept' };
    case 'queue':
      return { kind: 'unknown', because: 'a program that is asked (queue)' };
    case 'tproxy':
      return { kind: 'unknown', because: 'a proxy on this machine (tproxy)' };
    case 'synproxy':
    case 'fwd':
      return { kind: 'unknown', because: kind };
    case 'xt':
      return isObject(value) && value['type'] === 'target'
        ? { kind: 'unknown', because: `the iptables target ${word(value['name'])}` }
        : null;
    default:
      return null;
  }
}

/** What a rule refuses with says which packets it is for: nft leaves that condition out of what it prints. */
function answerOf(type: Json | undefined): Condition[] {
  if (type === 'tcp reset') return [fieldIs('protocol', 6n)];
  return type === 'icmp' ? [fieldIs('family', 4n)] : type === 'icmpv6' ? [fieldIs('family', 6n)] : [];
}

function lookupVerdict(value: Json, named: NamedElements, steps: (Condition | Effect)[], depth: number): Verdict {
  const other: Verdict = { kind: 'unknown', because: 'a map that is not known here' };
  if (!isObject(value) || depth > DEEPEST) return other;
  const operand = readOperand(value['key']);
  const entries = elementsOf(value['data'], named);
  if (entries === undefined) return other;
  if (typeof operand === 'string') return anyVerdict(operand, value['key'], entries, named, depth);
  if (operand.mask !== null) return other;
  const [field] = operand.fields;
  const rows: { key: readonly Element[]; verdict: Verdict }[] = [];
  for (const entry of entries) {
    if (!isList(entry) || field === undefined) return other;
    const single = operand.fields.length === 1 ? readElement(operand, field, entry[0]) : null;
    const key = operand.fields.length === 1 ? (single === null ? null : [single]) : rowOf(operand, entry[0] ?? null);
    const [kind, inner] = isObject(entry[1]) ? (Object.entries(entry[1])[0] ?? []) : [];
    const verdict = kind === undefined ? null : verdictOf(kind, inner ?? null, named, [], depth + 1);
    if (key === null || verdict === null) return other;
    rows.push({ key, verdict });
  }
  steps.push(...operand.requires);
  return { kind: 'lookup', fields: operand.fields, rows };
}

/** A map by chance or by what is not known: any of its verdicts. Chance (`numgen`, `jhash`) always hits a row where there is one for each number. */
function anyVerdict(because: string, key: Json | undefined, entries: readonly Json[], named: NamedElements, depth: number): Verdict {
  const of = entries.map((entry) => {
    const [kind, inner] = isList(entry) && isObject(entry[1]) ? (Object.entries(entry[1])[0] ?? []) : [];
    return kind === undefined ? null : verdictOf(kind, inner ?? null, named, [], depth + 1);
  });
  if (!of.every((verdict) => verdict !== null)) return { kind: 'unknown', because };
  const chance = isObject(key) ? (key['numgen'] ?? key['jhash'] ?? key['symhash']) : undefined;
  return {
    kind: 'any',
    of,
    because: chance === undefined ? because : 'chance',
    always: isObject(chance) && chance['mod'] === entries.length,
  };
}

function portOf(value: Json | undefined): number | null {
  return typeof value === 'number' && value >= 1 && value <= 65_535 ? value : null;
}

/** `dnat to ADDRESS:PORT`, or to one out of a map: by number (which one is chance), or by a field of the packet. */
function translation(value: ObjectJson, named: NamedElements, steps: (Condition | Effect)[]): Verdict {
  const port = portOf(value['port']);
  if (value['family'] === 'ip' || value['family'] === 'ip6') steps.push(fieldIs('family', value['family'] === 'ip' ? 4n : 6n));
  const { addr } = value;
  if (typeof addr === 'string') return { kind: 'translate', here: false, to: [{ address: addr, port }] };
  if (addr === undefined && port !== null) return { kind: 'translate', here: false, to: [{ address: null, port }] };
  const map = isObject(addr) ? addr['map'] : undefined;
  const entries = isObject(map) ? elementsOf(map['data'], named) : undefined;
  if (!isObject(map) || entries === undefined) return { kind: 'translate', here: false, to: [] };
  const operand = readOperand(map['key']);
  const rows = entries.map((entry) => (isList(entry) ? { key: entry[0], to: destination(entry[1], port) } : null));
  if (typeof operand === 'string') {
    const to = rows.flatMap((row) => (row?.to == null ? [] : [row.to]));
    return { kind: 'translate', here: false, to: to.length === rows.length ? to : [] };
  }
  steps.push(...operand.requires);
  const [field] = operand.fields;
  const read = rows.map((row) => {
    if (row?.to == null || field === undefined) return null;
    const single = operand.fields.length === 1 ? readElement(operand, field, row.key) : null;
    const key = operand.fields.length === 1 ? (single === null ? null : [single]) : rowOf(operand, row.key ?? null);
    return key === null ? null : { key, verdict: { kind: 'translate', here: false, to: [row.to] } as const };
  });
  if (operand.mask !== null || !read.every((row) => row !== null)) return { kind: 'translate', here: false, to: [] };
  return { kind: 'lookup', fields: operand.fields, rows: read };
}

function destination(value: Json | undefined, port: number | null): Translation | null {
  if (typeof value === 'string') return { address: value, port };
  const parts = isObject(value) ? value['concat'] : undefined;
  if (!isList(parts) || typeof parts[0] !== 'string') return null;
  return { address: parts[0], port: portOf(parts[1]) ?? port };
}
