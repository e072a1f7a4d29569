import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../../src/diagnosis/causes/index.js';
import { reason } from '../../../src/diagnosis/reason.js';
import { DEFAULT_POLICY, type Policy, TRADING_POLICY } from '../../../src/model/policy.js';
import type { Check } from '../../../src/model/report.js';
import { judgeKernel } from '../../../src/probes/kernel/judge.js';
import { hostData, hostInterface } from '../../fakes/host.js';
import { recordedKernel } from '../../fakes/recorded-kernel.js';
import { type Given, judgeContext, type Kernel, kernelOf, knownTarget, measurementOf, viaEth0 } from './fixtures.js';

const judged = (data: Partial<Kernel>, given: Given = {}): Check[] => judgeKernel(measurementOf(data), judgeContext(given));
const lineOf = (checks: readonly Check[], id: string) => checks.find((entry) => entry.id === id);
const verdict = (check: Check | undefined) =>
  check === undefined ? 'none' : `${check.status}${check.code === null ? '' : ` ${check.code}`}`;

const source = '/proc/x';
const conntrack = (used: number, limit: number | null): Partial<Kernel> => ({
  conntrack: { used, limit, source, buckets: null, dropped: null, earlyDropped: null, insertFailed: null },
});

describe('tables', () => {
  it.each<[string, Partial<Kernel>, string]>([
    ['l4.conntrack', conntrack(0, 262_144), 'pass'],
    ['l4.conntrack', conntrack(799, 1000), 'pass'],
    ['l4.conntrack', conntrack(800, 1000), 'warn conntrack-full'],
    ['l4.conntrack', conntrack(949, 1000), 'warn conntrack-full'],
    ['l4.conntrack', conntrack(950, 1000), 'fail conntrack-full'],
    ['l4.conntrack', conntrack(1001, 1000), 'fail conntrack-full'],
    ['l4.conntrack', conntrack(1_000_000, null), 'pass'],
    ['l4.conntrack', { ipv6Routes: { used: 1, limit: null, source } }, 'skip'],
    ['l2.neighbors', { neighbors: [{ family: 4, used: 800, limit: 1024, overflows: 0, source }] }, 'pass'],
    ['l2.neighbors', { neighbors: [{ family: 4, used: 820, limit: 1024, overflows: 0, source }] }, 'warn neighbor-table-full'],
    ['l2.neighbors', { neighbors: [{ family: 6, used: 1024, limit: 1024, overflows: 0, source }] }, 'warn neighbor-table-full'],
    ['l2.neighbors', { neighbors: [{ family: 6, used: 1024, limit: 1024, overflows: null, source }] }, 'warn neighbor-table-full'],
    ['l2.neighbors', { neighbors: [{ family: 6, used: 1024, limit: 1024, overflows: 9, source }] }, 'fail neighbor-table-full'],
    ['l2.neighbors', { neighbors: [{ family: 4, used: 3, limit: 1024, overflows: 9, source }] }, 'pass'],
    ['l2.neighbors', conntrack(0, 1), 'skip'],
    ['l3.ipv6-routes', { ipv6Routes: { used: 4000, limit: 4096, source } }, 'fail route-cache-full'],
    ['l3.ipv6-routes', { ipv6Routes: { used: 4000, limit: null, source } }, 'pass'],
    ['l4.socket-memory', { tcpMemory: { used: 10, pressure: 80, limit: 100, source } }, 'pass'],
    ['l4.socket-memory', { tcpMemory: { used: 70, pressure: 60, limit: 100, source } }, 'warn socket-memory-pressure'],
    ['l4.socket-memory', { tcpMemory: { used: 96, pressure: 60, limit: 100, source } }, 'fail socket-memory-pressure'],
    ['l4.socket-memory', { tcpMemory: { used: 96, pressure: null, limit: null, source } }, 'pass'],
    ['l4.socket-memory', { udpMemory: { used: 70, pressure: 60, limit: 100, source } }, 'pass'],
    ['l4.socket-memory', { udpMemory: { used: 99, pressure: 60, limit: 100, source } }, 'fail socket-memory-pressure'],
    ['l4.socket-memory', { orphans: { used: 99, limit: 100, source } }, 'fail socket-memory-pressure'],
    ['l4.socket-memory', { timeWait: { used: 5000, limit: 5000, source } }, 'pass'],
    ['l4.open-files', { descriptors: { used: 95, limit: 100, source } }, 'fail file-descriptors-exhausted'],
    ['l4.open-files', { descriptors: { used: 95, limit: null, source } }, 'pass'],
    ['l4.open-files', { processDescriptors: { used: 1024, limit: 1024, source } }, 'warn file-descriptors-exhausted'],
  ])('%s of %j: %s', (id, data, expected) => {
    expect(verdict(lineOf(judged(data), id))).toBe(expected);
    const onPath = verdict(lineOf(judged(data, { scope: 'path' }), id));
    expect(onPath).toBe(/^(pass|skip)/.test(expected) ? 'none' : expected);
  });

  it('that are all unknown, as on other systems, are one line', () => {
    const absent = [{ fact: 'tables, queues and limits of the kernel', because: 'macOS shows none of them' }];
    const lines = judged({ absent }).filter(({ id }) => !id.startsWith('l4.kernel-') && id !== 'l4.ephemeral-ports');
    expect(lines).toMatchObject([{ id: 'l4.kernel', status: 'skip', because: 'macOS shows none of them' }]);
    expect(judged({ absent }, { scope: 'path' })).toEqual([]);
  });

  it('says what was dropped once, and does not hold it against now', () => {
    const dropped = { conntrack: { used: 1, limit: 1000, source, buckets: 1, dropped: 3, earlyDropped: 4, insertFailed: 0 } };
    expect(lineOf(judged(dropped), 'l4.conntrack')).toMatchObject({
      status: 'pass',
      observed: '1 of 1000 entries, 7 dropped since the start',
    });
  });
});

