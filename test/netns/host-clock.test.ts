import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import { clockOf, folder, line, need, skewed } from './clock-tools.js';
import { networkFor, reportOf } from './full-report.js';
import type { Host } from './network.js';
import { CLIENT, GATEWAY, NOBODY_HERE, routedNetwork, SERVER } from './scenarios.js';

const MINUTE = 60_000;

/** A real time server that has its time from this kernel; it does not touch the clock (-x). */
async function chronyd(host: Host, extra = ''): Promise<void> {
  const place = folder();
  const file = join(place, 'chrony.conf');
  writeFileSync(file, `local stratum 5\nallow\ncmdport 0\nbindcmdaddress /\npidfile ${place}/chronyd.pid\n${extra}`);
  const child = host.start('chronyd', ['-d', '-x', '-u', 'root', '-f', file], { detached: true });
  onTestFinished(() => void child.kill('SIGKILL'));
  // It answers as soon as it says so in its log; asked with a tool that is not ours.
  for (let tries = 0; tries < 40; tries++) {
    const asked = await host.run('ntpdate', ['-q', '-t', '1', '127.0.0.1']);
    if (asked.exitCode === 0) return;
  }
  throw new Error('chronyd does not answer');
}

async function withTimeServer(context: TestContext): Promise<{ client: Host; server: Host }> {
  need(context, 'chronyd', 'ntpdate', 'faketime');
  const network = await networkFor(context, routedNetwork());
  const [client, server] = [network.host('client'), network.host('server')];
  await chronyd(server);
  return { client, server };
}

describe('host against a real time server', () => {
  test('is as right as ntpdate and chronyd say', async (context) => {
    const { client } = await withTimeServer(context);
    const run = await reportOf(client, 'host', ['--time-server', SERVER]);
    const { ntp, servers } = clockOf(run);
    expect(servers, run.summary).toMatchObject([{ host: SERVER, state: 'time', stratum: 5, agrees: true, foreign: 0 }]);
    // One kernel, one clock: the offset is the error itself.
    expect(Math.abs(ntp?.offsetMs ?? 9999), run.summary).toBeLessThanOrEqual(ntp?.uncertaintyMs ?? 0);
    expect(Math.abs(ntp?.offsetMs ?? 9999), run.summary).toBeLessThan(50);
    expect(line(run, 'l7.clock'), run.summary).toMatchObject({ status: 'pass', code: null });

    // `2026-11-22 07:51:25.279638 (+0000) +0.000026 +/- 0.000053 198.51.100.10 s5 no-leap`
    const byNtpdate = / ([-+]\d+\.\d+) \+\/- /.exec((await client.run('ntpdate', ['-q', SERVER])).stdout)?.[1];
    expect(byNtpdate).toBeDefined();
    expect(Math.abs(Number(byNtpdate) * 1000 - (ntp?.offsetMs ?? 9999))).toBeLessThan(50);
    const directives = [`server ${SERVER} iburst maxsamples 2`, `pidfile ${folder()}/pid`, 'cmdport 0', 'bindcmdaddress /'];
    const once = await client.run('chronyd', ['-Q', '-u', 'root', '-f', '/dev/null', ...directives]);
    const byChronyd = /System clock wrong by ([-+]?\d+\.\d+) seconds/.exec(`${once.stdout}${once.stderr}`)?.[1];
    expect(byChronyd, once.stderr).toBeDefined();
    expect(Math.abs(Number(byChronyd) * 1000 - (ntp?.offsetMs ?? 9999))).toBeLessThan(50);
  });

  test('knows a clock that is off, by how much, and what that breaks', async (context) => {
    const { client } = await withTimeServer(context);
    for (const [by, offsetMs, status, breaks] of [
      ['+10m', -10 * MINUTE, 'fail', 'Kerberos'],
      ['-2h', 120 * MINUTE, 'fail', 'signed requests of clouds'],
      ['+45s', -45_000, 'warn', 'one-time codes'],
      ['-400d', 400 * 1440 * MINUTE, 'fail', 'Kerberos'],
      ['+3s', -3000, 'pass', ''],
    ] as const) {
      const run = await reportOf(client, 'host', ['--time-server', SERVER], skewed(by));
      const { ntp, kernel } = clockOf(run);
      expect(Math.abs((ntp?.offsetMs ?? 0) - offsetMs), run.summary).toBeLessThanOrEqual(ntp?.uncertaintyMs ?? 0);
      expect(ntp?.uncertaintyMs, run.summary).toBeLessThan(200);
      expect(line(run, 'l7.clock'), run.summary).toMatchObject({ status, code: status === 'pass' ? null : 'clock-skew' });
      expect(line(run, 'l7.clock')?.observed).toContain(breaks);
      expect(run.codes.includes('clock-skew'), run.summary).toBe(status !== 'pass');
      // The kernel is not fooled, and what it says of itself is not held to be true of this process.
      if (kernel?.aheadOfProcessMs != null) expect(Math.abs(kernel.aheadOfProcessMs - offsetMs), run.summary).toBeLessThan(100);
    }
  });
});

describe('host and time servers that are of no use', () => {
  test('says which is silent, which refuses, and that the run is over in time', async (context) => {
    const network = await networkFor(context, routedNetwork());
    const client = network.host('client');
    await network.host('router').nft('input', 'udp dport 123 drop');
    const run = await reportOf(client, 'host', ['--time-server', GATEWAY, '--time-server', SERVER, '--time-server', NOBODY_HERE]);
    const states = clockOf(run).servers.map(({ host, state }) => [host, state]);
    expect(states[0], run.summary).toEqual([GATEWAY, 'unanswered']);
    expect(states[1], run.summary).toEqual([SERVER, 'refused']);
    expect(line(run, 'l7.clock'), run.summary).toMatchObject({
      status: 'skip',
      because: expect.stringContaining('no time server told the time'),
    });
    const made = run.report.measurements.find(({ probe }) => probe === 'clock');
    expect(made?.durationMs, run.summary).toBeLessThan(1500);
  });

  test('with --passive asks nobody', async (context) => {
    const network = await networkFor(context, routedNetwork());
    const run = await reportOf(network.host('client'), 'host', ['--passive', CLIENT]);
    expect(clockOf(run).servers, run.summary).toEqual([]);
    expect(line(run, 'l7.clock'), run.summary).toMatchObject({ status: 'skip' });
  });
});
