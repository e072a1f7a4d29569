import type { Budget } from './grades.js';
import type { Policy } from './limits.js';
import { DEFAULT_POLICY } from './profiles/default.js';
import { GAMING_POLICY } from './profiles/gaming.js';
import { PLATFORM_POLICY } from './profiles/platform.js';
import { TRADING_POLICY } from './profiles/trading.js';
import { VOIP_POLICY } from './profiles/voip.js';
import { WEB_POLICY } from './profiles/web.js';

export {
  type Budget,
  type Grade,
  type Grades,
  grade,
  gradeAtLeast,
  gradeProcessTime,
  judgedPercentile,
  judgedTimeMs,
  type Percentile,
  withoutOwnDelay,
} from './grades.js';
export { METRICS, type Metric, type Policy, type ReachedGrade, reachedGrade } from './limits.js';
export { DEFAULT_POLICY } from './profiles/default.js';
export { TRADING_POLICY } from './profiles/trading.js';

/** Built-in policies by the name that `--profile` takes. */
export const POLICIES: Readonly<Record<string, Policy>> = {
  default: DEFAULT_POLICY,
  web: WEB_POLICY,
  voip: VOIP_POLICY,
  gaming: GAMING_POLICY,
  trading: TRADING_POLICY,
  platform: PLATFORM_POLICY,
};

/** The policy with other grades for what a line carries, in Mbit/s: `--expect-down`, `--expect-up`. */
export function withExpectedRates(policy: Policy, expected: { down?: number | undefined; up?: number | undefined }): Policy {
  const of = (rate: number) => ({ objective: rate, acceptable: rate, critical: rate, because: 'given for this run', given: true as const });
  const { down, up } = expected;
  return { ...policy, ...(down === undefined ? {} : { downMbps: of(down) }), ...(up === undefined ? {} : { upMbps: of(up) }) };
}

/** The policy with other grades for round trips: `--budget`. */
export function withBudget(policy: Policy, budget: Budget): Policy {
  return { ...policy, name: `${policy.name}, budget given`, rttMs: { ...budget, because: 'given for this run', given: true } };
}
