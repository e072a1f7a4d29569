import type { Departure } from './round-trip.js';

/**
 * Stamps that were not read yet. They are read every few packets, so that so many are only out where the interface makes none: the oldest
 * are forgotten then.
 */
const MAXIMUM_OUTSTANDING = 4096;

/**
 * Gives the kernel's stamps of departure to their packets. The kernel numbers the packets of a socket from 0 on (`OPT_ID`) and returns each
 * stamp with the number.
 *
 * Whether a packet that it refused had used up a number depends on the refusal and on the kernel: behind one, the numbers are set back to 0
 * ({@link restart}). A number for which two packets then wait is given to neither, so that no packet ever has another's stamp.
 */
export class DepartureStamps {
  /** By number: the packet that waits for its stamp, or how many stamps of that number are still to come for nobody. */
  readonly #waiting = new Map<number, Departure | number>();
  #next = 0;

  /** A packet left, and took the next number. */
  left(departure: Departure): void {
    const number = this.#next;
    this.#next = (number + 1) >>> 0;
    const other = this.#waiting.get(number);
    this.#waiting.delete(number);
    this.#waiting.set(number, other === undefined ? departure : typeof other === 'number' ? other + 1 : 2);
    if (this.#waiting.size <= MAXIMUM_OUTSTANDING) return;
    for (const oldest of this.#waiting.keys()) {
      this.#waiting.delete(oldest);
      break;
    }
  }

  stamped(number: number, sentNs: bigint | null): void {
    const waiting = this.#waiting.get(number);
    if (waiting === undefined) return;
    if (typeof waiting === 'number' && waiting > 1) {
      this.#waiting.set(number, waiting - 1);
      return;
    }
    this.#waiting.delete(number);
    if (typeof waiting !== 'number') waiting.sentNs = sentNs;
  }

  /** The kernel counts from 0 again. */
  restart(): void {
    this.#next = 0;
  }
}
