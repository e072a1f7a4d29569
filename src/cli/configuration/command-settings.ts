import { languageOfEnvironment } from '../../words/index.js';
import { chooseConfiguration, loadConfiguration, workingFolder } from './find.js';
import type { Setting } from './precedence.js';
import { SETTING_NAMES, VARIABLES } from './setting-kinds.js';
import { type Given, type Settings, settle } from './settings.js';

/** Flags of a command as oclif has parsed them: those of the environment are among them. */
export type ParsedFlags = Record<string, unknown>;

type GivenName = keyof Given;

const GIVEN_NAMES: readonly GivenName[] = ['profile', 'ca', ...SETTING_NAMES];

/**
 * What a command goes by, from its flags, the environment and the file that they name, or that is found.
 *
 * @param typed names of the flags that stand on the command line: the others come from the environment
 * @throws UsageError for a file with a mistake in it, and a profile that there is not
 */
export async function settingsOf(flags: ParsedFlags, typed: ReadonlySet<string>): Promise<Settings> {
  const named = typeof flags['config'] === 'string' ? flags['config'] : undefined;
  // The lab brings its own targets and needs no file; one that is named counts all the same.
  const folder = flags['lab'] === true ? null : workingFolder();
  const chosen = chooseConfiguration(named, typed.has('config') ? '--config' : VARIABLES.config, folder);
  return settle(givenBy(flags, typed), chosen === null ? null : await loadConfiguration(chosen), languageOfEnvironment(process.env));
}

function givenBy(flags: ParsedFlags, typed: ReadonlySet<string>): Given {
  const entries = GIVEN_NAMES.flatMap((name): [string, Setting<unknown>][] => {
    const value = flags[name];
    if (value === undefined) return [];
    if (typed.has(name) || name === 'ca') return [[name, { value, source: 'flag', from: `--${name}` }]];
    return [[name, { value, source: 'environment', from: VARIABLES[name] }]];
  });
  // It is --format json, and stands before what others say of the format.
  if (flags['json'] === true && !typed.has('format')) entries.push(['format', { value: 'json', source: 'flag', from: '--json' }]);
  return Object.fromEntries(entries) as Given;
}

/**
 * Puts what was decided in the place of flags that were not given, so that a command need not know who said it. What nobody said stays
 * absent: each command has its own default.
 *
 * @param known names of the flags that the command has
 */
export function fillIn(flags: ParsedFlags, settings: Settings, known: ReadonlySet<string>): void {
  for (const name of GIVEN_NAMES) {
    const { value, source } = settings[name];
    if (source !== 'built-in' && known.has(name)) flags[name] = value;
  }
}
