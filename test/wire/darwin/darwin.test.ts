import { describe, expect, it } from 'vitest';
import { parseInterfaceCounters, parseTcpStatistics } from '../../../src/wire/darwin/counters.js';
import { parseIfconfig } from '../../../src/wire/darwin/links.js';
import { parseScutilDns } from '../../../src/wire/darwin/names.js';
import { parseDarwinArp, parseDarwinNdp } from '../../../src/wire/darwin/neighbors.js';
import { parseScutilProxy } from '../../../src/wire/darwin/proxies.js';
import { parseNetstatRoutes, parseRouteGet } from '../../../src/wire/darwin/routes.js';
import { parseApplicationFirewall, parseSysctl } from '../../../src/wire/darwin/settings.js';
import { parseLsofFields, parseNetstatSockets } from '../../../src/wire/darwin/sockets.js';
import { recordedTools } from '../../fakes/recorded-machine.js';

const wifi = recordedTools('macos-14-wifi');
const vpn = recordedTools('macos-15-vpn');

function linkWith(line: string) {
  return parseIfconfig(`en0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\t${line}\n`)[0];
}

describe('ifconfig', () => {
  it.each([
    ['media: autoselect (1000baseT <full-duplex,flow-control,energy-efficient-ethernet>)', 1000, true],
    ['media: autoselect (100baseTX <half-duplex>)', 100, false],
    ['media: 10baseT/UTP <full-duplex>', 10, true],
    ['media: autoselect (10Gbase-T <full-duplex,flow-control>)', 10_000, true],
    ['media: autoselect (2500Base-T <full-duplex>)', 2500, true],
    ['media: autoselect <full-duplex>', null, true],
    ['media: autoselect (none)', null, null],
    ['media: autoselect (<unknown type>)', null, null],
    ['media: none', null, null],
  ])('%s', (line, speedMbit, fullDuplex) => {
    expect(linkWith(line)).toMatchObject({ speedMbit, fullDuplex });
  });

  it.each([
    ['link rate: 1.00 Gbps', 1000],
    ['uplink rate: 433.33 Mbps [eff] / 866.67 Mbps', 433],
    ['uplink rate: 10.00 Mbps [tbr]', 10],
    ['downlink rate: 433.33 Mbps', null],
    ['link rate: 0.00 bps ', null],
  ])('%s', (line, rateMbit) => {
    expect(linkWith(line)?.rateMbit).toBe(rateMbit);
  });

  it.each([
    ['inet 192.0.2.9 netmask 0xfffffc00 broadcast 192.0.3.255', [22, null]],
    ['inet 10.8.0.6 --> 10.8.0.5 netmask 0xffffffff', [32, '10.8.0.5']],
    ['inet 192.0.2.9 netmask 0xff00ff00', undefined],
    ['inet 192.0.2.999 netmask 0xffffff00', undefined],
    ['inet6 2001:db8::1 prefixlen 129', undefined],
    ['inet6 2001:db8::1%en0', undefined],
    ['inet', undefined],
  ])('%s', (line, expected) => {
    const address = linkWith(line)?.addresses[0];
    expect(address === undefined ? undefined : [address.prefixLength, address.peer]).toEqual(expected);
  });

  it('an address in another form is no lack of one', () => {
    expect(linkWith('inet 192.0.2.9 netmask 0xffffff00')).toMatchObject({ unreadAddress: false });
    expect(linkWith('inet 192.0.2.9  netmask 255.255.255.0')).toMatchObject({ addresses: [], unreadAddress: true });
  });

  it('marks of an address', () => {
    const { marks } = linkWith('inet6 fe80::1%en0 prefixlen 64 tentative optimistic duplicated detached scopeid 0x4 ')?.addresses[0] ?? {};
    expect(marks).toEqual(['tentative', 'optimistic', 'duplicated', 'detached']);
  });

  it('lines before the first link belong to nobody', () => {
    expect(parseIfconfig('\tinet 192.0.2.1 netmask 0xff000000\nifconfig: illegal option\n')).toEqual([]);
  });
});

