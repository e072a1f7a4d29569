import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  interarrivalJitterMs,
  meanConsecutiveDifferenceMs,
  percentile,
  rttStatistics,
  wilsonInterval,
} from '../../src/model/statistics.js';

describe('rttStatistics', () => {
  it('is null where nothing was measured', () => {
    expect(rttStatistics([])).toBeNull();
  });

  it('has no spread with one sample', () => {
    expect(rttStatistics([4])).toEqual({ min: 4, mean: 4, p50: 4, p95: 4, p99: 4, max: 4, stddev: null });
  });

  it('gives percentiles by nearest rank and the deviation of the sample', () => {
    // 1..10: textbook values; the sample deviation of 1..10 is sqrt(55/6).
    expect(rttStatistics([10, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({
      min: 1,
      mean: 5.5,
      p50: 5,
      p95: 10,
      p99: 10,
      max: 10,
      stddev: Math.sqrt(55 / 6),
    });
  });

  it('returns only values that were measured, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 1 }), (rtts) => {
        const statistics = rttStatistics(rtts);
        if (statistics === null) throw new Error('no statistics');
        const { min, p50, p95, p99, max } = statistics;
        expect([min, p50, p95, p99, max]).toEqual([min, p50, p95, p99, max].sort((a, b) => a - b));
        for (const value of [min, p50, p95, p99, max]) expect(rtts).toContain(value);
      }),
    );
  });
});

describe('percentile', () => {
  it.each([
    [0, 15],
    [5, 15],
    [30, 20],
    [40, 20],
    [50, 35],
    [100, 50],
  ])('%d of 15 20 35 40 50 is %d', (p, value) => {
    expect(percentile([15, 20, 35, 40, 50], p)).toBe(value);
  });
});

describe('interarrivalJitterMs', () => {
  it('follows the recurrence of RFC 3550', () => {
    // D = 2, then 4: J = 2/16, then J + (4 - J)/16.
    const first = 2 / 16;
    expect(interarrivalJitterMs([10, 12, 8])).toBeCloseTo(first + (4 - first) / 16, 12);
  });

  it('takes no difference over a lost sample', () => {
    expect(interarrivalJitterMs([10, null, 50])).toBeNull();
    expect(interarrivalJitterMs([10, 12, null, 90])).toBeCloseTo(2 / 16, 12);
  });

  it('is null below two samples, and 0 for even ones', () => {
    expect(interarrivalJitterMs([7])).toBeNull();
    expect(interarrivalJitterMs([7, 7, 7])).toBe(0);
  });
});

describe('meanConsecutiveDifferenceMs', () => {
  it('averages absolute differences of neighbours', () => {
    expect(meanConsecutiveDifferenceMs([1, 3, 2])).toBe(1.5);
    expect(meanConsecutiveDifferenceMs([null, 3])).toBeNull();
  });
});

describe('wilsonInterval', () => {
  it.each([
    // Values of R: prop.test(x, n, correct = FALSE)$conf.int
    [0, 100, 0, 0.0369935],
    [1, 100, 0.001767, 0.0544862],
    [50, 100, 0.4038315, 0.5961685],
    [5, 10, 0.2365931, 0.7634069],
    [10, 10, 0.7224672, 1],
  ])('%d of %d is from %d to %d', (hits, trials, low, high) => {
    const interval = wilsonInterval(hits, trials);
    expect(interval?.lowRatio).toBeCloseTo(low, 5);
    expect(interval?.highRatio).toBeCloseTo(high, 5);
  });

  it('is null without trials', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  it('always holds the measured proportion', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, share) => {
        const hits = Math.round(trials * share);
        const interval = wilsonInterval(hits, trials);
        expect(interval?.lowRatio).toBeLessThanOrEqual(hits / trials + 1e-12);
        expect(interval?.highRatio).toBeGreaterThanOrEqual(hits / trials - 1e-12);
      }),
    );
  });
});
