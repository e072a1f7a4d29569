import type { MachineProbe } from '../machine-probe.js';
import { judgeCounters } from './judge.js';
import { countersNotTried, measureCounters } from './measure.js';

/** Counters of links and protocols, watched over the run. */
export const countersProbe: MachineProbe<'counters'> = {
  name: 'counters',
  label: 'error and drop counters',
  isAsked: () => true,
  measure: measureCounters,
  notTried: countersNotTried,
  judge: judgeCounters,
};
