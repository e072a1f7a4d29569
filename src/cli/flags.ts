import { boolean, custom } from '@oclif/core/flags';
import type { Budget } from '../model/policy.js';
import type { HttpExpectation, ProbeMethod, StartTlsProtocol } from '../model/probe-options.js';
import type { ProxyHop } from '../model/proxy.js';
import { ACCEPTED_PROXIES, parseProxyUrl } from '../model/proxy-environment.js';
import { TLS_POLICIES } from '../model/tls-policies.js';
import { FORMATS } from '../render/index.js';
import type { ClientSubnet } from '../wire/dns-edns.js';
import { dnsServer, type GivenServer } from './dns-servers.js';
import * as http from './http-values.js';
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

/** Flags of `tls` alone: how it comes to a handshake, and what is tried beside. */
export const handshakeFlags = {
  starttls: custom<StartTlsProtocol | 'none'>(valued(kinds.startTls))({
    summary:
      'smtp, imap, pop3, ftp, ldap, postgres, mysql or xmpp: start TLS by its command; none: at once (by the port unless said otherwise)',
    helpValue: '<protocol>',
  }),
  'no-servername': boolean({ summary: 'send no server name (SNI), as old clients do' }),
  resume: boolean({ summary: 'make a second connection that resumes the session of the first' }),
};

/** Flags of `tls --enumerate`. */
export const enumerationFlags = {
  enumerate: boolean({ summary: 'find out every version, cipher suite, group and signature scheme that the server accepts' }),
  concurrency: custom<number>(valued(kinds.concurrency))({
    summary: 'with --enumerate: connections under way at once, 1 to 64 (8 unless said otherwise)',
    helpValue: '<number>',
  }),
  'max-connections': custom<number>(valued(kinds.connections))({
    summary: 'with --enumerate: open no more than so many connections, 10 to 5000 (1000 unless said otherwise)',
    helpValue: '<number>',
  }),
};

/** Flag of `tls`: rules to hold the server against. */
export const tlsPolicyFlag = {
  policy: custom<string>()({
    summary: `enumerate, and hold the server against rules: ${Object.keys(TLS_POLICIES).join(', ')}, or a file of them`,
    helpValue: '<policy>',
  }),
};

/** Of the encrypted servers of `dns`. */
export const anchorFlag = { ca: tlsFlags.ca };

export const pinFlag = {
  pin: custom<string>(valued(kinds.pin))({
    summary: "sha256//BASE64 of the server's public key; one of those given must match",
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<pin>',
  }),
};

export const dnsFlags = {
  server: custom<GivenServer>(valued(dnsServer))({
    summary: 'ask this server in place of those of the system: an address, or a URL (udp:, tcp:, tls:, https:); may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<server>',
  }),
  transport: custom<'udp' | 'tcp' | 'tls' | 'https'>(valued(kinds.choice(['udp', 'tcp', 'tls', 'https'] as const)))({
    summary: 'udp (then tcp where the answer is too long), tcp, tls or https',
    helpValue: '<transport>',
  }),
  type: custom<string[]>(valued(kinds.recordTypes))({
    summary: 'record types, as in A,MX or TYPE65 or ANY (A and AAAA unless said otherwise)',
    helpValue: '<types>',
  }),
  names: custom<string>()({ summary: 'ask for the names in this file too, one a line; - is standard input', helpValue: '<file>' }),
  search: boolean({ summary: 'try the search list of the system, as programs do' }),
  retries: custom<number>(valued(kinds.retries))({
    summary: 'how often a datagram is sent again after silence, 0 to 10 (1 unless said otherwise)',
    helpValue: '<number>',
  }),
  bufsize: custom<number>(valued(kinds.udpPayloadBytes))({
    summary: 'largest answer over UDP to announce, 512 to 65535 bytes (1232 unless said otherwise)',
    helpValue: '<bytes>',
  }),
  edns: boolean({ summary: 'announce EDNS', default: true, allowNo: true }),
  'dnssec-ok': boolean({ summary: 'ask for DNSSEC records too (DO)' }),
  nsid: boolean({ summary: 'ask which instance of the server it is' }),
  subnet: custom<ClientSubnet>(valued(kinds.clientSubnet))({
    summary: 'ask for the answer that a client in this network gets, as in 192.0.2.0/24',
    helpValue: '<network>',
  }),
  recurse: boolean({ summary: 'ask the server to find out for us (RD)', default: true, allowNo: true }),
  check: boolean({ summary: 'let the server validate; --no-check asks it not to (CD)', default: true, allowNo: true }),
};

/** Flags of `dns --dnssec`. */
export const validationFlags = {
  dnssec: boolean({ summary: 'validate the answers here, from the keys of the root zone down: secure, insecure or bogus, and why' }),
  'trust-anchor': custom<string>()({
    summary: 'with --dnssec: DS or DNSKEY records to begin with, of the root or any zone, in place of the built-in ones',
    helpValue: '<file>',
  }),
};

/** Flags of `dns --compare`. */
export const comparisonFlags = {
  compare: boolean({ summary: 'ask every resolver of the system, each --server and well-known public ones at once, and compare' }),
  'well-known': boolean({ summary: 'with --compare: ask the well-known public resolvers too', default: true, allowNo: true }),
  warm: custom<number>(valued(kinds.warmQuestions))({
    summary: 'with --compare: questions to each server behind the first, 0 to 50 (5 unless said otherwise)',
    helpValue: '<number>',
  }),
  progress: boolean({ summary: 'with --compare: write each answer to stderr as it comes, also where that is no terminal' }),
};

