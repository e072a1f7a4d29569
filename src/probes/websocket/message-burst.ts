import type { DataOf } from '../../model/measurement.js';
import type { Clock } from '../../net/port.js';
import { RoundTrips } from './round-trips.js';

/**
 * Messages under way at once: at a round trip of 100 ms they still make a thousand in a second. Without such a window it is the sender's own
 * queue that would be timed.
 */
const WINDOW = 100;
/** A server that answers each message just in time is not fed for ever. */
export const LONGEST_BURST_MS = 60_000;
/** All messages are alike, so that they are told apart by their order alone. */
const KEY = '';

/** Messages one behind the other, {@link WINDOW} of them under way, until all came back: how many in a second the way there and back carries. */
export class MessageBurst {
  readonly #asked: number;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly #send: () => number | null;
  readonly #trips: RoundTrips;
  readonly #over = new AbortController();
  #firstMs: number | null = null;
  #lastMs: number | null = null;

  /** @param send sends one message, and tells when on the clock; `null`: not now, since too much waits to be sent, or never again */
  constructor(asked: number, timeoutMs: number, clock: Clock, send: () => number | null) {
    this.#asked = asked;
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
    this.#send = send;
    this.#trips = new RoundTrips(timeoutMs);
  }

  /** Until all came back, nothing came for as long as an answer may take, a minute is over, or the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const startMs = this.#clock.nowMs();
    const until = AbortSignal.any([signal, this.#over.signal]);
    this.#fill();
    while (!until.aborted) {
      const deadlineMs = Math.min(startMs + LONGEST_BURST_MS, (this.#lastMs ?? startMs) + this.#timeoutMs);
      const leftMs = deadlineMs - this.#clock.nowMs();
      if (leftMs <= 0) break;
      await this.#clock.sleep(leftMs, until);
    }
    this.#over.abort();
  }

  /** One message came back. */
  came(atMs: number): void {
    if (this.#over.signal.aborted || !this.#trips.came(KEY, atMs)) return;
    this.#lastMs = atMs;
    if (this.#trips.open === 0 && this.#trips.sent === this.#asked) this.#over.abort();
    else this.#fill();
  }

  #fill(): void {
    while (this.#trips.sent < this.#asked && this.#trips.open < WINDOW) {
      const sentMs = this.#send();
      if (sentMs === null) return;
      this.#firstMs ??= sentMs;
      this.#trips.began(KEY, sentMs);
    }
  }

  /** @param endedMs when it was over before all was waited for, on the clock; `null`: it was not */
  summary(endedMs: number | null): NonNullable<DataOf<'websocket'>['throughput']> {
    const trips = this.#trips.summary(endedMs);
    const durationMs = this.#firstMs === null || this.#lastMs === null ? null : Math.max(0, this.#lastMs - this.#firstMs);
    const back = trips.answered + trips.late;
    return {
      asked: this.#asked,
      ...trips,
      durationMs,
      perSecond: durationMs === null || durationMs === 0 || back === 0 ? null : (back / durationMs) * 1000,
    };
  }
}
