import type { DataOf } from '../../model/measurement.js';
import { ABSENCES, DNS_RECORD, EXTENDED_ERROR, RTT } from './quantity-shapes.js';
import type { Shape } from './shape.js';

/** Shapes of what is known of names and of those who answer for them. */

const DNS = {
  // An address, a URL, or the file that answered.
  server: 'text',
  serverLabel: 'text',
  from: 'word',
  serverUpstreams: ['endpoint'],
  transport: 'word',
  name: 'zone',
  searched: ['endpoint'],
  type: 'text',
  rcode: 'text',
  queryMs: 'number',
  flags: { aa: 'number', tc: 'number', rd: 'number', ra: 'number', ad: 'number', cd: 'number' },
  answers: [DNS_RECORD],
  hostsFile: { path: 'text', addresses: ['endpoint'] },
  dnssec: 'word',
  attempts: 'number',
  authorities: [DNS_RECORD],
  additionals: [DNS_RECORD],
  answerBytes: 'number',
  truncated: 'number',
  edns: {
    version: 'number',
    udpPayloadBytes: 'number',
    dnssecOk: 'number',
    nameServerId: 'instance',
    clientSubnet: { address: 'network', sourcePrefixLength: 'number', scopePrefixLength: 'number' },
    extendedErrors: [EXTENDED_ERROR],
  },
  ignored: { wrongId: 'number', wrongQuestion: 'number', wrongSource: 'number', malformed: 'number', contradicting: 'number' },
  connection: { tcpMs: 'number', tlsMs: 'number', protocol: 'text' },
  checkingDisabled: 'number',
  series: [{ sentMs: 'number', rcode: 'text', queryMs: 'number', waitedMs: 'number' }],
  validation: {
    verdict: 'word',
    reason: 'text',
    detail: 'text',
    zone: 'zone',
    chain: [{ zone: 'zone', ds: ['text'], keys: [{ keyTag: 'number', algorithm: 'text', secureEntryPoint: 'number' }], verdict: 'word' }],
    queries: 'number',
  },
} as const;

const ANSWERS = { rcode: 'text', answers: ['data'] } as const;

const DNS_COMPARISON = {
  name: 'zone',
  type: 'text',
  servers: [
    {
      server: 'endpoint',
      label: 'text',
      operator: 'text',
      from: 'word',
      behind: 'text',
      transport: 'word',
      filters: 'number',
      sent: 'number',
      received: 'number',
      lossRatio: 'number',
      coldMs: 'number',
      connectionMs: 'number',
      warmMs: RTT,
      warm: { sent: 'number', received: 'number' },
      rcode: 'text',
      answers: ['data'],
      aliases: ['zone'],
      ttl: { minimum: 'number', maximum: 'number' },
      validated: 'number',
      nameServerId: 'instance',
      extendedErrors: [EXTENDED_ERROR],
      failure: { kind: 'word', code: 'text', reason: 'text' },
      group: 'number',
      classification: 'word',
      nonexistent: [{ name: 'zone', rcode: 'text', answers: ['data'], verdict: 'word' }],
      contradictions: { listenedMs: 'number', firstMs: 'number', answers: [ANSWERS] },
    },
  ],
  reference: { by: 'word', ...ANSWERS },
  findings: [{ kind: 'word', servers: ['endpoint'], detail: 'text' }],
} as const;

const TRACE_ADDRESS = {
  address: 'endpoint',
  from: ['word'],
  state: 'word',
  lame: 'word',
  detail: 'text',
  result: 'word',
  rcode: 'text',
  authoritative: 'number',
  queryMs: 'number',
  transport: 'word',
  truncated: 'number',
  edns: 'word',
  records: ['data'],
  tcp: 'word',
  serial: 'number',
  nameServers: ['endpoint'],
} as const;

const TRACE_STEP = {
  zone: 'zone',
  name: 'zone',
  by: 'word',
  parent: 'zone',
  delegationSigners: ['text'],
  servers: [
    {
      name: 'endpoint',
      inParent: 'number',
      inChild: 'number',
      glue: 'word',
      recordAddresses: ['endpoint'],
      failure: 'word',
      addresses: [TRACE_ADDRESS],
    },
  ],
  omittedServers: 'number',
  ignoredRecords: 'number',
  result: 'word',
  leadsTo: 'zone',
} as const;

const DNS_TRACE = {
  name: 'zone',
  type: 'text',
  rootHints: 'word',
  port: 'number',
  end: { reason: 'word', zone: 'zone', name: 'zone', detail: 'text' },
  rcode: 'text',
  answers: [DNS_RECORD],
  wildcard: 'zone',
  steps: [TRACE_STEP],
  cycles: [['endpoint']],
  queries: 'number',
  limits: ['word'],
} as const;

const RESOLV_CONF = {
  path: 'text',
  state: 'word',
  link: 'text',
  writer: { name: 'text', because: 'text' },
  nameservers: [{ line: 'number', address: 'endpoint', valid: 'number', used: 'number', label: 'text', listening: 'number' }],
  search: ['endpoint'],
  searchFrom: 'word',
  ndots: 'number',
  timeoutMs: 'number',
  attempts: 'number',
  options: ['text'],
  faults: [{ line: 'number', problem: 'text' }],
} as const;

const LOOKUP = {
  target: 'endpoint',
  name: 'endpoint',
  candidates: ['endpoint'],
  found: 'endpoint',
  wasted: [{ name: 'endpoint', rcode: 'text', queryMs: 'number' }],
  wastedMs: 'number',
  ahead: ['endpoint'],
  diverted: 'number',
  dnsNotAsked: 'text',
} as const;

const NAME_SERVICE = {
  resolvConf: RESOLV_CONF,
  resolvedMode: 'text',
  nameSwitch: { path: 'text', line: 'number', services: ['text'], actions: ['text'] },
  chain: [
    {
      server: 'endpoint',
      askedBy: 'endpoint',
      software: 'text',
      kind: 'word',
      upstreams: ['endpoint'],
      routedDomains: 'number',
      dnsOverTls: 'text',
      source: 'text',
    },
  ],
  caches: [{ name: 'text', keeps: 'number', source: 'text' }],
  cacheTrial: {
    server: 'endpoint',
    local: 'number',
    name: 'zone',
    type: 'text',
    firstMs: 'number',
    secondMs: 'number',
    savedMs: 'number',
    finding: 'word',
  },
  lookups: [LOOKUP],
  hostsFile: {
    path: 'text',
    entries: 'number',
    faults: ['number'],
    overrides: [
      {
        target: 'endpoint',
        name: 'endpoint',
        addresses: ['endpoint'],
        resolverAddresses: ['endpoint'],
        server: 'endpoint',
        agreement: 'word',
        because: 'text',
      },
    ],
  },
  absent: ABSENCES,
} as const;

type NameProbe = 'dns' | 'dns-comparison' | 'dns-trace' | 'name-service';

export const NAME_SHAPES: { readonly [P in NameProbe]: Shape<DataOf<P>> } = {
  dns: DNS,
  'dns-comparison': DNS_COMPARISON,
  'dns-trace': DNS_TRACE,
  'name-service': NAME_SERVICE,
};
