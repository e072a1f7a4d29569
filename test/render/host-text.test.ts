import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { hostLines } from '../../src/render/host-text.js';
import { renderTable } from '../../src/render/table.js';
import { hostAddress, hostData, hostInterface, hostRoute, hostRule, loopbackInterface, STANDARD_RULES } from '../fakes/host.js';
import { healthy } from '../fakes/reports.js';

const machine = hostData({
  interfaces: [
    loopbackInterface(),
    hostInterface({
      speedMbit: 100,
      duplex: 'half',
      addresses: [
        hostAddress('192.0.2.10/24', { permanent: false, validForMs: 3_540_000 }),
        hostAddress('2001:db8:1234:5678:9abc:def0:1234:5678/64', { temporary: true, deprecated: true }),
        hostAddress('2001:db8:1234:5678::66/64', { duplicate: true, tentative: true }),
        hostAddress('fe80::5054:ff:fe12:3456/64'),
      ],
    }),
    hostInterface({ name: 'eth0.5', kind: 'vlan', vlanId: 5, parent: 'eth0', speedMbit: null, addresses: [] }),
    hostInterface({ name: 'br-5f0e1c2d3a4b', kind: 'bridge', carrier: false, speedMbit: null, addresses: [hostAddress('172.18.0.1/16')] }),
    hostInterface({ name: 'veth1', kind: 'veth', master: 'br-5f0e1c2d3a4b', parent: 'eth9', speedMbit: 10_000, addresses: [] }),
    hostInterface({ name: 'wlan0', kind: 'wireless', up: false, carrier: null, addresses: [] }),
    hostInterface({ name: 'tun0', kind: 'tun', mtuBytes: null, speedMbit: null, addresses: [], addressesKnown: false }),
  ],
  routes: [
    hostRoute('192.0.2.0/24', null, 'eth0', { protocol: 'kernel' }),
    hostRoute('198.51.100.0/24', '192.0.2.9', 'eth0', { mtuBytes: 1400, table: 100, metric: 5 }),
    hostRoute('203.0.113.0/24', null, null, { type: 'blackhole' }),
    hostRoute('default', '192.0.2.1', 'eth0', { protocol: 'dhcp', metric: 100, preferredSource: '192.0.2.10' }),
    hostRoute('default', 'fe80::1', 'eth0', { protocol: 'ra', metric: 1024 }),
    hostRoute('10.0.0.0/8', null, 'tun0', { nextHops: [{ gateway: null, interface: 'tun0', weight: null, linkDown: true }] }),
  ],
  rules: [...STANDARD_RULES, hostRule({ priority: 1000, table: 100, to: '198.51.100.0/24' })],
  neighbors: [
    { address: '192.0.2.1', family: 4, interface: 'eth0', state: 'reachable', linkAddressKind: 'virtual-router' },
    { address: 'fe80::1', family: 6, interface: 'eth0', state: 'stale', linkAddressKind: 'maker' },
  ],
  leases: [
    {
      ...{ interface: 'eth0', address: '192.0.2.10', server: '192.0.2.1', lifetimeMs: 7_200_000, rebindMs: null, expiresAt: null },
      source: '/var/lib/dhcp/dhclient.leases',
    },
  ],
  resolvers: ['192.0.2.53'],
  absent: [
    { fact: 'rules', because: 'ip is not installed' },
    { fact: 'neighbours', because: 'ip is not installed' },
    { fact: 'speed', because: 'no driver' },
  ],
});

describe('the text of a machine', () => {
  it('is a table of links with their addresses, then what of the routing they do not imply', () => {
    expect(hostLines(machine)).toEqual([
      'link             kind      state       speed       MTU',
      'eth0             ethernet  up          100 Mbit/s  1500',
      '  half duplex · 192.0.2.10/24 (59 min left) · 2001:db8:1234:5678:9abc:def0:1234:5678/64 (temporary, deprecated) · 2001:db8:1234:5678::66/64 (duplicate, not used)',
      'eth0.5           vlan 5    up                      1500',
      '  on eth0',
      'br-5f0e1c2d3a4b  bridge    no carrier              1500',
      '  172.18.0.1/16',
      'veth1            veth      up          10 Gbit/s   1500',
      '  part of br-5f0e1c2d3a4b',
      'tun0             tun       up',
      '  addresses not told',
      'down: wlan0',
      'default by 192.0.2.1 on eth0 · metric 100 · from 192.0.2.10 · dhcp',
      'IPv6 default by fe80::1 on eth0 · metric 1024 · ra',
      '198.51.100.0/24 by 192.0.2.9 on eth0 · metric 5 · MTU 1400 · table 100 · static',
      'blackhole 203.0.113.0/24 · static',
      '10.0.0.0/8 on tun0 (link down) · static',
      'rule 1000: to 198.51.100.0/24 table 100',
      'gateway 192.0.2.1 on eth0: reachable, a link address that routers share',
      'gateway fe80::1 on eth0: stale',
      'lease of 192.0.2.10 from 192.0.2.1 on eth0 for 2 h',
      'resolvers 192.0.2.53',
      'not known: rules, neighbours (ip is not installed)',
      'not known: speed (no driver)',
    ]);
  });

  it('counts what is too much to show', () => {
    const many = hostData({
      interfaces: Array.from({ length: 20 }, (_, index) => hostInterface({ name: `eth${index}`, addresses: [] })),
      routes: Array.from({ length: 20 }, (_, index) => hostRoute(`10.${index}.0.0/16`, '10.0.0.1', 'eth0')),
      routesLeftOut: 3,
      rules: Array.from({ length: 13 }, (_, index) => hostRule({ priority: 100 + index, table: 100 })),
    });
    const lines = hostLines(many);
    expect(lines).toContain('and 4 more links');
    expect(lines).toContain('and 11 more routes');
    expect(lines).toContain('and 1 more rule');
  });

  it('says what little is known where there are no lists', () => {
    const little = hostData({
      interfaces: [hostInterface({ up: null, carrier: null, kind: null, mtuBytes: null, speedMbit: null, operationalState: null })],
      defaultRoutes: [{ family: 4, gateway: null, interface: 'eth0', metric: null }],
      ...{ routes: null, rules: null, neighbors: null },
    });
    expect(hostLines(little)).toEqual(['link', 'eth0', '  10.0.0.2/24', 'default by the link on eth0', 'no resolver']);
    expect(hostLines(hostData({ interfaces: [] }))).toEqual(['no resolver']);
  });

  it.each([80, 120])('stays within %i columns, its columns under each other', (width) => {
    const report: Report = healthy();
    const measurements = report.measurements.map((made) => (made.probe === 'host' ? { ...made, data: machine } : made));
    const lines = renderTable({ ...report, measurements }, { width, color: 0, unicode: true }).split('\n');
    expect(lines.filter((text) => text.length > width)).toEqual([]);
    const [heading = '', first = ''] = lines.slice(lines.findIndex((text) => text.includes('link             kind')));
    expect(first.indexOf('ethernet')).toBe(heading.indexOf('kind'));
    expect(first.indexOf('1500')).toBe(heading.indexOf('MTU'));
  });

  it('obeys no name of a link', () => {
    const report: Report = healthy();
    const evil = hostData({ interfaces: [hostInterface({ name: '\u001b[2Jx', addresses: [] })] });
    const measurements = report.measurements.map((made) => (made.probe === 'host' ? { ...made, data: evil } : made));
    expect(renderTable({ ...report, measurements }, { width: 80, color: 0, unicode: true })).not.toContain('\u001b');
  });
});
