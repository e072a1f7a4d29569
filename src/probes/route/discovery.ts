import type { Answer } from './answer.js';

/**
 * The search for the path, as a state machine without sockets or a clock: {@link Discovery.next} says which packets to send now and when to
 * ask again, {@link Discovery.learn} takes in what came of one. Times are milliseconds of any one monotonic clock.
 *
 * All times to live of a window are asked at once. The window reaches a few hops beyond the last one that anybody answered for; one packet
 * goes as far as any may, to learn whether the target answers at all. Once a target has answered, nothing beyond it is asked again.
 */
export interface DiscoveryPlan {
  /** 1, or later where the hops before are known already. */
  firstTtl: number;
  maximumTtl: number;
  flows: number;
  cycles: number;
  intervalMs: number;
  /** Longest wait for an answer. A later one is none. */
  timeoutMs: number;
  /** How many hops beyond the last known one are asked at a time. */
  window: number;
  /** Slowest round trip on this path that is known before; `null` without one. */
  slowestMs: number | null;
  /** A hop that never answers is asked so often at least; absent: {@link MINIMUM_TRIES}. */
  tries?: number;
}

/** A packet to send. */
export interface Ask {
  id: number;
  flow: number;
  ttl: number;
}

/** A packet that was sent, and what became of it. */
export interface Asked extends Ask {
  /** Counted for each hop of a flow, from 0. */
  cycle: number;
  sentMs: number;
  answer: Answer | null;
}

export interface Step {
  ask: Ask[];
  /** When to call {@link Discovery.next} again where nothing is learned before; `null` when the search is over. */
  wakeMs: number | null;
}

/** A hop that never answered is asked so often at least, however few the cycles are. */
const MINIMUM_TRIES = 3;

/** An answer is waited for so many times the slowest round trip that was seen. */
const PATIENCE = 3;
/** A hop between those that answered: its answer takes about as long as theirs. */
const INSIDE_WAIT_MS = 200;
/** A hop behind all of them: the next one can be across an ocean. */
const BEYOND_WAIT_MS = 500;

/** Packets at a time, and the pause to the next ones: queues of home routers hold some hundred. */
const BURST = 32;
const BURST_PAUSE_MS = 4;

/** At most so many hops are asked again one by one: each costs a wait. */
const ONE_BY_ONE = 8;

interface Flow {
  number: number;
  /** By time to live. */
  asked: Map<number, Asked[]>;
  /** Farthest hop that a router answered for. */
  heardTtl: number;
  /** Nearest hop at which the target answered, and at which somebody refused. */
  targetTtl: number | null;
  refusalTtl: number | null;
  /** Whether anything came of the packet that goes as far as any may. */
  farAnswered: boolean;
}

export class Discovery {
  readonly #plan: DiscoveryPlan;
  readonly #flows: Flow[];
  readonly #asked: Asked[] = [];
  /** Packets that this machine refused to send, by errno. */
  readonly notSent = new Map<string, number>();
  #slowestMs: number | null;

