import {
  assignmentOf,
  assignmentsIn,
  KERNEL_SETTINGS,
  type KernelPolicy,
  type KernelSetting,
  passesRule,
  type SettingRule,
  valueToSet,
} from '../../model/kernel-settings.js';
import type { DataOf } from '../../model/measurement.js';

type Kernel = DataOf<'kernel'>;
export type Setting = Kernel['settings'][number];

/** The file that netdiag proposes for settings that are to last. */
export const SETTINGS_FILE = '/etc/sysctl.d/60-network.conf';

/** The settings that a run looks at: all, or in the light of its targets those that its profile asks for, or none. */
export function settingsToRead(scope: 'all' | 'path', policy: KernelPolicy): readonly KernelSetting[] {
  if (scope === 'all') return KERNEL_SETTINGS;
  return policy.tuning ? KERNEL_SETTINGS.filter(({ name }) => policy.settings[name] !== undefined) : [];
}

export interface SettingFacts {
  setting: KernelSetting;
  value: string;
  source: string;
  /** What is wanted of it; `undefined`: nothing. */
  rule: SettingRule | undefined;
}

/** Who can set it, what to write, and whether it passes. */
export function describeSetting(
  { setting, value, source, rule }: SettingFacts,
  kernel: Pick<Kernel, 'system' | 'congestion' | 'fairQueue'>,
): Setting {
  const { name, topic, machineWide } = setting;
  const passes = rule === undefined ? null : passesRule(value, rule);
  const elsewhere = kernel.system.readOnly === true || (machineWide && kernel.system.ownNamespace === true);
  const differs = rule !== undefined && passes === false;
  return {
    name,
    topic,
    value,
    source,
    machineWide,
    settable: elsewhere ? 'host' : 'here',
    recommended: rule?.wanted.set ?? null,
    because: rule?.because ?? null,
    line: differs ? lineFor(name, valueToSet(value, rule), kernel) : null,
    file: differs ? SETTINGS_FILE : null,
    grade: passes === null ? null : passes ? 'pass' : 'warn',
  };
}

function lineFor(name: string, value: string, { congestion, fairQueue }: Pick<Kernel, 'congestion' | 'fairQueue'>): string | null {
  if (name === 'net.core.default_qdisc' && value === 'fq' && fairQueue === 'none') return null;
  const assignment = assignmentOf(name, value);
  // An interface can have a name that a shell would take for something else.
  if (assignmentsIn(assignment).length !== 1) return null;
  const line = `sudo sysctl -w ${assignment}`;
  if (name !== 'net.ipv4.tcp_congestion_control' || value !== 'bbr') return line;
  if (congestion?.bbr === 'none') return null;
  return congestion?.bbr === 'module' ? `sudo modprobe tcp_bbr && ${line}` : line;
}

/** What to write, by the profile, or because of the links of this machine; `null`: nothing is wanted. */
export function assignmentFor({ name, value, recommended }: Setting, { settings }: KernelPolicy): string | null {
  const rule = settings[name];
  const set = rule === undefined ? recommended : valueToSet(value, rule);
  return set === null ? null : assignmentOf(name, set);
}
