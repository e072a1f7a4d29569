import type { Clock } from '../../net/port.js';

/** Linux sends six "port unreachable" to one host at once, then one a second (`icmp_ratelimit`); other systems more. One is left for others. */
const AT_ONCE = 5;
const REFILL_MS = 1050;

/** How many answers the target has left to give, as far as we know: who asks for more is met by silence that says nothing. */
export class AnswerBudget {
  readonly #clock: Clock;
  #left = AT_ONCE;
  #countedMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#countedMs = clock.nowMs();
  }

  /** Resolves when an answer can be expected, or when `signal` aborts. */
  async take(signal: AbortSignal): Promise<void> {
    this.#refill();
    if (this.#left < 1) {
      await this.#clock.sleep(Math.ceil((1 - this.#left) * REFILL_MS), signal);
      this.#refill();
    }
    this.#left = Math.max(0, this.#left - 1);
  }

  /** What did not reach the target cost no answer. */
  giveBack(): void {
    this.#left = Math.min(AT_ONCE, this.#left + 1);
  }

  #refill(): void {
    const nowMs = this.#clock.nowMs();
    this.#left = Math.min(AT_ONCE, this.#left + (nowMs - this.#countedMs) / REFILL_MS);
    this.#countedMs = nowMs;
  }
}
