import { captivePortalProbe } from '../probes/captive-portal/index.js';
import { judgePortalBeside } from '../probes/captive-portal/judge.js';
import { captivePortalNotTried } from '../probes/captive-portal/measure.js';
import { planCaptivePortal } from '../probes/captive-portal/plan.js';
import type { Recorder } from './recorder.js';
import type { RunEnvironment, RunRequest } from './request.js';

/** Looks for a login page of the network, where that was asked for. */
export async function lookForPortal(request: RunRequest, { network, signal }: RunEnvironment, recorder: Recorder): Promise<void> {
  if (request.captivePortal === undefined) return;
  const plan = planCaptivePortal(request.captivePortal, request.origin, request.family);
  const { beside } = request.captivePortal;
  await recorder.record({
    probe: 'captive-portal',
    target: null,
    label: 'captive portal',
    measure: () => captivePortalProbe.measure(plan, { network, signal }),
    notTried: (attempt) => captivePortalNotTried(plan, attempt),
    judge: (measurement) =>
      beside === true
        ? judgePortalBeside(measurement, recorder.measurements)
        : captivePortalProbe.judge(measurement, { policy: request.policy }),
  });
}
