import { CAUSES } from '../diagnosis/causes/index.js';
import { depthOf } from '../diagnosis/order.js';
import { type FactsOf, reason } from '../diagnosis/reason.js';
import type { Measurement } from '../model/measurement.js';
import type { Check, Report, Verdict } from '../model/report.js';
import type { Target } from '../model/target.js';

/** What a run found, before it is reasoned about. */
export interface Findings {
  command: string;
  version: string;
  startedAt: Date;
  durationMs: number;
  partial: boolean;
  host: Report['host'];
  policy: string;
  targets: readonly Target[];
  checks: readonly Check[];
  measurements: readonly Measurement[];
}

/** Makes the report: the checklist from the bottom layer up, the diagnosis, the verdict. Pure. */
export function assembleReport(findings: Findings): Report {
  const { checks, diagnosis } = reason(inOrder(findings.checks, findings.targets), CAUSES, factsFrom(findings));
  return {
    schemaVersion: '1',
    tool: { name: 'netdiag', version: findings.version },
    command: findings.command,
    startedAt: findings.startedAt.toISOString(),
    durationMs: findings.durationMs,
    partial: findings.partial,
    host: findings.host,
    policy: findings.policy,
    // Path and credentials stay behind: they can hold secrets.
    targets: findings.targets.map(({ id, host, port, scheme }) => ({ id, host, port, scheme })),
    verdict: verdictOf(checks),
    diagnosis,
    checks,
    measurements: [...findings.measurements],
  };
}

/** Bottom layer first; within a layer the machine before the targets, and those in the order in which they were named. */
function inOrder(checks: readonly Check[], targets: readonly Target[]): Check[] {
  const place = new Map(targets.map((target, index) => [target.id, index]));
  const placeOf = (check: Check) => (check.target === null ? -1 : (place.get(check.target) ?? targets.length));
  return checks
    .map((check, index) => ({ check, index }))
    .sort(
      (a, b) =>
        a.check.layer - b.check.layer || placeOf(a.check) - placeOf(b.check) || depthOf(a.check) - depthOf(b.check) || a.index - b.index,
    )
    .map(({ check }) => check);
}

/** A run in which nothing could be judged has shown nothing: that is no pass. */
function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.some((check) => check.status === 'fail')) return 'fail';
  if (checks.some((check) => check.status === 'warn')) return 'warn';
  return checks.some((check) => check.status === 'pass') ? 'pass' : 'warn';
}

function factsFrom({ measurements, host }: Findings): FactsOf {
  const lookups = measurements.filter((measurement) => measurement.probe === 'route-lookup');
  const paths = measurements.filter((measurement) => measurement.probe === 'mtu');
  const machine = measurements.find((measurement) => measurement.probe === 'host')?.data;
  const defaultRoute = machine?.defaultRoutes[0];
  const onlyInterface = machine?.interfaces.filter((entry) => !entry.loopback);
  return (target) => {
    const lookup = (target === null ? lookups : lookups.filter((entry) => entry.target === target)).find(
      (entry) => entry.data.loopback === false,
    );
    return {
      interface:
        lookup?.data.interface ?? defaultRoute?.interface ?? (onlyInterface?.length === 1 ? (onlyInterface[0]?.name ?? null) : null),
      gateway: lookup?.data.gateway ?? defaultRoute?.gateway ?? null,
      platform: host.platform,
      pathMtuBytes: smallest(paths.filter((path) => target === null || path.target === target).map((path) => path.data.pathMtuBytes)),
    };
  };
}

/** The smallest of the numbers that are there; `null` where none is. */
function smallest(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((number) => number !== null);
  return known.length === 0 ? null : Math.min(...known);
}
