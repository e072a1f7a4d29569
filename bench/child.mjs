// Runs a child process to its end and measures it from outside: wall time, and peak memory where the system tells it.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** GNU time reads the kernel's own account of the child. */
const GNU_TIME = '/usr/bin/time';
const POLL_MS = 5;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ memory?: boolean, env?: Record<string, string> }} [options]
 * @returns {Promise<{ wallMs: number, status: number | null, stdout: string, stderr: string, peakBytes: number | null, memoryBy: string | null }>}
 */
export async function measureChild(command, args, { memory = false, env = {} } = {}) {
  const folder = memory && existsSync(GNU_TIME) ? mkdtempSync(join(tmpdir(), 'netdiag-bench-')) : null;
  const account = folder === null ? null : join(folder, 'peak');
  const [file, ...rest] = account === null ? [command, ...args] : [GNU_TIME, '--format=%M', `--output=${account}`, command, ...args];

  const began = performance.now();
  const child = spawn(file, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1', ...env } });
  let polledBytes = null;
  const poll = memory && account === null ? setInterval(() => (polledBytes = peakOf(child.pid) ?? polledBytes), POLL_MS) : null;
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const wallMs = performance.now() - began;
  clearInterval(poll);

  try {
    // GNU time writes a line about a failed command first.
    const peakBytes = account === null ? polledBytes : Number(readFileSync(account, 'utf8').trim().split('\n').at(-1)) * 1024;
    const memoryBy = !memory ? null : account !== null ? 'GNU time' : peakBytes === null ? null : 'VmHWM';
    return { wallMs, status, ...output, peakBytes, memoryBy };
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true });
  }
}

/** Peak resident set of a running process in bytes; `null` where there is no /proc or it has ended. */
function peakOf(pid) {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

/** The value in the middle; of an even number, the mean of both. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[Math.floor(middle)];
}
