import { formatMs } from '../../model/format.js';
import type { Measurement } from '../../model/measurement.js';
import { grade } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { percentile } from '../../model/statistics.js';
import { budgetOf } from '../budget.js';
import { type JudgeContext, policyFor } from '../probe.js';
import { judgeConnections } from './judge-connections.js';
import { judgeCourses } from './judge-courses.js';
import { judgeRequests } from './judge-requests.js';
import { coincide, type Outage, outagesOf } from './outages.js';
import { type Packet, type Track, tracksOf } from './packets.js';
import { type Places, placesOf } from './places.js';
import { type SlowStretch, slowStretches } from './stretches.js';

/**
 * What a run shows of time, over all that it sent to gateways and targets: `l3.continuity`, was the place there all the time; `l3.spikes`,
 * were round trips long for a while; how they change (`l3.queueing`, `l3.jitter`); how connections fared (`l4.connections`), and requests
 * (`l7.requests`). The same stretch at a gateway and behind it is one event of the local link; the same one at every target is one of what lies
 * beyond the gateway. A line is there only where something was found. Pure: over the measurements of a first step, and over them and those of
 * a closer look together.
 */
export function judgeTimeline(measurements: readonly Measurement[], context: JudgeContext): Check[] {
  const tracks = tracksOf(measurements);
  const places = placesOf(tracks, measurements);
  const continuity = judgeContinuity(places);
  const spikes = judgeSpikes(places, context);
  return [
    ...continuity,
    ...spikes,
    ...judgeCourses(places, measurements, { continuity, spikes }, context),
    ...judgeConnections(places, measurements),
    ...judgeRequests(places, measurements),
  ];
}

/** How many windows a line names; the check has them all. */
const NAMED = 3;
/** A closer look at a flapping link has a few dozen. */
const MOST_WINDOWS = 50;
/** A connection that stood in the midst of an outage of echo shows that the host was there; so near its edges it says nothing. */
const EDGE_MS = 30;

interface Event<T> {
  stretch: T;
  track: Track;
}

/** Outages of each target, those left out during which its service answered: then its echo is limited. */
function judgeContinuity(places: Places): Check[] {
  const gateways = places.gateways.map((track) => ({ track, stretches: outagesOf(track.packets) }));
  const ofTargets = places.targets.flatMap(({ tracks }) =>
    tracks.flatMap((track) => {
      const outages = outagesOf(track.packets);
      // A host that answers connections while it is silent to echo limits its echo: then and at other times.
      return outages.some((outage) => contradicted(outage, track, tracks)) ? [] : outages.map((stretch) => ({ stretch, track }));
    }),
  );
  const ofGateways = gateways.flatMap(({ track, stretches }) =>
    stretches.filter((outage) => isGatewaysOwn(outage, places)).map((stretch) => ({ stretch, track })),
  );
  return groups([...ofTargets, ...ofGateways], gateways, places).map((group) => {
    const windows = merged(group.events.map(({ stretch }) => stretch));
    const held = group.events.every(({ stretch }) => stretch.held);
    return {
      ...lineOf(group, 'l3.continuity', 'continuity'),
      // What was kept for a moment arrived after all.
      status: held ? ('warn' as const) : ('fail' as const),
      code: 'connectivity-intermittent' as const,
      observed: `${silence(windows)}${whereText(group)}${held ? '; packets waited in this machine until the next hop could be found' : ''}`,
      expected: 'answers all the time',
      basis: 'measured' as const,
      when: windows.slice(0, MOST_WINDOWS).map(isoWindow),
    };
  });
}

/** Fewer packets say nothing of a time. */
const FEWEST_PACKETS = 2;
/** So many of the questions to a resolver: clocks of packets and of questions are not the same to the millisecond. */
const MOST_LOST = 0.8;

/**
 * Whether the silence of a gateway counts although no target shows it: where none was measured, or nothing was sent to them at that time, and
 * the resolvers were silent too. A gateway alone may limit its echoes.
 */
function isGatewaysOwn(outage: Outage, { targets, resolvers }: Places): boolean {
  const within = (track: Track) => packetsWithin(track, outage);
  if (targets.some(({ tracks }) => tracks.some((track) => within(track).some(({ rttMs }) => rttMs !== null)))) return false;
  const questions = resolvers.flatMap(within);
  return questions.length >= FEWEST_PACKETS ? areLost(questions.map((question) => untilThen(question, outage))) : targets.length === 0;
}

/** What was answered only when the stretch was over was not answered in it. */
function untilThen(packet: Packet, { toMs, lastMs }: Stretch): Packet {
  const answeredMs = packet.atMs + (packet.rttMs ?? 0);
  return answeredMs >= (toMs ?? lastMs) - EDGE_MS ? { ...packet, rttMs: null } : packet;
}

