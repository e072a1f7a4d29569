import { POLICIES, type Policy } from '../../model/policy.js';
import { quotedValue } from '../quoted-value.js';
import { type Budgets, withBudgets } from './budgets.js';
import type { FileSettings } from './setting-kinds.js';

/** A profile of a file as it is written there, with what it takes over still to be found. */
export interface WrittenProfile {
  name: string;
  /** Name of another one, of the file or built in; `null`: `default`. */
  base: string | null;
  budgets: Budgets;
  minimumTls: 'TLSv1.2' | 'TLSv1.3' | null;
  settings: FileSettings;
}

/** A profile with all that it takes over. */
export interface Profile {
  policy: Policy;
  settings: FileSettings;
}

/** A built-in profile; `null` where there is none of that name. */
export function profileOf(name: string): Policy | null {
  return Object.hasOwn(POLICIES, name) ? (POLICIES[name] ?? null) : null;
}

/**
 * How a profile comes back to itself, as `a, b, a`; `null` where it does not.
 *
 * @param bases what each one extends, by name
 */
export function cycleOf(name: string, bases: ReadonlyMap<string, string | null>): string[] | null {
  const chain = [name];
  for (let base = bases.get(name) ?? null; base !== null && bases.has(base); base = bases.get(base) ?? null) {
    const known = chain.indexOf(base);
    chain.push(base);
    // One that only leads into a circle is none of its own: who is in it says so.
    if (known >= 0) return known === 0 ? chain : null;
  }
  return null;
}

/**
 * Profiles with all that they take over from others.
 *
 * @param place where the file stands, for the source of the grades
 * @throws Error where there is a cycle or an unknown base: both were refused before
 */
export function resolveProfiles(written: ReadonlyMap<string, WrittenProfile>, place: string): Map<string, Profile> {
  const resolved = new Map<string, Profile>();
  const resolve = (name: string, depth: number): Profile => {
    const known = resolved.get(name);
    if (known !== undefined) return known;
    const own = written.get(name);
    if (own === undefined) {
      const policy = profileOf(name);
      if (policy === null) throw new Error(`no profile ${quotedValue(name)}`);
      return { policy, settings: {} };
    }
    if (depth > written.size) throw new Error(`the profile ${quotedValue(name)} extends itself`);
    const base = resolve(own.base ?? 'default', depth + 1);
    const because = `profile ${name} of ${place}`;
    const graded = withBudgets({ ...base.policy, name }, own.budgets, because);
    const policy = own.minimumTls === null ? graded : { ...graded, minimumTlsVersion: { version: own.minimumTls, because } };
    const profile = { policy, settings: { ...base.settings, ...own.settings } };
    resolved.set(name, profile);
    return profile;
  };
  for (const name of written.keys()) resolve(name, 0);
  return resolved;
}
