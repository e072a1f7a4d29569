import { describe, expect, it } from 'vitest';
import type { ProbeName } from '../../../src/model/measurement.js';
import { reportJsonSchema } from '../../../src/model/report.js';
import { DATA_SHAPES, MEASUREMENT_SHAPE, REPORT_SHAPE } from '../../../src/report/redact/report-shape.js';
import type { AnyShape } from '../../../src/report/redact/shape.js';
import { type JsonSchema, variantsOf } from './schema-walk.js';

const schema = reportJsonSchema() as JsonSchema;
const shape = { ...REPORT_SHAPE, measurements: [null] } as unknown as AnyShape;

/** Where shape and schema do not say the same. */
function differences(node: JsonSchema, known: AnyShape | undefined, place: string): string[] {
  if (known === undefined) return [`${place}: has no place in a redacted report`];
  return variantsOf(node).flatMap((variant) => {
    if (place === 'report.measurements[]') return measurementDifferences(variant, place);
    if (variant.type === 'null') return [];
    if (variant.const !== undefined || variant.enum !== undefined) {
      const isText = [variant.const, ...(variant.enum ?? [])].some((value) => typeof value === 'string');
      return known === (isText ? 'word' : 'number') ? [] : [`${place}: an enumeration is ${String(known)}`];
    }
    switch (variant.type) {
      case 'string':
        return stringDifferences(variant, known, place);
      case 'number':
      case 'integer':
      case 'boolean':
        return known === 'number' ? [] : [`${place}: a number is ${String(known)}`];
      case 'array':
        return Array.isArray(known) ? differences(variant.items ?? {}, known[0] as AnyShape, `${place}[]`) : [`${place}: is a list`];
      case 'object':
        return objectDifferences(variant, known, place);
      default:
        return [`${place}: is of an unknown type`];
    }
  });
}

function stringDifferences(node: JsonSchema, known: AnyShape, place: string): string[] {
  if (typeof known !== 'string' || known === 'number' || known === 'word' || known === 'headers' || known === 'labels')
    return [`${place}: a string has no kind`];
  return node.format === 'date-time' && known !== 'time' && known !== 'hour' ? [`${place}: a time is ${known}`] : [];
}

function objectDifferences(node: JsonSchema, known: AnyShape, place: string): string[] {
  if (node.properties === undefined) return known === 'headers' || known === 'labels' ? [] : [`${place}: is a mapping`];
  if (typeof known !== 'object' || Array.isArray(known)) return [`${place}: is an object`];
  return Object.entries(node.properties).flatMap(([name, inner]) =>
    differences(inner, (known as Record<string, AnyShape>)[name], `${place}.${name}`),
  );
}

function measurementDifferences(node: JsonSchema, place: string): string[] {
  const probe = String(node.properties?.['probe']?.const);
  const data = (DATA_SHAPES as Record<string, AnyShape>)[probe];
  const { data: inner, ...envelope } = node.properties ?? {};
  return [
    ...objectDifferences({ ...node, properties: envelope }, MEASUREMENT_SHAPE as AnyShape, place),
    ...differences(inner ?? {}, data, `${place}(${probe}).data`),
  ];
}

/** Every field of the shape is in the schema: what is gone from there must not be passed on for ever. */
function surplus(node: JsonSchema, known: AnyShape, place: string): string[] {
  const variants = variantsOf(node);
  if (typeof known === 'string') return [];
  if (Array.isArray(known)) {
    const items = variants.flatMap(({ items: inner }) => (inner === undefined ? [] : [inner]));
    return surplus({ anyOf: items }, known[0] as AnyShape, `${place}[]`);
  }
  return Object.entries(known).flatMap(([name, inner]) => {
    const fields = variants.flatMap(({ properties }) => (properties?.[name] === undefined ? [] : [properties[name]]));
    return fields.length === 0 ? [`${place}.${name}: is not in the schema`] : surplus({ anyOf: fields }, inner, `${place}.${name}`);
  });
}

describe('the shape of a redacted report', () => {
  it('has a kind for every field of the schema', () => {
    expect(differences(schema, shape, 'report')).toEqual([]);
  });

  it('has no field that the schema has not', () => {
    const { measurements, ...envelope } = schema.properties ?? {};
    const ofProbe = variantsOf(measurements?.items ?? {});
    expect(surplus({ ...schema, properties: envelope }, REPORT_SHAPE as AnyShape, 'report')).toEqual([]);
    expect(ofProbe.length).toBe(Object.keys(DATA_SHAPES).length);
    for (const variant of ofProbe) {
      const probe = variant.properties?.['probe']?.const as ProbeName;
      expect(surplus(variant.properties?.['data'] ?? {}, DATA_SHAPES[probe] as AnyShape, probe)).toEqual([]);
    }
  });

  it('misses no field: the walk sees one that has no kind', () => {
    const { policy: _, ...wanting } = { ...REPORT_SHAPE, measurements: [null] };
    expect(differences(schema, wanting as unknown as AnyShape, 'report')).toEqual(['report.policy: has no place in a redacted report']);
  });
});
