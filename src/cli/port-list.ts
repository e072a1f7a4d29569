import { parsePort } from '../model/target.js';
import type { ValueKind } from './value-kinds.js';

/** Ports as the user listed them: those named one by one must be open, those of a range are only looked at. Ascending, each once. */
export interface PortList {
  required: number[];
  surveyed: number[];
  /** UDP ports (`U:53`); absent where none is named. */
  udp?: { required: number[]; surveyed: number[] };
}

export const portList: ValueKind<PortList> = {
  accepted:
    'ports from 1 to 65535 with commas between them, ranges upwards and 65535 ports in all, as in 22,80,8000-8100; UDP ports behind U:, as in 22,U:53,123',
  parse: parsePortList,
};

/** Bounds the work for a list that names the same ports over and over. */
const MAXIMUM_PORTS = 65_535;

/** `U:` and `T:` hold for what follows, up to the next of them, as nmap has it. */
function parsePortList(text: string): PortList | null {
  const lists = { tcp: emptyList(), udp: emptyList() };
  let protocol: 'tcp' | 'udp' = 'tcp';
  let named = 0;
  for (const item of text.split(',')) {
    const [, letter, part = ''] = /^\s*(?:([TU]):)?(.*)$/s.exec(item) ?? [];
    if (letter !== undefined) protocol = letter === 'U' ? 'udp' : 'tcp';
    const [first, last, ...more] = part
      .trim()
      .split('-')
      .map((end) => parsePort(end.trim()));
    if (first === undefined || first === null || last === null || more.length > 0) return null;
    if (last !== undefined && last < first) return null;
    named += (last ?? first) - first + 1;
    if (named > MAXIMUM_PORTS) return null;
    const { required, surveyed } = lists[protocol];
    if (last === undefined) required.add(first);
    else for (let port = first; port <= last; port++) surveyed.add(port);
  }
  return joined(lists.tcp, lists.udp);
}

/** Lists one after the other: what one of them requires is required. */
export function joinPortLists(lists: readonly PortList[]): PortList {
  const all = { tcp: emptyList(), udp: emptyList() };
  for (const list of lists) {
    for (const port of list.required) all.tcp.required.add(port);
    for (const port of list.surveyed) all.tcp.surveyed.add(port);
    for (const port of list.udp?.required ?? []) all.udp.required.add(port);
    for (const port of list.udp?.surveyed ?? []) all.udp.surveyed.add(port);
  }
  return joined(all.tcp, all.udp);
}

interface GrowingList {
  required: Set<number>;
  surveyed: Set<number>;
}

function emptyList(): GrowingList {
  return { required: new Set(), surveyed: new Set() };
}

function joined(tcp: GrowingList, udp: GrowingList): PortList {
  const listOf = ({ required, surveyed }: GrowingList) => ({
    required: ascending(required),
    surveyed: ascending(new Set([...surveyed].filter((port) => !required.has(port)))),
  });
  return udp.required.size + udp.surveyed.size === 0 ? listOf(tcp) : { ...listOf(tcp), udp: listOf(udp) };
}

function ascending(ports: Set<number>): number[] {
  return [...ports].sort((a, b) => a - b);
}
