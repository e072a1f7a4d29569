import { type Attempt, reasonOf } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { LocalSystem } from '../../net/port.js';
import { parseChronyTracking, parseShownProperties } from '../../wire/linux/time-servers.js';
import { parseTimex } from '../../wire/linux/timex.js';
import { type LocalClock, unknownClock } from './local-clock.js';

type ClockData = DataOf<'clock'>;

/** They answer in milliseconds; where the service hangs, the rest must not wait for it. */
const TOOL_MS = 400;

/** Services that set the clock: process, the units that start it, and where they leave their process id. */
const SERVICES: readonly { name: string; units: readonly string[]; pidFiles: readonly string[] }[] = [
  { name: 'chronyd', units: ['chrony', 'chronyd'], pidFiles: ['/run/chrony/chronyd.pid', '/run/chronyd.pid'] },
  { name: 'systemd-timesyncd', units: ['systemd-timesyncd'], pidFiles: [] },
  { name: 'ntpd', units: ['ntp', 'ntpd', 'ntpsec', 'openntpd'], pidFiles: ['/run/ntpd.pid', '/run/ntp/ntpd.pid', '/run/openntpd.pid'] },
  { name: 'ptp4l', units: ['ptp4l'], pidFiles: [] },
  { name: 'phc2sys', units: ['phc2sys'], pidFiles: [] },
  { name: 'vmtoolsd', units: ['open-vm-tools', 'vmtoolsd', 'vmware-tools'], pidFiles: ['/run/vmtoolsd.pid'] },
  { name: 'VBoxService', units: ['virtualbox-guest-utils', 'vboxservice', 'vboxadd-service'], pidFiles: [] },
];

/** Control groups of services that run, by systemd: one hierarchy, or that of systemd beside others. */
const SERVICE_GROUPS = ['/sys/fs/cgroup/system.slice', '/sys/fs/cgroup/systemd/system.slice'] as const;

const CLOCK_SOURCE = '/sys/devices/system/clocksource/clocksource0/current_clocksource';
const KERNEL_RELEASE = '/proc/sys/kernel/osrelease';
const PRECISION_CLOCKS = '/sys/class/ptp';

/**
 * The state of the clock as kernel and services know it. With scope `path` only what takes no time: state of the kernel, and whose clock it is.
 */
export async function readLinuxClock(local: LocalSystem, scope: 'path' | 'all', signal: AbortSignal): Promise<LocalClock> {
  const absent: ClockData['absent'] = [];
  const clock = unknownClock(absent);
  const [kernel, belongsTo] = await Promise.all([readKernel(local, signal, absent), readOwner(local)]);
  if (scope === 'path') return { ...clock, kernel, belongsTo };
  const [services, configured, clockSource, precisionClocks] = await Promise.all([
    readServices(local),
    import('./configured.js').then(({ readConfiguredServers }) => readConfiguredServers(local, absent)),
    readLine(local, CLOCK_SOURCE, 'clock source', absent),
    readPrecisionClocks(local),
  ]);
  const tracking = services.some(({ name }) => name === 'chronyd') ? await askChrony(local, signal, absent) : null;
  return { ...clock, ...configured, kernel, belongsTo, services, clockSource, precisionClocks, tracking };
}

async function readKernel(local: LocalSystem, signal: AbortSignal, absent: ClockData['absent']): Promise<ClockData['kernel']> {
  const asked = local.kernelClock();
  const read = asked.kind === 'measured' ? parseTimex(asked.value.timex, asked.value.state) : null;
  if (asked.kind === 'measured' && read?.ok === true) {
    const { synchronized, estimatedErrorMs, maximumErrorMs, frequencyPpm, leap, taiOffsetSeconds, timeMs } = read.value;
    const aheadOfProcessMs = timeMs - asked.value.processMs;
    return { synchronized, estimatedErrorMs, maximumErrorMs, frequencyPpm, leap, taiOffsetSeconds, aheadOfProcessMs, source: 'adjtimex' };
  }
  const because = asked.kind !== 'measured' ? reasonOf(asked) : read?.ok === false ? `adjtimex: ${read.refusal}` : 'it was not asked';
  absent.push({ fact: 'state of the clock of the kernel', because });
  // Its one property comes from the same call, made by a service that it has to start for that: second best.
  if (!(await local.exists('/run/systemd/system'))) return null;
  const shown = outputOf(await local.tool({ file: 'timedatectl', args: ['show'], timeoutMs: TOOL_MS, signal }));
  const synchronized = shown === null ? undefined : parseShownProperties(shown).get('NTPSynchronized');
  if (synchronized !== 'yes' && synchronized !== 'no') return null;
  return {
    synchronized: synchronized === 'yes',
    estimatedErrorMs: null,
    maximumErrorMs: null,
    frequencyPpm: null,
    leap: null,
    taiOffsetSeconds: null,
    aheadOfProcessMs: null,
    source: 'timedatectl show',
  };
}

