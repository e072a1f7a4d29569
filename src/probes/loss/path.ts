import type { Attempt } from '../../model/attempt.js';
import { addressFamily } from '../../model/target.js';
import type { PacketEvent, PacketSession } from '../../net/port.js';
import type { MeasureContext } from '../probe.js';
import { UNUSED_UDP_PORT } from '../round-trip/by-packets.js';
import { Collector, isAnswered, type RoundTripSeries } from '../round-trip/collector.js';
import type { RoundTripPlan } from '../round-trip/plan.js';
import { type HopTally, type LossPath, needsMoreRounds, type PathTally, placeLoss } from './place.js';

export interface PathSeries {
  /** That to the target. */
  series: RoundTripSeries;
  path: LossPath;
}

type Acceptable = NonNullable<RoundTripPlan['path']>;

/** Longer paths are hardly seen, and loops are. */
const MAXIMUM_TTL = 30;
/** The path is measured out by one packet to each hop; those that stayed unanswered are asked again. */
const SWEEPS = 2;
const SWEEP_TIMEOUT_MS = 1000;
/** The nearest hops answer sooner than the target: what comes so much later than its answer is not waited for. */
const SWEEP_MARGIN_MS = 100;
/** How many rounds go out between two looks at what came of them. */
const BATCH = 50;
const SETTLE_ROUND_TRIPS = 3;
const SETTLE_MINIMUM_MS = 50;
/** A hop that gave nothing to so many is asked once in so many rounds from then on. */
const SILENT_AFTER = 10;
const SILENT_EVERY = 10;
/** A SYN costs the target a socket: no more of them than so. */
const TCP_MINIMUM_INTERVAL_MS = 50;
const TCP_MAXIMUM_COUNT = 200;
/** Between two packets. A long path is asked more slowly, so that no link is filled by it. */
const MINIMUM_SPACING_MS = 2;

/**
 * Probes the target and every hop before it in turn, over one session and so on one path, until the loss has a place. A sentence where
 * that cannot be done: no session, or a target that answers none.
 */
export async function samplePath(plan: RoundTripPlan, acceptable: Acceptable, context: MeasureContext): Promise<PathSeries | string> {
  let because = 'the method cannot limit how far its packets go';
  for (const open of sessionsOf(plan, context)) {
    const opened = open();
    if (opened.kind !== 'measured') {
      because = `no packets of a limited reach can be sent: ${opened.kind === 'unavailable' ? opened.reason : 'the origin cannot be used'}`;
      continue;
    }
    const walk = new PathWalk(plan, acceptable, context, opened.value);
    try {
      if (await walk.sweep()) return await walk.measure();
    } finally {
      opened.value.close();
    }
    because = context.signal.aborted ? 'interrupted' : walk.whyUnreached;
    if (context.signal.aborted) break;
  }
  return because;
}

function sessionsOf({ method, address, origin, ports }: RoundTripPlan, { network }: MeasureContext): (() => Attempt<PacketSession>)[] {
  const family = addressFamily(address) === 6 ? 6 : 4;
  const echo = () => network.echo.open(family, origin);
  const handshakes = ports.slice(0, 1).map((port) => () => network.handshakes.open(family, origin, port));
  switch (method) {
    case 'icmp':
      return [echo];
    case 'tcp':
      return handshakes;
    case 'udp':
      return [() => network.datagrams.open(family, origin, UNUSED_UDP_PORT)];
    case 'system':
      return [];
    case 'auto':
      // No datagrams: a host limits its answers to them, and every path would seem to lose at its end.
      return [echo, ...handshakes];
  }
}

/** One session, from the sweep that finds the length of the path to the last answer. */
class PathWalk {
  readonly #plan: RoundTripPlan;
  readonly #acceptable: Acceptable;
  readonly #context: MeasureContext;
  readonly #session: PacketSession;
  readonly #collector = new Collector();
  /** At index `ttl - 1`; up to the hop before the target once that is known. */
  readonly #hops: HopTally[] = [];
  readonly #outstanding = new Set<HopProbe | TargetProbe>();
  /** Answered packets to hops that an interrupt would leave out. */
  readonly #lately: HopProbe[] = [];
  #targetTtl = MAXIMUM_TTL + 1;
  /** Whether a router answered for the farthest hop that is asked. */
  #goesOn = false;
  #longestMs = 0;
  #settled: AbortController | null = null;

  constructor(plan: RoundTripPlan, acceptable: Acceptable, context: MeasureContext, session: PacketSession) {
    this.#plan = plan;
    this.#acceptable = acceptable;
    this.#context = context;
    this.#session = session;
  }

