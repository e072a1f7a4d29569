import { boolean, custom } from '@oclif/core/flags';
import { POLICIES } from '../model/policy.js';
import { FORMATS } from '../render/index.js';
import { LANGUAGES, type Language } from '../words/index.js';
import { NO_FILE } from './configuration/find.js';
import { FAIL_ON, VARIABLES } from './configuration/setting-kinds.js';
import type { FailOn } from './exit-status.js';
import * as kinds from './value-kinds.js';
import { offered, valued } from './valued.js';

const OUTPUT = { helpGroup: 'output' };

/** Flags of every command that ends in a report. */
export const outputFlags = {
  format: custom<(typeof FORMATS)[number]>(valued(kinds.choice(FORMATS)))({
    ...OUTPUT,
    env: VARIABLES.format,
    summary: `what stdout gets: ${FORMATS.join(', ')} (table unless said otherwise)`,
    helpValue: '<format>',
  }),
  json: boolean({ ...OUTPUT, summary: 'short for --format json' }),
  output: custom<string>()({
    ...OUTPUT,
    summary:
      'write the report to a file too; .json, .ndjson, .txt, .xml (JUnit), .sarif, .tap, .prom, .csv, .gitlab.json, .html or .md says how; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<file>',
  }),
  redact: boolean({
    ...OUTPUT,
    summary: 'replace addresses, names and whatever else says whose network it is by pseudonyms, wherever the report goes',
  }),
  'redact-key': custom<string>(offered({ words: [], from: 'files' }))({
    ...OUTPUT,
    summary: 'file with the key of the pseudonyms, the same one on all machines whose reports are to be compared',
    helpValue: '<file>',
  }),
  support: custom<string>(offered({ words: [], from: 'files' }))({
    ...OUTPUT,
    summary: 'write an archive (.tar.gz) for whoever is to help: the report, redacted, and what was left out',
    helpValue: '<file>',
  }),
  'support-unredacted': boolean({ ...OUTPUT, summary: 'put the report into the archive of --support as it is' }),
  quiet: boolean({ ...OUTPUT, char: 'q', summary: 'nothing on stdout; the exit status tells' }),
  'fail-on': custom<FailOn>(valued(kinds.choice(FAIL_ON)))({
    ...OUTPUT,
    env: VARIABLES['fail-on'],
    summary: 'what makes the exit status 1: warn, fail, never, or with --baseline regression alone (fail unless said otherwise)',
    helpValue: '<status>',
  }),
  baseline: custom<string>(offered({ words: [], from: 'files' }))({
    ...OUTPUT,
    summary: 'say what changed since this report (JSON), and exit 1 where something got worse',
    helpValue: '<file>',
  }),
  'no-color': boolean({ ...OUTPUT, summary: 'no colour; NO_COLOR and FORCE_COLOR are honoured too' }),
};

export const timeoutFlag = {
  timeout: custom<number>(valued(kinds.timeout))({
    env: VARIABLES.timeout,
    summary: 'longest wait for one answer, 10ms to 1m',
    helpValue: '<duration>',
  }),
};

export const profileFlag = {
  profile: custom<string>(valued(kinds.profile))({ summary: 'the limits that measurements are held against', helpValue: '<name>' }),
};

/** The same where a configuration can have profiles of its own: whether there is one of that name is known once the file is read. */
export const runProfileFlag = {
  profile: custom<string>(offered({ words: Object.keys(POLICIES) }))({
    env: VARIABLES.profile,
    summary: `the limits that measurements are held against: ${Object.keys(POLICIES).join(', ')}, or one of the configuration`,
    helpValue: '<name>',
  }),
};

/** Texts of reports, comparisons and explanations are in it; formats for programs are in English. */
export const languageFlag = {
  lang: custom<Language>(valued(kinds.language))({
    env: VARIABLES.lang,
    summary: `language of what people read: ${LANGUAGES.join(' or ')} (that of LANG, where it is one of them)`,
    helpValue: '<language>',
  }),
};

/** oclif's parser takes any character; its types know letters only. */
const digit = (character: '4' | '6') => character as unknown as 'a';

export const familyFlags = {
  ipv4: boolean({ char: digit('4'), summary: 'IPv4 only' }),
  ipv6: boolean({ char: digit('6'), summary: 'IPv6 only' }),
};

export const sourceFlag = {
  source: custom<string>(valued(kinds.sourceAddress))({ summary: 'send from this address of the machine', helpValue: '<address>' }),
};

export const interfaceFlag = {
  interface: custom<string>(valued(kinds.interfaceName))({ summary: 'send through this network interface', helpValue: '<name>' }),
};

export const labFlag = {
  lab: boolean({ summary: 'use the targets inside the program, on loopback; needs no network' }),
};

export const deepFlag = {
  deep: boolean({ summary: 'look longer: ten seconds of packets, the path, and a survey of the most common ports' }),
};

export const configFlag = {
  config: custom<string>(offered({ words: [NO_FILE], from: 'files' }))({
    env: VARIABLES.config,
    summary: `targets, limits and settings from this file in place of the nearest netdiag.yaml from here upwards; ${NO_FILE}: from no file`,
    helpValue: '<file>',
  }),
};
