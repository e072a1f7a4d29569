import { type Attempt, unavailable } from '../../model/attempt.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';

export async function measureKernel(_circumstances: MachineCircumstances, _context: MeasureContext): Promise<Observation<'kernel'>> {
  return kernelNotTried(unavailable('platform', 'not known yet'));
}

export function kernelNotTried(attempt: Attempt<null>): Observation<'kernel'> {
  return { attempt, method: null, data: { absent: [] } };
}
