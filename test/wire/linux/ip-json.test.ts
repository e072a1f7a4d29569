import { describe, expect, it } from 'vitest';
import { parseDhclientLeases, parseNetworkdLease } from '../../../src/wire/linux/dhcp-lease.js';
import { parseIpAddresses, parseIpNeighbors, parseIpRoutes, parseIpRules, parseRouteTableNames } from '../../../src/wire/linux/ip-json.js';
import { LEASES, TOOLS } from '../../fakes/recorded-links.js';

const json = (value: unknown) => JSON.stringify(value);
const TABLES = new Map([
  ['main', 254],
  ['local', 255],
  ['vpn', 100],
]);

/** As iproute2 4.15 (Ubuntu 18.04) prints it: an empty object for what a filter leaves out, numbers of flags as texts. */
const OF_4_15 = `[{},{
        "ifindex": 2,
        "ifname": "ens3",
        "flags": ["BROADCAST","MULTICAST","UP","LOWER_UP"],
        "mtu": 1500,
        "qdisc": "fq_codel",
        "operstate": "UP",
        "group": "default",
        "txqlen": 1000,
        "link_type": "ether",
        "address": "52:54:00:12:34:56",
        "broadcast": "ff:ff:ff:ff:ff:ff",
        "promiscuity": 0,
        "addr_info": [{
                "family": "inet",
                "local": "192.0.2.7",
                "prefixlen": 24,
                "broadcast": "192.0.2.255",
                "scope": "global",
                "dynamic": true,
                "label": "ens3",
                "valid_life_time": 2811,
                "preferred_life_time": 2811
            },{
                "family": "inet6",
                "local": "2001:db8::5054:ff:fe12:3456",
                "prefixlen": 64,
                "scope": "global",
                "temporary": true,
                "dynamic": true,
                "deprecated": true,
                "valid_life_time": 600,
                "preferred_life_time": 0
            },{
                "family": "inet6",
                "local": "2001:db8::7",
                "prefixlen": 64,
                "scope": "global",
                "dadfailed": true,
                "tentative": true,
                "valid_life_time": 4294967295,
                "preferred_life_time": 4294967295
            }]
    }
]
`;

describe('ip -j addr', () => {
  it('of 4.15: flags and lifetimes of addresses; what it does not print is not known', () => {
    const read = parseIpAddresses(OF_4_15, 'ip');
    expect(read).toMatchObject({
      ok: true,
      value: [
        {
          ...{ name: 'ens3', index: 2, kind: 'ethernet', up: true, carrier: true, errors: null, dropped: null, master: null, parent: null },
          addresses: [
            { address: '192.0.2.7', prefixLength: 24, permanent: false, validForMs: 2_811_000, temporary: false },
            { temporary: true, deprecated: true, preferredForMs: 0, validForMs: 600_000 },
            { duplicate: true, tentative: true, permanent: true, validForMs: null },
          ],
        },
      ],
    });
  });

  it('of 6.1: every kind of link of the recorded namespace', () => {
    const read = parseIpAddresses(TOOLS['ip -j -d -s addr show'] ?? '', 'ip');
    expect(read.ok && read.value.map(({ name, kind, carrier }) => [name, kind, carrier])).toEqual([
      ...[
        ['lo', 'loopback', true],
        ['br0', 'bridge', false],
        ['br1', 'bridge', true],
        ['v1', 'veth', true],
        ['v0', 'veth', true],
      ],
      ...[
        ['p1', 'veth', null],
        ['p0', 'veth', false],
        ['tun0', 'tun', false],
        ['tap0', 'tap', null],
        ['vx0', 'vxlan', null],
      ],
      ...[
        ['mv0', 'macvlan', null],
        ['ifb7', 'ifb', null],
      ],
    ]);
  });

  it('keeps what is right beside what is nonsense', () => {
    const links = [
      { ifname: 'eth0', mtu: 'large', flags: 'UP', operstate: 7, linkinfo: [], addr_info: 'none', promiscuity: -1 },
      { ifname: 'eth1', flags: ['UP', 3], addr_info: [{ family: 'inet', local: '10.0.0.2' }, { family: 'mpls' }, null] },
      { mtu: 1500 },
      null,
      'eth2',
    ];
    expect(parseIpAddresses(json(links), 'ip')).toMatchObject({
      ok: true,
      value: [
        { name: 'eth0', up: false, mtuBytes: null, operationalState: null, addresses: [], addressesKnown: false, promiscuous: null },
        { name: 'eth1', up: true, addresses: [], addressesKnown: true },
      ],
    });
  });

  it.each([
    ['Object "-j" is unknown, try "ip help".\n', 'it printed no JSON'],
    ['{"ifname":"eth0"}', 'it printed no list'],
    ['[{"ifname":"eth0"', 'it printed no JSON'],
    ['1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n', 'it printed no JSON'],
  ])('that is none is refused: %s', (output, refusal) => {
    expect(parseIpAddresses(output, 'ip')).toEqual({ ok: false, refusal });
  });
});

