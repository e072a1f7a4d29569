import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '@oclif/core/config';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { targetsArgument } from '../../../src/cli/arguments.js';
import { decide, isCallers, type Setting, SOURCES, type Source } from '../../../src/cli/configuration/precedence.js';
import type { Settings } from '../../../src/cli/configuration/settings.js';
import { MeasuringCommand } from '../../../src/cli/measuring-command.js';
import { referencesFlag } from '../../../src/cli/resolver-references.js';
import { tlsFlags } from '../../../src/cli/tls-flags.js';

/** A command that only reads its command line. */
class Reader extends MeasuringCommand {
  static override args = targetsArgument;
  static override flags = { ...referencesFlag, ...tlsFlags };

  async run(): Promise<void> {}

  async read(): Promise<{ flags: Record<string, unknown>; argv: unknown[]; settings: Settings }> {
    const { flags, argv } = await this.parse(Reader);
    return { flags, argv, settings: this.settings };
  }
}

const fakeConfig = { runHook: async () => ({ successes: [], failures: [] }) } as unknown as Config;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-precedence-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

interface Saying {
  argv: string[];
  env: Record<string, string>;
  /** Lines of the file, and of the profile that it names. */
  file: string[];
  profile: string[];
}

async function read({ argv, env, file, profile }: Saying) {
  const path = join(folder, 'netdiag.yaml');
  const lines = [...file, ...(profile.length === 0 ? [] : ['profiles:', '  own:', ...profile.map((line) => `    ${line}`)])];
  if (profile.length > 0 && !file.some((line) => line.startsWith('profile:'))) lines.push('profile: own');
  writeFileSync(path, `${lines.join('\n')}\n`);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return new Reader(['--config', path, ...argv], fakeConfig).read();
}

/** How each source says something of a setting, and what is then in force. */
interface Case {
  setting: 'timeout' | 'format' | 'fail-on' | 'lang' | 'references';
  variable: string;
  written: Readonly<Record<Exclude<Source, 'built-in'>, string>>;
  values: Readonly<Record<Source, unknown>>;
}

const CASES: readonly Case[] = [
  {
    setting: 'timeout',
    variable: 'NETDIAG_TIMEOUT',
    written: { flag: '1s', environment: '2s', file: '3s', profile: '4s' },
    values: { flag: 1000, environment: 2000, file: 3000, profile: 4000, 'built-in': null },
  },
  {
    setting: 'format',
    variable: 'NETDIAG_FORMAT',
    written: { flag: 'json', environment: 'ndjson', file: 'table', profile: 'json' },
    values: { flag: 'json', environment: 'ndjson', file: 'table', profile: 'json', 'built-in': 'table' },
  },
  {
    setting: 'fail-on',
    variable: 'NETDIAG_FAIL_ON',
    written: { flag: 'warn', environment: 'never', file: 'fail', profile: 'warn' },
    values: { flag: 'warn', environment: 'never', file: 'fail', profile: 'warn', 'built-in': 'fail' },
  },
  {
    setting: 'lang',
    variable: 'NETDIAG_LANG',
    written: { flag: 'pt-BR', environment: 'en', file: 'pt-BR', profile: 'pt-BR' },
    values: { flag: 'pt-BR', environment: 'en', file: 'pt-BR', profile: 'pt-BR', 'built-in': 'en' },
  },
  {
    setting: 'references',
    variable: 'NETDIAG_REFERENCES',
    written: { flag: '192.0.2.1', environment: '192.0.2.2', file: '192.0.2.3', profile: 'none' },
    values: { flag: ['192.0.2.1'], environment: ['192.0.2.2'], file: ['192.0.2.3'], profile: [], 'built-in': null },
  },
];

function saying({ setting, variable, written }: Case, sources: readonly Source[]): Saying {
  const has = (source: Source) => sources.includes(source);
  return {
    argv: has('flag') ? [`--${setting}`, written.flag] : [],
    env: has('environment') ? { [variable]: written.environment } : {},
    file: has('file') ? [`${setting}: ${written.file}`] : [],
    profile: has('profile') ? [`${setting}: ${written.profile}`] : [],
  };
}

const PAIRS = SOURCES.flatMap((stronger, index) => SOURCES.slice(index + 1).map((weaker) => [stronger, weaker] as const));

