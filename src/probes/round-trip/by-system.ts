import type { MeasureContext } from '../probe.js';
import { Collector, type RoundTripSeries } from './collector.js';
import type { RoundTripPlan } from './plan.js';

/** Round trips by the system's own ping. What times them, the kernel or the tool, it does not tell. */
export async function sampleBySystem(plan: RoundTripPlan, { network, signal }: MeasureContext): Promise<RoundTripSeries> {
  const collector = new Collector();
  const replies: { seq: number; rttMs: number | null }[] = [];
  const startedMs = network.clock.nowMs();
  const { address, count, intervalMs, timeoutMs, payloadBytes, origin } = plan;
  const outcome = await network.system.ping(
    { address, count, intervalMs, timeoutMs, payloadBytes, signal, ...origin },
    ({ seq, rttMs }) => {
      replies.push({ seq, rttMs });
    },
  );
  if (outcome.kind === 'measured') {
    // Duplicates can make its own count smaller than the highest number that it told.
    for (let seq = 0; seq < Math.min(outcome.value.sent, plan.count); seq++) collector.sent(seq);
    for (const { count: times, ...error } of outcome.value.icmpErrors) collector.icmpError(error, times);
  } else if (outcome.kind === 'skipped') {
    // Interrupted: it did not say how many it had sent. Those whose time was over are known to be lost, the later ones are left out.
    const overMs = network.clock.nowMs() - startedMs - timeoutMs;
    const answeredUpTo = Math.max(-1, ...replies.map(({ seq }) => seq));
    for (let seq = 0; seq <= answeredUpTo; seq++) {
      if (seq * intervalMs <= overMs || replies.some((reply) => reply.seq === seq)) collector.sent(seq);
    }
  } else {
    collector.refusal = outcome;
  }
  for (const { seq, rttMs } of replies) if (rttMs === null || rttMs <= timeoutMs) collector.reply(seq, rttMs, null);
  return collector.series('system', timeoutMs, signal.aborted);
}
