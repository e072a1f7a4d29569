import type { Clock } from '../../net/port.js';

/** What sending one question and taking its answer costs this process, with room to spare. */
const SPACING_MS = 2;

/**
 * Keeps questions to many servers apart: sent in one go, each would be timed while our own code is busy with the others. Twenty servers are
 * all asked within 40 ms.
 */
export class Turns {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  #nextMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, signal: AbortSignal) {
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Resolves when it is the caller's turn, in the order of the calls; at once when aborted. */
  async take(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const atMs = Math.max(nowMs, this.#nextMs);
    this.#nextMs = atMs + SPACING_MS;
    if (atMs > nowMs) await this.#clock.sleep(atMs - nowMs, this.#signal);
  }
}
