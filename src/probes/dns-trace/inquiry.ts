import type { DnsMessage } from '../../wire/dns/dns.js';

/** A question that is to be put to a server. */
export interface TraceAsk {
  id: number;
  /** IP address. */
  address: string;
  name: string;
  type: string;
  transport: 'udp' | 'tcp';
  /** Whether EDNS goes with it. */
  edns: boolean;
}

/** What came of it. */
export type TraceReply =
  | { kind: 'answered'; message: DnsMessage; queryMs: number | null; transport: 'udp' | 'tcp'; truncated: boolean }
  /** An answer came over UDP, too long for it, and over TCP there was none. */
  | { kind: 'truncated'; tcp: 'refused' | 'silent' | 'failed'; detail: string }
  | { kind: 'silent'; detail: string }
  /** The network or the machine said that nobody is there. */
  | { kind: 'unreachable'; code: string; detail: string }
  | { kind: 'malformed'; detail: string }
  | { kind: 'not-asked'; because: string };

/** A question with its reply, once there is one. */
export interface Asked {
  readonly ask: TraceAsk;
  reply: TraceReply | null;
}

/**
 * Part of a walk, written as if it could wait: it yields where there is nothing to do for it until something has changed. It computes and
 * nothing else, so that the same replies in the same order always give the same questions.
 */
export type Task<T = void> = Generator<undefined, T, undefined>;

/** Runs tasks side by side, collects their questions, and goes on with them at each reply. */
export class Inquiry {
  readonly #maximum: number;
  readonly #tasks = new Set<Task>();
  readonly #asked: Asked[] = [];
  #fresh: TraceAsk[] = [];
  #progress = 0;
  /** Why nothing more is asked; `null` as long as something may be. */
  #closed: string | null = null;
  /** Whether a question was not asked since there had been so many. */
  exhausted = false;

  constructor(maximumQueries: number) {
    this.#maximum = maximumQueries;
  }

  get queries(): number {
    return this.#asked.length;
  }

  get finished(): boolean {
    return this.#tasks.size === 0;
  }

  /** Puts a question. Where none may be put any more it is answered at once, as not asked. */
  ask(question: Omit<TraceAsk, 'id'>): Asked {
    const ask: TraceAsk = { ...question, id: this.#asked.length };
    const refusal =
      this.#closed ?? (this.#asked.length >= this.#maximum ? `${this.#maximum} questions were asked; that is the bound` : null);
    if (refusal !== null) {
      this.exhausted ||= this.#closed === null;
      return { ask, reply: { kind: 'not-asked', because: refusal } };
    }
    const asked: Asked = { ask, reply: null };
    this.#asked.push(asked);
    this.#fresh.push(ask);
    return asked;
  }

  spawn(task: Task): void {
    this.#tasks.add(task);
    this.#progress++;
  }

  /** Waits until `condition` holds. */
  *until(condition: () => boolean): Task {
    while (!condition()) yield;
    this.#progress++;
  }

  /** The reply to a question, as soon as it is there. */
  *replyTo(asked: Asked): Task<TraceReply> {
    let { reply } = asked;
    while (reply === null) {
      yield;
      reply = asked.reply;
    }
    this.#progress++;
    return reply;
  }

  /** Takes in a reply, where there is one, and gives the questions that are to be asked now. */
  next(received: { id: number; reply: TraceReply } | null): TraceAsk[] {
    const asked = received === null ? undefined : this.#asked[received.id];
    if (asked !== undefined && received !== null) asked.reply ??= received.reply;
    this.#run();
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }

  /** Ends every question that is open, and asks no more: the tasks come to their ends by what is known. */
  close(because: string): void {
    this.#closed = because;
    for (const asked of this.#asked) asked.reply ??= { kind: 'not-asked', because };
    this.#fresh = [];
    this.#run();
  }

  #run(): void {
    do {
      this.#progress = 0;
      for (const task of [...this.#tasks]) {
        if (task.next().done !== true) continue;
        this.#tasks.delete(task);
        this.#progress++;
      }
    } while (this.#progress > 0);
  }
}
