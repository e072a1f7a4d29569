import { type Attempt, unavailable } from '../../model/attempt.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';

export async function measureDuplicateAddress(
  _circumstances: MachineCircumstances,
  _context: MeasureContext,
): Promise<Observation<'duplicate-address'>> {
  return duplicateAddressNotTried(unavailable('platform', 'not known yet'));
}

export function duplicateAddressNotTried(attempt: Attempt<null>): Observation<'duplicate-address'> {
  return { attempt, method: null, data: { absent: [] } };
}
