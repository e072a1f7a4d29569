import { setMaxListeners } from 'node:events';
import type { MeasureContext } from '../probe.js';
import { sampleByDatagrams, sampleByEcho } from './by-packets.js';
import { sampleBySystem } from './by-system.js';
import { isRefused, sampleByTcp } from './by-tcp.js';
import type { RoundTripSeries } from './collector.js';
import type { RoundTripPlan } from './plan.js';

export { clockOf, type RoundTripSeries, type Sample } from './collector.js';

/** How long `auto` waits for a first echo reply before it starts on UDP and TCP beside it. */
const HEAD_START_MS = 400;

/** Linux gives so many "port unreachable" at once and one a second from then on: what `auto` asks stays within. */
const UDP_MAXIMUM_COUNT = 6;
const UDP_MINIMUM_INTERVAL_MS = 100;

/** Measures round trips by the method of the plan. Never throws; an interrupt ends it with what is there. */
export async function sampleRoundTrips(plan: RoundTripPlan, context: MeasureContext): Promise<RoundTripSeries> {
  switch (plan.method) {
    case 'icmp':
      return sampleByEcho(plan, context);
    case 'udp':
      return sampleByDatagrams(plan, context);
    case 'tcp':
      return sampleByTcp(plan, context);
    case 'system':
      return sampleBySystem(plan, context);
    case 'auto':
      return sampleByFirstAnswer(plan, context);
  }
}

/** Echo first. The others join only when echo stays silent, so that a host that answers echo sees nothing else. */
async function sampleByFirstAnswer(plan: RoundTripPlan, context: MeasureContext): Promise<RoundTripSeries> {
  const { network, signal } = context;
  const later = new AbortController();
  const echo = sampleByEcho(plan, context, () => later.abort());
  const echoIsSilent = Promise.race([
    network.clock.sleep(HEAD_START_MS, AbortSignal.any([later.signal, signal])).then(() => !later.signal.aborted),
    echo.then((series) => series.attempt.kind !== 'measured'),
  ]);
  if (!(await echoIsSilent) || signal.aborted) return echo;

  const untilEcho = AbortSignal.any([later.signal, signal]);
  // Every connect listens to it.
  setMaxListeners(0, untilEcho);
  const others = sampleByOthers(plan, { network, signal: untilEcho });
  const echoSeries = await echo;
  if (echoSeries.attempt.kind === 'measured') {
    later.abort();
    await others;
    return echoSeries;
  }
  const other = await others;
  const { echoAnswered, icmpErrors } = echoSeries;
  if (other !== null && saysMore(other)) return { ...other, echoAnswered, icmpErrors };
  // Silence is an answer to the echo; that no socket was to be had is none, and the system's own ping may have one.
  if (echoSeries.attempt.kind !== 'unavailable' || signal.aborted)
    return other !== null && answers(other) ? { ...other, echoAnswered, icmpErrors } : echoSeries;
  const system = await sampleBySystem(plan, context);
  if (system.attempt.kind === 'measured') return system;
  if (other !== null && answers(other)) return { ...other, echoAnswered: system.echoAnswered };
  return system.attempt.kind === 'unavailable' ? echoSeries : system;
}

/** UDP and TCP side by side; `null` where neither can be tried. */
async function sampleByOthers(plan: RoundTripPlan, context: MeasureContext): Promise<RoundTripSeries | null> {
  const few: RoundTripPlan = {
    ...plan,
    count: Math.min(plan.count, UDP_MAXIMUM_COUNT),
    intervalMs: Math.max(plan.intervalMs, UDP_MINIMUM_INTERVAL_MS),
  };
  // What is limited is not extended.
  delete few.extend;
  const [udp, tcp] = await Promise.all([sampleByDatagrams(few, context), plan.ports.length === 0 ? null : sampleByTcp(plan, context)]);
  return better(udp, tcp);
}

/**
 * UDP where it answered every probe, and TCP did not answer more of them; TCP otherwise, since a datagram without its "port unreachable" is
 * more often a limit of the host than a loss. A refused connection is an answer without a time: UDP says more.
 */
function better(udp: RoundTripSeries, tcp: RoundTripSeries | null): RoundTripSeries | null {
  if (tcp === null) return saysMore(udp) ? udp : null;
  if (!saysMore(udp)) return tcp;
  if (!saysMore(tcp)) return udp;
  const complete = udp.samples.every(({ rttMs }) => rttMs !== null);
  return complete && udp.samples.length >= tcp.samples.length ? udp : tcp;
}

function saysMore(series: RoundTripSeries): boolean {
  return series.attempt.kind === 'measured';
}

function answers(series: RoundTripSeries): boolean {
  return saysMore(series) || isRefused(series.attempt);
}
