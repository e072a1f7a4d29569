import { encodeSocketAddress, parseSocketAddress } from '../../wire/packets/socket-address.js';
import { localInterfaces } from '../machine/local-interfaces.js';

export interface Destination {
  /** Packed for sendto(2). */
  socketAddress: Uint8Array;
  /** Canonical text without a zone, as the kernel's addresses are written when they are read back. */
  address: string;
}

/** So many addresses are kept packed; with more, all are packed anew. */
const MAXIMUM_KEPT = 4096;

/** Packs addresses for one port, each of them once: with a thousand targets that is much of the cost of a packet. */
export class Destinations {
  readonly #port: number;
  readonly #kept = new Map<string, Destination>();

  constructor(port: number) {
    this.#port = port;
  }

  /** @throws Error where `address` is not an IP address: callers pass addresses that were parsed before. */
  of(address: string): Destination {
    const kept = this.#kept.get(address);
    if (kept !== undefined) return kept;
    const [plain, zone] = address.split('%', 2) as [string, string | undefined];
    const socketAddress = encodeSocketAddress(plain, this.#port, zone === undefined ? 0 : interfaceIndex(zone));
    const canonical = parseSocketAddress(socketAddress);
    const destination = { socketAddress, address: canonical.ok ? canonical.value.address : plain };
    // The index of an interface can change.
    if (zone !== undefined) return destination;
    if (this.#kept.size >= MAXIMUM_KEPT) this.#kept.clear();
    this.#kept.set(address, destination);
    return destination;
  }
}

/** Index of an interface by its name, as a link-local address needs it; 0 where it has no link-local address: only those carry a scope. */
function interfaceIndex(name: string): number {
  for (const entry of localInterfaces()?.[name] ?? []) if (entry.family === 'IPv6' && entry.scopeid > 0) return entry.scopeid;
  return /^[1-9]\d{0,8}$/.test(name) ? Number(name) : 0;
}
