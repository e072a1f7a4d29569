/** A packet that may still be answered. */
interface Waiting {
  readonly address: string;
  readonly sentMs: number;
}

/** An answer that does not say what it answers is taken for that of a packet which left no longer ago. */
const OUTSTANDING_MS = 3000;

/**
 * The packets of one socket that wait for an answer. Whoever answers without quoting enough to tell which packet it was (RFC 792 asks routers
 * for eight bytes behind the IP header, and no more) is understood only where one packet waits, and no other can be meant.
 */
export class Outstanding<Packet extends Waiting> {
  /** In the order sent. */
  readonly #all = new Set<Packet>();
  readonly #byAddress = new Map<string, Set<Packet>>();

  add(packet: Packet): void {
    this.#forgetBefore(packet.sentMs - OUTSTANDING_MS);
    this.#all.add(packet);
    const same = this.#byAddress.get(packet.address);
    if (same === undefined) this.#byAddress.set(packet.address, new Set([packet]));
    else same.add(packet);
  }

  settle(packet: Packet): void {
    if (!this.#all.delete(packet)) return;
    const same = this.#byAddress.get(packet.address);
    same?.delete(packet);
    if (same?.size === 0) this.#byAddress.delete(packet.address);
  }

  /** The packet to this address, where exactly one waits. */
  only(address: string, nowMs: number): Packet | null {
    this.#forgetBefore(nowMs - OUTSTANDING_MS);
    const same = this.#byAddress.get(address);
    if (same?.size !== 1) return null;
    const [packet] = same;
    return packet ?? null;
  }

  #forgetBefore(ms: number): void {
    for (const packet of this.#all) {
      if (packet.sentMs >= ms) return;
      this.settle(packet);
    }
  }
}
