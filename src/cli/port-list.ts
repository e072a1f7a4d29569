import { parsePort } from '../model/target.js';
import type { ValueKind } from './value-kinds.js';

/** Ports as the user listed them: those named one by one must be open, those of a range are only looked at. Ascending, each once. */
export interface PortList {
  required: number[];
  surveyed: number[];
}

export const portList: ValueKind<PortList> = {
  accepted: 'ports from 1 to 65535 with commas between them, ranges upwards and 65535 ports in all, as in 22,80,8000-8100',
  parse: parsePortList,
};

/** Bounds the work for a list that names the same ports over and over. */
const MAXIMUM_PORTS = 65_535;

function parsePortList(text: string): PortList | null {
  const required = new Set<number>();
  const surveyed = new Set<number>();
  let named = 0;
  for (const part of text.split(',')) {
    const [first, last, ...more] = part
      .trim()
      .split('-')
      .map((end) => parsePort(end.trim()));
    if (first === undefined || first === null || last === null || more.length > 0) return null;
    if (last !== undefined && last < first) return null;
    named += (last ?? first) - first + 1;
    if (named > MAXIMUM_PORTS) return null;
    if (last === undefined) required.add(first);
    else for (let port = first; port <= last; port++) surveyed.add(port);
  }
  for (const port of required) surveyed.delete(port);
  return { required: ascending(required), surveyed: ascending(surveyed) };
}

/** Lists one after the other: what one of them requires is required. */
export function joinPortLists(lists: readonly PortList[]): PortList {
  const required = new Set(lists.flatMap((list) => list.required));
  const surveyed = new Set(lists.flatMap((list) => list.surveyed).filter((port) => !required.has(port)));
  return { required: ascending(required), surveyed: ascending(surveyed) };
}

function ascending(ports: Set<number>): number[] {
  return [...ports].sort((a, b) => a - b);
}
