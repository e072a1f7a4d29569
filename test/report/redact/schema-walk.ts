import { type Report, reportJsonSchema } from '../../../src/model/report.js';

/** As much of JSON Schema as the report's has. */
export interface JsonSchema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}

/** All that a value can be, unions in unions included. */
export function variantsOf(node: JsonSchema): JsonSchema[] {
  const inner = node.anyOf ?? node.oneOf;
  if (inner !== undefined) return inner.flatMap(variantsOf);
  return Array.isArray(node.type) ? node.type.map((type) => ({ ...node, type })) : [node];
}

/** Makes a text for the place of a string. */
type TextAt = (place: string) => string;

/** As many checks as a check has statuses, so that one of each may be there. */
const STATUSES = 4;

const TIME = '2025-03-04T05:06:07.000Z';

/**
 * A report that has everything: every field, an entry in each list, a measurement of every probe. All that is no string is the same in each.
 *
 * @param turn of several that a union allows, which
 */
export function completeReport(turn: number, textAt: TextAt): Report {
  let next = turn;
  const one = <T>(choices: readonly T[]): T => choices[next++ % choices.length] as T;

  const make = (node: JsonSchema, place: string): unknown => {
    const variants = variantsOf(node).filter(({ type }) => type !== 'null');
    const variant = variants.length === 1 ? (variants[0] as JsonSchema) : one(variants);
    if (variant.const !== undefined) return variant.const;
    if (variant.enum !== undefined) return one(variant.enum.filter((value) => value !== null));
    switch (variant.type) {
      case 'string':
        return variant.format === 'date-time' ? TIME : textAt(place);
      case 'boolean':
        return next++ % 2 === 0;
      case 'array':
        return Array.from({ length: place === 'report.checks' ? STATUSES : 1 }, () => make(variant.items ?? {}, `${place}[]`));
      case 'object':
        return variant.properties === undefined
          ? { [textAt(`${place} key`)]: textAt(`${place} value`) }
          : Object.fromEntries(Object.entries(variant.properties).map(([name, inner]) => [name, make(inner, `${place}.${name}`)]));
      default:
        return numberOf(variant);
    }
  };

  const schema = reportJsonSchema() as JsonSchema;
  const { measurements, ...envelope } = schema.properties ?? {};
  const probes = variantsOf(measurements?.items ?? {});
  return {
    ...(make({ ...schema, properties: envelope }, 'report') as Report),
    measurements: probes.map((probe, index) => {
      const made = make(probe, `measurements[${index}]`) as Report['measurements'][number];
      return { ...made, id: `m${index + 1}` };
    }),
  };
}

function numberOf({ minimum = 0, exclusiveMinimum, maximum = Number.MAX_SAFE_INTEGER }: JsonSchema): number {
  const low = Math.max(minimum, exclusiveMinimum === undefined ? minimum : exclusiveMinimum + 1);
  return Math.min(maximum, low > 0 ? low : Math.max(low, 1));
}
