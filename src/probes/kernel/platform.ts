import { type Attempt, measured, skipped, unavailable } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { readTool, whyNot } from '../../net/machine/local-facts.js';
import { readWindows, WINDOWS_SOURCE, whyUnknown } from '../../net/machine/windows-facts.js';
import type { LocalSystem } from '../../net/port.js';
import { parseSysctl } from '../../wire/darwin/settings.js';
import { readWindowsComputer, readWindowsTcpSettings } from '../../wire/windows/settings.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { kernelNotTried } from './not-tried.js';

type Kernel = DataOf<'kernel'>;
type Setting = Kernel['settings'][number];

interface PlatformKernel {
  attempt: Attempt<null>;
  release: string | null;
  source: string | null;
  settings: Setting[];
  localPorts: Kernel['localPorts'];
  absent: Kernel['absent'];
}

/** Settings of macOS and Windows under their own names. Beside targets nothing of it would be judged, and nothing is asked. */
export async function measurePlatform(
  { options }: MachineCircumstances,
  { network, signal }: MeasureContext,
): Promise<Observation<'kernel'>> {
  if (options.scope === 'path') return kernelNotTried(skipped('it is not asked for beside targets'));
  const { local } = network;
  const read = await (local.platform === 'darwin' ? readDarwinKernel : readWindowsKernel)(local, signal);
  const { data } = kernelNotTried(measured(null));
  const { attempt, release, source, settings, localPorts, absent } = read;
  return {
    attempt: signal.aborted ? skipped('interrupted') : attempt,
    method: 'system',
    data: { ...data, system: { ...data.system, release, source }, settings, localPorts, absent },
  };
}

/** What belongs to Linux alone; each system has its own limits, and shows none of them. */
const LINUX_ALONE = 'tables, queues and limits of the kernel';

/** A setting that is shown and not judged: what the profiles want, they want of Linux. */
function shown(name: string, topic: Setting['topic'], value: string, source: string): Setting {
  const none = { recommended: null, because: null, line: null, file: null, grade: null };
  return { name, topic, value, source, machineWide: true, settable: 'here', ...none };
}

function portsFrom(first: number, last: number, source: string): Kernel['localPorts'] {
  if (first < 1 || last > 65_535 || last < first) return null;
  const unknown = { tcpUsed: null, timeWait: null, timeWaitReuse: null, busiest: null, targets: [], udpUsed: null };
  return { first, last, usable: last - first + 1, ...unknown, source };
}

const DARWIN_SETTINGS: readonly [string, Setting['topic']][] = [
  ['kern.ipc.maxsockbuf', 'buffers'],
  ['net.inet.tcp.autorcvbufmax', 'buffers'],
  ['net.inet.tcp.autosndbufmax', 'buffers'],
  ['net.inet.tcp.sendspace', 'buffers'],
  ['net.inet.tcp.recvspace', 'buffers'],
  ['net.inet.tcp.ecn', 'congestion'],
  ['net.inet.tcp.sack', 'tcp'],
  ['net.inet.tcp.delayed_ack', 'tcp'],
  ['net.inet.tcp.fastopen', 'tcp'],
  ['net.inet.tcp.win_scale_factor', 'tcp'],
  ['net.inet.tcp.keepidle', 'tcp'],
  ['net.inet.tcp.keepintvl', 'tcp'],
  ['net.inet.tcp.blackhole', 'tcp'],
  ['kern.ipc.somaxconn', 'connections'],
  ['net.inet.ip.forwarding', 'routing'],
  ['net.inet6.ip6.forwarding', 'routing'],
];

const DARWIN_ASKED = [
  ...['net.inet.tcp', 'net.inet.ip.portrange', 'net.inet.ip.forwarding', 'net.inet6.ip6.forwarding'],
  ...['kern.ipc.maxsockbuf', 'kern.ipc.somaxconn', 'kern.osrelease'],
];

