import type { Attempt } from '../model/attempt.js';
import type { DataOf, Measurement, MeasurementOf, ProbeName } from '../model/measurement.js';
import type { Policy } from '../model/policy.js';
import type { HostOptions, Origin } from '../model/probe-options.js';
import type { Check } from '../model/report.js';
import type { Target } from '../model/target.js';
import type { JudgeContext, MeasureContext, Observation } from './probe.js';

/** A target of the run, as far as it is known without asking it anything. */
export interface KnownTarget {
  target: Target;
  /** All addresses of its name, or the one that it is; empty where it was not resolved. */
  addresses: readonly string[];
  /** The kernel's way to the address that its probes use; `null` where there is no such address. */
  way: DataOf<'route-lookup'> | null;
  /** What was asked for its name, in order; absent: it is an address, or was not looked up. */
  questions?: readonly DataOf<'dns'>[];
}

/** What is known of the machine and of the run when its probes start. */
export interface MachineCircumstances {
  options: HostOptions;
  origin: Origin;
  /** What the run holds things against, for facts that name what is wanted of them. */
  policy: Policy;
  /** Links, addresses, routes and resolvers, which are read first. */
  host: DataOf<'host'>;
  /** The targets with their ways: at once where there are none, otherwise when the last of them was resolved or given up. */
  targets(): Promise<readonly KnownTarget[]>;
  /** Resolves when everything else of the run is over, or is broken off: for what is watched as long as the run takes. */
  othersDone: Promise<void>;
}

/** What a judgement of the machine may know: measurements and what was asked for; no clock, no flag, no socket. */
export interface MachineJudgeContext extends JudgeContext {
  scope: HostOptions['scope'];
  /** All measurements of the run, for facts that another probe gathered. */
  measurements: readonly Measurement[];
  targets: readonly KnownTarget[];
  /** Interfaces through which the targets are reached, the loopback not among them; with no target, those of the default routes. */
  interfaces: ReadonlySet<string>;
}

/**
 * A probe of this machine. With scope `path` it gathers what matters for the ways to the targets, and its judge gives a line only for what
 * warns or fails: a healthy machine adds nothing to the report about its targets. With `all` every fact has its line.
 */
export interface MachineProbe<P extends ProbeName> {
  readonly name: P;
  /** What progress shows while it is waited for. */
  readonly label: string;
  isAsked(options: HostOptions): boolean;
  measure(circumstances: MachineCircumstances, context: MeasureContext): Promise<Observation<P>>;
  notTried(attempt: Attempt<null>): Observation<P>;
  judge(measurement: MeasurementOf<P>, context: MachineJudgeContext): Check[];
}
