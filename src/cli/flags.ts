import { boolean, custom } from '@oclif/core/flags';
import type { Budget } from '../model/policy.js';
import type { ProbeMethod } from '../model/probe-options.js';
import { FORMATS } from '../render/index.js';
import { type ExpectedList, expectedListeners } from './listening.js';
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
  method: custom<ProbeMethod>(valued(kinds.choice(['auto', 'icmp', 'udp', 'tcp', 'system'] as const)))({
    summary: 'icmp, udp, tcp, system (its ping), or auto: the first of them that system and target allow',
    helpValue: '<method>',
  }),
};

/** Flag of `loss`. */
export const pathFlag = {
  path: boolean({ summary: 'find the hop at which the loss begins' }),
};

export const budgetFlag = {
  budget: custom<Budget>(valued(kinds.budget))({
    summary: 'limits for the median round trip: one duration, or OBJECTIVE,ACCEPTABLE,CRITICAL as in 1ms,10ms,50ms',
    helpValue: '<durations>',
  }),
};

/** Flags of `route`. */
export const routeFlags = {
  method: custom<ProbeMethod>(valued(kinds.choice(['auto', 'icmp', 'udp', 'tcp', 'system'] as const)))({
    summary: 'icmp, udp, tcp, system (its traceroute), or auto: ICMP, then UDP and TCP for what it does not get to',
    helpValue: '<method>',
  }),
  flows: custom<number>(valued(kinds.flows))({
    summary: 'how many flows to follow, 1 to 16: routers that spread load send each its own way',
    helpValue: '<number>',
  }),
  cycles: custom<number>(valued(kinds.cycles))({ summary: 'how often every hop is asked', helpValue: '<number>' }),
  interval: custom<number>(valued(kinds.interval))({ char: 'i', summary: 'pause between cycles, 1ms to 1m', helpValue: '<duration>' }),
  'max-hops': custom<number>(valued(kinds.hops))({ summary: 'longest path to look for, 1 to 64 hops', helpValue: '<number>' }),
  names: boolean({ summary: 'look up the names of the hops', default: true, allowNo: true }),
};

/** Flag of `mtu`. */
export const packetMethodFlag = {
  method: custom<'auto' | 'icmp' | 'udp' | 'system'>(valued(kinds.choice(['auto', 'icmp', 'udp', 'system'] as const)))({
    summary: "icmp, udp, system (the system's ping), or auto: ICMP echo where system and target allow, otherwise the next",
    helpValue: '<method>',
  }),
};

export const portFlags = {
  ports: custom<PortList>(valued(portList))({
    char: 'p',
    summary: 'ports to look at: each named by its number must be open, a range is only surveyed; UDP ports behind U:',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<list>',
  }),
  listening: boolean({ summary: 'what listens on this machine, in place of a TARGET; -p narrows it to these ports' }),
  expect: custom<ExpectedList>(valued(expectedListeners))({
    summary: 'with --listening: what should, as PORT[/tcp|/udp][:PROCESS][@loopback|@all|@ADDRESS]; missing, taken or wider fails',
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
  banner: boolean({ summary: 'read the greeting of open TCP ports, and notice TLS', default: true, allowNo: true }),
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
  deep: boolean({ summary: 'look longer: ten seconds of packets, the path, and a survey of the most common ports' }),
};

export const configFlag = {
  config: custom<string>()({
    summary: 'targets and profile from this file in place of a netdiag.yaml here or above',
    helpValue: '<file>',
  }),
};
