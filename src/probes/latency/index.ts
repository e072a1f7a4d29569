import type { Probe } from '../probe.js';
import type { RoundTripPlan } from '../round-trip/plan.js';
import { judgeLatency } from './judge.js';
import { latencyNotTried, measureLatency } from './measure.js';

/** Round trips by ICMP echo, or by TCP connects where echo is not answered or not possible. */
export const latencyProbe: Probe<'latency', RoundTripPlan> = {
  name: 'latency',
  measure: measureLatency,
  notTried: latencyNotTried,
  judge: judgeLatency,
};
