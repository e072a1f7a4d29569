import { setMaxListeners } from 'node:events';
import type { NotMeasured } from '../../model/attempt.js';
import type { Load, LoadOptions, LoadSummary } from '../../net/port.js';
import { shownAddress } from '../http/chain.js';
import { authorityOf, serverNameOf, urlOf } from '../http/place.js';
import { type Hide, hiderOf } from '../http/secrets.js';
import type { MeasureContext } from '../probe.js';
import type { Direction, RoundTrips } from './data-parts.js';
import type { InterfaceCounter } from './interface-counter.js';
import { limitOf } from './limit.js';
import type { BandwidthPlan, DirectionTask } from './plan.js';
import { loadedRoundTrips } from './round-trips.js';
import { crossed, crossedBytes, type Reading, slicesOf } from './slices.js';
import { steadyOf } from './steady.js';

/** How often is looked at what has moved. */
const SLICE_MS = 125;
/** Of a body that is sent: large enough that the pause for an answer does not count, and taken by servers that take uploads at all. */
const REQUEST_BYTES = 32_000_000;
/** What many a server takes where nobody set it up otherwise (nginx: 1 MiB). */
const SMALL_REQUEST_BYTES = 1_000_000;
const CONTENT_TOO_LARGE = 413;
const LONGEST_CODING = 60;

/** Loads one direction, and times round trips meanwhile. */
export async function measureDirection(task: DirectionTask, plan: BandwidthPlan, context: MeasureContext): Promise<Direction> {
  const first = await loadOnce(task, plan, Math.min(REQUEST_BYTES, plan.maximumBytes), context);
  const tooLarge = task.kind === 'up' && first.refusedWith === CONTENT_TOO_LARGE && first.direction.failure !== null;
  if (!tooLarge || plan.maximumBytes <= SMALL_REQUEST_BYTES || context.signal.aborted) return first.direction;
  return (await loadOnce(task, plan, SMALL_REQUEST_BYTES, context)).direction;
}

async function loadOnce(
  task: DirectionTask,
  plan: BandwidthPlan,
  requestBytes: number,
  context: MeasureContext,
): Promise<{ direction: Direction; refusedWith: number | null }> {
  const { clock, loads } = context.network;
  const { endpoint, kind, counter } = task;
  const enough = new AbortController();
  const signal = AbortSignal.any([context.signal, enough.signal]);
  // Each round trip listens to it.
  setMaxListeners(0, signal);
  const load = loads.begin(optionsOf(task, plan, requestBytes, signal));
  const startMs = clock.nowMs();
  const roundTrips = loadedRoundTrips(task, plan, { ...context, signal });
  const readings = await readWhileLoaded(load, { kind, counter, startMs, endMs: startMs + plan.durationMs }, context);
  const endedInTime = !context.signal.aborted && clock.nowMs() - startMs >= plan.durationMs - SLICE_MS;
  load.stop();
  const summary = load.summary();
  const durationMs = clock.nowMs() - startMs;
  // What is under way through a full queue still comes; of a load that ended early nothing more is asked.
  if (!endedInTime) enough.abort();
  const latency = await roundTrips;
  enough.abort();
  const ended = summary.ended ?? (context.signal.aborted ? 'interrupted' : 'time');
  const hide = hiderOf({ headers: endpoint.headers, place: endpoint.place });
  const direction = directionOf(task, { readings, summary, latency, durationMs, ended, requestBytes, plan, hide });
  return { direction, refusedWith: summary.refusedWith };
}

function optionsOf(
  { kind, endpoint, address }: DirectionTask,
  plan: BandwidthPlan,
  requestBytes: number,
  signal: AbortSignal,
): LoadOptions {
  const { place, headers } = endpoint;
  return {
    ...plan.origin,
    direction: kind,
    address,
    host: place.host,
    port: place.port,
    secure: place.scheme === 'https',
    servername: plan.servername ?? serverNameOf(place),
    ca: plan.ca,
    cert: plan.cert,
    key: plan.key,
    authority: authorityOf(place),
    path: place.path,
    headers: headers.map(({ name, value }) => [name, value] as const),
    confidential: headers.some(({ secret }) => secret),
    connections: plan.connections,
    maximumBytes: plan.maximumBytes,
    requestBytes,
    timeoutMs: plan.timeoutMs,
    signal,
  };
}

async function readWhileLoaded(
  load: Load,
  { kind, counter, startMs, endMs }: { kind: 'down' | 'up'; counter: InterfaceCounter | null; startMs: number; endMs: number },
  { network, signal }: MeasureContext,
): Promise<Reading[]> {
  const { clock } = network;
  const over = new AbortController();
  void load.over.then(() => over.abort());
  const pause = AbortSignal.any([signal, over.signal]);
  setMaxListeners(0, pause);
  const readings: Reading[] = [];
  const read = async () => {
    const counted = counter === null ? null : await counter.read();
    const interfaceBytes = counted === null ? null : kind === 'down' ? counted.receivedBytes : counted.sentBytes;
    const interfaceAtMs = clock.nowMs() - startMs;
    const reading = load.read();
    readings.push({ ...reading, interfaceBytes, interfaceAtMs, atMs: clock.nowMs() - startMs });
  };
  await read();
  while (!pause.aborted && clock.nowMs() < endMs) {
    await clock.sleep(Math.min(SLICE_MS, endMs - clock.nowMs()), pause);
    await read();
  }
  return readings;
}

