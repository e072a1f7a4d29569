import type { DataOf } from '../../model/measurement.js';
import { ABSENCES } from './quantity-shapes.js';
import type { Shape } from './shape.js';

/** Shapes of what the kernel of this machine counts, is set to, lets through and listens for. */

const COUNTER = { total: 'number', delta: 'number', perSecond: 'number' } as const;

const COUNTERS = {
  windowMs: 'number',
  links: [
    {
      interface: 'interface',
      source: 'text',
      presence: 'word',
      wireless: 'number',
      received: {
        packets: COUNTER,
        bytes: COUNTER,
        errors: COUNTER,
        dropped: COUNTER,
        missed: COUNTER,
        overruns: COUNTER,
        fifo: COUNTER,
        crc: COUNTER,
        frame: COUNTER,
        length: COUNTER,
      },
      sent: { packets: COUNTER, bytes: COUNTER, errors: COUNTER, dropped: COUNTER, fifo: COUNTER, carrier: COUNTER },
      collisions: COUNTER,
      queue: { kind: 'text', source: 'text', packets: COUNTER, dropped: COUNTER, waitingPackets: 'number' },
    },
  ],
  protocols: [{ name: 'text', source: 'text', ...COUNTER }],
  processors: { source: 'text', processors: 'number', dropped: COUNTER, squeezed: COUNTER },
  fullListenQueues: [{ address: 'endpoint', port: 'number', waiting: 'number', limit: 'number', source: 'text' }],
  absent: ABSENCES,
} as const;

const USAGE = { used: 'number', limit: 'number', source: 'text' } as const;

const DESTINATION = { from: 'endpoint', address: 'endpoint', port: 'number', used: 'number', timeWait: 'number' } as const;

const KERNEL = {
  system: {
    release: 'text',
    realtime: 'number',
    preemption: 'text',
    tickHz: 'number',
    ownNamespace: 'number',
    readOnly: 'number',
    source: 'text',
  },
  settings: [
    {
      name: 'text',
      topic: 'word',
      value: 'text',
      source: 'text',
      machineWide: 'number',
      settable: 'word',
      recommended: 'text',
      because: 'text',
      line: 'text',
      file: 'text',
      grade: 'word',
    },
  ],
  congestion: { available: ['text'], allowed: ['text'], bbr: 'word', source: 'text' },
  fairQueue: 'word',
  queues: [{ interface: 'interface', root: 'text', leaves: ['text'], source: 'text' }],
  processor: {
    governors: [{ name: 'text', cpus: 'number' }],
    idleStates: [{ name: 'text', exitLatencyUs: 'number', disabled: 'number' }],
    source: 'text',
  },
  conntrack: { ...USAGE, buckets: 'number', dropped: 'number', earlyDropped: 'number', insertFailed: 'number' },
  localPorts: {
    first: 'number',
    last: 'number',
    usable: 'number',
    tcpUsed: 'number',
    timeWait: 'number',
    timeWaitReuse: 'word',
    busiest: DESTINATION,
    targets: [{ ...DESTINATION, target: 'endpoint' }],
    udpUsed: 'number',
    source: 'text',
  },
  tcpMemory: { ...USAGE, pressure: 'number' },
  udpMemory: { ...USAGE, pressure: 'number' },
  orphans: USAGE,
  timeWait: USAGE,
  descriptors: USAGE,
  processDescriptors: USAGE,
  neighbors: [{ ...USAGE, family: 'number', overflows: 'number' }],
  ipv6Routes: USAGE,
  absent: ABSENCES,
} as const;

/** Tables and chains are named by whoever made them, and a rule can hold a comment. */
const PLACE = { engine: 'word', table: 'text', chain: 'text', rule: 'foreign' } as const;

const FATE = { verdict: 'word', place: PLACE, because: ['text'] } as const;

const FIREWALL = {
  rules: { tables: 'number', chains: 'number', rules: 'number', sets: 'number', complete: 'number', sources: ['text'] },
  engines: [{ name: 'word', rules: 'number', source: 'text' }],
  managers: [{ name: 'text', state: 'word', detail: 'text', source: 'text' }],
  defaults: [{ family: 'number', hook: 'word', ...FATE, policies: [{ place: PLACE, policy: 'word', rules: 'number' }] }],
  listeners: [
    {
      port: 'number',
      protocol: 'word',
      family: 'number',
      address: 'endpoint',
      process: 'process',
      interfaces: ['interface'],
      ...FATE,
      networks: ['endpoint'],
    },
  ],
  published: [
    {
      port: 'number',
      protocol: 'word',
      family: 'number',
      to: 'endpoint',
      toPort: 'number',
      ...FATE,
      withoutTranslation: 'word',
      source: 'text',
    },
  ],
  outgoing: [
    {
      target: 'endpoint',
      address: 'endpoint',
      protocol: 'word',
      port: 'number',
      interface: 'interface',
      direction: 'word',
      ...FATE,
    },
  ],
  tooLarge: [{ family: 'number', ...FATE }],
  absent: ABSENCES,
} as const;

const LISTENING = {
  listeners: [
    { port: 'number', protocol: 'word', address: 'endpoint', process: 'process', pid: 'number', exposure: 'word', service: 'text' },
  ],
  asked: [{ first: 'number', last: 'number' }],
  // The place is an address, or the word "loopback" or "all".
  expected: [{ port: 'number', protocol: 'word', process: 'process', place: 'text' }],
} as const;

type KernelProbe = 'counters' | 'kernel' | 'firewall' | 'listening';

export const KERNEL_SHAPES: { readonly [P in KernelProbe]: Shape<DataOf<P>> } = {
  counters: COUNTERS,
  kernel: KERNEL,
  firewall: FIREWALL,
  listening: LISTENING,
};
