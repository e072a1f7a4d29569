import { formatMs } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { grade, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { budgetOf } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import type { Direction } from './data-parts.js';

/** Of fewer, the 95th percentile is the slowest one alone. */
const FEWEST = 8;
/** So many of the round trips under load without an answer, where all was answered before, are a queue that is full or too long to wait for. */
const MOSTLY_SILENT = 0.5;

/** What a line that is full does to round trips; nothing where none was loaded. */
export function judgeQueueing(
  measurement: MeasurementOf<'bandwidth'>,
  name: 'download' | 'upload',
  direction: Direction,
  policy: Policy,
): Check[] {
  if (direction.mbps === null) return [];
  const line = { kind: `l3.queueing-${name}`, layer: 3, title: `queueing, ${name}`, measurement } as const;
  const expected = `at most ${formatMs(policy.queueingMs.acceptable)} more under load`;
  const { idle } = measurement.data;
  const { latency, queueingMs, idleRttMs } = direction;
  if (idle === null || idleRttMs === null) return [skippedCheck(line, 'no round trip was answered before the load')];
  if (latency === null || latency.sent < FEWEST) return [skippedCheck(line, 'the load did not last long enough to time round trips')];
  const silent = latency.sent - latency.received;
  const lost = silent === 0 ? '' : `; ${silent} of ${latency.sent} not answered`;
  const wasAnswered = idle.received >= idle.sent - 1;
  if (wasAnswered && silent / latency.sent >= MOSTLY_SILENT) {
    const observed = `${silent} of ${latency.sent} round trips were not answered under the ${name}, ${idle.received} of ${idle.sent} were before`;
    return [check({ ...line, status: 'fail', code: 'bufferbloat', observed, expected })];
  }
  if (queueingMs === null || latency.rttMs === null) return [skippedCheck(line, 'too few round trips were answered under load')];
  // By the clock of a process that is busy with the load, its own delay would be taken for a queue.
  if (latency.clock === 'user' && direction.limitedBy === 'own-processor') {
    return [skippedCheck(line, 'this machine was too busy with the load to time round trips')];
  }
  const status = grade(queueingMs, policy.queueingMs);
  return [
    check({
      ...line,
      status,
      code: status === 'pass' ? null : 'bufferbloat',
      observed: `${formatMs(latency.rttMs.p95)} under the ${name}, ${formatMs(idleRttMs)} before${lost}`,
      expected,
      budget: budgetOf('queueingMs', queueingMs, policy.queueingMs),
    }),
  ];
}