describe('netstat -rn', () => {
  const table = (family: string, ...lines: string[]) =>
    parseNetstatRoutes(
      `Routing tables\n\n${family}:\nDestination        Gateway            Flags           Netif Expire\n${lines.join('\n')}\n`,
    );

  it.each([
    ['default            192.0.2.1          UGScg             en0', '0.0.0.0', 0],
    ['0/1                10.8.0.5           UGScg           utun6', '0.0.0.0', 1],
    ['128.0/1            10.8.0.5           UGSc            utun6', '128.0.0.0', 1],
    ['10                 link#4             UCS               en0', '10.0.0.0', 8],
    ['172.16             link#4             UCS               en0', '172.16.0.0', 16],
    ['192.0.2            link#4             UCS               en0', '192.0.2.0', 24],
    ['10.1.2             link#4             UCS               en0', '10.1.2.0', 24],
    ['10.1.2.3/28        link#4             UCS               en0', '10.1.2.3', 28],
    ['10.1.2.3           192.0.2.1          UGHS              en0', '10.1.2.3', 32],
  ])('%s', (line, destination, prefixLength) => {
    expect(table('Internet', line)).toMatchObject([{ family: 4, destination, prefixLength }]);
  });

  it.each([
    ['a neighbour', '192.0.2.1          0:0:5e:0:53:1      UHLWIir           en0   1187'],
    ['one that is down', '10.1/16            192.0.2.1          GS                en0'],
    ['too many numbers', '1.2.3.4.5/8        192.0.2.1          UGS               en0'],
    ['a number that is none', '300.1/16           192.0.2.1          UGS               en0'],
    ['no interface', '10.1/16            192.0.2.1          UGS'],
  ])('leaves out %s', (_, line) => {
    expect(table('Internet', line)).toEqual([]);
  });

  it('IPv6: the scoped default routes of tunnels are marked, their address of zeros is none', () => {
    const lines = ['default   fe80::1%en0    UGcg   en0', 'default   fe80::%utun0   UGcIg  utun0', '2001:db8::/32   ::1   UGRS   lo0'];
    expect(table('Internet6', ...lines).map(({ gateway, scoped, rejects }) => [gateway, scoped, rejects])).toEqual([
      ['fe80::1', false, false],
      [null, true, false],
      ['::1', false, true],
    ]);
  });
});

describe('route get', () => {
  it('a half route of a VPN, a host route, a reject route', () => {
    const shown = (fields: string, flags: string) => parseRouteGet(`   route to: 198.51.100.7\n${fields}      flags: <${flags}>\n`);
    expect(shown('destination: 128.0.0.0\n       mask: 128.0.0.0\n    gateway: 10.8.0.5\n  interface: utun6\n', 'UP,GATEWAY')).toEqual({
      gateway: '10.8.0.5',
      interface: 'utun6',
      prefix: '128.0.0.0/1',
      mtuBytes: null,
      flags: ['UP', 'GATEWAY'],
    });
    expect(shown('destination: 198.51.100.7\n  interface: en0\n', 'UP,HOST,DONE')).toMatchObject({
      gateway: null,
      prefix: '198.51.100.7/32',
    });
    expect(shown('destination: 198.51.0.0\n       mask: 255.255.0.0\n', 'UP,REJECT')).toMatchObject({
      flags: ['UP', 'REJECT'],
      interface: null,
    });
  });

  it('none where the table has none', () => {
    expect(parseRouteGet('')).toBeNull();
    expect(parseRouteGet('   route to: 198.51.100.7\n')).toBeNull();
  });
});

describe('neighbours', () => {
  it('arp and ndp', () => {
    expect(parseDarwinArp(wifi['arp -an'] ?? '').map(({ address, linkAddress, permanent }) => [address, linkAddress, permanent])).toEqual([
      ['192.0.2.1', '0:0:5e:0:1:a', false],
      ['192.0.2.44', '2:0:5e:10:0:44', false],
      ['192.0.2.99', null, false],
      ['192.0.2.120', '0:0:5e:0:53:15', true],
      ['224.0.0.251', '1:0:5e:0:0:fb', true],
    ]);
    expect(parseDarwinNdp(wifi['ndp -an'] ?? '').map(({ address, interface: name, state }) => [address, name, state])).toEqual([
      ['2001:db8:1:0:1c2d:3e4f:5a6b:7c8d', 'en0', 'R'],
      ['2001:db8:1::99', 'en0', 'N'],
      ['fe80::1', 'lo0', 'R'],
      ['fe80::1', 'en0', 'R'],
      ['fe80::4a5:6b7c:1234:9442', 'en0', 'R'],
      ['fe80::5e:10ff:fe00:44', 'en0', 'S'],
    ]);
  });
});

