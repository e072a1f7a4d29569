import { dnsTraceProbe } from '../probes/dns-trace/index.js';
import { dnsTraceNotTried } from '../probes/dns-trace/measure.js';
import { planTraces } from '../probes/dns-trace/plan.js';
import type { Recorder } from './recorder.js';
import type { RunEnvironment, RunRequest } from './request.js';

/** `netdiag dns --trace`: a walk for each name and type, one after the other, so that no server is asked by several at once. */
export async function traceNames(request: RunRequest, { network, signal }: RunEnvironment, recorder: Recorder): Promise<void> {
  if (request.dns === undefined) return;
  for (const plan of planTraces(request.dns, request.family)) {
    await recorder.record({
      probe: 'dns-trace',
      target: plan.name,
      label: `${plan.type} ${plan.name} from the root`,
      measure: () => dnsTraceProbe.measure(plan, { network, signal }),
      notTried: (attempt) => dnsTraceNotTried(plan, attempt),
      judge: (measurement) => dnsTraceProbe.judge(measurement, { policy: request.policy }),
    });
  }
}
