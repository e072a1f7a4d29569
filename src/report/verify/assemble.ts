import type { Layer } from '../../model/layer.js';
import type { Measurement } from '../../model/measurement.js';
import type { Check, Diagnosis, Report, Verdict, VerifiedCase, VerifiedCheck, VerifiedRequirement } from '../../model/report.js';
import { concludeVerification } from './conclusion.js';
import type { JudgedCheck } from './judge.js';
import type { Requirement, VerifiedManifest } from './manifest.js';
import { statusOfAll } from './statuses.js';

/** What became of a manifest, before it is a report. */
export interface Verification {
  version: string;
  startedAt: Date;
  durationMs: number;
  partial: boolean;
  host: Report['host'];
  manifest: VerifiedManifest;
  /** Of each step that was run its report, by the number of the step. */
  steps: ReadonlyMap<number, Report>;
  /** By the id of the check. */
  judged: ReadonlyMap<string, JudgedCheck>;
  /** Why cases were not looked at, or not wholly, by their ids. */
  skipped: ReadonlyMap<string, string>;
  /** Name of the limits where no step was run. */
  policy: string;
}

/** The layer of a check that found nothing, by its command; those that look at all layers are of the highest. */
const LAYER_OF_COMMAND: Readonly<Record<string, Layer>> = {
  latency: 3,
  loss: 3,
  route: 3,
  mtu: 3,
  host: 3,
  ports: 4,
  bandwidth: 4,
  tls: 6,
};

/**
 * Makes one report of what the steps of a manifest found: a check for each of the manifest, in its order, and the way from each requirement to the
 * measurements. Pure.
 */
export function assembleVerification(verification: Verification): Report {
  const { manifest, steps, judged } = verification;
  const ids = new MeasurementIds(steps);
  const requirements = manifest.requirements.map((requirement) => requirementOf(requirement, verification, ids));
  const cases = manifest.requirements.flatMap((requirement) => requirement.cases);
  const checks = cases.flatMap((one) =>
    one.checks.flatMap((check) => {
      const outcome = judged.get(check.id);
      return outcome === undefined ? [] : [checkOf(outcome, one.text, ids)];
    }),
  );
  const verdict = verdictOf(checks);
  const diagnosis = diagnosisOf(verification);
  return {
    schemaVersion: '1',
    tool: { name: 'netdiag', version: verification.version },
    command: 'verify',
    startedAt: verification.startedAt.toISOString(),
    durationMs: verification.durationMs,
    partial: verification.partial,
    host: verification.host,
    policy: policyOf(verification),
    targets: targetsOf(steps),
    verdict,
    conclusion: concludeVerification({ requirements, checks, diagnosis, verdict, partial: verification.partial }),
    diagnosis,
    checks,
    measurements: [...steps].flatMap(([step, { measurements }]) => measurements.map((made) => ids.renumbered(step, made))),
    manifest: { title: manifest.title, files: [...manifest.files] },
    requirements,
  };
}

/** Measurements of all runs, numbered anew: each run begins with `m1`. */
class MeasurementIds {
  readonly #ids = new Map<string, string>();

  constructor(steps: Verification['steps']) {
    for (const [step, { measurements }] of steps)
      for (const { id } of measurements) this.#ids.set(`${step} ${id}`, `m${this.#ids.size + 1}`);
  }

