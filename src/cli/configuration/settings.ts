import { basename } from 'node:path';
import { POLICIES, type Policy } from '../../model/policy.js';
import type { Language } from '../../words/index.js';
import { quotedValue } from '../quoted-value.js';
import { UsageError } from '../usage-error.js';
import { type Configuration, profileNamed, profileNames } from './configuration.js';
import { decide, type Setting } from './precedence.js';
import { BUILT_IN, type SettingName, type SettingValues } from './setting-kinds.js';

/** What a run goes by, each with who said it. */
export interface Settings {
  /** `null`: no file is read. */
  configuration: Configuration | null;
  profile: Setting<string>;
  /** That of the profile. */
  policy: Policy;
  timeout: Setting<SettingValues['timeout']>;
  format: Setting<SettingValues['format']>;
  'fail-on': Setting<SettingValues['fail-on']>;
  lang: Setting<SettingValues['lang']>;
  references: Setting<SettingValues['references']>;
  /** Files of further trusted certificates. */
  ca: Setting<readonly string[]>;
}

/** What the command line and the environment say. */
export type Given = { readonly [Name in SettingName]?: Setting<NonNullable<SettingValues[Name]>> } & {
  readonly profile?: Setting<string>;
  readonly ca?: Setting<readonly string[]>;
};

/**
 * @param locale the language of the session, which holds where nobody says another
 * @throws UsageError for a profile that there is not
 */
export function settle(given: Given, configuration: Configuration | null, locale: Language | null = null): Settings {
  const profile = decide('default', given.profile ?? null, fromFile('profile', configuration?.profile, configuration));
  const found = profileNamed(profile.value, configuration);
  if (found === null) {
    const names = [...new Set(profileNames(configuration, Object.keys(POLICIES)))];
    throw new UsageError(`${profile.from} ${quotedValue(profile.value)}: must be one of ${names.join(', ')}`);
  }
  const one = <Name extends SettingName>(name: Name): Setting<SettingValues[Name]> => {
    const ofProfile = found.settings[name];
    return decide<SettingValues[Name]>(
      BUILT_IN[name],
      (given[name] as Setting<SettingValues[Name]> | undefined) ?? null,
      fromFile<SettingValues[Name]>(name, configuration?.settings[name] as SettingValues[Name] | undefined, configuration),
      ofProfile === undefined ? null : { value: ofProfile as SettingValues[Name], source: 'profile', from: `profile ${profile.value}` },
    );
  };
  const authorities = configuration !== null && configuration.ca.length > 0 ? configuration.ca : undefined;
  return {
    configuration,
    profile,
    policy: found.policy,
    timeout: one('timeout'),
    format: one('format'),
    'fail-on': one('fail-on'),
    lang: inLocale(one('lang'), locale),
    references: one('references'),
    ca: decide<readonly string[]>([], given.ca ?? null, fromFile('ca', authorities, configuration)),
  };
}

/** A locale speaks of all programs: whoever speaks of this one is stronger. */
function inLocale(setting: Setting<Language>, locale: Language | null): Setting<Language> {
  return setting.source !== 'built-in' || locale === null ? setting : { value: locale, source: 'built-in', from: 'LANG' };
}

function fromFile<T>(key: string, value: T | null | undefined, configuration: Configuration | null): Setting<T> | null {
  if (value === undefined || value === null || configuration === null) return null;
  const place = configuration.places.get(key);
  return { value, source: 'file', from: `${basename(configuration.path)}${place === undefined ? '' : ` ${place}`}` };
}
