import { measured, skipped } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { parseKernelVersion, parseNumbers, parseSettingsReadOnly } from '../../wire/linux/proc-sys.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { readLocalPorts } from './local-ports.js';
import { kernelNotTried } from './not-tried.js';
import { readProcessor, readTickHz } from './processor.js';
import { readQueues } from './queues.js';
import { Reading } from './reading.js';
import { readCongestion, readFairQueue, readSettings } from './settings.js';
import { readTables } from './tables.js';

type Kernel = DataOf<'kernel'>;

/** Everything at once: each fact is a file or a single question to the kernel. */
export async function measureLinuxKernel(circumstances: MachineCircumstances, context: MeasureContext): Promise<Observation<'kernel'>> {
  const { options, policy } = circumstances;
  const { local } = context.network;
  const reading = new Reading(local);
  const all = options.scope === 'all';
  const tuned = all || policy.kernel.tuning;
  const system = await readSystem(reading, local);
  const closely = policy.kernel.governor !== null;
  const [congestion, fairQueue, queues, processor, localPorts, tables, tickHz] = await Promise.all([
    tuned ? readCongestion(reading, local, policy.kernel, system.release) : null,
    tuned ? readFairQueue(reading, local, policy.kernel, system.release) : null,
    tuned ? readQueues(reading, circumstances, context) : null,
    closely ? readProcessor(reading, local) : null,
    readLocalPorts(reading, circumstances, context),
    readTables(reading, local, all, system.ownNamespace),
    closely && system.release !== null ? readTickHz(reading, system.release) : null,
  ]);
  const found = { system: { ...system, tickHz }, congestion, fairQueue };
  const settings = await readSettings(reading, circumstances, local, found);
  const data: Kernel = { ...found, settings, queues, processor, localPorts, ...tables, absent: reading.sortedAbsent };
  if (context.signal.aborted) return kernelNotTried(skipped('interrupted'));
  return { attempt: measured(null), method: null, data };
}

async function readSystem(reading: Reading, local: MeasureContext['network']['local']): Promise<Kernel['system']> {
  const [version, readOnly, ownNamespace] = await Promise.all([
    reading.parsed('release of the kernel', '/proc/version', parseKernelVersion),
    reading.parsed('whether settings can be written', '/proc/self/mountinfo', parseSettingsReadOnly, 1024 * 1024),
    hasOwnNamespace(local),
  ]);
  if (ownNamespace === null)
    reading.without('namespace', '/proc/sys/net shows too little to tell whether the namespace is that of the machine');
  return {
    release: version?.release ?? null,
    realtime: version?.realtime ?? null,
    preemption: version?.preemption ?? null,
    tickHz: null,
    ownNamespace,
    readOnly,
    source: version === null ? null : '/proc/version',
  };
}

/** What is of the whole machine is not shown in any namespace but the first (`net_core_table`), what each has of its own is. */
async function hasOwnNamespace(local: MeasureContext['network']['local']): Promise<boolean | null> {
  const [own, whole] = await Promise.all([local.file('/proc/sys/net/core/somaxconn'), local.file('/proc/sys/net/core/netdev_max_backlog')]);
  if (own.kind !== 'measured' || parseNumbers(own.value, 1) === null) return null;
  if (whole.kind === 'measured') return false;
  return whole.kind === 'unavailable' && whole.capability === 'file' ? true : null;
}
