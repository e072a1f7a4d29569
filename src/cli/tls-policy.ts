import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { TLS_POLICIES } from '../model/tls-policies.js';
import type { TlsRules } from '../model/tls-rules.js';
import { nearest } from './nearest.js';
import { quotedValue } from './quoted-value.js';
import { readTextFile } from './text-file.js';
import { UsageError } from './usage-error.js';
import { mostSpecific, parseYaml, unknownKey, wrongValue } from './yaml-file.js';

/**
 * The rules that `--policy` names: one of the built-in ones, or a file of them in YAML or JSON. What looks like neither is refused, with the
 * name that may have been meant.
 *
 * @throws UsageError that names the file, and line and column where they are known
 */
export async function readTlsPolicy(value: string): Promise<TlsRules> {
  const builtIn = Object.hasOwn(TLS_POLICIES, value) ? TLS_POLICIES[value] : undefined;
  if (builtIn !== undefined) return builtIn;
  const known = Object.keys(TLS_POLICIES);
  if (!/[./\\]/.test(value) && !existsSync(value)) {
    const near = nearest(value, known);
    const hint = near === null ? `there are ${known.join(', ')}, or a file` : `did you mean ${near}?`;
    throw new UsageError(`--policy ${quotedValue(value)}: there is no such policy; ${hint}`);
  }
  return parseTlsPolicy(readTextFile('--policy', value), value);
}

export async function parseTlsPolicy(text: string, path: string): Promise<TlsRules> {
  const [file, { tlsRulesSchema }] = await Promise.all([parseYaml(text, path, '--policy'), import('../model/tls-rules.js')]);
  const outcome = tlsRulesSchema.safeParse(file.content);
  if (!outcome.success) {
    const issue = mostSpecific(outcome.error.issues);
    throw file.fault(issue, problem(issue, tlsRulesSchema));
  }
  const { name, source, ...rules } = outcome.data;
  if (Object.keys(rules).length === 0) throw file.fault(null, 'it asks for nothing: it has no rule');
  return { ...rules, name: name ?? basename(path).replace(/\.(ya?ml|json)$/i, ''), source: source ?? path };
}

type Schema = typeof import('../model/tls-rules.js')['tlsRulesSchema'];

function problem(issue: Parameters<typeof wrongValue>[1], schema: Schema): string {
  const key = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') return unknownKey(issue.keys[0] ?? '', keysAt(schema, issue.path));
  if (key === '') return 'it must be a map of rules';
  if (issue.code === 'invalid_value') return `${quotedValue(key)} must be ${issue.values.map(String).join(', ')}`;
  return wrongValue(quotedValue(key), issue);
}

/** The keys that a map has at a place within the rules. */
function keysAt(schema: Schema, path: readonly PropertyKey[]): string[] {
  const section = path[0] === undefined ? schema : schema.shape[path[0] as keyof Schema['shape']];
  const unwrapped = 'unwrap' in section ? section.unwrap() : section;
  return 'shape' in unwrapped ? Object.keys(unwrapped.shape) : [];
}
