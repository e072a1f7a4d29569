import type { Attempt } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import type { Observation } from '../probe.js';

/** Nothing is known, of anything. */
export function emptyFirewallData(): DataOf<'firewall'> {
  return {
    rules: null,
    engines: [],
    managers: [],
    defaults: [],
    listeners: null,
    published: null,
    outgoing: [],
    tooLarge: [],
    absent: [],
  };
}

export function firewallNotTried(attempt: Attempt<null>): Observation<'firewall'> {
  return { attempt, method: null, data: emptyFirewallData() };
}
