import { formatRatio } from '../../model/format.js';
import type { MeasurementOf } from '../../model/measurement.js';
import { type Grade, grade, type Policy } from '../../model/policy.js';
import type { Check } from '../../model/report.js';
import { check, skippedCheck } from '../check.js';
import { judgeNotSent, judgeUnreachable } from '../latency/judge.js';
import type { JudgeContext } from '../probe.js';

/**
 * `l3.loss`. End to end only: where on the path the packets were lost is not known here, so the code says "upstream", and the diagnosis
 * corrects it where the first hop loses them too.
 */
export function judgeLoss(measurement: MeasurementOf<'loss'>, { policy }: JudgeContext): Check[] {
  const line = { kind: 'l3.loss', layer: 3, title: 'loss', measurement } as const;
  const { attempt, data } = measurement;
  if (attempt.kind === 'skipped') return [skippedCheck(line, attempt.because)];
  if (attempt.kind === 'unavailable') return [skippedCheck(line, attempt.reason)];
  if (attempt.kind === 'failed' && attempt.code === 'ECONNREFUSED') {
    return [skippedCheck(line, 'the host answers, but only by refusing connections, and refusals are not counted')];
  }
  const expected = `at most ${formatRatio(policy.lossRatio.acceptable)}`;
  if (attempt.kind !== 'measured' || data.lossRatio === null || data.interval === null) {
    return [judgeUnreachable(line, attempt.kind === 'measured' ? null : attempt, data.icmpErrors, data.sent, expected)];
  }

  const status = gradeLoss(data.lossRatio, data.interval.lowRatio, policy);
  const sure =
    data.lost === 0
      ? `under ${formatRatio(data.interval.highRatio)}`
      : `${formatRatio(data.interval.lowRatio)} to ${formatRatio(data.interval.highRatio)}`;
  const bursts = data.bursts !== null && data.bursts.longest > 1 ? `, up to ${data.bursts.longest} in a row` : '';
  const checks = [
    check({
      ...line,
      status,
      code: status === 'pass' ? null : 'loss-upstream',
      observed: `${data.lost} of ${data.sent} lost (${sure}, 95 % sure)${bursts}`,
      expected,
    }),
  ];
  return [...checks, ...judgeOrder(measurement), ...judgeNotSent(measurement, data.notSent)];
}

/**
 * The measured ratio against the grades, but never worse than a warning while chance alone can explain it: while the 95 % interval still
 * reaches down to what is acceptable.
 */
function gradeLoss(lossRatio: number, lowRatio: number, policy: Policy): Grade {
  const measured = grade(lossRatio, policy.lossRatio);
  return measured === 'fail' && lowRatio <= policy.lossRatio.acceptable ? 'warn' : measured;
}

/** Reordering and duplication warn where they are seen at all: TCP takes them for loss. */
function judgeOrder(measurement: MeasurementOf<'loss'>): Check[] {
  const { duplicated, reordered, sent } = measurement.data;
  const checks: Check[] = [];
  if (duplicated !== null && duplicated > 0) {
    checks.push(
      check({
        kind: 'l3.duplicates',
        layer: 3,
        title: 'duplicates',
        measurement,
        status: 'warn',
        code: 'packets-duplicated',
        observed: `${duplicated} of ${sent} duplicated`,
        expected: 'none',
      }),
    );
  }
  if (reordered !== null && reordered > 0) {
    checks.push(
      check({
        kind: 'l3.order',
        layer: 3,
        title: 'order',
        measurement,
        status: 'warn',
        code: 'packets-reordered',
        observed: `${reordered} of ${sent} reordered`,
        expected: 'none',
      }),
    );
  }
  return checks;
}
