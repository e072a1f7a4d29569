import { formatLimit, formatQuantity } from '../../model/format.js';
import type { Budget } from '../../model/report.js';
import type { DataWay } from './data-way.js';

type Unit = Budget['unit'];

const UNIT_OF_ENDING: readonly (readonly [RegExp, Unit])[] = [
  [/Ms$/, 'ms'],
  [/Ratio$/, 'ratio'],
  [/Bytes$/, 'bytes'],
  [/[dD]ays$/, 'days'],
  [/(?:[mM]bit(?:PerSecond|s)?|Mbps)$/, 'Mbit/s'],
];

/** Names of numbers beside a quantity that are not in its unit, as `rttMs.count` would be. */
const NO_QUANTITY = /^(?:count|sent|received)$/;

/** The unit of what stands at the end of a way, by the names of the fields on it: `rttMs.p99` is in milliseconds. */
export function unitOf({ steps }: DataWay): Unit {
  const names = steps.flatMap((step) => (step.kind === 'field' ? [step.name] : [])).reverse();
  if (NO_QUANTITY.test(names[0] ?? '')) return 'count';
  const known = names.flatMap((name) => UNIT_OF_ENDING.flatMap(([ending, unit]) => (ending.test(name) ? [unit] : [])));
  return known[0] ?? 'count';
}

const LONGEST = 60;

/** A text without what must not be seen. It is asked before a text is cut: a part of a secret would not be known as one. */
export type Hide = (text: string) => string;

/** Where nothing is to be hidden. */
export const asItIs: Hide = (text) => text;

/** A value in a few words: `12.3 ms`, `TLSv1.3`, `true`, `3 entries`, `not measured`. */
export function valueText(value: unknown, unit: Unit, hide: Hide = asItIs): string {
  if (value === null || value === undefined) return 'not measured';
  if (typeof value === 'number') return formatQuantity(value, unit);
  if (Array.isArray(value)) return value.length === 1 ? '1 entry' : `${value.length} entries`;
  if (typeof value === 'object') return 'there';
  const text = hide(String(value));
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

/** A limit in words: `50 ms`. */
export function limitText(limit: number, unit: Unit): string {
  return formatLimit(limit, unit);
}
