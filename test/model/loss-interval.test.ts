import { describe, expect, it } from 'vitest';
import { betaDistribution, betaQuantile, logChoose } from '../../src/model/binomial.js';
import { countToExclude, designEffect, exactInterval, lossInterval } from '../../src/model/loss-interval.js';
import { needsMore } from '../../src/probes/round-trip/more.js';
import { seeded } from '../fakes/seeded.js';

const lostOf = (pattern: string): boolean[] => [...pattern].map((mark) => mark === 'x');

describe('the beta distribution', () => {
  it.each([
    [0.5, 2, 2, 0.5],
    [0.1, 1, 1, 0.1],
    [0.2, 3, 5, 0.148032],
    [0.01, 4, 197, 0.14197],
  ])('at %d of (%d, %d) is %d', (x, a, b, expected) => {
    expect(betaDistribution(x, a, b)).toBeCloseTo(expected, 3);
  });

  it('and its quantile undo each other', () => {
    for (const p of [0.001, 0.025, 0.5, 0.975]) expect(betaDistribution(betaQuantile(p, 3.5, 97), 3.5, 97)).toBeCloseTo(p, 9);
  });

  it('counts ways', () => {
    expect(Math.exp(logChoose(10, 3))).toBeCloseTo(120, 8);
    expect(logChoose(3, 4)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('exactInterval', () => {
  // Published tables of Clopper-Pearson limits.
  it.each([
    [0, 20, 0, 0.1684],
    [1, 10, 0.0025, 0.445],
    [5, 100, 0.0164, 0.1128],
    [10, 10, 0.6915, 1],
  ])('of %d of %d', (hits, trials, low, high) => {
    const interval = exactInterval(hits, trials);
    expect(interval?.lowRatio).toBeCloseTo(low, 4);
    expect(interval?.highRatio).toBeCloseTo(high, 4);
  });

  it('is none without a packet', () => {
    expect(exactInterval(0, 0)).toBeNull();
    expect(lossInterval([])).toBeNull();
  });

  it('knows how many it takes', () => {
    expect(countToExclude(0.01)).toBe(368);
    expect(exactInterval(0, 368)?.highRatio).toBeLessThanOrEqual(0.01);
    expect(exactInterval(0, 366)?.highRatio).toBeGreaterThan(0.01);
  });
});

describe('designEffect', () => {
  it('is 1 where losses are spread by chance', () => {
    expect(designEffect(lostOf('.x...x......x....x..'))).toBe(1);
    expect(designEffect(lostOf('....'))).toBe(1);
    expect(designEffect(lostOf('xxxx'))).toBe(1);
  });

  it('grows with the bursts, and never beyond the number of packets', () => {
    const burst = (length: number) => lostOf('.'.repeat(95) + 'x'.repeat(length) + '.'.repeat(105 - length));
    expect(designEffect(burst(5))).toBeGreaterThan(4);
    expect(designEffect(burst(20))).toBeGreaterThan(designEffect(burst(5)));
    expect(designEffect(lostOf(`${'.'.repeat(50)}${'x'.repeat(50)}`))).toBeLessThanOrEqual(100);
  });

  it('widens the interval of a burst on both sides', () => {
    const spread = lossInterval(lostOf('.........x'.repeat(10)));
    const inARow = lossInterval(lostOf(`${'.'.repeat(45)}${'x'.repeat(10)}${'.'.repeat(45)}`));
    expect(inARow?.lowRatio).toBeLessThan(spread?.lowRatio ?? 0);
    expect(inARow?.highRatio).toBeGreaterThan(spread?.highRatio ?? 1);
  });
});

describe('the interval holds the truth', () => {
  const share = (runs: number, held: () => boolean): number => Array.from({ length: runs }, held).filter(Boolean).length / runs;

  it.each([0, 0.005, 0.01, 0.05, 0.2])('of independent loss of %d in at least 93 percent of series of 200', (truth) => {
    const random = seeded(1234);
    const held = share(1000, () => {
      const interval = lossInterval(Array.from({ length: 200 }, () => random() < truth));
      return interval !== null && interval.lowRatio <= truth && truth <= interval.highRatio;
    });
    expect(held).toBeGreaterThanOrEqual(0.93);
  });

  it.each([0.005, 0.01, 0.02, 0.05])('in about as many of series that go on while undecided, with a loss of %d', (truth) => {
    const random = seeded(99);
    const held = share(500, () => {
      const lost = Array.from({ length: 100 }, () => random() < truth);
      while (needsMore(lost, { maximumCount: 500, decideRatio: 0.01 })) for (let more = 0; more < 50; more++) lost.push(random() < truth);
      const interval = lossInterval(lost);
      return interval !== null && interval.lowRatio <= truth && truth <= interval.highRatio;
    });
    expect(held).toBeGreaterThanOrEqual(0.92);
  });

  it.each([
    [0.05, 3],
    [0.1, 5],
  ])('in most of series with a loss of %d in bursts of %d on average', (truth, burst) => {
    const random = seeded(7);
    const [leave, enter] = [1 / burst, truth / (1 - truth) / burst];
    const held = share(500, () => {
      let losing = random() < truth;
      const lost = Array.from({ length: 400 }, () => {
        const now = losing;
        losing = losing ? random() >= leave : random() < enter;
        return now;
      });
      const interval = lossInterval(lost);
      return interval !== null && interval.lowRatio <= truth && truth <= interval.highRatio;
    });
    expect(held).toBeGreaterThanOrEqual(0.9);
  });
});

describe('needsMore', () => {
  const extend = { maximumCount: 500, decideRatio: 0.01 };
  it.each([
    ['nothing was lost', '.'.repeat(100), false],
    ['everything was lost', 'x'.repeat(100), false],
    ['one of a hundred was lost', `${'.'.repeat(99)}x`, true],
    ['ten of a hundred were lost', '.........x'.repeat(10), false],
    ['there may be no more', `${'.'.repeat(499)}x`, false],
  ])('where %s', (_, pattern, expected) => {
    expect(needsMore(lostOf(pattern), extend)).toBe(expected);
  });
});
