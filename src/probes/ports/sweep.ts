import type { Clock, ScanOutcome } from '../../net/port.js';
import {
  allowance,
  isSettled,
  next,
  nextDepartureMs,
  type Pace,
  type PaceEvent,
  type PaceLimits,
  referencesWanted,
  startPace,
  waitMs,
  withReferences,
} from './pace.js';

/** What came of one port: an answer, or silence that may be believed. */
export interface Swept {
  index: number;
  outcome: ScanOutcome;
  tries: number;
  /** How long it was waited for in the tries before the last one. */
  waitedMs: number;
  /** SYNs that the kernel repeated in those tries. */
  repeated: number;
}

export interface SweepOptions {
  count: number;
  limits: PaceLimits;
  /** The sweep ends by then, whatever is left: ports whose silence is not believed are left out. */
  budgetMs: number;
  /** So many silent tries are believed where the time is up; `null`: none. */
  enoughTries: number | null;
  clock: Clock;
  signal: AbortSignal;
  /** Aborted where nothing is worth waiting for any longer: the time is up then, and one silent try is believed. */
  givenUp?: AbortSignal;
  /** Asks the port of an index once. */
  ask(index: number, timeoutMs: number, done: (outcome: ScanOutcome) => void): void;
}

export interface SweepResult {
  swept: Swept[];
  /** Why not every port is there. */
  end: 'complete' | 'interrupted' | 'out-of-time' | { refusal: string };
  pace: Pace;
}

/** Ports asked before the event loop has its turn. */
const SLICE = 256;
/** The longest sleep before it is looked whether the time is up. */
const LONGEST_SLEEP_MS = 1000;
/** Limits of this machine that pass when others are done. EADDRINUSE: bind(2) to an address finds no free port. */
const NO_ROOM: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EAGAIN', 'EADDRNOTAVAIL', 'EADDRINUSE', 'ENOSPC']);
/** So often, so long apart, it is tried anew where there is no room although nothing is under way. */
const ROOM_TRIES = 3;
const ROOM_PAUSE_MS = 200;

/** Asks many ports of one target, in passes, at the pace that {@link next} gives. */
export async function sweep(options: SweepOptions): Promise<SweepResult> {
  const run = new Run(options);
  const stop = () => run.wake();
  options.signal.addEventListener('abort', stop, { once: true });
  options.givenUp?.addEventListener('abort', stop, { once: true });
  try {
    await run.all();
    return run.result();
  } finally {
    options.signal.removeEventListener('abort', stop);
    options.givenUp?.removeEventListener('abort', stop);
  }
}

class Run {
  readonly #options: SweepOptions;
  readonly #startedMs: number;
  readonly #answers = new Map<number, ScanOutcome>();
  readonly #tries: Uint8Array;
  readonly #waitedMs: Float64Array;
  readonly #repeated: Uint8Array;
  #pace: Pace;
  #queue: number[];
  #silent: number[] = [];
  /** Ports that have answered and are to be asked again in this pass, spread over it. */
  #references: number[] = [];
  #underWay = 0;
  #roomTries = 0;
  #refusal: string | null = null;
  #end: SweepResult['end'] = 'complete';
  /** While ports are being asked, answers are gathered, and told to the pace together. */
  #gathered: Extract<PaceEvent, { kind: 'answered' }> | null = null;
  #asking = false;
  #wake: (() => void) | null = null;

  constructor(options: SweepOptions) {
    this.#options = options;
    this.#startedMs = options.clock.nowMs();
    this.#tries = new Uint8Array(options.count);
    this.#waitedMs = new Float64Array(options.count);
    this.#repeated = new Uint8Array(options.count);
    this.#pace = startPace(options.limits, this.#startedMs);
    this.#queue = scattered(options.count);
  }

