import { describe, expect, it } from 'vitest';
import { correctedProbabilities } from '../../src/model/multiple-tests.js';

const able = (...probabilities: number[]) => probabilities.map((probability) => ({ probability, smallestProbability: 0 }));
const rounded = (values: readonly (number | null)[]) => values.map((value) => (value === null ? null : Number(value.toFixed(10))));

describe('corrected probabilities', () => {
  it('are those of R\'s p.adjust(c(.03, .01, .05, .02, .04), "holm")', () => {
    expect(rounded(correctedProbabilities(able(0.03, 0.01, 0.05, 0.02, 0.04), 0.05))).toEqual([0.09, 0.05, 0.09, 0.08, 0.09]);
  });

  it('never exceed 1, and one test needs no correction', () => {
    expect(correctedProbabilities(able(0.6, 0.7), 0.05)).toEqual([1, 1]);
    expect(correctedProbabilities(able(0.03), 0.05)).toEqual([0.03]);
    expect(correctedProbabilities([], 0.05)).toEqual([]);
  });

  it('do not count tests that could not have come out significant (Tarone 1990)', () => {
    const hopeless = { probability: 0.3, smallestProbability: 0.2 };
    expect(correctedProbabilities([hopeless, ...able(0.02), hopeless, hopeless], 0.05)).toEqual([null, 0.02, null, null]);
  });

  it('count those that could, were there only as few of them', () => {
    // At 0.05 / 2 and above both are able, at 0.05 / 3 neither of the weak ones is.
    const weak = { probability: 0.02, smallestProbability: 0.02 };
    expect(correctedProbabilities([weak, weak], 0.05)).toEqual([0.04, 0.04]);
    expect(correctedProbabilities([weak, weak, ...able(0.001)], 0.05)).toEqual([null, null, 0.001]);
  });
});
