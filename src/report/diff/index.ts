import type { Measurement } from '../../model/measurement.js';
import type { Check, Report } from '../../model/report.js';
import type { Change, CheckDiff, DiffOutcome, DiffSide, MetricDiff, OneSided, ReportDiff } from '../../model/report-diff.js';
import { commonTargets, type IsCommon } from './common-targets.js';
import { compareChecks } from './compare-checks.js';
import { compareDiagnosis } from './compare-diagnosis.js';
import { compareFacts } from './compare-facts.js';
import { ALPHA, compareMetrics } from './compare-metrics.js';
import { compareRoutes } from './compare-routes.js';

/**
 * What changed from one report to another of the same command: checks, causes, numbers beyond noise, and facts. Pure: the same two reports
 * give the same answer at any time.
 */
export function diffReports(before: Report, after: Report): ReportDiff {
  const targets = commonTargets(before, after);
  const { metrics, tests, leftOut } = compareMetrics(before, after);
  const { checks, unchanged } = compareChecks(before, after, targets.isCommon);
  const diagnosis = compareDiagnosis(before, after);
  const facts = compareFacts(before, after);
  const { routes, notes } = compareRoutes(before, after);
  const judged = new Map(after.checks.map((check) => [check.id, check]));
  const explained = checks.map((check) => withNote(check, judged.get(check.id), metrics));
  const counts = countChanges([
    ...explained.map(({ change }) => change),
    ...metrics.flatMap(({ finding }) => (finding === 'worse' || finding === 'better' ? [finding] : [])),
    ...facts.map(() => 'changed' as const),
    ...routes.flatMap(({ kind }) => (kind === 'changed' ? ['changed' as const] : [])),
  ]);
  return {
    schemaVersion: '1',
    kind: 'netdiag-diff',
    command: after.command,
    targets: targets.both,
    before: sideOf(before),
    after: sideOf(after),
    outcome: outcomeOf(counts),
    counts,
    method: { alpha: ALPHA, correction: 'Holm-Tarone', tests },
    diagnosis,
    checks: explained,
    unchangedChecks: unchanged,
    metrics,
    facts,
    routes,
    onlyBefore: { targets: targets.onlyBefore, probes: probesAlone(before, after, targets.isCommon) },
    onlyAfter: { targets: targets.onlyAfter, probes: probesAlone(after, before, targets.isCommon) },
    notes: [
      ...comparability(before, after),
      ...notes,
      ...(leftOut > 0 ? [`There are too many measured values: ${leftOut} of them are not compared.`] : []),
    ],
  };
}

function sideOf({ startedAt, durationMs, tool, host, policy, partial, verdict }: Report): DiffSide {
  return { startedAt, durationMs, version: tool.version, hostname: host.hostname, policy, partial, verdict };
}

function countChanges(changes: readonly Change[]): Record<Change, number> {
  const counts = { worse: 0, better: 0, changed: 0 };
  for (const change of changes) counts[change]++;
  return counts;
}

function outcomeOf(counts: Record<Change, number>): DiffOutcome {
  if (counts.worse > 0) return 'regression';
  if (counts.better > 0) return 'improvement';
  return counts.changed > 0 ? 'change' : 'same';
}

/** What `metric` of a budget is called here. */
const BUDGETS: Readonly<Record<string, MetricDiff['metric']>> = {
  rttMs: 'rttMs',
  gatewayRttMs: 'rttMs',
  jitterMs: 'jitterMs',
  lossRatio: 'lossRatio',
};

/** A value beside a limit can fall on either side of it by chance. */
function withNote(check: CheckDiff, judged: Check | undefined, metrics: readonly MetricDiff[]): CheckDiff {
  if (check.kind !== 'broke' && check.kind !== 'mended') return check;
  const name = BUDGETS[judged?.budget?.metric ?? ''];
  const behind = metrics.find(
    ({ metric, after: side }) => metric === name && side.measurements.some((id) => judged?.measurements.includes(id)),
  );
  if (behind?.finding !== 'noise' || behind.correctedProbability === null) return check;
  return { ...check, note: 'The value behind it did not move beyond noise: it lies beside its limit.' };
}

/** What one report measured of a target that both have, or of the machine, and the other one not at all. */
function probesAlone(own: Report, other: Report, isCommon: IsCommon): OneSided['probes'] {
  const keyOf = ({ probe, target }: Measurement): string => JSON.stringify([probe, target]);
  const known = new Set(other.measurements.map(keyOf));
  const alone = new Map<string, OneSided['probes'][number]>();
  for (const measurement of own.measurements) {
    const { probe, target } = measurement;
    if (isCommon(target) && !known.has(keyOf(measurement))) alone.set(keyOf(measurement), { probe, target });
  }
  return [...alone.values()];
}

function comparability(before: Report, after: Report): string[] {
  return [
    ...(before.partial ? ['The earlier report was cut short: what it lacks was not looked at.'] : []),
    ...(after.partial ? ['The later report was cut short: what it lacks was not looked at.'] : []),
    ...(before.policy === after.policy
      ? []
      : [`They were judged by different limits, ${before.policy} and ${after.policy}: a check can differ for that reason alone.`]),
    ...(before.host.hostname === after.host.hostname
      ? []
      : [`They are of two machines, ${before.host.hostname} and ${after.host.hostname}.`]),
    ...(Date.parse(before.startedAt) > Date.parse(after.startedAt) ? ['The report that was given first is the later of the two.'] : []),
  ];
}
