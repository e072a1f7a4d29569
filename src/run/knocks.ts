import { proxyFor } from '../model/proxy-environment.js';
import { latencyProbe } from '../probes/latency/index.js';
import { latencyNotTried } from '../probes/latency/measure.js';
import { planRoundTrips } from '../probes/round-trip/plan.js';
import type { TargetWork } from './target-outcome.js';

/**
 * Connections to the port of a target now and then, while everything else is measured: a service that is there at times, or refuses some, shows it
 * only to who asks it several times. Judged with all else as a course of time. Not where a proxy is on the way.
 *
 * @param signal ends it, also since nothing at all answers there
 */
export async function knock({ target, request, environment, recorder }: TargetWork, address: string, signal: AbortSignal): Promise<void> {
  const { knocks, proxy, origin } = request;
  if (knocks === undefined || target.port === null) return;
  if (proxy !== undefined && proxyFor(target, proxy.settings).hop !== null) return;
  const plan = planRoundTrips(target, address, knocks, origin);
  await recorder.record({
    probe: 'latency',
    target: target.id,
    label: `connections to ${target.id}`,
    measure: () => latencyProbe.measure(plan, { network: environment.network, signal }),
    notTried: (attempt) => latencyNotTried(address, attempt),
    judge: null,
  });
}
