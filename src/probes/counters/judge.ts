import { reasonOf } from '../../model/attempt.js';
import type { MeasurementOf } from '../../model/measurement.js';
import type { Check } from '../../model/report.js';
import { skippedCheck } from '../check.js';
import type { MachineJudgeContext } from '../machine-probe.js';
import { judgeLinks } from './judge-links.js';
import { judgeProtocols } from './judge-protocols.js';

/** Growth alone is held against links and protocols: what was counted before the run is a remark. */
export function judgeCounters(measurement: MeasurementOf<'counters'>, context: MachineJudgeContext): Check[] {
  const { attempt, data } = measurement;
  if (attempt.kind !== 'measured' && data.windowMs === null) {
    const line = { kind: 'l2.counters', layer: 2, title: 'counters', measurement } as const;
    return context.scope === 'all' ? [skippedCheck(line, reasonOf(attempt))] : [];
  }
  return [...judgeLinks(measurement, context), ...judgeProtocols(measurement, context)];
}
