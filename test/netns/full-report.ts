import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'vitest';
import { type Report, reportSchema } from '../../src/model/report.js';
import { createNetwork, type Host, type Layout, type Network, namespaceRefusal } from './network.js';

export const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const COMPILED = fileURLToPath(new URL('../../dist', import.meta.url));

export interface FullReport {
  exitCode: number | null;
  report: Report;
  /** Wall time of the whole process, start-up included. */
  elapsedMs: number;
  /** Codes of the diagnosis, the root cause first. */
  codes: string[];
  /** The checklist in short, for the message of a failed assertion. */
  summary: string;
}

/** A network that lives as long as the test. Skips the test, and says why, where there can be none. */
export async function networkFor(context: TestContext, layout: Layout): Promise<Network> {
  const refusal = await namespaceRefusal();
  if (refusal !== null) context.skip(refusal);
  const network = await createNetwork(layout);
  // Tests that run side by side have hooks of their own.
  context.onTestFinished(() => network.close());
  return network;
}

export interface ReportOptions {
  unprivileged?: boolean;
  env?: Readonly<Record<string, string>>;
  /** What the program is started by: `faketime -f +10m`. */
  prefix?: readonly string[];
}

/** Runs the built program as `netdiag full-report ARGS --json` and holds its output against the schema. */
export function fullReport(host: Host, args: readonly string[], options: ReportOptions = {}): Promise<FullReport> {
  return reportOf(host, 'full-report', args, options);
}

/** The same for any command that ends in a report. */
export async function reportOf(host: Host, command: string, args: readonly string[], options: ReportOptions = {}): Promise<FullReport> {
  if (!existsSync(COMPILED)) throw new Error('dist/ is missing: run `npm run build` first');
  const env = { NO_COLOR: '1', HTTP_PROXY: '', HTTPS_PROXY: '', http_proxy: '', https_proxy: '', ...options.env };
  const [file = '', ...words] = [...(options.prefix ?? []), process.execPath, PROGRAM, command, ...args, '--json'];
  const result = await host.run(file, words, { unprivileged: options.unprivileged === true, env });
  const { exitCode, stdout, stderr, elapsedMs } = result;
  let json: unknown;
  try {
    json = JSON.parse(stdout);
  } catch {
    throw new Error(`standard output is no JSON (status ${exitCode}, ${Math.round(elapsedMs)} ms): ${stdout.slice(0, 500)}\n${stderr}`);
  }
  const report = reportSchema.parse(json);
  return { exitCode, report, elapsedMs, codes: report.diagnosis.map(({ code }) => code), summary: summarise(report) };
}

function summarise(report: Report): string {
  const checks = report.checks.map((check) => {
    const found = check.status === 'skip' ? check.because : check.observed;
    return `${check.status.padEnd(4)} ${check.id} ${check.code ?? ''} ${found ?? ''}`;
  });
  const causes = report.diagnosis.map(({ code, evidence }) => `=> ${code} because of ${evidence.join(', ')}`);
  return `verdict ${report.verdict}\n${[...checks, ...causes].join('\n')}\n`;
}
