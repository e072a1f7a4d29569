import { describe, expect, it } from 'vitest';
import { normalTwoSided, studentQuantile, studentTwoSided } from '../../src/model/distributions.js';

describe('the normal distribution', () => {
  // R: 2 * pnorm(-z)
  it.each([
    [0, 1],
    [0.5, 0.617_075_077_451_974],
    [1.959_963_984_540_054, 0.05],
    [2.828_427_124_746_19, 0.004_677_734_981_047_27],
    [3, 0.002_699_796_063_260_19],
    [6, 1.973_175_290_075_4e-9],
  ])('beyond %d lies %d', (z, probability) => {
    expect(normalTwoSided(z) / probability).toBeCloseTo(1, 9);
    expect(normalTwoSided(-z)).toBe(normalTwoSided(z));
  });

  it('has nothing beyond all bounds', () => {
    expect(normalTwoSided(Number.POSITIVE_INFINITY)).toBe(0);
    expect(normalTwoSided(40)).toBeGreaterThanOrEqual(0);
  });
});

describe("Student's t", () => {
  // Printed tables of critical values, two-sided.
  it.each([
    [0.05, 1, 12.706],
    [0.05, 4, 2.776],
    [0.01, 4, 4.604],
    [0.05, 10, 2.228],
    [0.001, 10, 4.587],
    [0.05, 120, 1.98],
  ])('exceeds with probability %d and %d degrees of freedom %d', (probability, degrees, value) => {
    expect(studentQuantile(probability, degrees)).toBeCloseTo(value, 3);
    expect(studentTwoSided(studentQuantile(probability, degrees), degrees)).toBeCloseTo(probability, 9);
  });

  it('takes fractions of degrees, and lies between its neighbours', () => {
    expect(studentTwoSided(2, 3.5)).toBeLessThan(studentTwoSided(2, 3));
    expect(studentTwoSided(2, 3.5)).toBeGreaterThan(studentTwoSided(2, 4));
  });

  it('has nothing beyond all bounds', () => {
    expect(studentTwoSided(Number.POSITIVE_INFINITY, 4)).toBe(0);
    expect(studentTwoSided(1e200, 4)).toBe(0);
    expect(studentTwoSided(0, 4)).toBe(1);
  });
});
