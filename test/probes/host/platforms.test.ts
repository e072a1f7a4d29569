import { describe, expect, it } from 'vitest';
import { measured } from '../../../src/model/attempt.js';
import { createMachine } from '../../../src/net/machine/machine.js';
import { readingOfPlatform } from '../../../src/net/machine/platform-reading.js';
import { resolversOfPlatform } from '../../../src/net/machine/platform-resolvers.js';
import { readDarwin } from '../../../src/probes/host/darwin.js';
import type { LinkReading } from '../../../src/probes/host/reading.js';
import { readWindowsHost } from '../../../src/probes/host/windows.js';
import { fakeNetwork } from '../../fakes/network.js';
import { recordedMachine, recordedTools } from '../../fakes/recorded-machine.js';

const { signal } = new AbortController();

async function read(name: string, changes: Record<string, string | null> = {}): Promise<LinkReading> {
  const local = recordedMachine(name, changes);
  const network = Object.assign(fakeNetwork(), { local, machine: createMachine(null, local) });
  return name.startsWith('windows') ? readWindowsHost({ network, signal }) : readDarwin({ network, signal });
}

type Interface = LinkReading['interfaces'][number];
type Address = Interface['addresses'][number];

const SOURCE = 'powershell.exe Get-CimInstance';

function link(name: string, parts: Partial<Interface>): Interface {
  return {
    name,
    up: true,
    carrier: true,
    loopback: false,
    mtuBytes: 1500,
    speedMbit: null,
    addresses: [],
    errors: 0,
    dropped: 0,
    source: 'ifconfig -aLv, netstat -ibdn',
    addressesKnown: true,
    index: null,
    kind: null,
    operationalState: null,
    duplex: null,
    master: null,
    parent: null,
    vlanId: null,
    promiscuous: false,
    ...parts,
  };
}

function ipv4(address: string, prefixLength: number, parts: Partial<Address> = {}): Address {
  const told = { temporary: false, deprecated: null, tentative: null, duplicate: null, permanent: null };
  return { address, prefixLength, family: 4, scope: 'global', ...told, validForMs: null, preferredForMs: null, ...parts };
}

function ipv6(address: string, prefixLength: number, parts: Partial<Address> = {}): Address {
  const told = { temporary: false, deprecated: false, tentative: false, duplicate: false, permanent: true };
  return { address, prefixLength, family: 6, scope: 'global', ...told, validForMs: null, preferredForMs: null, ...parts };
}

function route(destination: string, prefixLength: number, gateway: string | null, name: string, metric: number | null = null) {
  return {
    family: destination.includes(':') ? 6 : 4,
    destination,
    prefixLength,
    type: 'unicast',
    table: 254,
    protocol: null,
    scope: null,
    metric,
    preferredSource: null,
    mtuBytes: null,
    preference: null,
    nextHops: [{ gateway, interface: name, weight: null, linkDown: metric === null ? null : false }],
  };
}

