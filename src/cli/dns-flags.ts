import { boolean, custom } from '@oclif/core/flags';
import type { ClientSubnet } from '../wire/dns/edns.js';
import { dnsServer, type GivenServer } from './dns-servers.js';
import { tlsFlags } from './tls-flags.js';
import * as kinds from './value-kinds.js';
import { valued } from './valued.js';

/** Of the encrypted servers of `dns`. */
export const anchorFlag = { ca: tlsFlags.ca };

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
    summary: 'with --compare: questions to each server after the first, 0 to 50 (5 unless said otherwise)',
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
