import type { Probe } from '../probe.js';
import { judgeLoss } from './judge.js';
import { lossNotTried, measureLoss } from './measure.js';
import type { LossPlan } from './plan.js';

/** Packets lost, duplicated and reordered on the way to a target and back. */
export const lossProbe: Probe<'loss', LossPlan> = {
  name: 'loss',
  measure: measureLoss,
  notTried: lossNotTried,
  judge: judgeLoss,
};