interface Loaded {
  readings: readonly Reading[];
  summary: LoadSummary;
  latency: RoundTrips | null;
  durationMs: number;
  ended: NonNullable<Direction['ended']>;
  requestBytes: number;
  plan: BandwidthPlan;
  hide: Hide;
}

/** What the readings say. Pure. */
function directionOf({ kind, endpoint, address, counter }: DirectionTask, loaded: Loaded): Direction {
  const { readings, summary, latency, durationMs, ended, requestBytes, plan, hide } = loaded;
  const slices = slicesOf(readings);
  const last = readings[readings.length - 1];
  const bytes = last?.bytes ?? 0;
  const steady = bytes === 0 ? null : steadyOf(slices);
  const from = steady === null ? undefined : readings[steady.from];
  const span = from === undefined || last === undefined || last === from ? null : { from, last };
  const interfaceMbps = span === null ? null : crossed(span.from, span.last);
  const ratioOf = (of: (reading: Reading) => number | null, whole: (reading: Reading) => number | null) => {
    if (span === null) return null;
    const [a, b, c, d] = [of(span.from), of(span.last), whole(span.from), whole(span.last)];
    return a === null || b === null || c === null || d === null || d <= c ? null : Math.min(1, Math.max(0, (b - a) / (d - c)));
  };
  const found = {
    busyRatio: ratioOf(
      ({ ownBusyMs }) => ownBusyMs,
      ({ atMs }) => atMs,
    ),
    waitingRatio:
      kind === 'up' || summary.requests.sent <= plan.connections
        ? null
        : ratioOf(
            ({ waitedMs }) => waitedMs,
            ({ atMs }) => atMs * plan.connections,
          ),
    windowLimitedRatio: ratioOf(
      ({ windowLimitedMs }) => windowLimitedMs,
      ({ busyMs }) => busyMs,
    ),
    retransmittedRatio: ratioOf(
      ({ retransmittedBytes }) => retransmittedBytes,
      ({ sentBytes }) => sentBytes,
    ),
  };
  return {
    url: shownAddress(urlOf(endpoint.place), hide),
    address,
    failure: failureOf(bytes === 0 ? (summary.failure ?? nothingCame(ended, durationMs)) : null, hide),
    mbps: steady?.mbps ?? null,
    interval: steady?.interval ?? null,
    bytes,
    countedBy: summary.countedBy,
    durationMs,
    rampUpMs: steady?.rampUpMs ?? null,
    ended,
    connections: { asked: plan.connections, ...summary.connections, reason: shown(summary.connections.reason, hide) },
    requests: summary.requests,
    requestBytes: kind === 'up' ? requestBytes : null,
    ...found,
    contentEncoding: shown(summary.contentEncoding?.slice(0, LONGEST_CODING) ?? null, hide),
    limitedBy: steady === null ? null : limitOf({ ...found, ended, steady: steady.interval !== null }),
    slices: slices.map(({ atMs, mbps, interfaceMbps: alongside }) => ({ atMs, mbps, interfaceMbps: alongside })),
    interfaceMbps,
    interfaceBytes: readings[0] === undefined || last === undefined ? null : crossedBytes(readings[0], last),
    linkRatio: interfaceMbps === null || counter?.speedMbit == null ? null : interfaceMbps / counter.speedMbit,
    utilisationRatio: null,
    latency,
    idleRttMs: null,
    queueingMs: null,
  };
}

function nothingCame(ended: Direction['ended'], waitedMs: number): NotMeasured {
  if (ended === 'interrupted') return { kind: 'skipped', because: 'interrupted' };
  return { kind: 'unanswered', step: 'response', waitedMs };
}

/** As a report has it. */
export function failureOf(outcome: NotMeasured | null, hide: Hide): Direction['failure'] {
  switch (outcome?.kind) {
    case undefined:
      return null;
    case 'failed':
      return { kind: 'failed', step: outcome.step, code: outcome.code, message: hide(outcome.message), waitedMs: null };
    case 'unanswered':
      return {
        kind: 'unanswered',
        step: outcome.step,
        code: 'silent',
        message: `nothing came within ${Math.round(outcome.waitedMs)} ms`,
        waitedMs: outcome.waitedMs,
      };
    case 'unavailable':
      return { kind: 'unavailable', step: null, code: outcome.capability, message: outcome.reason, waitedMs: null };
    case 'skipped':
      return { kind: 'skipped', step: null, code: 'skipped', message: outcome.because, waitedMs: null };
  }
}

function shown(text: string | null, hide: Hide): string | null {
  return text === null ? null : hide(text);
}
