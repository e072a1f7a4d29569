import { describe, expect, it } from 'vitest';
import { exitStatus, type FailOn, internalErrors } from '../../src/cli/exit-status.js';
import { interruptStatus } from '../../src/cli/interrupt.js';
import type { Verdict } from '../../src/model/report.js';
import { healthy } from '../fakes/reports.js';

describe('the exit status', () => {
  it.each<[Verdict, FailOn, number]>([
    ['pass', 'fail', 0],
    ['warn', 'fail', 0],
    ['fail', 'fail', 1],
    ['pass', 'warn', 0],
    ['warn', 'warn', 1],
    ['fail', 'warn', 1],
    ['fail', 'never', 0],
  ])('of a verdict of %s with --fail-on %s is %i', (verdict, failOn, status) => {
    expect(exitStatus({ verdict, partial: false, measurements: [] }, failOn, null)).toBe(status);
  });

  it('is that of the signal where the run was cut short, whatever the verdict', () => {
    expect(exitStatus({ verdict: 'fail', partial: true, measurements: [] }, 'never', 130)).toBe(130);
    expect(exitStatus({ verdict: 'pass', partial: true, measurements: [] }, 'fail', 143)).toBe(143);
  });

  it('is that of the verdict where the signal came after the run', () => {
    expect(exitStatus({ verdict: 'fail', partial: false, measurements: [] }, 'fail', 130)).toBe(1);
  });

  it('is 3 where a probe of ours went wrong and nothing else is to be told, however little may fail the run', () => {
    const attempt = { kind: 'failed', step: 'configure', code: 'internal', message: 'a bug' } as const;
    const measurements = healthy().measurements.map((made, index) => (index === 0 ? { ...made, attempt } : made));
    expect(exitStatus({ verdict: 'pass', partial: false, measurements }, 'fail', null)).toBe(3);
    expect(exitStatus({ verdict: 'warn', partial: false, measurements }, 'never', null)).toBe(3);
    expect(exitStatus({ verdict: 'fail', partial: false, measurements }, 'fail', null)).toBe(1);
    expect(internalErrors({ measurements })).toEqual([expect.stringMatching(/^\S.*: a bug$/)]);
  });
});

describe('interruptStatus', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('of %s is %i', (signal, status) => {
    const controller = new AbortController();
    expect(interruptStatus(controller.signal)).toBeNull();
    controller.abort(Object.assign(new Error(signal), { signal }));
    expect(interruptStatus(controller.signal)).toBe(status);
  });
});
