import type { DataOf } from '../../model/measurement.js';
import { rttStatistics } from '../../model/statistics.js';

/** What was sent and is to come back: by a key, or in the order of sending where all are alike. */
export class RoundTrips {
  readonly #timeoutMs: number;
  readonly #waiting = new Map<string, number[]>();
  readonly #times: number[] = [];
  #sent = 0;
  #answered = 0;
  #late = 0;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  get open(): number {
    return this.#sent - this.#answered - this.#late;
  }

  get sent(): number {
    return this.#sent;
  }

  get answered(): number {
    return this.#answered;
  }

  began(key: string, atMs: number): void {
    this.#sent++;
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) this.#waiting.set(key, [atMs]);
    else waiting.push(atMs);
  }

  /** Whether something with this key was waited for. */
  came(key: string, atMs: number): boolean {
    const waiting = this.#waiting.get(key);
    const sentMs = waiting?.shift();
    if (sentMs === undefined) return false;
    if (waiting?.length === 0) this.#waiting.delete(key);
    if (atMs - sentMs > this.#timeoutMs) this.#late++;
    else {
      this.#answered++;
      this.#times.push(atMs - sentMs);
    }
    return true;
  }

  /** @param endedMs when it was over before all was waited for, on the clock; what still had time then is neither answered nor lost */
  summary(endedMs: number | null): DataOf<'websocket'>['pings'] {
    const { sent, answered } = { sent: this.#sent, answered: this.#answered };
    const open = endedMs === null ? [] : [...this.#waiting.values()].flat().filter((sentMs) => endedMs - sentMs < this.#timeoutMs);
    return { sent, answered, lost: sent - answered - open.length, late: this.#late, rttMs: rttStatistics(this.#times) };
  }
}
