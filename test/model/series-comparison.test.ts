import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSeries, FEWEST_VALUES, seriesTest } from '../../src/model/series-comparison.js';
import { seeded } from '../fakes/seeded.js';

/** Normal values by the method of Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Round trips in whose noise each value remembers the one before by so much (AR(1)), with the long tail that queues give. */
function burst(random: () => number, length: number, memory: number, shiftMs = 0): number[] {
  let state = normal(random);
  return Array.from({ length }, () => {
    state = memory * state + Math.sqrt(1 - memory ** 2) * normal(random);
    return 20 + shiftMs + Math.exp(state);
  });
}

const share = (runs: number, found: () => boolean): number => Array.from({ length: runs }, found).filter(Boolean).length / runs;

const ALPHA = 0.05;

describe('two bursts of one and the same network', () => {
  it.each([
    [10, 0],
    [10, 0.3],
    [10, 0.6],
    [50, 0],
    [50, 0.6],
    [100, 0],
    [100, 0.6],
    [100, 0.8],
    [20, 0.8],
    [100, 0.9],
    [300, 0.95],
  ])('of %d values, with a memory of %d, differ in less than 5 percent of all cases', (length, memory) => {
    const random = seeded(4242 + length);
    const falseAlarms = share(600, () => seriesTest(burst(random, length, memory), burst(random, length, memory)).probability <= ALPHA);
    expect(falseAlarms).toBeLessThan(ALPHA);
  });

  it('differ far more often for a test that takes their values for independent', async () => {
    const { rankTest } = await import('../../src/model/rank-test.js');
    const random = seeded(7);
    expect(share(300, () => rankTest(burst(random, 100, 0.8), burst(random, 100, 0.8)).probability <= ALPHA)).toBeGreaterThan(0.3);
  });

  it('are worth fewer values where they hang together', () => {
    const random = seeded(3);
    const [loose, tied] = [0, 0.9].map((memory) => {
      const counts = Array.from({ length: 60 }, () => seriesTest(burst(random, 200, memory), burst(random, 200, memory)).effectiveCounts);
      return counts.reduce((sum, { first }) => sum + first, 0) / counts.length;
    });
    expect(loose).toBeGreaterThan(130);
    expect(tied).toBeLessThan(40);
  });
});

describe('a real shift', () => {
  it.each([
    [10, 0, 15],
    [30, 0.3, 3],
    [100, 0.6, 2],
  ])('is found in most of series of %d values with a memory of %d and %d ms more', (length, memory, shiftMs) => {
    const random = seeded(99);
    const found = share(200, () => seriesTest(burst(random, length, memory), burst(random, length, memory, shiftMs)).probability <= ALPHA);
    expect(found).toBeGreaterThan(0.8);
  });

  it('lies in its interval in at least 93 percent of all cases', () => {
    for (const memory of [0, 0.6]) {
      const random = seeded(11);
      const held = share(200, () => {
        const { shift } = compareSeries(burst(random, 60, memory), burst(random, 60, memory, 3));
        return shift.low <= 3 && 3 <= shift.high;
      });
      expect(held).toBeGreaterThanOrEqual(0.93);
    }
  });
});

describe('the shift', () => {
  const x = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
  const y = [1.15, 0.88, 0.9, 0.74, 1.21, 1.02, 1.3, 0.95];

  it('is the median of all differences', () => {
    const differences = y.flatMap((before) => x.map((after) => after - before)).sort((a, b) => a - b);
    expect(compareSeries(y, x).shift.value).toBeCloseTo(((differences[39] ?? 0) + (differences[40] ?? 0)) / 2, 12);
  });

  it('moves with the values, and turns with the sides', () => {
    const there = compareSeries(x, y).shift;
    const back = compareSeries(y, x).shift;
    expect(there.value).toBeCloseTo(-back.value, 12);
    expect(there.low).toBeCloseTo(-back.high, 12);
    const moved = compareSeries(
      x,
      y.map((value) => value + 5),
    ).shift;
    expect(moved.value).toBeCloseTo(there.value + 5, 9);
  });

  it('of a thousand values is that of as many quantiles', () => {
    const random = seeded(5);
    const [before, after] = [burst(random, 1000, 0), burst(random, 1000, 0, 4)];
    const { value, low, high } = compareSeries(before, after).shift;
    expect(value).toBeGreaterThan(3.8);
    expect(value).toBeLessThan(4.2);
    expect(high - low).toBeLessThan(0.5);
  });
});

describe('series of any kind', () => {
  it('that are too short are refused', () => {
    expect(() => compareSeries(Array(FEWEST_VALUES - 1).fill(1), Array(20).fill(1))).toThrow(RangeError);
  });

  it('without any spread are the same, or surely different only as far as their length proves', () => {
    expect(compareSeries(Array(10).fill(5), Array(10).fill(5))).toMatchObject({ probability: 1, shift: { value: 0, low: 0, high: 0 } });
    const { probability, shift } = compareSeries(Array(10).fill(5), Array(10).fill(9));
    expect(shift).toEqual({ value: 4, low: 4, high: 4 });
    expect(probability).toBeGreaterThan(0);
    expect(probability).toBeLessThan(0.001);
  });

  it('give numbers within their bounds', () => {
    const series = fc.array(fc.double({ min: 0, max: 1e300, noNaN: true }), { minLength: FEWEST_VALUES, maxLength: 40 });
    fc.assert(
      fc.property(series, series, (first, second) => {
        const { probability, shift, effectiveCounts } = compareSeries(first, second);
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
        expect(shift.low).toBeLessThanOrEqual(shift.value);
        expect(shift.high).toBeGreaterThanOrEqual(shift.value);
        expect(effectiveCounts.first).toBeLessThanOrEqual(first.length);
      }),
      { numRuns: 60 },
    );
  });
});
