import { measured, type NotMeasured, skipped, unanswered } from '../../model/attempt.js';
import type { MeasureContext } from '../probe.js';
import { ETHERNET_MTU_BYTES, type PacketSearch, patienceMs, payloadBytesOf, type Tally, tallyOf } from './packet-search.js';
import type { MtuPlan } from './plan.js';
import { conclude, nextProbes, type SizeProbe, searchBounds } from './search.js';

/** Each is a process. */
const PINGS_AT_ONCE = 8;

/** Five rounds find any size below 65,576; loss, and routers that limit their messages, take more. */
const MAXIMUM_ROUNDS = 16;
/** After so long no further round begins. One of 24 silent packets takes three waits. */
const LONGEST_MS = 40_000;

/**
 * The same search as over a session of packets, by the system's ping, where no echo of our own can be sent. Each packet has an end of its
 * own, that of its process: nothing here goes by a timer, and a machine that is slow to start processes sees no silence that is not there.
 */
export async function searchBySystem(plan: MtuPlan, context: MeasureContext): Promise<PacketSearch> {
  const { clock } = context.network;
  const bounds = searchBounds(plan.family, plan.localMtuBytes ?? ETHERNET_MTU_BYTES, 'system');
  const pings = new Pings(plan, context);
  const startedMs = clock.nowMs();
  for (let round = 0; round < MAXIMUM_ROUNDS && clock.nowMs() - startedMs < LONGEST_MS; round++) {
    const probes = nextProbes(bounds, pings.evidence);
    if (probes.length === 0) break;
    const told = await pings.round(probes);
    if (context.signal.aborted) return { outcome: skipped('interrupted'), sent: pings.sent };
    // A ping that tells nothing now tells nothing in the next round either.
    if (told === 0) break;
  }
  const result = conclude(bounds, pings.evidence);
  if (result.passed !== null) return { outcome: measured(result), sent: pings.sent };
  return { outcome: pings.refused ?? unanswered('response', plan.timeoutMs), sent: pings.sent };
}

class Pings {
  readonly evidence = new Map<number, Tally>();
  sent = 0;
  /** Why a ping told nothing of its packet. */
  refused: NotMeasured | null = null;
  #slowestMs: number | null = null;
  readonly #plan: MtuPlan;
  readonly #context: MeasureContext;

  constructor(plan: MtuPlan, context: MeasureContext) {
    this.#plan = plan;
    this.#context = context;
  }

  /** Sends every size of a round, a few pings at a time, until each has ended. Returns of how many packets something was told. */
  async round(probes: readonly SizeProbe[]): Promise<number> {
    const before = new Map([...this.evidence].map(([size, { answered, refusals }]) => [size, answered + refusals.length]));
    const due = ({ size, confirm }: SizeProbe) => {
      const tally = this.#tally(size);
      return confirm ? tally.answered === 0 : tally.answered + tally.refusals.length === (before.get(size) ?? 0);
    };
    const most = Math.max(...probes.map(({ copies }) => copies));
    const queue = Array.from({ length: most }, (_, copy) => probes.filter(({ copies }) => copy < copies)).flat();
    let told = 0;
    const work = async () => {
      for (let probe = queue.shift(); probe !== undefined && !this.#context.signal.aborted; probe = queue.shift()) {
        if (due(probe) && (await this.#ping(probe.size))) told++;
      }
    };
    await Promise.all(Array.from({ length: PINGS_AT_ONCE }, work));
    return told;
  }

  async #ping(size: number): Promise<boolean> {
    const { address, family, origin, timeoutMs } = this.#plan;
    const { network, signal } = this.#context;
    const waitMs = patienceMs(timeoutMs, this.#slowestMs);
    const outcome = await network.system.wholeEcho({
      ...origin,
      address,
      payloadBytes: payloadBytesOf(family, size),
      timeoutMs: waitMs,
      signal,
    });
    if (outcome.kind !== 'measured') {
      this.refused ??= outcome;
      return false;
    }
    const tally = this.#tally(size);
    tally.copies++;
    this.sent++;
    if (outcome.value.kind === 'reply') {
      tally.answered++;
      if (outcome.value.rttMs !== null) this.#slowestMs = Math.max(this.#slowestMs ?? 0, outcome.value.rttMs);
    } else if (outcome.value.kind === 'too-big') {
      const { from, mtuBytes } = outcome.value;
      tally.refusals.push({ from: from === 'local' && this.#isCached(mtuBytes) ? null : from, mtuBytes });
    }
    return true;
  }

  /** Whether this machine went by the path MTU that it has cached, of which it says no more, and not by its interface. */
  #isCached(mtuBytes: number | null): boolean {
    const { localMtuBytes } = this.#plan;
    return mtuBytes !== null && (localMtuBytes === null || mtuBytes < localMtuBytes);
  }

  #tally(size: number): Tally {
    return tallyOf(this.evidence, size);
  }
}
