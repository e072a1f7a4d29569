import { type Attempt, measured, skipped } from '../../model/attempt.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';
import { emptyClockData, type LocalClock, unknownClock } from './local-clock.js';

/**
 * What this machine knows of its clock; with scope `all`, and unless nothing may be sent, what time servers and the named pages say. Ahead of
 * a target nobody is asked: there the Date fields of the targets' own answers are evidence enough.
 */
export async function measureClock({ options, origin }: MachineCircumstances, context: MeasureContext): Promise<Observation<'clock'>> {
  const { scope, passive, timeServers, datePages, timeoutMs, proxies } = options;
  const local = await readLocalClock(scope, context);
  const asks = scope === 'all' && !passive;
  const [told, pages] = await Promise.all([asks ? ntp() : null, asks && datePages.length > 0 ? dates() : []]);
  const data = { ...emptyClockData(), ...local, ...told, pages };
  if (context.signal.aborted) return { attempt: skipped('interrupted'), method: null, data };
  return { attempt: measured(null), method: told === null ? 'system' : 'ntp', data };

  async function ntp() {
    const [{ planTimeServers }, { askTimeServers }] = await Promise.all([import('./plan.js'), import('./ntp.js')]);
    return askTimeServers(planTimeServers(timeServers, local), { timeoutMs, origin }, context);
  }

  async function dates() {
    const { askDatePages } = await import('./pages.js');
    return askDatePages(datePages, { timeoutMs, origin, proxies }, context);
  }
}

async function readLocalClock(scope: 'path' | 'all', { network, signal }: MeasureContext): Promise<LocalClock> {
  const { local } = network;
  if (local.platform === 'darwin') return (await import('./darwin.js')).readDarwinClock(local);
  if (local.platform === 'win32') return (await import('./windows.js')).readWindowsClock(local, scope, signal);
  if (local.platform !== 'linux') {
    return unknownClock([{ fact: 'state of the clock', because: `it is not read on ${local.platform} yet` }]);
  }
  const { readLinuxClock } = await import('./linux.js');
  return readLinuxClock(local, scope, signal);
}

export function clockNotTried(attempt: Attempt<null>): Observation<'clock'> {
  return { attempt, method: null, data: emptyClockData() };
}
