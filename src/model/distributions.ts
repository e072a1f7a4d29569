import { betaDistribution } from './binomial.js';

/** The normal and Student's t distribution, as far as a test of two series needs them. Pure. */

/** From here on the continued fraction converges quicker than the series. */
const FAR = 2;
const FRACTION_TERMS = 80;
const SERIES_TERMS = 100;

/** Probability that a standard normal value lies as far from 0 as `z` or farther, both sides together. */
export function normalTwoSided(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (x < FAR) {
    let [term, sum] = [x, x];
    for (let n = 1; n < SERIES_TERMS && term > sum * Number.EPSILON; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return Math.max(0, 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum);
  }
  let fraction = x;
  for (let k = FRACTION_TERMS; k >= 1; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}

/** The same of Student's t with so many degrees of freedom, of which there may be a fraction. */
export function studentTwoSided(t: number, degrees: number): number {
  const square = t * t;
  if (square === Number.POSITIVE_INFINITY) return 0;
  return betaDistribution(degrees / (degrees + square), degrees / 2, 0.5);
}

const LARGEST_QUANTILE = 1e6;
const HALVINGS = 80;

/** The value that Student's t exceeds, to both sides together, with this probability. */
export function studentQuantile(probability: number, degrees: number): number {
  let [low, high] = [0, LARGEST_QUANTILE];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, degrees) > probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
