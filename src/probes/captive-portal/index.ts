import type { Probe } from '../probe.js';
import { judgeCaptivePortal } from './judge.js';
import { captivePortalNotTried, measureCaptivePortal } from './measure.js';
import { type CaptivePortalPlan, planCaptivePortal } from './plan.js';

/** Whether a login page of the network answers in place of the internet. */
export const captivePortalProbe: Probe<'captive-portal', CaptivePortalPlan> = {
  name: 'captive-portal',
  measure: measureCaptivePortal,
  notTried: (_address, attempt) => captivePortalNotTried(planCaptivePortal({ timeoutMs: 0 }, {}, null), attempt),
  judge: judgeCaptivePortal,
};