/** Settings of macOS by sysctl, under its own names. */
async function readDarwinKernel(local: LocalSystem, signal: AbortSignal): Promise<PlatformKernel> {
  const read = await readTool(local, { file: 'sysctl', args: DARWIN_ASKED }, signal, (text) => {
    const settings = parseSysctl(text);
    return settings.size === 0 ? null : settings;
  });
  const absent: Kernel['absent'] = [{ fact: LINUX_ALONE, because: 'macOS shows none of them' }];
  if (read.kind !== 'measured') {
    absent.push({ fact: 'settings', because: whyNot(read) });
    return { attempt: read, release: null, source: null, settings: [], localPorts: null, absent };
  }
  const { value } = read;
  const settings = DARWIN_SETTINGS.flatMap(([name, topic]) => {
    const text = value.get(name);
    if (text === undefined || text === '') {
      absent.push({ fact: name, because: 'sysctl does not have it here' });
      return [];
    }
    return [shown(name, topic, text, `sysctl ${name}`)];
  });
  const bound = (end: string) => Number(value.get(`net.inet.ip.portrange.${end}`) ?? Number.NaN);
  const [first, last] = [bound('first'), bound('last')];
  const whole = Number.isInteger(first) && Number.isInteger(last);
  // The range can be written down the wrong way round, and counts all the same (in_pcb.c).
  const localPorts = whole ? portsFrom(Math.min(first, last), Math.max(first, last), 'sysctl net.inet.ip.portrange') : null;
  absent.push(
    localPorts === null
      ? { fact: 'range of local ports', because: 'sysctl does not tell it, or tells nonsense' }
      : { fact: 'local ports in use', because: 'connections are not counted on macOS' },
  );
  return { attempt: measured(null), release: value.get('kern.osrelease') ?? null, source: 'sysctl', settings, localPorts, absent };
}

/** Settings of Windows, of the template for connections over the internet. */
async function readWindowsKernel(local: LocalSystem, signal: AbortSignal): Promise<PlatformKernel> {
  const report = await readWindows(local, 'rest', signal);
  const read = report.kind === 'measured' ? readWindowsTcpSettings(report.value) : null;
  const computer = report.kind === 'measured' ? readWindowsComputer(report.value) : null;
  const absent: Kernel['absent'] = [{ fact: LINUX_ALONE, because: 'Windows shows none of them' }];
  const internet = read?.find(({ name }) => name === 'Internet');
  if (internet === undefined) {
    const because = read === null ? whyUnknown(report, 'tcpSettings') : 'Windows does not list the template Internet';
    absent.push({ fact: 'settings', because });
    return {
      attempt: unavailable('tool', because),
      release: computer?.version ?? null,
      source: null,
      settings: [],
      localPorts: null,
      absent,
    };
  }
  const { autoTuning, congestionControl, firstDynamicPort, dynamicPorts } = internet;
  const settings: Setting[] = [];
  if (autoTuning !== null) settings.push(shown('AutoTuningLevel', 'buffers', autoTuning, WINDOWS_SOURCE));
  else absent.push({ fact: 'AutoTuningLevel', because: 'Windows does not tell it, or by a number that is not known' });
  if (congestionControl !== null) settings.push(shown('CongestionProvider', 'congestion', congestionControl, WINDOWS_SOURCE));
  else absent.push({ fact: 'CongestionProvider', because: 'Windows tells it by a number that is not written down anywhere' });
  const ports =
    firstDynamicPort === null || dynamicPorts === null
      ? null
      : portsFrom(firstDynamicPort, firstDynamicPort + dynamicPorts - 1, WINDOWS_SOURCE);
  absent.push(
    ports === null
      ? { fact: 'range of local ports', because: 'Windows does not tell it' }
      : { fact: 'local ports in use', because: 'connections are not counted on Windows' },
  );
  return { attempt: measured(null), release: computer?.version ?? null, source: WINDOWS_SOURCE, settings, localPorts: ports, absent };
}
