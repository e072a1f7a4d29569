import type { CommandResult } from '../test/netns/network.js';
import type { Case } from './case.js';

export type Proof = NonNullable<Case['proof']>[number];

/** `null` where the command says what it must, otherwise what it said in place of it. Pure. */
export function refutation({ on, run, says, status }: Proof, result: Pick<CommandResult, 'exitCode' | 'stdout' | 'stderr'>): string | null {
  const { exitCode, stdout, stderr } = result;
  const expected = status ?? (says === undefined ? 0 : undefined);
  const heard = `${stdout}${stderr}`;
  const tail = heard.trim().slice(-LONGEST_QUOTE) || 'nothing';
  if (expected === 'other' && (exitCode === 0 || exitCode === null)) return `${on}: ${run}: status ${exitCode}, and should fail: ${tail}`;
  if (typeof expected === 'number' && exitCode !== expected) return `${on}: ${run}: status ${exitCode}, not ${expected}: ${tail}`;
  if (says !== undefined && !new RegExp(says, 'ms').test(heard)) return `${on}: ${run}: does not say /${says}/: ${tail}`;
  return null;
}

const LONGEST_QUOTE = 300;
