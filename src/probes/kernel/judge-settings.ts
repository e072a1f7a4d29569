import { type KernelPolicy, passesRule, type SettingTopic, wantedText } from '../../model/kernel-settings.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { assignmentFor, type Setting } from './plan.js';

type Kernel = MeasurementOf<'kernel'>;

const CONGESTION_CONTROL = 'net.ipv4.tcp_congestion_control';
const DEFAULT_QUEUE = 'net.core.default_qdisc';

const TOPICS: readonly { topic: SettingTopic; kind: string; title: string }[] = [
  { topic: 'buffers', kind: 'l4.kernel-buffers', title: 'kernel: buffers' },
  { topic: 'congestion', kind: 'l4.kernel-congestion', title: 'kernel: congestion' },
  { topic: 'queues', kind: 'l4.kernel-queues', title: 'kernel: queues' },
  { topic: 'tcp', kind: 'l4.kernel-tcp', title: 'kernel: TCP options' },
  { topic: 'connections', kind: 'l4.kernel-connections', title: 'kernel: connections' },
  { topic: 'routing', kind: 'l4.kernel-routing', title: 'kernel: forwarding' },
];

/** One line for each topic: what differs from the profile and how to set it, or what there is. Nothing of this is ever a failure. */
export function judgeSettings(measurement: Kernel, { policy }: MachineJudgeContext): Check[] {
  return TOPICS.map(({ topic, kind, title }) => {
    const line = { kind, layer: 4, title, measurement } as const;
    const settings = measurement.data.settings.filter((setting) => setting.topic === topic);
    const off = settings.filter((setting) => !passes(setting, policy.kernel));
    const queues = topic === 'queues' ? queuesThatDiffer(measurement, policy.kernel) : [];
    if (off.length === 0 && queues.length === 0) {
      if (settings.length === 0) return skippedCheck(line, reasonWhyNone(measurement, topic));
      return check({
        ...line,
        status: 'pass',
        observed: settings
          .filter(({ value }) => value !== '')
          .map(shortly)
          .join(', '),
      });
    }
    const { congestion, fairQueue } = measurement.data;
    const impossible = new Set([
      ...(congestion?.bbr === 'none' ? [CONGESTION_CONTROL] : []),
      ...(fairQueue === 'none' ? [DEFAULT_QUEUE] : []),
    ]);
    const toSet = off.filter(({ name }) => !impossible.has(name));
    const commands = [
      ...(congestion?.bbr === 'module' && off.some(({ name }) => name === CONGESTION_CONTROL) ? ['modprobe tcp_bbr'] : []),
      ...(fairQueue === 'none' ? [] : queues.map(({ command }) => command)),
      ...(off.some(({ name }) => name === CONGESTION_CONTROL && impossible.has(name)) ? ['a kernel that has BBR'] : []),
      ...(fairQueue === 'none' && topic === 'queues' ? ['a kernel that has fq'] : []),
    ];
    const ofHost = off.filter(({ settable }) => settable === 'host');
    const isAll = ofHost.length === off.length;
    const words = off.map((setting) => `${shortly(setting)}${!isAll && ofHost.includes(setting) ? ' (set by the host)' : ''}`);
    const host = ofHost.length > 0 && isAll ? ' (set by the host, not from here)' : '';
    const observed = `${[...words, ...queues.map(({ observed: text }) => text)].join(', ')}${host}`;
    const assignments = toSet.flatMap((setting) => assignmentFor(setting, policy.kernel) ?? []);
    return check({ ...line, status: 'warn', code: 'kernel-tuning', observed, expected: wantedText(assignments, commands) });
  });
}

/** What is wanted because of the links of this machine was found out with them; the rest is up to the profile that judges. */
function passes(setting: Setting, { settings }: KernelPolicy): boolean {
  const rule = settings[setting.name];
  if (rule !== undefined) return passesRule(setting.value, rule) !== false;
  return setting.topic !== 'routing' || setting.grade !== 'warn';
}

/** `rmem_max 212992`; the interface stays where a setting is of one: `eth0.rp_filter 1`. */
function shortly({ name, value }: Setting): string {
  const [, of, link, leaf] = /^net\.(ipv[46])\.conf\.(.+)\.([^.]+)$/.exec(name) ?? [];
  if (of !== undefined) return `${link}.${leaf} ${value}`;
  // macOS has the same word for both families.
  const [both] = /ip6?\.forwarding$/.exec(name) ?? [];
  return `${both ?? name.slice(name.lastIndexOf('.') + 1)} ${value}`;
}

function reasonWhyNone({ data }: Kernel, topic: SettingTopic): string {
  if (data.system.ownNamespace === true && topic === 'queues') return 'its settings are of the whole machine, not shown in a container';
  return data.absent.find(({ fact }) => fact.startsWith('net.'))?.because ?? 'none of its settings is shown here';
}

/** What an interface sends by where nobody set anything, whatever the distribution has for a default. */
const DEFAULT_QUEUES: ReadonlySet<string> = new Set(['pfifo_fast', 'pfifo', 'fq_codel', 'fq', 'sfq']);

/** The default is for interfaces that come later: those in use keep what they have. */
function queuesThatDiffer({ data }: Kernel, { settings }: KernelPolicy): { observed: string; command: string }[] {
  const rule = settings['net.core.default_qdisc'];
  if (rule === undefined) return [];
  return (data.queues ?? []).flatMap(({ interface: link, root, leaves }) => {
    const sending = root === 'mq' ? leaves : [root];
    // Whatever no kernel sets by itself (htb, cake, tbf) was set for a purpose, which a command of ours would undo.
    if (!sending.every((kind) => DEFAULT_QUEUES.has(kind)) || sending.every((kind) => passesRule(kind, rule) === true)) return [];
    const command = `tc qdisc replace dev ${link} root ${root === 'mq' ? 'mq' : rule.wanted.set}`;
    return [{ observed: `${link} sends by ${sending.join(', ')}`, command }];
  });
}

/** `l4.kernel-processor`: the governor of the CPUs, where the profile wants one and the machine shows it. */
export function judgeProcessor(measurement: Kernel, { policy }: MachineJudgeContext): Check[] {
  const { governor } = policy.kernel;
  const governors = measurement.data.processor?.governors ?? [];
  if (governor === null || governors.length === 0) return [];
  const line = { kind: 'l4.kernel-processor', layer: 4, title: 'kernel: CPU governor', measurement } as const;
  const observed = governors.map(({ name, cpus }) => `${name} on ${cpus} ${cpus === 1 ? 'CPU' : 'CPUs'}`).join(', ');
  if (governors.every(({ name }) => name === governor.name)) return [check({ ...line, status: 'pass', observed })];
  const expected = wantedText([], [`cpupower frequency-set -g ${governor.name}`]);
  return [check({ ...line, status: 'warn', code: 'kernel-tuning', observed, expected })];
}
