import type { Report } from '../model/report.js';
import type { ReportDiff } from '../model/report-diff.js';
import type { Format } from '../render/index.js';
import type { RenderOptions } from '../render/options.js';
import type { FailOn } from './exit-status.js';
import { quotedValue } from './quoted-value.js';
import { leftOutText, readReport, STANDARD_INPUT } from './read-report.js';
import { UsageError } from './usage-error.js';

/**
 * The report of `--baseline`, before anything is sent; `null` where none was named.
 *
 * @param note says to people what of it is left out
 * @throws UsageError where it cannot be read, or is of another command
 */
export async function readBaseline(
  flags: { baseline?: string | undefined; 'fail-on': FailOn | undefined },
  command: string,
  interrupted: AbortSignal,
  note: (text: string) => Promise<void>,
): Promise<Report | null> {
  const path = flags.baseline;
  if (path === undefined) {
    if (flags['fail-on'] === 'regression') throw new UsageError('--fail-on "regression": needs --baseline, which says what it was before');
    return null;
  }
  const refuse = (reason: string): never => {
    throw new UsageError(`--baseline ${quotedValue(path)}: ${reason}`);
  };
  if (path === STANDARD_INPUT) return refuse('it must be a file');
  const { report, leftOut } = await readReport('--baseline', path, interrupted);
  if (report.command !== command) return refuse(`it is a report of the command ${quotedValue(report.command)}, and this is ${command}`);
  if (leftOut.length > 0) await note(`--baseline ${quotedValue(path)}: ${leftOutText(leftOut)}`);
  return report;
}

/** What changed since then. */
export async function compareWithBaseline(baseline: Report, report: Report): Promise<ReportDiff> {
  const { diffReports } = await import('../report/diff/index.js');
  return diffReports(baseline, report);
}

/** The comparison as it stands beside a report of this format; every format that is not for people is left as it is, and people get a table. */
export async function renderBesideReport(
  diff: ReportDiff,
  format: Format,
  options: RenderOptions,
): Promise<{ text: string; isPartOfReport: boolean }> {
  const { renderDiff } = await import('../render/diff.js');
  if (format === 'table') return { text: `\n${await renderDiff(diff, 'table', options)}`, isPartOfReport: true };
  if (format === 'markdown') return { text: `\n${await renderDiff(diff, 'markdown', options)}`, isPartOfReport: true };
  return { text: await renderDiff(diff, 'table', { ...options, color: 0 }), isPartOfReport: false };
}
