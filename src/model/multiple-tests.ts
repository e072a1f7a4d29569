/** One of several tests that are made together. */
export interface Tested {
  probability: number;
  /** What it cannot fall below, whatever was measured: few values cannot prove much. */
  smallestProbability: number;
}

/**
 * Probabilities corrected for the number of tests, so that the probability of even one false alarm among all of them stays below `alpha`
 * (Holm 1979). Tests that could not have come out significant whatever was measured are not counted (Tarone 1990): for those `null`.
 * The correction holds however the tests depend on each other.
 */
export function correctedProbabilities(tests: readonly Tested[], alpha: number): (number | null)[] {
  const counted = testable(tests, alpha);
  const corrected = tests.map((): number | null => null);
  let [largest, left] = [0, counted.length];
  for (const { index, probability } of counted.sort((a, b) => a.probability - b.probability)) {
    largest = Math.min(1, Math.max(largest, probability * left));
    corrected[index] = largest;
    left--;
  }
  return corrected;
}

/** Those that can come below alpha / k, for the smallest k that is not exceeded by their number. */
function testable(tests: readonly Tested[], alpha: number): { index: number; probability: number }[] {
  for (let k = 1; ; k++) {
    const able = tests.flatMap(({ probability, smallestProbability }, index) =>
      smallestProbability <= alpha / k ? [{ index, probability }] : [],
    );
    // Fewer are able with every step, so that this ends at the number of tests at the latest.
    if (able.length <= k) return able;
  }
}
