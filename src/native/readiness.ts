import { POLLIN } from '../wire/linux/abi.js';
import type { NativeSockets, PollEntry } from './sockets.js';

/** How long one poll may sleep. It bounds how long a pool thread can outlive the last socket; a wake-up ends it at once. */
const POLL_MS = 250;

/**
 * Waits for many descriptors with one poll(2) on one pool thread, and calls back those that are ready. While nothing is watched there is
 * no thread, no descriptor and no timer, so that nothing here keeps the program alive.
 */
export class Readiness {
  readonly #sockets: NativeSockets;
  readonly #watched = new Map<number, { events: number; ready: (events: number) => void }>();
  #wakeDescriptor = -1;
  #polling = false;

  constructor(sockets: NativeSockets) {
    this.#sockets = sockets;
  }

  /** Calls `ready` with poll(2)'s `revents` whenever `descriptor` has one of `events` (or an error), until {@link unwatch}. */
  watch(descriptor: number, events: number, ready: (events: number) => void): void {
    this.#watched.set(descriptor, { events, ready });
    if (this.#polling) this.#sockets.wake(this.#wakeDescriptor);
    else void this.#run();
  }

  /** Must come before the descriptor is closed: its number can be given away again. */
  unwatch(descriptor: number): void {
    if (this.#watched.delete(descriptor) && this.#polling) this.#sockets.wake(this.#wakeDescriptor);
  }

  async #run(): Promise<void> {
    this.#polling = true;
    this.#wakeDescriptor = this.#sockets.eventDescriptor();
    try {
      while (this.#watched.size > 0) {
        const entries: PollEntry[] = [{ descriptor: this.#wakeDescriptor, events: POLLIN }];
        const watched = [...this.#watched];
        for (const [descriptor, { events }] of watched) entries.push({ descriptor, events });
        const returned = await this.#sockets.poll(entries, POLL_MS);
        if ((returned[0] ?? 0) !== 0) this.#sockets.drain(this.#wakeDescriptor);
        for (const [index, [descriptor, watch]] of watched.entries()) {
          const events = returned[index + 1] ?? 0;
          // Not where it was unwatched meanwhile, by an earlier callback of this round too. Its number may be another socket's by now.
          if (events !== 0 && this.#watched.get(descriptor) === watch) watch.ready(events);
        }
      }
    } finally {
      this.#sockets.close(this.#wakeDescriptor);
      this.#polling = false;
      if (this.#watched.size > 0) void this.#run();
    }
  }
}
