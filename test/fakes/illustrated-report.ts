/** A report with everything that a page draws: courses of time, paths, phases, grades, comparisons. Written by hand; nothing was measured. */
import type { DataOf, Measurement, MeasurementOf, RouteHop, RttStatistics } from '../../src/model/measurement.js';
import type { Budget, Check, Diagnosis, Report } from '../../src/model/report.js';
import { oneFault } from './reports.js';

const TARGET = 'app.example.net:443';
const STARTED = '2025-03-04T05:06:07.000Z';

type Sample = DataOf<'latency'>['samples'][number];

/** A course that repeats itself, so that drawings of it do not change: every eleventh is lost, and so are all of a stretch in the middle. */
export function course(count: number, from: number, to: number): Sample[] {
  return Array.from({ length: count }, (_, seq) => {
    const lost = seq % 11 === 5 || (seq >= from && seq < to);
    return { seq, rttMs: lost ? null : 20 + ((seq * 7) % 13) / 3 + (seq % 17 === 0 ? 30 : 0), sentMs: seq * 20 };
  });
}

function spread(median: number): RttStatistics {
  return { min: median * 0.8, mean: median, p50: median, p95: median * 1.5, p99: median * 1.9, max: median * 2, stddev: median * 0.1 };
}

function hop(ttl: number, address: string | null, fields: Partial<RouteHop> = {}): RouteHop {
  const received = address === null ? 0 : 10;
  return {
    ttl,
    addresses: address === null ? [] : [address],
    hostname: null,
    sent: 10,
    received,
    lossRatio: 1 - received / 10,
    rttMs: address === null ? null : spread(ttl * 4),
    clock: address === null ? null : 'kernel',
    routers: address === null ? [] : [{ address, hostname: null, received, mpls: [] }],
    errors: [],
    ...fields,
  };
}

const HOPS: RouteHop[] = [
  hop(1, '192.0.2.1', { hostname: 'gateway.example.net' }),
  hop(2, '198.51.100.1', { received: 4, lossRatio: 0.6 }),
  hop(3, null),
  hop(4, '198.51.100.77', { addresses: ['198.51.100.77', '198.51.100.78'] }),
  hop(5, '2001:db8:1234:5678:9abc:def0:1234:5678', {
    received: 8,
    lossRatio: 0.2,
    hostname: 'a-router-with-a-very-long-name.core-2.provider.example',
  }),
  hop(6, '198.51.100.7', { received: 8, lossRatio: 0.2 }),
];

function withSeries(measurement: Measurement): Measurement {
  if (measurement.probe === 'latency') return { ...measurement, data: { ...measurement.data, samples: course(60, 30, 36) } };
  if (measurement.probe === 'loss')
    return { ...measurement, data: { ...measurement.data, samples: course(900, 300, 360), path: LOSS_PATH } };
  if (measurement.probe === 'phases') {
    const times = { dnsMs: spread(1.1), tcpMs: spread(21.3), tlsMs: spread(44), ttfbMs: spread(25.2), totalMs: spread(91.6) };
    return { ...measurement, data: { ...measurement.data, count: 5, completed: 5, distribution: times } };
  }
  if (measurement.probe === 'dns') {
    const series = Array.from({ length: 20 }, (_, index) => {
      const silent = index === 7;
      return {
        sentMs: index * 250,
        rcode: silent ? null : 'NOERROR',
        queryMs: silent ? null : 1 + (index % 3),
        waitedMs: silent ? 1000 : null,
      };
    });
    return { ...measurement, data: { ...measurement.data, series } };
  }
  return measurement;
}

const interval = { lowRatio: 0.15, highRatio: 0.26, confidence: 0.95 };

const LOSS_PATH: NonNullable<DataOf<'loss'>['path']> = {
  hops: [
    { ttl: 1, address: '192.0.2.1', sent: 200, received: 200, lossRatio: 0, interval: null, state: 'clean' },
    { ttl: 2, address: '198.51.100.1', sent: 200, received: 60, lossRatio: 0.7, interval: null, state: 'limited' },
    { ttl: 3, address: null, sent: 200, received: 0, lossRatio: 1, interval: null, state: 'silent' },
    { ttl: 4, address: '198.51.100.77', sent: 200, received: 160, lossRatio: 0.2, interval, state: 'lossy' },
  ],
  start: { ttl: 4, address: '198.51.100.77', after: { ttl: 1, address: '192.0.2.1' }, place: 'upstream', probabilityRatio: 0.93, interval },
  because: null,
};

