/** Reports written by hand, for the renderers: nothing in them was measured. Documentation addresses of RFC 5737 and names of RFC 2606. */
import type { DataOf, Measurement, PhasesRun, RttStatistics } from '../../src/model/measurement.js';
import type { Check, Diagnosis, Report } from '../../src/model/report.js';
import { phasesNotTried } from '../../src/probes/phases/measure.js';
import { hostAddress, hostData, hostInterface, hostRoute, loopbackInterface } from './host.js';

const STARTED = '2025-03-04T05:06:07.000Z';

/** The data of one exchange that completed. */
function oneExchange(
  address: string,
  phases: Pick<PhasesRun, 'dnsMs' | 'tcpMs' | 'tlsMs' | 'ttfbMs' | 'totalMs' | 'httpStatus' | 'tcpClock'>,
): DataOf<'phases'> {
  const statuses = phases.httpStatus === null ? [] : [{ status: phases.httpStatus, count: 1 }];
  return { address, ...phases, count: 1, completed: 1, distribution: null, statuses, runs: [{ ...phases, stalledMs: 0, failure: null }] };
}

function rtt(p50: number): RttStatistics {
  return { min: p50 * 0.95, mean: p50 * 1.01, p50, p95: p50 * 1.1, p99: p50 * 1.2, max: p50 * 1.3, stddev: p50 * 0.04 };
}

export function check(id: string, fields: Partial<Check> & Pick<Check, 'layer' | 'title'>): Check {
  return {
    id,
    target: null,
    status: 'pass',
    code: null,
    observed: null,
    expected: null,
    remedy: null,
    because: null,
    measurements: [],
    ...fields,
  };
}

function measurement<P extends Measurement['probe']>(
  id: string,
  probe: P,
  target: string | null,
  data: DataOf<P>,
  fields: Partial<Measurement> = {},
): Measurement {
  return {
    id,
    probe,
    target,
    method: null,
    startedAt: STARTED,
    durationMs: 12.5,
    stalledMs: 0.2,
    attempt: { kind: 'measured' },
    data,
    ...fields,
  } as Measurement;
}

const HOST = measurement(
  'm1',
  'host',
  null,
  hostData({
    interfaces: [loopbackInterface(), hostInterface({ addresses: [hostAddress('192.0.2.10/24')] })],
    defaultRoutes: [{ family: 4, gateway: '192.0.2.1', interface: 'eth0', metric: 100 }],
    routes: [
      hostRoute('default', '192.0.2.1', 'eth0', { protocol: 'dhcp', metric: 100 }),
      hostRoute('192.0.2.0/24', null, 'eth0', { protocol: 'kernel', preferredSource: '192.0.2.10', metric: 100 }),
    ],
    resolvers: ['192.0.2.53', '198.51.100.53'],
    resolversSource: '/etc/resolv.conf',
  }),
);

function targetMeasurements(target: string, address: string, first: number): Measurement[] {
  const id = (offset: number) => `m${first + offset}`;
  return [
    measurement(
      id(0),
      'latency',
      target,
      {
        address,
        sent: 10,
        received: 10,
        lossRatio: 0,
        rttMs: rtt(21.3),
        jitterMs: 0.84,
        meanDeviationMs: 0.9,
        clock: 'kernel',
        samples: [{ seq: 0, rttMs: 21.3 }],
        warmupMs: [24],
        echoAnswered: true,
        icmpErrors: [],
        notSent: [],
        late: { count: 0, fastestMs: null },
      },
      { method: 'icmp' },
    ),
    measurement(
      id(1),
      'loss',
      target,
      {
        address,
        sent: 100,
        received: 100,
        lost: 0,
        lossRatio: 0,
        interval: { lowRatio: 0, highRatio: 0.037, confidence: 0.95 },
        duplicated: 0,
        reordered: 0,
        bursts: { count: 0, longest: 0, mean: null },
        rttMs: rtt(21.4),
        clock: 'kernel',
        echoAnswered: true,
        icmpErrors: [],
        notSent: [],
        late: { count: 0, fastestMs: null },
        droppedHere: 0,
        path: null,
        direction: null,
      },
      { method: 'icmp' },
    ),
    measurement(
      id(2),
      'phases',
      target,
      oneExchange(address, { dnsMs: 1.1, tcpMs: 21.3, tlsMs: 44.02, ttfbMs: 25.2, totalMs: 91.62, httpStatus: 200, tcpClock: 'kernel' }),
      { method: 'tcp' },
    ),
    measurement(
      id(3),
      'mtu',
      target,
      {
        address,
        pathMtuBytes: 1500,
        localMtuBytes: 1500,
        tcpMssBytes: 1460,
        blackhole: false,
        limitedBy: null,
        smallestFailedBytes: null,
        exact: true,
        direction: null,
        largeEchoFiltered: null,
        onLink: false,
        tcp: null,
        sent: 2,
      },
      { method: 'icmp' },
    ),
    measurement(
      id(4),
      'ports',
      target,
      {
        address,
        ports: [
          {
            port: 443,
            protocol: 'tcp',
            state: 'open',
            service: 'https',
            latencyMs: 21.35,
            retransmissions: 0,
            required: true,
            reason: 'accepted',
            rejectedBy: null,
            tries: 1,
            banner: null,
            tls: null,
          },
        ],
      },
      { method: 'tcp' },
    ),
    measurement(
      id(5),
      'dns',
      target,
      {
        server: '192.0.2.53:53',
        transport: 'udp',
        name: 'app.example.net',
        type: 'A',
        rcode: 'NOERROR',
        queryMs: 1.1,
        flags: { aa: false, tc: false, rd: true, ra: true, ad: false, cd: false },
        answers: [{ name: 'app.example.net', type: 'A', ttl: 300, data: address }],
        dnssec: null,
        attempts: 1,
      },
      { method: 'udp' },
    ),
    measurement(
      id(6),
      'tls',
      target,
      {
        address,
        protocol: 'TLSv1.3',
        cipher: 'TLS_AES_256_GCM_SHA384',
        group: 'X25519',
        alpn: 'h2',
        handshakeMs: 44.02,
        trusted: true,
        trustError: null,
        hostnameMatches: true,
        chain: [
          {
            subject: 'CN=app.example.net',
            issuer: 'CN=Example Issuing CA 1',
            notBefore: '2025-01-01T00:00:00.000Z',
            notAfter: '2025-06-01T00:00:00.000Z',
            serial: '0A',
            sha256: 'AA:BB',
            keyType: 'EC',
            keyBits: 256,
            san: ['app.example.net'],
          },
        ],
        protocols: null,
        ciphers: null,
        groups: null,
        servername: 'app.example.net',
        clientCertificateRequested: false,
        pin: null,
        pinMatches: null,
      },
      { method: 'tcp' },
    ),
  ];
}