  async all(): Promise<void> {
    const { clock } = this.#options;
    for (;;) {
      await this.#pass();
      if (this.#end !== 'complete' || this.#silent.length === 0 || isSettled(this.#pace)) return;
      this.#tell({ kind: 'pass-over', atMs: clock.nowMs() });
      this.#queue = this.#silent;
      this.#silent = [];
      this.#chooseReferences();
    }
  }

  /** Ends a rest: something came, or everything is to stop. */
  wake(): void {
    this.#wake?.();
  }

  result(): SweepResult {
    // Silence counts only where the passes are over: what was still to be asked again is no answer, and left out.
    const { count, givenUp } = this.#options;
    const enoughTries = givenUp?.aborted === true ? 1 : this.#options.enoughTries;
    const swept: Swept[] = [];
    let complete = this.#end === 'complete';
    const late = this.#end === 'out-of-time' && enoughTries !== null;
    if (late) complete = true;
    for (let index = 0; index < count; index++) {
      const answer = this.#answers.get(index);
      if (answer !== undefined) swept.push(this.#swept(index, answer));
      else if (late && (this.#tries[index] ?? 0) < enoughTries) complete = false;
      else if (this.#end === 'complete' || late) swept.push(this.#swept(index, { kind: 'silent', waitedMs: 0 }));
    }
    return { swept, end: complete ? 'complete' : this.#end, pace: this.#pace };
  }

  #swept(index: number, outcome: ScanOutcome): Swept {
    const [tries = 0, waitedMs = 0, repeated = 0] = [this.#tries[index], this.#waitedMs[index], this.#repeated[index]];
    return { index, outcome, tries, waitedMs, repeated };
  }

  async #pass(): Promise<void> {
    const { clock, signal, givenUp, budgetMs } = this.#options;
    // A refusal can come with the last port of all: that one was not asked, and its silence is none.
    for (let at = 0; at < this.#queue.length || this.#underWay > 0 || this.#refusal !== null; ) {
      if (this.#refusal !== null) this.#end = { refusal: this.#refusal };
      else if (signal.aborted) this.#end = 'interrupted';
      else if (givenUp?.aborted === true || clock.nowMs() - this.#startedMs > budgetMs) this.#end = 'out-of-time';
      if (this.#end !== 'complete') return;
      at = this.#slice(at);
      if (this.#refusal !== null) continue;
      const nowMs = clock.nowMs();
      const left = at < this.#queue.length;
      if (left && this.#roomTries > 0) await clock.sleep(ROOM_PAUSE_MS, signal);
      else if (left && allowance(this.#pace, this.#underWay, nowMs) > 0) await new Promise(setImmediate);
      else if (left || this.#underWay > 0)
        await this.#rest(left && this.#underWay < this.#pace.capacity ? nextDepartureMs(this.#pace) - nowMs : LONGEST_SLEEP_MS);
    }
  }

  /** Asks as many ports as may be asked now, from `at` on; returns where it stopped. */
  #slice(at: number): number {
    const { clock, ask } = this.#options;
    const wait = waitMs(this.#pace);
    const room = Math.min(SLICE, this.#queue.length - at, allowance(this.#pace, this.#underWay, clock.nowMs()));
    if (room <= 0) return at;
    this.#asking = true;
    let asked = 0;
    let references = 0;
    const before = this.#roomTries;
    while (asked < room && this.#refusal === null && this.#roomTries === before) {
      const index = this.#queue[at + asked];
      if (index === undefined) break;
      asked++;
      this.#underWay++;
      this.#tries[index] = (this.#tries[index] ?? 0) + 1;
      ask(index, wait, (outcome) => this.#take(index, outcome));
      for (let due = this.#referencesDue(at + asked); due > 0; due--) references += this.#askReference(wait);
    }
    this.#asking = false;
    this.#tell({ kind: 'sent', atMs: clock.nowMs(), count: asked + references });
    this.#tellGathered();
    return at + asked;
  }

  /** A few of the ports that answered, each as often as any other: whether they answer again tells whether packets get lost. */
  #chooseReferences(): void {
    const wanted = referencesWanted(this.#pace);
    if (wanted === 0) return;
    const own: number[] = [];
    for (const [index, { kind }] of this.#answers) {
      if (kind === 'open' || kind === 'closed') own.push(index);
      if (own.length === wanted) break;
    }
    this.#references = own.length === 0 ? [] : Array.from({ length: wanted }, (_, turn) => own[turn % own.length] ?? 0);
    this.#pace = withReferences(this.#pace, this.#references.length);
  }

  /** One now and then, and all that are left behind the last port of the pass. */
  #referencesDue(asked: number): number {
    const { length } = this.#queue;
    const left = this.#references.length;
    if (asked === length) return left;
    return left > 0 && asked % Math.max(1, Math.floor(length / (left + 1))) === 0 ? 1 : 0;
  }

  /** Asks the next reference. Returns how many that were. */
  #askReference(wait: number): number {
    const index = this.#references.pop();
    if (index === undefined) return 0;
    this.#underWay++;
    this.#options.ask(index, wait, (outcome) => {
      this.#underWay--;
      const answered = outcome.kind === 'closed' || (outcome.kind === 'open' && !(outcome.retransmissions ?? 0));
      if (outcome.kind !== 'not-sent') this.#tell({ kind: 'reference', atMs: this.#options.clock.nowMs(), answered });
      this.wake();
    });
    return 1;
  }

  #take(index: number, outcome: ScanOutcome): void {
    this.#underWay--;
    const atMs = this.#options.clock.nowMs();
    if (outcome.kind !== 'not-sent') this.#roomTries = 0;
    switch (outcome.kind) {
      case 'silent':
        this.#silent.push(index);
        this.#waitedMs[index] = (this.#waitedMs[index] ?? 0) + outcome.waitedMs;
        this.#repeated[index] = (this.#repeated[index] ?? 0) + (outcome.retransmissions ?? 0);
        break;
      case 'not-sent':
        this.#tries[index] = (this.#tries[index] ?? 1) - 1;
        this.#noRoom(index, outcome.code, atMs);
        break;
      default: {
        this.#answers.set(index, outcome);
        const lost = outcome.kind === 'open' && outcome.retransmissions !== null && outcome.retransmissions > 0;
        // Only ICMP that answers for the port itself tells that packets get through.
        const own = outcome.kind !== 'rejected' || outcome.meaning === 'port-unreachable';
        this.#gather({ kind: 'answered', atMs, count: 1, rttMs: outcome.rttMs, lost, own });
        if (!this.#asking) this.#tellGathered();
      }
    }
    this.wake();
  }

  #noRoom(index: number, code: string, atMs: number): void {
    if (!NO_ROOM.has(code)) {
      this.#refusal = code;
      return;
    }
    this.#queue.push(index);
    if (this.#underWay > 0) this.#tell({ kind: 'no-room', atMs, underWay: this.#underWay });
    else if (this.#roomTries >= ROOM_TRIES) this.#refusal = code;
    this.#roomTries++;
  }

  #gather(event: Extract<PaceEvent, { kind: 'answered' }>): void {
    const gathered = this.#gathered;
    if (gathered === null || gathered.lost !== event.lost || gathered.own !== event.own) {
      this.#tellGathered();
      this.#gathered = event;
    } else {
      gathered.count++;
      gathered.rttMs = Math.max(gathered.rttMs, event.rttMs);
      gathered.atMs = event.atMs;
    }
  }

  #tellGathered(): void {
    if (this.#gathered !== null) this.#tell(this.#gathered);
    this.#gathered = null;
  }

  #tell(event: PaceEvent): void {
    this.#pace = next(this.#pace, event);
  }

  /** Until the next packet may leave, or something came. */
  async #rest(ms: number): Promise<void> {
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    await this.#options.clock.sleep(Math.min(LONGEST_SLEEP_MS, Math.max(1, ms)), woken.signal);
    this.#wake = null;
  }
}

/**
 * Every index once, neighbours far apart: an open port among filtered ones tells the round trip early, and no single block of ports pays for a
 * moment in which packets got lost.
 */
function scattered(count: number): number[] {
  let stride = Math.max(1, Math.round(count * 0.618));
  while (greatestCommonDivisor(stride, count) > 1) stride++;
  return Array.from({ length: count }, (_, index) => (index * stride) % count);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
