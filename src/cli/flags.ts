import { boolean, custom } from '@oclif/core/flags';
import { FORMATS } from '../render/index.js';
import * as kinds from './value-kinds.js';
import { valued } from './valued.js';

const OUTPUT = { helpGroup: 'output' };

/** Flags of every command that ends in a report. */
export const outputFlags = {
  format: custom<(typeof FORMATS)[number]>(valued(kinds.choice(FORMATS)))({
    ...OUTPUT,
    summary: `what stdout gets: ${FORMATS.join(', ')} (table unless said otherwise)`,
    helpValue: '<format>',
  }),
  json: boolean({ ...OUTPUT, summary: 'short for --format json' }),
  output: custom<string>()({
    ...OUTPUT,
    summary: 'write the report to a file too; .json, .ndjson or .txt says how; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<file>',
  }),
  quiet: boolean({ ...OUTPUT, char: 'q', summary: 'nothing on stdout; the exit status tells' }),
  'fail-on': custom<'warn' | 'fail' | 'never'>(valued(kinds.choice(['warn', 'fail', 'never'] as const)))({
    ...OUTPUT,
    summary: 'what makes the exit status 1: warn, fail or never (fail unless said otherwise)',
    helpValue: '<status>',
  }),
  'no-color': boolean({ ...OUTPUT, summary: 'no colour; NO_COLOR and FORCE_COLOR are honoured too' }),
};

export const timeoutFlag = {
  timeout: custom<number>(valued(kinds.timeout))({
    summary: 'longest wait for one answer, 10ms to 1m',
    helpValue: '<duration>',
  }),
};

export const profileFlag = {
  profile: custom<string>(valued(kinds.profile))({ summary: 'the limits that measurements are held against', helpValue: '<name>' }),
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
  config: custom<string>()({
    summary: 'targets and profile from this file in place of a netdiag.yaml here or above',
    helpValue: '<file>',
  }),
};
