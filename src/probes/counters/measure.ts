import { type Attempt, unavailable } from '../../model/attempt.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';

/** Reads the counters now, waits for the rest of the run, and reads them again. Sends nothing. */
export async function measureCounters(circumstances: MachineCircumstances, context: MeasureContext): Promise<Observation<'counters'>> {
  const { platform } = context.network.local;
  if (platform === 'linux') return (await import('./measure-linux.js')).measureLinuxCounters(circumstances, context);
  if (platform === 'darwin') return (await import('./measure-darwin.js')).measureDarwinCounters(circumstances, context);
  if (platform === 'win32') return (await import('./measure-windows.js')).measureWindowsCounters(circumstances, context);
  return countersNotTried(unavailable('platform', `the counters of ${platform} are not read`));
}

export function countersNotTried(attempt: Attempt<null>): Observation<'counters'> {
  const data = { windowMs: null, links: [], protocols: [], processors: null, fullListenQueues: null, absent: [] };
  return { attempt, method: null, data };
}
