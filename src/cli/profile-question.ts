import { POLICIES, type Policy } from '../model/policy.js';
import { nearest } from './nearest.js';
import { quotedValue } from './quoted-value.js';
import { UsageError } from './usage-error.js';

/** What `netdiag explain` is asked about profiles: all of them, or one. */
export type ProfileQuestion = { kind: 'all' } | { kind: 'one'; policy: Policy };

/**
 * `profiles`, `profile NAME`, `profile-NAME` or the name alone; and `--profile NAME` without a word. `null`: it is not about a profile.
 *
 * @param words the command line without flags
 * @param named the value of `--profile`
 * @throws UsageError where a profile is named that there is not
 */
export function profileQuestion(words: readonly string[], named: string | undefined): ProfileQuestion | null {
  const asked = words.join(' ').trim().toLowerCase();
  if (words.length === 0) return named === undefined ? null : one(named, named);
  if (asked === 'profiles') return { kind: 'all' };
  if (asked === 'profile') return named === undefined ? { kind: 'all' } : one(named, named);
  if (Object.hasOwn(POLICIES, asked)) return one(asked, asked);
  const [, name] = /^profile[ -](.+)$/.exec(asked) ?? [];
  return name === undefined ? null : one(name, words.join(' ').trim());
}

function one(name: string, written: string): ProfileQuestion {
  const policy = Object.hasOwn(POLICIES, name) ? POLICIES[name] : undefined;
  if (policy !== undefined) return { kind: 'one', policy };
  const names = Object.keys(POLICIES);
  const near = nearest(name, names);
  throw new UsageError(
    `${quotedValue(written)}: no such profile; ${near === null ? `there are ${names.join(', ')}` : `did you mean profile ${near}?`}`,
  );
}
