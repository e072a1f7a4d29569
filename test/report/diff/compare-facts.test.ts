import { describe, expect, it } from 'vitest';
import type { DataOf } from '../../../src/model/measurement.js';
import type { Report } from '../../../src/model/report.js';
import { diffReports } from '../../../src/report/diff/index.js';
import { hostAddress, hostInterface } from '../../fakes/host.js';
import { healthy, oneFault } from '../../fakes/reports.js';
import { TARGET, withData, withMeasurement } from '../../fakes/two-reports.js';

/** `topic subject: -removed +added` of each difference. */
function differences(before: Report, after: Report): string[] {
  return diffReports(before, after).facts.map(
    ({ topic, subject, removed, added }) => `${topic} ${subject}: -${removed.join('|')} +${added.join('|')}`,
  );
}

const [LEAF] = healthy().measurements.flatMap((entry) => (entry.probe === 'tls' ? entry.data.chain : []));

describe('a certificate', () => {
  it('is told by fingerprint, issuer, end, names and key', () => {
    if (LEAF === undefined) throw new Error('no certificate');
    const renewed = withData(healthy(), 'tls', () => ({
      chain: [
        {
          ...LEAF,
          sha256: 'CC:DD',
          issuer: 'CN=Other CA',
          notAfter: '2025-09-01T00:00:00.000Z',
          san: ['app.example.net', 'b.example.net'],
          keyBits: 384,
        },
      ],
    }));
    expect(differences(healthy(), renewed)).toEqual([
      'certificate SHA-256: -AA:BB +CC:DD',
      'certificate issuer: -CN=Example Issuing CA 1 +CN=Other CA',
      'certificate expires: -2025-06-01T00:00:00.000Z +2025-09-01T00:00:00.000Z',
      'certificate kind of key: -EC 256 +EC 384',
      'certificate names: - +b.example.net',
    ]);
  });

  it('that was not seen this time is no change', () => {
    expect(differences(healthy(), oneFault()).filter((text) => text.startsWith('certificate') || text.startsWith('tls'))).toEqual([]);
  });
});

describe('answers of the DNS', () => {
  const answered = (...answers: [type: string, data: string, ttl: number][]): Report =>
    withData(healthy(), 'dns', () => ({ answers: answers.map(([type, data, ttl]) => ({ name: 'app.example.net', type, ttl, data })) }));

  it('are sets: neither order nor time to live matters, nor capitals of an alias', () => {
    const before = answered(['A', '198.51.100.7', 300], ['A', '198.51.100.8', 300], ['CNAME', 'EDGE.example.org', 60]);
    const after = answered(['A', '198.51.100.8', 17], ['A', '198.51.100.7', 17], ['CNAME', 'edge.example.org', 1]);
    expect(differences(before, after)).toEqual([]);
  });

  it('that come or go are told', () => {
    expect(differences(answered(['A', '198.51.100.7', 300]), answered(['A', '198.51.100.9', 300]))).toEqual([
      'names A app.example.net: -198.51.100.7 +198.51.100.9',
    ]);
  });

  it('are told with the code that came in their place', () => {
    const gone = withData(healthy(), 'dns', () => ({ rcode: 'NXDOMAIN', answers: [] }));
    expect(differences(healthy(), gone)).toEqual([
      'names A app.example.net: -198.51.100.7 +',
      'names A app.example.net: code: -NOERROR +NXDOMAIN',
    ]);
  });

  it('that did not come at all say nothing', () => {
    expect(
      differences(
        healthy(),
        withData(healthy(), 'dns', () => ({ rcode: null, answers: [] })),
      ),
    ).toEqual([]);
  });
});

describe('this machine', () => {
  it('is compared by links, addresses, gateways and resolvers', () => {
    const moved = withData(healthy(), 'host', (data) => ({
      interfaces: [
        ...data.interfaces.map((link) =>
          link.name === 'eth0' ? { ...link, mtuBytes: 1400, addresses: [hostAddress('192.0.2.11/24')] } : link,
        ),
        hostInterface({ name: 'wg0', kind: 'wireguard', addresses: [] }),
      ],
      defaultRoutes: [{ family: 4 as const, gateway: '192.0.2.254', interface: 'eth0', metric: 100 }],
      resolvers: ['198.51.100.53', '192.0.2.53'],
    }));
    expect(differences(healthy(), moved)).toEqual([
      'resolvers resolvers: -192.0.2.53, 198.51.100.53 +198.51.100.53, 192.0.2.53',
      'interfaces interfaces: - +wg0',
      'interfaces eth0 MTU in bytes: -1500 +1400',
      'interfaces eth0 addresses: -192.0.2.10/24 +192.0.2.11/24',
      'routes default routes: -IPv4 by 192.0.2.1 through eth0, metric 100 +IPv4 by 192.0.2.254 through eth0, metric 100',
    ]);
  });

  it('changes neither by an address for privacy nor by the outer ends of containers', () => {
    const shaken = withData(healthy(), 'host', (data) => ({
      interfaces: [
        ...data.interfaces.map((link) =>
          link.name === 'eth0' ? { ...link, addresses: [...link.addresses, hostAddress('2001:db8::77/64', { temporary: true })] } : link,
        ),
        hostInterface({ name: 'veth1a2b3c', kind: 'veth', master: 'docker0' }),
      ],
    }));
    expect(differences(healthy(), shaken)).toEqual([]);
  });

  it('is not compared where the system did not tell', () => {
    const blind = withData(healthy(), 'host', (data) => ({
      interfaces: data.interfaces.map((link) => ({ ...link, addressesKnown: false, addresses: [], mtuBytes: null })),
      routesKnown: false,
      defaultRoutes: [],
      routes: null,
    }));
    expect(differences(healthy(), blind)).toEqual([]);
  });
});

