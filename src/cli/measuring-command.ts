import type { Lab } from '../lab/index.js';
import { DEFAULT_POLICY, POLICIES, type Policy } from '../model/policy.js';
import type { Report } from '../model/report.js';
import { type Format, renderReport } from '../render/index.js';
import type { RunRequest } from '../run/request.js';
import { BaseCommand } from './base-command.js';
import { deadlineMs } from './deadline.js';
import { exitStatus, type FailOn, internalErrors } from './exit-status.js';
import { outputFlags, profileFlag, timeoutFlag } from './flags.js';
import { interruptStatus } from './interrupt.js';
import { type OutputFile, readOutputFiles, writeOutputFile } from './output-files.js';
import { startProgress } from './progress.js';
import { quotedValue } from './quoted-value.js';
import { screenColumns } from './streams.js';
import { describeTerminal, type Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** The flags that {@link MeasuringCommand} itself reads. */
export interface OutputFlags {
  format: Format | undefined;
  json: boolean;
  output: string[] | undefined;
  quiet: boolean;
  'fail-on': FailOn | undefined;
  'no-color': boolean;
}

/** How long a run may go on after an interrupt before it is given up: it should end at once, and then reports. */
const GRACE_MS = 2_000;

/**
 * A command that ends in a report: it makes a request from flags and hands it to {@link measure}, which runs it, writes the report to
 * stdout and files, and sets the exit status.
 */
export abstract class MeasuringCommand extends BaseCommand {
  static override baseFlags = { ...timeoutFlag, ...profileFlag, ...outputFlags };

  /**
   * @param prepare makes the request, with the lab where `--lab` was given. Nothing was sent yet when it is called.
   */
  protected async measure(
    flags: OutputFlags & { lab?: boolean; progress?: boolean },
    prepare: (lab: Lab | null) => Omit<RunRequest, 'deadlineMs' | 'command'>,
  ): Promise<void> {
    const format = readFormat(flags);
    const files = readOutputFiles(flags.output ?? []);
    const { env, platform, stdout } = process;
    const terminal = describeTerminal(
      { env, platform, isTTY: stdout.isTTY === true, columns: screenColumns() },
      { noColor: flags['no-color'] },
    );

    const lab = flags.lab === true ? await this.startLab() : null;
    if (lab === 'unavailable') return;
    const prepared = { command: this.id ?? '', ...prepare(lab) };
    const request: RunRequest = { ...prepared, deadlineMs: deadlineMs(prepared) };

    const [{ run }, { openNetwork }, progress] = await Promise.all([
      import('../run.js'),
      import('../net/real.js'),
      startProgress({ quiet: flags.quiet, color: terminal.color > 0, unicode: terminal.unicode, answers: flags.progress === true }),
    ]);
    const network = await openNetwork(lab === null ? {} : { servers: [...lab.servers] });
    const running = run(request, {
      network,
      signal: this.interrupted,
      version: this.config.version,
      progress: (state) => progress.show(state),
      answered: (answer) => progress.answer(answer),
    });
    const report = await Promise.race([running, this.overdue()]).finally(() => progress.stop());
    if (report === null) {
      process.exitCode = interruptStatus(this.interrupted) ?? 3;
      await this.note('interrupted, and the measurement did not end in time: there is no report');
      return;
    }
    await this.finish(report, { format: flags.quiet ? null : format, files, failOn: flags['fail-on'] ?? 'fail', terminal });
    network.close();
    // Not waited for: the result is out, and the process ends with the command.
    void lab?.close();
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
    wanted: { format: Format | null; files: readonly OutputFile[]; failOn: FailOn; terminal: Terminal },
  ): Promise<void> {
    process.exitCode = exitStatus(report, wanted.failOn, interruptStatus(this.interrupted));
    for (const error of internalErrors(report)) await this.note(`internal error: ${error}`);
    for (const file of wanted.files) {
      try {
        writeOutputFile(file, await renderReport(report, file.format, { ...wanted.terminal, width: 100, color: 0 }));
      } catch (error) {
        process.exitCode = 3;
        await this.note(`--output ${quotedValue(file.path)}: it could not be written (${(error as NodeJS.ErrnoException).code ?? error})`);
      }
    }
    if (wanted.format !== null) await this.print(await renderReport(report, wanted.format, wanted.terminal));
  }

  private overdue(): Promise<null> {
    return new Promise((resolve) => {
      const wait = () => setTimeout(() => resolve(null), GRACE_MS).unref();
      if (this.interrupted.aborted) wait();
      else this.interrupted.addEventListener('abort', wait, { once: true });
    });
  }
}

function readFormat(flags: OutputFlags): Format {
  if (flags.json && flags.format !== undefined && flags.format !== 'json') {
    throw new UsageError(`--format ${quotedValue(flags.format)}: contradicts --json, which is --format json`);
  }
  return flags.json ? 'json' : (flags.format ?? 'table');
}

/** The policy of a profile that was named, on the command line or in a file. */
export function policyOf(profile: string | null | undefined): Policy {
  return (profile ? POLICIES[profile] : undefined) ?? DEFAULT_POLICY;
}
