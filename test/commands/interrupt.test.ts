import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/model/report.js';
import { signalsRefusal } from '../platform.js';
import { netdiag } from './program.js';

/** Long enough for the process to have set its signal handlers, on a busy machine too. */
const LAUNCH_MS = 400;

function killAfter(ms: number, signals: NodeJS.Signals[]): { onStart: (child: ChildProcess) => void; sentAt: () => number } {
  let at = 0;
  return {
    onStart: (child) => {
      setTimeout(() => {
        at = performance.now();
        for (const signal of signals) child.kill(signal);
      }, ms);
    },
    sentAt: () => at,
  };
}

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-interrupt-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The launcher with another program behind it. */
function launcherWith(main: string): ChildProcess {
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'program', 'cli'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  cpSync(PROGRAM, join(folder, 'bin', 'run.js'));
  writeFileSync(join(folder, 'program', 'cli', 'main.js'), main);
  return spawn(process.execPath, [join(folder, 'bin', 'run.js')], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 12_000,
    killSignal: 'SIGKILL',
  });
}

describe('an interrupt', () => {
  beforeEach((context) => {
    if (signalsRefusal !== null) context.skip(signalsRefusal);
  });

  it.each<[NodeJS.Signals, number, number]>([
    ['SIGINT', 0, 130],
    ['SIGINT', 300, 130],
    ['SIGTERM', 700, 143],
  ])('%s %i ms into the run gives what was measured by then, and exit status %i', async (signal, offset, status) => {
    const kill = killAfter(LAUNCH_MS + offset, [signal]);
    const ended = await netdiag(['loss', '--lab', '--json', '-c', '100000', '-i', '10ms'], { onStart: kill.onStart });
    const waited = performance.now() - kill.sentAt();
    expect(ended).toMatchObject({ status, signal: null, stderr: '' });
    expect(reportSchema.parse(JSON.parse(ended.stdout)).partial).toBe(true);
    // A second is promised; what is above it here belongs to a machine that runs other tests beside this one.
    expect(waited).toBeLessThan(2_500);
  });

  it.each<[NodeJS.Signals, NodeJS.Signals, number]>([
    ['SIGINT', 'SIGINT', 130],
    ['SIGTERM', 'SIGTERM', 143],
  ])('%s that is delivered twice, as timeout(1) does, still gives the document', async (first, second, status) => {
    const ended = await netdiag(['loss', '--lab', '--json', '-c', '100000', '-i', '10ms'], {
      onStart: (child) => {
        setTimeout(() => child.kill(first), LAUNCH_MS);
        setTimeout(() => child.kill(second), LAUNCH_MS + 20);
      },
    });
    expect(ended).toMatchObject({ status, signal: null, stderr: '' });
    expect(reportSchema.parse(JSON.parse(ended.stdout)).partial).toBe(true);
  });

  it('more than a second after the first ends the program at once, whatever it still waits for', async () => {
    const child = launcherWith('setInterval(() => {}, 1000); export const main = () => process.stdout.write("ready");');
    if (child.stdout === null) throw new Error('no pipe');
    await once(child.stdout, 'data');
    const started = performance.now();
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGTERM'), 100);
    setTimeout(() => child.kill('SIGINT'), 2_500);
    const [status] = (await once(child, 'close')) as [number | null];
    expect(status).toBe(130);
    expect(performance.now() - started).toBeGreaterThan(1_000);
  });

  it('ends the program where the reader of stdout takes nothing', async () => {
    let killedAt = 0;
    // More lines than a pipe holds; nobody reads them.
    const child = spawn(process.execPath, [PROGRAM, 'ports', '127.0.0.1', '--ports', '1-3000', '--json'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const fallback = setTimeout(() => child.kill('SIGKILL'), 12_000);
    setTimeout(() => {
      killedAt = performance.now();
      child.kill('SIGINT');
    }, 4_000);
    const [status] = (await once(child, 'exit')) as [number | null];
    clearTimeout(fallback);
    child.stdout?.destroy();
    expect(status).toBe(130);
    expect(performance.now() - killedAt).toBeLessThan(2_500);
  });
});
