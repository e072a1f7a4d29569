import { setMaxListeners } from 'node:events';
import { isLoopback } from '../../model/target.js';
import type { Network } from '../../net/port.js';
import { reverseName } from '../../wire/dns/reverse-name.js';
import { type DnsServer, parseDnsServer } from '../../wire/dns/server.js';

/** Resolvers that are asked: the second one where the first is silent for a moment. */
const RESOLVERS = 2;
const SECOND_RESOLVER_MS = 200;
const QUESTION = { transport: 'udp', port: 53, type: 'PTR', timeoutMs: 700, attempts: 2 } as const;

/** Names that are looked up for one path; a hostile one can have as many addresses as packets were sent. */
const MOST_NAMES = 256;
/** A name has 253 characters at most; written with escapes for hostile octets it is longer, and cut. */
const LONGEST_NAME = 253;

/**
 * Names of routers by reverse lookup, all side by side, begun as soon as an address is known. They are a courtesy to the reader: nobody waits
 * for them for long, and one that is missing is no fault.
 */
export class HopNames {
  readonly #network: Network;
  readonly #servers: Promise<DnsServer[]>;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #asked = new Map<string, Promise<void>>();
  readonly #names = new Map<string, string>();

  constructor(network: Network, signal: AbortSignal) {
    this.#network = network;
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
    // Every question listens to it.
    setMaxListeners(0, this.#signal);
    this.#servers = network.names
      .resolvers()
      .then(({ servers }) => servers.flatMap((text) => parseDnsServer(text) ?? []).slice(0, RESOLVERS))
      .catch(() => []);
  }

  /** Begins to look an address up, once. Loopback and link-local addresses have no name that a resolver could know (RFC 6303). */
  ask(address: string): void {
    if (this.#asked.has(address) || this.#asked.size >= MOST_NAMES || isLoopback(address) || /^(fe80:|169\.254\.)/i.test(address)) return;
    const name = reverseName(address);
    if (name !== null) this.#asked.set(address, this.#lookUp(address, name));
  }

  /** The names that are known when all questions are answered, after `withinMs` at the latest. Questions without an answer are given up. */
  async settle(withinMs: number): Promise<ReadonlyMap<string, string>> {
    const all = Promise.all(this.#asked.values());
    if (this.#asked.size > 0) {
      const answered = new AbortController();
      void all.then(() => answered.abort());
      await this.#network.clock.sleep(withinMs, AbortSignal.any([answered.signal, this.#signal]));
    }
    this.#stop.abort();
    await all;
    return this.#names;
  }

  async #lookUp(address: string, name: string): Promise<void> {
    const [first, second] = await this.#servers;
    if (first === undefined || this.#signal.aborted) return;
    const answered = new AbortController();
    const asking = this.#askServer(first, address, name).finally(() => answered.abort());
    if (second !== undefined) {
      await this.#network.clock.sleep(SECOND_RESOLVER_MS, AbortSignal.any([answered.signal, this.#signal]));
      if (!answered.signal.aborted && !this.#signal.aborted) {
        await Promise.race([asking, this.#askServer(second, address, name)]);
        return;
      }
    }
    await asking;
  }

  async #askServer(server: DnsServer, address: string, name: string): Promise<void> {
    try {
      const question = { ...QUESTION, server: server.address, port: server.port, name };
      const { outcome, observation } = await this.#network.names.query(question, this.#signal);
      const found = observation.answers.find(({ type }) => type === 'PTR')?.data;
      if (outcome.kind !== 'measured' || found === undefined) return;
      const text = found.replace(/\.$/, '').slice(0, LONGEST_NAME);
      if (text !== '') this.#names.set(address, text);
    } catch {
      // A resolver that cannot be asked leaves the hop without a name, as one that does not answer.
    }
  }
}
