import { DATA_SHAPES } from './report-shape.js';
import type { AnyShape } from './shape.js';

/** Names of the fields of all data. */
const FIELDS: ReadonlySet<string> = new Set(Object.values(DATA_SHAPES as Readonly<Record<string, AnyShape>>).flatMap(fieldsOf));

function fieldsOf(shape: AnyShape): string[] {
  if (typeof shape === 'string') return [];
  if (Array.isArray(shape)) return fieldsOf(shape[0] as AnyShape);
  return Object.entries(shape as Readonly<Record<string, AnyShape>>).flatMap(([name, inner]) => [name, ...fieldsOf(inner)]);
}

/** Whether it names a measured value, as `latency.rttMs.p99` does: a probe, then fields of data, and nobody's own words. */
export function isWayIntoData([probe = '', ...fields]: readonly string[]): boolean {
  return Object.hasOwn(DATA_SHAPES, probe) && fields.length > 0 && fields.every((field) => FIELDS.has(field));
}
