import { describe, expect, it } from 'vitest';
import { measured } from '../../../src/model/attempt.js';
import { kernelData } from '../../../src/model/data/kernel.js';
import { DEFAULT_POLICY, TRADING_POLICY } from '../../../src/model/policy.js';
import { judgeKernel } from '../../../src/probes/kernel/judge.js';
import { buildNetlinkAttribute, buildNetlinkRequest } from '../../../src/wire/linux/netlink.js';
import { hostAddress, hostData, hostInterface } from '../../fakes/host.js';
import { recordedKernel } from '../../fakes/recorded-kernel.js';
import { judgeContext, kernelOf, knownTarget, measurementOf, viaEth0 } from './fixtures.js';

const MACHINES = ['kernel-debian-12', 'kernel-ubuntu-22.04', 'kernel-rhel-9', 'kernel-alpine-container', 'kernel-wsl2', 'kernel-4.18'];

const settingOf = async (name: string, setting: string, policy = TRADING_POLICY) =>
  (await kernelOf(recordedKernel(name), { policy })).data.settings.find((entry) => entry.name === setting);

describe.each(MACHINES)('%s', (name) => {
  it('is healthy: nothing fails or warns, and nothing at all is said beside targets', async () => {
    const { attempt, data } = await kernelOf(recordedKernel(name));
    expect(attempt.kind).toBe('measured');
    expect(kernelData.parse(data)).toEqual(data);
    const lines = judgeKernel(measurementOf(data), judgeContext());
    expect(lines.filter(({ status }) => status !== 'pass' && status !== 'skip')).toEqual([]);
    expect(lines.filter(({ status }) => status === 'pass').length).toBeGreaterThan(7);
    const onPath = await kernelOf(recordedKernel(name), { scope: 'path' });
    expect(onPath.data.settings).toEqual([]);
    expect(judgeKernel(measurementOf(onPath.data), judgeContext({ scope: 'path' }))).toEqual([]);
  });

  it('gives each fact a source or a reason, and none twice', async () => {
    const { data } = await kernelOf(recordedKernel(name), { policy: TRADING_POLICY });
    expect(data.settings.every(({ source }) => source.startsWith('/proc/sys/'))).toBe(true);
    const facts = data.absent.map(({ fact }) => fact);
    expect(new Set(facts).size).toBe(facts.length);
    expect(facts.filter((fact) => data.settings.some((setting) => setting.name === fact))).toEqual([]);
    expect(data.absent.every(({ because }) => because.length > 10)).toBe(true);
    expect(data.absent.filter(({ because }) => because.includes('nonsense'))).toEqual([]);
  });
});

const sound = () => recordedKernel('kernel-debian-12');

