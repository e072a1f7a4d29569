import { rttStatistics } from '../../model/statistics.js';
import type { MeasureContext } from '../probe.js';
import { isAnswered, type RoundTripSeries } from '../round-trip/collector.js';
import { PING_PAYLOAD_BYTES, type RoundTripPlan } from '../round-trip/plan.js';
import { clockOf, sampleRoundTrips } from '../round-trip/sampler.js';
import { reportedSamples } from '../round-trip/times.js';
import type { RoundTrips } from './data-parts.js';
import { type BandwidthPlan, type DirectionTask, IDLE_MS, LOADED_TIMEOUT_MS } from './plan.js';

/** The first one also pays for ARP or neighbour discovery. */
const WARM_UP = 1;
const IDLE_COUNT = 16;
/** A connection costs the other side a socket: there are no more of them under load either. */
const LOADED_COUNT = 20;
const LEAST_INTERVAL_MS = 100;
/** A queue needs some time to fill. */
const FILL_MS = 1000;
const FILL_SHARE = 0.2;

/**
 * Round trips before any load, and the method that they were timed by. TCP connections go by the queues that the load goes by, that in front
 * of an interface of this machine included; an echo is stamped behind that one, and may go a way of its own on routers.
 */
export async function idleRoundTrips(
  plan: BandwidthPlan,
  { address, port }: { address: string; port: number },
  context: MeasureContext,
): Promise<{ method: 'tcp' | 'icmp' | null; idle: RoundTrips | null }> {
  const methods = plan.method === 'auto' ? (['tcp', 'icmp'] as const) : [plan.method];
  let idle: RoundTrips | null = null;
  for (const method of methods) {
    const startMs = context.network.clock.nowMs();
    const series = await sampleRoundTrips(
      {
        ...seriesPlan(plan, address, port, method),
        count: IDLE_COUNT,
        intervalMs: IDLE_MS / IDLE_COUNT,
        timeoutMs: plan.timeoutMs,
      },
      context,
    );
    const reported = roundTripsOf(series, startMs, WARM_UP);
    if (reported.received > 0) return { method, idle: reported };
    idle ??= reported;
    if (context.signal.aborted) break;
  }
  return { method: null, idle };
}

/** The same while the line is loaded; `null` where nothing answered before. Resolves when all of them are settled, or the signal aborts. */
export async function loadedRoundTrips(
  { endpoint, address, method }: DirectionTask,
  plan: BandwidthPlan,
  context: MeasureContext,
): Promise<RoundTrips | null> {
  if (method === null) return null;
  const { clock } = context.network;
  const startMs = clock.nowMs();
  const fillMs = Math.min(FILL_MS, plan.durationMs * FILL_SHARE);
  await clock.sleep(fillMs, context.signal);
  const leftMs = plan.durationMs - fillMs;
  const count = Math.max(1, Math.min(LOADED_COUNT, Math.floor(leftMs / LEAST_INTERVAL_MS)));
  if (context.signal.aborted) return null;
  const series = await sampleRoundTrips(
    {
      ...seriesPlan(plan, address, endpoint.place.port, method),
      count,
      intervalMs: leftMs / count,
      timeoutMs: LOADED_TIMEOUT_MS,
    },
    context,
  );
  return roundTripsOf(series, startMs, 0);
}

function seriesPlan(
  plan: BandwidthPlan,
  address: string,
  port: number,
  method: 'tcp' | 'icmp',
): Omit<RoundTripPlan, 'count' | 'intervalMs' | 'timeoutMs'> {
  return { method, address, ports: [port], payloadBytes: PING_PAYLOAD_BYTES, origin: plan.origin };
}

function roundTripsOf(series: RoundTripSeries, startMs: number, warmUp: number): RoundTrips {
  const samples = series.samples.filter(({ seq }) => seq >= warmUp);
  return {
    method: series.method,
    clock: clockOf(samples),
    sent: samples.length,
    received: samples.filter(isAnswered).length,
    rttMs: rttStatistics(samples.flatMap(({ rttMs }) => rttMs ?? [])),
    samples: reportedSamples(samples, startMs, warmUp),
  };
}
