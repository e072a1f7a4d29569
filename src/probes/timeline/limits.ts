/**
 * Whether losses look as those of a host that limits how often it answers: after a burst its answers come evenly, one each time that it may.
 * Losses on the way come at random. Pure.
 */

/** Fewer losses, or fewer answers behind the first loss, show no pattern. */
const FEWEST_LOST = 8;
const FEWEST_ANSWERS = 6;
/** Variance of the gaps between answers, against that of chance: 1 by chance, next to 0 for a clock. */
const EVEN = 0.5;
/** A machine that is busy sends and hears unevenly: between the two it is not told. */
const RANDOM = 0.75;
/** From this share of all losses in one row on, it is a window and no pattern. */
const ONE_WINDOW = 0.5;

/** @param lost each probe in the order sent */
export function patternOfLoss(lost: readonly boolean[]): 'even' | 'random' | null {
  const hits = lost.filter(Boolean).length;
  const first = lost.indexOf(true);
  if (hits < FEWEST_LOST) return null;
  const answers = lost.flatMap((isLost, index) => (isLost || index < first ? [] : [index]));
  const gaps = answers.slice(1).map((index, place) => index - (answers[place] ?? 0));
  if (gaps.length < FEWEST_ANSWERS || Math.max(...gaps) - 1 >= ONE_WINDOW * hits) return null;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  // Of a geometric distribution with that mean.
  const byChance = mean * (mean - 1);
  return variance < EVEN * byChance ? 'even' : variance >= RANDOM * byChance ? 'random' : null;
}
