import type { DataOf } from '../../model/measurement.js';
import { ABSENCES, SERVER_CLOCK } from './quantity-shapes.js';
import type { Shape } from './shape.js';

/** Shapes of what this machine says of its links, addresses, clock and surroundings. */

const ADDRESS = {
  address: 'endpoint',
  prefixLength: 'number',
  family: 'number',
  scope: 'text',
  temporary: 'number',
  deprecated: 'number',
  tentative: 'number',
  duplicate: 'number',
  permanent: 'number',
  validForMs: 'number',
  preferredForMs: 'number',
} as const;

const INTERFACE = {
  name: 'interface',
  up: 'number',
  carrier: 'number',
  loopback: 'number',
  mtuBytes: 'number',
  speedMbit: 'number',
  addresses: [ADDRESS],
  errors: 'number',
  dropped: 'number',
  source: 'text',
  addressesKnown: 'number',
  index: 'number',
  kind: 'text',
  operationalState: 'text',
  duplex: 'word',
  master: 'interface',
  parent: 'interface',
  vlanId: 'number',
  promiscuous: 'number',
} as const;

const ROUTE = {
  family: 'number',
  destination: 'network',
  prefixLength: 'number',
  type: 'text',
  table: 'number',
  protocol: 'text',
  scope: 'text',
  metric: 'number',
  preferredSource: 'endpoint',
  mtuBytes: 'number',
  preference: 'word',
  nextHops: [{ gateway: 'endpoint', interface: 'interface', weight: 'number', linkDown: 'number' }],
} as const;

const RULE = {
  family: 'number',
  priority: 'number',
  action: 'text',
  table: 'number',
  inverted: 'number',
  from: 'endpoint',
  to: 'endpoint',
  mark: 'text',
  incoming: 'interface',
  outgoing: 'interface',
  users: 'text',
  further: ['text'],
  suppressPrefixLength: 'number',
} as const;

const HOST = {
  interfaces: [INTERFACE],
  defaultRoutes: [{ family: 'number', gateway: 'endpoint', interface: 'interface', metric: 'number' }],
  routesKnown: 'number',
  resolvers: ['endpoint'],
  resolversSource: 'text',
  searchDomains: ['endpoint'],
  routes: [ROUTE],
  routesLeftOut: 'number',
  routesSource: 'text',
  rules: [RULE],
  rulesSource: 'text',
  neighbors: [{ address: 'endpoint', family: 'number', interface: 'interface', state: 'text', linkAddressKind: 'word' }],
  neighborsSource: 'text',
  leases: [
    {
      interface: 'interface',
      address: 'endpoint',
      server: 'endpoint',
      lifetimeMs: 'number',
      rebindMs: 'number',
      expiresAt: 'time',
      source: 'text',
    },
  ],
  management: {
    distribution: 'word',
    systemd: 'number',
    root: 'number',
    netplan: 'number',
    links: [{ interface: 'interface', manager: 'word', source: 'text' }],
  },
  absent: ABSENCES,
} as const;

const DUPLICATE_ADDRESS = {
  addresses: [
    {
      address: 'endpoint',
      interface: 'interface',
      owner: 'word',
      protocol: 'word',
      askedFrom: 'endpoint',
      sent: 'number',
      claimants: [{ linkAddress: 'linkAddress', answers: 'number', redundancy: 'word', claimsAnything: 'number' }],
    },
  ],
  waitedMs: 'number',
  absent: ABSENCES,
} as const;

const WIRELESS = {
  radios: [
    {
      interface: 'interface',
      connected: 'number',
      signalDbm: 'number',
      noiseDbm: 'number',
      frequencyMhz: 'number',
      band: 'word',
      channelWidthMhz: 'number',
      receiveMbit: 'number',
      sendMbit: 'number',
      missedBeacons: 'number',
      sources: ['text'],
    },
  ],
  absent: ABSENCES,
} as const;

