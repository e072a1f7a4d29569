import type { ChildProcess } from 'node:child_process';
import { beforeEach, describe, expect, it } from 'vitest';
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

  it('that comes twice ends the program at once', async () => {
    const started = killAfter(LAUNCH_MS, ['SIGINT']);
    const ended = await netdiag(['loss', '--lab', '-c', '100000', '-i', '10ms'], {
      onStart: (child) => {
        started.onStart(child);
        setTimeout(() => child.kill('SIGTERM'), LAUNCH_MS + 20);
      },
    });
    expect([130, 143]).toContain(ended.status);
  });
});
