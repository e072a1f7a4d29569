import { reasonOf } from '../../model/attempt.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { judgeLocalPorts } from './judge-ports.js';
import { judgeProcessor, judgeSettings } from './judge-settings.js';
import { judgeTables } from './judge-tables.js';

/**
 * Limits that are reached or nearly so, wherever the kernel was looked at; what the profile wants of the settings where everything is asked
 * for, or where the profile itself is about tuning.
 */
export function judgeKernel(measurement: MeasurementOf<'kernel'>, context: MachineJudgeContext): Check[] {
  const all = context.scope === 'all';
  if (measurement.attempt.kind !== 'measured') {
    const line = { kind: 'l4.kernel', layer: 4, title: 'kernel settings', measurement } as const;
    return all ? [skippedCheck(line, reasonOf(measurement.attempt))] : [];
  }
  const tuning =
    all || context.policy.kernel.tuning ? [...judgeSettings(measurement, context), ...judgeProcessor(measurement, context)] : [];
  const lines = [...tableLines(measurement), ...judgeLocalPorts(measurement, context), ...tuning];
  return all ? lines : lines.filter(({ status }) => status === 'warn' || status === 'fail');
}

/** Where none of the tables is shown, as on other systems than Linux, one line says so. */
function tableLines(measurement: MeasurementOf<'kernel'>): Check[] {
  const lines = judgeTables(measurement);
  if (lines.some(({ status }) => status !== 'skip')) return lines;
  const because = measurement.data.absent.find(({ fact }) => fact.startsWith('tables'))?.because ?? 'none of them is shown here';
  return [skippedCheck({ kind: 'l4.kernel', layer: 4, title: 'kernel tables', measurement }, because)];
}
