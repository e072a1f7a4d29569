import type { MeasurementOf, RouteHop } from '../../src/model/measurement.js';

/** A hop that answered every packet, unless said otherwise. */
export function routeHop(ttl: number, address: string | null, parts: Partial<RouteHop> = {}): RouteHop {
  const rttMs = { min: ttl, mean: ttl + 1, p50: ttl + 0.5, p95: ttl + 3, p99: ttl + 3, max: ttl + 3, stddev: 1 };
  return {
    ttl,
    addresses: address === null ? [] : [address],
    hostname: null,
    sent: 3,
    received: address === null ? 0 : 3,
    lossRatio: address === null ? 1 : 0,
    rttMs: address === null ? null : rttMs,
    clock: address === null ? null : 'kernel',
    routers: address === null ? [] : [{ address, hostname: null, received: 3, mpls: [] }],
    errors: [],
    ...parts,
  };
}

/** A path of two hops to app.example.net, by ICMP. */
export function routeMeasurement(
  data: Partial<MeasurementOf<'route'>['data']> = {},
  more: Partial<MeasurementOf<'route'>> = {},
): MeasurementOf<'route'> {
  return {
    id: 'm1',
    probe: 'route',
    target: 'app.example.net',
    method: 'icmp',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 640,
    stalledMs: 0,
    attempt: { kind: 'measured' },
    data: {
      address: '203.0.113.9',
      reached: true,
      hops: [routeHop(1, '10.0.0.1'), routeHop(2, '203.0.113.9')],
      loop: false,
      loopAt: null,
      end: { reason: 'target', from: null, meaning: null },
      constantFlow: true,
      cycles: 3,
      flows: [],
      changes: [],
      foreign: 0,
      tried: [{ method: 'icmp', port: null, fromTtl: 1, reached: true }],
      ...data,
    },
    ...more,
  };
}
