// The section of docs/accuracy.md about the clock: runs clock.mjs in a network namespace of its own.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BENCH = fileURLToPath(new URL('clock.mjs', import.meta.url));
const RUNS = 10;
const LONGEST_MS = 300_000;

/** @returns {Promise<string>} a section in Markdown */
export async function benchClock() {
  const { status, stdout, stderr } = spawnSync('unshare', ['--net', process.execPath, BENCH, String(RUNS)], {
    encoding: 'utf8',
    timeout: LONGEST_MS,
  });
  if (status !== 0) throw new Error(`clock.mjs ended with status ${status}: ${stderr}`);
  return `### The clock

\`netdiag host --time-server\`, \`ntpdate -q\` and \`chronyd -Q\` beside each other, against a chronyd that has its time from the same kernel, so that
the right answer is 0, and under faketime the shift itself. ${RUNS} runs each.

\`\`\`text
${stdout.trim()}
\`\`\`
`;
}