/** The clock of WSL is set by Windows. */
async function readOwner(local: LocalSystem): Promise<ClockData['belongsTo']> {
  const release = await local.file(KERNEL_RELEASE, 1024);
  return release.kind === 'measured' && /microsoft/i.test(release.value) ? 'windows' : null;
}

async function readServices(local: LocalSystem): Promise<ClockData['services']> {
  const found = await Promise.all(
    SERVICES.map(async ({ name, units, pidFiles }) => {
      const groups = units.flatMap((unit) => SERVICE_GROUPS.map((group) => `${group}/${unit}.service`));
      const [runs, pids] = await Promise.all([
        Promise.all(groups.map((group) => local.exists(group))),
        Promise.all(pidFiles.map((path) => processOf(local, path))),
      ]);
      const source = groups[runs.indexOf(true)] ?? pidFiles[pids.findIndex((process) => process?.startsWith(name))];
      return source === undefined ? [] : [{ name, source }];
    }),
  );
  return found.flat();
}

/** Name of the process whose id the file holds; `null` where there is none any more. */
async function processOf(local: LocalSystem, pidFile: string): Promise<string | null> {
  const pid = await local.file(pidFile, 64);
  const id = pid.kind === 'measured' ? /^\s*(\d{1,10})\s*$/.exec(pid.value)?.[1] : undefined;
  if (id === undefined) return null;
  const name = await local.file(`/proc/${id}/comm`, 64);
  return name.kind === 'measured' ? name.value.trim() : null;
}

async function readPrecisionClocks(local: LocalSystem): Promise<string[]> {
  const entries = await local.entries(PRECISION_CLOCKS);
  if (entries.kind !== 'measured') return [];
  const names = await Promise.all(entries.value.slice(0, 8).map((entry) => local.file(`${PRECISION_CLOCKS}/${entry}/clock_name`, 256)));
  return names.flatMap((name) => (name.kind === 'measured' && name.value.trim() !== '' ? [name.value.trim().slice(0, 100)] : []));
}

const TRACKING = ['-c', '-n', 'tracking'] as const;

async function askChrony(local: LocalSystem, signal: AbortSignal, absent: ClockData['absent']): Promise<ClockData['tracking']> {
  const source = ['chronyc', ...TRACKING].join(' ');
  const answer = await local.tool({ file: 'chronyc', args: TRACKING, timeoutMs: TOOL_MS, signal });
  const tracking = answer.kind === 'measured' && answer.value.exitCode === 0 ? parseChronyTracking(answer.value.stdout) : null;
  if (tracking !== null) return { ...tracking, source };
  const because = answer.kind === 'measured' ? `${source} says: ${saidBy(answer.value)}` : reasonOf(answer);
  absent.push({ fact: 'what chronyd follows', because });
  return null;
}

function saidBy({ stdout, stderr }: { stdout: string; stderr: string }): string {
  return (stderr.trim() || stdout.trim() || 'nothing').split('\n', 1)[0]?.slice(0, 200) ?? 'nothing';
}

function outputOf(answer: Attempt<{ stdout: string; exitCode: number | null }>): string | null {
  return answer.kind === 'measured' && answer.value.exitCode === 0 ? answer.value.stdout : null;
}

async function readLine(local: LocalSystem, path: string, fact: string, absent: ClockData['absent']): Promise<string | null> {
  const read = await local.file(path, 256);
  if (read.kind === 'measured' && /^[\w.+-]{1,64}$/.test(read.value.trim())) return read.value.trim();
  absent.push({ fact, because: read.kind === 'measured' ? `${path} holds nonsense` : reasonOf(read) });
  return null;
}
