import { formatMs } from '../../model/format.js';
import type { Measurement } from '../../model/measurement.js';
import { type Grade, grade, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { percentile } from '../../model/statistics.js';
import { budgetOf } from '../budget.js';
import { type JudgeContext, policyFor } from '../probe.js';
import type { Packet, Track } from './packets.js';
import type { Places } from './places.js';
import { type Course, courseOf, isQueue, isStandingQueue } from './queueing.js';

/**
 * At the head of a run larger packets of its own go out, certificates and the like come in, and a thin line keeps the small ones waiting: a
 * queue that is still there when that is over is somebody else's.
 */
const OWN_BURST_MS = 450;
const FEWEST = 30;
/** Packets that wait in the queue of our own interface at the end: more than what one write leaves there. */
const WAITING_PACKETS = 5;

type Window = NonNullable<Check['when']>[number];

interface Seen {
  track: Track;
  course: Course;
  queue: boolean;
}

/** `l3.queueing`: is it a queue that makes round trips long. `l3.jitter`: how much they vary, over all that was sent. */
export function judgeCourses(
  places: Places,
  measurements: readonly Measurement[],
  found: { continuity: readonly Check[]; spikes: readonly Check[] },
  context: JudgeContext,
): Check[] {
  const windows = [...found.continuity, ...found.spikes].flatMap(({ when }) => when ?? []);
  const see = (track: Track): Seen[] => {
    const policy = policyFor(context, track.target);
    const course = courseOf(settled(outside(onceOpen(track.packets), windows)));
    return course === null
      ? []
      : [{ track, course, queue: isQueue(course) || (grade(course.p50Ms, policy.rttMs) !== 'pass' && isStandingQueue(course)) }];
  };
  const gateways = places.gateways.flatMap(see);
  const checks: Check[] = judgeOwnQueue(places, measurements, context.policy);
  for (const { target, tracks } of places.targets) {
    const seen = tracks.flatMap(see).sort((a, b) => b.course.packets - a.course.packets)[0];
    if (seen === undefined) continue;
    const policy = policyFor(context, target);
    const gatewayAddress = places.gatewayOf(target);
    const gateway = gateways.find(({ track }) => track.address === gatewayAddress) ?? null;
    checks.push(...(judgeQueue(target, seen, gateway, policy) ?? judgeJitter(target, seen, gateway, policy)));
  }
  return once([...checks, ...judgeDistance(places, windows, context)]);
}

/** What is this much of the round trip to a target is most of it. */
const MOST_OF_IT = 0.6;

/**
 * `l3.way`: a round trip to a target is too long, and that to its gateway, or a question to a resolver, takes about as long: the way that they
 * share is slow, and neither the target nor the resolver.
 */
function judgeDistance({ gateways, resolvers, targets, gatewayOf }: Places, windows: readonly Window[], context: JudgeContext): Check[] {
  const median = (track: Track) => medianMs({ ...track, packets: outside(track.packets, windows) });
  return targets.flatMap(({ target, tracks }): Check[] => {
    const own = [...tracks].sort((a, b) => b.packets.length - a.packets.length)[0];
    const ownMs = own === undefined ? null : median(own);
    const policy = policyFor(context, target);
    const status = ownMs === null ? 'pass' : grade(ownMs, policy.rttMs);
    if (own === undefined || ownMs === null || status === 'pass') return [];
    const address = gatewayOf(target);
    const sharing = [...gateways.filter((track) => track.address === address), ...resolvers].flatMap((track) => {
      const ms = median(track);
      return ms === null || ms < MOST_OF_IT * ownMs || ms > ownMs / MOST_OF_IT ? [] : [{ track, ms }];
    });
    const witness = sharing[0];
    if (witness === undefined) return [];
    const name = witness.track.address === address ? 'the gateway' : `the resolver ${witness.track.address}`;
    return [
      {
        id: 'l3.way',
        layer: 3,
        title: 'way',
        target: null,
        status,
        code: 'latency-high',
        observed: `${formatMs(ownMs)} to ${target}, and ${name} takes as long (${formatMs(witness.ms)})`,
        expected: `under ${formatMs(policy.rttMs.acceptable)}`,
        remedy: null,
        because: null,
        measurements: [...own.measurements, ...witness.track.measurements],
        basis: 'measured',
        budget: budgetOf('rttMs', ownMs, policy.rttMs),
      },
    ];
  });
}

/** Answers that came in within so long came in together. */
const TOGETHER_MS = 30;
/** Sent over so long, they would have come one by one. */
const LEAST_OPENING_MS = 100;

/**
 * Without the first packets where their answers came in all together: a hop kept them until it knew the link address of the next one (RFC 1122
 * section 2.3.2.2). No queue lets go of all at once.
 */
function onceOpen(packets: readonly Packet[]): readonly Packet[] {
  const came = ({ atMs, rttMs }: Packet) => (rttMs === null || Number.isNaN(rttMs) ? null : atMs + rttMs);
  const firstMs = packets.map(came).find((ms) => ms !== null);
  const [first] = packets;
  if (first === undefined || firstMs === undefined || firstMs === null) return packets;
  const end = packets.findIndex((packet) => (came(packet) ?? firstMs) > firstMs + TOGETHER_MS);
  const next = packets[end];
  return next === undefined || next.atMs - first.atMs < LEAST_OPENING_MS ? packets : packets.slice(end);
}

/** What is left once the burst of our own is over; all of it where that is too little. */
function settled(packets: readonly Packet[]): readonly Packet[] {
  const startMs = packets[0]?.atMs ?? 0;
  const rest = packets.filter(({ atMs }) => atMs >= startMs + OWN_BURST_MS);
  return rest.length >= FEWEST ? rest : packets;
}

/** What was kept waiting in such a time comes in a ramp behind it. */
const DRAIN_MS = 150;

/** Without what is explained already: a time in which the place was gone, or far slower than else. */
function outside(packets: readonly Packet[], windows: readonly Window[]): Packet[] {
  if (windows.length === 0) return [...packets];
  const spans = windows.map(({ from, to }) => [Date.parse(from), to === null ? Number.POSITIVE_INFINITY : Date.parse(to)] as const);
  return packets.filter(({ atMs }) => !spans.some(([from, to]) => atMs >= from && atMs <= to + DRAIN_MS));
}

/** Packets that waited in front of an interface of this machine when the run was over; 0 where none did, or it is not told. */
function waitingPackets(measurements: readonly Measurement[], name: string | null): number {
  const counters = measurements.find((made) => made.probe === 'counters');
  if (counters?.probe !== 'counters' || name === null) return 0;
  return counters.data.links.find((link) => link.interface === name)?.queue?.waitingPackets ?? 0;
}

/**
 * The kernel stamps an echo as it leaves the interface, behind its queue, and times a connection from before it: where connections and
 * questions take so much longer than echoes to the same place, and packets wait in front of the interface, this machine keeps them itself.
 */
function judgeOwnQueue(places: Places, measurements: readonly Measurement[], policy: Policy): Check[] {
  const name = places.interfaceOf(null);
  const waiting = waitingPackets(measurements, name);
  if (waiting < WAITING_PACKETS) return [];
  const pairs = [
    ...places.targets.map(({ tracks }) => ({
      echo: tracks.find(({ method }) => method === 'icmp'),
      other: tracks.find(({ method }) => method === 'tcp'),
    })),
    ...places.gateways.map((echo) => ({ echo, other: places.resolvers.find(({ address }) => address === echo.address) })),
  ];
  const found = pairs.flatMap(({ echo, other }) => {
    const [quickMs, slowMs] = [medianMs(echo), medianMs(other)];
    if (echo === undefined || other === undefined || quickMs === null || slowMs === null) return [];
    return [{ keptMs: slowMs - quickMs, measurements: [...echo.measurements, ...other.measurements] }];
  });
  found.push(...keptDatagrams([...places.gateways, ...places.targets.flatMap(({ tracks }) => tracks)], measurements));
  const worst = found.sort((a, b) => b.keptMs - a.keptMs)[0];
  const status = worst === undefined ? 'pass' : grade(worst.keptMs, policy.queueingMs);
  if (worst === undefined || status === 'pass') return [];
  return [
    {
      id: 'l3.queueing',
      layer: 3,
      title: 'queueing',
      target: null,
      status,
      code: 'bufferbloat',
      observed: `packets wait ${formatMs(worst.keptMs)} in front of ${name}, of this machine itself (${waiting} at the end)`,
      expected: noQueue(policy),
      remedy: null,
      because: null,
      measurements: worst.measurements,
      basis: 'stated',
      budget: budgetOf('queueingMs', worst.keptMs, policy.queueingMs),
    },
  ];
}

/** What a datagram took that a host answered or refused, against echoes to the same host. It too is timed from before the interface. */
function keptDatagrams(tracks: readonly Track[], measurements: readonly Measurement[]): { keptMs: number; measurements: string[] }[] {
  return measurements.flatMap((made) => {
    if (made.probe !== 'quic' || made.data.rttMs === null) return [];
    const { rttMs, refusedBy, address } = made.data;
    const echo = tracks.find((track) => track.method === 'icmp' && track.address === (refusedBy ?? address));
    const quickMs = medianMs(echo);
    return echo === undefined || quickMs === null ? [] : [{ keptMs: rttMs - quickMs, measurements: [...echo.measurements, made.id] }];
  });
}

function medianMs(track: Track | undefined): number | null {
  const rtts = (track?.packets ?? []).flatMap(({ rttMs }) => (rttMs === null || Number.isNaN(rttMs) ? [] : [rttMs]));
  const sorted = rtts.sort((a, b) => a - b);
  return sorted.length === 0 ? null : percentile(sorted, 50);
}

function noQueue({ queueingMs }: Policy): string {
  return `no queue that adds more than ${formatMs(queueingMs.acceptable)}`;
}

function judgeQueue(target: string, { track, course, queue }: Seen, gateway: Seen | null, policy: Policy): Check[] | null {
  const risenMs = course.p95Ms - course.minMs;
  const [usual, risen] = [grade(course.p50Ms, policy.rttMs), grade(risenMs, policy.queueingMs)];
  const status = worse(risen, usual);
  if (status === 'pass' || !queue) return null;
  const local = gateway !== null && gateway.course.p50Ms > Math.max(policy.gatewayRttMs.acceptable, course.p50Ms / 2);
  const place = local
    ? `; the gateway is as slow (${formatMs(gateway.course.p50Ms)}): the local link`
    : gateway === null
      ? ''
      : `; the gateway answers within ${formatMs(gateway.course.p95Ms)}: the queue is beyond it`;
  return [
    {
      id: local ? 'l3.queueing' : `l3.queueing@${target}`,
      layer: 3,
      title: 'queueing',
      target: local ? null : target,
      status,
      code: 'bufferbloat',
      observed: `${formatMs(course.minMs)} to ${formatMs(course.p95Ms)}, rising and falling slowly${place}`,
      expected: noQueue(policy),
      remedy: null,
      because: null,
      measurements: [...track.measurements, ...(local && gateway !== null ? gateway.track.measurements : [])],
      basis: 'measured',
      budget: status === risen ? budgetOf('queueingMs', risenMs, policy.queueingMs) : budgetOf('rttMs', course.p50Ms, policy.rttMs),
    },
  ];
}

/**
 * Differences of round trips some 50 ms apart: their mean against the grades, and no worse than twice their median, since a few that are
 * late make no jitter.
 */
function judgeJitter(target: string, { track, course }: Seen, gateway: Seen | null, policy: Policy): Check[] {
  const value = variation(course);
  const status = value === null ? 'pass' : grade(value, policy.jitterMs);
  if (value === null || status === 'pass') return [];
  const gatewayValue = gateway === null ? null : variation(gateway.course);
  const local = gatewayValue !== null && gatewayValue >= value / 2 && grade(gatewayValue, policy.jitterMs) !== 'pass';
  return [
    {
      id: local ? 'l3.jitter' : `l3.jitter@${target}`,
      layer: 3,
      title: 'jitter',
      target: local ? null : target,
      status,
      code: 'jitter-high',
      observed: `${formatMs(value)} from one 50 ms to the next${local ? `; to the gateway ${formatMs(gatewayValue)}: the local link` : ''}`,
      expected: `under ${formatMs(policy.jitterMs.acceptable)}`,
      remedy: null,
      because: null,
      measurements: [...track.measurements, ...(local && gateway !== null ? gateway.track.measurements : [])],
      basis: 'measured',
      budget: budgetOf('jitterMs', value, policy.jitterMs),
    },
  ];
}

function variation({ lagMedianMs, lagMeanMs }: Course): number | null {
  return lagMedianMs === null || lagMeanMs === null ? null : Math.min(lagMeanMs, 2 * lagMedianMs);
}

function worse(a: Grade, b: Grade): Grade {
  const severity = { pass: 0, warn: 1, fail: 2 };
  return severity[a] >= severity[b] ? a : b;
}

/** What several targets show of the local link is one line. */
function once(checks: readonly Check[]): Check[] {
  const known = new Map<string, Check>();
  for (const line of checks) {
    const before = known.get(line.id);
    if (before === undefined || (before.status === 'warn' && line.status === 'fail')) known.set(line.id, line);
  }
  return [...known.values()];
}
