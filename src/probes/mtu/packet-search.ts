import { type Attempt, measured, skipped, unanswered } from '../../model/attempt.js';
import type { PacketSession } from '../../net/port.js';
import { ICMP_HEADER_BYTES, IPV4_HEADER_BYTES, IPV6_HEADER_BYTES } from '../../wire/packets/icmp.js';
import type { MeasureContext } from '../probe.js';
import { AnswerBudget } from './answer-budget.js';
import type { MtuPlan } from './plan.js';
import { conclude, nextProbes, type Refusal, type SearchBounds, type SearchResult, type SizeProbe, searchBounds } from './search.js';

/** Of Ethernet: what the search starts from where the interface's own MTU is not known. */
export const ETHERNET_MTU_BYTES = 1500;

const COPY_INTERVAL_MS = 15;

/** A reply that takes longer than this many of the slowest round trips seen counts as none. */
const PATIENCE = 4;
const MINIMUM_WAIT_MS = 200;

/** After "packet too big" the reply to the same packet is waited for as well: if it comes, the message was forged. */
const CONTRADICTION_ROUND_TRIPS = 1.5;
const CONTRADICTION_MS = 10;

/** Ends a search that a lying network would keep going: 6 rounds of 8 sizes find any below 65,576. One size at a time takes more. */
const MAXIMUM_ROUNDS = { icmp: 16, udp: 60 } as const;

/** Rounds of datagrams in which not even a size that passes was answered, since the target had spent its answers. */
const MAXIMUM_VOID_ROUNDS = 8;
const VOID_PAUSE_MS = 1200;

export interface PacketSearch {
  outcome: Attempt<SearchResult>;
  sent: number;
}

/** What became of one size by now. */
export interface Tally {
  copies: number;
  answered: number;
  refusals: Refusal[];
  /** Copies that the link of this machine had no room for (ENOBUFS); absent: none. */
  noRoom?: number;
}

/** The tally of a size, an empty one where it was not tried yet. */
export function tallyOf(evidence: Map<number, Tally>, size: number): Tally {
  const known = evidence.get(size);
  if (known !== undefined) return known;
  const fresh: Tally = { copies: 0, answered: 0, refusals: [] };
  evidence.set(size, fresh);
  return fresh;
}

/** Of an IP packet of this size, what is behind the header of the echo; a datagram's header is as long. */
export function payloadBytesOf(family: 4 | 6, size: number): number {
  return size - (family === 4 ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES) - ICMP_HEADER_BYTES;
}

