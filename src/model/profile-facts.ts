import type { Percentile } from './grades.js';
import { assignmentOf, DEFAULT_KERNEL_POLICY } from './kernel-settings.js';
import { METRICS, type Metric, type MetricFacts, type Policy } from './limits.js';
import { DEFAULT_POLICY } from './profiles/default.js';

/** One limit of a profile. */
export interface LimitFacts extends MetricFacts {
  metric: Metric;
  objective: number;
  acceptable: number;
  critical: number;
  /** What of a distribution is judged where there are samples enough; `null`: the median. */
  percentile: Percentile | null;
  source: string;
  /** The profile has no opinion of its own: it is that of `default`. */
  inherited: boolean;
}

/** What a profile holds a network against, each number with its source. */
export interface ProfileFacts {
  profile: string;
  summary: string;
  limits: LimitFacts[];
  /** What it has no grades for, so that it is not judged. */
  unjudged: string[];
  minimumTlsVersion: { version: string; source: string; inherited: boolean };
  /** Settings of the kernel that it wants, as `sysctl -w` takes them. */
  kernel: { setting: string; assignment: string; source: string; inherited: boolean }[];
  /** The governor of CPU frequencies that it wants; `null`: CPUs are not looked at. */
  governor: { name: string; source: string } | null;
}

/** The facts of a profile, in the order of {@link METRICS}. */
export function profileFacts(policy: Policy): ProfileFacts {
  const metrics = Object.entries(METRICS) as [Metric, MetricFacts][];
  const { kernel, minimumTlsVersion } = policy;
  return {
    profile: policy.name,
    summary: policy.summary,
    limits: metrics.flatMap(([metric, facts]) => {
      const grades = policy[metric];
      if (grades === null) return [];
      const { objective, acceptable, critical, percentile = null, because } = grades;
      const inherited = policy !== DEFAULT_POLICY && grades === DEFAULT_POLICY[metric];
      return [{ metric, ...facts, objective, acceptable, critical, percentile, source: because, inherited }];
    }),
    unjudged: metrics.flatMap(([metric, { title }]) => (policy[metric] === null ? [title] : [])),
    minimumTlsVersion: {
      version: minimumTlsVersion.version,
      source: minimumTlsVersion.because,
      inherited: policy !== DEFAULT_POLICY && minimumTlsVersion === DEFAULT_POLICY.minimumTlsVersion,
    },
    kernel: Object.entries(kernel.settings).map(([setting, rule]) => ({
      setting,
      assignment: assignmentOf(setting, rule.wanted.set),
      source: rule.because,
      inherited: policy !== DEFAULT_POLICY && rule === DEFAULT_KERNEL_POLICY.settings[setting],
    })),
    governor: kernel.governor === null ? null : { name: kernel.governor.name, source: kernel.governor.because },
  };
}
