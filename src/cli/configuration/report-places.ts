import { z } from 'zod';
import { type Report, reportSchema } from '../../model/report.js';
import { forms } from '../schema-keys.js';
import { isLiteralId } from './secrets.js';

/** A place in a report, with what can stand there. Each is made once, however many entries a list has. */
class Place {
  readonly #schemas: readonly z.core.$ZodType[];
  readonly #fields = new Map<string, Place>();
  readonly #isId: boolean;
  #entry: Place | null = null;

  constructor(schemas: readonly z.core.$ZodType[], isId = false) {
    this.#schemas = schemas;
    this.#isId = isId;
  }

  field(name: string): Place {
    const known = this.#fields.get(name);
    if (known !== undefined) return known;
    const schemas = this.#schemas.flatMap((schema) => {
      if (schema instanceof z.ZodRecord) return forms(schema.valueType);
      const shape = schema instanceof z.ZodObject ? (schema.shape as Record<string, z.core.$ZodType>) : {};
      const inner = Object.hasOwn(shape, name) ? shape[name] : undefined;
      return inner === undefined ? [] : forms(inner);
    });
    const place = new Place(schemas, ID_FIELDS.has(name));
    this.#fields.set(name, place);
    return place;
  }

  entry(): Place {
    this.#entry ??= new Place(
      this.#schemas.flatMap((schema) => (schema instanceof z.ZodArray ? forms(schema.element) : [])),
      this.#isId,
    );
    return this.#entry;
  }

  /** Whether it is a time, a word of reports, or an id for everybody to read: something else would make the report invalid, or another one. */
  keeps(text: string): boolean {
    if (this.#isId && isLiteralId(text)) return true;
    return this.#schemas.some((schema) => isTyped(schema) && z.safeParse(schema, text).success);
  }
}

/** Fields that hold ids of a manifest, or lists of them. */
const ID_FIELDS: ReadonlySet<string> = new Set(['id', 'evidence']);

function isTyped(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral || schema instanceof z.ZodISODateTime;
}

/** The report with its texts changed. Times, words of reports and ids that a manifest has without variables stay. */
export function mapReport(report: Report, change: (text: string) => string): Report {
  return mapTexts(report, new Place(forms(reportSchema)), change) as Report;
}

/** Keys stay as they are: those that are not of the schema are names of header fields and labels. */
function mapTexts(value: unknown, place: Place, change: (text: string) => string): unknown {
  if (typeof value === 'string') return place.keeps(value) ? value : change(value);
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, place.entry(), change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, place.field(key), change)]));
}
