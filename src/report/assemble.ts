import { CAUSES } from '../diagnosis/causes/index.js';
import { depthOf } from '../diagnosis/order.js';
import type { Part } from '../diagnosis/part.js';
import { type FactsOf, reason } from '../diagnosis/reason.js';
import { reconcile } from '../diagnosis/reconcile.js';
import type { Measurement, MeasurementOf } from '../model/measurement.js';
import type { Check, Diagnosis, Report, Verdict } from '../model/report.js';
import type { Target } from '../model/target.js';
import { usableMtuBytes } from '../probes/mtu/conclusion.js';

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
  const { checks, diagnosis } = reason(
    reconcile(inOrder(findings.checks, findings.targets), findings.measurements),
    CAUSES,
    factsFrom(findings),
  );
  return {
    schemaVersion: '1',
    tool: { name: 'netdiag', version: findings.version },
    command: findings.command,
    startedAt: findings.startedAt.toISOString(),
    durationMs: findings.durationMs,
    partial: findings.partial,
    host: findings.host,
    policy: findings.policy,
    targets: targetsOf(findings),
    verdict: verdictOf(checks, findings),
    conclusion: conclude(checks, diagnosis),
    diagnosis,
    checks,
    measurements: [...findings.measurements],
  };
}

function conclude(checks: readonly Check[], diagnosis: readonly Diagnosis[]): Report['conclusion'] {
  if (diagnosis.length > 0) return { kind: 'diagnosed', text: diagnosis.map(({ summary }) => summary).join(' '), notLookedAt: [] };
  const well = checks.some((check) => check.status === 'pass');
  return { kind: well ? 'well' : 'undetermined', text: well ? 'Nothing wrong was found.' : 'Nothing could be judged.', notLookedAt: [] };
}

/** The targets of the request, and the names that were only asked about (`netdiag dns`): whatever a measurement names is listed. */
function targetsOf({ targets, measurements }: Findings): Report['targets'] {
  // Path and credentials stay behind: they can hold secrets.
  const listed: Report['targets'] = targets.map(({ id, host, port, scheme }) => ({ id, host, port, scheme }));
  const known = new Set(listed.map(({ id }) => id));
  const asked = new Set(measurements.flatMap(({ target }) => (target === null || known.has(target) ? [] : target)));
  return [...listed, ...[...asked].map((name) => ({ id: name, host: name, port: null, scheme: null }))];
}

/** Bottom layer first; within a layer the machine before the targets, and those in the order in which they were named. */
function inOrder(judged: readonly Check[], targets: readonly Target[]): Check[] {
  const checks = onceEach(judged);
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

/** Two probes can say the same of one target: that is one check, the worse of the two, with the measurements of both. */
function onceEach(checks: readonly Check[]): Check[] {
  const severity = { skip: 0, pass: 1, warn: 2, fail: 3 };
  const byId = new Map<string, Check>();
  for (const check of checks) {
    const known = byId.get(check.id) ?? check;
    const worse = severity[check.status] > severity[known.status] ? check : known;
    byId.set(check.id, { ...worse, measurements: [...new Set([...known.measurements, ...check.measurements])] });
  }
  return [...byId.values()];
}

/** What a command of one probe was asked; where that could not be judged, other checks are no pass. `full-report` asks for all. */
const ASKED_KIND: Readonly<Record<string, RegExp>> = {
  latency: /^l3\.latency/,
  loss: /^l3\.loss/,
  mtu: /^l3\.mtu/,
  ports: /^l4\./,
  tls: /^l6\./,
  dns: /^l7\.(dns|agreement|trace)/,
  http: /^l7\.(http|websocket|captive-portal)/,
};

/** A run in which nothing could be judged has shown nothing, and one that left its own question open for a target neither: no pass. */
function verdictOf(checks: readonly Check[], { command, targets }: Findings): Verdict {
  if (checks.some((check) => check.status === 'fail')) return 'fail';
  if (checks.some((check) => check.status === 'warn')) return 'warn';
  const passed = checks.filter((check) => check.status === 'pass');
  const kind = ASKED_KIND[command] ?? /./;
  // That there is a way to a target is no answer of the target.
  const answers = (check: Check) => kind.test(check.id) && !check.id.startsWith('l3.path');
  const open = targets.some((target) => !passed.some((check) => check.target === target.id && answers(check)));
  const asksOfEach = command in ASKED_KIND || command === 'full-report';
  return passed.some((check) => kind.test(check.id)) && !(open && asksOfEach) ? 'pass' : 'warn';
}

function factsFrom({ measurements, host }: Findings): FactsOf {
  const lookups = measurements.filter((measurement) => measurement.probe === 'route-lookup');
  const paths = measurements.filter((measurement) => measurement.probe === 'mtu');
  const byHop = measurements.filter((measurement) => measurement.probe === 'loss');
  const machine = measurements.find((measurement) => measurement.probe === 'host')?.data;
  const defaultRoute = machine?.defaultRoutes[0];
  const onlyInterface = machine?.interfaces.filter((entry) => !entry.loopback);
  const linkOf = ({ gateway, address }: Part): string | null =>
    gateway === undefined
      ? (machine?.interfaces.find(({ addresses }) => addresses.some((entry) => entry.address === address))?.name ?? null)
      : ([...(machine?.defaultRoutes ?? []), ...lookups.map(({ data }) => data)].find((route) => route.gateway === gateway)?.interface ??
        null);
  return (target, part) => {
    const own = target === null ? lookups : lookups.filter((entry) => entry.target === target);
    const lookup = own.find((entry) => entry.data.loopback === false);
    const way = own.find((entry) => target !== null && entry.attempt.kind === 'measured' && entry.data.loopback !== null)?.data;
    return {
      ...(way === undefined
        ? {}
        : { way: { interface: way.interface, gateway: way.gateway, source: way.source, loopback: way.loopback === true } }),
      interface:
        part !== null
          ? linkOf(part)
          : (lookup?.data.interface ?? defaultRoute?.interface ?? (onlyInterface?.length === 1 ? (onlyInterface[0]?.name ?? null) : null)),
      gateway: lookup?.data.gateway ?? defaultRoute?.gateway ?? null,
      platform: host.platform,
      pathMtuBytes: smallest(paths.filter((path) => target === null || path.target === target).map((path) => usableMtuBytes(path.data))),
      vanishingDirection: paths.find((path) => path.target === target)?.data.direction ?? null,
      lossByHop: lossByHop(byHop.filter((loss) => target === null || loss.target === target)),
    };
  };
}

function lossByHop(losses: readonly MeasurementOf<'loss'>[]): 'placed' | 'not-placed' | null {
  const paths = losses.flatMap(({ data }) => data.path ?? []);
  if (paths.length === 0) return null;
  return paths.some(({ start }) => start !== null) ? 'placed' : 'not-placed';
}

/** The smallest of the numbers that are there; `null` where none is. */
function smallest(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((number) => number !== null);
  return known.length === 0 ? null : Math.min(...known);
}
