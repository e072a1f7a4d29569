import { describe, expect, it } from 'vitest';
import { measured } from '../../../src/model/attempt.js';
import { hostData as hostSchema } from '../../../src/model/data/host.js';
import type { DataOf } from '../../../src/model/measurement.js';
import { measureHost } from '../../../src/probes/host/measure.js';
import { type FakeMachine, fakeLocalSystem } from '../../fakes/local-system.js';
import { fakeNetwork } from '../../fakes/network.js';
import { LEASES, recordedNetlink, TOOLS } from '../../fakes/recorded-links.js';

const signal = new AbortController().signal;

async function read(machine: FakeMachine, scope: 'path' | 'all' = 'all') {
  const network = fakeNetwork({});
  const local = fakeLocalSystem(machine);
  Object.assign(network, { local });
  network.machine.observe = async () => ({
    interfaces: [
      {
        ...{ name: 'eth0', up: true, carrier: true, loopback: false, mtuBytes: 1500, speedMbit: null, errors: 0, dropped: 0 },
        ...{ source: '/proc/net/dev', addresses: [{ address: '10.0.0.2', prefixLength: 24, family: 4 }] },
      },
      {
        ...{ name: 'lo', up: true, carrier: true, loopback: true, mtuBytes: null, speedMbit: null, errors: 0, dropped: 0 },
        ...{ source: '/proc/net/dev', addresses: [{ address: '127.0.0.1', prefixLength: 8, family: 4 }] },
      },
    ],
    defaultRoutes: [{ family: 4, gateway: '10.0.0.1', interface: 'eth0', metric: 0 }],
    routesKnown: true,
  });
  network.names.resolvers = async () => ({ servers: ['192.0.2.53'], source: '/etc/resolv.conf', search: [] });
  const observation = await measureHost({ network, signal }, scope);
  // Whatever was read has the shape that reports promise.
  hostSchema.parse(observation.data);
  return { ...observation, ran: local.ran };
}

/** What the two instruments tell differently by their nature. */
function comparable(data: DataOf<'host'>) {
  return {
    ...data,
    routesSource: null,
    rulesSource: null,
    neighborsSource: null,
    interfaces: data.interfaces.map((link) => ({ ...link, source: '', dropped: null })),
    // The tool prints the rest of a second less, and no metric of 0.
    rules: [...(data.rules ?? [])].map((rule) => ({ ...rule, further: [...rule.further].sort() })),
    routes: [...(data.routes ?? [])].sort((a, b) => order(a).localeCompare(order(b))),
    neighbors: [...(data.neighbors ?? [])].sort((a, b) => a.address.localeCompare(b.address)),
  };
}

function order(route: NonNullable<DataOf<'host'>['routes']>[number]): string {
  return `${route.family} ${route.destination}/${route.prefixLength} ${route.table} ${route.metric} ${route.type}`;
}

