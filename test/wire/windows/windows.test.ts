import { describe, expect, it } from 'vitest';
import { readWindowsLinks, readWindowsRoutes } from '../../../src/wire/windows/links.js';
import { readMachineProxies, readProxyServers, readUserProxies, readWindowsResolvers } from '../../../src/wire/windows/names.js';
import { parseWindowsReport, type WindowsReport, windowsRows } from '../../../src/wire/windows/report.js';
import { readWindowsFirewall, readWindowsTcpSettings, readWindowsTime } from '../../../src/wire/windows/settings.js';
import { parseWindowsNetstat, readWindowsSockets } from '../../../src/wire/windows/sockets.js';
import { parseRoutePrint, parseWindowsNeighborText } from '../../../src/wire/windows/text.js';

function reportOf(sections: Record<string, unknown>): WindowsReport {
  const wrapped = Object.fromEntries(Object.entries(sections).map(([key, v]) => [key, { v }]));
  const report = parseWindowsReport(JSON.stringify(wrapped));
  if (report === null) throw new Error('no report');
  return report;
}

describe('what PowerShell prints', () => {
  it.each([
    ['a list', [{ a: 1 }, { a: 2 }], 2],
    ['a list of one as that one', { a: 1 }, 1],
    ['nothing', null, 0],
    ['a list that is wrapped', { value: [{ a: 1 }, { a: 2 }], Count: 2 }, 2],
    ['rows that are none', [{ a: 1 }, 'text', null, [1], 7], 1],
  ])('%s', (_, rows, count) => {
    expect(windowsRows(reportOf({ key: rows }), 'key')).toHaveLength(count);
  });

  it.each(['', 'Access denied', '{"adapters":{"v":[', '[1,2]', 'null', 'WARNING: {}', '"text"'])('%j is no report', (text) => {
    expect(parseWindowsReport(text)).toBeNull();
  });

  it('a question that was refused, one that was not asked, one that is nonsense', () => {
    const report = parseWindowsReport('{"a":{"e":"HRESULT 0x80070005,GetCimInstance"},"b":{},"c":3}');
    expect(report?.get('a')).toEqual({ kind: 'refused', because: 'HRESULT 0x80070005,GetCimInstance' });
    expect(report?.has('b')).toBe(false);
    expect(report?.has('c')).toBe(false);
  });
});

describe('links and routes', () => {
  const adapter = { Name: 'Ethernet', InterfaceIndex: 4, InterfaceAdminStatus: 1, InterfaceOperationalStatus: 1, MediaConnectState: 1 };

  it.each([
    [{ ReceiveLinkSpeed: 1_000_000_000 }, 1000],
    [{ ReceiveLinkSpeed: 0 }, null],
    [{ ReceiveLinkSpeed: 2 ** 64 }, null],
    [{ ReceiveLinkSpeed: '1 Gbps' }, null],
    [{ ReceiveLinkSpeed: 1_000_000_000, MediaConnectState: 2 }, null],
  ])('the speed of %j', (parts, speedMbit) => {
    expect(readWindowsLinks(reportOf({ adapters: { ...adapter, ...parts } }))?.[0]?.speedMbit).toBe(speedMbit);
  });

  it('numbers of states that are not known are no states', () => {
    const [link] =
      readWindowsLinks(
        reportOf({ adapters: { ...adapter, InterfaceAdminStatus: 9, InterfaceOperationalStatus: 99, MediaConnectState: 0 } }),
      ) ?? [];
    expect(link).toMatchObject({ administrativelyUp: null, operationalState: null, connected: null });
  });

  it('addresses that make no sense, and those of no link', () => {
    const addresses = [
      { IPAddress: '192.0.2.1', PrefixLength: 24, InterfaceIndex: 4, AddressState: 4, ValidSeconds: 60 },
      { IPAddress: '192.0.2.1', PrefixLength: 33, InterfaceIndex: 4 },
      { IPAddress: 'nowhere', PrefixLength: 24, InterfaceIndex: 4 },
      { IPAddress: '192.0.2.2', PrefixLength: 24, InterfaceIndex: 99 },
      { IPAddress: '192.0.2.3', PrefixLength: 24, InterfaceIndex: 4, Store: 0 },
    ];
    const [link] = readWindowsLinks(reportOf({ adapters: adapter, addresses })) ?? [];
    expect(link?.addresses).toEqual([
      expect.objectContaining({ address: '192.0.2.1', state: 'preferred', validSeconds: 60, prefixOrigin: null }),
    ]);
  });

  it('links are known by their addresses alone where adapters are refused', () => {
    const interfaces = {
      InterfaceIndex: 4,
      InterfaceAlias: 'Ethernet',
      AddressFamily: 2,
      NlMtu: 1500,
      InterfaceMetric: 25,
      ConnectionState: 1,
    };
    expect(readWindowsLinks(reportOf({ interfaces }))).toMatchObject([{ name: 'Ethernet', mtuBytes: 1500, metric: { 4: 25, 6: null } }]);
    expect(readWindowsLinks(reportOf({}))).toBeNull();
  });

  it('routes that make no sense are left out', () => {
    const routes = [
      { DestinationPrefix: '10.0.0.0/8', NextHop: '192.0.2.1', RouteMetric: 0, InterfaceIndex: 4 },
      { DestinationPrefix: '10.0.0.0/64', NextHop: '192.0.2.1', InterfaceIndex: 4 },
      { DestinationPrefix: '10.0.0.0', NextHop: '192.0.2.1', InterfaceIndex: 4 },
      { DestinationPrefix: '224.0.0.0/4', NextHop: '0.0.0.0', InterfaceIndex: 4 },
      { DestinationPrefix: 'ff00::/8', NextHop: '::', InterfaceIndex: 4 },
      { DestinationPrefix: '0.0.0.0/0', NextHop: null },
    ];
    expect(readWindowsRoutes(reportOf({ routes }))).toMatchObject([{ destination: '10.0.0.0', prefixLength: 8, gateway: '192.0.2.1' }]);
  });
});

