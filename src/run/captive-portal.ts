import { skipped } from '../model/attempt.js';
import { captivePortalProbe } from '../probes/captive-portal/index.js';
import { judgePortalBeside } from '../probes/captive-portal/judge.js';
import { captivePortalNotTried } from '../probes/captive-portal/measure.js';
import { planCaptivePortal } from '../probes/captive-portal/plan.js';
import type { HeadStart } from './head-start.js';
import type { Recorder } from './recorder.js';
import type { RunEnvironment, RunRequest } from './request.js';
import { NOTHING_ANSWERS } from './silence.js';

/**
 * How long the well-known servers are ahead. What a gateway without a route says of the resolver is heard by nobody, since the system asks it,
 * and it is said in place of what it has to say of them.
 */
const REFERENCES_FIRST_MS = 50;

/** Looks for a login page of the network, where that was asked for. The time that the others are ahead is a part of its own. */
export async function lookForPortal(
  request: RunRequest,
  { network, signal, givenUp }: RunEnvironment,
  recorder: Recorder,
  targetsFirst?: HeadStart,
): Promise<void> {
  if (request.captivePortal === undefined) return;
  const startMs = network.clock.nowMs();
  if (targetsFirst !== undefined && request.targets.length > 0) {
    await targetsFirst.over();
    await network.clock.sleep(REFERENCES_FIRST_MS, signal);
  }
  const waitedMs = network.clock.nowMs() - startMs;
  const planned = planCaptivePortal(request.captivePortal, request.origin, request.family);
  const plan = { ...planned, timeoutMs: Math.max(planned.timeoutMs - waitedMs, 1) };
  const { beside } = request.captivePortal;
  await recorder.record({
    probe: 'captive-portal',
    target: null,
    label: 'captive portal',
    measure: async () => {
      // A login page answers at once, or the targets would not: where all of them are silent, so is it.
      const ended = givenUp === undefined ? signal : AbortSignal.any([signal, givenUp]);
      const made = await captivePortalProbe.measure(plan, { network, signal: ended });
      const cutOff = ended.aborted && !signal.aborted && made.attempt.kind === 'skipped';
      return cutOff ? { ...made, attempt: skipped(NOTHING_ANSWERS) } : made;
    },
    notTried: (attempt) => captivePortalNotTried(plan, attempt),
    judge: (measurement) =>
      beside === true
        ? judgePortalBeside(measurement, recorder.measurements)
        : captivePortalProbe.judge(measurement, { policy: request.policy }),
  });
}
