import type { PacketEvent } from '../port.js';
import type { Departure } from './round-trip.js';

/** A packet that left, and whoever waits to hear of it. Kept after the answer, so that duplicates are known as such. */
export interface SentPacket extends Departure {
  readonly listener: (event: PacketEvent) => void;
  /** Where it was sent, in canonical text without a zone. */
  readonly address: string;
  readonly session: { readonly open: boolean };
  answered: boolean;
  /** Replies and errors that were told of it. */
  heard: number;
}

/** Longer than any probe waits for an answer, and than a packet lives on its way (two minutes at most, RFC 9293's segment lifetime). */
const KEPT_MS = 120_000;

/** Of one socket; as many as an ICMP sequence number can tell apart. */
const MAXIMUM_KEPT = 65_536;

/** A flood of copies of one answer is told so often; the rest is counted as foreign. */
const MAXIMUM_HEARD = 100;

/**
 * Packets by their number, which are given out in order. A packet is forgotten two minutes after it left, or when 65,536 later ones did, whichever comes first: a session
 * without end does not grow without end. An answer that is later still is no longer told of.
 */
export class SentPackets<Packet extends SentPacket> {
  readonly #byNumber = new Map<number, Packet>();
  /** No packet of a lower number is kept. To look for the first key instead would cost more with each packet deleted before it. */
  #oldest: number | null = null;

  add(number: number, packet: Packet): void {
    let oldest = this.#oldest ?? number;
    for (; oldest !== number; oldest = (oldest + 1) >>> 0) {
      const kept = this.#byNumber.get(oldest);
      if (kept === undefined) continue;
      if ((number - oldest) >>> 0 < MAXIMUM_KEPT && packet.sentMs - kept.sentMs <= KEPT_MS) break;
      this.#byNumber.delete(oldest);
    }
    this.#oldest = oldest;
    this.#byNumber.set(number, packet);
  }

  get(number: number): Packet | undefined {
    return this.#byNumber.get(number);
  }

  deleteOf(session: SentPacket['session']): void {
    for (const [number, packet] of this.#byNumber) if (packet.session === session) this.#byNumber.delete(number);
  }
}

/** Counts one more thing heard of a packet. `false`: it was too many, and nobody is told. */
export function mayTell(packet: SentPacket): boolean {
  return ++packet.heard <= MAXIMUM_HEARD;
}
