import type { Attempt } from '../model/attempt.js';
import type { DataOf, MeasurementOf, ProbeName } from '../model/measurement.js';
import type { Policy } from '../model/policy.js';
import type { Check } from '../model/report.js';
import type { Network } from '../net/port.js';

/** What `measure` hands back; `run.ts` adds identity and time to make it a measurement of the report. */
export interface Observation<P extends ProbeName> {
  /** `measured` where `data` is what was asked for; otherwise why not, and `data` holds what was reached by then. */
  attempt: Attempt<null>;
  method: string | null;
  data: DataOf<P>;
}

export interface MeasureContext {
  network: Network;
  /** Aborted by an interrupt or by the deadline of the run: return at once, with what is there. */
  signal: AbortSignal;
  /** Aborted where nothing at all answers there: what was waited for once in vain is silent, and is not tried again. Absent: try on. */
  givenUp?: AbortSignal;
}

/** What a judgement may know: no clock but the measurement's own, no flag, no socket. */
export interface JudgeContext {
  policy: Policy;
  /** In place of it, for targets that have one of their own, by the name that a measurement has for them. Absent: none has. */
  policies?: ReadonlyMap<string, Policy>;
}

/** The policy that a target is held against; `null` is the machine itself. For judges of several targets: those of one are given its own. */
export function policyFor({ policy, policies }: JudgeContext, target: string | null): Policy {
  return (target === null ? undefined : policies?.get(target)) ?? policy;
}

/**
 * A probe: a pure `judge` behind a `measure` that does the sending. `Plan` is plain data, made by the probe's own pure `plan`.
 * A stored measurement can be judged again, by another policy, without measuring.
 */
export interface Probe<P extends ProbeName, Plan> {
  readonly name: P;
  measure(plan: Plan, context: MeasureContext): Promise<Observation<P>>;
  /** What the measurement looks like where a prerequisite failed, so that it was not tried. `address` is the target's, where known. */
  notTried(address: string | null, attempt: Attempt<null>): Observation<P>;
  judge(measurement: MeasurementOf<P>, context: JudgeContext): Check[];
}
