import { formatLimit, formatQuantity, formatRatio } from '../../model/format.js';
import { exactInterval } from '../../model/loss-interval.js';
import type { DataOf, MeasurementOf } from '../../model/measurement.js';
import { type Grade, type Grades, gradeAtLeast } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { budgetOf } from '../budget.js';
import { check, skippedCheck } from '../check.js';
import { failureOf } from '../http/judge-failure.js';
import type { JudgeContext } from '../probe.js';

/** From this share of failed exchanges on, the service is more gone than there. */
const FAILING_SHARE = 0.5;

/**
 * `l4.exchanges`: how many of several exchanges, each on a connection of its own, completed. By the grades of a policy that has some for it
 * there is a line whatever came; otherwise only where some failed and others did not.
 */
export function judgeExchanges(measurement: MeasurementOf<'phases'>, { policy }: JudgeContext): Check[] {
  const { count, completed } = measurement.data;
  // One exchange, or none, says nothing of a share.
  if (count < 2) return [];
  return policy.uptimeRatio === null ? judgeFailures(measurement) : [judgeUptime(measurement, policy.uptimeRatio, completed / count)];
}

/** Where all of them failed there is nothing intermittent: what failed is judged by itself. */
function judgeFailures(measurement: MeasurementOf<'phases'>): Check[] {
  const { count, completed } = measurement.data;
  const failed = count - completed;
  if (failed === 0 || completed === 0) return [];
  return [
    check({
      ...lineOf(measurement),
      status: failed / count >= FAILING_SHARE ? 'fail' : 'warn',
      code: 'connectivity-intermittent',
      observed: `${failed} of ${count} failed${reasonsOf(measurement.data)}`,
      expected: 'all complete',
    }),
  ];
}

function judgeUptime(measurement: MeasurementOf<'phases'>, grades: Grades, uptimeRatio: number): Check {
  const { attempt, data } = measurement;
  const { count, completed } = data;
  const line = { ...lineOf(measurement), expected: `${formatLimit(grades.acceptable, 'ratio')} or more complete` } as const;
  const budget = budgetOf('uptimeRatio', uptimeRatio, grades);
  const interval = exactInterval(count - completed, count);
  if (completed === 0 && attempt.kind !== 'measured') {
    const why = failureOf(attempt, false);
    if ('because' in why) return skippedCheck(line, why.because);
    return check({ ...line, status: 'fail', code: why.code, observed: `none of ${count} completed: ${why.observed}`, budget });
  }
  if (completed === count) {
    const bound = interval === null ? '' : ` (fewer than ${formatRatio(interval.highRatio)} fail, 95 % sure)`;
    return check({ ...line, status: 'pass', observed: `all of ${count} completed${bound}`, budget });
  }
  const status = uptimeGrade(uptimeRatio, grades, interval?.lowRatio ?? 0);
  return check({
    ...line,
    status,
    code: status === 'pass' ? null : 'connectivity-intermittent',
    observed: `${completed} of ${count} completed, ${formatQuantity(uptimeRatio, 'ratio')}${reasonsOf(data)}`,
    budget,
  });
}

/** It fails only where chance does not explain the failures: even the fewest that there may be in truth are more than acceptable. */
function uptimeGrade(uptimeRatio: number, grades: Grades, fewestFailingRatio: number): Grade {
  const grade = gradeAtLeast(uptimeRatio, grades);
  return grade === 'fail' && 1 - fewestFailingRatio >= grades.acceptable ? 'warn' : grade;
}

function lineOf(measurement: MeasurementOf<'phases'>) {
  return { kind: 'l4.exchanges', layer: 4, title: 'exchanges', measurement } as const;
}

function reasonsOf({ runs }: DataOf<'phases'>): string {
  const why = [...new Set(runs.flatMap(({ failure }) => failure ?? []))];
  return why.length === 0 ? '' : `: ${why[0]}${why.length > 1 ? `, and ${why.length - 1} other reasons` : ''}`;
}