describe('what is read', () => {
  it('of Debian 12: version, tick, modules, CPUs, tables', async () => {
    const { data } = await kernelOf(recordedKernel('kernel-debian-12'), { policy: TRADING_POLICY });
    expect(data.system).toEqual({
      release: '6.1.0-25-amd64',
      realtime: false,
      preemption: 'PREEMPT_DYNAMIC',
      tickHz: 250,
      ownNamespace: false,
      readOnly: false,
      source: '/proc/version',
    });
    expect(data.congestion).toMatchObject({ available: ['reno', 'cubic'], allowed: ['reno', 'cubic'], bbr: 'module' });
    expect(data.processor).toMatchObject({
      governors: [{ name: 'powersave', cpus: 2 }],
      idleStates: [
        { name: 'POLL', exitLatencyUs: 0, disabled: false },
        { name: 'C1E', exitLatencyUs: 10, disabled: false },
        { name: 'C6', exitLatencyUs: 133, disabled: true },
      ],
    });
    expect(data.tcpMemory).toEqual({ used: 1, pressure: 124_030, limit: 186_042, source: '/proc/net/sockstat' });
    expect(data.descriptors).toEqual({ used: 1952, limit: null, source: '/proc/sys/fs/file-nr' });
    expect(data.processDescriptors).toEqual({ used: 3, limit: 1024, source: '/proc/self/limits' });
    expect(data.neighbors).toMatchObject([
      { family: 4, used: 3, limit: 1024, overflows: 0 },
      { family: 6, used: 3, limit: 1024 },
    ]);
    expect(data.ipv6Routes).toMatchObject({ used: 5, limit: 4096 });
    expect(data.conntrack).toBeNull();
    expect(data.absent).toContainEqual({
      fact: 'connection table of the firewall',
      because: 'nf_conntrack is not loaded: no connections are tracked',
    });
  });

  it('of a kernel that does not count overflows of its neighbour table: not 0, but not known', async () => {
    const files = {
      '/proc/net/stat/arp_cache': 'entries  allocs destroys\n00000003  00000009 00000006\n',
      '/proc/sys/net/ipv4/neigh/default/gc_thresh3': '1024\n',
    };
    const { data } = await kernelOf({ files });
    expect(data.neighbors).toMatchObject([{ family: 4, used: 3, limit: 1024, overflows: null }]);
  });

  it('of Ubuntu: the connection table with the counters of all CPUs', async () => {
    const { data } = await kernelOf(recordedKernel('kernel-ubuntu-22.04'));
    expect(data.conntrack).toEqual({
      used: 212,
      limit: 65_536,
      buckets: 65_536,
      dropped: 1,
      earlyDropped: 0,
      insertFailed: 1,
      source: '/proc/sys/net/netfilter/nf_conntrack_count',
    });
  });

  it('of local ports: those of the range, by destination', async () => {
    const { data } = await kernelOf(recordedKernel('kernel-debian-12'), { targets: [knownTarget('broker:443', '198.51.100.25', 443)] });
    const towards = { from: '192.0.2.7', address: '198.51.100.25', port: 443, used: 2, timeWait: 1 };
    expect(data.localPorts).toEqual({
      first: 32_768,
      last: 60_999,
      usable: 28_232,
      tcpUsed: 2,
      timeWait: 1,
      timeWaitReuse: 'loopback',
      busiest: towards,
      targets: [{ ...towards, target: 'broker:443' }],
      udpUsed: 0,
      source: '/proc/sys/net/ipv4/ip_local_port_range',
    });
  });

  it('of a container: what belongs to the host is absent with that reason, and what is there is the host’s to set', async () => {
    const { data } = await kernelOf(recordedKernel('kernel-alpine-container'), { policy: TRADING_POLICY });
    expect(data.system).toMatchObject({ ownNamespace: true, readOnly: true });
    expect(data.absent.find(({ fact }) => fact === 'net.core.rmem_max')?.because).toContain('belongs to the whole machine');
    expect(data.settings.every(({ settable }) => settable === 'host')).toBe(true);
    expect(data.tcpMemory).toMatchObject({ limit: null, pressure: null });
    expect(data.neighbors).toEqual([]);
    expect(data.congestion?.bbr).toBeNull();
    expect(data.absent.find(({ fact }) => fact === 'module tcp_bbr')?.because).toContain('in a container they are the host');
    expect(data.ipv6Routes?.limit).toBeNull();
  });

  it('of WSL2 and an old kernel: preemption and BBR that are not there', async () => {
    expect((await kernelOf(recordedKernel('kernel-wsl2'))).data.system).toMatchObject({ preemption: null, realtime: false });
    const old = await kernelOf(recordedKernel('kernel-4.18'), { policy: TRADING_POLICY });
    expect(old.data.congestion?.bbr).toBe('none');
    expect(old.data.fairQueue).toBe('none');
    expect((await kernelOf(recordedKernel('kernel-rhel-9'), { policy: TRADING_POLICY })).data.fairQueue).toBe('present');
    expect((await settingOf('kernel-4.18', 'net.core.default_qdisc'))?.line).toBeNull();
    expect(old.data.localPorts?.timeWaitReuse).toBe('never');
    expect((await settingOf('kernel-4.18', 'net.ipv4.tcp_congestion_control'))?.line).toBeNull();
  });

  it('gives each setting its value, what is wanted, why, and the line that sets it', async () => {
    expect(await settingOf('kernel-debian-12', 'net.ipv4.tcp_rmem')).toMatchObject({
      topic: 'buffers',
      value: '4096 131072 6291456',
      source: '/proc/sys/net/ipv4/tcp_rmem',
      machineWide: false,
      settable: 'here',
      recommended: '4096 87380 67108864',
      // What is larger already stays.
      line: 'sudo sysctl -w net.ipv4.tcp_rmem="4096 131072 67108864"',
      file: '/etc/sysctl.d/60-network.conf',
      grade: 'warn',
    });
    expect((await settingOf('kernel-debian-12', 'net.ipv4.tcp_congestion_control'))?.line).toBe(
      'sudo modprobe tcp_bbr && sudo sysctl -w net.ipv4.tcp_congestion_control=bbr',
    );
    expect(await settingOf('kernel-debian-12', 'net.ipv4.tcp_rmem', DEFAULT_POLICY)).toMatchObject({
      grade: 'pass',
      line: null,
      file: null,
    });
    expect(await settingOf('kernel-debian-12', 'net.core.busy_poll')).toMatchObject({ recommended: null, line: null, grade: null });
  });

  it('says nothing of what to set where a value is none that the profile can be held against', async () => {
    const { data } = await kernelOf({ ...sound(), files: { ...sound().files, '/proc/sys/net/core/rmem_max': '-1\n' } });
    expect(data.settings.find(({ name }) => name === 'net.core.rmem_max')).toMatchObject({ grade: null, line: null, file: null });
  });

  it('of the tuning profile beside targets: only the settings that it names', async () => {
    const { data } = await kernelOf(recordedKernel('kernel-rhel-9'), { scope: 'path', policy: TRADING_POLICY });
    expect(data.settings.map(({ name }) => name).sort()).toEqual(Object.keys(TRADING_POLICY.kernel.settings).sort());
  });
});

