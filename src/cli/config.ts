import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { POLICIES } from '../model/policy.js';
import type { Target } from '../model/target.js';
import { quotedValue } from './quoted-value.js';
import { referenceList } from './resolver-references.js';
import { readTarget } from './targets.js';
import { readTextFile } from './text-file.js';
import { type Issue, mostSpecific, parseYaml, unknownKey, wrongValue } from './yaml-file.js';

/** What a configuration file says: `targets`, some of them with a name to call them by, `profile`, and `references`. */
export interface Configuration {
  path: string;
  targets: { name: string | null; target: Target }[];
  profile: string | null;
  /** Addresses of resolvers that are asked beside those of this machine, empty for `none`; `null`: it does not say. */
  references: string[] | null;
}

const FILE_NAMES = ['netdiag.yaml', 'netdiag.yml', 'netdiag.json'];
const MAXIMUM_FOLDERS = 64;
const KEYS = { '': ['targets', 'profile', 'references'], targets: ['name', 'target'] } as const;

/** The nearest `netdiag.yaml`, `.yml` or `.json` in `folder` or above it; `null` where there is none. */
export function findConfiguration(folder: string): string | null {
  let current = resolve(folder);
  for (let depth = 0; depth < MAXIMUM_FOLDERS; depth++) {
    const found = FILE_NAMES.map((name) => join(current, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
    const parent = dirname(current);
    if (parent === current) return null;
    current = parent;
  }
  return null;
}

/** @throws UsageError that names the file, and line and column where they are known. */
export async function readConfiguration(path: string): Promise<Configuration> {
  return parseConfiguration(readTextFile('--config', path), path);
}

/** Reads YAML, of which JSON is a part. */
export async function parseConfiguration(text: string, path: string): Promise<Configuration> {
  const [file, { z }] = await Promise.all([parseYaml(text, path, 'config'), import('zod')]);
  const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must be a name of letters, digits, "-" and "_"');
  const schema = z.strictObject({
    targets: z.array(z.union([z.string(), z.strictObject({ name, target: z.string() })])).optional(),
    profile: z.enum(Object.keys(POLICIES) as [string, ...string[]]).optional(),
    references: z
      .union([z.string(), z.array(z.string())])
      .transform((value) => referenceList.parse(typeof value === 'string' ? value : value.join(',')))
      .refine((list) => list !== null, `must be ${referenceList.accepted}`)
      .optional(),
  });
  const outcome = schema.safeParse(file.content);
  if (!outcome.success) {
    const issue = mostSpecific(outcome.error.issues);
    throw file.fault(issue, describe(issue, file.content));
  }

  const targets = (outcome.data.targets ?? []).map((entry, index) => {
    const where = file.place({ path: ['targets', index] });
    const written = typeof entry === 'string' ? { name: null, target: entry } : entry;
    return { name: written.name, target: readTarget(written.target, `${where}: `) };
  });
  const names = targets.flatMap((entry) => (entry.name === null ? [] : [entry.name]));
  const twice = names.find((candidate, index) => names.indexOf(candidate) !== index);
  if (twice !== undefined) throw file.fault(null, `two targets have the name ${quotedValue(twice)}`);
  return { path, targets, profile: outcome.data.profile ?? null, references: outcome.data.references ?? null };
}

function describe(issue: Issue, content: unknown): string {
  const key = issue.path.map(String).join('.');
  const subject = key === '' ? 'it' : quotedValue(key);
  if (issue.code === 'unrecognized_keys') return unknownKey(issue.keys[0] ?? '', issue.path.length === 0 ? KEYS[''] : KEYS.targets);
  if (key === 'profile') {
    const value: unknown = typeof content === 'object' && content !== null && 'profile' in content ? content.profile : '';
    return `profile ${quotedValue(String(value))}: must be one of ${Object.keys(POLICIES).join(', ')}`;
  }
  if (key === '') return 'it must be a map with the keys targets, profile and references';
  if (issue.code === 'invalid_union') return `${subject} must be a target, or a map with name and target`;
  return wrongValue(subject, issue);
}
