import type { DataOf } from '../../model/measurement.js';
import type { LocalSystem } from '../../net/local-port.js';
import { parseNumbers, parseSetting, parseTickHz } from '../../wire/linux/proc-sys.js';
import type { Reading } from './reading.js';

type Processor = NonNullable<DataOf<'kernel'>['processor']>;

const FOLDER = '/sys/devices/system/cpu';
/** CPUs whose governor is read; they have the same one as a rule. */
const MAXIMUM_CPUS = 64;
const MAXIMUM_STATES = 16;
const CONFIGURATION_BYTES = 1024 * 1024;

/** How quickly the CPUs are at work: their governors, and the idle states of the first one. `null` where neither is shown, as in a VM. */
export async function readProcessor(reading: Reading, local: LocalSystem): Promise<Processor | null> {
  const folders = await local.entries(FOLDER);
  if (folders.kind !== 'measured') return reading.without('governor of the CPUs', `${FOLDER} is not shown`);
  const cpus = folders.value.filter((name) => /^cpu\d{1,5}$/.test(name)).slice(0, MAXIMUM_CPUS);
  const [names, idleStates] = await Promise.all([
    Promise.all(cpus.map((cpu) => reading.optional('governor of the CPUs', `${FOLDER}/${cpu}/cpufreq/scaling_governor`, parseSetting))),
    readIdleStates(reading, local),
  ]);
  const counts = new Map<string, number>();
  for (const name of names) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  if (counts.size === 0)
    reading.without('governor of the CPUs', `${FOLDER}/cpu0/cpufreq does not exist: this machine does not set the frequency`);
  const governors = [...counts].map(([name, count]) => ({ name, cpus: count }));
  return governors.length === 0 && idleStates.length === 0 ? null : { governors, idleStates, source: FOLDER };
}

async function readIdleStates(reading: Reading, local: LocalSystem): Promise<Processor['idleStates']> {
  const folder = `${FOLDER}/cpu0/cpuidle`;
  const entries = await local.entries(folder);
  if (entries.kind !== 'measured') return [];
  const numbers = entries.value.flatMap((name) => /^state(\d{1,3})$/.exec(name)?.[1] ?? []).map(Number);
  const states = numbers
    .sort((a, b) => a - b)
    .slice(0, MAXIMUM_STATES)
    .map(async (number) => {
      const fact = `idle state ${number}`;
      const [name, latency, disabled] = await Promise.all([
        reading.optional(fact, `${folder}/state${number}/name`, parseSetting),
        reading.optional(fact, `${folder}/state${number}/latency`, (text) => parseNumbers(text, 1)),
        reading.optional(fact, `${folder}/state${number}/disable`, (text) => parseNumbers(text, 1)),
      ]);
      const [exitLatencyUs] = latency ?? [];
      if (name === null || exitLatencyUs === undefined || !Number.isFinite(exitLatencyUs)) return [];
      return [{ name, exitLatencyUs, disabled: disabled?.[0] === 1 }];
    });
  return (await Promise.all(states)).flat();
}

/** The tick of the kernel, from its configuration where the distribution lays it beside the kernel for everybody. */
export function readTickHz(reading: Reading, release: string): Promise<number | null> {
  return reading.parsed('tick of the kernel (CONFIG_HZ)', `/boot/config-${release}`, parseTickHz, CONFIGURATION_BYTES);
}