describe('ip -j route', () => {
  it('reads types, tables by name and number, next hops and gateways of the other family', () => {
    const routes = [
      { type: 'unicast', dst: 'default', gateway: '10.0.0.1', dev: 'eth0', protocol: 'dhcp', prefsrc: '10.0.0.2', metric: 100, flags: [] },
      { type: 'blackhole', dst: '198.51.100.0/24', table: 'vpn', flags: ['linkdown'] },
      { dst: '192.0.2.9', via: { family: 'inet6', host: 'fe80::1' }, dev: 'eth0', flags: ['onlink'], metrics: [{ mtu: 1400 }] },
      { dst: '10.9.0.0/16', table: '51820', nexthops: [{ gateway: '10.0.0.1', dev: 'eth0', weight: 3, flags: ['dead', 'linkdown'] }] },
    ];
    expect(parseIpRoutes(json(routes), 4, TABLES)).toMatchObject({
      ok: true,
      value: [
        { destination: '0.0.0.0', prefixLength: 0, table: 254, metric: 100, nextHops: [{ gateway: '10.0.0.1', interface: 'eth0' }] },
        { type: 'blackhole', table: 100, nextHops: [] },
        { destination: '192.0.2.9', prefixLength: 32, mtuBytes: 1400, metric: 0, nextHops: [{ gateway: 'fe80::1' }] },
        { table: 51_820, nextHops: [{ weight: 3, linkDown: true }] },
      ],
    });
  });

  it('leaves out what goes nowhere that can be told: a table without a number, a destination that is none', () => {
    const routes = [
      { dst: '10.0.0.0/8', table: 'whatever' },
      { dst: '10.0.0.0/33' },
      { dst: 'example.net' },
      { dst: '2001:db8::/32' },
      { dev: 'eth0' },
    ];
    expect(parseIpRoutes(json(routes), 4, TABLES)).toEqual({ ok: true, value: [] });
    expect(parseIpRoutes('', 6, TABLES), 'nothing to list').toEqual({ ok: true, value: [] });
  });

  it('of 4.15, which prints them as text, is refused', () => {
    expect(parseIpRoutes('default via 192.0.2.1 dev ens3 proto dhcp src 192.0.2.7 metric 100 \n', 4, TABLES)).toMatchObject({ ok: false });
  });
});