  constructor(plan: DiscoveryPlan) {
    this.#plan = plan;
    this.#slowestMs = plan.slowestMs;
    this.#flows = Array.from({ length: plan.flows }, (_, number) => ({
      number,
      asked: new Map(),
      heardTtl: plan.firstTtl - 1,
      targetTtl: null,
      refusalTtl: null,
      farAnswered: false,
    }));
  }

  get reached(): boolean {
    return this.#flows.some((flow) => flow.targetTtl !== null);
  }

  /** Farthest hop that a router answered for; the one before the first where none did. */
  get heardTtl(): number {
    return Math.max(...this.#flows.map((flow) => flow.heardTtl));
  }

  /** Slowest round trip so far; `null` without one. */
  get slowestMs(): number | null {
    return this.#slowestMs;
  }

  /** Which packets to send at `nowMs`. They count as sent. */
  next(nowMs: number): Step {
    const ask: Ask[] = [];
    let wakeMs: number | null = null;
    const wakeAt = (ms: number) => {
      wakeMs = wakeMs === null ? ms : Math.min(wakeMs, ms);
    };
    for (const flow of this.#flows) {
      for (const ttl of this.#worthAsking(flow, nowMs)) {
        const dueMs = this.#dueMs(flow, ttl, nowMs);
        if (dueMs === null) continue;
        if (dueMs > nowMs) wakeAt(dueMs);
        else if (ask.length < BURST) ask.push(this.#send(flow, ttl, nowMs));
        else wakeAt(nowMs + BURST_PAUSE_MS);
      }
    }
    // What was sent just now is due again, or over, at a time that is only known when asked for.
    if (ask.length > 0) wakeAt(nowMs + BURST_PAUSE_MS);
    return { ask, wakeMs };
  }

  /** Takes in the answer to a packet. Only the first one counts, and only where it came in time. */
  learn(id: number, answer: Answer): void {
    const asked = this.#asked[id];
    if (asked === undefined || asked.answer !== null) return;
    if (answer.rttMs !== null && answer.rttMs > this.#plan.timeoutMs) return;
    asked.answer = answer;
    if (answer.rttMs !== null) this.#slowestMs = Math.max(this.#slowestMs ?? 0, answer.rttMs);
    const flow = this.#flows[asked.flow] as Flow;
    if (asked.ttl === this.#plan.maximumTtl) flow.farAnswered = true;
    if (answer.kind === 'router') flow.heardTtl = Math.max(flow.heardTtl, asked.ttl);
    else if (answer.kind === 'target') flow.targetTtl = Math.min(flow.targetTtl ?? asked.ttl, asked.ttl);
    else flow.refusalTtl = Math.min(flow.refusalTtl ?? asked.ttl, asked.ttl);
  }

  /** The packet did not leave this machine: it is no try. */
  refused(id: number, code: string): void {
    const asked = this.#asked[id];
    if (asked === undefined) return;
    this.notSent.set(code, (this.notSent.get(code) ?? 0) + 1);
    delete this.#asked[id];
  }

  /** Every packet that left, in the order sent. Where it was cut short at `nowMs`, those that still had time are left out. */
  results(cutAtMs: number | null): Asked[] {
    return this.#asked.filter((asked) => {
      if (asked === undefined) return false;
      if (cutAtMs === null || asked.answer !== null) return true;
      return cutAtMs >= asked.sentMs + this.#patienceMs(this.#flows[asked.flow] as Flow, asked.ttl);
    });
  }

  /**
   * Hops worth asking again one by one, where `strayErrors` came back that could not be told apart: routers that quote too little of a packet
   * are ambiguous only as long as several packets are on their way.
   */
  silentHops(strayErrors: number): number[] {
    const flow = this.#flows[0];
    if (flow === undefined || strayErrors === 0) return [];
    const last = flow.targetTtl ?? flow.refusalTtl ?? Math.min(this.#plan.maximumTtl, flow.heardTtl + this.#plan.window);
    const silent: number[] = [];
    for (let ttl = this.#plan.firstTtl; ttl < last; ttl++) {
      if (flow.asked.get(ttl)?.every(({ answer }) => answer === null) === true) silent.push(ttl);
    }
    return silent.slice(0, Math.min(strayErrors, ONE_BY_ONE));
  }

  /** One more packet of the first flow, beside those that {@link next} asks for, and how long to wait for its answer. */
  again(ttl: number, nowMs: number): { ask: Ask; waitMs: number } {
    const flow = this.#flows[0] as Flow;
    return { ask: this.#send(flow, ttl, nowMs), waitMs: this.#patienceMs(flow, ttl) };
  }

  /** Times to live that belong to the path as far as it is known, and one that goes as far as any may. */
  #worthAsking(flow: Flow, nowMs: number): number[] {
    const { firstTtl, maximumTtl, window } = this.#plan;
    const endTtl = flow.targetTtl ?? flow.refusalTtl ?? maximumTtl;
    let known = flow.heardTtl;
    // Silent hops are passed over only where there is something behind them.
    if (flow.farAnswered) {
      for (const [ttl, tries] of flow.asked) {
        const first = tries[0];
        if (ttl < maximumTtl && ttl > known && first !== undefined && this.#isOver(flow, first, nowMs)) known = ttl;
      }
    }
    const lastTtl = Math.min(endTtl, known + window);
    const ttls: number[] = [];
    for (let ttl = firstTtl; ttl <= lastTtl; ttl++) ttls.push(ttl);
    if (lastTtl < maximumTtl && endTtl === maximumTtl) ttls.push(maximumTtl);
    return ttls;
  }

  /** When a hop is to be looked at again: to be asked, or since the wait for its answer is over. `null`: it is done with. */
  #dueMs(flow: Flow, ttl: number, nowMs: number): number | null {
    const { cycles, intervalMs } = this.#plan;
    const tries = flow.asked.get(ttl) ?? [];
    const last = tries.at(-1);
    if (last === undefined) return tries.length === 0 ? nowMs : null;
    if (tries.length < cycles) return last.sentMs + intervalMs;
    const waitedMs = last.sentMs + this.#patienceMs(flow, ttl);
    const silent = tries.every(({ answer }) => answer === null);
    if (silent && tries.length < (this.#plan.tries ?? MINIMUM_TRIES)) return waitedMs;
    const pending = tries.filter((asked) => !this.#isOver(flow, asked, nowMs));
    return pending.length === 0 ? null : Math.max(...pending.map(({ sentMs }) => sentMs)) + this.#patienceMs(flow, ttl);
  }

  #isOver(flow: Flow, asked: Asked, nowMs: number): boolean {
    return asked.answer !== null || this.#asked[asked.id] === undefined || nowMs >= asked.sentMs + this.#patienceMs(flow, asked.ttl);
  }

  #patienceMs(flow: Flow, ttl: number): number {
    const { timeoutMs } = this.#plan;
    if (this.#slowestMs === null) return timeoutMs;
    const inside = ttl < flow.heardTtl || flow.targetTtl !== null;
    return Math.min(timeoutMs, Math.max(inside ? INSIDE_WAIT_MS : BEYOND_WAIT_MS, PATIENCE * this.#slowestMs));
  }

  #send(flow: Flow, ttl: number, nowMs: number): Ask {
    const tries = flow.asked.get(ttl) ?? [];
    flow.asked.set(ttl, tries);
    const asked: Asked = { id: this.#asked.length, flow: flow.number, ttl, cycle: tries.length, sentMs: nowMs, answer: null };
    tries.push(asked);
    this.#asked.push(asked);
    return { id: asked.id, flow: flow.number, ttl };
  }
}
