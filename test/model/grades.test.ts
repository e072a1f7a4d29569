import { expect, it } from 'vitest';
import { grade, gradeAtLeast, gradeProcessTime, judgedPercentile, judgedTimeMs, withoutOwnDelay } from '../../src/model/grades.js';
import { reachedGrade } from '../../src/model/limits.js';

const RISING = { objective: 2, acceptable: 20, critical: 100 };
const FALLING = { objective: 1500, acceptable: 1280, critical: 576 };

it.each([
  [0, 'pass'],
  [20, 'pass'],
  [20.1, 'warn'],
  [100, 'warn'],
  [100.1, 'fail'],
])('of what is better when less, %d is a %s', (value, expected) => {
  expect(grade(value, RISING)).toBe(expected);
});

it.each([
  [9000, 'pass'],
  [1280, 'pass'],
  [1279, 'warn'],
  [576, 'warn'],
  [575, 'fail'],
])('of what is better when more, %d is a %s', (value, expected) => {
  expect(gradeAtLeast(value, FALLING)).toBe(expected);
});

it('takes our own delay off a time, and no more than there is', () => {
  expect([withoutOwnDelay(30, 12), withoutOwnDelay(30, 50), withoutOwnDelay(30, null)]).toEqual([18, 0, 30]);
  expect([gradeProcessTime(30, 12, RISING), gradeProcessTime(30, null, RISING)]).toEqual(['pass', 'warn']);
});

it('judges a time as it was measured where it passes so', () => {
  expect([judgedTimeMs(18, 12, RISING), judgedTimeMs(30, 12, RISING), judgedTimeMs(30, 50, RISING)]).toEqual([18, 18, 0]);
});

it.each([
  [undefined, 1000, 'p50'],
  ['p95', 19, 'p50'],
  ['p95', 20, 'p95'],
  ['p99', 99, 'p50'],
  ['p99', 100, 'p99'],
] as const)('judges %s of %d samples by %s', (percentile, samples, expected) => {
  expect(judgedPercentile(percentile === undefined ? {} : { percentile }, samples)).toBe(expected);
});

const reached = (metric: string, grades: typeof RISING, value: number) =>
  reachedGrade({ metric, value, unit: 'ms', ...grades, source: 'a test' });

it.each([
  [2, 'objective'],
  [20, 'acceptable'],
  [100, 'missed'],
  [101, 'critical'],
])('a round trip of %d ms reaches: %s', (value, expected) => {
  expect(reached('rttMs', RISING, value)).toBe(expected);
});

it.each([
  [1500, 'objective'],
  [1400, 'acceptable'],
  [1000, 'missed'],
  [500, 'critical'],
])('a path MTU of %d reaches: %s', (value, expected) => {
  expect(reached('expectedMtuBytes', FALLING, value)).toBe(expected);
});

it('knows which way is better by the metric, otherwise by the order of its grades', () => {
  const same = { objective: 10, acceptable: 10, critical: 10 };
  expect([reached('rttMs', same, 11), reached('certificateRemainingDays', same, 11)]).toEqual(['critical', 'objective']);
  expect([reached('of tomorrow', RISING, 1), reached('of tomorrow', FALLING, 1)]).toEqual(['objective', 'critical']);
  expect(reached('toString', RISING, 101)).toBe('critical');
});
