import pLimit from 'p-limit';
import type { Report } from '../../model/report.js';
import { assembleVerification } from '../../report/verify/assemble.js';
import { type JudgedCheck, judgeCheck, skippedManifestCheck } from '../../report/verify/judge.js';
import type { TestCase, VerifiedManifest } from '../../report/verify/manifest.js';
import { statusOfAll } from '../../report/verify/statuses.js';
import type { RunRequest } from '../../run/request.js';
import { describeHost } from '../../run.js';
import { hidingInReports } from '../configuration/report-secrets.js';
import type { MeasuringSession } from '../measuring-session.js';
import { UsageError } from '../usage-error.js';
import { inOrderOfNeeds } from './needs.js';
import type { PlannedStep } from './plan-steps.js';

const INTERRUPTED = 'interrupted before it was looked at';
const CUT_OFF = 'interrupted while it was looked at';

interface Options {
  steps: ReadonlyMap<number, PlannedStep>;
  session: MeasuringSession;
  /** Steps that are run at the same time. */
  jobs: number;
  /** Name of the limits where no step is run. */
  policy: string;
}

/**
 * Runs the steps of a manifest, each once, and holds what they find against it. Always gives a report, also where it is interrupted: what was not
 * looked at says so.
 *
 * @throws UsageError before anything is sent, for a step that would take too long
 */
export async function runManifest(manifest: VerifiedManifest, options: Options): Promise<Report> {
  const requests = requestsOf(options);
  const { session, policy } = options;
  const environment = await session.environment([...options.steps.values()].every(({ plan }) => plan.lab));
  const { clock } = environment.network;
  const [startedAt, startMs] = [clock.wallTime(), clock.nowMs()];
  const runner = new Runner(manifest, requests, options, await hidingInReports());
  await runner.run();
  const reports = new Map([...runner.reports].sort(([a], [b]) => a - b));
  const measurements = [...reports.values()].flatMap((report) => report.measurements);
  return assembleVerification({
    version: session.version,
    startedAt,
    durationMs: clock.nowMs() - startMs,
    partial: session.signal.aborted,
    host: await describeHost(environment, measurements),
    manifest,
    steps: reports,
    judged: runner.judged,
    skipped: runner.skipped,
    policy,
  });
}

function requestsOf({ steps, session }: Options): Map<number, RunRequest> {
  const requests = new Map<number, RunRequest>();
  for (const [number, { plan, fault }] of steps) {
    try {
      const request = plan.request(plan.lab ? session.lab : null);
      session.learn(request);
      requests.set(number, request);
    } catch (error) {
      if (error instanceof UsageError) throw fault(error.problem);
      throw error;
    }
  }
  return requests;
}

class Runner {
  readonly reports = new Map<number, Report>();
  readonly judged = new Map<string, JudgedCheck>();
  /** Why cases were not looked at. */
  readonly skipped = new Map<string, string>();
  readonly #manifest: VerifiedManifest;
  readonly #requests: ReadonlyMap<number, RunRequest>;
  readonly #options: Options;
  /** A text without secrets, which is asked before it is cut. */
  readonly #hide: (text: string) => string;
  readonly #running = new Map<number, Promise<Report | null>>();
  #done = 0;

  constructor(manifest: VerifiedManifest, requests: ReadonlyMap<number, RunRequest>, options: Options, hide: (text: string) => string) {
    this.#hide = hide;
    this.#manifest = manifest;
    this.#requests = requests;
    this.#options = options;
  }

  /** Cases begin as soon as what they need is known; their steps wait for a free place, in the order of the manifest. */
  async run(): Promise<void> {
    const limit = pLimit(this.#options.jobs);
    const requirementOf = new Map(this.#manifest.requirements.flatMap(({ id, cases }) => cases.map((one) => [one.id, id] as const)));
    const outcomes = new Map<string, Promise<void>>();
    for (const one of inOrderOfNeeds([...requirementOf.keys()].flatMap((id) => this.#caseOf(id)))) {
      const needed = one.needs.flatMap((id) => outcomes.get(id) ?? []);
      const place = `${requirementOf.get(one.id) ?? ''} ${one.id}`;
      outcomes.set(
        one.id,
        // Without needs it takes its places at once, so that the order stays.
        needed.length === 0 ? this.#case(one, place, limit) : Promise.all(needed).then(() => this.#case(one, place, limit)),
      );
    }
    await Promise.all(outcomes.values());
  }

  #caseOf(id: string): TestCase[] {
    return this.#manifest.requirements.flatMap(({ cases }) => cases.filter((one) => one.id === id));
  }

  async #case(one: TestCase, place: string, limit: ReturnType<typeof pLimit>): Promise<void> {
    const because = this.#obstacleOf(one);
    if (because !== null) return this.#skip(one, because);
    const reports = await Promise.all(one.checks.map(({ step }) => this.#report(step, place, limit)));
    one.checks.forEach((check, index) => {
      const report = reports[index] ?? null;
      const whole = report !== null && !report.partial;
      this.judged.set(
        check.id,
        whole ? judgeCheck(check, report, this.#hide) : skippedManifestCheck(check, report === null ? INTERRUPTED : CUT_OFF, this.#hide),
      );
    });
    const missing = reports.find((report) => report === null || report.partial);
    if (missing !== undefined) this.skipped.set(one.id, missing === null ? INTERRUPTED : CUT_OFF);
  }

  /** A case that another one needs: where it did not go well, this one would tell nothing new. */
  #obstacleOf({ needs }: TestCase): string | null {
    for (const id of needs) {
      const checks = this.#caseOf(id).flatMap((needed) => needed.checks);
      const status = statusOfAll(checks.map((check) => this.judged.get(check.id)?.status ?? 'skip'));
      if (status === 'fail') return `it needs ${id}, which failed`;
      if (status === 'skip') return `it needs ${id}, which was not looked at wholly`;
    }
    return null;
  }

  #skip(one: TestCase, because: string): void {
    this.skipped.set(one.id, because);
    for (const check of one.checks) this.judged.set(check.id, skippedManifestCheck(check, because, this.#hide));
  }

  /** `null`: it was interrupted before. */
  #report(step: number, place: string, limit: ReturnType<typeof pLimit>): Promise<Report | null> {
    const known = this.#running.get(step);
    if (known !== undefined) return known;
    const running = limit(() => this.#run(step, place));
    this.#running.set(step, running);
    return running;
  }

  async #run(step: number, place: string): Promise<Report | null> {
    const { session, steps } = this.#options;
    const request = this.#requests.get(step);
    if (request === undefined || session.signal.aborted) return null;
    const report = await session.run(request, steps.get(step)?.plan.lab === true, ({ label }) => ({
      label: `${place}: ${label}`,
      done: this.#done,
      total: this.#requests.size,
    }));
    this.#done++;
    this.reports.set(step, report);
    return report;
  }
}
