import { describe, expect, it } from 'vitest';
import { measured } from '../../src/model/attempt.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';
import { createMachine } from '../../src/net/machine/machine.js';
import { windowsQuestion } from '../../src/net/machine/windows-question.js';
import { measureHost } from '../../src/probes/host/measure.js';
import { renderTable } from '../../src/render/table.js';
import { fakeNetwork } from '../fakes/network.js';
import { dataOf, OPTIONS, reportOf } from '../fakes/platform-report.js';
import { recordedMachine } from '../fakes/recorded-machine.js';

const MACHINES = [
  'macos-11-ethernet',
  'macos-13-offline',
  'macos-14-wifi',
  'macos-15-vpn',
  'windows-10-deutsch',
  'windows-10-portugues',
  'windows-11-wifi',
  'windows-server-2019',
  'windows-server-2022-blocked',
] as const;

describe('the whole of netdiag host on other systems', () => {
  it.each(MACHINES)('%s: a valid report, with every absent fact named', async (name) => {
    const { report } = await reportOf(name);
    expect(report.measurements.filter(({ attempt }) => attempt.kind === 'failed')).toEqual([]);
    for (const measurement of report.measurements) {
      if (!('absent' in measurement.data)) continue;
      for (const { fact, because } of measurement.data.absent) {
        expect(fact).not.toBe('');
        expect(because).not.toMatch(/undefined|null|NaN|\[object/);
      }
    }
    for (const width of [80, 120]) {
      const screen = renderTable(report, { width, color: 0, unicode: false });
      expect(screen.length).toBeGreaterThan(100);
      expect(screen).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it.each(['macos-14-wifi', 'macos-15-vpn', 'windows-11-wifi', 'windows-server-2019'])(
    '%s: nothing fails on a healthy machine',
    async (name) => {
      const { report } = await reportOf(name);
      expect(report.checks.filter(({ status }) => status === 'fail').map(({ id, observed }) => `${id}: ${observed}`)).toEqual([]);
    },
  );

  it.each(['macos-14-wifi', 'windows-11-wifi'])('%s: nothing of the machine warns beside a target that answers', async (name) => {
    const { report } = await reportOf(name, { options: { scope: 'path', passive: false }, target: '198.51.100.7:443' });
    const ofMachine = report.checks.filter(({ target, status }) => target === null && (status === 'warn' || status === 'fail'));
    expect(ofMachine.map(({ id, observed }) => `${id}: ${observed}`)).toEqual([]);
  });

  it('a Mac without a network: no address beyond the link, and no route', async () => {
    const { report } = await reportOf('macos-13-offline');
    expect(report.diagnosis.map(({ code }) => code)).toEqual(['no-address']);
    expect(report.checks.find(({ id }) => id === 'l3.route')).toMatchObject({
      status: 'skip',
      because: expect.stringContaining('no-address'),
    });
  });

  it('beside targets PowerShell is started once, for what the network is made of', async () => {
    const { local } = await reportOf('windows-11-wifi', { options: { scope: 'path', passive: false }, target: '198.51.100.7:443' });
    const { file, args } = windowsQuestion({ environment: {} }, 'links');
    expect(local.ran.filter((line) => line.includes('powershell.exe'))).toEqual([[file, ...args].join(' ')]);
  });

  it('all of it asks PowerShell both questions at once: the first does not wait for the second', async () => {
    const local = recordedMachine('windows-11-wifi');
    const { args } = windowsQuestion({ environment: {} }, 'rest');
    let restAsked = () => {};
    const asked = new Promise<void>((resolve) => {
      restAsked = resolve;
    });
    const tool: typeof local.tool = async (line) => {
      if (line.args.at(-1) === args.at(-1)) restAsked();
      else await asked;
      return local.tool(line);
    };
    const other = { ...local, tool };
    const network = Object.assign(fakeNetwork(), { local: other, machine: createMachine(null, other) });
    const { data } = await measureHost({ network, signal: new AbortController().signal }, 'all');
    expect(data.interfaces.map(({ name }) => name)).toContain('Wi-Fi');
  });

  it('all of it asks PowerShell two questions, each once', async () => {
    const { local } = await reportOf('windows-10-deutsch');
    expect(local.ran.filter((line) => line.includes('powershell.exe'))).toHaveLength(2);
  });

  it('commands that are not there leave the rest as it is', async () => {
    const changes = { 'netstat -rn': null, 'scutil --proxy': 'nonsense\n', 'ndp -an': '', 'netstat -ibdn': 'garbage\n' };
    const { report } = await reportOf('macos-14-wifi', { changes });
    const host = dataOf(report, 'host');
    expect(host).toMatchObject({ routesKnown: false, routes: null, defaultRoutes: [] });
    expect(host.interfaces.find(({ name }) => name === 'en0')).toMatchObject({ up: true, carrier: true, errors: null, dropped: null });
    expect(host.absent.map(({ fact }) => fact)).toEqual(
      expect.arrayContaining(['routes', 'errors and drops of links', 'neighbours of IPv6']),
    );
    expect(dataOf(report, 'proxy-settings').absent).toEqual([
      { fact: 'proxies of macOS', because: 'scutil --proxy printed nothing that could be read' },
    ]);
    expect(report.checks.filter(({ code }) => code === 'no-default-route')).toEqual([]);
  });

  it('a broken answer of PowerShell is absent with its reason, and Node still tells the links', async () => {
    const { report } = await reportOf('windows-11-wifi', {
      changes: { 'powershell links': '{"adapters":{"v":[{"Name":"Wi', 'powershell rest': null },
    });
    const host = dataOf(report, 'host');
    expect(host.interfaces.length).toBeGreaterThan(0);
    expect(new Set(host.interfaces.map(({ source }) => source))).toEqual(new Set(['os.networkInterfaces()']));
    expect(host.absent).toContainEqual({ fact: 'kinds of links', because: 'PowerShell printed nothing that could be read' });
    expect(dataOf(report, 'surroundings').absent).toContainEqual({
      fact: 'kind of the machine',
      because: 'PowerShell is not installed',
    });
  });
});

describe('what the probes know on macOS', () => {
  it('proxies, and none that is switched off', async () => {
    const ethernet = dataOf((await reportOf('macos-11-ethernet')).report, 'proxy-settings');
    expect(ethernet.elsewhere).toEqual([
      { by: 'macOS', proxy: 'http://proxy.example.net:3128', authenticated: false, problem: null, source: 'scutil --proxy' },
    ]);
    const vpn = dataOf((await reportOf('macos-15-vpn')).report, 'proxy-settings');
    expect(vpn.elsewhere.map(({ proxy }) => proxy)).toEqual(['socks5h://127.0.0.1:1080']);
    expect(vpn.automatic).toEqual([{ by: 'macOS', host: 'wpad.corp.example', source: 'scutil --proxy' }]);
  });

  it('the application firewall in the words of two generations', async () => {
    const manager = async (name: string) =>
      dataOf((await reportOf(name)).report, 'firewall').managers.map(({ state, detail }) => [state, detail]);
    expect(await manager('macos-14-wifi')).toEqual([['off', null]]);
    expect(await manager('macos-11-ethernet')).toEqual([['in-force', 'decides program by program, stealth mode']]);
    expect(await manager('macos-15-vpn')).toEqual([['in-force', 'refuses everything but what the system needs, stealth mode']]);
  });

  it('the kind of the machine', async () => {
    const machine = async (name: string) => dataOf((await reportOf(name)).report, 'surroundings').machine;
    expect(await machine('macos-14-wifi')).toMatchObject({ kind: 'metal', hypervisor: null });
    expect(await machine('macos-11-ethernet')).toMatchObject({ kind: 'virtual', hypervisor: 'vmware', because: 'the model is VMware7,1' });
  });

  it('the chain of resolvers, those of single domains counted', async () => {
    const { chain } = dataOf((await reportOf('macos-15-vpn')).report, 'name-service');
    expect(chain.map(({ server, askedBy, kind, routedDomains }) => [server, askedBy, kind, routedDomains])).toEqual([
      ['mDNSResponder', null, 'forwards', 3],
      ['10.8.0.1', 'mDNSResponder', 'elsewhere', null],
    ]);
  });

  it('counters by the names that are meant the same, without growth where nothing grew', async () => {
    const { protocols, links } = dataOf((await reportOf('macos-14-wifi')).report, 'counters');
    expect(protocols).toContainEqual({ name: 'TcpRetransSegs', source: 'netstat -s -p tcp', total: 41_877, delta: 0, perSecond: 0 });
    expect(protocols).toContainEqual({ name: 'TcpOutSegs', source: 'netstat -s -p tcp', total: 13_368_344, delta: 0, perSecond: 0 });
    expect((await reportOf('macos-14-wifi')).report.checks.find(({ id }) => id === 'l4.retransmissions')).toMatchObject({ status: 'pass' });
    const en0 = links.find((link) => link.interface === 'en0');
    expect(en0).toMatchObject({
      wireless: true,
      sent: { errors: { total: 12, delta: 0 }, dropped: { total: 7 } },
      received: { dropped: null },
    });
  });

  it('radios as far as links tell', async () => {
    const wireless = dataOf((await reportOf('macos-14-wifi')).report, 'wireless');
    expect(wireless.radios).toEqual([expect.objectContaining({ interface: 'en0', connected: true, sendMbit: 648, signalDbm: null })]);
    expect(wireless.absent).toEqual([
      { fact: 'signal, noise and channel', because: 'macOS tells it to root alone (wdutil), or after seconds (system_profiler)' },
    ]);
    expect(dataOf((await reportOf('macos-13-offline')).report, 'wireless').radios).toMatchObject([{ interface: 'en0', connected: false }]);
    expect(dataOf((await reportOf('windows-11-wifi')).report, 'wireless').radios).toMatchObject([{ interface: 'Wi-Fi', connected: true }]);
    const blocked = (await reportOf('windows-server-2022-blocked')).report.measurements.find(({ probe }) => probe === 'wireless');
    expect(blocked?.attempt.kind).toBe('unavailable');
  });

  it('settings under their own names, and the range of local ports', async () => {
    const kernel = dataOf((await reportOf('macos-14-wifi')).report, 'kernel');
    expect(kernel.localPorts).toMatchObject({ first: 49_152, last: 65_535, usable: 16_384, tcpUsed: null });
    expect(kernel.settings.find(({ name }) => name === 'kern.ipc.somaxconn')).toMatchObject({
      value: '128',
      recommended: null,
      grade: null,
    });
    expect(kernel.system).toMatchObject({ release: '23.5.0', source: 'sysctl' });
  });
});

describe('counters that grow', () => {
  it('from the first reading to the second', async () => {
    const local = recordedMachine('macos-14-wifi');
    const asked = new Map<string, number>();
    const tool: typeof local.tool = async (line) => {
      const answer = await local.tool(line);
      const key = line.args.join(' ');
      const times = asked.get(key) ?? 0;
      asked.set(key, times + 1);
      if (answer.kind !== 'measured' || times === 0) return answer;
      const later = answer.value.stdout
        .replace('11862203    12 2210433311     0   7', '11863203    15 2211433311     0   7')
        .replace('4411233 data packets', '4412233 data packets')
        .replace('41877 data packets', '41977 data packets');
      return measured({ ...answer.value, stdout: later });
    };
    const { measureDarwinCounters } = await import('../../src/probes/counters/measure-darwin.js');
    const network = Object.assign(fakeNetwork(), { local: { ...local, tool } });
    const host = dataOf((await reportOf('macos-14-wifi')).report, 'host');
    const circumstances = {
      options: OPTIONS,
      origin: {},
      host,
      policy: DEFAULT_POLICY,
      targets: async () => [],
      othersDone: Promise.resolve(),
    };
    const { data } = await measureDarwinCounters(circumstances, { network, signal: new AbortController().signal });
    const en0 = data.links.find((link) => link.interface === 'en0');
    expect(en0?.sent).toMatchObject({ packets: { delta: 1000 }, errors: { total: 15, delta: 3 }, dropped: { delta: 0 } });
    expect(data.protocols.find(({ name }) => name === 'TcpRetransSegs')).toMatchObject({ total: 41_977, delta: 100 });
  });
});

describe('what the probes know on Windows', () => {
  it('proxies of the user and of services', async () => {
    const { elsewhere, automatic } = dataOf((await reportOf('windows-10-deutsch')).report, 'proxy-settings');
    expect(elsewhere.map(({ by, proxy }) => `${by}: ${proxy}`)).toEqual([
      'Windows (user): http://proxy.ad.example:3128',
      'Windows (user): socks5h://socks.ad.example:1080',
      'Windows (services): http://proxy.ad.example:3128',
    ]);
    expect(automatic).toEqual([{ by: 'Windows (user)', host: 'wpad.ad.example', source: 'registry' }]);
    expect(dataOf((await reportOf('windows-11-wifi')).report, 'proxy-settings').elsewhere).toEqual([]);
  });

  it('firewall profiles, a policy before the machine', async () => {
    const managers = async (name: string) =>
      dataOf((await reportOf(name)).report, 'firewall').managers.map(({ name: what, state, detail }) => `${what}: ${state}, ${detail}`);
    expect(await managers('windows-11-wifi')).toEqual([
      'Windows firewall, domain profile: in-force, not in use here, stops what no rule allows',
      'Windows firewall, private profile: in-force, in use here, stops what no rule allows',
      'Windows firewall, public profile: in-force, in use here, stops what no rule allows',
    ]);
    expect(await managers('windows-10-deutsch')).toContain('Windows firewall, domain profile: off, in use here, set by a policy');
    expect(await managers('windows-server-2019')).toEqual(
      expect.arrayContaining(['Windows firewall, public profile: off, in use here', 'Windows firewall service: off, null']),
    );
  });

  it('the kind of the machine: a hypervisor below Windows is no virtual machine', async () => {
    const machine = async (name: string) => dataOf((await reportOf(name)).report, 'surroundings').machine;
    expect(await machine('windows-11-wifi')).toMatchObject({ kind: null, hypervisor: null });
    expect(await machine('windows-10-deutsch')).toMatchObject({ kind: 'metal' });
    expect(await machine('windows-server-2019')).toMatchObject({ kind: 'virtual', hypervisor: 'hyper-v' });
  });

  it('time servers, only where they are followed', async () => {
    const hosts = async (name: string) => dataOf((await reportOf(name)).report, 'clock').configured.map(({ host }) => host);
    expect(await hosts('windows-11-wifi')).toEqual(['time.windows.com']);
    expect(await hosts('windows-10-deutsch')).toEqual([]);
    expect(await hosts('windows-server-2019')).toEqual([]);
  });

  it('resolvers of the interface with the lowest metric first, without placeholders', async () => {
    const host = dataOf((await reportOf('windows-11-wifi')).report, 'host');
    expect(host.resolvers).toEqual(['10.20.0.53', '192.0.2.1', '2001:db8:5::1']);
    expect(host.searchDomains).toEqual(['home.example']);
    expect(dataOf((await reportOf('windows-10-deutsch')).report, 'host').searchDomains).toEqual(['ad.example', 'example']);
  });

  it('settings, with what has no known number absent', async () => {
    const kernel = dataOf((await reportOf('windows-11-wifi')).report, 'kernel');
    expect(kernel.settings.map(({ name, value }) => `${name} ${value}`)).toEqual(['AutoTuningLevel normal']);
    expect(kernel.absent.map(({ fact }) => fact)).toContain('CongestionProvider');
    expect(kernel.localPorts).toMatchObject({ first: 49_152, last: 65_535 });
    expect(dataOf((await reportOf('windows-10-deutsch')).report, 'kernel').settings.map(({ value }) => value)).toEqual([
      'disabled',
      'ctcp',
    ]);
  });
});
