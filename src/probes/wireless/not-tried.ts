import type { Attempt } from '../../model/attempt.js';
import type { Observation } from '../probe.js';

export function wirelessNotTried(attempt: Attempt<null>): Observation<'wireless'> {
  return { attempt, method: null, data: { radios: [], absent: [] } };
}
