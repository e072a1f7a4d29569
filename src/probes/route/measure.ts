import { setMaxListeners } from 'node:events';
import { type Attempt, failed, measured, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import type { MeasureContext, Observation } from '../probe.js';
import { HopNames } from './names.js';
import { farthest, type Path, pathOf } from './path.js';
import type { RoutePlan, Way } from './plan.js';
import { Follower, openWay, type PacketWay } from './session.js';
import { pathOfSystem } from './system.js';

/** How long `auto` waits for an answer of the target before it begins on other methods beside the first. */
const HEAD_START_MS = 500;

/** The reader waits so long for names, once the path is known. */
const NAMES_MS = 500;

/** Finds the path by the methods of the plan. Never throws; an interrupt ends it with what is there. */
export async function measureRoute(plan: RoutePlan, context: MeasureContext): Promise<Observation<'route'>> {
  const names = plan.names ? new HopNames(context.network, context.signal) : null;
  const found = await findPath(plan, context, names);
  const known = (await names?.settle(NAMES_MS)) ?? new Map<string, string>();
  if (found.path === null) return { ...routeNotTried(plan.address, found.attempt), method: found.method };
  const hops = found.path.hops.map((hop) => ({
    ...hop,
    hostname: known.get(hop.addresses[0] ?? '') ?? null,
    routers: hop.routers.map((router) => ({ ...router, hostname: known.get(router.address) ?? null })),
  }));
  return {
    attempt: found.attempt,
    method: found.method,
    data: { address: plan.address, cycles: plan.cycles, ...found.path, hops },
  };
}

interface Found {
  attempt: Attempt<null>;
  method: string | null;
  /** `null` where nothing could be sent. */
  path: Path | null;
}

async function findPath(plan: RoutePlan, context: MeasureContext, names: HopNames | null): Promise<Found> {
  let refusal: NotMeasured = skipped('no method was asked for');
  const heard = (address: string) => names?.ask(address);
  for (const way of plan.first) {
    if (context.signal.aborted) return { attempt: skipped('interrupted'), method: null, path: null };
    if (way.method === 'system') {
      const found = await findBySystem(plan, context, heard);
      if (found.attempt.kind !== 'unavailable') return found;
      if (refusal.kind === 'skipped') refusal = found.attempt;
      continue;
    }
    const opened = openWay(way, plan, context);
    if (opened.kind === 'measured') {
      const first = new Follower(way, opened.value, plan, { firstTtl: 1, slowestMs: null }, context, heard);
      return foundBy(await follow(first, way, plan, context, heard), plan, context);
    }
    // Why the method is not there that was asked for says more than why its substitute is not.
    if (refusal.kind === 'skipped') refusal = opened;
  }
  return { attempt: refusal, method: null, path: null };
}

/** Runs the first way, and beside it the others for the rest of the path as long as it does not get to the target. */
async function follow(
  first: Follower,
  firstWay: Way,
  plan: RoutePlan,
  context: MeasureContext,
  heard: (address: string) => void,
): Promise<Follower[]> {
  const { network, signal } = context;
  const running = first.run();
  const others = plan.alternatives.filter((way): way is PacketWay => way.method !== 'system' && way.method !== firstWay.method);
  const alternatives = firstWay.method === 'tcp' ? plan.alternatives.filter((way): way is PacketWay => way.method === 'tcp') : others;
  if (alternatives.length === 0) {
    await running;
    return [first];
  }
  const ended = new AbortController();
  void running.then(() => ended.abort());
  await network.clock.sleep(HEAD_START_MS, AbortSignal.any([signal, ended.signal]));
  if (first.discovery.reached || signal.aborted) {
    await running;
    return [first];
  }

  const arrived = new AbortController();
  const untilArrival = { network, signal: AbortSignal.any([signal, arrived.signal]) };
  // Every wait of every way listens to it.
  setMaxListeners(0, untilArrival.signal);
  const known = { firstTtl: Math.min(first.discovery.heardTtl + 1, plan.maximumTtl), slowestMs: first.discovery.slowestMs };
  const beside: Follower[] = [];
  for (const way of alternatives) {
    const opened = openWay(way, plan, untilArrival);
    if (opened.kind === 'measured') beside.push(new Follower(way, opened.value, plan, known, untilArrival, heard));
  }
  // The first to arrive ends the others, but not the first way of all: the hops before are its own.
  await Promise.all([
    running.then(() => first.discovery.reached && arrived.abort()),
    ...beside.map((follower) => follower.run().then(() => follower.discovery.reached && arrived.abort())),
  ]);
  return [first, ...beside];
}

function foundBy(followers: readonly Follower[], plan: RoutePlan, { signal }: MeasureContext): Found {
  const traces = followers.map((follower) => follower.trace());
  const path = pathOf(traces, plan.maximumTtl);
  const method = farthest(traces)?.method ?? null;
  const answered = path.hops.some(({ received }) => received > 0);
  if (signal.aborted && path.reached !== true)
    return { attempt: skipped('interrupted'), method, path: { ...path, reached: null, end: null } };
  if (answered) return { attempt: measured(null), method, path };
  const [errno] = followers.flatMap(({ discovery }) => [...discovery.notSent]).sort(([, a], [, b]) => b - a)[0] ?? [];
  // A SYN that is dropped on its way out looks like one that nobody answers: what became of the first way's packets says more.
  if (errno !== undefined && traces[0]?.asked.length === 0) {
    return { attempt: failed('send', errno, sendFailure(errno)), method, path: { ...path, reached: null, end: null } };
  }
  return { attempt: unanswered('response', plan.timeoutMs), method, path };
}

function sendFailure(code: string): string {
  return code === 'ENETUNREACH' ? 'the network is unreachable: there is no route' : `the packets could not be sent (${code})`;
}

async function findBySystem(plan: RoutePlan, { network, signal }: MeasureContext, heard: (address: string) => void): Promise<Found> {
  const { address, cycles, intervalMs, timeoutMs, maximumTtl, payloadBytes, origin } = plan;
  const trace = await network.system.trace({ ...origin, address, count: cycles, intervalMs, timeoutMs, maximumTtl, payloadBytes, signal });
  if (trace.kind !== 'measured') return { attempt: trace, method: 'system', path: null };
  for (const hop of trace.value.hops) heard(hop.address);
  const path = pathOfSystem(trace.value, address, maximumTtl);
  return { attempt: path.hops.length > 0 ? measured(null) : unanswered('response', timeoutMs), method: 'system', path };
}

export function routeNotTried(address: string | null, attempt: Attempt<null>): Observation<'route'> {
  const { hops, flows, changes, tried, ...unknown } = pathOf([], 0);
  return {
    attempt,
    method: null,
    data: { address, cycles: 0, ...unknown, hops: [...hops], flows: [...flows], changes: [...changes], tried: [...tried] },
  };
}
