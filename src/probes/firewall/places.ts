import type { DataOf } from '../../model/measurement.js';
import type { Condition, FilterTable, PacketField, Span } from '../../model/packet-filter.js';
import { addressNumber, addressText, joinedSpans, networkSpan } from '../../wire/firewall/packet-values.js';
import { isWithin } from './match.js';

/** Addresses and ports to try: what the rules name, and what they do not. */

type Interface = DataOf<'host'>['interfaces'][number];

/** Networks beyond these are not tried by themselves. */
const NETWORK_LIMIT = 48;

/** Addresses of strangers, the likeliest to be named by no rule first. */
const STRANGERS: Readonly<Record<4 | 6, readonly string[]>> = {
  4: ['93.184.215.14', '62.4.16.70', '185.40.234.12', '141.76.2.4', '103.48.197.33', '201.76.11.20', '41.203.64.9', '77.88.21.11'],
  6: ['2a01:4f8:13b:2ac1::7', '2607:f8b0:4004:c07::64', '2001:470:1f0b:16a0::2', '2400:cb00:2049:1::a29f:1804'],
};

/** Interfaces of containers, virtual machines and their bridges by the names that their makers give: not what a machine is reached by. */
const CONTAINER_INTERFACE =
  /^(docker\d|br-[0-9a-f]{12}$|veth|virbr|vnet\d|cni|flannel|cali|cilium|podman|lxcbr|lxdbr|incusbr|kube-|nerdctl|tunl0$|weave)/;

export function isOfContainers(name: string): boolean {
  return CONTAINER_INTERFACE.test(name);
}

/** Interfaces by which others reach this machine over a family, with an address of it there. */
export function ways(interfaces: readonly Interface[], family: 4 | 6): { name: string; address: string }[] {
  return interfaces.flatMap((link) => {
    if (link.loopback || link.up === false || isOfContainers(link.name)) return [];
    const own = link.addresses.find((entry) => entry.family === family && !/^(169\.254\.|fe80:)/i.test(entry.address));
    return own === undefined ? [] : [{ name: link.name, address: own.address }];
  });
}

/** The way by which most others come: that of the first default route of the family, before any other. */
export function foremostWay({ interfaces, defaultRoutes }: Pick<DataOf<'host'>, 'interfaces' | 'defaultRoutes'>, family: 4 | 6) {
  const all = ways(interfaces, family);
  const uplinks = defaultRoutes.filter((route) => route.family === family).map((route) => route.interface);
  return all.find(({ name }) => uplinks.includes(name)) ?? all[0];
}

/** The interface whose network has an address in it; `null` where none has. */
export function interfaceTowards(interfaces: readonly Interface[], address: string): string | null {
  const number = addressNumber(address);
  const family = address.includes(':') ? 6 : 4;
  if (number === null) return null;
  for (const link of interfaces) {
    for (const entry of link.addresses) {
      const span = entry.family === family ? networkSpan(entry.address, entry.prefixLength) : null;
      if (span !== null && isWithin(number, [span])) return link.name;
    }
  }
  return null;
}

/** What the rules name of a field, each span as it stands there. */
function* named(tables: readonly FilterTable[], field: PacketField): Generator<Span> {
  for (const table of tables) {
    for (const chain of table.chains.values()) {
      for (const { steps, verdict } of chain.rules) {
        for (const step of steps) if (step.kind === 'field' || step.kind === 'fields') yield* ofCondition(step, field);
        if (verdict?.kind !== 'lookup') continue;
        yield* ofCondition({ kind: 'fields', fields: verdict.fields, rows: verdict.rows.map(({ key }) => key), negated: false }, field);
      }
    }
  }
}

function* ofCondition(condition: Extract<Condition, { kind: 'field' | 'fields' }>, field: PacketField): Generator<Span> {
  if (condition.kind === 'field') {
    if (condition.field === field && condition.mask === null) yield* condition.spans;
    return;
  }
  const index = condition.fields.indexOf(field);
  if (index === -1) return;
  for (const row of condition.rows) {
    const element = row[index];
    if (element !== undefined && typeof element !== 'string') yield element;
  }
}

