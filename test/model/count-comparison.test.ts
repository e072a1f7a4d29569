import { describe, expect, it } from 'vitest';
import { exactTest, shareDifference } from '../../src/model/count-comparison.js';

const of = (hits: number, trials: number) => ({ hits, trials });

describe("Fisher's exact test", () => {
  // Examples of R's own help on fisher.test: TeaTasting and Convictions, two-sided.
  it.each([
    [of(3, 4), of(1, 4), 0.4857],
    [of(2, 12), of(15, 18), 0.000_536_7],
  ])('of %j and %j is that of R: %d', (first, second, probability) => {
    expect(exactTest(first, second).probability / probability).toBeCloseTo(1, 3);
    expect(exactTest(second, first).probability / probability).toBeCloseTo(1, 3);
  });

  it('proves nothing where nothing was hit', () => {
    expect(exactTest(of(0, 100), of(0, 100))).toEqual({ probability: 1, smallestProbability: 1 });
    expect(exactTest(of(5, 5), of(7, 7)).probability).toBe(1);
  });

  it('knows the least that so few can come to', () => {
    // All three in one of two series of ten: 120 ways of 1140, and as many on the other side.
    expect(exactTest(of(0, 10), of(3, 10)).smallestProbability).toBeCloseTo(240 / 1140, 9);
    expect(exactTest(of(0, 10), of(3, 10)).probability).toBeCloseTo(240 / 1140, 9);
    expect(exactTest(of(1, 10), of(2, 10)).smallestProbability).toBeCloseTo(240 / 1140, 9);
  });

  it('stays exact and quick with a hundred thousand packets', () => {
    expect(exactTest(of(100, 100_000), of(110, 100_000)).probability).toBeGreaterThan(0.4);
    expect(exactTest(of(100, 100_000), of(200, 100_000)).probability).toBeLessThan(1e-7);
    expect(exactTest(of(0, 100), of(100, 100)).probability).toBeLessThan(1e-50);
  });
});

describe('the difference of two shares', () => {
  it('has the interval of Newcombe (1998), table II, example (a): 56/70 less 48/80', () => {
    const difference = shareDifference(of(48, 80), of(56, 70));
    expect(difference?.value).toBeCloseTo(0.2, 9);
    expect(difference?.low).toBeCloseTo(0.0524, 4);
    expect(difference?.high).toBeCloseTo(0.3339, 4);
  });

  it('is none without trials', () => {
    expect(shareDifference(of(0, 0), of(1, 2))).toBeNull();
  });
});
