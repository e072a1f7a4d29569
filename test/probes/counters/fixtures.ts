import { fileURLToPath } from 'node:url';
import { unavailable } from '../../../src/model/attempt.js';
import type { DataOf, Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import type { HostOptions } from '../../../src/model/probe-options.js';
import type { Check } from '../../../src/model/report.js';
import { judgeCounters } from '../../../src/probes/counters/judge.js';
import { countersNotTried } from '../../../src/probes/counters/measure.js';

export type Counters = DataOf<'counters'>;
type Link = Counters['links'][number];

export const folder = (name: string) => fileURLToPath(new URL(`../../machines/counters-${name}`, import.meta.url));

/** A counter that stood at `before`, and grew by `delta` within a second. */
export const grew = (delta: number, before = 0) => ({ total: before + delta, delta, perSecond: delta });

export function link(
  fields: { [K in keyof Link]?: Link[K] extends object | null ? Partial<NonNullable<Link[K]>> | null : Link[K] } = {},
): Link {
  const still = grew(0);
  return {
    interface: 'eth0',
    source: 'rtnetlink',
    presence: 'throughout',
    wireless: false,
    collisions: still,
    queue: null,
    ...fields,
    received: {
      packets: grew(1000),
      bytes: grew(1e6),
      errors: still,
      dropped: still,
      missed: still,
      overruns: still,
      fifo: still,
      crc: still,
      frame: still,
      length: still,
      ...fields.received,
    },
    sent: { packets: grew(1000), bytes: grew(1e6), errors: still, dropped: still, fifo: still, carrier: still, ...fields.sent },
  } as Link;
}

const QUIET = {
  TcpRetransSegs: 0,
  TcpExtTCPSynRetrans: 0,
  TcpExtTCPOrigDataSent: 0,
  TcpOutRsts: 0,
  TcpEstabResets: 0,
  TcpAttemptFails: 0,
  TcpExtListenOverflows: 0,
  TcpExtListenDrops: 0,
  UdpInDatagrams: 0,
  UdpRcvbufErrors: 0,
  UdpSndbufErrors: 0,
};

export function protocols(deltas: Record<string, number> = {}): Counters['protocols'] {
  return Object.entries({ ...QUIET, ...deltas }).map(([name, delta]) => ({ name, source: '/proc/net/snmp', ...grew(delta) }));
}

export function counters(data: Partial<Counters> = {}): MeasurementOf<'counters'> {
  const processors = { source: '/proc/net/softnet_stat', processors: 2, dropped: grew(0), squeezed: grew(0) };
  return {
    id: 'm2',
    probe: 'counters',
    target: null,
    method: 'system',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1000,
    stalledMs: 0,
    attempt: { kind: 'measured' },
    data: {
      ...countersNotTried(unavailable('x', 'x')).data,
      windowMs: 1000,
      links: [link()],
      protocols: protocols(),
      processors,
      ...data,
    },
  };
}

export interface Given {
  scope?: HostOptions['scope'];
  interfaces?: readonly string[];
  measurements?: readonly Measurement[];
}

export function judged(
  measurement: MeasurementOf<'counters'>,
  { scope = 'all', interfaces = ['eth0'], measurements = [] }: Given = {},
): Check[] {
  return judgeCounters(measurement, { policy: DEFAULT_POLICY, scope, measurements, targets: [], interfaces: new Set(interfaces) });
}
