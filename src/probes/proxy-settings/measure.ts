import { type Attempt, unavailable } from '../../model/attempt.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';

export async function measureProxySettings(
  _circumstances: MachineCircumstances,
  _context: MeasureContext,
): Promise<Observation<'proxy-settings'>> {
  return proxySettingsNotTried(unavailable('platform', 'not known yet'));
}

export function proxySettingsNotTried(attempt: Attempt<null>): Observation<'proxy-settings'> {
  return { attempt, method: null, data: { absent: [] } };
}
