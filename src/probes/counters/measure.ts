import { type Attempt, unavailable } from '../../model/attempt.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';

export async function measureCounters(_circumstances: MachineCircumstances, _context: MeasureContext): Promise<Observation<'counters'>> {
  return countersNotTried(unavailable('platform', 'not known yet'));
}

export function countersNotTried(attempt: Attempt<null>): Observation<'counters'> {
  return { attempt, method: null, data: { absent: [] } };
}
