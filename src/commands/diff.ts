import { string } from '@oclif/core/args';
import { BaseCommand } from '../cli/base-command.js';
import { diffFlags } from '../cli/diff-flags.js';
import { diffExitStatus } from '../cli/exit-status.js';
import { interruptStatus } from '../cli/interrupt.js';
import { forJobLog } from '../cli/job-log.js';
import { quotedValue } from '../cli/quoted-value.js';
import { leftOutText, type ReadReport, readReport, STANDARD_INPUT } from '../cli/read-report.js';
import { readerLanguage, readerWords } from '../cli/reader-words.js';
import { screenColumns } from '../cli/streams.js';
import { describeTerminal } from '../cli/terminal.js';
import { UsageError } from '../cli/usage-error.js';

export default class Diff extends BaseCommand {
  static override summary = 'what changed between two reports, and what is only noise';

  static override description =
    `Compares two reports of one command that were written with --json or --output: checks, causes, times and losses, routes, certificates, answers of the DNS, ports, listeners and settings. A time or a loss counts as changed where the difference is surely more than chance and large enough to matter. Sends nothing.
Either report may be -, which is standard input.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> monday.json today.json',
    '<%= config.bin %> full-report app.example.net:443 --json | <%= config.bin %> <%= command.id %> monday.json -',
    '<%= config.bin %> <%= command.id %> monday.json today.json --format markdown --fail-on change',
  ];

  static override args = {
    before: string({ description: 'the earlier report, as JSON', required: true, ignoreStdin: true }),
    after: string({ description: 'the report that is held against it', required: true, ignoreStdin: true }),
  };

  static override flags = diffFlags;

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Diff);
    if (flags.json && flags.format !== undefined && flags.format !== 'json')
      throw new UsageError(`--format ${quotedValue(flags.format)}: contradicts --json, which is --format json`);
    if (args.before === STANDARD_INPUT && args.after === STANDARD_INPUT) throw new UsageError('only one of the reports can be -');
    const reports = await this.readBoth(args);
    if (reports === null) return;

    const [before, after] = reports;
    if (before.report.command !== after.report.command) {
      const [first, second] = [before, after].map(({ report }) => quotedValue(report.command));
      throw new UsageError(
        `report ${quotedValue(args.after)}: it is of the command ${second}, and the other one of ${first}; reports of one command can be compared`,
      );
    }
    const [{ diffReports }, { renderDiff }] = await Promise.all([import('../report/diff/index.js'), import('../render/diff.js')]);
    const diff = diffReports(before.report, after.report);
    process.exitCode = diffExitStatus(diff.outcome, flags['fail-on'] ?? 'regression');
    const { env, platform, stdout } = process;
    const screen = describeTerminal(
      { env, platform, isTTY: stdout.isTTY === true, columns: screenColumns() },
      { noColor: flags['no-color'] },
    );
    const terminal = { ...screen, ...(await readerWords(readerLanguage(flags.lang), screen.unicode)) };
    const format = flags.json ? 'json' : (flags.format ?? 'table');
    const text = await renderDiff(diff, format, terminal);
    await this.print(format === 'table' ? await forJobLog(text) : text);
  }

  /** `null`: an interrupt ended the wait for standard input. */
  private async readBoth(args: { before: string; after: string }): Promise<[ReadReport, ReadReport] | null> {
    try {
      const before = await readReport('report', args.before, this.interrupted);
      const after = await readReport('report', args.after, this.interrupted);
      for (const [path, { leftOut }] of [[args.before, before] as const, [args.after, after] as const]) {
        if (leftOut.length > 0) await this.note(`report ${quotedValue(path)}: ${leftOutText(leftOut)}`);
      }
      return [before, after];
    } catch (error) {
      if (!this.interrupted.aborted || error !== this.interrupted.reason) throw error;
      process.exitCode = interruptStatus(this.interrupted) ?? 3;
      return null;
    }
  }
}
