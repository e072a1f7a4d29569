import { parse } from 'node:path';
import type { Clock } from '../port.js';

export interface ToolRun {
  file: string;
  /** Never goes through a shell. */
  args: readonly string[];
  /** When it is asked to end (`SIGINT`: the tools then print what they have), in milliseconds. */
  timeoutMs: number;
  /** Bytes of output after which it is killed. */
  maximumBytes: number;
  /** Characters after which a line is cut; absent: {@link LONGEST_LINE}. */
  longestLine?: number;
  signal: AbortSignal;
}

export type ToolEnd =
  /** It ran; `stderr` is the beginning of what it complained of. `cut`: it was ended here, by time or size. */
  | { kind: 'ran'; exitCode: number | null; stderr: string; cut: boolean }
  | { kind: 'absent' }
  /** It is there, and the system does not start it: its file wants capabilities that are taken from this process (containers). */
  | { kind: 'forbidden' }
  | { kind: 'interrupted' };

/** What follows a line break within so many characters is a line; longer ones are cut, and no tool that we read writes such. */
const LONGEST_LINE = 4096;
const KEPT_STDERR = 2048;
/** From the polite signal to the other one. */
const GRACE_MS = 500;

/** Runs tools of the system, and ends those that still run when it is closed. */
export class ToolProcesses {
  readonly #running = new Set<{ kill(signal: 'SIGKILL'): boolean }>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs a tool in the C locale, and hands over each line of its output as it comes, with the time at which it came. */
  async run(tool: ToolRun, line: (text: string, atMs: number) => void): Promise<ToolEnd> {
    if (tool.signal.aborted) return { kind: 'interrupted' };
    const { execa } = await import('execa');
    // The abort can have come while the module was loaded.
    if (tool.signal.aborted) return { kind: 'interrupted' };
    const child = execa(tool.file, tool.args, {
      env: { LC_ALL: 'C', LANGUAGE: 'C' },
      // The folder that this was started in can be gone, or not theirs to enter.
      cwd: parse(process.execPath).root,
      stdin: 'ignore',
      reject: false,
      buffer: false,
      encoding: 'latin1',
      windowsHide: true,
    });
    this.#running.add(child);
    let bytes = 0;
    let stderr = '';
    let rest = '';
    let cut = false;
    const kill = () => {
      child.kill('SIGKILL');
    };
    let lastResort: NodeJS.Timeout | undefined;
    const timer = setTimeout(() => {
      cut = true;
      child.kill(process.platform === 'win32' ? 'SIGKILL' : 'SIGINT');
      lastResort = setTimeout(kill, GRACE_MS);
    }, tool.timeoutMs);
    tool.signal.addEventListener('abort', kill, { once: true });
    child.stdout?.on('data', (chunk: Buffer | string) => {
      bytes += chunk.length;
      if (bytes > tool.maximumBytes) {
        cut = true;
        kill();
        return;
      }
      const piece = chunk.toString();
      const longest = tool.longestLine ?? LONGEST_LINE;
      // A line of megabytes comes in many pieces: it is looked through once, not once with each of them.
      if (!piece.includes('\n')) {
        if (rest.length < longest) rest += piece;
        return;
      }
      const lines = (rest + piece).split('\n');
      rest = (lines.pop() ?? '').slice(0, longest);
      const atMs = this.#clock.nowMs();
      for (const text of lines) line(text.replace(/\r$/, ''), atMs);
    });
    child.stderr?.on('data', (chunk: Buffer | string) => {
      if (stderr.length < KEPT_STDERR) stderr += chunk.toString().slice(0, KEPT_STDERR - stderr.length);
    });
    try {
      const result = await child;
      if (tool.signal.aborted) return { kind: 'interrupted' };
      if (result.code === 'ENOENT' || result.code === 'EACCES' || result.code === 'ENOTDIR') return { kind: 'absent' };
      if (result.code === 'EPERM') return { kind: 'forbidden' };
      if (rest !== '') line(rest.slice(0, tool.longestLine ?? LONGEST_LINE), this.#clock.nowMs());
      return { kind: 'ran', exitCode: result.exitCode ?? null, stderr, cut };
    } finally {
      clearTimeout(timer);
      clearTimeout(lastResort);
      tool.signal.removeEventListener('abort', kill);
      this.#running.delete(child);
    }
  }

  close(): void {
    for (const child of this.#running) child.kill('SIGKILL');
    this.#running.clear();
  }
}