const TARGET = 'app.example.net:443';

const LINK = check('l2.interface', { layer: 2, title: 'eth0', observed: 'up, 1 Gbit/s, no errors', measurements: ['m1'] });
const GATEWAY = check('l3.gateway', {
  layer: 3,
  title: 'gateway 192.0.2.1',
  observed: '0.4 ms, 0 of 10 lost',
  expected: 'under 10 ms',
  measurements: ['m2'],
});

function targetChecks(target: string): Check[] {
  return [
    check('l3.latency', { layer: 3, title: 'round trip', target, observed: '21.3 ms', expected: 'under 150 ms', measurements: ['m2'] }),
    check('l3.loss', {
      layer: 3,
      title: 'loss',
      target,
      observed: '0 of 100 (under 3.7 %, 95 % sure)',
      expected: 'under 1 %',
      measurements: ['m3'],
    }),
    check('l3.mtu', { layer: 3, title: 'path MTU', target, observed: '1500 bytes', expected: '1500 bytes', measurements: ['m5'] }),
    check('l4.port', { layer: 4, title: 'TCP 443', target, observed: 'open, 21.4 ms', expected: 'open', measurements: ['m6'] }),
    check('l6.tls', {
      layer: 6,
      title: 'TLS',
      target,
      observed: 'TLSv1.3, 44.0 ms, trusted',
      expected: 'TLS 1.2 or newer',
      measurements: ['m8'],
    }),
    check('l7.dns', {
      layer: 7,
      title: 'name resolution',
      target,
      observed: '198.51.100.7, 1.10 ms',
      expected: 'under 100 ms',
      measurements: ['m7'],
    }),
  ];
}

export function healthy(): Report {
  return {
    schemaVersion: '1',
    tool: { name: 'netdiag', version: '0.1.0' },
    command: 'full-report',
    startedAt: STARTED,
    durationMs: 2104.3,
    partial: false,
    host: {
      hostname: 'vps-2',
      platform: 'linux',
      release: '6.18.0',
      arch: 'x64',
      system: 'Debian GNU/Linux 12',
      node: 'v20.20.2',
      virtualization: null,
      container: null,
      nativeSockets: 'present',
    },
    policy: 'default',
    targets: [{ id: TARGET, host: 'app.example.net', port: 443, scheme: 'tls' }],
    verdict: 'pass',
    conclusion: { kind: 'diagnosed', text: 'As the diagnosis says.', notLookedAt: [] },
    diagnosis: [],
    checks: [LINK, GATEWAY, ...targetChecks(TARGET)],
    measurements: [HOST, ...targetMeasurements(TARGET, '198.51.100.7', 2)],
  };
}