const ROUTE: MeasurementOf<'route'> = {
  ...{ id: 'm20', target: TARGET, method: 'icmp', startedAt: STARTED, durationMs: 900, stalledMs: 3, attempt: { kind: 'measured' } },
  probe: 'route',
  data: {
    address: '198.51.100.7',
    reached: true,
    hops: HOPS,
    loop: false,
    loopAt: null,
    end: { reason: 'target', from: null, meaning: null },
    constantFlow: true,
    cycles: 10,
    flows: [],
    changes: [{ ttl: 4, cycle: 3, from: '198.51.100.77', to: '198.51.100.78' }],
    foreign: 0,
    tried: [],
  },
};

function server(name: string, fields: Partial<DataOf<'dns-comparison'>['servers'][number]>): DataOf<'dns-comparison'>['servers'][number] {
  return {
    server: name,
    label: null,
    operator: null,
    from: 'system',
    behind: null,
    transport: 'udp',
    filters: false,
    sent: 10,
    received: 10,
    lossRatio: 0,
    coldMs: 12,
    connectionMs: null,
    warmMs: spread(1.5),
    warm: { sent: 9, received: 9 },
    rcode: 'NOERROR',
    answers: ['198.51.100.7'],
    aliases: [],
    ttl: { minimum: 60, maximum: 300 },
    validated: false,
    nameServerId: null,
    extendedErrors: [],
    failure: null,
    group: 1,
    classification: 'agrees',
    nonexistent: [],
    contradictions: null,
    ...fields,
  };
}

const COMPARISON: MeasurementOf<'dns-comparison'> = {
  ...{ id: 'm21', target: null, method: 'udp', startedAt: STARTED, durationMs: 80, stalledMs: 0, attempt: { kind: 'measured' } },
  probe: 'dns-comparison',
  data: {
    name: 'app.example.net',
    type: 'A',
    servers: [
      server('192.0.2.53', { label: 'router' }),
      server('198.51.100.53', {
        ...{ received: 0, lossRatio: 1, coldMs: null, warmMs: null, rcode: null, answers: [], group: null, classification: 'silent' },
        failure: { kind: 'unanswered', code: null, reason: 'no answer within 2000 ms' },
      }),
    ],
    reference: { by: 'plain', rcode: 'NOERROR', answers: ['198.51.100.7'] },
    findings: [],
  },
};

const LESS: Budget = {
  metric: 'rttMs',
  value: 21.3,
  unit: 'ms',
  objective: 10,
  acceptable: 50,
  critical: 200,
  source: 'given for this run',
};
const MORE: Budget = {
  metric: 'certificateRemainingDays',
  value: 9,
  unit: 'days',
  objective: 60,
  acceptable: 30,
  critical: 7,
  source: 'the profile',
};
const NONE: Budget = {
  metric: 'lossRatio',
  value: 0,
  unit: 'ratio',
  objective: 0,
  acceptable: 0.001,
  critical: 0.01,
  source: 'the profile',
};

function withBudget(check: Check): Check {
  if (check.id === 'l3.latency') return { ...check, budget: LESS };
  if (check.id === 'l3.loss') return { ...check, budget: NONE };
  if (check.id === 'l7.dns') return { ...check, budget: MORE };
  return check;
}

export function illustrated(): Report {
  const report = oneFault();
  const [first] = report.diagnosis;
  if (first === undefined) throw new Error('no diagnosis');
  const weighed: Diagnosis = {
    ...first,
    against: ['l4.port'],
    alternatives: [{ code: 'mtu-mismatch', toldBy: 'whether both ends of the link have the same MTU' }],
    notLookedAt: ['path of app.example.net:443: no time was left'],
    when: [
      { from: '2025-03-04T05:06:08.000Z', to: '2025-03-04T05:06:09.500Z' },
      { from: '2025-03-04T05:06:11.000Z', to: null },
    ],
    remedy: 'Until the path is mended, send no larger packets: sudo ip link set dev eth0 mtu 1400',
  };
  const second: Diagnosis = {
    ...first,
    code: 'dns-slow',
    layer: 7,
    confidence: 0.6,
    summary: 'The resolver is slow to answer (198.51.100.7, 412 ms; expected under 100 ms).',
    evidence: ['l7.dns'],
    ruledOut: [],
    remedy: 'run a caching resolver on this machine, or name a nearer one in /etc/resolv.conf',
  };
  return {
    ...report,
    targets: report.targets.map((target) => ({ ...target, name: 'shop', labels: { team: 'payments', place: 'Frankfurt' } })),
    diagnosis: [weighed, second],
    checks: report.checks.map(withBudget),
    measurements: [...report.measurements.map(withSeries), ROUTE, COMPARISON],
  };
}
