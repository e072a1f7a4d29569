import type { DataOf, MeasurementOf } from '../../src/model/measurement.js';

type Direction = NonNullable<DataOf<'bandwidth'>['down']>;
type RoundTrips = NonNullable<DataOf<'bandwidth'>['idle']>;

/** Round trips that all took about `p50`, and the slowest `p95`. */
export function roundTrips(p50: number, p95 = p50, given: Partial<RoundTrips> = {}): RoundTrips {
  return {
    method: 'tcp',
    clock: 'kernel',
    sent: 20,
    received: 20,
    rttMs: { min: p50, mean: p50, p50, p95, p99: p95, max: p95, stddev: 0 },
    samples: [
      { seq: 0, rttMs: p50, sentMs: 0 },
      { seq: 1, rttMs: null, sentMs: 50 },
    ],
    ...given,
  };
}

/** A direction of a line that carries 95 Mbit/s of bodies. */
export function direction(given: Partial<Direction> = {}): Direction {
  return {
    url: 'https://speed.example.net/down?key=***',
    address: '192.0.2.7',
    failure: null,
    mbps: 95,
    interval: { lowMbps: 94, highMbps: 96, confidence: 0.95 },
    bytes: 59_000_000,
    countedBy: 'received',
    durationMs: 5000,
    rampUpMs: 1000,
    ended: 'time',
    connections: { asked: 4, opened: 4, broken: 0, reason: null },
    requests: { sent: 4, completed: 0 },
    requestBytes: null,
    waitingRatio: null,
    busyRatio: 0.1,
    windowLimitedRatio: null,
    retransmittedRatio: null,
    contentEncoding: null,
    limitedBy: null,
    slices: [{ atMs: 125, mbps: 95, interfaceMbps: 99 }],
    interfaceMbps: 99.5,
    interfaceBytes: 62_000_000,
    linkRatio: 0.12,
    utilisationRatio: 0.02,
    latency: roundTrips(22, 30),
    idleRttMs: 21,
    queueingMs: 9,
    ...given,
  };
}

export const NO_RATE: Partial<Direction> = {
  mbps: null,
  interval: null,
  bytes: 0,
  rampUpMs: null,
  slices: [],
  interfaceMbps: null,
  linkRatio: null,
  utilisationRatio: null,
  latency: null,
  queueingMs: null,
};

export function bandwidth(given: Partial<DataOf<'bandwidth'>> = {}): MeasurementOf<'bandwidth'> {
  const data: DataOf<'bandwidth'> = {
    address: '192.0.2.7',
    downMbps: null,
    upMbps: null,
    idleRttMs: 21,
    idle: roundTrips(21),
    down: null,
    up: null,
    interface: {
      name: 'eth0',
      speedMbit: 1000,
      source: '/proc/net/dev',
      idleWindowMs: 1000,
      idleReceivedMbps: 2,
      idleSentMbps: 0.1,
    },
    absent: [],
    ...given,
  };
  return {
    id: 'm1',
    probe: 'bandwidth',
    target: 'https://speed.example.net/down',
    method: 'https',
    startedAt: '2026-11-22T12:00:00.000Z',
    durationMs: 12_000,
    stalledMs: 3,
    attempt: { kind: 'measured' },
    data: { ...data, downMbps: data.down?.mbps ?? null, upMbps: data.up?.mbps ?? null },
  };
}
