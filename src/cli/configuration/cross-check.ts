import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { POLICIES } from '../../model/policy.js';
import { parseTarget, speaksTls, speaksWebSocket, type Target } from '../../model/target.js';
import { TLS_POLICIES } from '../../model/tls-policies.js';
import { jsonExpectation } from '../http-values.js';
import { nearest } from '../nearest.js';
import { readTlsMaterial } from '../pem-files.js';
import { quotedValue } from '../quoted-value.js';
import { readTlsPolicy } from '../tls-policy.js';
import { UsageError } from '../usage-error.js';
import type { Mistake, Position, YamlFile } from '../yaml-file.js';
import { keyText, valueAt, writtenAt } from './issues.js';
import { listed } from './offers.js';
import { cycleOf } from './profiles.js';

/** What is held together: a file whose values may each be right or wrong by themselves. */
interface Held {
  file: YamlFile;
  /** With variables in their places. */
  content: unknown;
  /** Folder of the file: names of other files start there. */
  folder: string;
  /** Whether a variable is missing in the text at this path. */
  unset(path: readonly PropertyKey[]): boolean;
}

type Report = (position: Position, reason: string) => void;

/**
 * What is wrong between the parts of a file: names that stand for two targets or for none, profiles that extend themselves, offers that a
 * target of its kind cannot be asked for, other files that are not there. A part that is wrong by itself is passed over: it was complained of.
 */
export async function crossCheck(held: Held): Promise<Mistake[]> {
  const mistakes: Mistake[] = [];
  // A text whose variable is missing is none yet.
  const report: Report = (position, reason) => {
    if (!held.unset(position.path)) mistakes.push(held.file.mistake(position, reason));
  };
  checkTargets(held, report);
  checkProfiles(held, report);
  await checkOffers(held, report);
  checkAuthorities(held, report);
  return mistakes;
}

interface Entry {
  index: number;
  name: string | null;
  target: Target | null;
  map: Readonly<Record<string, unknown>>;
}

function entriesOf(content: unknown): Entry[] {
  const list = valueAt(content, ['targets']);
  return (Array.isArray(list) ? (list as unknown[]) : []).map((entry, index) => {
    const map = mapOf(entry);
    const text = typeof entry === 'string' ? entry : map['target'];
    const outcome = typeof text === 'string' ? parseTarget(text) : null;
    const name = typeof map['name'] === 'string' ? map['name'] : null;
    return { index, name, target: outcome?.ok === true ? outcome.target : null, map };
  });
}

function checkTargets({ content, file }: Held, report: Report): void {
  const [names, ids] = [new Set<string>(), new Set<string>()];
  for (const { index, name, target, map } of entriesOf(content)) {
    if (name !== null && names.has(name))
      report({ path: ['targets', index, 'name'] }, `two targets have the name ${quoted(file, ['targets', index, 'name'])}`);
    if (name !== null) names.add(name);
    if (target === null) continue;
    const path = ['targets', index, ...(Object.keys(map).length === 0 ? [] : ['target'])];
    if (ids.has(target.id)) report({ path }, `target ${quoted(file, path)}: it stands here twice, as a report names it: without its query`);
    ids.add(target.id);
  }
}

function checkProfiles({ content, file }: Held, report: Report): void {
  const written = mapOf(valueAt(content, ['profiles']));
  const bases = new Map(
    Object.entries(written).map(([name, value]) => {
      const base = mapOf(value)['extends'];
      return [name, typeof base === 'string' ? base : null] as const;
    }),
  );
  const known = [...new Set([...bases.keys(), ...Object.keys(POLICIES)])];
  const mustBeKnown = (path: PropertyKey[]) => {
    const name = valueAt(content, path);
    if (typeof name !== 'string' || known.includes(name)) return;
    const near = nearest(name, known);
    const hint = near === null ? `must be one of ${known.join(', ')}` : `there is no such profile; did you mean ${near}?`;
    report({ path }, `${keyText(path)} ${quoted(file, path)}: ${hint}`);
  };
  mustBeKnown(['profile']);
  for (const { index } of entriesOf(content)) mustBeKnown(['targets', index, 'profile']);
  const inCycles = new Set<string>();
  for (const name of bases.keys()) {
    if (Object.hasOwn(POLICIES, name)) {
      report(
        { path: ['profiles'], keys: [name] },
        `profiles.${name}: a profile of this name is built in; give it another one, and extends: ${name}`,
      );
    }
    const path = ['profiles', name, 'extends'];
    mustBeKnown(path);
    const cycle = Object.hasOwn(POLICIES, name) ? null : cycleOf(name, bases);
    if (cycle === null || inCycles.has(name)) continue;
    for (const member of cycle) inCycles.add(member);
    report(
      { path },
      `${keyText(path)}: the profiles extend each other in a circle: ${cycle.map((one) => quotedValue(one)).join(' extends ')}`,
    );
  }
}

