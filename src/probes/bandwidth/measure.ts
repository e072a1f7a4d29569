import { type Attempt, measured, skipped } from '../../model/attempt.js';
import type { DataOf } from '../../model/measurement.js';
import { shownAddress } from '../http/chain.js';
import { urlOf } from '../http/place.js';
import { hiderOf } from '../http/secrets.js';
import type { MeasureContext, Observation } from '../probe.js';
import type { Direction, RoundTrips } from './data-parts.js';
import { failureOf, measureDirection } from './direction.js';
import { interfaceCounter } from './interface-counter.js';
import { type BandwidthPlan, type Endpoint, PAUSE_MS } from './plan.js';
import { idleRoundTrips } from './round-trips.js';
import { rateMbps } from './slices.js';

type Data = DataOf<'bandwidth'>;

const LOOKUP_MS = 2000;

/** Looks at the idle line, loads it in one direction, then in the other. */
export async function measureBandwidth(plan: BandwidthPlan, context: MeasureContext): Promise<Observation<'bandwidth'>> {
  const { clock, names } = context.network;
  const { signal } = context;
  const data = emptyData(plan.address);
  const counter = await interfaceCounter(context.network, plan.address, plan.origin, data.absent);
  const first = plan.down ?? plan.up;
  if (first === null) return bandwidthNotTried(plan.address, skipped('nothing was asked for'));

  const began = { atMs: clock.nowMs(), counted: (await counter?.read()) ?? null };
  const firstPlace = { address: plan.address, port: first.place.port };
  const before = await idleRoundTrips(plan, firstPlace, context);
  const after = { atMs: clock.nowMs(), counted: (await counter?.read()) ?? null };
  data.idle = before.idle;
  data.idleRttMs = before.idle?.rttMs?.p50 ?? null;
  if (counter !== null) {
    const windowMs = after.atMs - began.atMs;
    const rate = (key: 'receivedBytes' | 'sentBytes') => {
      const [then, now] = [began.counted?.[key] ?? null, after.counted?.[key] ?? null];
      return then === null || now === null || now < then ? null : rateMbps(now - then, windowMs);
    };
    const { name, speedMbit, source } = counter;
    const rates = { idleReceivedMbps: rate('receivedBytes'), idleSentMbps: rate('sentBytes') };
    data.interface = { name, speedMbit, source, idleWindowMs: windowMs, ...rates };
  }

  const load = async (kind: 'down' | 'up', endpoint: Endpoint): Promise<Direction> => {
    let address = endpoint.address;
    if (address === null) {
      const { outcome } = await names.resolve(endpoint.place.host, { family: null, timeoutMs: LOOKUP_MS, signal });
      if (outcome.kind !== 'measured')
        return notLoaded(
          endpoint,
          plan,
          failureOf(outcome, (text) => text),
        );
      address = outcome.value.addresses[0] ?? null;
    }
    if (address === null)
      return notLoaded(
        endpoint,
        plan,
        failureOf(skipped('its name has no address'), (text) => text),
      );
    // Its interface can be another one than that of the target.
    const own = address === plan.address ? counter : null;
    const place = { address, port: endpoint.place.port };
    const isFirst = place.address === firstPlace.address && place.port === firstPlace.port;
    const { method, idle } = isFirst ? before : await idleRoundTrips(plan, place, context);
    const direction = await measureDirection({ kind, endpoint, address, counter: own, method }, plan, context);
    const usedBefore = kind === 'down' ? data.interface?.idleReceivedMbps : data.interface?.idleSentMbps;
    return {
      ...direction,
      utilisationRatio: utilisationOf(usedBefore ?? null, direction.interfaceMbps),
      idleRttMs: idle?.rttMs?.p50 ?? null,
      queueingMs: queueingOf(idle, direction.latency),
    };
  };
  if (plan.down !== null && !signal.aborted) data.down = await load('down', plan.down);
  if (plan.down !== null && plan.up !== null) await clock.sleep(PAUSE_MS, signal);
  if (plan.up !== null && !signal.aborted) data.up = await load('up', plan.up);
  data.downMbps = data.down?.mbps ?? null;
  data.upMbps = data.up?.mbps ?? null;
  return { attempt: signal.aborted ? skipped('interrupted') : attemptOf(data), method: methodOf(first), data };
}

function methodOf({ place }: Endpoint): string {
  return place.scheme;
}

/** What was asked for first and could not be measured, where nothing else was: each direction says so by itself. */
function attemptOf({ down, up }: Data): Attempt<null> {
  const asked = [down, up].filter((direction) => direction !== null);
  const failure = asked.every((direction) => direction.failure !== null) ? (asked[0]?.failure ?? null) : null;
  if (failure === null) return measured(null);
  const step = (failure.step ?? 'response') as 'response';
  switch (failure.kind) {
    case 'failed':
      return { kind: 'failed', step, code: failure.code, message: failure.message };
    case 'unanswered':
      return { kind: 'unanswered', step, waitedMs: failure.waitedMs ?? 0 };
    case 'unavailable':
      return { kind: 'unavailable', capability: failure.code, reason: failure.message };
    case 'skipped':
      return skipped(failure.message);
  }
}

/** Of what the interface carries under load, how much it carried before; never more than all. */
function utilisationOf(beforeMbps: number | null, loadedMbps: number | null): number | null {
  return beforeMbps === null || loadedMbps === null || loadedMbps <= 0 ? null : Math.min(1, beforeMbps / loadedMbps);
}

function queueingOf(idle: RoundTrips | null, loaded: RoundTrips | null): number | null {
  if (idle?.rttMs == null || loaded?.rttMs == null) return null;
  return Math.max(0, loaded.rttMs.p95 - idle.rttMs.p50);
}

function notLoaded(endpoint: Endpoint, { connections }: BandwidthPlan, failure: Direction['failure']): Direction {
  return {
    url: shownAddress(urlOf(endpoint.place), hiderOf(endpoint)),
    address: endpoint.address,
    failure,
    mbps: null,
    interval: null,
    bytes: null,
    countedBy: 'received',
    durationMs: null,
    rampUpMs: null,
    ended: null,
    connections: { asked: connections, opened: 0, broken: 0, reason: null },
    requests: { sent: 0, completed: 0 },
    requestBytes: null,
    waitingRatio: null,
    busyRatio: null,
    windowLimitedRatio: null,
    retransmittedRatio: null,
    contentEncoding: null,
    limitedBy: null,
    slices: [],
    interfaceMbps: null,
    interfaceBytes: null,
    linkRatio: null,
    utilisationRatio: null,
    latency: null,
    idleRttMs: null,
    queueingMs: null,
  };
}

export function bandwidthNotTried(address: string | null, attempt: Attempt<null>): Observation<'bandwidth'> {
  return { attempt, method: null, data: emptyData(address) };
}

function emptyData(address: string | null): Data {
  return {
    address,
    downMbps: null,
    upMbps: null,
    idleRttMs: null,
    idle: null,
    down: null,
    up: null,
    interface: null,
    absent: [],
  };
}
