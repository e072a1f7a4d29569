/** The part of the port (see `port.ts`) that says hello in TLS without going on. */
import type { Attempt } from '../model/attempt.js';
import type { Origin, StartTlsProtocol } from '../model/probe-options.js';

export interface HelloOptions extends Origin {
  address: string;
  port: number;
  timeoutMs: number;
  signal: AbortSignal;
  /** What is written first. */
  hello: Uint8Array;
  /** Whether what has arrived is all that is needed; it is called with more bytes each time, from the first on. */
  enough(received: Uint8Array): boolean;
  /** Reading ends there. */
  maximumBytes: number;
  /** Protocol whose command starts TLS; `null`: TLS begins with the first byte. */
  startTls: StartTlsProtocol | null;
  /** Name of the server, for {@link startTls}. */
  host: string;
}

/** How the other side's first flight came to its end. */
export interface HelloReply {
  received: Uint8Array;
  /**
   * `enough`: by the caller's word. `closed`: by a FIN. `reset`: by a reset. `silent`: the time was up. `full`: there was more than was to be
   * read.
   */
  ended: 'enough' | 'closed' | 'reset' | 'silent' | 'full';
}

export interface Hellos {
  /**
   * Connects, writes one flight, reads what comes and closes. Not measured where it did not come to the flight: step `connect`, or `handshake`
   * where STARTTLS failed. `timeoutMs` is for the whole.
   */
  exchange(options: HelloOptions): Promise<Attempt<HelloReply>>;
}
