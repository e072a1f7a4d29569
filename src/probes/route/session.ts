import type { Attempt } from '../../model/attempt.js';
import type { PacketEvent, PacketSession } from '../../net/port.js';
import type { MeasureContext } from '../probe.js';
import { answerOf } from './answer.js';
import { type Ask, Discovery } from './discovery.js';
import type { Trace } from './path.js';
import type { RoutePlan, Way } from './plan.js';

export type PacketWay = Exclude<Way, { method: 'system' }>;

/** Answers come in crowds: what is learned from one is put to use with those that come right behind it. */
const GATHER_MS = 2;

/**
 * Hops asked beyond the last known one. Sixteen at once, as traceroute(8) does. By UDP and TCP fewer: each one too many costs the target an
 * answer out of the six that Linux gives at once, or a connection.
 */
const WINDOWS = { icmp: 16, udp: 6, tcp: 6 } as const;

export function openWay(way: PacketWay, plan: RoutePlan, { network }: MeasureContext): Attempt<PacketSession> {
  const { family, origin } = plan;
  if (way.method === 'icmp') return network.echo.open(family, origin);
  return way.method === 'udp' ? network.datagrams.open(family, origin, way.port) : network.handshakes.open(family, origin, way.port);
}

/** Follows a path by one way of asking. */
export class Follower {
  readonly discovery: Discovery;
  readonly #way: PacketWay;
  readonly #plan: RoutePlan;
  readonly #firstTtl: number;
  readonly #context: MeasureContext;
  readonly #heard: (address: string) => void;
  readonly #constantFlow: boolean;
  #session: PacketSession;
  #foreign = 0;
  #wake: (() => void) | null = null;
  #cutAtMs: number | null = null;

  /** @param heard called with the address of each answer */
  constructor(
    way: PacketWay,
    session: PacketSession,
    plan: RoutePlan,
    known: { firstTtl: number; slowestMs: number | null },
    context: MeasureContext,
    heard: (address: string) => void,
  ) {
    this.#way = way;
    this.#session = session;
    this.#plan = plan;
    this.#firstTtl = known.firstTtl;
    this.#context = context;
    this.#heard = heard;
    this.#constantFlow = session.constantFlow;
    const { cycles, intervalMs, timeoutMs, maximumTtl, tries } = plan;
    this.discovery = new Discovery({
      ...known,
      maximumTtl,
      // Where packets cannot be kept in one flow, each is a flow of its own.
      flows: session.constantFlow ? plan.flows : 1,
      cycles,
      intervalMs,
      timeoutMs,
      window: WINDOWS[way.method],
      ...(tries === undefined ? {} : { tries }),
    });
  }

  /** Sends until the search is over or `signal` aborts, and closes the session. */
  async run(): Promise<void> {
    const { network, signal } = this.#context;
    try {
      while (!signal.aborted) {
        const { ask, wakeMs } = this.discovery.next(network.clock.nowMs());
        for (const packet of ask) this.#send(packet);
        if (wakeMs === null) break;
        if (await this.#sleep(wakeMs - network.clock.nowMs())) await network.clock.sleep(GATHER_MS, signal);
      }
      this.#endSession();
      if (this.#way.method === 'udp' && !signal.aborted) await this.#askOneByOne();
      if (signal.aborted) this.#cutAtMs = network.clock.nowMs();
    } finally {
      this.#endSession();
    }
  }

  trace(): Trace {
    return {
      method: this.#way.method,
      port: this.#way.method === 'icmp' ? null : this.#way.port,
      firstTtl: this.#firstTtl,
      constantFlow: this.#constantFlow,
      foreign: this.#foreign,
      asked: this.discovery.results(this.#cutAtMs),
      complete: this.#cutAtMs === null,
    };
  }

  /** With one packet on its way in a session of its own, a router that quotes next to nothing of it cannot be misunderstood. */
  async #askOneByOne(): Promise<void> {
    const { network, signal } = this.#context;
    // Stray errors can be somebody's flood: what they cost is bounded.
    const endMs = network.clock.nowMs() + 2 * this.#plan.timeoutMs;
    for (const ttl of this.discovery.silentHops(this.#foreign)) {
      if (signal.aborted || network.clock.nowMs() >= endMs) return;
      const opened = openWay(this.#way, this.#plan, this.#context);
      if (opened.kind !== 'measured') return;
      this.#session = opened.value;
      const { ask, waitMs } = this.discovery.again(ttl, network.clock.nowMs());
      this.#send(ask);
      await this.#sleep(waitMs);
      this.#endSession();
    }
  }

  #send({ id, flow, ttl }: Ask): void {
    const { address, payloadBytes } = this.#plan;
    this.#session.send({ address, payloadBytes, ttl, dontFragment: false, flow }, (event) => this.#take(id, event));
  }

  #take(id: number, event: PacketEvent): void {
    const answer = answerOf(event, this.#plan.address);
    if (answer !== null) {
      this.discovery.learn(id, answer);
      if (answer.from !== null) this.#heard(answer.from);
    } else if (event.kind === 'send-failed') {
      this.discovery.refused(id, event.code);
    }
    this.#wake?.();
  }

  /** Whether something was heard before the time was over. */
  async #sleep(ms: number): Promise<boolean> {
    const { network, signal } = this.#context;
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    await network.clock.sleep(ms, AbortSignal.any([signal, woken.signal]));
    this.#wake = null;
    return woken.signal.aborted;
  }

  #endSession(): void {
    if (this.#session === CLOSED) return;
    this.#foreign += this.#session.foreign;
    this.#session.close();
    this.#session = CLOSED;
  }
}

const CLOSED: PacketSession = { method: 'icmp', constantFlow: false, foreign: 0, dropped: 0, send() {}, close() {} };
