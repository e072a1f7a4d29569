import { describe, expect, it } from 'vitest';
import { patternOfLoss } from '../../../src/probes/timeline/limits.js';
import { seeded } from '../../fakes/seeded.js';

/** A bucket of tokens: so many at once, and then `perSecond`, to packets 12 ms apart. */
function limited(perSecond: number, burst: number, count = 100): boolean[] {
  let tokens = burst;
  return Array.from({ length: count }, () => {
    tokens = Math.min(burst, tokens + (perSecond * 12) / 1000);
    if (tokens < 1) return true;
    tokens--;
    return false;
  });
}

describe('patternOfLoss', () => {
  it.each([
    [10, 5],
    [10, 20],
    [20, 5],
    [50, 5],
    [60, 10],
  ])('%d answers a second, %d at once: evenly', (perSecond, burst) => {
    expect(patternOfLoss(limited(perSecond, burst))).toBe('even');
  });

  it.each([0.3, 0.4, 0.5])('a loss of %d is at random in nearly every series', (ratio) => {
    const random = seeded(ratio * 100);
    let even = 0;
    for (let trial = 0; trial < 500; trial++) {
      if (patternOfLoss(Array.from({ length: 100 }, () => random() < ratio)) === 'even') even++;
    }
    expect(even / 500).toBeLessThan(0.02);
  });

  it.each([
    ['nothing was lost', Array.from({ length: 100 }, () => false)],
    ['everything was', Array.from({ length: 100 }, () => true)],

    ['two answers a second leave too few', limited(2, 3)],
  ])('says nothing where %s', (_, lost) => {
    expect(patternOfLoss(lost)).toBeNull();
  });
});
