import type { Clock } from '../net/port.js';

/**
 * How long one piece of work may hold the lane. Work that takes longer is waiting for the network, not for the processor, so the next may
 * start beside it.
 */
const HOLD_MS = 60;

/**
 * Starts work one after the other, so that what is timed on the process clock is not timed while our own code keeps the event loop busy
 * with something else. On a fast network pieces follow each other; on a slow one they overlap, {@link HOLD_MS} apart.
 */
export class QuietLane {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  #free: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock, signal: AbortSignal) {
    this.#clock = clock;
    this.#signal = signal;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    const started = this.#free.then(() => ({ running: work() }));
    this.#free = started.then(({ running }) => {
      const finished = new AbortController();
      const done = () => finished.abort();
      running.then(done, done);
      return this.#clock.sleep(HOLD_MS, AbortSignal.any([finished.signal, this.#signal]));
    });
    return started.then(({ running }) => running);
  }
}
