import { interfaceSetting, type KernelPolicy, type KernelSetting, pathOfSetting, type SettingRule } from '../../model/kernel-settings.js';
import type { DataOf } from '../../model/measurement.js';
import type { LocalSystem } from '../../net/local-port.js';
import { namesModule, parseSetting } from '../../wire/linux/proc-sys.js';
import type { MachineCircumstances } from '../machine-probe.js';
import { describeSetting, type Setting, settingsToRead } from './plan.js';
import type { Reading } from './reading.js';
import { bridgeSetting, interfacesToAsk, routerAdvertisementRule, sourceValidationRule } from './routing-rules.js';

type Kernel = DataOf<'kernel'>;

/** Lists of the modules of a kernel: that of a distribution has half a megabyte. */
const MODULE_LIST_BYTES = 4 * 1024 * 1024;

/** The one setting that is empty on most machines. */
const LIST_OF_PORTS = 'net.ipv4.ip_local_reserved_ports';

function parsePorts(text: string): string | null {
  return text.trim() === '' ? '' : parseSetting(text);
}

/** The settings that the scope asks for, with what the profile wants of them. */
export async function readSettings(
  reading: Reading,
  { options, policy, host }: MachineCircumstances,
  local: LocalSystem,
  kernel: Pick<Kernel, 'system' | 'congestion' | 'fairQueue'>,
): Promise<Setting[]> {
  const read = async (setting: KernelSetting, rule: SettingRule | undefined): Promise<Setting | null> => {
    const { name } = setting;
    const source = pathOfSetting(name);
    const file = await local.file(source);
    if (file.kind === 'unavailable' && file.capability === 'file' && setting.machineWide && kernel.system.ownNamespace === true) {
      return reading.without(name, 'it belongs to the whole machine and is not shown in a network namespace (container)');
    }
    const value = await reading.parsed(name, source, name === LIST_OF_PORTS ? parsePorts : parseSetting);
    return value === null ? null : describeSetting({ setting, value, source, rule }, kernel);
  };
  const listed = settingsToRead(options.scope, policy.kernel).map((setting) => read(setting, policy.kernel.settings[setting.name]));
  const settings = (await Promise.all(listed)).filter((setting) => setting !== null);
  if (options.scope !== 'all') return settings;
  const valueNamed = (name: string) => settings.find((setting) => setting.name === name)?.value ?? null;
  const bridge = bridgeSetting(host, settings, kernel);
  const links = interfacesToAsk(host).flatMap((link) => [
    read(
      { name: interfaceSetting(4, link, 'rp_filter'), topic: 'routing', machineWide: false },
      sourceValidationRule(host, valueNamed('net.ipv4.conf.all.rp_filter')),
    ),
    readAdvertisements(link),
  ]);
  async function readAdvertisements(link: string): Promise<Setting | null> {
    const [forwarding, accept] = await Promise.all([
      read({ name: interfaceSetting(6, link, 'forwarding'), topic: 'routing', machineWide: false }, undefined),
      read({ name: interfaceSetting(6, link, 'accept_ra'), topic: 'routing', machineWide: false }, undefined),
    ]);
    const rule = routerAdvertisementRule(host, link, forwarding?.value ?? null);
    if (accept === null) return null;
    const setting = { name: accept.name, topic: accept.topic, machineWide: false };
    return describeSetting({ setting, value: accept.value, source: accept.source, rule }, kernel);
  }
  const ofLinks = (await Promise.all(links)).filter((setting) => setting !== null);
  return [...settings.map((setting) => (setting.name === bridge?.name ? bridge : setting)), ...ofLinks];
}

/** Which congestion controls there are, and, where the profile wants BBR, whether there is a module of it. */
export async function readCongestion(
  reading: Reading,
  local: LocalSystem,
  policy: KernelPolicy,
  release: string | null,
): Promise<Kernel['congestion']> {
  const source = '/proc/sys/net/ipv4/tcp_available_congestion_control';
  const words = (text: string) => parseSetting(text)?.split(' ') ?? null;
  const [available, allowed] = await Promise.all([
    reading.parsed('available congestion controls', source, words),
    reading.optional('allowed congestion controls', '/proc/sys/net/ipv4/tcp_allowed_congestion_control', words),
  ]);
  if (available === null) return null;
  if (available.includes('bbr')) return { available, allowed, bbr: 'loaded', source };
  const wanted = policy.settings['net.ipv4.tcp_congestion_control'] !== undefined;
  return { available, allowed, bbr: wanted && release !== null ? await moduleOf(reading, local, release, 'tcp_bbr') : null, source };
}

/** Whether `fq` could be set, where the profile wants it and it is not in force anyway. */
export async function readFairQueue(
  reading: Reading,
  local: LocalSystem,
  policy: KernelPolicy,
  release: string | null,
): Promise<Kernel['fairQueue']> {
  if (policy.settings['net.core.default_qdisc'] === undefined || release === null) return null;
  const inForce = await local.file('/proc/sys/net/core/default_qdisc');
  if (inForce.kind === 'measured' && parseSetting(inForce.value) === 'fq') return 'present';
  const found = await moduleOf(reading, local, release, 'sch_fq');
  return found === 'module' ? 'present' : found;
}

async function moduleOf(reading: Reading, local: LocalSystem, release: string, module: string): Promise<'module' | 'none' | null> {
  const folder = `/lib/modules/${release}`;
  const lists = await Promise.all(['modules.builtin', 'modules.dep'].map((name) => local.file(`${folder}/${name}`, MODULE_LIST_BYTES)));
  const texts = lists.flatMap((list) => (list.kind === 'measured' ? [list.value] : []));
  if (texts.some((text) => namesModule(text, module))) return 'module';
  if (texts.length === lists.length) return 'none';
  return reading.without(`module ${module}`, `${folder} does not list the modules of this kernel (in a container they are the host's)`);
}