describe('ip -j rule and neigh', () => {
  it('rules as WireGuard makes them, and narrow ones', () => {
    const rules = [
      { priority: 0, src: 'all', table: 'local' },
      { priority: 32_764, not: null, src: 'all', fwmark: '0xca6c', table: '51820' },
      { priority: 32_763, src: 'all', table: 'main', suppress_prefixlen: 0 },
      {
        priority: 100,
        src: '10.0.0.0',
        srclen: 8,
        dst: '192.0.2.1',
        iif: 'eth0',
        uid_start: 5,
        uid_end: 9,
        ipproto: 'tcp',
        dport: 22,
        action: 'prohibit',
      },
      { src: 'all', table: 'main' },
    ];
    expect(parseIpRules(json(rules), 4, TABLES)).toMatchObject({
      ok: true,
      value: [
        { priority: 0, table: 255, from: null, inverted: false },
        { priority: 32_764, inverted: true, mark: '0xca6c', table: 51_820 },
        { suppressPrefixLength: 0 },
        {
          from: '10.0.0.0/8',
          to: '192.0.2.1/32',
          incoming: 'eth0',
          users: '5-9',
          further: ['protocol tcp', 'port 22'],
          action: 'prohibit',
        },
      ],
    });
  });

  it('neighbours with their state, and what their link address tells', () => {
    const neighbors = [
      { dst: '10.0.0.1', dev: 'eth0', lladdr: '00:00:5e:00:01:05', state: ['REACHABLE'] },
      { dst: 'fe80::1', dev: 'eth0', lladdr: '02:00:00:00:00:01', router: null, state: ['STALE'] },
      { dst: '10.0.0.9', dev: 'eth0', state: ['FAILED'] },
      { dst: '10.8.0.1', dev: 'tun0', lladdr: 'nonsense', state: [] },
      { dst: '10.0.0.7' },
    ];
    const read = parseIpNeighbors(json(neighbors));
    expect(read.ok && read.value.map(({ address, state, linkAddressKind }) => [address, state, linkAddressKind])).toEqual([
      ['10.0.0.1', 'reachable', 'virtual-router'],
      ['fe80::1', 'stale', 'local'],
      ['10.0.0.9', 'failed', null],
      ['10.8.0.1', 'none', null],
    ]);
  });

  it('names of tables, the standard ones always', () => {
    const names = parseRouteTableNames(
      '#\n# reserved values\n#\n255\tlocal\n254\tmain\n0\tunspec\n# 1\tinr.ruhep\n0x64 vpn # ours\nnonsense\n',
    );
    expect([...names]).toEqual([
      ['default', 253],
      ['main', 254],
      ['local', 255],
      ['unspec', 0],
      ['vpn', 100],
    ]);
  });
});

describe('leases', () => {
  it('of dhclient: the last of each interface, in all three ways of telling its end', () => {
    expect(parseDhclientLeases(LEASES.dhclient)).toEqual([
      {
        ...{ interface: 'eth0', address: '192.0.2.42', server: '192.0.2.1', lifetimeSeconds: 7200, rebindSeconds: 6300 },
        expiresAt: '2026-11-22T07:00:00.000Z',
      },
      { interface: 'eth1', address: '198.51.100.7', server: null, lifetimeSeconds: null, rebindSeconds: null, expiresAt: null },
      {
        ...{ interface: 'eth2', address: '203.0.113.7', server: null, lifetimeSeconds: null, rebindSeconds: null },
        expiresAt: new Date(1_795_330_800_000).toISOString(),
      },
    ]);
  });

  it('of systemd-networkd, with units and without', () => {
    expect(parseNetworkdLease(LEASES.networkd)).toEqual({
      ...{ interface: null, address: '192.0.2.43', server: '192.0.2.1', lifetimeSeconds: 3600, rebindSeconds: 3150, expiresAt: null },
    });
    expect(parseNetworkdLease('ADDRESS=192.0.2.43\nT2=1800\nLIFETIME=4294967295\n')).toMatchObject({
      rebindSeconds: 1800,
      lifetimeSeconds: null,
    });
  });

  it('that are none give none', () => {
    expect(parseDhclientLeases('lease {\n  fixed-address nonsense;\n}\nlease6 { interface "eth0"; }\n')).toEqual([]);
    expect(parseNetworkdLease('ADDRESS=everywhere\n')).toBeNull();
    expect(parseNetworkdLease('')).toBeNull();
  });
});
