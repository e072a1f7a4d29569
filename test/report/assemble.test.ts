import { describe, expect, it } from 'vitest';
import type { Check, CheckStatus } from '../../src/model/report.js';
import { parseTarget } from '../../src/model/target.js';
import { assembleReport } from '../../src/report/assemble.js';

function check(id: string, status: CheckStatus, measurement = 'm1'): Check {
  const target = id.split('@')[1] ?? null;
  const code = status === 'fail' || status === 'warn' ? 'loss-upstream' : null;
  return {
    id,
    layer: 3,
    title: id,
    target,
    status,
    code,
    observed: 'x',
    expected: null,
    remedy: null,
    because: null,
    measurements: [measurement],
  };
}

function verdict(command: string, checks: Check[], targets = ['a.example']): string {
  return report(command, checks, targets).verdict;
}

function report(command: string, checks: Check[], targets = ['a.example']) {
  return assembleReport({
    command,
    version: '0',
    startedAt: new Date(0),
    durationMs: 1,
    partial: false,
    host: {
      hostname: 'h',
      platform: 'linux',
      release: '',
      arch: 'x64',
      system: null,
      virtualization: null,
      container: null,
      node: 'v20',
      nativeSockets: 'present',
    },
    policy: 'default',
    targets: targets.flatMap((text) => {
      const outcome = parseTarget(text);
      return outcome.ok ? [outcome.target] : [];
    }),
    checks,
    measurements: [],
  });
}

describe('the verdict', () => {
  it('is the worst of the checks', () => {
    expect(verdict('full-report', [check('l3.a@a.example', 'pass'), check('l3.b@a.example', 'warn')])).toBe('warn');
    expect(verdict('full-report', [check('l3.a@a.example', 'fail'), check('l3.b@a.example', 'warn')])).toBe('fail');
    expect(verdict('full-report', [check('l3.a@a.example', 'pass'), check('l3.b@a.example', 'skip')])).toBe('pass');
  });

  it('is no pass where nothing was judged', () => {
    expect(verdict('full-report', [check('l3.a@a.example', 'skip')])).toBe('warn');
    expect(verdict('full-report', [])).toBe('warn');
  });

  it('is no pass where the question of the command stayed open, be it for one target of several', () => {
    expect(verdict('mtu', [check('l3.mtu@a.example', 'skip'), check('l7.name@a.example', 'pass')])).toBe('warn');
    const both = ['a.example', 'b.example'];
    expect(verdict('mtu', [check('l3.mtu@a.example', 'pass'), check('l3.mtu@b.example', 'skip')], both)).toBe('warn');
    expect(verdict('mtu', [check('l3.mtu@a.example', 'pass'), check('l3.mtu@b.example', 'pass')], both)).toBe('pass');
  });
});

describe('the checklist', () => {
  it('has each id once, with the worse finding and the measurements of both', () => {
    const made = report('full-report', [check('l3.sending@a.example', 'pass', 'm1'), check('l3.sending@a.example', 'fail', 'm2')]);
    expect(made.checks).toMatchObject([{ id: 'l3.sending@a.example', status: 'fail', measurements: ['m1', 'm2'] }]);
  });

  it('goes from the bottom layer up, the machine before the targets', () => {
    const seven = { ...check('l7.http@a.example', 'pass'), layer: 7 as const };
    const made = report('full-report', [
      seven,
      check('l3.loss@a.example', 'pass'),
      { ...check('l2.interface', 'pass'), layer: 2 },
      check('l3.route', 'pass'),
    ]);
    expect(made.checks.map(({ id }) => id)).toEqual(['l2.interface', 'l3.route', 'l3.loss@a.example', 'l7.http@a.example']);
  });
});

it('keeps the number of a check where it was judged by it, and not where it was excused or skipped', () => {
  const grades = { metric: 'rttMs', unit: 'ms', objective: 1, acceptable: 10, critical: 50, source: 'a test' } as const;
  const kept = (status: CheckStatus, value: number) =>
    report('latency', [{ ...check('l3.latency@a.example', status), budget: { ...grades, value } }]).checks[0]?.budget?.value;
  expect([kept('pass', 9), kept('warn', 20), kept('fail', 60)]).toEqual([9, 20, 60]);
  // Another look found it well, whatever this one took.
  expect([kept('pass', 20), kept('skip', 9)]).toEqual([undefined, undefined]);
});
