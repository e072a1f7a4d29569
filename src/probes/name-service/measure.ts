import { type Attempt, unavailable } from '../../model/attempt.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';

export async function measureNameService(
  _circumstances: MachineCircumstances,
  _context: MeasureContext,
): Promise<Observation<'name-service'>> {
  return nameServiceNotTried(unavailable('platform', 'not known yet'));
}

export function nameServiceNotTried(attempt: Attempt<null>): Observation<'name-service'> {
  return { attempt, method: null, data: { absent: [] } };
}