describe('scutil', () => {
  it('resolvers by list, domain and interface', () => {
    expect(parseScutilDns(vpn['scutil --dns'] ?? '').map((one) => [one.list, one.domain, one.servers, one.port, one.interface])).toEqual([
      ['default', null, ['10.8.0.1'], null, 'utun6'],
      ['default', 'tail0000.ts.example', ['100.100.100.100'], null, 'utun4'],
      ['default', '64.100.in-addr.arpa', ['100.100.100.100'], null, 'utun4'],
      ['default', 'test.example', ['127.0.0.1'], 5300, null],
      ['default', 'local', [], null, null],
      ['scoped', null, ['192.0.2.1'], null, 'en5'],
    ]);
    const [main, supplemental, , , multicast] = parseScutilDns(vpn['scutil --dns'] ?? '');
    expect(main).toMatchObject({ search: ['tail0000.ts.example', 'corp.example'], supplemental: false, reachable: true, order: 1 });
    expect(supplemental).toMatchObject({ supplemental: true, order: 102_600 });
    expect(multicast).toMatchObject({ multicast: true, reachable: false });
  });

  it('the words of older systems', () => {
    const [resolver] = parseScutilDns(
      'DNS configuration\n\nresolver #1\n  nameserver[0] : 192.0.2.1\n  reach    : Reachable,Directly Reachable Address\n',
    );
    expect(resolver).toMatchObject({ servers: ['192.0.2.1'], reachable: true });
    expect(parseScutilDns('DNS configuration\n\nresolver #1\n  reach    : Not Reachable\n')[0]).toMatchObject({ reachable: false });
  });

  it('a server that is no address is left out', () => {
    expect(parseScutilDns('DNS configuration\nresolver #1\n  nameserver[0] : router\n  port     : 99999\n')[0]).toMatchObject({
      servers: [],
      port: null,
    });
  });

  it('proxies: what is switched off is none, those of single interfaces are not those of all', () => {
    const scoped = `<dictionary> {
  HTTPEnable : 0
  HTTPPort : 3128
  HTTPProxy : off.example.net
  HTTPSEnable : 1
  HTTPSPort : 8443
  HTTPSProxy : 2001:db8::7
  ProxyAutoDiscoveryEnable : 1
  __SCOPED__ : <dictionary> {
    en0 : <dictionary> {
      SOCKSEnable : 1
      SOCKSPort : 1080
      SOCKSProxy : scoped.example.net
    }
  }
}
`;
    expect(parseScutilProxy(scoped)).toEqual({
      http: null,
      https: '[2001:db8::7]:8443',
      socks: null,
      scriptUrl: null,
      discovery: true,
      exceptions: [],
      excludesSimpleNames: false,
    });
    expect(parseScutilProxy(recordedTools('macos-11-ethernet')['scutil --proxy'] ?? '')).toMatchObject({
      http: 'proxy.example.net:3128',
      socks: null,
      exceptions: ['*.local', '169.254/16', 'intranet.example'],
      excludesSimpleNames: true,
    });
    expect(parseScutilProxy('No proxy configuration available\n')).toMatchObject({ http: null });
    expect(parseScutilProxy('scutil: command failed\n')).toBeNull();
  });
});

