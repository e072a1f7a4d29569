import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';
import type { FullReport } from './full-report.js';

/** Skips the test, and says why, where one of these is missing. */
export function need(context: TestContext, ...tools: string[]): void {
  for (const tool of tools) {
    const found = spawnSync('sh', ['-c', `command -v ${tool} || test -x /usr/sbin/${tool}`], { encoding: 'utf8' });
    if (found.status !== 0) context.skip(`${tool} is not installed`);
  }
}

/** A folder that is gone when the test ends. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'netdiag-clock-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export const line = ({ report }: FullReport, id: string) => report.checks.find((check) => check.id === id);

export function clockOf({ report, summary }: FullReport) {
  const made = report.measurements.find((measurement) => measurement.probe === 'clock');
  if (made === undefined) throw new Error(summary);
  return made.data;
}

/** Options of a run whose process is shown another time, `+10m` or `-2h` off. */
export const skewed = (by: string) => ({ prefix: ['faketime', '-f', by] });
