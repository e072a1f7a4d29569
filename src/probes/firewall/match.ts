import type { Condition, Element, PacketField, Span } from '../../model/packet-filter.js';
import type { PacketState } from './packet.js';

/** Whether a condition holds: it does, it does not, or what that depends on. */
export type Holds = true | false | { because: string };

const FIELD_NAMES: Partial<Record<PacketField, string>> = {
  'source-port': 'the source port',
  mark: 'a mark',
  user: 'the user',
  group: 'the group of the user',
  'input-interface': 'the interface it comes in by',
  'output-interface': 'the interface it leaves by',
};

export function holds(condition: Condition, state: PacketState): Holds {
  switch (condition.kind) {
    case 'known':
      return condition.holds;
    case 'unknown':
      return { because: condition.because };
    case 'field': {
      // What is not there fits nothing, and is not unlike anything either; an interface that is not there is no interface of that name.
      if (!state.has(condition.field) && !condition.field.endsWith('interface')) return false;
      const { field, mask, spans, names, negated } = condition;
      const found = fieldAmong(state, field, mask, spans, names);
      return typeof found === 'boolean' ? found !== negated : found;
    }
    case 'fields': {
      const found = rowHolds(condition.fields, condition.rows, state);
      return found !== null && typeof found === 'object' ? found : (found !== null) !== condition.negated;
    }
  }
}

function fieldAmong(state: PacketState, field: PacketField, mask: bigint | null, spans: readonly Span[], names: readonly string[]): Holds {
  if (!state.has(field)) return false;
  const value = mask === null ? state.value(field) : state.bits(field, mask);
  if (value === null) return { because: FIELD_NAMES[field] ?? field.replace('-', ' ') };
  if (typeof value === 'string') return names.some((pattern) => isInterface(pattern, value));
  return isWithin(value, spans);
}

/** The index of the first row that fits; `null` where none does. */
export function rowHolds(
  fields: readonly PacketField[],
  rows: readonly (readonly Element[])[],
  state: PacketState,
): number | null | { because: string } {
  if (!fields.every((field) => state.has(field))) return null;
  let unknown: { because: string } | null = null;
  for (const [index, row] of rows.entries()) {
    const found = fits(fields, row, state);
    if (found === true && unknown === null) return index;
    // One row that may fit, ahead of one that does: which of them it is cannot be told.
    if (found !== false) unknown ??= found === true ? { because: 'one of several rows of a map' } : found;
  }
  return unknown;
}

function fits(fields: readonly PacketField[], row: readonly Element[], state: PacketState): Holds {
  let open: Holds = true;
  for (const [index, field] of fields.entries()) {
    const element = row[index];
    if (element === undefined) return false;
    const found =
      typeof element === 'string' ? fieldAmong(state, field, null, [], [element]) : fieldAmong(state, field, null, [element], []);
    if (found === false) return false;
    if (found !== true) open = found;
  }
  return open;
}

function isInterface(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** Spans are sorted and do not touch. */
export function isWithin(value: bigint, spans: readonly Span[]): boolean {
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = spans[middle] as Span;
    if (value < first) high = middle - 1;
    else if (value > last) low = middle + 1;
    else return true;
  }
  return false;
}