const CLOCK = {
  ntp: { offsetMs: 'number', uncertaintyMs: 'number', agreeing: 'number' },
  servers: [
    {
      host: 'endpoint',
      port: 'number',
      address: 'endpoint',
      from: 'word',
      source: 'text',
      state: 'word',
      because: 'text',
      foreign: 'number',
      sent: 'number',
      stratum: 'number',
      reference: 'clockReference',
      leap: 'word',
      offsetMs: 'number',
      delayMs: 'number',
      rootDistanceMs: 'number',
      uncertaintyMs: 'number',
      agrees: 'number',
    },
  ],
  pages: [{ url: 'endpoint', address: 'endpoint', clock: SERVER_CLOCK, because: 'text' }],
  configured: [{ host: 'endpoint', port: 'number', kind: 'word', service: 'text', source: 'text' }],
  referenceClocks: [{ name: 'text', service: 'text', source: 'text' }],
  kernel: {
    synchronized: 'number',
    estimatedErrorMs: 'number',
    maximumErrorMs: 'number',
    frequencyPpm: 'number',
    leap: 'word',
    taiOffsetSeconds: 'number',
    aheadOfProcessMs: 'number',
    source: 'text',
  },
  services: [{ name: 'text', source: 'text' }],
  tracking: {
    reference: 'clockReference',
    stratum: 'number',
    lastOffsetMs: 'number',
    rootDistanceMs: 'number',
    synchronized: 'number',
    source: 'text',
  },
  belongsTo: 'word',
  clockSource: 'text',
  precisionClocks: ['text'],
  absent: ABSENCES,
} as const;

const EVIDENCE = [{ says: 'text', source: 'text' }] as const;

const SURROUNDINGS = {
  machine: { kind: 'word', hypervisor: 'word', provider: 'text', because: 'text', evidence: EVIDENCE },
  container: {
    kind: 'word',
    runtime: 'word',
    kubernetes: 'number',
    rootless: 'number',
    network: 'word',
    because: 'text',
    evidence: EVIDENCE,
  },
  wsl: { version: 'number', networking: 'word', evidence: EVIDENCE },
  secondOpinion: { machine: 'text', container: 'text' },
  translation: {
    sources: [{ family: 'number', interface: 'interface', address: 'endpoint', kind: 'word', gateway: 'endpoint', gatewayKind: 'word' }],
    layers: [{ what: 'text', because: 'text' }],
    outside: [
      {
        family: 'number',
        server: 'endpoint',
        address: 'endpoint',
        port: 'number',
        kind: 'word',
        local: 'endpoint',
        localPort: 'number',
        isLocal: 'number',
        portKept: 'number',
        because: 'text',
      },
    ],
    verdict: 'word',
    because: 'text',
  },
  bridges: [{ interface: 'interface', prefixes: ['endpoint'], carrier: 'number', ports: ['interface'] }],
  overlaps: [
    {
      bridge: 'interface',
      prefix: 'endpoint',
      other: 'interface',
      otherPrefix: 'endpoint',
      otherIs: 'word',
      common: 'endpoint',
      winner: 'interface',
    },
  ],
  mtuConflicts: [
    { interface: 'interface', mtuBytes: 'number', against: 'interface', againstMtuBytes: 'number', kind: 'word', fitsBytes: 'number' },
  ],
  serviceResolver: { address: 'endpoint', of: 'word' },
  absent: ABSENCES,
} as const;

const SETTING = { proxy: 'endpoint', authenticated: 'number', problem: 'text' } as const;

const PROXY_SETTINGS = {
  // A URL, or the word "direct".
  given: 'text',
  variables: [{ name: 'text', ...SETTING, schemes: ['text'] }],
  exceptions: [{ name: 'text', entries: 'number', faults: [{ entry: 'number', kind: 'word', problem: 'text' }] }],
  contradictions: [{ names: ['text'], problem: 'text' }],
  elsewhere: [{ by: 'text', ...SETTING, source: 'text' }],
  automatic: [{ by: 'text', host: 'endpoint', source: 'text' }],
  proxies: [
    {
      proxy: 'endpoint',
      namedBy: ['text'],
      reachable: 'number',
      address: 'endpoint',
      dnsMs: 'number',
      tcpMs: 'number',
      tlsMs: 'number',
      failure: { code: 'text', message: 'text' },
      because: 'text',
    },
  ],
  absent: ABSENCES,
} as const;

type MachineProbe = 'host' | 'duplicate-address' | 'wireless' | 'clock' | 'surroundings' | 'proxy-settings';

export const MACHINE_SHAPES: { readonly [P in MachineProbe]: Shape<DataOf<P>> } = {
  host: HOST,
  'duplicate-address': DUPLICATE_ADDRESS,
  wireless: WIRELESS,
  clock: CLOCK,
  surroundings: SURROUNDINGS,
  'proxy-settings': PROXY_SETTINGS,
};
