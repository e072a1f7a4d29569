import type { FilterTable } from '../../model/packet-filter.js';
import type { Clock } from '../../net/port.js';

/** Rules are read, and packets sent through them in thought, for so long before others get their turn. */
const TURN_MS = 5;
/** Rules between two looks at the clock. */
const BETWEEN_LOOKS = 64;
/** Work that reading may be altogether, waiting not among it. */
const READING_MS = 900;

/** Takes turns with the rest of the run: what others measure must not wait for long lists of rules. */
export class Turns {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  #turnMs: number;
  #workedMs = 0;

  constructor(clock: Clock, signal: AbortSignal) {
    this.#clock = clock;
    this.#signal = signal;
    this.#turnMs = clock.nowMs();
  }

  /** Lets others have their turn, where this one was long enough. */
  readonly pause = async (): Promise<void> => {
    const turnMs = this.#clock.nowMs() - this.#turnMs;
    if (turnMs < TURN_MS) return;
    this.#workedMs += turnMs;
    await this.#clock.sleep(0, this.#signal);
    this.#turnMs = this.#clock.nowMs();
  };

  /** Starts a turn: what was waited for until now was no work. */
  start(): void {
    this.#turnMs = this.#clock.nowMs();
  }

  /** Makes every rule read itself, as each does when it is asked for the first time; `false`: that would take too long. */
  async readAll(tables: readonly FilterTable[]): Promise<boolean> {
    this.start();
    const before = this.#workedMs;
    let read = 0;
    for (const table of tables) {
      for (const chain of table.chains.values()) {
        for (const rule of chain.rules) {
          void rule.steps;
          if (++read % BETWEEN_LOOKS !== 0) continue;
          await this.pause();
          if (this.#signal.aborted || this.#workedMs - before > READING_MS) return false;
        }
      }
    }
    return true;
  }
}