describe('local ports', () => {
  type Ports = NonNullable<Kernel['localPorts']>;
  const ports = (used: number, fields: Partial<Ports> = {}, waiting = 0): Partial<Kernel> => {
    const busiest = { from: '10.0.0.2', address: '192.0.2.1', port: 443, used, timeWait: waiting };
    const localPorts = { first: 32_768, last: 33_767, usable: 1000, tcpUsed: used, timeWait: waiting, timeWaitReuse: 'loopback' as const };
    return { localPorts: { ...localPorts, busiest, targets: [], udpUsed: 0, source, ...fields } };
  };
  const local = { from: '127.0.0.1', address: '127.0.0.1', port: 80 };

  it.each<[string, Partial<Kernel>, string]>([
    ['few', ports(3), 'pass'],
    ['many', ports(800), 'warn ephemeral-ports-exhausted'],
    ['all', ports(950), 'fail ephemeral-ports-exhausted'],
    ['all in TIME-WAIT, towards others', ports(1000, {}, 1000), 'fail ephemeral-ports-exhausted'],
    ['all in TIME-WAIT that is used again', ports(1000, { timeWaitReuse: 'always' }, 1000), 'warn ephemeral-ports-exhausted'],
    ['all in TIME-WAIT on loopback', ports(0, { busiest: { ...local, used: 1000, timeWait: 990 } }), 'warn ephemeral-ports-exhausted'],
    ['all connected on loopback', ports(0, { busiest: { ...local, used: 1000, timeWait: 10 } }), 'fail ephemeral-ports-exhausted'],
    ['UDP', ports(0, { udpUsed: 990 }), 'fail ephemeral-ports-exhausted'],
    ['none at all', ports(0, { busiest: null }), 'pass'],
    ['not known', ports(0, { tcpUsed: null, busiest: null }), 'skip'],
  ])('%s', (_what, data, expected) => {
    expect(verdict(lineOf(judged(data), 'l4.ephemeral-ports'))).toBe(expected);
    // What is taken towards others says nothing of the ways to the targets.
    expect(judged(data, { scope: 'path' })).toEqual([]);
  });

  it('towards a target are a line of its own, in both scopes, said once', () => {
    const target = { from: '10.0.0.2', address: '192.0.2.1', port: 443, used: 1000, timeWait: 0, target: 'api:443' };
    const data = ports(1000, { targets: [target] });
    const targets = [knownTarget('api:443', '192.0.2.1', 443)];
    for (const scope of ['path', 'all'] as const) {
      const checks = judged(data, { scope, targets });
      expect(lineOf(checks, 'l4.local-ports@api:443')).toMatchObject({
        status: 'fail',
        target: 'api:443',
        observed: '1000 of 1000 to 192.0.2.1:443',
      });
      expect(checks.filter(({ status }) => status === 'fail').length).toBe(1);
    }
    expect(judged(data, { scope: 'path' })).toEqual([]);
  });

  it('explain why the port of that target cannot be reached', () => {
    const target = { from: '10.0.0.2', address: '192.0.2.1', port: 443, used: 1000, timeWait: 0, target: 'api:443' };
    const checks = judged(ports(1000, { targets: [target] }), { scope: 'path', targets: [knownTarget('api:443', '192.0.2.1', 443)] });
    const [exhausted] = checks;
    if (exhausted === undefined) throw new Error('no line');
    const silent: Check = { ...exhausted, id: 'l4.port@api:443', title: 'TCP 443', code: 'port-filtered', observed: null, expected: null };
    const reasoned = diagnose([...checks, silent]);
    expect(reasoned.diagnosis.map(({ code }) => code)).toEqual(['ephemeral-ports-exhausted']);
    expect(reasoned.checks.find(({ id }) => id === 'l4.port@api:443')?.status).toBe('skip');
  });
});