/** Flags of `dns --trace`. */
export const traceFlags = {
  trace: boolean({ summary: 'follow the delegations from the root, and ask all servers of each zone on the way' }),
  'root-hints': custom<string>()({
    summary: 'with --trace: root servers from this file (named.root, or lines of NAME ADDRESS) in place of the built-in ones',
    helpValue: '<file>',
  }),
  'trace-port': custom<number>(valued(kinds.portNumber))({
    summary: 'with --trace: ask every server at this port in place of 53, as in a lab of your own',
    helpValue: '<port>',
  }),
};

/** Flags of `http`. */
export const httpFlags = {
  request: custom<string>(valued(http.method))({ char: 'X', summary: 'method (GET, or POST with --body)', helpValue: '<method>' }),
  header: custom<string>()({
    char: 'H',
    summary: 'field of the request, as in "Accept: text/html"; may be repeated. Others on this machine can see it: see --header-env',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<field>',
  }),
  'header-env': custom<string>()({
    summary: 'field with a secret value out of a variable of the environment, as in X-Api-Key=SERVICE_KEY',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<name=variable>',
  }),
  'header-file': custom<string>()({
    summary: 'fields with secret values out of a file, "Name: value" in each line',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<file>',
  }),
  'bearer-env': custom<string>()({ summary: 'bearer token out of this variable of the environment', helpValue: '<variable>' }),
  'bearer-file': custom<string>()({ summary: 'bearer token out of this file', helpValue: '<file>' }),
  body: custom<string>()({ summary: 'send this file as the body, up to 1 MB', helpValue: '<file>' }),
  'http1.1': boolean({ summary: 'HTTP/1.1 alone' }),
  http2: boolean({ summary: 'HTTP/2 alone; without TLS by prior knowledge' }),
  compression: boolean({ summary: 'offer to take compressed answers', default: true, allowNo: true }),
  follow: boolean({ summary: 'follow redirects', default: true, allowNo: true }),
  'max-redirects': custom<number>(valued(http.redirects))({
    summary: 'follow no more than these, 0 to 50 (10 unless said otherwise)',
    helpValue: '<number>',
  }),
  count: custom<number>(valued(kinds.count))({ char: 'c', summary: 'how many exchanges, for percentiles', helpValue: '<number>' }),
  interval: custom<number>(valued(kinds.interval))({ char: 'i', summary: 'pause between exchanges, 1ms to 1m', helpValue: '<duration>' }),
  'keep-alive': boolean({ summary: 'send them over one connection; otherwise each has its own' }),
  'expect-status': custom<string[]>(valued(http.statuses))({
    summary: 'statuses that are right, as in 200,204 or 2xx; any below 400 unless said otherwise',
    helpValue: '<list>',
  }),
  'expect-body': custom<HttpExpectation>(valued(http.bodyExpectation))({
    summary: 'text that must be in the body, or a regular expression as in /up|ready/i; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<text>',
  }),
  'expect-json': custom<Extract<HttpExpectation, { kind: 'json' }>>(valued(http.jsonExpectation))({
    summary: 'JSONPath query that must find something, or this value, as in $.status=ok; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<query>',
  }),
  'require-header': custom<{ name: string; value: string | null }>(valued(http.requiredHeader))({
    summary: 'field that the answer must have, with text of its value behind a colon; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<name>',
  }),
  'forbid-header': custom<string>(valued(http.headerName))({
    summary: 'field that the answer must not have; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<name>',
  }),
  'security-headers': boolean({ summary: 'require the fields that protect readers of a page' }),
  burst: custom<number>(valued(http.burst))({
    summary: 'then send so many requests at once, up to 10000, and see where 429 begins: only to services that you may test so',
    helpValue: '<number>',
  }),
  concurrency: custom<number>(valued(http.concurrency))({
    summary: 'with --burst: under way at once, 1 to 200 (10 unless said otherwise)',
    helpValue: '<number>',
  }),
};

/** Flags of `http` about the way. */
export const proxyFlags = {
  proxy: custom<ProxyHop>({
    parse: async (text: string): Promise<ProxyHop> => {
      const outcome = parseProxyUrl(text, '--proxy');
      // The value can hold a password.
      if (!outcome.ok) throw new UsageError(`--proxy: ${outcome.reason}; must be ${ACCEPTED_PROXIES}`);
      return outcome.hop;
    },
  })({ summary: 'go through this proxy, whatever the environment says: http, https, socks5 or socks5h', helpValue: '<url>' }),
  'no-proxy': boolean({ summary: 'go directly, whatever the environment says' }),
};

/** Flags of `http` for `ws:` and `wss:` targets. */
export const webSocketFlags = {
  message: custom<string>()({
    summary: 'ws:, wss: send this with each ping, and time how soon it comes back; with --listen once, ahead',
    helpValue: '<text>',
  }),
  'message-file': custom<string>()({ summary: 'the same out of a file', helpValue: '<file>' }),
  listen: custom<number>(valued(kinds.listen))({
    summary: 'ws:, wss: listen for so long to what comes by itself, 100ms to 10m',
    helpValue: '<duration>',
  }),
  subprotocol: custom<string>(valued(kinds.subprotocol))({
    summary: 'ws:, wss: offer this subprotocol; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<name>',
  }),
};

/** Flags of `http` about the login page of a network. */
export const captivePortalFlags = {
  'captive-portal': boolean({ summary: 'look for a login page of this network, as browsers do; needs no TARGET' }),
  'portal-url': custom<string>()({
    summary: 'with --captive-portal: ask firefox, google, apple, microsoft, networkmanager, or this http: address',
    helpValue: '<url>',
  }),
  'portal-expect': custom<string>()({ summary: 'what that address answers: a status, as in 204, or a text', helpValue: '<answer>' }),
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
