/** Questions under way at once, over all servers: a zone has up to 26 addresses. */
const AT_ONCE = 24;

interface Waiting {
  address: string;
  start: () => void;
}

/** Lets questions out side by side, but never two at once to one address: no server meets more than one question of a walk at a time. */
export class Pace {
  readonly #busy = new Set<string>();
  readonly #waiting: Waiting[] = [];

  /** Runs `work` in its turn; `null` where the signal aborted before it came. */
  async run<T>(address: string, signal: AbortSignal, work: () => Promise<T>): Promise<T | null> {
    if (this.#busy.size >= AT_ONCE || this.#busy.has(address)) {
      await new Promise<void>((start) => this.#waiting.push({ address, start }));
    } else this.#busy.add(address);
    try {
      return signal.aborted ? null : await work();
    } finally {
      this.#busy.delete(address);
      this.#startNext();
    }
  }

  #startNext(): void {
    for (let index = 0; index < this.#waiting.length && this.#busy.size < AT_ONCE; ) {
      const waiting = this.#waiting[index] as Waiting;
      if (this.#busy.has(waiting.address)) {
        index++;
        continue;
      }
      this.#waiting.splice(index, 1);
      this.#busy.add(waiting.address);
      waiting.start();
    }
  }
}
