import type { Input, ParserOutput } from '@oclif/core/interfaces';
import type { Lab } from '../lab/index.js';
import type { Budget, Policy } from '../model/policy.js';
import type { Report } from '../model/report.js';
import type { ReportDiff } from '../model/report-diff.js';
import type { Target } from '../model/target.js';
import { type Format, renderReport } from '../render/index.js';
import type { RenderOptions } from '../render/options.js';
import type { Redaction } from '../report/redact/redact.js';
import type { RunRequest } from '../run/request.js';
import { BaseCommand } from './base-command.js';
import { compareWithBaseline, readBaseline, renderBesideReport } from './baseline.js';
import { fillIn, settingsOf } from './configuration/command-settings.js';
import { argumentFor, configuredRun } from './configuration/configured-run.js';
import { withoutSecrets } from './configuration/report-secrets.js';
import { hideSecrets } from './configuration/secrets.js';
import type { Settings } from './configuration/settings.js';
import { deadlineMs } from './deadline.js';
import { exitStatus, type FailOn, internalErrors } from './exit-status.js';
import { configFlag, languageFlag, outputFlags, runProfileFlag, timeoutFlag } from './flags.js';
import { interruptStatus } from './interrupt.js';
import { forJobLog } from './job-log.js';
import { MeasuringSession } from './measuring-session.js';
import { type OutputFile, readOutputFiles, writeOutputFile } from './output-files.js';
import { usageProblem } from './problems.js';
import { startProgress } from './progress.js';
import { quotedValue } from './quoted-value.js';
import { readerWords } from './reader-words.js';
import { baselineAsShown, planRedaction, type RedactionFlags, type RedactionPlan, redactedBy } from './redaction.js';
import { screenColumns, writeWhole } from './streams.js';
import { readSupportFile, writeSupportFile } from './support-file.js';
import { describeTerminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** The flags that {@link MeasuringCommand} itself reads. */
export interface OutputFlags extends RedactionFlags {
  format: Format | undefined;
  json: boolean;
  output: string[] | undefined;
  quiet: boolean;
  'fail-on': FailOn | undefined;
  baseline: string | undefined;
  'no-color': boolean;
}

/** What oclif makes of flags or arguments, by name. */
type Values = Record<string, unknown>;

/** What a command line asks to be measured, checked and not begun. */
export interface MeasuringPlan {
  /** Whether it is asked of the lab. */
  lab: boolean;
  /** @throws UsageError where it would take too long */
  request(lab: Lab | null): RunRequest;
}

/** How long a run may go on after an interrupt before it is given up: it should end at once, and then reports. */
const GRACE_MS = 2_000;

/**
 * A command that ends in a report: it makes a request from flags and hands it to {@link measure}, which runs it, writes the report to
 * stdout and files, and sets the exit status.
 */
export abstract class MeasuringCommand extends BaseCommand {
  static override baseFlags = { ...timeoutFlag, ...runProfileFlag, ...configFlag, ...languageFlag, ...outputFlags };

  /** Whether the command asks about names of hosts: a configured target then stands for its host alone. */
  protected readonly takesHostsAlone: boolean = false;

  #settings: Settings | null = null;

  /** Takes what the command would measure, in place of its being measured. */
  #takePlan: ((plan: MeasuringPlan) => void) | null = null;

  /** Known once the flags are checked. */
  #redaction: RedactionPlan | null = null;

  /** What the run goes by, and who said it: known once the command line is parsed. */
  protected get settings(): Settings {
    if (this.#settings === null) throw new Error('the command line is not parsed yet');
    return this.#settings;
  }

  /** The limits that all is held against where a target has none of its own. */
  protected get policy(): Policy {
    return this.settings.policy;
  }

  /** What the command makes of a target before it measures it. */
  protected expecting(target: Target): Target {
    return target;
  }

  /**
   * As oclif parses it; then flags that were not given have what the environment, the file or the profile says, and the names of configured
   * targets are those targets.
   */
  protected override async parse<F extends Values, B extends Values, A extends Values>(
    options?: Input<F, B, A>,
    argv?: string[],
  ): Promise<ParserOutput<F, B, A>> {
    const parsed = await super.parse<F, B, A>(options, argv);
    const typed = new Set(parsed.raw.flatMap((token) => (token.type === 'flag' ? [token.flag] : [])));
    if (this.#takePlan !== null) refuseOutput(typed);
    const settings = await settingsOf(parsed.flags, typed);
    fillIn(parsed.flags, settings, new Set(Object.keys({ ...this.ctor.baseFlags, ...this.ctor.flags })));
    this.#settings = settings;
    return { ...parsed, argv: parsed.argv.map((argument) => argumentFor(argument, settings, this.takesHostsAlone)) };
  }

  /**
   * Reads the command line as a run would, and says what that would measure.
   *
   * @throws UsageError for what a run would refuse
   */
  async plan(): Promise<MeasuringPlan> {
    let planned: MeasuringPlan | null = null;
    this.#takePlan = (plan) => {
      planned = plan;
    };
    try {
      await this.init();
      await this.run();
    } catch (error) {
      const problem = usageProblem(error, this.facts);
      throw problem === null ? error : new UsageError(problem);
    }
    if (planned === null) throw new Error(`${this.id ?? 'a command'} measures nothing`);
    return planned;
  }

  /**
   * @param prepare makes the request, with the lab where `--lab` was given. Nothing was sent yet when it is called.
   */
  protected async measure(
    flags: OutputFlags & {
      lab?: boolean;
      progress?: boolean;
      budget?: Budget | undefined;
      ports?: unknown;
      top?: unknown;
      'expect-down'?: number | undefined;
      'expect-up'?: number | undefined;
    },
    prepare: (lab: Lab | null) => Omit<RunRequest, 'deadlineMs' | 'command'>,
  ): Promise<void> {
    const given = {
      budget: flags.budget,
      ports: flags.ports !== undefined || flags.top !== undefined,
      rates: { down: flags['expect-down'], up: flags['expect-up'] },
    };
    const plan: MeasuringPlan = {
      lab: flags.lab === true,
      request: (lab) => {
        const prepared = configuredRun({ command: this.id ?? '', ...prepare(lab) }, this.settings, given, (target) =>
          this.expecting(target),
        );
        return { ...prepared, deadlineMs: deadlineMs(prepared) };
      },
    };
    if (this.#takePlan !== null) this.#takePlan(plan);
    else
      await this.report(flags, plan.lab, (session) => {
        const request = plan.request(session.lab);
        session.learn(request);
        return session.run(request, plan.lab);
      });
  }

  /**
   * Checks what is asked of the output, opens what a run needs, has the report made, and writes it.
   *
   * @param withLab whether the lab is wanted
   * @param make nothing was sent yet when it is called
   */
  protected async report(
    flags: OutputFlags & { progress?: boolean },
    withLab: boolean,
    make: (session: MeasuringSession) => Promise<Report>,
  ): Promise<void> {
    const format = readFormat(flags);
    const files = readOutputFiles(flags.output ?? []);
    const support = flags.support === undefined ? null : readSupportFile(flags.support, files);
    const baseline = await readBaseline(flags, this.id ?? '', this.interrupted, (text) => this.note(text));
    const redaction = await planRedaction(flags);
    this.#redaction = redaction;
    if (redaction.remark !== null) await this.note(redaction.remark);
    const { env, platform, stdout } = process;
    const screen = describeTerminal(
      { env, platform, isTTY: stdout.isTTY === true, columns: screenColumns() },
      { noColor: flags['no-color'] },
    );
    const terminal = { ...screen, ...(await readerWords(this.settings.lang.value, screen.unicode)) };

    const lab = withLab ? await this.startLab() : null;
    if (lab === 'unavailable') return;
    const session = new MeasuringSession({
      lab,
      signal: this.interrupted,
      version: this.config.version,
      redactor: redaction.redactor,
      startProgress: () =>
        startProgress({
          quiet: flags.quiet,
          color: terminal.color > 0,
          unicode: terminal.unicode,
          answers: flags.progress === true,
          hide: (text) => this.hidden(text),
        }),
    });
    const report = await Promise.race([make(session), this.overdue()]).finally(() => session.endProgress());
    if (report === null) {
      process.exitCode = interruptStatus(this.interrupted) ?? 3;
      await this.note('interrupted, and the measurement did not end in time: there is no report');
      return;
    }
    await this.finish(await withoutSecrets(report), {
      format: flags.quiet ? null : format,
      files,
      support,
      redaction,
      failOn: flags['fail-on'] ?? 'fail',
      baseline,
      terminal,
    });
    session.close();
    // Not waited for: the result is out, and the process ends with the command.
    void lab?.close();
  }

  /** As it may be shown: without secrets of the configuration, and under `--redact` without what that replaces. */
  private hidden(text: string): string {
    const redactor = this.#redaction?.shown === true ? this.#redaction.redactor : null;
    return redactor === null ? hideSecrets(text) : redactor.text(hideSecrets(text));
  }

  protected override async catch(error: unknown): Promise<void> {
    // A fault of our own may name what was looked at. What is wrong with the command line is known before anything is redacted.
    if (error instanceof Error && !(error instanceof UsageError)) {
      error.message = this.hidden(error.message);
      if (error.stack !== undefined) error.stack = this.hidden(error.stack);
    }
    await super.catch(error);
  }

  /** Not with the interrupt's signal: it starts in milliseconds, and the partial report then names its targets. */
  private async startLab(): Promise<Lab | 'unavailable'> {
    const { LabUnavailableError, startLab } = await import('../lab/index.js');
    try {
      return await startLab();
    } catch (error) {
      if (!(error instanceof LabUnavailableError)) throw error;
      process.exitCode = 3;
      await this.note(error.message);
      return 'unavailable';
    }
  }

  private async finish(
    report: Report,
    wanted: {
      format: Format | null;
      files: readonly OutputFile[];
      support: string | null;
      redaction: RedactionPlan;
      failOn: FailOn;
      baseline: Report | null;
      terminal: RenderOptions;
    },
  ): Promise<void> {
    const { shown, redaction } = redactedBy(wanted.redaction, report);
    const earlier = wanted.baseline === null ? null : baselineAsShown(wanted.redaction, wanted.baseline, shown);
    const diff = earlier === null ? null : await compareWithBaseline(earlier, shown);
    process.exitCode = exitStatus(report, wanted.failOn, interruptStatus(this.interrupted), diff?.outcome === 'regression');
    for (const error of internalErrors(shown)) await this.note(`internal error: ${error}`);
    for (const file of wanted.files) {
      try {
        writeOutputFile(file, await renderReport(shown, file.format, { ...wanted.terminal, width: 100, color: 0 }));
      } catch (error) {
        process.exitCode = 3;
        await this.note(`--output ${quotedValue(file.path)}: it could not be written (${(error as NodeJS.ErrnoException).code ?? error})`);
      }
    }
    if (wanted.support !== null) await this.writeSupport(wanted.support, report, redaction);
    if (wanted.format !== null) await this.show(shown, wanted.format, wanted.terminal);
    if (wanted.format !== null && diff !== null) await this.showDiff(diff, wanted.format, wanted.terminal);
  }

  private async writeSupport(path: string, report: Report, redaction: Redaction | null): Promise<void> {
    try {
      await writeSupportFile(path, report, redaction);
    } catch (error) {
      process.exitCode = 3;
      await this.note(`--support ${quotedValue(path)}: it could not be written (${(error as NodeJS.ErrnoException).code ?? error})`);
    }
  }

  /** The report on stdout. In the log of a GitHub job the table is for people, so that what the job's page is to show goes to stderr too. */
  private async show(report: Report, format: Format, terminal: RenderOptions): Promise<void> {
    const text = await renderReport(report, format, terminal);
    if (format !== 'table' || process.env['GITHUB_ACTIONS'] !== 'true') return this.print(text);
    const { withoutWorkflowCommands } = await import('../render/github.js');
    await this.print(withoutWorkflowCommands(text));
    await writeWhole(process.stderr, await renderReport(report, 'github', terminal));
  }

  /** Behind the report where that is for people, otherwise on stderr: stdout then is for programs. */
  private async showDiff(diff: ReportDiff, format: Format, terminal: RenderOptions): Promise<void> {
    const { text, isPartOfReport } = await renderBesideReport(diff, format, terminal);
    const safe = format === 'markdown' ? text : await forJobLog(text);
    await (isPartOfReport ? this.print(safe) : writeWhole(process.stderr, safe));
  }

  private overdue(): Promise<null> {
    return new Promise((resolve) => {
      const wait = () => setTimeout(() => resolve(null), GRACE_MS).unref();
      if (this.interrupted.aborted) wait();
      else this.interrupted.addEventListener('abort', wait, { once: true });
    });
  }
}

/** The report of a plan is another one's, and so are its output and language. */
function refuseOutput(typed: ReadonlySet<string>): void {
  const ofOutput = [...Object.keys(outputFlags), ...Object.keys(languageFlag), 'progress'].find((name) => typed.has(name));
  if (ofOutput !== undefined) throw new UsageError(`--${ofOutput}: it is of the output, which is that of the whole; leave it out here`);
}

function readFormat(flags: OutputFlags): Format {
  if (flags.json && flags.format !== undefined && flags.format !== 'json') {
    throw new UsageError(`--format ${quotedValue(flags.format)}: contradicts --json, which is --format json`);
  }
  return flags.json ? 'json' : (flags.format ?? 'table');
}