describe('names and proxies', () => {
  it.each([
    ['proxy:8080', { all: 'proxy:8080' }],
    ['http=a:1;https=b:2;ftp=c:3;socks=d:4', { http: 'a:1', https: 'b:2', socks: 'd:4' }],
    ['http=http://a:1/ https=b', { http: 'a:1', https: 'b' }],
    ['http://user:secret@proxy:8080', { all: 'proxy:8080' }],
    [';;=', {}],
  ])('%s', (text, servers) => {
    expect(readProxyServers(text)).toEqual(servers);
  });

  it('a proxy that is switched off is none, its script still is one', () => {
    const userProxy = { ProxyEnable: 0, ProxyServer: 'a:1', ProxyOverride: '<local>', AutoConfigURL: 'http://wpad.example/w.dat' };
    expect(readUserProxies(reportOf({ userProxy }))).toEqual({
      servers: {},
      exceptions: [],
      scriptUrl: 'http://wpad.example/w.dat',
      discovery: null,
    });
    expect(readUserProxies(reportOf({}))).toBeNull();
  });

  it.each([
    ['on', [70, 0, 0, 0, 5, 0, 0, 0, 9, 0, 0, 0], true],
    ['off', [70, 0, 0, 0, 5, 0, 0, 0, 3, 0, 0, 0], false],
    ['too short', [70, 0, 0, 0], null],
    ['not written', null, null],
  ])('a script is looked for on the network: %s', (_, DefaultConnectionSettings, discovery) => {
    const report = reportOf({ userProxy: { ProxyEnable: 0 }, userDetection: { DefaultConnectionSettings } });
    expect(readUserProxies(report)?.discovery).toBe(discovery);
  });

  it.each([
    ['direct', [24, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], {}],
    ['a proxy', [24, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, 97, 58, 49, 0, 0, 0, 0], { all: 'a:1' }],
    [
      'a proxy in a list that is wrapped',
      { value: [24, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, 97, 58, 49], Count: 19 },
      { all: 'a:1' },
    ],
    ['none written', undefined, {}],
  ])('WinHTTP: %s', (_, WinHttpSettings, servers) => {
    expect(readMachineProxies(reportOf({ machineProxy: { WinHttpSettings } }))?.servers).toEqual(servers);
  });

  it.each([
    ['too short', [24, 0, 0, 0]],
    ['words', 'direct'],
    ['numbers that are no bytes', [24, 0, 0, 0, 0, 0, 0, 0, 1000, 0, 0, 0]],
    ['a length beyond its end', [24, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 255, 255, 255, 255, 97]],
  ])('WinHTTP: %s is nonsense', (_, WinHttpSettings) => {
    expect(readMachineProxies(reportOf({ machineProxy: { WinHttpSettings } }))).toBeNull();
  });

  it('placeholders are no resolvers', () => {
    const dnsServers = { InterfaceIndex: 4, AddressFamily: 23, ServerAddresses: ['fec0:0:0:ffff::1', 'fec0:0:0:ffff::2'] };
    expect(readWindowsResolvers(reportOf({ dnsServers }))?.servers).toEqual([]);
  });
});

