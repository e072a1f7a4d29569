import { z } from 'zod';
import { measurementSchema, type ProbeName } from '../../model/measurement.js';
import type { DataWay, WayStep } from '../../report/verify/data-way.js';
import { nearest } from '../nearest.js';
import { quotedValue } from '../quoted-value.js';
import { forms } from '../schema-keys.js';

/** The data of each probe. */
const DATA: ReadonlyMap<string, z.core.$ZodType> = new Map(
  measurementSchema.options.map((option) => [option.shape.probe.value as string, option.shape.data as z.core.$ZodType]),
);

export function isProbe(name: string): name is ProbeName {
  return DATA.has(name);
}

/**
 * Why a way leads nowhere in what any report can hold; `null` where it leads somewhere. A word that is misspelt would otherwise be found out at the end
 * of a run, as something that was never measured.
 */
export function whyNoWay({ probe, steps }: DataWay): string | null {
  const data = DATA.get(probe);
  if (data === undefined) {
    const probes = [...DATA.keys()];
    const near = nearest(probe, probes);
    return `there is no probe ${quotedValue(probe)}; ${near === null ? `there are ${probes.join(', ')}` : `did you mean ${near}?`}`;
  }
  let schemas = forms(data);
  let place = probe;
  for (const step of steps) {
    const next = schemas.flatMap((schema) => behind(schema, step));
    if (next.length === 0) return reasonAt(schemas, step, place);
    const never = whyNever(schemas, step, place);
    if (never !== null) return never;
    schemas = next;
    place = `${place}${stepText(step)}`;
  }
  return null;
}

function behind(schema: z.core.$ZodType, step: WayStep): z.core.$ZodType[] {
  switch (step.kind) {
    case 'field': {
      if (schema instanceof z.ZodRecord) return forms(schema.valueType);
      return fieldOf(schema, step.name);
    }
    case 'item':
      if (schema instanceof z.ZodTuple) return (schema.def.items as z.core.$ZodType[]).flatMap(forms);
      return schema instanceof z.ZodArray ? forms(schema.element) : [];
    case 'all':
      if (schema instanceof z.ZodArray) return forms(schema.element);
      if (schema instanceof z.ZodRecord) return forms(schema.valueType);
      return schema instanceof z.ZodObject ? Object.values(schema.shape as Record<string, z.core.$ZodType>).flatMap(forms) : [];
    case 'where': {
      const entries = schema instanceof z.ZodArray ? forms(schema.element) : [schema];
      return entries.filter((entry) => fieldOf(entry, step.field).length > 0);
    }
  }
}

/** Why no entry of a list can have the value that it is chosen by; `null` where one can. */
function whyNever(schemas: readonly z.core.$ZodType[], step: WayStep, place: string): string | null {
  if (step.kind !== 'where') return null;
  const entries = schemas.flatMap((schema) => (schema instanceof z.ZodArray ? forms(schema.element) : [schema]));
  const fields = entries.flatMap((entry) => fieldOf(entry, step.field));
  const words = fields.map(wordsOf);
  if (step.value === 'null' || words.includes(null)) return null;
  const known = [...new Set(words.flatMap((some) => some ?? []))];
  if (known.includes(step.value)) return null;
  const near = nearest(step.value, known);
  return `in ${place} no ${step.field} is ${quotedValue(step.value)}; ${near === null ? `it is one of ${known.join(', ')}` : `did you mean ${near}?`}`;
}

/** The values that there are, as texts; `null`: any. */
function wordsOf(schema: z.core.$ZodType): string[] | null {
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(String);
  return schema instanceof z.ZodBoolean ? ['true', 'false'] : null;
}

function fieldOf(schema: z.core.$ZodType, name: string): z.core.$ZodType[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const shape = schema.shape as Record<string, z.core.$ZodType>;
  const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
  return field === undefined ? [] : forms(field);
}

function reasonAt(schemas: readonly z.core.$ZodType[], step: WayStep, place: string): string {
  const entries =
    step.kind === 'where' ? schemas.flatMap((schema) => (schema instanceof z.ZodArray ? forms(schema.element) : [schema])) : schemas;
  const known = [...new Set(entries.flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape as object) : [])))];
  const name = step.kind === 'field' ? step.name : step.kind === 'where' ? step.field : null;
  if (name === null) return `${place} is no list`;
  const isList = step.kind === 'field' && schemas.some((schema) => schema instanceof z.ZodArray);
  if (isList) return `${place} is a list: [0] is the first of it, [*] all, [name=value] those that have it`;
  if (known.length === 0) return `${place} has nothing in it, and so no ${quotedValue(name)}`;
  const near = nearest(name, known);
  return `${place} has no ${quotedValue(name)}; ${near === null ? `it has ${known.join(', ')}` : `did you mean ${near}?`}`;
}

function stepText(step: WayStep): string {
  switch (step.kind) {
    case 'field':
      return `.${step.name}`;
    case 'item':
      return `[${step.index}]`;
    case 'all':
      return '[*]';
    case 'where':
      return `[${step.field}=${step.value}]`;
  }
}