describe('a machine full of nonsense', () => {
  const sound = recordedKernel('kernel-ubuntu-22.04');
  const JUNK = ['\0\u2603 <script>\n', '-1 -2\n', '', '9'.repeat(3000), '\x1b[31m\n'];

  it('has no facts, a reason for each, and no false alarm', async () => {
    for (const junk of JUNK) {
      const paths = ['/proc/version', '/proc/self/mountinfo', '/proc/self/limits', '/proc/net/sockstat', '/proc/net/tcp', '/proc/net/udp'];
      const stat = ['/proc/net/rt6_stats', '/proc/net/stat/nf_conntrack', '/proc/net/stat/arp_cache', '/proc/net/stat/ndisc_cache'];
      const files = Object.fromEntries([...Object.keys(sound.files), ...paths, ...stat].map((path) => [path, junk]));
      const { data } = await kernelOf({ files }, { policy: TRADING_POLICY });
      expect(kernelData.parse(data)).toEqual(data);
      expect(data.system.release).toBeNull();
      expect(data.absent.length).toBeGreaterThan(15);
      const lines = judgeKernel(measurementOf(data), judgeContext());
      expect(lines.filter(({ status }) => status === 'fail')).toEqual([]);
    }
  });

  it('leaves out one file that is nonsense, and the rest stands', async () => {
    for (const path of Object.keys(sound.files)) {
      const { data } = await kernelOf({ ...sound, files: { ...sound.files, [path]: '\0\x07' } });
      const reasons = data.absent.filter(({ because }) => because.includes(path));
      // Empty is a list of reserved ports as any other.
      expect(reasons.length, path).toBeGreaterThanOrEqual(1);
      expect(data.settings.length).toBeGreaterThan(30);
    }
  });

  it('says that only root may read what only root may read', async () => {
    const { data } = await kernelOf({ ...sound, files: { ...sound.files, '/proc/sys/net/netfilter/nf_conntrack_count': null } });
    expect(data.conntrack).toBeNull();
    expect(data.absent.find(({ fact }) => fact === 'connection table of the firewall')?.because).toContain('not shown to this user');
  });

  it('counts no table in part', async () => {
    const line = '   1: 070200C0:9C42 196433C6:01BB 01 00000000:00000000 00:00000000 00000000  1000        0 20771 1 0000000000000000 22\n';
    const table = `  sl  local_address rem_address   st\n${line.repeat(150_000)}`;
    const { data } = await kernelOf({ ...sound, files: { ...sound.files, '/proc/net/tcp': table } });
    expect(data.localPorts).toMatchObject({ tcpUsed: null, busiest: null, udpUsed: 0 });
    expect(data.absent.find(({ fact }) => fact === 'local ports that TCP uses')?.because).toContain('more lines than are read');
  });
});

