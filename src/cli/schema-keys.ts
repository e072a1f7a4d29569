import { z } from 'zod';

/** The keys that a map has at a place of what a schema describes, in whichever form it can have there. */
export function keysOf(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const found = path.reduce<z.core.$ZodType[]>((schemas, key) => schemas.flatMap((one) => inner(one, key)), forms(schema));
  return [...new Set(found.flatMap((one) => (one instanceof z.ZodObject ? Object.keys(one.shape as object) : [])))];
}

function inner(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType[] {
  if (schema instanceof z.ZodArray) return forms(schema.element);
  if (schema instanceof z.ZodRecord) return forms(schema.valueType);
  if (!(schema instanceof z.ZodObject)) return [];
  const shape = schema.shape as Record<string, z.core.$ZodType>;
  const field = typeof key === 'string' && Object.hasOwn(shape, key) ? shape[key] : undefined;
  return field === undefined ? [] : forms(field);
}

/** Without what is around it: optional, or one of several. */
export function forms(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return forms(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => forms(option));
  return [schema];
}
