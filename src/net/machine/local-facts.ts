import { type Attempt, failed, measured, type NotMeasured, reasonOf, unavailable } from '../../model/attempt.js';
import type { LocalSystem } from '../local-port.js';

/** Parts of one run ask the same of a machine at the same moment: each question is put once, and its answer shared. */
const answers = new WeakMap<LocalSystem, Map<string, Promise<Attempt<unknown>>>>();

/** Asks what `key` stands for, unless that was asked of this machine before. One key is always asked with the same function. */
export function askedOnce<T>(local: LocalSystem, key: string, ask: () => Promise<Attempt<T>>): Promise<Attempt<T>> {
  const known = answers.get(local) ?? new Map<string, Promise<Attempt<unknown>>>();
  answers.set(local, known);
  const answer = known.get(key) ?? ask();
  known.set(key, answer);
  return answer as Promise<Attempt<T>>;
}

/** Whether that was asked of this machine before: what takes long is not asked for a small thing alone. */
export function wasAsked(local: LocalSystem, key: string): boolean {
  return answers.get(local)?.has(key) ?? false;
}

/** Why a fact could not be had, as lists of absent facts have it. */
export function whyNot(attempt: NotMeasured): string {
  return attempt.kind === 'unavailable' ? attempt.reason : reasonOf(attempt);
}

/** What a tool prints, read by a parser that gives `null` for nonsense. A tool that fails is `failed`, with its status in words. */
export async function readTool<T>(
  local: LocalSystem,
  line: { file: string; args: readonly string[]; timeoutMs?: number },
  signal: AbortSignal,
  parse: (text: string) => T | null,
): Promise<Attempt<T>> {
  const ran = await local.tool({ ...line, signal });
  if (ran.kind !== 'measured') return ran;
  const value = parse(ran.value.stdout);
  const shown = `${line.file.split(/[/\\]/).at(-1)} ${line.args.join(' ')}`.trim();
  if (value !== null) return measured(value);
  if (ran.value.exitCode !== 0) return failed('request', 'exit', `${shown} ended with status ${ran.value.exitCode ?? 'none'}`);
  return unavailable('tool', `${shown} printed nothing that could be read`);
}
