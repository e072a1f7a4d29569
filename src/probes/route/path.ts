import type { ClockSource, DataOf, RouteHop } from '../../model/measurement.js';
import { rttStatistics } from '../../model/statistics.js';
import type { Asked } from './discovery.js';
import { findLoop } from './loop.js';

type RouteData = DataOf<'route'>;

/** What one way of asking found. */
export interface Trace {
  method: 'icmp' | 'udp' | 'tcp';
  port: number | null;
  firstTtl: number;
  constantFlow: boolean;
  foreign: number;
  /** In the order sent; without packets that were still on their way when it was cut short. */
  asked: readonly Asked[];
  /** Whether it ended by itself. */
  complete: boolean;
}

/** What becomes of the traces in the report, but for the names of the hops. */
export type Path = Pick<
  RouteData,
  'reached' | 'hops' | 'loop' | 'loopAt' | 'end' | 'constantFlow' | 'flows' | 'changes' | 'foreign' | 'tried'
>;

/** Changes that are listed one by one; a path that flaps at every packet has no more to say after them. */
const LISTED_CHANGES = 200;

/**
 * The trace that got farthest: to the target, else to the latest hop; the first of equals. Hops before its first one are those of the
 * trace that was begun with.
 */
export function farthest(traces: readonly Trace[]): Trace | null {
  let best: Trace | null = null;
  for (const trace of traces) if (best === null || progress(trace) > progress(best)) best = trace;
  return best;
}

function progress({ asked }: Trace): number {
  if (asked.some(({ answer }) => answer?.kind === 'target')) return Number.POSITIVE_INFINITY;
  return Math.max(0, ...asked.flatMap(({ ttl, answer }) => (answer?.kind === 'router' ? [ttl] : [])));
}

/** Puts traces of one target together to the path that is reported. Pure. */
export function pathOf(traces: readonly Trace[], maximumTtl: number): Path {
  const best = farthest(traces);
  const base = traces[0];
  if (best === null || base === undefined) return NO_PATH;
  const before = best === base ? [] : base.asked.filter(({ ttl }) => ttl < best.firstTtl);
  const asked = [...before, ...best.asked];
  const flows = flowsOf(asked);
  const kept = flows.flatMap(({ asked: own, endTtl }) => own.filter(({ ttl }) => ttl <= endTtl));
  const lastTtl = Math.max(0, ...flows.map(({ endTtl }) => endTtl));
  const hops = Array.from({ length: lastTtl }, (_, index) => {
    const ttl = index + 1;
    return hopOf(
      ttl,
      kept.filter((entry) => entry.ttl === ttl),
    );
  });
  const reached = flows.some(({ end }) => end === 'target');
  const constantFlow = best.constantFlow && (before.length === 0 || base.constantFlow);
  const routes = flows.map((flow) => firstAddresses(flow.asked, flow.endTtl));
  const loopAt = reached ? null : (routes.map((addresses) => findLoop(addresses)).find((loop) => loop !== null) ?? null);
  return {
    reached,
    hops,
    loop: loopAt !== null,
    loopAt,
    end: endOf(flows, loopAt !== null, maximumTtl),
    constantFlow,
    flows:
      flows.length < 2
        ? []
        : flows.map(({ flow }, index) => ({
            flow: flow + 1,
            hops: (routes[index] ?? []).map((address, at) => ({ ttl: at + 1, address })),
          })),
    changes: constantFlow ? flows.flatMap(({ asked: own, endTtl }) => changesOf(own, endTtl)).slice(0, LISTED_CHANGES) : [],
    foreign: traces.reduce((sum, { foreign }) => sum + foreign, 0),
    tried: traces.map((trace) => ({
      method: trace.method,
      port: trace.port,
      fromTtl: trace.firstTtl,
      reached: progress(trace) === Number.POSITIVE_INFINITY ? true : trace.complete && trace.asked.length > 0 ? false : null,
    })),
  };
}

const NO_PATH: Path = {
  reached: null,
  hops: [],
  loop: null,
  loopAt: null,
  end: null,
  constantFlow: null,
  flows: [],
  changes: [],
  foreign: 0,
  tried: [],
};

interface FlowPath {
  flow: number;
  asked: readonly Asked[];
  end: 'target' | 'refusal' | 'silence';
  /** Its last hop: the target, who refused, or the last router that answered. */
  endTtl: number;
}

