import { type Attempt, unavailable } from '../../model/attempt.js';
import type { MachineCircumstances } from '../machine-probe.js';
import type { MeasureContext, Observation } from '../probe.js';

export async function measureSurroundings(
  _circumstances: MachineCircumstances,
  _context: MeasureContext,
): Promise<Observation<'surroundings'>> {
  return surroundingsNotTried(unavailable('platform', 'not known yet'));
}

export function surroundingsNotTried(attempt: Attempt<null>): Observation<'surroundings'> {
  return { attempt, method: null, data: { absent: [] } };
}