/** A black hole for large packets: the path MTU fails, TLS is explained by it, and a warning about DNS stands by itself. */
export function oneFault(): Report {
  const report = healthy();
  const diagnosis: Diagnosis = {
    code: 'mtu-blackhole',
    layer: 3,
    target: TARGET,
    confidence: 0.96,
    summary: 'Packets over 1400 bytes vanish on the way to app.example.net:443, and no router says so.',
    evidence: ['l3.mtu'],
    ruledOut: ['l3.gateway', 'l3.loss', 'l4.port'],
    against: [],
    alternatives: [],
    notLookedAt: [],
    when: null,
    remedy: 'ip link set dev eth0 mtu 1400',
  };
  const checks = report.checks.map((entry): Check => {
    if (entry.id === 'l3.mtu')
      return {
        ...entry,
        status: 'fail',
        code: 'mtu-blackhole',
        observed: '1400 bytes, and 1401 vanish without a word',
        remedy: 'ip link set dev eth0 mtu 1400',
      };
    if (entry.id === 'l6.tls') return { ...entry, status: 'skip', observed: null, because: 'explained by path MTU' };
    if (entry.id === 'l7.dns')
      return {
        ...entry,
        status: 'warn',
        code: 'dns-slow',
        observed: '198.51.100.7, 412 ms',
        remedy: 'run a caching resolver on this machine, or name a nearer one in /etc/resolv.conf',
      };
    return entry;
  });
  const measurements = report.measurements.map((entry): Measurement => {
    if (entry.probe === 'mtu')
      return { ...entry, data: { ...entry.data, pathMtuBytes: 1400, blackhole: true, smallestFailedBytes: 1401, sent: 31 } };
    if (entry.probe === 'tls')
      return {
        ...entry,
        attempt: { kind: 'unanswered', step: 'handshake', waitedMs: 3000 },
        data: { ...entry.data, protocol: null, cipher: null, group: null, alpn: null, handshakeMs: null, trusted: null, chain: [] },
      };
    return entry;
  });
  return { ...report, verdict: 'fail', diagnosis: [diagnosis], checks, measurements };
}

/** Interrupted: some measurements were cut short, and say so. */
export function partial(): Report {
  const report = healthy();
  const because = 'interrupted';
  const measurements = report.measurements.map((entry): Measurement => {
    if (entry.probe === 'loss')
      return {
        ...entry,
        attempt: { kind: 'skipped', because },
        data: {
          ...entry.data,
          sent: 31,
          received: 30,
          lost: 0,
          lossRatio: 0,
          interval: { lowRatio: 0, highRatio: 0.114, confidence: 0.95 },
        },
      };
    if (entry.probe === 'phases')
      return {
        ...entry,
        method: null,
        attempt: { kind: 'skipped', because },
        data: phasesNotTried(null, { kind: 'skipped', because }).data,
      };
    return entry;
  });
  const checks = report.checks.map((entry): Check => (entry.layer >= 6 ? { ...entry, status: 'skip', observed: null, because } : entry));
  return { ...report, durationMs: 612, partial: true, checks, measurements };
}

/** Everything that a peer can put into a report: terminal controls, bidirectional overrides, line breaks, half characters, endless words. */
export function hostile(): Report {
  const report = healthy();
  const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202eevil\u2066\r\nFAKE: pass\u0000\u007f\u2028\ud800 日本語 <script>';
  const checks = report.checks.map((entry): Check => (entry.id === 'l6.tls' ? { ...entry, observed: evil, title: `TLS ${evil}` } : entry));
  const measurements = report.measurements.map((entry): Measurement => {
    if (entry.probe === 'tls')
      return {
        ...entry,
        data: {
          ...entry.data,
          chain: entry.data.chain.map((certificate) => ({ ...certificate, subject: `CN=${evil}`, issuer: 'A'.repeat(400), san: [evil] })),
        },
      };
    if (entry.probe === 'dns') return { ...entry, data: { ...entry.data, answers: [{ name: evil, type: 'TXT', ttl: null, data: evil }] } };
    return entry;
  });
  const host = { ...report.host, hostname: evil };
  const diagnosis: Diagnosis = {
    code: 'tls-intercepted',
    layer: 6,
    target: TARGET,
    confidence: 0.5,
    summary: `The certificate was issued by ${evil}`,
    evidence: ['l6.tls'],
    ruledOut: [],
    against: [],
    alternatives: [],
    notLookedAt: [],
    when: null,
    remedy: evil,
  };
  return { ...report, host, verdict: 'fail', checks, measurements, diagnosis: [diagnosis] };
}

/** Two targets: checks carry the target in their ids. */
export function severalTargets(): Report {
  const report = healthy();
  const other = 'https://api.example.org/v1';
  const suffixed = (target: string) => targetChecks(target).map((entry) => ({ ...entry, id: `${entry.id}@${target}` }));
  return {
    ...report,
    targets: [...report.targets, { id: other, host: 'api.example.org', port: 443, scheme: 'https' }],
    checks: [LINK, GATEWAY, ...suffixed(TARGET), ...suffixed(other)],
    measurements: [...report.measurements, ...targetMeasurements(other, '203.0.113.9', 9)],
  };
}

export const REPORTS: Readonly<Record<string, () => Report>> = {
  healthy,
  'one-fault': oneFault,
  partial,
  hostile,
  'several-targets': severalTargets,
};
