import { patientQuestion } from '../probes/resolver-watch/plan.js';
import type { DnsServer } from '../wire/dns/server.js';
import type { Recorder } from './recorder.js';
import type { RunEnvironment } from './request.js';
import { recordQuestion } from './resolver-watch.js';

/**
 * Questions to resolvers that were silent for as long as the sweep waits: begun in its midst, so that an answer which takes seconds is there
 * by the end of the closer look, and waited for by nothing else. They are what tells a slow resolver from a dead one.
 */
export class PatientQuestions {
  readonly #environment: RunEnvironment;
  readonly #recorder: Recorder;
  readonly #over = new AbortController();
  readonly #asked = new Map<string, Promise<unknown>>();

  constructor(environment: RunEnvironment, recorder: Recorder) {
    this.#environment = environment;
    this.#recorder = recorder;
  }

  /** Each server is asked once. */
  ask(server: DnsServer, name: string): void {
    const key = `${server.address} ${server.port}`;
    if (this.#asked.has(key) || this.#over.signal.aborted) return;
    const signal = AbortSignal.any([this.#environment.signal, this.#over.signal]);
    this.#asked.set(key, recordQuestion(patientQuestion(server, name), { ...this.#environment, signal }, this.#recorder));
  }

  /** When all are answered or given up, or with the signal. */
  async answered(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([Promise.all(this.#asked.values()), aborted]);
  }

  /** Nobody waits any longer. */
  async end(): Promise<void> {
    this.#over.abort();
    await Promise.all(this.#asked.values());
  }
}
