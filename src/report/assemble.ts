import { conclude } from '../diagnosis/conclusion.js';
import type { Inquired } from '../diagnosis/inquiry.js';
import { reachedGrade } from '../model/limits.js';
import type { Measurement } from '../model/measurement.js';
import type { Check, Report, Verdict } from '../model/report.js';
import type { Target } from '../model/target.js';
import { diagnose } from './diagnose.js';

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
  /** What was looked at more closely, with or without success; absent: nothing was. */
  inquired?: readonly Inquired[];
  /** As in `Evidence` of `diagnose.ts`. */
  targetsAreInstruments?: boolean;
}

/** Makes the report: the checklist from the bottom layer up, the diagnosis, the verdict. Pure. */
export function assembleReport(findings: Findings): Report {
  const { checks: reasoned, diagnosis } = diagnose(findings);
  const checks = reasoned.map(withoutUnjudgedNumber);
  const verdict = verdictOf(checks, findings);
  const { measurements, partial } = findings;
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
    verdict,
    conclusion: conclude({ checks, diagnosis, measurements, verdict, unjudged: unjudgedOf(checks, findings), partial }),
    diagnosis,
    checks,
    measurements: [...findings.measurements],
  };
}

/**
 * What was not judged in the end was held against nothing, and what passes in the light of other checks was not held against its number: that
 * is among the measurements.
 */
function withoutUnjudgedNumber(check: Check): Check {
  const { budget, ...rest } = check;
  if (budget === undefined) return check;
  const excused = check.status === 'pass' && ['missed', 'critical'].includes(reachedGrade(budget));
  return check.status === 'skip' || excused ? rest : check;
}

/** The targets of the request, and the names that were only asked about (`netdiag dns`): whatever a measurement names is listed. */
function targetsOf({ targets, measurements }: Findings): Report['targets'] {
  // Path and credentials stay behind: they can hold secrets.
  const listed: Report['targets'] = targets.map(({ id, host, port, scheme, name, labels }) => ({
    id,
    host,
    port,
    scheme,
    ...(name === undefined ? {} : { name }),
    ...(labels === undefined ? {} : { labels: { ...labels } }),
  }));
  const known = new Set(listed.map(({ id }) => id));
  const asked = new Set(measurements.flatMap(({ target }) => (target === null || known.has(target) ? [] : target)));
  return [...listed, ...[...asked].map((name) => ({ id: name, host: name, port: null, scheme: null }))];
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
function verdictOf(checks: readonly Check[], findings: Findings): Verdict {
  if (checks.some((check) => check.status === 'fail')) return 'fail';
  if (checks.some((check) => check.status === 'warn')) return 'warn';
  const kind = ASKED_KIND[findings.command] ?? /./;
  return checks.some((check) => check.status === 'pass' && kind.test(check.id)) && unjudgedOf(checks, findings).length === 0
    ? 'pass'
    : 'warn';
}

/** The targets of which nothing was found well that this command asks of each. */
function unjudgedOf(checks: readonly Check[], { command, targets }: Findings): string[] {
  if (!(command in ASKED_KIND || command === 'full-report')) return [];
  const kind = ASKED_KIND[command] ?? /./;
  // That there is a way to a target is no answer of the target.
  const answers = checks.filter((check) => check.status === 'pass' && kind.test(check.id) && !check.id.startsWith('l3.path'));
  return targets.map(({ id }) => id).filter((id) => !answers.some((check) => check.target === id));
}
