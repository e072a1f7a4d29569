import type { z } from 'zod';
import { type Measurement, measurementSchema } from '../model/measurement.js';
import { type Report, reportSchema } from '../model/report.js';

/** The schema version that is read and written. */
const SCHEMA_VERSION = '1';

/** A report is of so many values at most; others are made to fill the memory. */
const MOST_VALUES = 2_000_000;
/** And one measurement, or all that is no measurement: a series of 100,000 samples has 400,000. */
const MOST_VALUES_OF_ONE = 600_000;

/** What every report of this schema version has, empty or not: of one without them it is not known that they were. */
const LISTS = ['targets', 'diagnosis', 'checks', 'measurements'] as const;

export type StoredReport =
  /** `leftOut`: measurements that are not as this version knows them, by their ids and probes. */
  { ok: true; report: Report; leftOut: string[] } | { ok: false; reason: string };

type Json = Record<string, unknown>;

/**
 * A report that was stored, from what its JSON came to. Fields that this version has and an older one had not are "not measured", and those
 * that it does not know are left out: the schema version says that all else means the same. A measurement that is otherwise than it should be
 * is left out by itself. The content is taken over, and changed.
 */
export function readStoredReport(content: unknown): StoredReport {
  if (!isObject(content) || !isObject(content['tool']) || content['tool']['name'] !== 'netdiag')
    return refused('it is no report of netdiag');
  if (content['kind'] === 'netdiag-diff') return refused('it is a comparison of two reports, and no report');
  const version = content['schemaVersion'];
  if (version !== SCHEMA_VERSION) return refused(otherVersion(version));
  if (countValues(content, MOST_VALUES) > MOST_VALUES) return refused('it has more values than any report');
  const missing = LISTS.find((name) => !Array.isArray(content[name]));
  if (missing !== undefined) return refused(`its list of ${missing} is missing`);
  const measurements = content['measurements'] as unknown[];

  const envelope = { ...content, measurements: [] };
  if (countValues(envelope, MOST_VALUES_OF_ONE) > MOST_VALUES_OF_ONE) return refused('it has more checks than any report');
  const read = fitted(envelope, reportSchema);
  if (!read.ok) return refused(`it is no report as this netdiag knows them: ${read.reason}`);

  const known: Measurement[] = [];
  const leftOut: string[] = [];
  for (const entry of measurements) {
    const isSmall = isObject(entry) && countValues(entry, MOST_VALUES_OF_ONE) <= MOST_VALUES_OF_ONE;
    const outcome = isSmall ? fitted(entry, measurementSchema) : null;
    if (outcome?.ok === true) known.push(outcome.value);
    else leftOut.push(nameOf(entry));
  }
  return { ok: true, report: { ...read.value, measurements: known }, leftOut };
}

function refused(reason: string): StoredReport {
  return { ok: false, reason };
}

function otherVersion(version: unknown): string {
  if (typeof version !== 'string' || !/^\d{1,6}$/.test(version)) return 'it does not say which schema version it is of';
  return Number(version) > Number(SCHEMA_VERSION)
    ? `it is of schema version ${version}, and this netdiag knows ${SCHEMA_VERSION}: read it with a newer netdiag`
    : `it is of schema version ${version}, and this netdiag knows ${SCHEMA_VERSION}`;
}

function nameOf(entry: unknown): string {
  const [id, probe] = isObject(entry) ? [entry['id'], entry['probe']] : [];
  const words = [id, probe].filter((word) => typeof word === 'string').map((word) => word.slice(0, 40));
  return words.length === 0 ? 'one without a name' : words.join(' ');
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Counts up to a little more than `limit`, without recursion: JSON can be nested deeper than any stack. */
function countValues(root: unknown, limit: number): number {
  const queue: unknown[] = [root];
  let count = 0;
  for (let value = queue.pop(); count <= limit; value = queue.pop()) {
    count++;
    if (typeof value === 'object' && value !== null) {
      const inner: unknown[] = Array.isArray(value) ? value : Object.values(value);
      // What holds too many needs no closer look.
      if (inner.length > limit) return limit + 1;
      for (const each of inner) queue.push(each);
    }
    if (queue.length === 0) break;
  }
  return count;
}

/** Every round mends what the one before uncovered: a field that was missing can have fields that are missing. */
const ROUNDS = 6;

type Fitted<T> = { ok: true; value: T } | { ok: false; reason: string };

function fitted<T>(value: Json, schema: z.ZodType<T>): Fitted<T> {
  const filled = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const outcome = schema.safeParse(value);
    if (outcome.success) return { ok: true, value: outcome.data };
    const fault = outcome.error.issues.find((issue) => !mend(value, issue, filled));
    if (fault !== undefined) return { ok: false, reason: describe(fault) };
  }
  return { ok: false, reason: 'too much in it is unknown' };
}

/** Takes out what is not known and fills in "not measured" for what is missing; `false` where it is neither. */
function mend(root: Json, issue: z.core.$ZodIssue, filled: Set<string>): boolean {
  if (issue.code === 'unrecognized_keys') {
    const holder = valueAt(root, issue.path);
    if (!isObject(holder)) return false;
    for (const key of issue.keys) delete holder[key];
    return true;
  }
  const key = issue.path[issue.path.length - 1];
  const holder = valueAt(root, issue.path.slice(0, -1));
  if (!isObject(holder) || typeof key !== 'string') return false;
  const place = JSON.stringify(issue.path);
  if (!Object.hasOwn(holder, key)) {
    holder[key] = null;
    filled.add(place);
    return true;
  }
  // A list cannot be "not measured": it is empty.
  if (filled.delete(place) && issue.code === 'invalid_type' && issue.expected === 'array') {
    holder[key] = [];
    return true;
  }
  return false;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** A place can be of any length, and a list of all that is accepted has many lines. */
const LONGEST_TEXT = 80;

function describe({ path, message }: z.core.$ZodIssue): string {
  const short = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text);
  const place = path.map(String).join('.');
  return place === '' ? short(message) : `${short(place)}: ${short(message)}`;
}