describe('settings and sockets', () => {
  it('a firewall policy decides what it names, the machine the rest', () => {
    const firewall = [
      { Profile: 'public', Policy: 0, EnableFirewall: 0, DefaultInboundAction: 0 },
      { Profile: 'public', Policy: 1, EnableFirewall: 1, DefaultInboundAction: null },
      { Profile: 'private', Policy: 0, EnableFirewall: 1 },
    ];
    expect(readWindowsFirewall(reportOf({ firewall }))).toEqual([
      { profile: 'domain', enabled: null, blocksIncoming: null, byPolicy: false, active: null },
      { profile: 'private', enabled: true, blocksIncoming: true, byPolicy: false, active: null },
      { profile: 'public', enabled: true, blocksIncoming: false, byPolicy: true, active: null },
    ]);
  });

  it('the level of a group policy goes before the local one', () => {
    const tcpSettings = {
      SettingName: 'Internet',
      CongestionProvider: 7,
      AutoTuningLevelLocal: 3,
      AutoTuningLevelGroupPolicy: 2,
      AutoTuningLevelEffective: 1,
    };
    expect(readWindowsTcpSettings(reportOf({ tcpSettings }))).toMatchObject([{ autoTuning: 'restricted', congestionControl: null }]);
  });

  it('a policy for the time service decides what it names, the machine the rest', () => {
    const machine = { Type: 'NTP', NtpServer: 'time.windows.com,0x9', Policy: 0 };
    expect(readWindowsTime(reportOf({ time: machine }))).toEqual({ type: 'NTP', servers: ['time.windows.com'] });
    const time = [machine, { Type: null, NtpServer: 'ntp1.example,0x8 ntp2.example,0x8', Policy: 1 }];
    expect(readWindowsTime(reportOf({ time }))).toEqual({ type: 'NTP', servers: ['ntp1.example', 'ntp2.example'] });
    expect(readWindowsTime(reportOf({ time: null }))).toBeNull();
  });

  it('sockets: with one of the two lists missing there is none', () => {
    expect(readWindowsSockets(reportOf({ tcpListeners: null }))).toBeNull();
    expect(readWindowsSockets(reportOf({ tcpListeners: { LocalAddress: '::', LocalPort: 0 }, udpEndpoints: null }))).toEqual([]);
  });

  it('netstat in any language', () => {
    const text =
      '  TCP    0.0.0.0:135   0.0.0.0:0   侦听   900\r\n  TCP    1.2.3.4:5  6.7.8.9:443  ESTABLISHED  1\n  UDP  [::1]:53  *:*  12\n';
    expect(parseWindowsNetstat(text).map(({ address, port, pid }) => [address, port, pid])).toEqual([
      ['0.0.0.0', 135, 900],
      ['::1', 53, 12],
    ]);
  });

  it('route print: a gateway on the next line, words for "on the link" of two parts, kept routes', () => {
    const text = [
      '          0.0.0.0          0.0.0.0      192.0.2.1     192.0.2.10     25',
      '        192.0.2.0    255.255.255.0     Auf Verbindung       192.0.2.10    281',
      '          0.0.0.0          0.0.0.0      192.0.2.254  Default',
      ' 12    281 2001:db8:1:2:3:4:5:6/128',
      '                                    Auf Verbindung',
      ' 12     25 2001:db8:ffff:ffff::/64',
      '                                    fe80::1',
    ].join('\r\n');
    expect(
      parseRoutePrint(text).map(({ destination, prefixLength, gateway, via, metric }) => [destination, prefixLength, gateway, via, metric]),
    ).toEqual([
      ['0.0.0.0', 0, '192.0.2.1', '192.0.2.10', 25],
      ['192.0.2.0', 24, null, '192.0.2.10', 281],
      ['2001:db8:1:2:3:4:5:6', 128, null, '12', 281],
      ['2001:db8:ffff:ffff::', 64, 'fe80::1', '12', 25],
    ]);
  });

  it('neighbours: zeros and words in place of a link address', () => {
    const text =
      '  192.0.2.1  00-00-5E-00-53-01  dynamisch\n  192.0.2.2  00-00-00-00-00-00  ungültig\nfe80::9%12  Nicht erreichbar  Nicht erreichbar\n192.0.2.3\n';
    expect(parseWindowsNeighborText(text)).toEqual([
      { address: '192.0.2.1', linkAddress: '00-00-5e-00-53-01' },
      { address: '192.0.2.2', linkAddress: null },
      { address: 'fe80::9', linkAddress: null },
    ]);
  });
});
