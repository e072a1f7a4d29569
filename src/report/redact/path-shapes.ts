import type { DataOf } from '../../model/measurement.js';
import { ICMP_ERROR, INTERVAL, LATE, NOT_SENT, RTT, SAMPLE, SERVER_CLOCK, STATUS_COUNT } from './quantity-shapes.js';
import type { Shape } from './shape.js';

/** Shapes of what is known of the way to a target, and of its ports. */

const HOP = { ttl: 'number', address: 'endpoint' } as const;

const LATENCY = {
  address: 'endpoint',
  sent: 'number',
  received: 'number',
  lossRatio: 'number',
  rttMs: RTT,
  jitterMs: 'number',
  meanDeviationMs: 'number',
  clock: 'word',
  samples: [SAMPLE],
  warmupMs: ['number'],
  refusedMs: ['number'],
  echoAnswered: 'number',
  icmpErrors: [ICMP_ERROR],
  notSent: [NOT_SENT],
  late: LATE,
} as const;

const SEGMENT_LOSS = { segments: 'number', lost: 'number', exchanges: 'number' } as const;

const LOSS = {
  address: 'endpoint',
  sent: 'number',
  received: 'number',
  lost: 'number',
  lossRatio: 'number',
  interval: INTERVAL,
  duplicated: 'number',
  reordered: 'number',
  bursts: { count: 'number', longest: 'number', mean: 'number' },
  rttMs: RTT,
  clock: 'word',
  samples: [SAMPLE],
  echoAnswered: 'number',
  icmpErrors: [ICMP_ERROR],
  notSent: [NOT_SENT],
  late: LATE,
  droppedHere: 'number',
  path: {
    hops: [{ ...HOP, sent: 'number', received: 'number', lossRatio: 'number', interval: INTERVAL, state: 'word' }],
    start: { ...HOP, after: HOP, place: 'word', probabilityRatio: 'number', interval: INTERVAL },
    because: 'text',
  },
  direction: { hint: 'word', because: 'text', there: SEGMENT_LOSS, back: SEGMENT_LOSS, exchanges: 'number' },
} as const;

const ADDRESSES = {
  host: 'endpoint',
  port: 'number',
  addresses: [
    {
      address: 'endpoint',
      family: 'number',
      answers: 'number',
      method: 'text',
      rttMs: 'number',
      clock: 'word',
      state: 'word',
      failure: 'text',
    },
  ],
  chosen: 'endpoint',
  winner: 'endpoint',
  winnerAfterMs: 'number',
} as const;

const ROUTE = {
  address: 'endpoint',
  reached: 'number',
  hops: [
    {
      ttl: 'number',
      addresses: ['endpoint'],
      hostname: 'endpoint',
      sent: 'number',
      received: 'number',
      lossRatio: 'number',
      rttMs: RTT,
      clock: 'word',
      routers: [
        {
          address: 'endpoint',
          hostname: 'endpoint',
          received: 'number',
          mpls: [{ label: 'number', trafficClass: 'number', bottomOfStack: 'number', ttl: 'number' }],
        },
      ],
      errors: [ICMP_ERROR],
    },
  ],
  loop: 'number',
  loopAt: { address: 'endpoint', ttls: ['number'] },
  end: { reason: 'word', from: 'endpoint', meaning: 'text' },
  constantFlow: 'number',
  cycles: 'number',
  flows: [{ flow: 'number', hops: [HOP] }],
  changes: [{ ttl: 'number', cycle: 'number', from: 'endpoint', to: 'endpoint' }],
  foreign: 'number',
  tried: [{ method: 'text', port: 'number', fromTtl: 'number', reached: 'number' }],
} as const;

const SEGMENT_DIRECTION = { passedBytes: 'number', failedBytes: 'number' } as const;

const MTU = {
  address: 'endpoint',
  pathMtuBytes: 'number',
  exact: 'number',
  localMtuBytes: 'number',
  tcpMssBytes: 'number',
  blackhole: 'number',
  // An address, or the word "local".
  limitedBy: 'text',
  smallestFailedBytes: 'number',
  direction: 'word',
  largeEchoFiltered: 'number',
  onLink: 'number',
  linkRefused: 'number',
  tcp: {
    announcedMssBytes: 'number',
    kernelPathMtuBytes: 'number',
    toTarget: SEGMENT_DIRECTION,
    fromTarget: SEGMENT_DIRECTION,
    connections: 'number',
  },
  sent: 'number',
} as const;

const PHASES = {
  address: 'endpoint',
  dnsMs: 'number',
  tcpMs: 'number',
  tlsMs: 'number',
  ttfbMs: 'number',
  totalMs: 'number',
  httpStatus: 'number',
  clock: SERVER_CLOCK,
  tcpClock: 'word',
  count: 'number',
  completed: 'number',
  distribution: { dnsMs: RTT, tcpMs: RTT, tlsMs: RTT, ttfbMs: RTT, totalMs: RTT },
  statuses: [STATUS_COUNT],
  runs: [
    {
      dnsMs: 'number',
      tcpMs: 'number',
      tlsMs: 'number',
      ttfbMs: 'number',
      totalMs: 'number',
      httpStatus: 'number',
      tcpClock: 'word',
      stalledMs: 'number',
      failure: 'text',
    },
  ],
} as const;

const PORTS = {
  address: 'endpoint',
  ports: [
    {
      port: 'number',
      protocol: 'word',
      state: 'word',
      service: 'text',
      latencyMs: 'number',
      retransmissions: 'number',
      required: 'number',
      reason: 'text',
      rejectedBy: 'endpoint',
      tries: 'number',
      banner: 'foreign',
      tls: 'number',
    },
  ],
  firstWord: {
    port: 'number',
    expected: 'text',
    unhurried: 'number',
    waitMs: 'number',
    connections: 'number',
    spoke: 'number',
    closed: 'number',
    reset: 'number',
    silent: 'number',
    unconnected: 'number',
    line: 'foreign',
    asExpected: 'number',
  },
} as const;

const ROUTE_LOOKUP = {
  address: 'endpoint',
  source: 'endpoint',
  interface: 'interface',
  gateway: 'endpoint',
  loopback: 'number',
  table: 'number',
  type: 'text',
  prefix: 'endpoint',
  mtuBytes: 'number',
} as const;

const NEIGHBOR = { address: 'endpoint', interface: 'interface', state: 'word', kernelState: 'text', linkAddressKind: 'word' } as const;

type PathProbe = 'latency' | 'loss' | 'addresses' | 'route' | 'mtu' | 'phases' | 'ports' | 'route-lookup' | 'neighbor';

export const PATH_SHAPES: { readonly [P in PathProbe]: Shape<DataOf<P>> } = {
  latency: LATENCY,
  loss: LOSS,
  addresses: ADDRESSES,
  route: ROUTE,
  mtu: MTU,
  phases: PHASES,
  ports: PORTS,
  'route-lookup': ROUTE_LOOKUP,
  neighbor: NEIGHBOR,
};
