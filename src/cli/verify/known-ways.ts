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
