import { type Attempt, unavailable } from '../../model/attempt.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';

export async function measureFirewall(_circumstances: MachineCircumstances, _context: MeasureContext): Promise<Observation<'firewall'>> {
  return firewallNotTried(unavailable('platform', 'not known yet'));
}

export function firewallNotTried(attempt: Attempt<null>): Observation<'firewall'> {
  return { attempt, method: null, data: { absent: [] } };
}
