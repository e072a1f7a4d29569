import { FORMATS, type Format } from '../../render/index.js';
import type { Language } from '../../words/index.js';
import type { FailOn } from '../exit-status.js';
import { referenceList } from '../resolver-references.js';
import { choice, language, timeout, type ValueKind } from '../value-kinds.js';

export const FAIL_ON = ['warn', 'fail', 'never', 'regression'] as const;

/** What can be set on the command line, in the environment, in a file and by a profile alike. */
export interface SettingValues {
  /** Longest wait for one answer, in milliseconds; `null`: each command has its own. */
  timeout: number | null;
  format: Format;
  'fail-on': FailOn;
  lang: Language;
  /** Resolvers to ask besides, by IP address, empty for none; `null`: nobody said anything. */
  references: readonly string[] | null;
}

export type SettingName = keyof SettingValues;

/** What holds where nobody says anything. */
export const BUILT_IN: SettingValues = { timeout: null, format: 'table', 'fail-on': 'fail', lang: 'en', references: null };

export const SETTING_NAMES = Object.keys(BUILT_IN) as SettingName[];

/** Where the environment says it. */
export const VARIABLES: { readonly [Name in SettingName | 'profile' | 'config']: string } = {
  profile: 'NETDIAG_PROFILE',
  timeout: 'NETDIAG_TIMEOUT',
  format: 'NETDIAG_FORMAT',
  'fail-on': 'NETDIAG_FAIL_ON',
  lang: 'NETDIAG_LANG',
  references: 'NETDIAG_REFERENCES',
  config: 'NETDIAG_CONFIG',
};

/** How each is written, in a flag, a variable or a file. */
export const SETTING_KINDS: { readonly [Name in SettingName]: ValueKind<NonNullable<SettingValues[Name]>> } = {
  timeout,
  format: choice(FORMATS),
  'fail-on': choice(FAIL_ON),
  lang: language,
  references: referenceList,
};

/** Those that a file or a profile sets. */
export type FileSettings = { readonly [Name in SettingName]?: NonNullable<SettingValues[Name]> };

type Written = { readonly [Name in SettingName]?: string | readonly string[] | undefined };

/** Reads those that are there; what does not parse is left out, since it was refused before. */
export function readSettings(written: Written): FileSettings {
  const entries = SETTING_NAMES.flatMap((name) => {
    const value = written[name];
    const read = value === undefined ? null : SETTING_KINDS[name].parse(typeof value === 'string' ? value : value.join(','));
    return read === null ? [] : [[name, read] as const];
  });
  return Object.fromEntries(entries) as FileSettings;
}
