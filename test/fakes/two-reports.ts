/** Pairs of reports for the comparison, made from those written by hand: nothing in them was measured. */
import type { DataOf, Measurement, MeasurementOf, ProbeName, RouteHop } from '../../src/model/measurement.js';
import type { Report } from '../../src/model/report.js';
import { rttStatistics } from '../../src/model/statistics.js';
import { healthy, oneFault } from './reports.js';
import { seeded } from './seeded.js';

export const TARGET = 'app.example.net:443';

/** The report with the data of one probe changed. */
export function withData<P extends ProbeName>(report: Report, probe: P, change: (data: DataOf<P>) => Partial<DataOf<P>>): Report {
  const measurements = report.measurements.map((entry): Measurement => {
    if (entry.probe !== probe) return entry;
    const data = entry.data as DataOf<P>;
    return { ...entry, data: { ...data, ...change(data) } } as Measurement;
  });
  return { ...report, measurements };
}

/** The report with one more measurement of a probe, of the target unless said otherwise. */
export function withMeasurement<P extends ProbeName>(
  report: Report,
  probe: P,
  data: DataOf<P>,
  fields: Partial<Pick<MeasurementOf<P>, 'target' | 'method' | 'stalledMs'>> = {},
): Report {
  const made = {
    id: `m${report.measurements.length + 1}`,
    probe,
    target: TARGET,
    method: null,
    startedAt: report.startedAt,
    durationMs: 10,
    stalledMs: 0,
    attempt: { kind: 'measured' },
    data,
    ...fields,
  } as unknown as Measurement;
  return { ...report, measurements: [...report.measurements, made] };
}

/** Round trips as a series of the report has them. */
export function samplesOf(times: readonly (number | null)[]): DataOf<'latency'>['samples'] {
  return times.map((rttMs, index) => ({ seq: index, rttMs, sentMs: index * 50 }));
}

/** The report with these round trips in the probe that asked for them. */
export function withRoundTrips(report: Report, times: readonly (number | null)[], probe: 'latency' | 'loss' = 'latency'): Report {
  const answered = times.flatMap((time) => time ?? []);
  const lost = times.length - answered.length;
  const bursts = times.filter((time, index) => time === null && times[index - 1] !== null).length;
  const shared = {
    sent: times.length,
    received: answered.length,
    lossRatio: lost / times.length,
    rttMs: rttStatistics(answered),
    samples: samplesOf(times),
  };
  if (probe === 'latency') return withData(report, 'latency', () => shared);
  const mean = bursts === 0 ? null : lost / bursts;
  return withData(report, 'loss', () => ({ ...shared, lost, bursts: { count: bursts, longest: lost, mean } }));
}

/** Round trips near a median, the same in every run. */
export function near(medianMs: number, length: number, seed: number, spreadMs = 1): number[] {
  const random = seeded(seed);
  return Array.from({ length }, () => Number((medianMs + spreadMs * (random() + random() - 1)).toFixed(3)));
}

/** A hop of a path where these routers answered. */
export function hop(ttl: number, ...addresses: string[]): RouteHop {
  return {
    ttl,
    addresses,
    hostname: null,
    sent: 3,
    received: addresses.length === 0 ? 0 : 3,
    lossRatio: addresses.length === 0 ? 1 : 0,
    rttMs: null,
    clock: null,
    routers: addresses.map((address) => ({ address, hostname: null, received: 3, mpls: [] })),
    errors: [],
  };
}

export function routeData(hops: readonly RouteHop[], fields: Partial<DataOf<'route'>> = {}): DataOf<'route'> {
  return {
    address: '198.51.100.7',
    reached: true,
    hops: [...hops],
    loop: false,
    loopAt: null,
    end: { reason: 'target', from: null, meaning: null },
    constantFlow: true,
    cycles: 3,
    flows: [],
    changes: [],
    foreign: 0,
    tried: [],
    ...fields,
  };
}

const LATER = '2025-03-05T05:06:07.000Z';

/** Before: all is well. Now: the path MTU is broken, round trips are slower, packets are lost, and much is otherwise. */
export function brokenSince(): { before: Report; after: Report } {
  const before = withMeasurement(
    withRoundTrips(withRoundTrips(healthy(), near(21.3, 30, 1)), near(21.4, 100, 2), 'loss'),
    'route',
    routeData([hop(1, '192.0.2.1'), hop(2, '203.0.113.1'), hop(3, '203.0.113.65'), hop(4, '198.51.100.7')]),
    { method: 'icmp' },
  );
  const lossy = near(44.6, 100, 4).map((time, index) => (index % 12 === 5 ? null : time));
  const slow = withRoundTrips(withRoundTrips({ ...oneFault(), startedAt: LATER }, near(44.5, 30, 3)), lossy, 'loss');
  const answered = withData(slow, 'dns', (data) => ({
    answers: data.answers.map((record) => ({ ...record, ttl: 17, data: '198.51.100.9' })),
  }));
  const renewed = withData(answered, 'tls', () => ({
    protocol: 'TLSv1.2',
    cipher: 'ECDHE-ECDSA-AES128-GCM-SHA256',
    group: 'X25519',
    alpn: null,
    trusted: true,
    hostnameMatches: true,
    chain: [
      {
        subject: 'CN=app.example.net',
        issuer: 'CN=Other Issuing CA 3',
        notBefore: '2025-03-04T00:00:00.000Z',
        notAfter: '2025-09-01T00:00:00.000Z',
        serial: '0B',
        sha256: 'CC:DD',
        keyType: 'EC',
        keyBits: 256,
        san: ['app.example.net', 'www.app.example.net'],
      },
    ],
  }));
  const shaken: Report = {
    ...renewed,
    measurements: renewed.measurements.map(
      (entry): Measurement => (entry.probe === 'tls' ? { ...entry, attempt: { kind: 'measured' } } : entry),
    ),
  };
  const moved = withData(shaken, 'host', (data) => ({
    defaultRoutes: data.defaultRoutes.map((route) => ({ ...route, gateway: '192.0.2.254' })),
    resolvers: ['192.0.2.53'],
  }));
  const after = withMeasurement(
    moved,
    'route',
    routeData([hop(1, '192.0.2.254'), hop(2, '203.0.113.1'), hop(3, '203.0.113.77'), hop(4), hop(5, '198.51.100.7')]),
    { method: 'icmp' },
  );
  return { before, after };
}