describe('settings that the links of this machine ask for', () => {
  const sound = recordedKernel('kernel-debian-12');
  const two = [viaEth0, { ...viaEth0, interface: 'wlan0', metric: 600 }];
  const withFiles = (files: Record<string, string>) => ({ ...sound, files: { ...sound.files, ...files } });
  const host = (fields: Parameters<typeof hostData>[0]) => hostData({ interfaces: [hostInterface()], defaultRoutes: [viaEth0], ...fields });
  const strict = { '/proc/sys/net/ipv4/conf/eth0/rp_filter': '1\n' };

  it('a strict source filter matters with two ways out, and not with one', async () => {
    const find = async (defaultRoutes: typeof two, files: Record<string, string>) => {
      const { data } = await kernelOf(withFiles(files), { host: host({ defaultRoutes }) });
      return data.settings.find(({ name }) => name === 'net.ipv4.conf.eth0.rp_filter')?.grade;
    };
    expect(await find([viaEth0], strict)).toBeNull();
    const tunnel = [viaEth0, { ...viaEth0, interface: 'tun0', metric: 50 }];
    const interfaces = [hostInterface(), hostInterface({ name: 'tun0', kind: 'tun' })];
    const { data: withTunnel } = await kernelOf(withFiles(strict), { host: host({ interfaces, defaultRoutes: tunnel }) });
    expect(withTunnel.settings.find(({ name }) => name === 'net.ipv4.conf.eth0.rp_filter')?.grade).toBeNull();
    expect(await find(two, strict)).toBe('warn');
    expect(await find(two, { ...strict, '/proc/sys/net/ipv4/conf/all/rp_filter': '2\n' })).toBeNull();
    expect(await find(two, { ...strict, '/proc/sys/net/ipv4/conf/eth0/rp_filter': '0\n' })).toBe('pass');
    expect(await find(two, { '/proc/sys/net/ipv4/conf/eth0/rp_filter': '0\n', '/proc/sys/net/ipv4/conf/all/rp_filter': '1\n' })).toBe(
      'warn',
    );
  });

  it('a bridge of containers needs forwarding', async () => {
    const bridge = hostInterface({ name: 'docker0', kind: 'bridge', addresses: [hostAddress('172.17.0.1/16')] });
    const veth = hostInterface({ name: 'veth1', kind: 'veth', master: 'docker0', addresses: [] });
    const find = async (interfaces: ReturnType<typeof hostInterface>[]) =>
      (await kernelOf(sound, { host: host({ interfaces: [...interfaces, veth] }) })).data.settings.find(
        ({ name }) => name === 'net.ipv4.ip_forward',
      );
    expect((await find([hostInterface()]))?.grade).toBeNull();
    expect(await find([hostInterface(), bridge])).toMatchObject({ grade: 'warn', line: 'sudo sysctl -w net.ipv4.ip_forward=1' });
    expect((await find([hostInterface(), { ...bridge, up: false }]))?.grade).toBeNull();
    expect((await find([hostInterface(), { ...bridge, name: 'docker1' }]))?.grade, 'it never had a port').toBeNull();
    expect((await find([hostInterface(), { ...bridge, carrier: false }]))?.grade, 'nothing is on it').toBeNull();
    expect(
      (await find([hostInterface(), { ...bridge, name: 'virbr1' }, { ...veth, master: 'virbr1' }]))?.grade,
      'it may be isolated',
    ).toBeNull();
  });

  it('a link that forwards and should learn its IPv6 way from a router must say so', async () => {
    const six = hostInterface({ addresses: [hostAddress('10.0.0.2/24'), hostAddress('2001:db8::2/64')] });
    const forwards = withFiles({ '/proc/sys/net/ipv6/conf/eth0/forwarding': '1\n' });
    const find = async (machine: typeof sound, given: Parameters<typeof hostData>[0]) =>
      (await kernelOf(machine, { host: host(given) })).data.settings.find(({ name }) => name.endsWith('eth0.accept_ra'));
    expect(await find(forwards, { interfaces: [six] })).toMatchObject({ grade: 'warn', recommended: '2' });
    expect((await find(sound, { interfaces: [six] }))?.grade).toBeNull();
    const hasWay = [viaEth0, { ...viaEth0, family: 6 as const, gateway: 'fe80::1' }];
    expect((await find(forwards, { interfaces: [six], defaultRoutes: hasWay }))?.grade).toBeNull();
    expect((await find(forwards, {}))?.grade).toBeNull();
  });

  it('reads an interface with a dot in its name where sysctl would look for it', async () => {
    const link = hostInterface({ name: 'eth0.100' });
    const files = { '/proc/sys/net/ipv4/conf/eth0.100/rp_filter': '1\n' };
    const defaultRoutes = [{ ...viaEth0, interface: 'eth0.100' }, viaEth0];
    const { data } = await kernelOf(withFiles(files), { host: host({ interfaces: [link], defaultRoutes }) });
    expect(data.settings.find(({ name }) => name === 'net.ipv4.conf.eth0/100.rp_filter')).toMatchObject({
      value: '1',
      source: '/proc/sys/net/ipv4/conf/eth0.100/rp_filter',
      line: 'sudo sysctl -w net.ipv4.conf.eth0/100.rp_filter=2',
    });
  });
});