describe('the machine', () => {
  it('is told by the kernel and by `ip -j` alike', async () => {
    const byKernel = await read({ netlink: recordedNetlink() });
    const byTool = await read({ tools: TOOLS });
    expect([byKernel.method, byTool.method]).toEqual(['netlink', 'ip']);
    expect(byKernel.ran).toEqual([]);
    expect(byTool.ran).toHaveLength(6);
    expect(comparable(byTool.data)).toEqual(comparable(byKernel.data));
    expect(byKernel.data.absent).toEqual([]);
  });

  it('has its routes without those to itself, and the defaults in the order in which they are taken', async () => {
    const { data } = await read({ netlink: recordedNetlink() });
    expect(data.defaultRoutes).toEqual([
      { family: 4, gateway: '10.1.0.1', interface: 'v0', metric: 100 },
      { family: 4, gateway: '10.8.0.1', interface: 'tun0', metric: 600 },
      { family: 6, gateway: 'fe80::1', interface: 'v0', metric: 512 },
    ]);
    expect(new Set(data.routes?.map(({ type }) => type))).toEqual(new Set(['unicast', 'blackhole', 'prohibit', 'throw', 'unreachable']));
    expect(data.routes?.some(({ destination }) => /^(ff|fe80)/.test(destination))).toBe(false);
    expect(data.neighbors).toHaveLength(3);
  });

  it('keeps the rest where the kernel refuses a list, and says which', async () => {
    const { data } = await read({ netlink: recordedNetlink({ rules: 'EOPNOTSUPP', addresses: 'EACCES' }) });
    expect(data.rules).toBeNull();
    expect(data.interfaces.every(({ addressesKnown, addresses }) => !addressesKnown && addresses.length === 0)).toBe(true);
    expect(data.defaultRoutes).toHaveLength(3);
    expect(data.absent).toEqual([
      { fact: 'addresses', because: 'netlink: EACCES' },
      { fact: 'rules', because: 'netlink: EOPNOTSUPP' },
    ]);
  });

  it('keeps the rest where a message is nonsense', async () => {
    const good = recordedNetlink();
    const netlink: typeof good = async (protocol, request, by) => {
      const answer = await good(protocol, request, by);
      return answer.kind === 'measured' ? measured([...answer.value, Uint8Array.of(1, 2, 3)]) : answer;
    };
    const { data } = await read({ netlink });
    expect(data.interfaces).toHaveLength(12);
    expect(data.absent.map(({ fact }) => fact)).toEqual(['some links', 'some addresses', 'some routes', 'some rules', 'some neighbours']);
  });

  it.each([
    ['is not installed', {}, /ip is not installed/],
    [
      'is too old',
      { 'ip -j -d -s addr show': { exitCode: 255, stderr: 'Option "-j" is unknown, try "ip -help".\n' } },
      /Option "-j" is unknown/,
    ],
    [
      'is that of BusyBox',
      { 'ip -j -d -s addr show': { exitCode: 1, stderr: 'ip: unrecognized option: j\nBusyBox v1.36.1\n' } },
      /unrecognized option/,
    ],
    ['prints text', { 'ip -j -d -s addr show': '1: lo: <LOOPBACK> mtu 65536\n' }, /it printed no JSON/],
  ])('is read from files where the kernel cannot be asked and `ip` %s', async (_, tools, because) => {
    const { data, method } = await read({ tools });
    expect(method).toBe('system');
    expect(data).toMatchObject({
      interfaces: [
        { name: 'eth0', kind: null, addressesKnown: true },
        { name: 'lo', kind: 'loopback' },
      ],
      ...{ defaultRoutes: [{ interface: 'eth0' }], routesKnown: true, routes: null, rules: null, neighbors: null },
    });
    expect(data.absent.map(({ fact }) => fact)).toContain('rules');
    expect(data.absent[0]?.because).toMatch(because);
  });

  it('keeps its links where `ip` knows JSON for them alone, as 4.15 does', async () => {
    const text = 'default via 192.0.2.1 dev ens3 proto dhcp src 192.0.2.7 metric 100 \n';
    const tools = { ...TOOLS, 'ip -j -d -4 route show table all': text, 'ip -j -4 rule show': '0:\tfrom all lookup local \n' };
    const { data } = await read({ tools });
    expect(data).toMatchObject({ routes: null, routesKnown: false, rules: null, neighbors: null, defaultRoutes: [] });
    expect(data.interfaces).toHaveLength(12);
    expect(data.absent).toEqual([
      { fact: 'routes', because: 'ip -j -d -4 route show table all: it printed no JSON' },
      { fact: 'rules', because: 'ip -j -4 rule show: it printed no JSON' },
    ]);
  });

  it('runs no tool for a report about a target', async () => {
    const { data, method, ran } = await read({ tools: TOOLS }, 'path');
    expect([method, ran]).toEqual(['system', []]);
    expect(data.interfaces[0]).toMatchObject({ name: 'eth0' });
  });

  it('is what Node tells on other systems', async () => {
    const { data, ran } = await read({ platform: 'freebsd', netlink: recordedNetlink(), tools: TOOLS });
    expect(ran).toEqual([]);
    expect(data.absent.every(({ because }) => because.includes('freebsd'))).toBe(true);
  });
});

