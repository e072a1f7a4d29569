import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

if (!existsSync(fileURLToPath(new URL('../../program/cli/main.js', import.meta.url)))) {
  throw new Error('these tests run the built program: npm run build');
}

export interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  elapsedMs: number;
}

export interface ProgramOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Called once the process is there. */
  onStart?: (child: ChildProcess) => void;
}

/** Without what could change colours, width or language of the output. */
function cleanEnvironment(env: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', HOME = '', SystemRoot = '', TEMP = '' } = process.env;
  return { PATH, HOME, SystemRoot, TEMP, LANG: 'C.UTF-8', ...env };
}

/** Runs the built program with pipes for its streams; ends it after 15 s, so that no test can hang on it. */
export function netdiag(args: readonly string[], options: ProgramOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: cleanEnvironment(options.env),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, stdout, stderr, elapsedMs: performance.now() - started });
    });
    options.onStart?.(child);
  });
}
