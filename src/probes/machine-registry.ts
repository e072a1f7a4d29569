import type { Attempt } from '../model/attempt.js';
import type { MeasurementOf, ProbeName } from '../model/measurement.js';
import type { HostOptions } from '../model/probe-options.js';
import type { Check } from '../model/report.js';
import { clockProbe } from './clock/index.js';
import { countersProbe } from './counters/index.js';
import { duplicateAddressProbe } from './duplicate-address/index.js';
import { firewallProbe } from './firewall/index.js';
import { kernelProbe } from './kernel/index.js';
import type { MachineCircumstances, MachineJudgeContext, MachineProbe } from './machine-probe.js';
import { nameServiceProbe } from './name-service/index.js';
import type { MeasureContext, Observation } from './probe.js';
import { proxySettingsProbe } from './proxy-settings/index.js';
import { surroundingsProbe } from './surroundings/index.js';
import { wirelessProbe } from './wireless/index.js';

/** A probe of this machine as a run needs it. */
export interface RegisteredMachineProbe<P extends ProbeName = ProbeName> {
  readonly name: P;
  readonly label: string;
  isAsked(options: HostOptions): boolean;
  measure(circumstances: MachineCircumstances, context: MeasureContext): Promise<Observation<P>>;
  notTried(attempt: Attempt<null>): Observation<P>;
  judge(measurement: MeasurementOf<P>, context: MachineJudgeContext): Check[];
}

/** From here on a run hands back to each probe only what came from it, and need not know which one it is. */
function register<P extends ProbeName>(probe: MachineProbe<P>): RegisteredMachineProbe {
  return probe as unknown as RegisteredMachineProbe;
}

/** Every probe of this machine, in the order of the report. A new probe is one line here. */
export const MACHINE_PROBES: readonly RegisteredMachineProbe[] = [
  register(countersProbe),
  register(duplicateAddressProbe),
  register(wirelessProbe),
  register(nameServiceProbe),
  register(proxySettingsProbe),
  register(clockProbe),
  register(kernelProbe),
  register(firewallProbe),
  register(surroundingsProbe),
];
