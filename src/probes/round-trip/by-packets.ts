import type { Attempt } from '../../model/attempt.js';
import { addressFamily } from '../../model/target.js';
import type { IpFamily, PacketSession } from '../../net/port.js';
import type { MeasureContext } from '../probe.js';
import { Collector, isAnswered, type RoundTripSeries } from './collector.js';
import { needsMore } from './more.js';
import type { RoundTripPlan } from './plan.js';

/** Where UDP probes go: the first port of traceroute(8), which nobody listens on, so that the host says "port unreachable". */
export const UNUSED_UDP_PORT = 33_434;

/** How many go out between two looks at what came of them, where a series is extended. */
const BATCH = 50;

/** Between two batches the answers to the last packets are waited for so long: some round trips of the longest kind seen, and no less. */
const SETTLE_ROUND_TRIPS = 3;
const SETTLE_MINIMUM_MS = 50;

/** Round trips by ICMP echo. `answered` is called for each answer. */
export function sampleByEcho(plan: RoundTripPlan, context: MeasureContext, answered?: () => void): Promise<RoundTripSeries> {
  return sampleByPackets('icmp', plan, context, context.network.echo.open(familyOf(plan), plan.origin), answered);
}

/** Round trips by datagrams to a port that nobody listens on. Hosts limit their answers: Linux gives six at once, then one a second. */
export function sampleByDatagrams(plan: RoundTripPlan, context: MeasureContext, answered?: () => void): Promise<RoundTripSeries> {
  return sampleByPackets('udp', plan, context, context.network.datagrams.open(familyOf(plan), plan.origin, UNUSED_UDP_PORT), answered);
}

function familyOf(plan: RoundTripPlan): IpFamily {
  return addressFamily(plan.address) === 6 ? 6 : 4;
}

async function sampleByPackets(
  method: 'icmp' | 'udp',
  plan: RoundTripPlan,
  { network, signal }: MeasureContext,
  opened: Attempt<PacketSession>,
  answered?: () => void,
): Promise<RoundTripSeries> {
  const collector = new Collector();
  if (opened.kind !== 'measured') {
    collector.refusal = opened;
    return collector.series(method, 0, false);
  }
  const session: PacketSession = opened.value;
  collector.late = { count: 0, fastestMs: null };
  /** A probe that failed at once or met an ICMP error will not be answered: nobody need wait for it. */
  const outstanding = new Set<number>();
  let settled: AbortController | null = null;
  let longestMs = 0;
  const send = (seq: number) => {
    collector.sent(seq, network.clock.nowMs());
    outstanding.add(seq);
    session.send({ address: plan.address, payloadBytes: plan.payloadBytes, ttl: null, dontFragment: false, flow: 0 }, (event) => {
      if (event.kind === 'reply') {
        // A reply after the time-out is a loss to whoever waits no longer, be there later probes or not.
        if (event.rttMs <= plan.timeoutMs) {
          collector.reply(seq, event.rttMs, event.clock, event.heldMs);
          longestMs = Math.max(longestMs, event.rttMs);
          answered?.();
        } else if (!event.duplicate) {
          collector.lateReply(seq, event.rttMs);
        }
      } else if (event.kind === 'icmp-error') {
        collector.icmpError(event);
      } else {
        collector.refused(seq, event.code);
      }
      outstanding.delete(seq);
      if (outstanding.size === 0) settled?.abort();
    });
  };
  const settle = async (ms: number) => {
    if (outstanding.size === 0) return;
    settled = new AbortController();
    await network.clock.sleep(ms, AbortSignal.any([signal, settled.signal]));
    settled = null;
  };
  try {
    let startedMs = network.clock.nowMs();
    let first = 0;
    let end = plan.count;
    while (first < end) {
      for (let seq = first; seq < end && !signal.aborted; seq++) {
        send(seq);
        if (seq + 1 < end) await network.clock.sleep(startedMs + (seq + 1 - first) * plan.intervalMs - network.clock.nowMs(), signal);
      }
      if (signal.aborted || plan.extend === undefined) break;
      await settle(Math.min(plan.timeoutMs, Math.max(SETTLE_MINIMUM_MS, SETTLE_ROUND_TRIPS * longestMs)));
      if (
        !needsMore(
          collector.samples.filter((sample) => sample !== undefined).map((sample) => !isAnswered(sample)),
          plan.extend,
        )
      )
        break;
      first = end;
      end = Math.min(end + BATCH, plan.extend.maximumCount);
      // No two packets closer together than asked for, be the wait for the answers ever so short.
      await network.clock.sleep(plan.intervalMs, signal);
      startedMs = network.clock.nowMs();
    }
    await settle(plan.timeoutMs);
  } finally {
    collector.droppedHere = session.dropped;
    session.close();
  }
  if (signal.aborted) collector.cutOff([...outstanding], network.clock.nowMs(), plan.timeoutMs);
  return collector.series(method, plan.timeoutMs, signal.aborted);
}
