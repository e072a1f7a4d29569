import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { measured, unavailable } from '../../../src/model/attempt.js';
import { clockData } from '../../../src/model/data/clock.js';
import type { DataOf } from '../../../src/model/measurement.js';
import { readLinuxClock } from '../../../src/probes/clock/linux.js';
import { emptyClockData } from '../../../src/probes/clock/local-clock.js';
import { type FakeMachine, fakeLocalSystem } from '../../fakes/local-system.js';
import { timex } from '../../fakes/timex.js';

const { signal } = new AbortController();

function machine(name: string, more: FakeMachine = {}) {
  const root = fileURLToPath(new URL(`../../machines/clock-${name}`, import.meta.url));
  const tools = `${root}/tools.json`;
  return fakeLocalSystem({ root, ...(existsSync(tools) ? { tools: JSON.parse(readFileSync(tools, 'utf8')) } : {}), ...more });
}

async function read(name: string, more: FakeMachine = {}) {
  const clock = await readLinuxClock(machine(name, more), 'all', signal);
  // What is read is what the report promises.
  expect(clockData.parse({ ...emptyClockData(), ...clock })).toBeTruthy();
  return clock;
}

const hosts = ({ configured }: Pick<DataOf<'clock'>, 'configured'>) => configured.map(({ host, kind, source }) => [host, kind, source]);

describe('the time servers of a machine', () => {
  it('Debian 12: those of DHCP, and what its systemd falls back on', async () => {
    const clock = await read('debian-12-timesyncd');
    expect(hosts(clock)).toEqual([
      ...[0, 1, 2, 3].map((zone) => [`${zone}.debian.pool.ntp.org`, 'fallback', '/etc/systemd/timesyncd.conf']),
      ['192.0.2.1', 'dhcp', '/run/systemd/netif/leases/2'],
      ['192.0.2.3', 'dhcp', '/run/systemd/netif/leases/2'],
    ]);
    expect(clock.services).toEqual([{ name: 'systemd-timesyncd', source: '/sys/fs/cgroup/system.slice/systemd-timesyncd.service' }]);
    expect(clock).toMatchObject({ clockSource: 'kvm-clock', precisionClocks: ['KVM virtual PTP'], belongsTo: null, tracking: null });
  });

  it('Ubuntu 22.04: a drop-in of the administrator goes before one of the distribution', async () => {
    const clock = await read('ubuntu-22.04-dropin');
    expect(hosts(clock)).toEqual([
      ['ntp1.example.net', 'server', '/etc/systemd/timesyncd.conf.d/50-site.conf'],
      ['ntp2.example.net', 'server', '/etc/systemd/timesyncd.conf.d/50-site.conf'],
      ['ntp.ubuntu.com', 'fallback', '/etc/systemd/timesyncd.conf'],
    ]);
    expect(clock.services).toEqual([]);
  });

  it('RHEL 9: chrony, with what DHCP gave it, and what it says of itself', async () => {
    const clock = await read('rhel-9-chrony');
    expect(hosts(clock)).toEqual([
      ['2.rhel.pool.ntp.org', 'pool', '/etc/chrony.conf'],
      ['192.0.2.1', 'server', '/run/chrony-dhcp/eth0.sources'],
    ]);
    expect(clock.services).toEqual([{ name: 'chronyd', source: '/run/chrony/chronyd.pid' }]);
    expect(clock.tracking).toMatchObject({ reference: '192.0.2.1', stratum: 3, synchronized: true, source: 'chronyc -c -n tracking' });
  });

  it('Azure: chrony follows the clock of the host; that it does not answer is said', async () => {
    const clock = await read('azure-chrony');
    expect(hosts(clock)).toEqual([['time.example.net', 'server', '/etc/chrony/conf.d/site.conf']]);
    expect(clock.configured[0]?.port).toBe(1123);
    expect(clock.referenceClocks).toEqual([{ name: 'PHC /dev/ptp_hyperv', service: 'chrony', source: '/etc/chrony/chrony.conf' }]);
    expect(clock.absent).toContainEqual({
      fact: 'what chronyd follows',
      because: 'chronyc -c -n tracking says: 506 Cannot talk to daemon',
    });
    expect(clock.tracking).toBeNull();
  });

  it('Arch: what was compiled in, where no file shows it', async () => {
    expect(hosts(await read('arch'))).toEqual(
      [0, 1, 2, 3].map((zone) => [`${zone}.arch.pool.ntp.org`, 'fallback', '/usr/lib/systemd/systemd-timesyncd']),
    );
  });

  it('NTPsec, with remarks in German', async () => {
    const clock = await read('ntpsec-german');
    expect(hosts(clock).map(([host]) => host)).toEqual(['zeit.example.net', '0.debian.pool.ntp.org']);
    expect(clock.referenceClocks.map(({ name }) => name)).toEqual(['127.127.28.0']);
    expect(clock.services.map(({ name }) => name)).toEqual(['ntpd']);
  });

  it('OpenNTPD, and the last lease of dhclient', async () => {
    expect(hosts(await read('openntpd-dhclient'))).toEqual([
      ['pool.example.net', 'pool', '/etc/openntpd/ntpd.conf'],
      ['time.example.net', 'server', '/etc/openntpd/ntpd.conf'],
      ['192.0.2.1', 'dhcp', '/var/lib/dhcp/dhclient.eth0.leases'],
      ['192.0.2.2', 'dhcp', '/var/lib/dhcp/dhclient.eth0.leases'],
    ]);
  });

  it('nonsense everywhere: nothing is made up, and what can be told is told', async () => {
    const clock = await read('garbled');
    expect(clock.configured).toEqual([]);
    expect(clock.clockSource).toBeNull();
    expect(clock.services).toEqual([{ name: 'chronyd', source: '/sys/fs/cgroup/system.slice/chrony.service' }]);
    expect(clock.tracking).toBeNull();
    expect(clock.absent.map(({ fact }) => fact)).toEqual(['state of the clock of the kernel', 'clock source', 'what chronyd follows']);
    expect(clock.absent[1]?.because).toContain('holds nonsense');
  });

  it('a file that is not shown to this user is named', async () => {
    const clock = await read('arch', { files: { '/etc/chrony/chrony.conf': null, '/etc/chrony.conf': 'server visible.example.net\n' } });
    expect(clock.absent).toContainEqual({
      fact: 'time servers in /etc/chrony/chrony.conf',
      because: 'not available: /etc/chrony/chrony.conf is not shown to this user',
    });
    expect(clock.configured[0]?.host).toBe('visible.example.net');
  });

  it('configurations that include each other come to an end', async () => {
    const files = {
      '/etc/chrony.conf': 'include /etc/chrony.conf\ninclude /etc/b.conf\n',
      '/etc/b.conf': 'include /etc/chrony.conf\nserver b.example\n',
    };
    expect(hosts(await readLinuxClock(fakeLocalSystem({ files }), 'all', signal)).map(([host]) => host)).toEqual(['b.example']);
  });
});

