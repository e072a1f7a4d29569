import { type Budget, type Grade, grade, type Metric as LimitName, POLICIES } from '../../model/policy.js';
import type { Report } from '../../model/report.js';
import type { Metric } from '../../model/report-diff.js';

/** What a report holds a metric against, in its unit. */
export interface HeldAgainst {
  grades: Budget;
  /** Whether it is the median, or the share, that is judged; otherwise a percentile, which the median does not cross. */
  isMedian: boolean;
}

const LIMITS: Readonly<Partial<Record<Metric, LimitName>>> = {
  rttMs: 'rttMs',
  jitterMs: 'jitterMs',
  lossRatio: 'lossRatio',
  dnsMs: 'dnsQueryMs',
  tcpMs: 'tcpConnectMs',
  tlsMs: 'tlsHandshakeMs',
  ttfbMs: 'firstByteMs',
  dnsQueryMs: 'dnsQueryMs',
  webSocketRttMs: 'webSocketRttMs',
};

/**
 * The limits that a report holds a metric against: those that the check of its measurement was judged by, else those of its policy. `null`:
 * it has none, or they are not known.
 */
export function limitsOf(report: Report, metric: Metric, target: string | null, measurement: string): HeldAgainst | null {
  const name = metric === 'rttMs' && target === null ? 'gatewayRttMs' : LIMITS[metric];
  if (name === undefined) return null;
  const unit = metric === 'lossRatio' ? 'ratio' : 'ms';
  const judged = report.checks.find(
    ({ budget, measurements }) => budget?.metric === name && budget.unit === unit && measurements.includes(measurement),
  );
  // `default, budget given` is the default policy with one limit changed.
  const ofPolicy = POLICIES[report.policy.split(',')[0] ?? '']?.[name] ?? null;
  const grades = judged?.budget ?? ofPolicy;
  return grades === null ? null : { grades, isMedian: ofPolicy?.percentile === undefined };
}

/** A change of so many milliseconds, or of so much of all packets, is felt by nobody; where limits are strict, one of their twentieth part. */
const LEAST_MS = 1;
const LEAST_RATIO = 0.01;
const SHARE_OF_LIMIT = 1 / 20;
const LEAST_SHARE = 0.1;

/**
 * Whether a shift is large enough to matter: more than a tenth of what was before and more than the least that is felt, or across a limit.
 * How sure it is, is another question.
 */
export function matters(
  shift: number,
  sides: { before: number; after: number },
  unit: 'ms' | 'ratio',
  limits: HeldAgainst | null,
): boolean {
  const reached = gradesOf(sides, limits);
  if (reached !== null && reached.before !== reached.after) return true;
  const acceptable = limits?.grades.acceptable ?? Number.POSITIVE_INFINITY;
  const least = unit === 'ms' ? Math.min(LEAST_MS, acceptable * SHARE_OF_LIMIT) : Math.min(LEAST_RATIO, acceptable);
  return Math.abs(shift) > least && Math.abs(shift) > LEAST_SHARE * sides.before;
}

/** The grades that both sides reach; `null`: there are none for this number. */
export function gradesOf(
  { before, after }: { before: number; after: number },
  limits: HeldAgainst | null,
): { before: Grade; after: Grade } | null {
  if (limits === null || !limits.isMedian) return null;
  return { before: grade(before, limits.grades), after: grade(after, limits.grades) };
}
