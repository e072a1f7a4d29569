import type { MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import type { Target } from '../model/target.js';
import type { RouteLookup } from '../net/port.js';
import type { KnownTarget } from '../probes/machine-probe.js';
import type { QuietLane } from './quiet-lane.js';
import type { Recorder } from './recorder.js';
import type { RunEnvironment, RunRequest } from './request.js';
import type { SingleFile } from './single-file.js';

/** What the sweep found of one target. */
export interface TargetOutcome {
  target: Target;
  address: string | null;
  /** The kernel's decision for that address; `null` without an address. */
  lookup: MeasurementOf<'route-lookup'> | null;
  latency: MeasurementOf<'latency'> | null;
  loss: MeasurementOf<'loss'> | null;
  ports: MeasurementOf<'ports'> | null;
  addresses: MeasurementOf<'addresses'> | null;
  /** Checks that no single measurement gives. */
  checks: Check[];
}

export interface TargetWork {
  target: Target;
  request: RunRequest;
  environment: RunEnvironment;
  recorder: Recorder;
  /** For what is timed on the process clock. */
  lane: QuietLane;
  /** For what loads the line. */
  line: SingleFile;
  /** Called when the way to the target is known, while its probes still run. */
  onPath(lookup: RouteLookup): void;
  /** Called once, when its addresses and its way are known, or cannot be. */
  onKnown(known: KnownTarget): void;
  /** Called when nothing at all answers there; not before the wait for it is over. */
  onSilent(): void;
  /** MTU of an interface, `null` where it is not known. */
  mtuOf(name: string | null): Promise<number | null>;
}
