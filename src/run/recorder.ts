import { type Attempt, skipped } from '../model/attempt.js';
import { INTERNAL } from '../model/failure-code.js';
import type { Measurement, MeasurementOf, ProbeName } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import type { Clock } from '../net/port.js';
import type { Observation } from '../probes/probe.js';
import type { QuietLane } from './quiet-lane.js';
import type { Progress } from './request.js';

/** In the words of every adapter of `src/net`. */
const INTERRUPTED = 'interrupted';
const OVERTIME = 'the time of the whole run was over';
const TIME_OF_INQUIRIES = 'the time for a closer look was over';

interface Entry {
  measurement: Measurement;
  judge: ((measurement: Measurement) => Check[]) | null;
}

/** A probe as the recorder needs it: what to do, and what the measurement looks like when that was not done or not finished. */
export interface Work<P extends ProbeName> {
  probe: P;
  target: string | null;
  /** For the progress line. */
  label: string;
  /** Where it waits for its turn; without one it starts at once. */
  lane?: Pick<QuietLane, 'run'>;
  measure(): Promise<Observation<P>>;
  notTried(attempt: Attempt<null>): Observation<P>;
  /** Judged at the end of the run, when every measurement is there; `null` where somebody else judges it. */
  judge: ((measurement: MeasurementOf<P>) => Check[]) | null;
}

/**
 * Keeps the measurements of a run in the order in which they were begun, and gives each its identity and time. What is asked for after an
 * interrupt, or is unfinished when the report is made, is there too, as "not finished".
 */
export class Recorder {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #interrupt: AbortSignal;
  readonly #progress: (state: Progress) => void;
  readonly #entries: Entry[] = [];
  #running = new Set<string>();
  #done = 0;

  /**
   * @param signal ends the run, by an interrupt or since its time is over
   * @param interrupt aborts by an interrupt alone
   */
  constructor(clock: Clock, signal: AbortSignal, interrupt: AbortSignal, progress: (state: Progress) => void) {
    this.#clock = clock;
    this.#signal = signal;
    this.#interrupt = interrupt;
    this.#progress = progress;
  }

  /** What was not finished says why: probes know that they were stopped, not by whom. */
  get measurements(): Measurement[] {
    const because = this.#interrupt.aborted ? INTERRUPTED : this.#signal.aborted ? OVERTIME : TIME_OF_INQUIRIES;
    return this.#entries.map(({ measurement }) => {
      const stopped = measurement.attempt.kind === 'skipped' && measurement.attempt.because === INTERRUPTED;
      return stopped ? { ...measurement, attempt: { kind: 'skipped', because } } : measurement;
    });
  }

  /** All checks that the measurements give, in the order of the measurements. */
  judge(): Check[] {
    return this.measurements.flatMap((measurement, index) => this.#entries[index]?.judge?.(measurement) ?? []);
  }

  /** Measures, and records how it ended. An unexpected error is a failed attempt of that probe, not the end of the run. */
  async record<P extends ProbeName>(work: Work<P>): Promise<MeasurementOf<P>> {
    const { entry, measurement } = this.#begin(work, skipped(INTERRUPTED));
    this.#running.add(work.label);
    this.#report();
    const measure = () => this.#measure(work, entry);
    await (work.lane === undefined ? measure() : work.lane.run(measure));
    this.#running.delete(work.label);
    this.#done++;
    this.#report();
    return measurement();
  }

  async #measure<P extends ProbeName>(work: Work<P>, entry: Entry): Promise<void> {
    if (this.#signal.aborted) return;
    const startMs = this.#clock.nowMs();
    const stalledMs = this.#clock.stalledMs();
    entry.measurement.startedAt = this.#clock.wallTime().toISOString();
    let observation: Observation<P>;
    try {
      observation = await work.measure();
    } catch (error) {
      observation = work.notTried({
        kind: 'failed',
        step: 'configure',
        code: INTERNAL,
        message: error instanceof Error ? error.message : String(error),
      });
    }
    Object.assign(entry.measurement, this.#fields(observation), {
      durationMs: this.#clock.nowMs() - startMs,
      stalledMs: this.#clock.stalledMs() - stalledMs,
    });
  }

  /** Records what was observed elsewhere and what it took until now, or that a prerequisite failed. */
  note<P extends ProbeName>(
    work: Omit<Work<P>, 'measure' | 'label' | 'lane'>,
    attempt: Attempt<null>,
    took: { durationMs: number; stalledMs: number | null } = { durationMs: 0, stalledMs: null },
  ): MeasurementOf<P> {
    const { entry, measurement } = this.#begin(work, attempt);
    entry.measurement.startedAt = new Date(this.#clock.wallTime().getTime() - took.durationMs).toISOString();
    Object.assign(entry.measurement, took);
    this.#done++;
    return measurement();
  }

  #begin<P extends ProbeName>(
    work: Omit<Work<P>, 'measure' | 'label' | 'lane'>,
    attempt: Attempt<null>,
  ): { entry: Entry; measurement: () => MeasurementOf<P> } {
    const entry: Entry = {
      measurement: {
        id: `m${this.#entries.length + 1}`,
        probe: work.probe,
        target: work.target,
        startedAt: this.#clock.wallTime().toISOString(),
        durationMs: 0,
        stalledMs: null,
        ...this.#fields(work.notTried(attempt)),
      } as unknown as Measurement,
      judge: null,
    };
    const measurement = () => entry.measurement as MeasurementOf<P>;
    const { judge } = work;
    if (judge !== null) entry.judge = (made) => judge(made as MeasurementOf<P>);
    this.#entries.push(entry);
    return { entry, measurement };
  }

  #fields<P extends ProbeName>({ attempt, method, data }: Observation<P>) {
    // The value of a measured attempt is in `data`.
    return { method, attempt: attempt.kind === 'measured' ? { kind: 'measured' as const } : attempt, data };
  }

  #report(): void {
    this.#progress({ label: [...this.#running][0] ?? '', done: this.#done, total: this.#entries.length });
  }
}