function flowsOf(asked: readonly Asked[]): FlowPath[] {
  const numbers = [...new Set(asked.map(({ flow }) => flow))].sort((a, b) => a - b);
  return numbers.map((flow) => {
    const own = asked.filter((entry) => entry.flow === flow);
    const ttlsOf = (kind: 'target' | 'refusal' | 'router') => own.flatMap(({ ttl, answer }) => (answer?.kind === kind ? [ttl] : []));
    const [target, refusal] = [ttlsOf('target'), ttlsOf('refusal')];
    if (target.length > 0) return { flow, asked: own, end: 'target', endTtl: Math.min(...target) };
    if (refusal.length > 0) return { flow, asked: own, end: 'refusal', endTtl: Math.min(...refusal) };
    return { flow, asked: own, end: 'silence', endTtl: Math.max(0, ...ttlsOf('router')) };
  });
}

function endOf(flows: readonly FlowPath[], loops: boolean, maximumTtl: number): RouteData['end'] {
  if (flows.some(({ end }) => end === 'target')) return { reason: 'target', from: null, meaning: null };
  for (const { end, asked, endTtl } of flows) {
    const refusal = end === 'refusal' ? asked.find(({ ttl, answer }) => ttl === endTtl && answer?.kind === 'refusal')?.answer : undefined;
    if (refusal != null) return { reason: 'unreachable', from: refusal.from, meaning: refusal.error?.meaning ?? null };
  }
  if (loops) return { reason: 'loop', from: null, meaning: null };
  const reason = flows.some(({ endTtl }) => endTtl === maximumTtl) ? 'maximum' : 'silence';
  return { reason, from: null, meaning: null };
}

/** The first address that answered at each hop of a flow. */
function firstAddresses(asked: readonly Asked[], endTtl: number): (string | null)[] {
  const addresses: (string | null)[] = new Array(endTtl).fill(null);
  for (const { ttl, answer } of asked) if (ttl <= endTtl && answer?.from != null) addresses[ttl - 1] ??= answer.from;
  return addresses;
}

/** Hops of a flow at which another address answered than the last time. */
function changesOf(asked: readonly Asked[], endTtl: number): RouteData['changes'] {
  const latest = new Map<number, string>();
  const changes: RouteData['changes'] = [];
  for (const { ttl, cycle, answer } of asked) {
    if (ttl > endTtl || answer?.from == null) continue;
    const from = latest.get(ttl);
    if (from !== undefined && from !== answer.from) changes.push({ ttl, cycle: cycle + 1, from, to: answer.from });
    latest.set(ttl, answer.from);
  }
  return changes;
}

function hopOf(ttl: number, asked: readonly Asked[]): RouteHop {
  const answers = asked.flatMap(({ answer }) => answer ?? []);
  const rtts = answers.flatMap(({ rttMs }) => rttMs ?? []);
  const clocks = new Set(answers.flatMap(({ clock }) => clock ?? []));
  const clock: ClockSource | null = clocks.size === 0 ? null : clocks.has('user') ? 'user' : 'kernel';
  const routers = new Map<string, RouteHop['routers'][number]>();
  const errors = new Map<string, RouteHop['errors'][number]>();
  for (const { from, mpls, error } of answers) {
    if (from !== null) {
      const router = routers.get(from) ?? { address: from, hostname: null, received: 0, mpls: [] };
      router.received++;
      if (mpls.length > 0) router.mpls = mpls.map((label) => ({ ...label }));
      routers.set(from, router);
    }
    if (error !== null) {
      const key = `${from} ${error.type} ${error.code}`;
      const known = errors.get(key);
      if (known === undefined) errors.set(key, { from, ...error, count: 1 });
      else known.count++;
    }
  }
  const ranked = [...routers.values()].sort((a, b) => b.received - a.received);
  return {
    ttl,
    addresses: ranked.map(({ address }) => address),
    hostname: null,
    sent: asked.length,
    received: answers.length,
    lossRatio: asked.length === 0 ? null : (asked.length - answers.length) / asked.length,
    rttMs: rttStatistics(rtts),
    clock,
    routers: ranked,
    errors: [...errors.values()],
  };
}