describe('files about links', () => {
  const sys = (name: string, index: number, more: Record<string, string>) =>
    Object.fromEntries(Object.entries({ ifindex: `${index}\n`, ...more }).map(([file, text]) => [`/sys/class/net/${name}/${file}`, text]));
  /** The recorded loopback's list with one Ethernet device more, made of a veth's message without its kind. */
  const tools = {
    ...TOOLS,
    'ip -j -d -s addr show': JSON.stringify([
      { ifindex: 5, ifname: 'eth0', flags: ['UP', 'LOWER_UP'], link_type: 'ether', addr_info: [] },
      { ifindex: 6, ifname: 'wlan0', flags: ['UP', 'LOWER_UP'], link_type: 'ether', addr_info: [] },
      { ifindex: 7, ifname: 'eth1', flags: ['UP', 'LOWER_UP'], link_type: 'ether', addr_info: [] },
      { ifindex: 8, ifname: 'veth0', flags: ['UP'], link_type: 'ether', linkinfo: { info_kind: 'veth' }, addr_info: [] },
    ]),
  };

  it('give speed, duplex and radios, of the same namespace alone', async () => {
    const files = {
      ...sys('eth0', 5, { speed: '1000\n', duplex: 'half\n', uevent: 'INTERFACE=eth0\nIFINDEX=5\n' }),
      ...sys('wlan0', 6, { speed: '-1\n', duplex: 'unknown\n', uevent: 'DEVTYPE=wlan\nINTERFACE=wlan0\nIFINDEX=6\n' }),
      // The folder is that of another namespace, whose eth1 is another one.
      ...sys('eth1', 3, { speed: '40000\n', duplex: 'full\n', uevent: 'DEVTYPE=wlan\n' }),
      ...sys('veth0', 8, { speed: '10000\n', duplex: 'full\n', uevent: '' }),
    };
    const { data } = await read({ tools, files });
    expect(data.interfaces.map(({ name, kind, speedMbit, duplex }) => [name, kind, speedMbit, duplex])).toEqual([
      ['eth0', 'ethernet', 1000, 'half'],
      ['wlan0', 'wireless', null, null],
      ['eth1', 'ethernet', null, null],
      ['veth0', 'veth', null, null],
    ]);
  });

  it('give nothing where they hold nonsense or are not shown', async () => {
    const files = { ...sys('eth0', 5, { speed: 'fast\n', duplex: 'full\n' }), '/sys/class/net/wlan0/ifindex': null };
    const { data } = await read({ tools, files });
    expect(data.interfaces.map(({ speedMbit, duplex }) => [speedMbit, duplex])).toEqual(Array(4).fill([null, null]));
  });

  it('of leases: those of links that are there', async () => {
    const files = {
      '/var/lib/dhcp/dhclient.eth0.leases': LEASES.dhclient,
      '/var/lib/dhcp/dhclient.conf': 'lease { interface "eth0"; fixed-address 10.9.9.9; }',
      '/run/systemd/netif/leases/7': LEASES.networkd,
      '/run/systemd/netif/leases/99': LEASES.networkd,
    };
    const { data } = await read({ tools, files });
    expect(data.leases).toEqual([
      {
        ...{ interface: 'eth1', address: '192.0.2.43', server: '192.0.2.1', lifetimeMs: 3_600_000, rebindMs: 3_150_000, expiresAt: null },
        source: '/run/systemd/netif/leases/7',
      },
      {
        ...{ interface: 'eth0', address: '192.0.2.42', server: '192.0.2.1', lifetimeMs: 7_200_000, rebindMs: 6_300_000 },
        ...{ expiresAt: '2026-11-22T07:00:00.000Z', source: '/var/lib/dhcp/dhclient.eth0.leases' },
      },
      {
        ...{ interface: 'eth1', address: '198.51.100.7', server: null, lifetimeMs: null, rebindMs: null, expiresAt: null },
        source: '/var/lib/dhcp/dhclient.eth0.leases',
      },
    ]);
  });
});
