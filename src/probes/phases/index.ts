import type { Probe } from '../probe.js';
import { judgePhases } from './judge.js';
import { measurePhases, phasesNotTried } from './measure.js';
import type { PhasesPlan } from './plan.js';

/** How long DNS, TCP, TLS and the first byte of the answer take, on one connection. */
export const phasesProbe: Probe<'phases', PhasesPlan> = {
  name: 'phases',
  measure: measurePhases,
  notTried: phasesNotTried,
  judge: judgePhases,
};
