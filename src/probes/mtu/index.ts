import type { Probe } from '../probe.js';
import { judgeMtu } from './judge.js';
import { measureMtu, mtuNotTried } from './measure.js';
import type { MtuPlan } from './plan.js';

/** The largest packet that reaches the target whole, and whether anybody says so when one does not. */
export const mtuProbe: Probe<'mtu', MtuPlan> = { name: 'mtu', measure: measureMtu, notTried: mtuNotTried, judge: judgeMtu };
