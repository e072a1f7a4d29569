import type { Attempt } from '../model/attempt.js';
import type { DataOf, Measurement, MeasurementOf } from '../model/measurement.js';
import type { HostOptions } from '../model/probe-options.js';
import type { Check } from '../model/report.js';
import type { KnownTarget, MachineCircumstances } from '../probes/machine-probe.js';
import type { RegisteredMachineProbe } from '../probes/machine-registry.js';
import type { Recorder } from './recorder.js';
import type { RunEnvironment, RunRequest } from './request.js';

/** Targets of a run become known one by one; who waits for all of them is told when the last one is. */
export class KnownTargets {
  readonly #known = new Map<string, KnownTarget>();
  readonly #all: Promise<void>;
  #left: number;
  #complete: () => void = () => {};

  constructor(targets: RunRequest['targets']) {
    this.#left = targets.length;
    this.#all = new Promise((resolve) => {
      this.#complete = resolve;
    });
    if (targets.length === 0) this.#complete();
  }

  /** Called once for each target, when its name is resolved and its way looked up, or when that failed. */
  add(known: KnownTarget): void {
    if (this.#known.has(known.target.id)) return;
    this.#known.set(known.target.id, known);
    if (--this.#left === 0) this.#complete();
  }

  get list(): readonly KnownTarget[] {
    return [...this.#known.values()];
  }

  async all(signal: AbortSignal): Promise<readonly KnownTarget[]> {
    const aborted = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([this.#all, aborted]);
    return this.list;
  }
}

/** The probes of this machine that a run asked for, side by side with everything else. */
export class MachineWork {
  readonly #options: HostOptions;
  readonly #request: RunRequest;
  readonly #environment: RunEnvironment;
  readonly #recorder: Recorder;
  readonly #targets: KnownTargets;
  readonly #probes: readonly RegisteredMachineProbe[];
  readonly #judges: (() => Check[])[] = [];
  readonly #othersDone: Promise<void>;
  #endWatch: () => void = () => {};

  constructor(
    options: HostOptions,
    given: { request: RunRequest; environment: RunEnvironment; recorder: Recorder; targets: KnownTargets },
    probes: readonly RegisteredMachineProbe[],
  ) {
    this.#options = options;
    this.#request = given.request;
    this.#environment = given.environment;
    this.#recorder = given.recorder;
    this.#targets = given.targets;
    this.#probes = probes;
    this.#othersDone = new Promise((resolve) => {
      this.#endWatch = resolve;
    });
  }

  /** Starts every probe; resolves when all are over. Those that watch the run wait for {@link endWatch}. */
  async start(host: DataOf<'host'>): Promise<void> {
    const { signal } = this.#environment;
    if (signal.aborted) this.endWatch();
    else signal.addEventListener('abort', () => this.endWatch(), { once: true });
    const circumstances: MachineCircumstances = {
      options: this.#options,
      origin: this.#request.origin,
      policy: this.#request.policy,
      host,
      targets: () => this.#targets.all(signal),
      othersDone: this.#othersDone,
    };
    const asked = this.#probes.filter((probe) => probe.isAsked(this.#options));
    await Promise.all(asked.map((probe) => this.#run(probe, circumstances)));
  }

  /** Everything else is over, before the probes were started or after it. */
  endWatch(): void {
    this.#endWatch();
  }

  async #run(probe: RegisteredMachineProbe, circumstances: MachineCircumstances): Promise<void> {
    const { network, signal } = this.#environment;
    const measurement = await this.#recorder.record({
      probe: probe.name,
      target: null,
      label: probe.label,
      measure: () => probe.measure(circumstances, { network, signal }),
      notTried: (attempt: Attempt<null>) => probe.notTried(attempt),
      // Judged at the end, in the light of the others.
      judge: null,
    });
    this.#judges.push(() => this.#judge(probe, measurement as Measurement));
  }

  #judge(probe: RegisteredMachineProbe, measurement: Measurement): Check[] {
    const { measurements } = this.#recorder;
    const host = measurements.find((made): made is MeasurementOf<'host'> => made.probe === 'host');
    return probe.judge(measurement, {
      policy: this.#request.policy,
      scope: this.#options.scope,
      measurements,
      targets: this.#targets.list,
      interfaces: interfacesOf(this.#targets.list, host?.data ?? null),
    });
  }

  /** The checks of all probes, when the measurements are there. */
  judge(): Check[] {
    return this.#judges.flatMap((judge) => judge());
  }
}

/** The interfaces on the ways to the targets; those of the default routes where no way is known. */
export function interfacesOf(targets: readonly KnownTarget[], host: DataOf<'host'> | null): ReadonlySet<string> {
  const ways = targets.flatMap(({ way }) => (way === null || way.loopback !== false || way.interface === null ? [] : [way.interface]));
  if (ways.length > 0 || targets.some(({ way }) => way?.loopback === true)) return new Set(ways);
  return new Set((host?.defaultRoutes ?? []).map((route) => route.interface));
}