  /** Finds out at how many hops the target is. `false` where it does not answer. */
  async sweep(): Promise<boolean> {
    const answered = new Set<number>();
    for (let sweep = 0; sweep < SWEEPS && !this.#context.signal.aborted; sweep++) {
      const asked: number[] = [];
      for (let ttl = 1; ttl <= Math.min(MAXIMUM_TTL, this.#targetTtl); ttl++) if (!answered.has(ttl)) asked.push(ttl);
      if (asked.length > 0) await this.#sweepOnce(asked, answered);
    }
    for (let ttl = 1; ttl < Math.min(this.#targetTtl, MAXIMUM_TTL + 1); ttl++)
      this.#hops.push({ ttl, address: null, sent: 0, received: 0 });
    return this.#targetTtl <= MAXIMUM_TTL;
  }

  /** Why no hop can be compared with the target, after a sweep that did not get to it. */
  get whyUnreached(): string {
    return this.#goesOn
      ? `the path goes on beyond ${MAXIMUM_TTL} hops, and no longer one is measured`
      : 'the target answers nothing that the hops on the way could be compared with';
  }

  /** One packet to each of these hops, and the wait for what comes of them. */
  async #sweepOnce(asked: readonly number[], answered: Set<number>): Promise<void> {
    const { network, signal } = this.#context;
    const done = new AbortController();
    const until = AbortSignal.any([signal, done.signal]);
    const waitFor = async (ms: number) => {
      await network.clock.sleep(ms, until);
      done.abort();
    };
    for (const ttl of asked) {
      this.#send(ttl, (event) => {
        if (event.kind === 'send-failed' || (event.kind === 'icmp-error' && event.meaning !== 'time-exceeded')) return;
        answered.add(ttl);
        if (event.kind === 'icmp-error' && ttl === MAXIMUM_TTL) this.#goesOn = true;
        if (event.kind === 'reply' && ttl < this.#targetTtl) {
          this.#targetTtl = ttl;
          this.#longestMs = event.rttMs;
          // The hops are nearer than the target, so their answers are under way.
          void waitFor(Math.max(SWEEP_MARGIN_MS, event.rttMs));
        }
        if (asked.every((hop) => hop > this.#targetTtl || answered.has(hop))) done.abort();
      });
    }
    const known = this.#targetTtl <= MAXIMUM_TTL;
    await waitFor(Math.min(this.#plan.timeoutMs, known ? SWEEP_MARGIN_MS + 2 * this.#longestMs : SWEEP_TIMEOUT_MS));
  }

  /** Sends rounds as long as they may tell more. */
  async measure(): Promise<PathSeries> {
    const { network, signal } = this.#context;
    const { extend, timeoutMs } = this.#plan;
    const byTcp = this.#session.method === 'tcp';
    const limit = (count: number) => (byTcp ? Math.min(count, TCP_MAXIMUM_COUNT) : count);
    let end = limit(this.#plan.count);
    let round = 0;
    while (round < end && !signal.aborted) {
      const startedMs = network.clock.nowMs();
      const firstRound = round;
      for (; round < end && !signal.aborted; round++) await this.#sendRound(round, startedMs, round - firstRound);
      if (signal.aborted || extend === undefined) break;
      await this.#settle(Math.min(timeoutMs, Math.max(SETTLE_MINIMUM_MS, SETTLE_ROUND_TRIPS * this.#longestMs)));
      const tally = this.#tally();
      if (!needsMoreRounds(placeLoss(tally, this.#acceptable.acceptableRatio), tally.target, this.#acceptable.acceptableRatio)) break;
      end = Math.max(end, Math.min(end + BATCH, limit(extend.maximumCount)));
    }
    await this.#settle(timeoutMs);
    if (signal.aborted) this.#cutOff();
    const path = placeLoss(this.#tally(), this.#acceptable.acceptableRatio);
    this.#collector.droppedHere = this.#session.dropped;
    return { series: this.#collector.series(this.#session.method, timeoutMs, signal.aborted), path };
  }

  get #intervalMs(): number {
    const packets = this.#hops.length + 1;
    return Math.max(this.#plan.intervalMs, packets * MINIMUM_SPACING_MS, this.#session.method === 'tcp' ? TCP_MINIMUM_INTERVAL_MS : 0);
  }

  /** One packet to each hop, then one to the target, spread over the interval. */
  async #sendRound(round: number, startedMs: number, index: number): Promise<void> {
    const { network, signal } = this.#context;
    const intervalMs = this.#intervalMs;
    const asked = this.#hops.filter(({ sent, received }) => received > 0 || sent < SILENT_AFTER || round % SILENT_EVERY === 0);
    const spacingMs = intervalMs / (asked.length + 1);
    const roundMs = startedMs + index * intervalMs;
    for (const [place, hop] of [...asked, null].entries()) {
      const waitMs = roundMs + place * spacingMs - network.clock.nowMs();
      if (waitMs > 0) await network.clock.sleep(waitMs, signal);
      if (signal.aborted) return;
      if (hop === null) this.#probeTarget(round);
      else this.#probeHop(hop);
    }
  }

  #probeHop(hop: HopTally): void {
    const sentMs = this.#context.network.clock.nowMs();
    let answered = false;
    const probe: HopProbe = { seq: null, hop, sentMs };
    hop.sent++;
    this.#outstanding.add(probe);
    this.#send(hop.ttl, (event) => {
      this.#done(probe);
      if (event.kind === 'send-failed') {
        hop.sent--;
        this.#collector.neverLeft(event.code);
        return;
      }
      // The path was measured out too long, since the first packet that reached the target at this distance was lost.
      if (event.kind === 'reply') this.#shorten(hop.ttl);
      else if (event.meaning !== 'time-exceeded') return;
      else hop.address ??= event.from;
      const rttMs = event.rttMs ?? this.#context.network.clock.nowMs() - sentMs;
      if (answered || rttMs > this.#plan.timeoutMs) return;
      answered = true;
      hop.received++;
      this.#remember(probe);
    });
  }

  #probeTarget(seq: number): void {
    const probe: TargetProbe = { seq };
    this.#collector.sent(seq, this.#context.network.clock.nowMs());
    this.#outstanding.add(probe);
    this.#send(null, (event) => {
      this.#done(probe);
      if (event.kind === 'send-failed') this.#collector.refused(seq, event.code);
      else if (event.kind === 'icmp-error') this.#collector.icmpError(event);
      else if (event.rttMs <= this.#plan.timeoutMs) {
        this.#collector.reply(seq, event.rttMs, event.clock, event.heldMs);
        this.#longestMs = Math.max(this.#longestMs, event.rttMs);
      }
    });
  }

  #send(ttl: number | null, listener: (event: PacketEvent) => void): void {
    const { address, payloadBytes } = this.#plan;
    this.#session.send({ address, payloadBytes, ttl, dontFragment: false, flow: 0 }, listener);
  }

  #shorten(ttl: number): void {
    if (ttl >= this.#targetTtl) return;
    this.#targetTtl = ttl;
    this.#hops.length = ttl - 1;
  }

  #done(probe: HopProbe | TargetProbe): void {
    this.#outstanding.delete(probe);
    if (this.#outstanding.size === 0) this.#settled?.abort();
  }

  /** Of the hops, what was answered to packets so young that others of their age may still be: what an interrupt would have to leave out. */
  #remember(probe: HopProbe): void {
    this.#lately.push(probe);
    const oldestMs = this.#context.network.clock.nowMs() - this.#plan.timeoutMs;
    while (this.#lately[0] !== undefined && this.#lately[0].sentMs <= oldestMs) this.#lately.shift();
  }

  /** The same for hops and target, or the one would seem to lose less than the other: see {@link Collector.cutOff}. */
  #cutOff(): void {
    const atMs = this.#context.network.clock.nowMs();
    const isYoung = ({ sentMs }: HopProbe) => sentMs + this.#plan.timeoutMs > atMs;
    const unanswered: number[] = [];
    for (const probe of this.#outstanding)
      if (probe.seq !== null) unanswered.push(probe.seq);
      else if (isYoung(probe)) probe.hop.sent--;
    if (!this.#collector.cutOff(unanswered, atMs, this.#plan.timeoutMs)) return;
    for (const { hop } of this.#lately.filter(isYoung)) {
      hop.sent--;
      hop.received--;
    }
  }

  async #settle(ms: number): Promise<void> {
    if (this.#outstanding.size === 0) return;
    this.#settled = new AbortController();
    await this.#context.network.clock.sleep(ms, AbortSignal.any([this.#context.signal, this.#settled.signal]));
    this.#settled = null;
  }

  #tally(): PathTally {
    const lost = this.#collector.samples.filter((sample) => sample !== undefined).map((sample) => !isAnswered(sample));
    return { hops: this.#hops, target: { ttl: this.#targetTtl, address: this.#plan.address, lost } };
  }
}

/** A packet whose answer is to come from a router on the way. */
interface HopProbe {
  seq: null;
  hop: HopTally;
  sentMs: number;
}

interface TargetProbe {
  seq: number;
}
