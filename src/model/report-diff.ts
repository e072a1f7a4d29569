import type { Code } from './code.js';
import type { Layer } from './layer.js';
import type { ProbeName } from './measurement.js';
import type { CheckStatus, Report } from './report.js';

/** What changed between two reports of one command: `before` is the earlier one, or what the later one is held against. */

/** `worse` and `better` are said of checks and of measured values alone; whatever else differs is `changed`. */
export type Change = 'worse' | 'better' | 'changed';

/** `regression` as soon as anything got worse, else `improvement` or `change`; `same`: nothing differs beyond noise. */
export type DiffOutcome = 'regression' | 'improvement' | 'change' | 'same';

/** What a report says of itself. */
export interface DiffSide {
  startedAt: string;
  durationMs: number;
  version: string;
  hostname: string;
  policy: string;
  partial: boolean;
  verdict: Report['verdict'];
}

/** `null`: there is no such thing in that report. */
export interface BeforeAndAfter<T> {
  before: T | null;
  after: T | null;
}

export interface CheckState {
  status: CheckStatus;
  code: Code | null;
  observed: string | null;
  because: string | null;
}

/**
 * `broke`, `mended`: a worse or a better status. `new`, `gone`: in one report only. `code`: as bad as before, for another reason. `judged`,
 * `not-judged`: skipped before, or now.
 */
export type CheckChange = 'broke' | 'mended' | 'new' | 'gone' | 'code' | 'judged' | 'not-judged';

export interface CheckDiff extends BeforeAndAfter<CheckState> {
  id: string;
  layer: Layer;
  title: string;
  target: string | null;
  kind: CheckChange;
  change: Change;
  /** What puts it into perspective: that the value behind it did not move, for one; `null`: nothing does. */
  note: string | null;
}

export interface DiagnosisDiff extends BeforeAndAfter<{ rank: number; confidence: number }> {
  code: Code;
  layer: Layer;
  target: string | null;
  summary: string;
  kind: 'new' | 'gone' | 'kept';
}

export const METRICS = [
  'rttMs',
  'jitterMs',
  'lossRatio',
  'dnsMs',
  'tcpMs',
  'proxyMs',
  'tlsMs',
  'ttfbMs',
  'bodyMs',
  'totalMs',
  'dnsQueryMs',
  'webSocketRttMs',
] as const;

export type Metric = (typeof METRICS)[number];

/** One side of a metric: the median of the times, or the share that was lost. */
export interface MetricSide {
  value: number;
  /** Times, or packets. */
  count: number;
  /** How many independent ones these are worth; `null`: there are too few to tell. */
  effectiveCount: number | null;
  /** Ids of the measurements that it is from. */
  measurements: string[];
}

export interface MetricDiff {
  metric: Metric;
  unit: 'ms' | 'ratio';
  probe: ProbeName;
  target: string | null;
  /** `null`: the two sides differ in it, or it does not matter. */
  method: string | null;
  /** What of it was measured: an address where no target was named, a family, a question; `null`: there is but one. */
  role: string | null;
  before: MetricSide;
  after: MetricSide;
  /** By how much it is more now, and the interval of that at 95 %; `null`: there are too few values. */
  shift: { value: number; low: number; high: number } | null;
  /** Two-sided probability of such a difference by chance; `null`: not tested. `correctedProbability`: for all tests of this comparison. */
  probability: number | null;
  correctedProbability: number | null;
  /**
   * `worse`, `better`: surely, and by enough to matter. `small`: surely, and by too little to matter. `noise`: no difference shows.
   * `cannot-tell`: there seems to be one, and it cannot be told from chance or from the way it was measured.
   */
  finding: 'worse' | 'better' | 'small' | 'noise' | 'cannot-tell';
  /** Why it cannot be told; `null` where it can. */
  because: string | null;
  /** By the limits of the later report: within what is acceptable, beyond it, beyond what is critical. `null`: there are no limits for it. */
  grade: { before: 'pass' | 'warn' | 'fail'; after: 'pass' | 'warn' | 'fail' } | null;
}

/** What is compared beside checks and numbers. */
export const TOPICS = [
  'certificate',
  'tls',
  'names',
  'resolvers',
  'path',
  'ports',
  'listeners',
  'web',
  'proxy',
  'interfaces',
  'routes',
  'kernel',
  'firewall',
  'clock',
  'place',
  'program',
] as const;

export type Topic = (typeof TOPICS)[number];

/** Something that was so and is now otherwise. Both sides are known: what was not looked at is not compared. */
export interface FactDiff {
  topic: Topic;
  target: string | null;
  /** What of it: `issuer`, `A app.example.net`, `eth0 MTU`. */
  subject: string;
  /** Whether the values are a set, of which `removed` went and `added` came; otherwise each side has one. */
  isSet: boolean;
  before: string[];
  after: string[];
  removed: string[];
  added: string[];
}

/** `other`: another router. `parallel`: one of the same network, as where load is spread. */
export interface HopDiff extends BeforeAndAfter<{ ttl: number; addresses: string[] }> {
  kind: 'other' | 'parallel' | 'new' | 'gone';
}

export interface RouteDiff {
  target: string | null;
  method: string | null;
  /** `parallel`: nothing differs that load balancing would not explain. */
  kind: 'changed' | 'parallel';
  hops: HopDiff[];
}

export interface OneSided {
  /** Targets that only this report has: nothing of them can be compared. */
  targets: string[];
  /** What only this report measured, of the targets that both have and of the machine. */
  probes: { probe: ProbeName; target: string | null }[];
}

export interface ReportDiff {
  schemaVersion: '1';
  kind: 'netdiag-diff';
  command: string;
  /** Those that both are about. */
  targets: string[];
  before: DiffSide;
  after: DiffSide;
  outcome: DiffOutcome;
  counts: Record<Change, number>;
  /** How differences were told from chance. */
  method: { alpha: number; correction: 'Holm-Tarone'; tests: number };
  diagnosis: DiagnosisDiff[];
  checks: CheckDiff[];
  /** Checks that are as they were. */
  unchangedChecks: number;
  metrics: MetricDiff[];
  facts: FactDiff[];
  routes: RouteDiff[];
  onlyBefore: OneSided;
  onlyAfter: OneSided;
  /** What makes the two hard to compare, in whole sentences. */
  notes: string[];
}