/** Searches for the largest packet that is answered, over a session of echo requests or of datagrams, and closes the session. */
export async function searchByPackets(session: PacketSession, plan: MtuPlan, context: MeasureContext): Promise<PacketSearch> {
  const method = session.method === 'udp' ? 'udp' : 'icmp';
  const bounds = searchBounds(plan.family, plan.localMtuBytes ?? ETHERNET_MTU_BYTES, method);
  const rounds = new Rounds(session, plan, context, bounds);
  let voids = 0;
  const { clock } = context.network;
  const endMs = method === 'udp' ? clock.nowMs() + (plan.searchMs ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  try {
    for (let round = 0; round < MAXIMUM_ROUNDS[method] && voids < MAXIMUM_VOID_ROUNDS && clock.nowMs() < endMs; round++) {
      const probes = nextProbes(bounds, rounds.evidence);
      if (probes.length === 0) break;
      const counted = method === 'udp' && round > 0 ? await rounds.withControl(probes) : await rounds.sideBySide(probes);
      if (!counted) voids++;
      if (context.signal.aborted) return { outcome: skipped('interrupted'), sent: rounds.sent };
    }
  } finally {
    session.close();
  }
  const result = conclude(bounds, rounds.evidence);
  return { outcome: result.passed === null ? unanswered('response', plan.timeoutMs) : measured(result), sent: rounds.sent };
}

/** How long a reply is waited for, by the slowest round trip seen; `null`: none was. */
export function patienceMs(timeoutMs: number, slowestMs: number | null): number {
  return slowestMs === null ? timeoutMs : Math.min(timeoutMs, Math.max(MINIMUM_WAIT_MS, slowestMs * PATIENCE));
}

class Rounds {
  readonly evidence = new Map<number, Tally>();
  sent = 0;
  readonly #session: PacketSession;
  readonly #plan: MtuPlan;
  readonly #context: MeasureContext;
  readonly #bounds: SearchBounds;
  readonly #budget: AnswerBudget;
  #slowestMs: number | null = null;
  /** Called whenever something became of a packet, of whatever round. */
  #changed: () => void = () => {};

  constructor(session: PacketSession, plan: MtuPlan, context: MeasureContext, bounds: SearchBounds) {
    this.#session = session;
    this.#plan = plan;
    this.#context = context;
    this.#bounds = bounds;
    this.#budget = new AnswerBudget(context.network.clock);
  }

  /** Sends every size of a round, some copies each, and waits until something became of all of them or the time is over. */
  async sideBySide(probes: readonly SizeProbe[]): Promise<true> {
    const before = new Map(probes.map(({ size }) => [size, { ...this.#tally(size), refused: this.#tally(size).refusals.length }]));
    const heard = ({ size, confirm }: SizeProbe) => {
      const tally = this.#tally(size);
      const earlier = before.get(size);
      if (tally.answered > (earlier?.answered ?? 0) || tally.refusals.some(({ from }) => from === 'local')) return true;
      const refusals = tally.refusals.length - (earlier?.refused ?? 0);
      return confirm ? refusals > 0 && refusals >= tally.copies - (earlier?.copies ?? 0) : refusals > 0;
    };
    const answered = ({ size }: SizeProbe) => this.#tally(size).answered > (before.get(size)?.answered ?? 0);
    const most = Math.max(...probes.map(({ copies }) => copies));
    for (let copy = 0; copy < most && !this.#context.signal.aborted; copy++) {
      for (const probe of probes) {
        const due = copy < probe.copies && !answered(probe) && (copy === 0 || probe.confirm || !heard(probe));
        if (due) this.#send(probe.size);
      }
      const last = copy + 1 >= most;
      const over = () => probes.every((probe) => answered(probe) || (heard(probe) && (last || !probe.confirm)));
      await this.#until(over, last ? this.#waitMs() : COPY_INTERVAL_MS);
      if (over()) break;
    }
    await this.#awaitContradiction(probes);
    return true;
  }

  /**
   * Sends the sizes one after the other, and after each silence a packet of a size that is known to pass: only if that one is answered was
   * the silence about the size. `false`: it was not, since the target had no answer left.
   */
  async withControl(probes: readonly SizeProbe[]): Promise<boolean> {
    for (const probe of probes) {
      const tally = this.#tally(probe.size);
      const { copies } = tally;
      if (probe.confirm) await this.sideBySide([probe]);
      else await this.#oneByOne(probe);
      if (tally.answered > 0 || tally.refusals.length > 0) continue;
      const passed = conclude(this.#bounds, this.evidence).passed ?? this.#bounds.small;
      if ((await this.#sendOne(passed)) === 'answered') continue;
      tally.copies = copies;
      this.#tally(passed).copies--;
      await this.#context.network.clock.sleep(VOID_PAUSE_MS, this.#context.signal);
      return false;
    }
    return true;
  }

  async #oneByOne({ size, copies }: SizeProbe): Promise<void> {
    for (let copy = 0; copy < copies && !this.#context.signal.aborted; copy++) {
      const outcome = await this.#sendOne(size);
      if (outcome === 'refused') await this.#awaitContradiction([{ size, copies, confirm: false }]);
      if (outcome !== 'silent') return;
      this.#budget.giveBack();
    }
  }

  async #sendOne(size: number): Promise<'answered' | 'refused' | 'silent'> {
    await this.#budget.take(this.#context.signal);
    const tally = this.#tally(size);
    const { answered } = tally;
    const refused = tally.refusals.length;
    this.#send(size);
    await this.#until(() => tally.answered > answered || tally.refusals.length > refused, this.#waitMs());
    if (tally.answered > answered) return 'answered';
    if (tally.refusals.length === refused) return 'silent';
    this.#budget.giveBack();
    return 'refused';
  }

  /** Where a packet was called too big, its answer has the time to come as well. */
  async #awaitContradiction(probes: readonly SizeProbe[]): Promise<void> {
    const doubted = probes.filter(({ size }) => {
      const { answered, refusals } = this.#tally(size);
      return answered === 0 && refusals.length > 0 && refusals.every(({ from }) => from !== 'local');
    });
    if (doubted.length === 0) return;
    const waitMs = Math.min(this.#waitMs(), (this.#slowestMs ?? this.#plan.timeoutMs) * CONTRADICTION_ROUND_TRIPS + CONTRADICTION_MS);
    await this.#until(() => doubted.every(({ size }) => this.#tally(size).answered > 0), waitMs);
  }

  #waitMs(): number {
    return patienceMs(this.#plan.timeoutMs, this.#slowestMs);
  }

  #send(size: number): void {
    const { address, family } = this.#plan;
    const tally = this.#tally(size);
    tally.copies++;
    this.sent++;
    this.#session.send({ address, payloadBytes: payloadBytesOf(family, size), ttl: null, dontFragment: true }, (event) => {
      if (event.kind === 'reply') {
        if (event.duplicate) return;
        this.#slowestMs = Math.max(this.#slowestMs ?? 0, event.rttMs);
        tally.answered++;
      } else if (event.kind === 'icmp-error' && event.meaning === 'packet-too-big') {
        // A router answers each packet once; more is a flood, and is not kept.
        if (tally.refusals.length < tally.copies) tally.refusals.push({ from: event.from, mtuBytes: event.mtuBytes });
      } else if (event.kind === 'send-failed') {
        if (event.code === 'EMSGSIZE') tally.refusals.push({ from: 'local', mtuBytes: event.mtuBytes });
        // A full queue is a loss like any other; what the other end of a virtual link refuses for its size (Linux, veth) looks the same.
        else if (event.code === 'ENOBUFS') tally.noRoom = (tally.noRoom ?? 0) + 1;
        else tally.copies--;
      }
      this.#changed();
    });
  }

  #tally(size: number): Tally {
    return tallyOf(this.evidence, size);
  }

  /** Waits until `met`, at most `ms`. */
  async #until(met: () => boolean, ms: number): Promise<void> {
    const { network, signal } = this.#context;
    if (met() || signal.aborted) return;
    const enough = new AbortController();
    this.#changed = () => {
      if (met()) enough.abort();
    };
    const stop = () => enough.abort();
    signal.addEventListener('abort', stop, { once: true });
    await network.clock.sleep(ms, enough.signal);
    signal.removeEventListener('abort', stop);
    this.#changed = () => {};
  }
}