describe('macOS', () => {
  it('whole: two VPNs beside a USB adapter', async () => {
    expect(await read('macos-15-vpn')).toEqual({
      interfaces: [
        link('lo0', {
          loopback: true,
          mtuBytes: 16_384,
          index: 1,
          kind: 'loopback',
          addresses: [ipv4('127.0.0.1', 8, { scope: 'host' }), ipv6('::1', 128, { scope: 'host' }), ipv6('fe80::1', 64, { scope: 'link' })],
        }),
        link('en5', {
          speedMbit: 1000,
          duplex: 'full',
          index: 9,
          kind: 'ethernet',
          addresses: [ipv6('fe80::c0a:1:2:3', 64, { scope: 'link' }), ipv4('192.0.2.15', 24)],
        }),
        link('utun4', {
          mtuBytes: 1280,
          index: 21,
          kind: 'tun',
          addresses: [ipv4('100.100.1.2', 32), ipv6('fe80::c0a:5:6:7', 64, { scope: 'link' }), ipv6('fd7a:115c:a1e0::2', 48)],
        }),
        link('utun6', { mtuBytes: 1400, index: 23, kind: 'tun', addresses: [ipv4('10.8.0.6', 32)] }),
      ],
      defaultRoutes: [{ family: 4, gateway: '192.0.2.1', interface: 'en5', metric: null }],
      routesKnown: true,
      routes: [
        route('0.0.0.0', 1, '10.8.0.5', 'utun6'),
        route('0.0.0.0', 0, '192.0.2.1', 'en5'),
        route('100.64.0.0', 10, null, 'utun4'),
        route('100.100.100.100', 32, null, 'utun4'),
        route('128.0.0.0', 1, '10.8.0.5', 'utun6'),
        route('192.0.2.0', 24, null, 'en5'),
        route('203.0.113.77', 32, '192.0.2.1', 'en5'),
        route('fd7a:115c:a1e0::', 48, null, 'utun4'),
      ],
      routesLeftOut: 0,
      routesSource: 'netstat -rn',
      rules: null,
      rulesSource: null,
      neighbors: [{ address: '192.0.2.1', family: 4, interface: 'en5', state: 'known', linkAddressKind: 'maker' }],
      neighborsSource: 'arp -an, ndp -an',
      leases: [],
      absent: [
        { fact: 'rules', because: 'macOS has no policy rules' },
        { fact: 'leases', because: 'macOS shows no lease with its end to an ordinary user' },
      ],
    });
  });

  it('Wi-Fi: lifetimes, privacy addresses, the rate of the driver, no scoped default routes', async () => {
    const { interfaces, defaultRoutes, neighbors } = await read('macos-14-wifi');
    const en0 = interfaces.find(({ name }) => name === 'en0');
    expect(en0).toMatchObject({ kind: 'wireless', speedMbit: 648, duplex: null, errors: 12, dropped: 7, index: 15, promiscuous: false });
    expect(en0?.addresses.slice(2)).toEqual([
      ipv6('2001:db8:1:0:1c2d:3e4f:5a6b:7c8d', 64, { permanent: false, validForMs: 2_591_712_000, preferredForMs: 604_512_000 }),
      ipv6('2001:db8:1:0:9d8c:7b6a:5f4e:3d2c', 64, {
        temporary: true,
        permanent: false,
        validForMs: 604_512_000,
        preferredForMs: 85_940_000,
      }),
      ipv6('2001:db8:1:0:1111:2222:3333:4444', 64, {
        temporary: true,
        deprecated: true,
        permanent: false,
        validForMs: 518_000_000,
        preferredForMs: 0,
      }),
    ]);
    expect(defaultRoutes.map(({ family, interface: name }) => [family, name])).toEqual([
      [4, 'en0'],
      [6, 'en0'],
    ]);
    expect(neighbors?.map(({ state }) => state)).toEqual(['known', 'reachable']);
    expect(interfaces.find(({ name }) => name === 'en1')).toMatchObject({
      carrier: false,
      speedMbit: null,
      master: 'bridge0',
      promiscuous: true,
    });
    expect(interfaces.find(({ name }) => name === 'gif0')).toMatchObject({ up: false, carrier: null });
  });

  it('without -L and -v: what they add is absent, the older columns of netstat are read, and refusing routes', async () => {
    const { interfaces, routes, absent } = await read('macos-11-ethernet');
    expect(interfaces.map(({ name, kind, parent, vlanId, master }) => [name, kind, parent, vlanId, master])).toEqual([
      ['lo0', 'loopback', null, null, null],
      ['gif0', 'ipip', null, null, null],
      ['stf0', 'sit', null, null, null],
      ['en0', 'ethernet', null, null, null],
      ['en1', null, null, null, 'bond0'],
      ['vlan0', 'vlan', 'en0', 42, null],
      ['bond0', 'bond', null, null, null],
      ['bridge100', 'bridge', null, null, null],
      ['vmenet0', 'tap', null, null, 'bridge100'],
    ]);
    expect(interfaces.find(({ name }) => name === 'en0')).toMatchObject({ speedMbit: 100, duplex: 'half' });
    expect(interfaces.find(({ name }) => name === 'en0')?.addresses[0]).toMatchObject({ duplicate: true, permanent: null });
    expect(
      routes?.map(({ destination, prefixLength, type, nextHops }) => `${destination}/${prefixLength} ${type} ${nextHops[0]?.interface}`),
    ).toEqual([
      '0.0.0.0/0 unicast en0',
      '10.9.0.0/16 unreachable undefined',
      '10.10.0.0/22 blackhole undefined',
      '169.254.0.0/16 unicast en0',
      '192.0.2.0/24 unicast bridge100',
      '198.51.100.0/23 unicast en0',
      '203.0.113.0/24 unicast vlan0',
    ]);
    expect(absent.map(({ fact }) => fact)).toContain('lifetimes of addresses and types of links');
  });

  it.each([
    ['nothing at all', ''],
    ['nonsense', 'Illegal instruction: 4\n\u0000\u0001\n'],
    ['half a line', 'en0: flags=88'],
  ])('ifconfig prints %s: Node tells the links, the routes stand', async (_, output) => {
    const { interfaces, defaultRoutes, absent } = await read('macos-14-wifi', { 'ifconfig -aLv': output, 'ifconfig -a': output });
    expect(new Set(interfaces.map(({ source }) => source))).toEqual(new Set(['os.networkInterfaces()']));
    expect(defaultRoutes).toHaveLength(2);
    const because = 'ifconfig: ifconfig -a printed nothing that could be read';
    expect(absent).toContainEqual({ fact: 'kinds of links', because });
    expect(absent).toContainEqual({ fact: 'flags and lifetimes of addresses', because });
  });

  it('the way to an address, the neighbour behind it, and none where the table has none', async () => {
    const reading = await readingOfPlatform(recordedMachine('macos-14-wifi'));
    expect(await reading?.way('198.51.100.7', 'en0', signal)).toEqual({
      interface: 'en0',
      gateway: '192.0.2.1',
      table: null,
      type: 'unicast',
      prefix: '0.0.0.0/0',
      mtuBytes: 1500,
    });
    expect(await reading?.way('2001:db8:ffff::1', null, signal)).toMatchObject({ gateway: 'fe80::1', prefix: '::/0', mtuBytes: 1480 });
    expect(await reading?.way('203.0.113.1', null, signal)).toBeNull();
    const refused = recordedTools('macos-14-wifi')['route -n get 198.51.100.7']?.replace('<UP,GATEWAY,', '<UP,GATEWAY,BLACKHOLE,') ?? '';
    const other = await readingOfPlatform(recordedMachine('macos-14-wifi', { 'route -n get 198.51.100.7': refused }));
    expect(await other?.way('198.51.100.7', 'en0', signal)).toMatchObject({ type: 'blackhole' });
    const state = async (address: string, name: string | null = null) => await reading?.neighbor(address, name, signal);
    expect(await state('192.0.2.1', 'en0')).toEqual(
      measured({ state: 'resolved', kernelState: 'known', linkAddressKind: 'virtual-router' }),
    );
    expect(await state('192.0.2.99')).toEqual(measured({ state: 'incomplete', kernelState: 'incomplete', linkAddressKind: null }));
    expect(await state('192.0.2.1', 'en9')).toEqual(measured({ state: 'absent', kernelState: null, linkAddressKind: null }));
    expect(await state('fe80::1%en0', 'en0')).toMatchObject({ value: { state: 'resolved', kernelState: 'reachable' } });
  });

  it('listeners of all users, whose the own ones are', async () => {
    const reading = await readingOfPlatform(recordedMachine('macos-14-wifi'));
    const listed = await reading?.listeners(signal);
    if (listed?.kind !== 'measured') throw new Error('not listed');
    expect(listed.value.map(({ port, protocol, address, process, exposure }) => [port, protocol, address, process, exposure])).toEqual([
      [22, 'tcp', '::', null, 'all'],
      [22, 'tcp', '0.0.0.0', null, 'all'],
      [123, 'udp', 'fe80::4a5:6b7c:1234:9442%en0', null, 'link'],
      [631, 'tcp', '::1', null, 'loopback'],
      [631, 'tcp', '127.0.0.1', null, 'loopback'],
      [5353, 'udp', '::', null, 'all'],
      [5353, 'udp', '0.0.0.0', null, 'all'],
      [8080, 'tcp', '::', 'node', 'all'],
    ]);
  });

  it('a list of sockets with a gap is no list', async () => {
    const reading = await readingOfPlatform(recordedMachine('macos-14-wifi', { 'netstat -anW -p udp': null }));
    expect(await reading?.listeners(signal)).toEqual({
      kind: 'unavailable',
      capability: 'socket-tables',
      reason: 'netstat is not installed',
    });
  });

  it('the main resolver, not those of single domains or interfaces', async () => {
    expect(await resolversOfPlatform(recordedMachine('macos-15-vpn'))).toEqual({
      servers: ['10.8.0.1'],
      search: ['tail0000.ts.example', 'corp.example'],
      source: 'scutil --dns',
    });
    expect(await resolversOfPlatform(recordedMachine('macos-13-offline'))).toEqual({ servers: [], search: [], source: 'scutil --dns' });
  });
});

