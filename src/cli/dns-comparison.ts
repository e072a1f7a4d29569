import type { DnsComparisonOptions } from '../model/probe-options.js';
import { WARM_QUESTIONS } from './defaults.js';
import { UsageError } from './usage-error.js';

/** The flags of `netdiag dns --compare`. */
export interface ComparisonFlags {
  compare: boolean;
  'well-known': boolean;
  warm: number | undefined;
  progress: boolean;
}

/** Each is nine questions to each of some twenty servers, which others pay for. */
export const MOST_COMPARED = 50;

/** How servers are compared, `undefined` where they are not. Refuses flags that mean nothing then. */
export function readComparison(flags: ComparisonFlags): DnsComparisonOptions | undefined {
  if (flags.compare) return { wellKnown: flags['well-known'], warmCount: flags.warm ?? WARM_QUESTIONS };
  const lost = flags.warm !== undefined ? 'warm' : flags.progress ? 'progress' : flags['well-known'] ? null : 'no-well-known';
  if (lost !== null) throw new UsageError(`--${lost}: goes with --compare`);
  return undefined;
}

/** Refuses more names and types than a comparison may ask its servers for. */
export function checkCompared({ names, types }: { names: readonly string[]; types: readonly string[] }): void {
  const questions = names.length * types.length;
  if (questions > MOST_COMPARED)
    throw new UsageError(`--compare: ${questions} questions (names times types) to each server; ${MOST_COMPARED} are the most`);
}
