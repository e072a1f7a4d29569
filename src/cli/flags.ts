import { boolean, custom } from '@oclif/core/flags';
import { FORMATS } from '../render/index.js';
import { type PortList, portList } from './port-list.js';
import { quotedValue } from './quoted-value.js';
import { TOP_PORTS } from './top-ports.js';
import { UsageError } from './usage-error.js';
import * as kinds from './value-kinds.js';

/** How a flag reads its value: what does not parse is a usage error that names flag, value and what is accepted. */
function valued<T>(kind: kinds.ValueKind<T>) {
  return {
    parse: async (text: string, _context: unknown, flag: { name: string }): Promise<T> => {
      const value = kind.parse(text);
      if (value === null) throw new UsageError(`--${flag.name} ${quotedValue(text)}: must be ${kind.accepted}`);
      return value;
    },
  };
}

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

/** Flags of `latency` and `loss`. */
export const roundTripFlags = {
  count: custom<number>(valued(kinds.count))({ char: 'c', summary: 'how many probes for each target', helpValue: '<number>' }),
  interval: custom<number>(valued(kinds.interval))({ char: 'i', summary: 'pause between probes, 1ms to 1m', helpValue: '<duration>' }),
  method: custom<'auto' | 'icmp' | 'tcp'>(valued(kinds.choice(['auto', 'icmp', 'tcp'] as const)))({
    summary: 'icmp, tcp, or auto: ICMP echo where system and target allow, otherwise TCP connects',
    helpValue: '<method>',
  }),
};

export const portFlags = {
  ports: custom<PortList>(valued(portList))({
    char: 'p',
    summary: 'ports to look at: each named by its number must be open, a range is only surveyed',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<list>',
  }),
  top: custom<number>(
    valued({
      accepted: `a whole number from 1 to ${TOP_PORTS.length}`,
      parse: (text: string) => kinds.wholeNumber(text, 1, TOP_PORTS.length),
    }),
  )({ summary: `survey the N most common service ports, up to ${TOP_PORTS.length}`, helpValue: '<N>' }),
};

export const tlsFlags = {
  servername: custom<string>(valued(kinds.servername))({ summary: 'name to ask for and to find in the certificate', helpValue: '<name>' }),
  ca: custom<string>()({
    summary: 'further trusted certificates, PEM; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<file>',
  }),
  cert: custom<string>()({ summary: 'client certificate, PEM; with --key', helpValue: '<file>' }),
  key: custom<string>()({ summary: 'key of the client certificate, PEM', helpValue: '<file>' }),
};

export const pinFlag = {
  pin: custom<string>(valued(kinds.pin))({
    summary: "sha256//BASE64 of the server's public key; one of those given must match",
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<pin>',
  }),
};

export const dnsFlags = {
  server: custom<kinds.Server>(valued(kinds.server))({
    summary: 'ask this server in place of those of the system; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<address>',
  }),
  transport: custom<'udp' | 'tcp'>(valued(kinds.choice(['udp', 'tcp'] as const)))({
    summary: 'udp (then tcp where the answer is too long), or tcp',
    helpValue: '<transport>',
  }),
  type: custom<string[]>(valued(kinds.recordTypes))({
    summary: 'record types, as in A,MX (A and AAAA unless said otherwise)',
    helpValue: '<types>',
  }),
};

export const deepFlag = {
  deep: boolean({ summary: 'look longer: ten seconds of packets, and a survey of the most common ports' }),
};

export const configFlag = {
  config: custom<string>()({
    summary: 'targets and profile from this file in place of a netdiag.yaml here or above',
    helpValue: '<file>',
  }),
};