describe('of two that say something', () => {
  it.each(CASES.flatMap((one) => PAIRS.map(([stronger, weaker]) => ({ ...one, stronger, weaker }))))(
    '$setting: $stronger goes before $weaker',
    async ({ stronger, weaker, ...one }) => {
      const { flags, settings } = await read(saying(one, [stronger, weaker]));
      expect(settings[one.setting]).toMatchObject({ source: stronger, value: one.values[stronger] });
      expect(flags[one.setting]).toEqual(one.values[stronger]);
    },
  );

  it.each(CASES)('$setting: nobody says anything, and the flag stays absent', async (one) => {
    const { flags, settings } = await read(saying(one, []));
    expect(settings[one.setting]).toEqual({ source: 'built-in', value: one.values['built-in'], from: 'built-in' });
    expect(flags[one.setting]).toBeUndefined();
  });

  /** A profile cannot name the profile. */
  const profiles = { flag: 'trading', environment: 'web', file: 'voip', 'built-in': 'default' } as const;
  const named = ['flag', 'environment', 'file', 'built-in'] as const;
  it.each(named.flatMap((stronger, index) => named.slice(index + 1).map((weaker) => [stronger, weaker] as const)))(
    'profile: %s goes before %s',
    async (stronger, weaker) => {
      const has = (source: Source) => source === stronger || source === weaker;
      const { settings } = await read({
        argv: has('flag') ? ['--profile', profiles.flag] : [],
        env: has('environment') ? { NETDIAG_PROFILE: profiles.environment } : {},
        file: has('file') ? [`profile: ${profiles.file}`] : [],
        profile: [],
      });
      expect(settings.profile).toMatchObject({ source: stronger, value: profiles[stronger] });
      expect(settings.policy.name).toBe(profiles[stronger]);
    },
  );

  it('the file: a flag goes before the environment, and that before what is found', async () => {
    const other = join(folder, 'other.yaml');
    writeFileSync(other, 'timeout: 9s\n');
    expect((await read({ argv: [], env: { NETDIAG_CONFIG: other }, file: ['timeout: 3s'], profile: [] })).flags['timeout']).toBe(3000);
    const { flags, settings } = await new Reader([], fakeConfig).read();
    expect(flags['timeout']).toBe(9000);
    expect(settings.timeout.from).toBe('other.yaml line 1, column 10');
    expect((await new Reader(['--config', 'none'], fakeConfig).read()).flags['timeout']).toBeUndefined();
  });

  it('authorities: those of the flag in place of those of the file', async () => {
    const saysFile = { argv: [], env: {}, file: ['targets: []'], profile: [] };
    expect((await read(saysFile)).flags['ca']).toBeUndefined();
    expect((await read({ ...saysFile, argv: ['--ca', 'a.pem'] })).settings.ca).toMatchObject({ source: 'flag', value: ['a.pem'] });
  });
});

describe('a variable', () => {
  it('that is empty says nothing', async () => {
    const { settings } = await read({ argv: [], env: { NETDIAG_TIMEOUT: '', NETDIAG_PROFILE: '' }, file: [], profile: [] });
    expect(settings.timeout.source).toBe('built-in');
    expect(settings.profile.source).toBe('built-in');
  });

  it.each([
    ['NETDIAG_TIMEOUT', '5', /^NETDIAG_TIMEOUT "5": must be a duration/],
    ['NETDIAG_FORMAT', 'xml', /^NETDIAG_FORMAT "xml": must be one of table/],
    ['NETDIAG_FAIL_ON', 'x', /^NETDIAG_FAIL_ON "x": must be one of warn/],
    ['NETDIAG_LANG', 'de', /^NETDIAG_LANG "de": must be one of en, pt-BR/],
    ['NETDIAG_REFERENCES', 'x', /^NETDIAG_REFERENCES "x": must be none, or/],
    ['NETDIAG_PROFILE', 'fast', /^NETDIAG_PROFILE "fast": must be one of default/],
  ])('that is wrong is refused by its name: %s', async (name, value, problem) => {
    await expect(read({ argv: [], env: { [name]: value }, file: [], profile: [] })).rejects.toMatchObject({
      problem: expect.stringMatching(problem),
    });
  });

  it('is not blamed for what stands on the command line', async () => {
    const wrong = { argv: ['--timeout', '5'], env: { NETDIAG_TIMEOUT: '2s' }, file: [], profile: [] };
    await expect(read(wrong)).rejects.toMatchObject({ problem: expect.stringMatching(/^--timeout "5"/) });
  });
});

describe('--json', () => {
  it('is --format json, before what others say of the format', async () => {
    const { flags } = await read({ argv: ['--json'], env: { NETDIAG_FORMAT: 'ndjson' }, file: ['format: table'], profile: [] });
    expect(flags['format']).toBe('json');
  });
});

describe('an argument', () => {
  it('that is the name of a configured target is that target', async () => {
    const file = ['targets: [{name: api, target: "https://u:p@a.example/x?token=t"}]'];
    const { argv } = await read({ argv: ['api', 'b.example', 'apis'], env: {}, file, profile: [] });
    expect(argv).toEqual(['https://u:p@a.example/x?token=t', 'b.example', 'apis']);
  });
});

describe('the order', () => {
  it('is that of the list, whoever comes first', () => {
    const setting = (source: Source): Setting<string> => ({ value: source, source, from: source });
    for (const [stronger, weaker] of PAIRS) {
      expect(decide('x', setting(weaker), null, setting(stronger)).value).toBe(stronger);
      expect(decide('x', setting(stronger), setting(weaker)).value).toBe(stronger);
    }
    expect(decide('x', null).source).toBe('built-in');
    expect(SOURCES.filter((source) => isCallers(setting(source)))).toEqual(['flag', 'environment']);
  });
});
