/** How often the process asks itself whether it is late. Shorter delays than this matter to no measurement on the process clock. */
const PERIOD_MS = 5;

/**
 * Adds up by how much this process came late to its own timer: busy with something else, or not given the processor. What is timed on the
 * process clock cannot be believed more closely than this. It starts with the first question, and never keeps the process alive.
 */
export class StallMeter {
  #stalledMs = 0;
  #lastMs: number | null = null;

  /** Milliseconds of lateness since the first call. Only differences mean something. */
  stalledMs(): number {
    const nowMs = performance.now();
    if (this.#lastMs === null) {
      this.#lastMs = nowMs;
      setInterval(() => this.#tick(), PERIOD_MS).unref();
    }
    // A delay that is not over yet counts as far as it has come.
    return this.#stalledMs + Math.max(0, nowMs - this.#lastMs - PERIOD_MS);
  }

  #tick(): void {
    const nowMs = performance.now();
    this.#stalledMs += Math.max(0, nowMs - (this.#lastMs ?? nowMs) - PERIOD_MS);
    this.#lastMs = nowMs;
  }
}
