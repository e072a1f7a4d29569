import type { Policy } from '../../model/policy.js';
import type { Target } from '../../model/target.js';
import { quotedValue } from '../quoted-value.js';
import type { Budgets } from './budgets.js';
import type { Offers } from './offers.js';
import { type Profile, profileOf } from './profiles.js';
import type { FileSettings } from './setting-kinds.js';

/** What a configuration file says, read and checked. */
export interface Configuration {
  path: string;
  targets: readonly ConfiguredTarget[];
  /** Name of the profile for all; `null`: it does not say. */
  profile: string | null;
  /** Those of the file, with all that they take over. */
  profiles: ReadonlyMap<string, Profile>;
  settings: FileSettings;
  /** Files of further trusted certificates, as absolute paths. */
  ca: readonly string[];
  /** Places in the file by key, as `line 3, column 10`: for `config show`. */
  places: ReadonlyMap<string, string>;
}

export interface ConfiguredTarget {
  /** What to call it by; `null`: it has no name of its own. */
  name: string | null;
  target: Target;
  /** As a TARGET of the command line. It can hold secrets. */
  text: string;
  labels: Readonly<Record<string, string>>;
  /** `null`: that of all. */
  profile: string | null;
  budgets: Budgets;
  offers: Offers;
}

/** Names of all profiles, those of the file first. */
export function profileNames(configuration: Configuration | null, builtIn: readonly string[]): string[] {
  return [...(configuration?.profiles.keys() ?? []), ...builtIn];
}

/** @returns `null` where neither the file nor the program has one of that name */
export function profileNamed(name: string, configuration: Configuration | null): Profile | null {
  const own = configuration?.profiles.get(name);
  if (own !== undefined) return own;
  const policy = profileOf(name);
  return policy === null ? null : { policy, settings: {} };
}

/** The policy of a profile that is known to be there. */
export function policyNamed(name: string, configuration: Configuration | null): Policy {
  const profile = profileNamed(name, configuration);
  if (profile === null) throw new Error(`there is no profile ${quotedValue(name)}`);
  return profile.policy;
}