/** IPv6 has no ordinary address among the first 2^32. */
const isOfFamily =
  (family: 4 | 6) =>
  ([first, last]: Span) =>
    family === 4 ? last < 1n << 32n : first >= 1n << 32n;

/** Networks of sources that the rules name, and a source that none of them names. */
export interface Sources {
  stranger: string;
  networks: readonly { span: Span; address: string }[];
}

/** At most this many spans are looked at to find the networks. */
const SPAN_LIMIT = 200_000;

export function sourcesNamed(tables: readonly FilterTable[], family: 4 | 6): Sources {
  const before = SOURCES.get(tables)?.get(family);
  if (before !== undefined) return before;
  const made = findSources(tables, family);
  SOURCES.set(tables, new Map(SOURCES.get(tables)).set(family, made));
  return made;
}

/** They are asked for again and again of the same rules. */
const SOURCES = new WeakMap<readonly FilterTable[], Map<4 | 6, Sources>>();

function findSources(tables: readonly FilterTable[], family: 4 | 6): Sources {
  const spans = new Map<string, Span>();
  const all: Span[] = [];
  for (const span of named(tables, 'source-address')) {
    if (all.length >= SPAN_LIMIT) break;
    if (!isOfFamily(family)(span)) continue;
    all.push(span);
    if (spans.size < NETWORK_LIMIT && isOrdinary(span, family)) spans.set(`${span[0]}-${span[1]}`, span);
  }
  // A span that is nearly everything is no network of its own.
  const narrow = joinedSpans(all.filter(([first, last]) => last - first < 1n << (family === 4 ? 30n : 125n)));
  const stranger = STRANGERS[family].find((address) => !isWithin(addressNumber(address) ?? 0n, narrow)) ?? STRANGERS[family][0] ?? '';
  return {
    stranger,
    networks: [...spans.values()].map((span) => ({ span, address: addressText(span[0] === span[1] ? span[0] : span[0] + 1n, family) })),
  };
}

/** Whether packets from other machines can have such a source: not from the loopback, not from a group. */
function isOrdinary([first]: Span, family: 4 | 6): boolean {
  const top = first >> (family === 4 ? 24n : 120n);
  return family === 4 ? top !== 0n && top !== 127n && top < 224n : first > 1n && top !== 0xffn && first >> 118n !== 0x3fan;
}

/** Ports that the rules name one by one, and those that they do not name: a low and a high one. */
export function portsNamed(tables: readonly FilterTable[]): { named: number[]; unnamed: readonly [number, number] } {
  const found = new Set<number>();
  const narrow: Span[] = [];
  for (const span of named(tables, 'destination-port')) {
    const [first, last] = span;
    if (last > 65_535n) continue;
    if (last - first < 1000n) narrow.push(span);
    for (let port = first; port <= last && port - first < 16n; port++) if (port > 0n) found.add(Number(port));
  }
  const joined = joinedSpans(narrow);
  const free = (from: number) => {
    let port = from;
    while (port > 1 && isWithin(BigInt(port), joined)) port--;
    return port;
  };
  return { named: [...found].sort((a, b) => a - b), unnamed: [free(1019), free(48_619)] };
}

/** Whether any rule asks for the interface that a packet comes in by: without one all interfaces are alike. */
export function namesInterfaces(tables: readonly FilterTable[]): boolean {
  return tables.some((table) =>
    [...table.chains.values()].some(
      (chain) =>
        (chain.base?.interfaces.length ?? 0) > 0 ||
        chain.rules.some(
          ({ steps, verdict }) =>
            (verdict?.kind === 'lookup' && verdict.fields.includes('input-interface')) ||
            steps.some(
              (step) =>
                (step.kind === 'field' && step.field === 'input-interface') ||
                (step.kind === 'fields' && step.fields.includes('input-interface')),
            ),
        ),
    ),
  );
}
