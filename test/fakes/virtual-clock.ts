import type { Clock } from '../../src/net/port.js';

/** A clock that jumps to the next moment at which something is due, as soon as everything else has had its turn. */
export class VirtualClock implements Clock {
  #nowMs = 0;
  #due: { atMs: number; run: () => void }[] = [];
  #pumping = false;

  nowMs(): number {
    return this.#nowMs;
  }

  wallTime(): Date {
    return new Date(Date.UTC(2026, 0, 1) + this.#nowMs);
  }

  wallMs(): number {
    return this.wallTime().getTime();
  }

  stalledMs(): number {
    return 0;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.after(ms, resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** Runs `run` when `ms` have passed. */
  after(ms: number, run: () => void): void {
    this.#due.push({ atMs: this.#nowMs + Math.max(0, ms), run });
    if (!this.#pumping) this.#pump();
  }

  #pump(): void {
    this.#pumping = true;
    setImmediate(() => {
      this.#due.sort((a, b) => a.atMs - b.atMs);
      const next = this.#due.shift();
      if (next === undefined) {
        this.#pumping = false;
        return;
      }
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.run();
      this.#pump();
    });
  }
}
