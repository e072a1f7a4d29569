import type { Probe } from '../probe.js';
import type { RoundTripPlan } from '../round-trip/plan.js';
import { judgeLoss } from './judge.js';
import { lossNotTried, measureLoss } from './measure.js';

/** Packets lost, duplicated and reordered on the way to a target and back. */
export const lossProbe: Probe<'loss', RoundTripPlan> = {
  name: 'loss',
  measure: measureLoss,
  notTried: lossNotTried,
  judge: judgeLoss,
};
