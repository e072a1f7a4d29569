import { describe, expect, test } from 'vitest';
import { reportOf } from './full-report.js';
import { checkOf, kernelChecks, kernelOf, machine, NOBODY, PASSIVE } from './kernel-machine.js';

describe('the kernel of a machine in order', () => {
  test('warns and fails of nothing, as root and as nobody, and says what belongs to the host', async (context) => {
    const client = await machine(context);
    for (const prefix of process.getuid?.() === 0 ? [[], NOBODY] : [[]]) {
      const { report, summary } = await reportOf(client, 'host', PASSIVE, { prefix });
      const checks = kernelChecks(report);
      expect(checks.length, summary).toBeGreaterThan(8);
      expect(checks.filter(({ status }) => status === 'warn' || status === 'fail')).toEqual([]);
      const data = kernelOf(report);
      expect(data.system.ownNamespace).toBe(true);
      expect(data.queues).toMatchObject([{ interface: 'eth0' }]);
      expect(data.settings.length).toBeGreaterThan(20);
      expect(data.absent.find(({ fact }) => fact === 'net.core.netdev_max_backlog')?.because).toContain('whole machine');
      expect(data.absent.filter(({ because }) => because.includes('nonsense'))).toEqual([]);
      expect(data.localPorts?.usable).toBeGreaterThan(4096);
    }
  });

  test('agrees with sysctl and tc', async (context) => {
    const client = await machine(context);
    const { report } = await reportOf(client, 'host', PASSIVE);
    const { settings, queues } = kernelOf(report);
    const names = settings.map(({ name }) => name);
    const told = await client.must('sysctl', names);
    const values = told
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' = ', 2).join(' = ').replace(/\t/g, ' ').trimEnd());
    expect(settings.map(({ name, value }) => `${name} = ${value}`.trimEnd())).toEqual(values);
    expect(await client.must('tc', ['qdisc', 'show', 'dev', 'eth0'])).toContain(`qdisc ${queues?.[0]?.root} `);
  });

  test('is told what differs when the profile asks for tuning, and never fails for it', async (context) => {
    const client = await machine(context);
    await client.sysctl('net/ipv4/tcp_slow_start_after_idle', '1');
    const { report, summary } = await reportOf(client, 'host', [...PASSIVE, '--profile', 'trading']);
    const tuning = kernelChecks(report).filter(({ code }) => code === 'kernel-tuning');
    expect(tuning.map(({ status }) => status)).not.toContain('fail');
    expect(checkOf(report, 'l4.kernel-congestion')?.remedy, summary).toContain('sysctl -w net.ipv4.tcp_slow_start_after_idle=0');
    // Following the advice helps.
    await client.must('sysctl', ['-w', 'net.ipv4.tcp_slow_start_after_idle=0']);
    const again = await reportOf(client, 'host', [...PASSIVE, '--profile', 'trading']);
    expect(checkOf(again.report, 'l4.kernel-congestion')?.expected ?? '', again.summary).not.toContain('slow_start');
  });
});
