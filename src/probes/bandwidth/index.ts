import type { Probe } from '../probe.js';
import { judgeBandwidth } from './judge.js';
import { bandwidthNotTried, measureBandwidth } from './measure.js';
import type { BandwidthPlan } from './plan.js';

/** How much goes through in each direction, and what that does to round trips. */
export const bandwidthProbe: Probe<'bandwidth', BandwidthPlan> = {
  name: 'bandwidth',
  measure: measureBandwidth,
  notTried: bandwidthNotTried,
  judge: judgeBandwidth,
};
