import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import type { MachineJudgeContext } from '../machine-probe.js';

export function judgeKernel(_measurement: MeasurementOf<'kernel'>, _context: MachineJudgeContext): Check[] {
  return [];
}
