import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { CODE_LAYERS } from '../src/model/code.js';
import { linkName } from '../test/netns/set-up.js';
import { type Case, caseSchema } from './case.js';
import { NETWORKS } from './networks/index.js';
import { REPOSITORY } from './repository.js';
import { KINDS, kindOf } from './services/kinds.js';
import { servicesOf } from './setting.js';

export interface NamedCase extends Case {
  name: string;
  kind: 'fault' | 'healthy';
}

const CASES = `${REPOSITORY}scoreboard/cases`;

/** All cases, sorted by name. Throws with every complaint about any of them: file, field, and what is wrong there. */
export function readCases(only: readonly string[] = []): NamedCase[] {
  const wanted = only.map(globExpression);
  const cases: NamedCase[] = [];
  const complaints: string[] = [];
  for (const [folder, kind] of [
    ['faults', 'fault'],
    ['healthy', 'healthy'],
  ] as const) {
    for (const file of readdirSync(`${CASES}/${folder}`).sort()) {
      const name = /^(.+)\.yaml$/.exec(file)?.[1];
      if (name === undefined) complaints.push(`${folder}/${file}: cases end in .yaml`);
      else if (wanted.length === 0 || wanted.some((expression) => expression.test(name) || expression.test(`${folder}/${name}`))) {
        const read = parseCase(readFileSync(`${CASES}/${folder}/${file}`, 'utf8'), name, kind);
        if (Array.isArray(read)) complaints.push(...read.map((complaint) => `${folder}/${file}: ${complaint}`));
        else cases.push(read);
      }
    }
  }
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  return cases;
}

/** A case, or what is wrong with it: `field: complaint`. */
export function parseCase(text: string, name: string, kind: NamedCase['kind']): NamedCase | string[] {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const parsed = caseSchema.safeParse(content);
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  const read = { ...parsed.data, name, kind };
  const complaints = [...complaintsOfNetwork(read), ...complaintsOfTruth(read)];
  return complaints.length === 0 ? read : complaints;
}

/** Hosts, links and services that are not there, or not so. */
function complaintsOfNetwork(one: NamedCase): string[] {
  const network = NETWORKS[one.network ?? 'home'];
  if (network === undefined) return [`network: there is no ${one.network}, only ${Object.keys(NETWORKS).join(', ')}`];
  const { hosts, links = [] } = network.layout;
  const names = links.map(linkName);
  const complaints: string[] = [];
  const host = (field: string, name: string | undefined): void => {
    if (name !== undefined && !hosts.includes(name)) complaints.push(`${field}: there is no host ${name}, only ${hosts.join(', ')}`);
  };
  const link = (field: string, name: string): void => {
    if (!names.includes(name)) complaints.push(`${field}: there is no link ${name}, only ${names.join(', ')}`);
  };
  for (const [name, { from = {} }] of Object.entries(one.change?.links ?? {})) {
    link('change.links', name);
    for (const end of Object.keys(from)) host(`change.links.${name}.from`, end);
  }
  for (const field of ['addresses', 'routes', 'resolvers'] as const)
    for (const name of Object.keys(one.change?.[field] ?? {})) host(`change.${field}`, name);
  for (const [index, step] of (one.fault ?? []).entries()) {
    if ('impair' in step) {
      link(`fault.${index}.impair`, step.impair);
      host(`fault.${index}.from`, step.from);
    } else host(`fault.${index}.on`, step.on);
  }
  for (const [index, { on }] of (one.proof ?? []).entries()) host(`proof.${index}.on`, on);
  for (const name of Object.keys(one.services ?? {})) host('services', name);
  for (const [name, services] of Object.entries(servicesOf(network, one)))
    for (const [service, configuration] of Object.entries(services)) {
      const field = `services.${name}.${service}`;
      const kind = kindOf(service);
      if (kind === null) complaints.push(`${field}: there is no such service, only ${Object.keys(KINDS).join(', ')}`);
      else {
        const { error } = KINDS[kind].schema.safeParse(configuration);
        complaints.push(...(error?.issues ?? []).map(({ path, message }) => `${[field, ...path].join('.')}: ${message}`));
      }
    }
  return complaints;
}

/** What a fault must say of itself, and a healthy network must not. */
function complaintsOfTruth({ kind, causes, proof }: NamedCase): string[] {
  const complaints: string[] = [];
  for (const [index, group] of (causes ?? []).entries())
    for (const code of group.flatMap((name) => name.split('/')))
      if (!Object.hasOwn(CODE_LAYERS, code)) complaints.push(`causes.${index}: there is no code ${code}`);
  if (kind === 'healthy' && causes !== undefined) complaints.push('causes: a healthy network has none');
  if (kind === 'fault' && (causes ?? []).length === 0) complaints.push('causes: a fault has at least one');
  if (kind === 'fault' && (proof ?? []).length === 0) complaints.push('proof: a fault must be proved');
  return complaints;
}

/** `*` is any text, `?` a character. */
export function globExpression(glob: string): RegExp {
  const escaped = glob
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`);
}