function diagnose(checks: readonly Check[]) {
  return reason(checks, CAUSES, () => ({ interface: 'eth0', gateway: null, platform: 'linux' }));
}

describe('settings', () => {
  const checksOf = async (name: string, policy: Policy, files: Record<string, string> = {}) => {
    const machine = recordedKernel(name);
    const changed = Object.fromEntries(Object.entries(files).map(([setting, value]) => [`/proc/sys/${setting}`, `${value}\n`]));
    const { data } = await kernelOf({ ...machine, files: { ...machine.files, ...changed } }, { policy });
    return judged(data, { policy });
  };

  it.each<[string, string, string, string]>([
    ['net/ipv4/tcp_timestamps', '0', 'l4.kernel-tcp', 'net.ipv4.tcp_timestamps=1'],
    ['net/ipv4/tcp_sack', '0', 'l4.kernel-tcp', 'net.ipv4.tcp_sack=1'],
    ['net/ipv4/tcp_window_scaling', '0', 'l4.kernel-tcp', 'net.ipv4.tcp_window_scaling=1'],
    ['net/core/rmem_max', '65536', 'l4.kernel-buffers', 'net.core.rmem_max=212992'],
    ['net/core/wmem_max', '4096', 'l4.kernel-buffers', 'net.core.wmem_max=212992'],
    ['net/ipv4/tcp_rmem', '4096\t16384\t65536', 'l4.kernel-buffers', 'net.ipv4.tcp_rmem="4096 131072 6291456"'],
    ['net/ipv4/tcp_moderate_rcvbuf', '0', 'l4.kernel-buffers', 'net.ipv4.tcp_moderate_rcvbuf=1'],
    ['net/ipv4/ip_local_port_range', '32768\t32780', 'l4.kernel-connections', 'net.ipv4.ip_local_port_range="32768 60999"'],
    ['net/ipv4/tcp_syncookies', '0', 'l4.kernel-connections', 'net.ipv4.tcp_syncookies=1'],
    ['net/core/somaxconn', '16', 'l4.kernel-connections', 'net.core.somaxconn=4096'],
  ])('%s = %s is plainly harmful: by default %s warns', async (setting, value, id, expected) => {
    const checks = await checksOf('kernel-debian-12', DEFAULT_POLICY, { [setting]: value });
    expect(checks.filter(({ status }) => status === 'warn').map((check) => [check.id, check.code, check.expected])).toEqual([
      [id, 'kernel-tuning', expected],
    ]);
    expect(checks.filter(({ status }) => status === 'fail')).toEqual([]);
  });

  it.each<[string, string]>([
    ['net/core/rmem_max', '106496'],
    ['net/ipv4/tcp_timestamps', '2'],
    ['net/ipv4/tcp_congestion_control', 'reno'],
    ['net/core/default_qdisc', 'pfifo_fast'],
    ['net/ipv4/tcp_fastopen', '0'],
    ['net/ipv4/ip_local_port_range', '15000\t65535'],
    // WSL2 with mirrored networks, and a range that was opened in a firewall.
    ['net/ipv4/ip_local_port_range', '44620\t48715'],
    ['net/ipv4/ip_local_port_range', '20000\t20999'],
    ['net/core/somaxconn', '128'],
    ['net/ipv4/tcp_ecn', '0'],
    ['net/ipv4/tcp_retries2', '5'],
  ])('%s = %s is a matter of taste: nobody is told to tune', async (setting, value) => {
    const checks = await checksOf('kernel-debian-12', DEFAULT_POLICY, { [setting]: value });
    expect(checks.filter(({ status }) => status !== 'pass' && status !== 'skip')).toEqual([]);
  });

  it.each([
    ['eth0 sends by pfifo_fast', { root: 'pfifo_fast', leaves: [] }],
    ['eth0 sends by fq_codel', { root: 'mq', leaves: ['fq_codel'] }],
    ['none', { root: 'htb', leaves: ['fq_codel'] }],
    ['none', { root: 'cake', leaves: [] }],
    ['none', { root: 'noqueue', leaves: [] }],
    ['none', { root: 'mq', leaves: ['fq'] }],
  ])('of queues, %s is to be changed: what was set for a purpose stays', async (expected, { root, leaves }) => {
    const machine = recordedKernel('kernel-debian-12');
    const { data } = await kernelOf(machine, { policy: TRADING_POLICY });
    const queues = [{ interface: 'eth0', root, leaves, source: 'rtnetlink' }];
    const observed = lineOf(judged({ ...data, queues }, { policy: TRADING_POLICY }), 'l4.kernel-queues')?.observed ?? '';
    expect(/eth0 sends by [\w, ]+/.exec(observed)?.[0] ?? 'none').toBe(expected);
  });

  it('says of each setting whether the host sets it, where not all are', async () => {
    const { data } = await kernelOf(recordedKernel('kernel-debian-12'), { policy: TRADING_POLICY });
    const settings = data.settings.map((setting) => ({
      ...setting,
      settable: setting.machineWide ? ('host' as const) : ('here' as const),
    }));
    const line = lineOf(judged({ ...data, settings }, { policy: TRADING_POLICY }), 'l4.kernel-buffers');
    expect(line?.observed).toBe(
      'rmem_max 212992 (set by the host), wmem_max 212992 (set by the host), tcp_rmem 4096 131072 6291456, tcp_wmem 4096 16384 4194304',
    );
  });

  it('a trading host with the defaults of its distribution is told each setting, in few lines', async () => {
    const checks = (await checksOf('kernel-debian-12', TRADING_POLICY)).filter(({ status }) => status === 'warn');
    expect(checks.map(({ id, observed, expected }) => [id, observed, expected])).toEqual([
      [
        'l4.kernel-buffers',
        'rmem_max 212992, wmem_max 212992, tcp_rmem 4096 131072 6291456, tcp_wmem 4096 16384 4194304',
        'net.core.rmem_max=134217728 net.core.wmem_max=134217728 net.ipv4.tcp_rmem="4096 131072 67108864" net.ipv4.tcp_wmem="4096 65536 67108864"',
      ],
      [
        'l4.kernel-congestion',
        'tcp_congestion_control cubic, tcp_slow_start_after_idle 1',
        'net.ipv4.tcp_congestion_control=bbr net.ipv4.tcp_slow_start_after_idle=0; modprobe tcp_bbr',
      ],
      ['l4.kernel-queues', 'default_qdisc fq_codel, netdev_max_backlog 1000', 'net.core.default_qdisc=fq net.core.netdev_max_backlog=5000'],
      ['l4.kernel-tcp', 'tcp_fastopen 1, tcp_mtu_probing 0', 'net.ipv4.tcp_fastopen=3 net.ipv4.tcp_mtu_probing=1'],
      ['l4.kernel-processor', 'powersave on 2 CPUs', 'cpupower frequency-set -g performance'],
    ]);
    const { diagnosis, checks: explained } = diagnose(checks);
    expect(diagnosis.map(({ code, evidence }) => [code, evidence.length])).toEqual([['kernel-tuning', 5]]);
    expect(explained.every(({ status }) => status === 'warn')).toBe(true);
    expect(diagnosis[0]?.remedy).toBe(
      'Until the next start: sudo modprobe tcp_bbr && sudo sysctl -w net.core.rmem_max=134217728 net.core.wmem_max=134217728 ' +
        'net.ipv4.tcp_rmem="4096 131072 67108864" net.ipv4.tcp_wmem="4096 65536 67108864" net.ipv4.tcp_congestion_control=bbr ' +
        'net.ipv4.tcp_slow_start_after_idle=0 net.core.default_qdisc=fq net.core.netdev_max_backlog=5000 net.ipv4.tcp_fastopen=3 ' +
        'net.ipv4.tcp_mtu_probing=1 && sudo cpupower frequency-set -g performance ' +
        '(to keep a setting: NAME = VALUE in /etc/sysctl.d/60-network.conf)',
    );
    expect(explained.find(({ id }) => id === 'l4.kernel-tcp')?.remedy).toContain(
      'sysctl -w net.ipv4.tcp_fastopen=3 net.ipv4.tcp_mtu_probing=1 (',
    );
  });

  const TUNED = {
    'net/core/rmem_max': '268435456',
    'net/core/wmem_max': '134217728',
    'net/ipv4/tcp_rmem': '8192\t262144\t134217728',
    'net/ipv4/tcp_wmem': '4096\t65536\t67108864',
    'net/ipv4/tcp_congestion_control': 'bbr',
    'net/core/default_qdisc': 'fq',
    'net/ipv4/tcp_fastopen': '1027',
    'net/core/netdev_max_backlog': '250000',
    'net/ipv4/tcp_mtu_probing': '2',
    'net/ipv4/tcp_slow_start_after_idle': '0',
  };

  it('a tuned one passes, with more than was asked for too', async () => {
    const checks = await checksOf('kernel-ubuntu-22.04', TRADING_POLICY, TUNED);
    expect(checks.filter(({ status }) => status !== 'pass' && status !== 'skip')).toEqual([]);
    expect(lineOf(checks, 'l4.kernel-buffers')?.observed).toContain('rmem_max 268435456');
  });

  it('a kernel without BBR or fq is told so, and gets no line that cannot work', async () => {
    const congestion = lineOf(await checksOf('kernel-4.18', TRADING_POLICY), 'l4.kernel-congestion');
    expect(congestion?.expected).toBe('net.ipv4.tcp_slow_start_after_idle=0; a kernel that has BBR');
    const queues = lineOf(await checksOf('kernel-4.18', TRADING_POLICY), 'l4.kernel-queues');
    expect(queues?.expected).toBe('net.core.netdev_max_backlog=5000; a kernel that has fq');
  });

  it('in a container it is said that the host sets them', async () => {
    const checks = await checksOf('kernel-alpine-container', TRADING_POLICY);
    expect(lineOf(checks, 'l4.kernel-tcp')?.observed).toContain('set by the host');
    expect(lineOf(checks, 'l4.kernel-queues')).toMatchObject({ status: 'skip' });
  });

  it('what an interface really sends by counts, whatever the default is', () => {
    const queue = (root: string, leaves: string[]) => ({ queues: [{ interface: 'eth0', root, leaves, source: 'rtnetlink' }] });
    const of = (data: Partial<Kernel>, policy = TRADING_POLICY) => lineOf(judged(data, { policy }), 'l4.kernel-queues');
    expect(of(queue('fq_codel', []))).toMatchObject({ status: 'warn', expected: 'tc qdisc replace dev eth0 root fq' });
    expect(of(queue('mq', ['fq_codel']))).toMatchObject({ expected: 'tc qdisc replace dev eth0 root mq' });
    for (const fine of [queue('fq', []), queue('mq', ['fq']), queue('noqueue', [])]) expect(of(fine)?.status).not.toBe('warn');
    expect(of(queue('fq_codel', []), DEFAULT_POLICY)?.status).not.toBe('warn');
  });

  it('a measurement can be judged by another profile than that of its run', async () => {
    const { data } = await kernelOf(recordedKernel('kernel-debian-12'), { policy: DEFAULT_POLICY });
    expect(judged(data, { policy: TRADING_POLICY }).some(({ code }) => code === 'kernel-tuning')).toBe(true);
    const trading = await kernelOf(recordedKernel('kernel-debian-12'), { policy: TRADING_POLICY });
    expect(judged(trading.data, { policy: DEFAULT_POLICY }).some(({ code }) => code !== null)).toBe(false);
  });

  it('beside targets the trading profile says what differs, and the default nothing', async () => {
    const machine = recordedKernel('kernel-wsl2');
    const trading = await kernelOf(machine, { scope: 'path', policy: TRADING_POLICY });
    const lines = judged(trading.data, { scope: 'path', policy: TRADING_POLICY });
    expect(lines.length).toBe(4);
    expect(lines.every(({ code, status }) => code === 'kernel-tuning' && status === 'warn')).toBe(true);
    const harmful = { ...machine, files: { ...machine.files, '/proc/sys/net/ipv4/tcp_sack': '0\n' } };
    const byDefault = await kernelOf(harmful, { scope: 'path' });
    expect(judged(byDefault.data, { scope: 'path' })).toEqual([]);
  });

  it('a strict source filter on a machine with two ways out warns for either profile', async () => {
    const machine = recordedKernel('kernel-rhel-9');
    const defaultRoutes = [viaEth0, { ...viaEth0, interface: 'wlan0' }];
    const host = hostData({ interfaces: [hostInterface()], defaultRoutes });
    const { data } = await kernelOf(machine, { host });
    for (const policy of [DEFAULT_POLICY, TRADING_POLICY]) {
      expect(lineOf(judged(data, { policy }), 'l4.kernel-routing')).toMatchObject({
        status: 'warn',
        code: 'kernel-tuning',
        observed: 'eth0.rp_filter 1',
        expected: 'net.ipv4.conf.eth0.rp_filter=2',
      });
    }
  });

  it('a broken way explains nothing of the kernel', async () => {
    const checks = await checksOf('kernel-debian-12', DEFAULT_POLICY, { 'net/ipv4/tcp_sack': '0' });
    const [first] = checks;
    if (first === undefined) throw new Error('no line');
    const gateway: Check = { ...first, id: 'l3.gateway@10.0.0.1', title: 'gateway', status: 'fail', code: 'gateway-unreachable' };
    const codes = diagnose([...checks, gateway]).diagnosis.map(({ code }) => code);
    expect(codes).toEqual(['gateway-unreachable', 'kernel-tuning']);
  });
});