async function checkOffers(held: Held, report: Report): Promise<void> {
  const { content, file, folder } = held;
  for (const { index, target, map } of entriesOf(content)) {
    const offers = mapOf(map['offers']);
    const at = (...keys: PropertyKey[]) => ['targets', index, 'offers', ...keys];
    const refuse = (key: string, reason: string) => report({ path: at(), keys: [key] }, `${keyText(at(key))}: ${reason}`);
    if (target !== null) {
      const { scheme } = target;
      if (offers['tls'] !== undefined && !speaksTls(target))
        refuse('tls', 'the target speaks no TLS; name it as https:, wss: or tls: with its port');
      const web = scheme === 'http' || scheme === 'https';
      const socket = speaksWebSocket(target);
      const ofAnswer = Object.keys(mapOf(offers['http'])).filter((key) => key !== 'authorization' && key !== 'request-headers');
      if (offers['http'] !== undefined && !web && (!socket || ofAnswer.length > 0)) {
        refuse('http', socket ? `${ofAnswer[0]} is of http: and https: URLs` : 'the target is no http: or https: URL');
      }
      if (offers['websocket'] !== undefined && !socket) refuse('websocket', 'the target is no ws: or wss: URL');
    }
    const policy = valueAt(content, at('tls', 'policy'));
    if (typeof policy === 'string' && policy !== '') {
      const problem = await problemOf(() => readTlsPolicy(tlsPolicyFile(policy, folder)));
      const path = at('tls', 'policy');
      if (problem !== null) report({ path }, `${keyText(path)} ${quoted(file, path)}: ${reasonIn(problem)}`);
    }
    await checkQueries(at('http', 'json'), held, report);
  }
}

/** The value of `tls.policy` as `--policy` takes it: files are beside the configuration. */
export function tlsPolicyFile(value: string, folder: string): string {
  if (Object.hasOwn(TLS_POLICIES, value)) return value;
  const path = resolve(folder, value);
  return /[./\\]/.test(value) || existsSync(path) ? path : value;
}

async function checkQueries(path: PropertyKey[], { content, file }: Held, report: Report): Promise<void> {
  const value = valueAt(content, path);
  const queries = listed(value as string | undefined).filter((query) => typeof query === 'string');
  if (queries.length === 0) return;
  const { jsonPathEnvironment } = await import('../../probes/http/match-body.js');
  const environment = await jsonPathEnvironment();
  queries.forEach((query, index) => {
    const read = jsonExpectation.parse(query);
    if (read === null) return;
    try {
      environment.compile(read.path);
    } catch {
      const place = Array.isArray(value) ? [...path, index] : path;
      const written = writtenAt(file, place) ?? '';
      report(
        { path: place },
        `${keyText(place)} ${JSON.stringify(written.slice(0, 60))}: it is no JSONPath query (RFC 9535; match and search are not taken)`,
      );
    }
  });
}

function checkAuthorities({ content, file, folder }: Held, report: Report): void {
  const value = valueAt(content, ['ca']);
  listed(value as string | undefined).forEach((name, index) => {
    if (typeof name !== 'string' || name === '') return;
    const path = Array.isArray(value) ? ['ca', index] : ['ca'];
    try {
      readTlsMaterial({ ca: [resolve(folder, name)] });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      report({ path }, `${keyText(path)} ${quoted(file, path)}: ${reasonIn(error.problem)}`);
    }
  });
}

async function problemOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error.problem;
    throw error;
  }
}

/** Of `--ca "/etc/site/ca.pem": it holds no certificate in PEM` what is behind the place; a place within another file stays. */
function reasonIn(problem: string): string {
  return problem.replace(/^--\w+ "[^"]*": /, '').replace(/^--\w+ ("[^"]*") /, 'in $1 ');
}

function quoted(file: YamlFile, path: readonly PropertyKey[]): string {
  return quotedValue(writtenAt(file, path) ?? '');
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