/** Those well within a stretch of time, since the edges of two series are never the same. */
function packetsWithin({ packets }: Track, { fromMs, toMs, lastMs }: Stretch): Packet[] {
  return packets.filter(({ atMs }) => atMs >= fromMs + EDGE_MS && atMs <= (toMs ?? lastMs) - EDGE_MS);
}

function areLost(packets: readonly Packet[]): boolean {
  return packets.length >= FEWEST_PACKETS && packets.filter(({ rttMs }) => rttMs === null).length >= MOST_LOST * packets.length;
}

function contradicted(outage: Outage, track: Track, others: readonly Track[]): boolean {
  if (track.method === 'tcp') return false;
  const endMs = outage.toMs ?? outage.lastMs;
  return others.some(
    (other) =>
      other.method === 'tcp' &&
      other.address === track.address &&
      other.packets.some(
        ({ atMs, rttMs, doneMs }) => rttMs !== null && atMs > outage.fromMs + EDGE_MS && (doneMs ?? atMs + rttMs) < endMs - EDGE_MS,
      ),
  );
}

function judgeSpikes(places: Places, context: JudgeContext): Check[] {
  const gradesOf = ({ target }: Track) => policyFor(context, target).rttMs;
  const gateways = places.gateways.map((track) => ({ track, stretches: slowStretches(track.packets) }));
  const events = places.targets.flatMap(({ tracks }) =>
    tracks.flatMap((track) => slowStretches(track.packets).map((stretch) => ({ stretch, track }))),
  );
  const felt = events.filter(({ stretch, track }) => grade(stretch.slowMs, gradesOf(track)) !== 'pass');
  return groups(felt, gateways, places, isAsSlow).map((group) => {
    const windows = merged(group.events.map(({ stretch }) => stretch));
    const judged = group.events.map(({ stretch, track }) => ({ stretch, fails: grade(stretch.slowMs, gradesOf(track)) === 'fail', track }));
    const first = judged.sort((a, b) => Number(b.fails) - Number(a.fails) || b.stretch.slowMs - a.stretch.slowMs)[0];
    const worst = first?.stretch;
    const grades = first === undefined ? context.policy.rttMs : gradesOf(first.track);
    return {
      ...lineOf(group, 'l3.spikes', 'latency over time'),
      status: grade(worst?.slowMs ?? 0, grades) === 'fail' ? ('fail' as const) : ('warn' as const),
      code: 'latency-high' as const,
      observed: `${formatMs(worst?.slowMs ?? 0)} for ${spans(windows)}, ${formatMs(worst?.usualMs ?? 0)} at other times${whereText(group)}`,
      expected: `under ${formatMs(grades.acceptable)} all the time`,
      ...(worst === undefined ? {} : { budget: budgetOf('rttMs', worst.slowMs, grades) }),
      basis: 'measured' as const,
      when: windows.slice(0, MOST_WINDOWS).map(isoWindow),
    };
  });
}

/** Of what a target took, so much at the gateway is most of it. */
const MOST_OF_IT = 0.6;

/**
 * Whether what went to and fro at that time was as slow there. One that was slow for as long as it was asked shows no stretch of its own: names are
 * looked up before their targets are asked, in what is left of the time.
 */
function isAsSlow({ packets }: Track, { fromMs, toMs, lastMs, slowMs }: SlowStretch): boolean {
  const endMs = toMs ?? lastMs;
  const meanwhile = packets.flatMap(({ atMs, rttMs }) =>
    rttMs !== null && !Number.isNaN(rttMs) && atMs < endMs && atMs + rttMs > fromMs ? [rttMs] : [],
  );
  return (
    meanwhile.length >= FEWEST_ANSWERS &&
    percentile(
      meanwhile.sort((a, b) => a - b),
      50,
    ) >=
      MOST_OF_IT * slowMs
  );
}

interface Group<T> {
  /** `local`: the gateway shows it too. `beyond`: it does not, and every target does. Otherwise one target does. */
  place: 'local' | 'beyond' | 'target';
  target: string | null;
  /** Whether the gateway answered meanwhile, so that it is known to lie beyond. */
  gatewayAnswered: boolean;
  events: Event<T>[];
}

type Stretch = Pick<Outage, 'fromMs' | 'toMs' | 'lastMs'>;

interface Witness<T> {
  track: Track;
  stretches: readonly T[];
}

/**
 * Events by where they belong: the local link first, then what lies behind it, then each target by itself.
 *
 * @param suffers whether a track without such a stretch shows the same at that time; absent: none does
 */
