import { type Attempt, unavailable } from '../../model/attempt.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';

export async function measureClock(_circumstances: MachineCircumstances, _context: MeasureContext): Promise<Observation<'clock'>> {
  return clockNotTried(unavailable('platform', 'not known yet'));
}

export function clockNotTried(attempt: Attempt<null>): Observation<'clock'> {
  return { attempt, method: null, data: { absent: [] } };
}