  /** In the order of the measurements. */
  of(step: number, ids: readonly string[]): string[] {
    const found = ids.flatMap((id) => this.#ids.get(`${step} ${id}`) ?? []);
    return found.sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
  }

  renumbered(step: number, made: Measurement): Measurement {
    return { ...made, id: this.of(step, [made.id])[0] ?? made.id };
  }
}

function requirementOf(requirement: Requirement, { judged, skipped }: Verification, ids: MeasurementIds): VerifiedRequirement {
  const cases = requirement.cases.map((one): VerifiedCase => {
    const outcomes = one.checks.flatMap((check) => judged.get(check.id) ?? []);
    return {
      id: one.id,
      text: one.text,
      status: statusOfAll(outcomes.map(({ status }) => status)),
      because: skipped.get(one.id) ?? null,
      checks: outcomes.map((outcome) => verifiedCheck(outcome, ids)),
    };
  });
  return { id: requirement.id, text: requirement.text, status: statusOfAll(cases.map(({ status }) => status)), cases };
}

function verifiedCheck({ check, expectations, found }: JudgedCheck, ids: MeasurementIds): VerifiedCheck {
  return {
    id: check.id,
    run: check.run,
    expectations: [...expectations],
    found: found.map((one) => ({ ...one, measurements: ids.of(check.step, one.measurements) })),
  };
}

function checkOf(outcome: JudgedCheck, caseText: string | null, ids: MeasurementIds): Check {
  const { check, status, code, observed, expected, remedy, because, target, budget } = outcome;
  const [command = ''] = check.run.split(' ', 1);
  return {
    id: check.id,
    layer: outcome.layer ?? LAYER_OF_COMMAND[command] ?? 7,
    title: check.text ?? caseText ?? check.run,
    target,
    status,
    code,
    observed,
    expected,
    remedy,
    because,
    measurements: ids.of(check.step, outcome.measurements),
    ...(budget === null ? {} : { budget }),
  };
}

function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.some(({ status }) => status === 'fail')) return 'fail';
  return checks.length > 0 && checks.every(({ status }) => status === 'pass') ? 'pass' : 'warn';
}

/** Each target once, in the order in which steps named it. */
function targetsOf(steps: Verification['steps']): Report['targets'] {
  const all = [...steps.values()].flatMap(({ targets }) => targets);
  return [...new Map(all.map((target) => [target.id, target])).values()];
}

function policyOf({ steps, policy }: Verification): string {
  const names = [...new Set([...steps.values()].map((report) => report.policy))];
  return names.length === 0 ? policy : names.join(', ');
}

/**
 * Why what failed did, and where nothing failed what warned: the causes that the runs behind it named, each once. Their evidence are the checks of the
 * manifest that rest on it.
 */
function diagnosisOf({ steps, judged }: Verification): Diagnosis[] {
  const all = [...judged.values()];
  const failed = all.filter(({ status }) => status === 'fail');
  const troubled = failed.length > 0 ? failed : all.filter(({ status }) => status === 'warn');
  const troubledSteps = new Set(troubled.map(({ check }) => check.step));
  const causes = new Map<string, Diagnosis>();
  for (const [step, { diagnosis }] of steps) {
    if (!troubledSteps.has(step)) continue;
    for (const cause of diagnosis) {
      const key = JSON.stringify([cause.form ?? cause.code, cause.target]);
      const own = translated(cause, step, troubled);
      const known = causes.get(key);
      causes.set(key, known === undefined ? own : merged(known, own));
    }
  }
  // Those of one run keep the order that it gave them, unless another one is surer.
  return [...causes.values()].sort((a, b) => b.confidence - a.confidence);
}

/** What spoke against other causes is no check of the manifest. */
function translated(cause: Diagnosis, step: number, troubled: readonly JudgedCheck[]): Diagnosis {
  const ofStep = troubled.filter(({ check }) => check.step === step);
  const resting = ofStep.filter(({ found }) => found.some(({ id }) => cause.evidence.includes(id)));
  // What only names the cause by other checks of the same run is still why they failed.
  const evidence = (resting.length > 0 ? resting : ofStep).map(({ check }) => check.id);
  return { ...cause, evidence, ruledOut: [], against: [] };
}

function merged(one: Diagnosis, other: Diagnosis): Diagnosis {
  const surer = other.confidence > one.confidence ? other : one;
  return { ...surer, evidence: [...new Set([...one.evidence, ...other.evidence])] };
}
