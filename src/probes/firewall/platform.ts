import { skipped } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { readDarwinFirewall } from './darwin.js';
import { readWindowsProfiles } from './windows.js';

/** What filters of macOS and Windows say of themselves. Beside targets nothing of it would be judged, and nothing is asked. */
export async function measurePlatform(
  { options }: MachineCircumstances,
  { network, signal }: MeasureContext,
  nothing: DataOf<'firewall'>,
): Promise<Observation<'firewall'>> {
  const { local } = network;
  if (options.scope === 'path') return { attempt: skipped('it is not asked for beside targets'), method: null, data: nothing };
  const read = local.platform === 'darwin' ? readDarwinFirewall : readWindowsProfiles;
  const { attempt, managers, absent } = await read(local, signal);
  return { attempt: signal.aborted ? skipped('interrupted') : attempt, method: 'system', data: { ...nothing, managers, absent } };
}
