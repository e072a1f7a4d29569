// The full report on the embedded lab: how long, and how much memory at its peak.

import { fileURLToPath } from 'node:url';
import { measureChild, median } from './child.mjs';

const PROGRAM = fileURLToPath(new URL('../bin/run.js', import.meta.url));
const LIMIT_MS = 3000;
const LIMIT_MEGABYTES = 150;

/** @returns {Promise<string>} a section in Markdown */
export async function benchLab(runs) {
  const results = [];
  for (let run = 0; run < runs; run++) {
    const result = await measureChild(process.execPath, [PROGRAM, 'full-report', '--lab', '--json'], { memory: true });
    if (result.status !== 0) throw new Error(`full-report --lab ended with status ${result.status}: ${result.stderr}`);
    results.push(result);
  }
  const { verdict, measurements, checks } = JSON.parse(results[0].stdout);
  const wall = results.map(({ wallMs }) => wallMs);
  const peaks = results.flatMap(({ peakBytes }) => (peakBytes === null ? [] : [peakBytes / 2 ** 20]));
  const memory =
    peaks.length === 0
      ? '| peak memory, MiB | not measured: this system does not tell | | |'
      : `| peak memory, MiB (${results[0].memoryBy}) | ${median(peaks).toFixed(0)} | ${Math.max(...peaks).toFixed(0)} | ${LIMIT_MEGABYTES} |`;
  return `### The report on the lab

\`netdiag full-report --lab --json\`, ${runs} runs: verdict ${verdict}, ${checks.length} checks, ${measurements.length} measurements.

| | median | most | at most |
|---|---:|---:|---:|
| wall time, ms | ${median(wall).toFixed(0)} | ${Math.max(...wall).toFixed(0)} | ${LIMIT_MS} |
${memory}
`;
}