describe('Windows', () => {
  it('whole: lists of one as one, nulls, a wrapped list', async () => {
    const permanent = { temporary: false, deprecated: false, tentative: false, duplicate: false, permanent: true };
    const counted = { errors: null, dropped: null, source: SOURCE, promiscuous: null };
    expect(await read('windows-server-2019')).toEqual({
      interfaces: [
        link('Ethernet', {
          ...counted,
          mtuBytes: 9000,
          speedMbit: 10_000,
          duplex: 'full',
          index: 4,
          kind: 'ethernet',
          operationalState: 'up',
          vlanId: 120,
          addresses: [ipv4('203.0.113.8', 28, permanent)],
        }),
        link('Loopback Pseudo-Interface 1', { ...counted, loopback: true, mtuBytes: null, index: 1, kind: 'loopback' }),
      ],
      defaultRoutes: [{ family: 4, gateway: '203.0.113.1', interface: 'Ethernet', metric: 271 }],
      routesKnown: true,
      routes: [route('0.0.0.0', 0, '203.0.113.1', 'Ethernet', 271)],
      routesLeftOut: 0,
      routesSource: SOURCE,
      rules: null,
      rulesSource: null,
      neighbors: [],
      neighborsSource: SOURCE,
      leases: [],
      absent: [
        {
          fact: 'errors and drops of links',
          because: 'Windows refuses it: HRESULT 0x80041010,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand',
        },
        { fact: 'rules', because: 'Windows has no policy rules' },
        { fact: 'leases', because: 'their ends are the lifetimes of the addresses' },
      ],
    });
  });

  it('Wi-Fi, a VPN, a virtual switch: metrics of route and interface together, only what is in force', async () => {
    const { interfaces, defaultRoutes, routes, neighbors } = await read('windows-11-wifi');
    expect(interfaces.map(({ name, kind, carrier, speedMbit, errors }) => [name, kind, carrier, speedMbit, errors])).toEqual([
      ['Wi-Fi', 'wireless', true, 1201, 0],
      ['Ethernet', 'ethernet', false, null, 0],
      ['vEthernet (Default Switch)', 'veth', true, null, null],
      ['office', 'wireguard', true, null, 0],
      ['Bluetooth Network Connection', 'bluetooth', false, null, null],
      ['Loopback Pseudo-Interface 1', 'loopback', true, null, null],
    ]);
    expect(interfaces[0]?.addresses.map(({ temporary, deprecated }) => [temporary, deprecated])).toEqual([
      [false, false],
      [false, false],
      [false, false],
      [true, false],
      [true, true],
    ]);
    expect(interfaces[0]?.addresses[0]).toMatchObject({ validForMs: 82_800_000, permanent: false });
    expect(defaultRoutes).toEqual([
      { family: 4, gateway: '192.0.2.1', interface: 'Wi-Fi', metric: 35 },
      { family: 6, gateway: 'fe80::1', interface: 'Wi-Fi', metric: 291 },
    ]);
    expect(routes?.map(({ destination, prefixLength }) => `${destination}/${prefixLength}`)).toEqual([
      '0.0.0.0/0',
      '192.0.2.0/24',
      '172.28.16.0/20',
      '10.20.0.0/16',
      '::/0',
      '2001:db8:5::/64',
    ]);
    expect(neighbors?.map(({ address, state }) => [address, state])).toEqual([
      ['192.0.2.1', 'reachable'],
      ['fe80::1', 'stale'],
    ]);
  });

  it('German: names with umlauts, two default routes, an address that somebody else has', async () => {
    const { interfaces, defaultRoutes, neighbors } = await read('windows-10-deutsch');
    expect(interfaces.map(({ name }) => name)).toContain('LAN-Verbindung* für Büro');
    expect(interfaces.find(({ name }) => name === 'WLAN')?.addresses).toEqual([expect.objectContaining({ duplicate: true })]);
    expect(defaultRoutes.map(({ interface: name, metric }) => [name, metric])).toEqual([
      ['Ethernet', 25],
      ['WLAN', 45],
    ]);
    expect(neighbors?.map(({ interface: name, state }) => [name, state])).toEqual([
      ['Ethernet', 'incomplete'],
      ['WLAN', 'reachable'],
    ]);
  });

  it.each([
    ['windows-server-2022-blocked', '198.51.100.9', '198.51.100.1', 25],
    ['windows-10-portugues', '192.0.2.10', '192.0.2.1', 35],
  ])('%s: routes by their numbers alone, joined to the links that Node tells', async (name, address, gateway, metric) => {
    const local = recordedMachine(name);
    const ofNode = {
      name: 'イーサネット',
      up: true,
      carrier: null,
      loopback: false,
      mtuBytes: null,
      speedMbit: null,
      errors: null,
      dropped: null,
    };
    const network = Object.assign(fakeNetwork(), { local });
    network.machine.observe = async () => ({
      interfaces: [{ ...ofNode, source: 'os.networkInterfaces()', addresses: [{ address, prefixLength: 24, family: 4 }] }],
      defaultRoutes: [],
      routesKnown: false,
    });
    const { defaultRoutes, routes, routesKnown, routesSource } = await readWindowsHost({ network, signal });
    expect(defaultRoutes).toEqual([{ family: 4, gateway, interface: 'イーサネット', metric }]);
    expect([routesKnown, routesSource]).toEqual([true, 'route print']);
    const ofIpv4 = routes?.filter(({ family }) => family === 4);
    expect(ofIpv4?.map(({ prefixLength, nextHops }) => [prefixLength, nextHops[0]?.gateway])).toEqual([
      [0, gateway],
      [24, null],
    ]);
  });

  it('a default route through a link without a name is no lack of one', async () => {
    expect(await read('windows-server-2022-blocked')).toMatchObject({ defaultRoutes: [], routesKnown: false });
  });

  it('what PowerShell hands on in two encodings and forms is one', async () => {
    const plain = recordedTools('windows-11-wifi')['powershell links'] ?? '';
    const expected = await read('windows-11-wifi');
    expect(await read('windows-11-wifi', { 'powershell links': plain.replace('\uFEFF', '') })).toEqual(expected);
    expect(await read('windows-11-wifi', { 'powershell links': `\r\n${plain.replace('\uFEFF', '').trim()}\r\n\r\n` })).toEqual(expected);
  });

  it('neighbours by arp and netsh, who does not answer among them', async () => {
    const reading = await readingOfPlatform(recordedMachine('windows-11-wifi'));
    const state = async (address: string) => await reading?.neighbor(address, 'Wi-Fi', signal);
    expect(await state('192.0.2.1')).toEqual(measured({ state: 'resolved', kernelState: null, linkAddressKind: 'maker' }));
    expect(await state('192.0.2.77')).toEqual(measured({ state: 'incomplete', kernelState: null, linkAddressKind: null }));
    expect(await state('192.0.2.5')).toEqual(measured({ state: 'absent', kernelState: null, linkAddressKind: null }));
    expect(await state('fe80::1%14')).toMatchObject({ value: { state: 'resolved' } });
    expect(await state('fe80::99')).toMatchObject({ value: { state: 'incomplete' } });
  });

  it('the way to an address is told where the machine was looked at, and never starts PowerShell for itself', async () => {
    const local = recordedMachine('windows-11-wifi');
    const reading = await readingOfPlatform(local);
    expect(await reading?.way('198.51.100.7', 'Wi-Fi', signal)).toBeNull();
    expect(local.ran).toEqual([]);
    await reading?.outline(signal);
    const told = { table: null, type: 'unicast', mtuBytes: null };
    expect(await reading?.way('198.51.100.7', 'Wi-Fi', signal)).toEqual({
      ...told,
      interface: 'Wi-Fi',
      gateway: '192.0.2.1',
      prefix: '0.0.0.0/0',
    });
    expect(await reading?.way('10.20.3.4', null, signal)).toEqual({ ...told, interface: 'office', gateway: null, prefix: '10.20.0.0/16' });
    expect(local.ran).toHaveLength(1);
  });

  it('listeners by PowerShell, or by netstat without the names of processes', async () => {
    const listed = async (name: string) => (await readingOfPlatform(recordedMachine(name)))?.listeners(signal);
    const short = (value: Awaited<ReturnType<typeof listed>>) =>
      value?.kind === 'measured' ? value.value.map(({ port, address, process, pid }) => [port, address, process, pid]) : value;
    expect(short(await listed('windows-server-2019'))).toEqual([[80, '0.0.0.0', 'System', 4]]);
    expect(short(await listed('windows-10-deutsch'))).toEqual([
      [135, '0.0.0.0', null, 1024],
      [546, 'fe80::1%7', null, 1500],
      [3389, '::', null, 1332],
      [5353, '0.0.0.0', null, 2112],
    ]);
    expect(short(await listed('windows-10-portugues'))).toEqual([
      [445, '0.0.0.0', null, 4],
      [49_669, '::1', null, 700],
    ]);
  });
});