function groups<T extends Stretch>(
  events: readonly Event<T>[],
  gateways: readonly Witness<T>[],
  places: Places,
  suffers: (track: Track, stretch: T) => boolean = () => false,
): Group<T>[] {
  const found = new Map<string, Group<T>>();
  for (const event of events) {
    const { track, stretch } = event;
    const gateway = track.target === null ? track.address : places.gatewayOf(track.target);
    const seen = gateways.find((entry) => entry.track.address === gateway);
    // A target on the link itself shares that with every gateway that is there.
    const beside = gateways.filter((entry) => gateway === null || entry === seen);
    const sharedBy = (witness: Witness<T>) => witness.stretches.some((other) => coincide(stretch, other));
    const gatewayAsResolver = places.resolvers.find(({ address }) => address === gateway);
    const gatewayAnswered = [seen?.track, gatewayAsResolver].some((witness) => witness !== undefined && answeredWithin(witness, stretch));
    const local =
      track.target === null ||
      (seen !== undefined && sharedBy(seen)) ||
      beside.some((witness) => suffers(witness.track, stretch)) ||
      (!gatewayAnswered && gatewayAsResolver !== undefined && areLost(packetsWithin(gatewayAsResolver, stretch)));
    const others = places.resolvers.filter(
      (resolver) => resolver.address !== gateway && packetsWithin(resolver, stretch).length >= FEWEST_PACKETS,
    );
    const witnesses = places.targets.length + others.length;
    const everywhere =
      !local &&
      gatewayAnswered &&
      witnesses > 1 &&
      others.every((resolver) => areLost(packetsWithin(resolver, stretch))) &&
      places.targets.every(({ target }) => events.some((other) => other.track.target === target && coincide(other.stretch, stretch)));
    const place = local ? 'local' : everywhere ? 'beyond' : 'target';
    const target = place === 'target' ? track.target : null;
    const key = `${place} ${target}`;
    const group = found.get(key) ?? { place, target, gatewayAnswered, events: [] };
    group.events.push(event);
    found.set(key, group);
  }
  const order = { local: 0, beyond: 1, target: 2 };
  return [...found.values()].sort((a, b) => order[a.place] - order[b.place]);
}

/** Answers without which nothing is known of the gateway at that time. */
const FEWEST_ANSWERS = 3;

function answeredWithin({ packets }: Track, { fromMs, toMs, lastMs }: Stretch): boolean {
  const within = packets.filter(({ atMs }) => atMs >= fromMs && atMs <= (toMs ?? lastMs));
  const answered = within.filter(({ rttMs }) => rttMs !== null).length;
  return answered >= FEWEST_ANSWERS && answered > within.length / 2;
}

function lineOf<T extends Stretch>({ place, target, events }: Group<T>, kind: string, title: string) {
  const suffix = place === 'target' ? `@${target}` : place === 'beyond' ? '@beyond' : '';
  const measurements = [...new Set(events.flatMap(({ track }) => track.measurements))];
  return { id: `${kind}${suffix}`, layer: 3 as const, title, target, remedy: null, because: null, measurements };
}

function whereText<T extends Stretch>({ place, gatewayAnswered }: Group<T>): string {
  if (place === 'local') return '; the gateway too: the local link, or the gateway';
  if (place === 'beyond') return '; all targets at once, while the gateway answered: beyond it';
  return gatewayAnswered ? '; the gateway answered meanwhile' : '';
}

/** Stretches that overlap are one: several series saw the same. */
function merged(stretches: readonly Stretch[]): Stretch[] {
  const ordered = [...stretches].sort((a, b) => a.fromMs - b.fromMs);
  const windows: Stretch[] = [];
  for (const stretch of ordered) {
    const last = windows[windows.length - 1];
    if (last === undefined || stretch.fromMs > (last.toMs ?? Number.POSITIVE_INFINITY)) windows.push({ ...stretch });
    else {
      last.toMs = last.toMs === null || stretch.toMs === null ? null : Math.max(last.toMs, stretch.toMs);
      last.lastMs = Math.max(last.lastMs, stretch.lastMs);
    }
  }
  return windows;
}

function silence(windows: readonly Stretch[]): string {
  const times = windows.length === 1 ? '' : `${windows.length} times, `;
  return `silent ${times}${windows.some(({ toMs }) => toMs === null) ? '' : 'for '}${spans(windows)}`;
}

/** `0.42 s from 10:23:40.123 on`, `from 10:23:40.123 on, and not back since`. */
function spans(windows: readonly Stretch[]): string {
  const named = windows.slice(0, NAMED).map(({ fromMs, toMs }) => {
    const from = new Date(fromMs).toISOString().slice(11, 23);
    return toMs === null ? `from ${from} on, to the end` : `${((toMs - fromMs) / 1000).toFixed(2)} s from ${from} UTC on`;
  });
  return `${named.join(', ')}${windows.length > NAMED ? ` and ${windows.length - NAMED} more` : ''}`;
}

function isoWindow({ fromMs, toMs }: Stretch): { from: string; to: string | null } {
  return { from: new Date(fromMs).toISOString(), to: toMs === null ? null : new Date(toMs).toISOString() };
}
