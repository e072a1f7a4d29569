import type { NativeSockets } from '../../native/index.js';
import * as abi from '../../wire/linux/abi.js';
import type { Clock, TcpSegmentFacts } from '../port.js';

/** `SK_MEMINFO_VARS` numbers of 32 bits (linux/sock_diag.h), the first of them the memory of what was received and not read. */
const MEMORY_INFO_BYTES = 36;

const MOST_HOLES = 64;

/**
 * Watches for how long the bytes that a connection received have a hole. What is in order has been read whenever it looks, so that memory
 * still in use is that of segments behind a hole. Linux 4.12.
 */
export class HoleWatch {
  readonly #sockets: NativeSockets;
  readonly #descriptor: number;
  readonly #clock: Clock;
  readonly #closedMs: number[] = [];
  #openSince: { ms: number; stalledMs: number; receivedBytes: number } | null = null;

  constructor(sockets: NativeSockets, descriptor: number, clock: Clock) {
    this.#sockets = sockets;
    this.#descriptor = descriptor;
    this.#clock = clock;
  }

  /**
   * Looks once. How long each hole lasted, the one that is open until now; `null` where the kernel does not tell.
   *
   * @param receivedBytes read in order: where they go on, one hole has closed, though there may be another behind it
   */
  look({ counters }: TcpSegmentFacts, receivedBytes: number): number[] | null {
    const memory = this.#sockets.getOption(this.#descriptor, abi.SOL_SOCKET, abi.SO_MEMINFO, MEMORY_INFO_BYTES);
    if (typeof memory === 'number' || memory.length < 4 || counters === null) return null;
    const unread = new DataView(memory.buffer, memory.byteOffset).getUint32(0, true);
    const isOpen = unread > 0 && counters.outOfOrder > 0;
    if (this.#openSince !== null && (!isOpen || receivedBytes > this.#openSince.receivedBytes)) {
      if (this.#closedMs.length < MOST_HOLES) this.#closedMs.push(this.#openMs());
      this.#openSince = null;
    }
    if (!isOpen) return [...this.#closedMs];
    this.#openSince ??= { ms: this.#clock.nowMs(), stalledMs: this.#clock.stalledMs(), receivedBytes };
    return [...this.#closedMs, this.#openMs()].slice(0, MOST_HOLES);
  }

  #openMs(): number {
    if (this.#openSince === null) return 0;
    const { ms, stalledMs } = this.#openSince;
    return Math.max(0, this.#clock.nowMs() - ms - (this.#clock.stalledMs() - stalledMs));
  }
}