describe('the queueing discipline in force', () => {
  const discipline = (index: number, parent: number, kind: string) => {
    const body = new Uint8Array(20);
    const view = new DataView(body.buffer);
    view.setInt32(4, index, true);
    view.setUint32(12, parent, true);
    const attribute = buildNetlinkAttribute(1, new TextEncoder().encode(`${kind}\0`));
    return buildNetlinkRequest(36, 0, 1, Uint8Array.from([...body, ...attribute]));
  };

  it('is that of the interface in use: its root, and the leaves of several queues', async () => {
    const messages = [discipline(1, 0xffff_ffff, 'noqueue'), discipline(2, 0xffff_ffff, 'mq'), discipline(2, 0x8001_0001, 'fq_codel')];
    const machine = { ...recordedKernel('kernel-debian-12'), netlink: async () => measured(messages) };
    const { data } = await kernelOf(machine);
    expect(data.queues).toEqual([{ interface: 'eth0', root: 'mq', leaves: ['fq_codel'], source: 'rtnetlink' }]);
  });

  it('is not known without native sockets', async () => {
    const { data } = await kernelOf(recordedKernel('kernel-debian-12'));
    expect(data.queues).toBeNull();
    expect(data.absent.some(({ fact }) => fact === 'queueing disciplines in force')).toBe(true);
  });
});

it('other systems are not asked for what they do not have', async () => {
  for (const platform of ['freebsd', 'openbsd'] as const) {
    const { attempt, data } = await kernelOf({ platform });
    expect(attempt).toMatchObject({ kind: 'unavailable', capability: 'platform' });
    expect(kernelData.parse(data)).toEqual(data);
    expect(judgeKernel(measurementOf(data, { kind: 'unavailable', capability: 'platform', reason: 'x' }), judgeContext())).toMatchObject([
      { id: 'l4.kernel', status: 'skip' },
    ]);
  }
});
