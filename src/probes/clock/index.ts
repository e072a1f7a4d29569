import type { MachineProbe } from '../machine-probe.js';
import { judgeClock } from './judge.js';
import { clockNotTried, measureClock } from './measure.js';

/** The clock of this machine against others. */
export const clockProbe: MachineProbe<'clock'> = {
  name: 'clock',
  label: 'clock',
  isAsked: () => true,
  measure: measureClock,
  notTried: clockNotTried,
  judge: judgeClock,
};