describe('counters', () => {
  it('a link without an address, one that is down, one with both', () => {
    const counters = parseInterfaceCounters(wifi['netstat -ibdn'] ?? '');
    expect(counters.map(({ interface: name }) => name)).toEqual([
      ...['lo0', 'gif0', 'stf0', 'anpi0', 'en1', 'bridge0', 'ap1', 'en0', 'awdl0', 'llw0', 'utun0', 'utun1'],
    ]);
    expect(counters.find((link) => link.interface === 'utun0')).toMatchObject({ receivedPackets: 0, sentPackets: 4, sentBytes: 232 });
    expect(counters.find((link) => link.interface === 'en0')).toMatchObject({
      receivedBytes: 34_104_291_004,
      sendErrors: 12,
      sendDropped: 7,
    });
  });

  it('without -d there are no drops; half a line is none', () => {
    const header = 'Name  Mtu   Network  Address  Ipkts Ierrs Ibytes Opkts Oerrs Obytes Coll';
    expect(parseInterfaceCounters(`${header}\nen0 1500 <Link#4> 00:00:5e:00:53:01 1 2 3 4 5 6 7\n`)).toMatchObject([
      { receivedPackets: 1, receiveErrors: 2, collisions: 7, sendDropped: null },
    ]);
    expect(parseInterfaceCounters(`${header}\nen0 1500 <Link#4> 00:00:5e:00:53:01 1 2\n`)).toEqual([]);
    expect(parseInterfaceCounters('en0 1500 <Link#4> 00:00:5e:00:53:01 1 2 3 4 5 6 7\n')).toEqual([]);
  });

  it('TCP: singular and plural, and what is not there', () => {
    const tcp = 'tcp:\n\t1 packet sent\n\t\t1 data packet (1 byte)\n\t\t1 data packet (1 byte) retransmitted\n\t2 listen queue overflows\n';
    expect(parseTcpStatistics(tcp)).toMatchObject({
      sentPackets: 1,
      sentDataPackets: 1,
      retransmittedPackets: 1,
      listenQueueOverflows: 2,
      receivedPackets: null,
    });
  });
});

describe('settings and sockets', () => {
  it.each([
    ['Firewall is enabled. (State = 1)\nBlock all DISABLED!\nStealth mode disabled\n', { enabled: true, blocksAll: false, stealth: false }],
    [
      'Firewall is disabled. (State = 0)\nFirewall has block all state set to disabled.\nFirewall stealth mode is on\n',
      { enabled: false, blocksAll: false, stealth: true },
    ],
    ['Firewall is blocking all non-essential incoming connections. (State = 2)\n', { enabled: true, blocksAll: true, stealth: null }],
    ['Firewall is enabled. (State = 1)\nFirewall has block all state set to enabled.\n', { enabled: true, blocksAll: true, stealth: null }],
    ['Error: something else\n', { enabled: null, blocksAll: null, stealth: null }],
  ])('%j', (text, expected) => {
    expect(parseApplicationFirewall(text)).toEqual(expected);
  });

  it('sysctl in both forms, without lines that are none', () => {
    const text = 'kern.ipc.somaxconn: 128\nhw.model = Mac14,2\nsysctl: unknown oid\nkern.boottime: { sec = 1, usec = 2 }\n';
    expect([...parseSysctl(text)]).toEqual([
      ['kern.ipc.somaxconn', '128'],
      ['hw.model', 'Mac14,2'],
      ['kern.boottime', '{ sec = 1, usec = 2 }'],
    ]);
  });

  it('netstat: only what waits for somebody', () => {
    expect(parseNetstatSockets(wifi['netstat -anW -p tcp'] ?? '').map(({ address, port }) => `${address} ${port}`)).toEqual([
      ...[':: 8080', '127.0.0.1 631', '::1 631', '0.0.0.0 22', ':: 22'],
    ]);
    expect(parseNetstatSockets(wifi['netstat -anW -p udp'] ?? '').map(({ address, port }) => `${address} ${port}`)).toEqual([
      ...['0.0.0.0 5353', ':: 5353', 'fe80::4a5:6b7c:1234:9442%en0 123'],
    ]);
  });

  it('lsof: a link-local address as the kernel holds it, a connection, a socket without a port', () => {
    const fields =
      'p7\ncsshd\nf3\ntIPv6\nPTCP\nn[fe80:4::1]:22\nf4\ntIPv4\nPTCP\nn*:22\nf5\ntIPv4\nPUDP\nn*:*\nf6\ntIPv4\nPTCP\nn10.0.0.1:22->10.0.0.2:5\n';
    expect(parseLsofFields(fields)).toEqual([
      { protocol: 'tcp', address: 'fe80::1', port: 22, pid: 7, process: 'sshd' },
      { protocol: 'tcp', address: '0.0.0.0', port: 22, pid: 7, process: 'sshd' },
    ]);
    expect(parseLsofFields('n*:22\np\nf3\ntIPv4\nPTCP\nn*:99999\n')).toEqual([]);
  });
});
