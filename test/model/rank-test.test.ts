import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { midranks, rankTest } from '../../src/model/rank-test.js';

/** Examples of R's own help on wilcox.test, where W counts the pairs in which a value of the first argument is the larger. */
const PERMEABILITY = {
  x: [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46],
  y: [1.15, 0.88, 0.9, 0.74, 1.21],
};
const OZONE = {
  may: [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37],
  august: [39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85],
};

describe('the rank test', () => {
  it('is that of wilcox.test(x, y): W = 35, p-value = 0.2544, exact', () => {
    const { pairs, probability } = rankTest(PERMEABILITY.y, PERMEABILITY.x);
    expect(pairs).toBe(35);
    expect(probability).toBeCloseTo(0.2544, 4);
  });

  it('is that of wilcox.test(Ozone ~ Month, airquality, Month %in% c(5, 8)): W = 127.5, p-value = 0.0001208, with ties', () => {
    const { pairs, probability } = rankTest(OZONE.august, OZONE.may);
    expect(pairs).toBe(127.5);
    expect(probability).toBeCloseTo(0.000_120_8, 7);
  });

  it('is that of scipy.stats.mannwhitneyu of its documentation: U = 17, p = 0.1111, exact', () => {
    const { pairs, probability } = rankTest([20, 11, 17, 12], [19, 22, 16, 29, 24]);
    expect(pairs).toBe(17);
    expect(probability).toBeCloseTo(1 / 9, 12);
  });

  it('counts out complete separation: two of all ways to mix the series', () => {
    const { probability, smallestProbability } = rankTest([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]);
    expect(probability).toBeCloseTo(2 / 252, 12);
    expect(smallestProbability).toBeCloseTo(2 / 252, 12);
  });

  it('finds nothing where all values are equal', () => {
    expect(rankTest([7, 7, 7], [7, 7, 7])).toEqual({ pairs: 4.5, probability: 1, smallestProbability: 1, variance: 0 });
  });

  it('goes over from counting to the normal distribution without a step', () => {
    const [a, b] = [Array.from({ length: 49 }, (_, index) => index * 2), Array.from({ length: 49 }, (_, index) => index * 2 + 25)];
    const longer = Array.from({ length: 50 }, (_, index) => index * 2);
    const longerToo = Array.from({ length: 50 }, (_, index) => index * 2 + 25);
    expect(Math.abs(rankTest(a, b).probability - rankTest(longer, longerToo).probability)).toBeLessThan(0.003);
  });

  it('takes no side, and has no probability beyond its bounds', () => {
    const series = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(series, series, (first, second) => {
        const there = rankTest(first, second);
        const back = rankTest(second, first);
        expect(there.pairs + back.pairs).toBeCloseTo(first.length * second.length, 9);
        expect(there.probability).toBeCloseTo(back.probability, 9);
        expect(there.probability).toBeLessThanOrEqual(1);
        expect(there.probability).toBeGreaterThanOrEqual(there.smallestProbability * (1 - 1e-9));
      }),
      { numRuns: 60 },
    );
  });
});

describe('midranks', () => {
  it('share the mean where values are equal', () => {
    const { ranks, tieTerm } = midranks([10, 20, 20, 5, 20]);
    expect([...ranks]).toEqual([2, 4, 4, 1, 4]);
    expect(tieTerm).toBe(27 - 3);
  });
});