describe('whose clock it is', () => {
  it.each([
    ['wsl2', 'windows'],
    ['container', null],
    ['arch', null],
  ])('%s', async (name, belongsTo) => {
    expect((await read(name)).belongsTo).toBe(belongsTo);
  });
});

describe('the kernel', () => {
  const kernelClock = () =>
    measured({
      timex: timex({ status: 0x2001, maximum: 20_000, estimated: 100, fraction: 500_000_000 }),
      state: 0,
      processMs: 1_795_332_021_400,
    });

  it('says whether somebody keeps the clock, and how far it is from what this process is shown', async () => {
    const { kernel, absent } = await read('arch', { kernelClock });
    expect(kernel).toEqual({
      synchronized: true,
      estimatedErrorMs: 0.1,
      maximumErrorMs: 20,
      frequencyPpm: 0,
      leap: 'none',
      taiOffsetSeconds: null,
      aheadOfProcessMs: 100,
      source: 'adjtimex',
    });
    expect(absent.map(({ fact }) => fact)).not.toContain('state of the clock of the kernel');
  });

  it('is asked through timedatectl where it cannot be asked itself, if systemd runs', async () => {
    const tools = { 'timedatectl show': 'Timezone=Etc/UTC\nNTPSynchronized=no\n' };
    const { kernel, absent } = await read('arch', { tools, files: { '/run/systemd/system/x': '' } });
    expect(kernel).toMatchObject({ synchronized: false, maximumErrorMs: null, aheadOfProcessMs: null, source: 'timedatectl show' });
    expect(absent[0]).toEqual({ fact: 'state of the clock of the kernel', because: 'not available: no native sockets' });
    expect((await read('arch', { tools })).kernel).toBeNull();
  });

  it('that forbids to be asked is not known, and nothing is made of it', async () => {
    const refused = () => unavailable('root', 'the system does not let this process call adjtimex');
    const { kernel, absent } = await read('arch', { kernelClock: refused });
    expect(kernel).toBeNull();
    expect(absent[0]?.because).toContain('adjtimex');
  });

  it('is all that is looked at ahead of a target: no file of a configuration, no tool', async () => {
    const local = machine('rhel-9-chrony', { kernelClock });
    const clock = await readLinuxClock(local, 'path', signal);
    expect(clock.kernel).not.toBeNull();
    expect(clock).toMatchObject({ configured: [], services: [], tracking: null });
    expect(local.ran).toEqual([]);
  });
});