describe('ports and listeners', () => {
  it('are compared where both reports asked', () => {
    const closed = withData(healthy(), 'ports', (data) => ({
      ports: [
        ...data.ports.map((port) => ({ ...port, state: 'closed' as const })),
        ...data.ports.map((port) => ({ ...port, port: 8443, state: 'open' as const })),
      ],
    }));
    expect(differences(healthy(), closed)).toEqual(['ports 443/tcp: -open +closed']);
  });

  const listener = (port: number, address: string, process: string | null): DataOf<'listening'>['listeners'][number] => ({
    port,
    protocol: 'tcp',
    address,
    process,
    pid: null,
    exposure: 'all',
    service: null,
  });
  const listening = (...listeners: DataOf<'listening'>['listeners']): Report =>
    withMeasurement(healthy(), 'listening', { listeners, asked: null, expected: null }, { target: null });

  it('come, go, and change hands', () => {
    const before = listening(listener(22, '0.0.0.0', 'sshd'), listener(80, '::', 'nginx'));
    const after = listening(listener(22, '0.0.0.0', 'dropbear'), listener(5432, '0.0.0.0', 'postgres'));
    expect(differences(before, after)).toEqual([
      'listeners listeners: -80/tcp on :: +5432/tcp on 0.0.0.0',
      'listeners 22/tcp on 0.0.0.0 belongs to: -sshd +dropbear',
    ]);
  });

  it('are the same with another port that was taken by chance, and with an owner that is not told', () => {
    const before = listening(listener(22, '0.0.0.0', 'sshd'), listener(40_123, '127.0.0.1', 'node'));
    const after = listening(listener(22, '0.0.0.0', null), listener(51_234, '127.0.0.1', 'node'));
    expect(differences(before, after)).toEqual([]);
  });
});

describe('what a service of the web says', () => {
  const http = (fields: Partial<DataOf<'http'>>): Report =>
    withMeasurement(
      healthy(),
      'http',
      {
        ...{ url: 'https://app.example.net/', finalUrl: 'https://app.example.net/', method: 'GET', address: '198.51.100.7', via: null },
        ...{ status: 200, httpVersion: '2', headers: {}, headersOmitted: 0, redirects: [], redirectFault: null, downgraded: false },
        ...{ dnsMs: null, tcpMs: null, proxyMs: null, tlsMs: null, ttfbMs: null, bodyMs: null, totalMs: null, keepAlive: false },
        ...{ count: 1, completed: 1, distribution: null, statuses: [], runs: [], tls: null, body: null },
        ...{ compression: { offered: [], used: null }, alternatives: [], http3: false, server: null, cookies: [], security: [] },
        ...{ securityRequired: false, clock: null, rateLimit: null, expectations: [], burst: null, authenticated: false },
        ...fields,
      },
      { method: 'tcp' },
    );

  it('is compared by status, version, redirects and headers, the dates and numbers of one answer left out', () => {
    const before = http({
      headers: {
        server: 'nginx/1.22',
        date: 'Mon',
        'strict-transport-security': 'max-age=1',
        'content-security-policy': "script-src 'nonce-abc'",
      },
    });
    const after = http({
      status: 301,
      httpVersion: '1.1',
      headers: { server: 'nginx/1.26', date: 'Tue', 'content-security-policy': "script-src 'nonce-xyz'" },
      redirects: [],
    });
    expect(differences(before, after)).toEqual([
      'web HTTP status: -200 +301',
      'web version of HTTP: -2 +1.1',
      'web header server: -nginx/1.22 +nginx/1.26',
      'web header strict-transport-security: -max-age=1 +',
    ]);
  });

  it('does not miss a header that may be among those left out', () => {
    expect(differences(http({ headers: { server: 'a' } }), http({ headers: {}, headersOmitted: 3 }))).toEqual([]);
  });
});

describe('sizes, settings, versions', () => {
  it('of the path are compared where they were found exactly', () => {
    const smaller = (exact: boolean) => withData(healthy(), 'mtu', () => ({ pathMtuBytes: 1400, limitedBy: '203.0.113.1', exact }));
    expect(differences(healthy(), smaller(true))).toEqual([
      'path path MTU in bytes: -1500 +1400',
      'path who limits the path MTU: - +203.0.113.1',
    ]);
    expect(differences(healthy(), smaller(false))).toEqual([]);
  });

  it('of the program and its machine are told', () => {
    const after: Report = {
      ...healthy(),
      tool: { name: 'netdiag', version: '0.2.0' },
      policy: 'trading',
      host: { ...healthy().host, release: '6.19.0' },
    };
    expect(differences(healthy(), after)).toEqual([
      'program version of netdiag: -0.1.0 +0.2.0',
      'program version of the kernel: -6.18.0 +6.19.0',
      'program limits: -default +trading',
    ]);
  });
});

describe('what was measured in one report only', () => {
  it('is named by probe and target', () => {
    const without = { ...healthy(), measurements: healthy().measurements.filter(({ probe }) => probe !== 'mtu') };
    expect(diffReports(without, healthy()).onlyAfter.probes).toEqual([{ probe: 'mtu', target: TARGET }]);
    expect(diffReports(healthy(), without).onlyBefore.probes).toEqual([{ probe: 'mtu', target: TARGET }]);
  });
});
