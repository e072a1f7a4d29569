import type { RunEnvironment } from './request.js';

/** From when a target is known until its first packets are out, also on a busy machine. */
const FIRST_PACKETS_MS = 100;
/** A name that takes longer to be looked up is not waited for. */
const LOOKUP_MS = 250;

/**
 * Lets the targets be asked before the references. A router says only a few times a second what it does not deliver, Linux two to six times
 * to one machine: what it says of references that nobody needs would be instead of what it has to say of the target.
 */
export class HeadStart {
  readonly #environment: RunEnvironment;
  readonly #allKnown = new AbortController();
  readonly #isNobody: boolean;
  #unknown: number;
  #over: Promise<void> | null = null;

  constructor(targets: number, environment: RunEnvironment) {
    this.#environment = environment;
    this.#unknown = targets;
    this.#isNobody = targets === 0;
  }

  /** The address of one more target is known, or cannot be. */
  known(): void {
    if (--this.#unknown === 0) this.#allKnown.abort();
  }

  /** Resolves once the first packets to all targets should be out, or at an abort; at once where there are none. */
  over(): Promise<void> {
    this.#over ??= this.#wait();
    return this.#over;
  }

  async #wait(): Promise<void> {
    const { network, signal } = this.#environment;
    if (this.#isNobody) return;
    await network.clock.sleep(LOOKUP_MS, AbortSignal.any([signal, this.#allKnown.signal]));
    await network.clock.sleep(FIRST_PACKETS_MS, signal);
  }
}
