import { setMaxListeners } from 'node:events';
import { skipped, unanswered } from '../../model/attempt.js';
import { boundedWait, type WaitLimits } from '../bounded-wait.js';
import type { Clock, DnsQuestion } from '../port.js';
import type { TrustStore } from '../tls/trust-store.js';
import { connectionKey, type Opened, openDnsConnection } from './opening.js';

/** A connection for a question, and whether it was made for it. */
export interface Obtained extends Opened {
  fresh: boolean;
}

/** The connections to name servers that stay open from one question to the next: one for each server and transport. */
export class DnsConnections {
  readonly #clock: Clock;
  readonly #trust: TrustStore;
  readonly #opened = new Map<string, Promise<Opened>>();
  readonly #stop = new AbortController();

  constructor(clock: Clock, trust: TrustStore) {
    this.#clock = clock;
    this.#trust = trust;
    // Each connection that is being made listens.
    setMaxListeners(0, this.#stop.signal);
  }

  /** The connection that stands or is being made, or a new one. Of questions that wait for the same one, only the first opens it. */
  async obtain(question: DnsQuestion, limits: WaitLimits): Promise<Obtained> {
    const key = connectionKey(question);
    const standing = this.#opened.get(key);
    if (standing !== undefined) {
      const opened = await within(standing, limits);
      if (opened.outcome.kind !== 'measured') return { ...opened, fresh: false };
      if (opened.outcome.value.open) return { ...opened, fresh: false };
      if (this.#opened.get(key) === standing) this.#opened.delete(key);
      return this.obtain(question, limits);
    }
    if (this.#stop.signal.aborted) return { outcome: skipped('interrupted'), setUp: null, fresh: true };
    // Others may wait for it: it does not end with the question that began it, but with its time.
    const opening = openDnsConnection(this.#clock, this.#trust, question, { timeoutMs: limits.timeoutMs, signal: this.#stop.signal });
    this.#opened.set(key, opening);
    void opening.then(({ outcome }) => {
      if (outcome.kind === 'measured') {
        if (this.#stop.signal.aborted) outcome.value.close();
      } else if (this.#opened.get(key) === opening) this.#opened.delete(key);
    });
    return { ...(await within(opening, limits)), fresh: true };
  }

  /** Closes all of them. A question under way ends as `skipped`. */
  close(): void {
    this.#stop.abort();
    for (const opened of this.#opened.values()) {
      void opened.then(({ outcome }) => outcome.kind === 'measured' && outcome.value.close());
    }
    this.#opened.clear();
  }
}

/** Waits for a connection that another question may be opening. */
function within(opening: Promise<Opened>, limits: WaitLimits): Promise<Opened> {
  return boundedWait<Opened>(limits, {
    begin(settle) {
      void opening.then(settle);
      return () => {};
    },
    timedOut: () => ({ outcome: unanswered('connect', limits.timeoutMs), setUp: null }),
    interrupted: () => ({ outcome: skipped('interrupted'), setUp: null }),
  });
}
