import { betaQuantile, logChoose } from './binomial.js';

export interface LossInterval {
  lowRatio: number;
  highRatio: number;
  confidence: number;
}

const CONFIDENCE = 0.95;

/**
 * Interval of Clopper and Pearson (1934): it holds the true share in at least 95 % of all cases, whatever that share is. Wilson's is
 * narrower, and holds 0.5 % of 200 packets in 92 % of cases only. Takes fractions, as an effective number of packets is one (Korn and
 * Graubard 1998). `null` without trials.
 */
export function exactInterval(hits: number, trials: number): LossInterval | null {
  if (trials <= 0) return null;
  const tail = (1 - CONFIDENCE) / 2;
  return {
    lowRatio: hits <= 0 ? 0 : betaQuantile(tail, hits, trials - hits + 1),
    highRatio: hits >= trials ? 1 : betaQuantile(1 - tail, hits + 1, trials - hits),
    confidence: CONFIDENCE,
  };
}

/**
 * The interval of the loss of a series, in the order sent. Where losses follow each other more often than chance explains, packets next to
 * each other tell less than they would by themselves: the interval is that of as many independent ones as they are worth.
 */
export function lossInterval(lost: readonly boolean[]): LossInterval | null {
  const hits = lost.filter(Boolean).length;
  const worth = 1 / designEffect(lost);
  return exactInterval(hits * worth, lost.length * worth);
}

/** So rare must few bursts be by chance before they count as such. */
const SIGNIFICANCE = 0.05;

/**
 * By how much the variance of the loss is larger than that of independent losses: 1 where bursts are no more than chance. Otherwise that of
 * a chain of two states (Gilbert): (1 + r) / (1 − r), r being the correlation of neighbours.
 */
export function designEffect(lost: readonly boolean[]): number {
  const trials = lost.length;
  const hits = lost.filter(Boolean).length;
  if (hits < 2 || hits > trials - 2) return 1;
  let bursts = 0;
  for (let index = 0; index < trials; index++) if (lost[index] === true && lost[index - 1] !== true) bursts++;
  if (probabilityOfBursts(hits, trials, bursts) > SIGNIFICANCE) return 1;
  // Half a case is added to each kind, so that a single burst at the end has no correlation of 1.
  const followers = hits - bursts;
  const afterLoss = (followers + 0.5) / (hits - (lost[trials - 1] === true ? 1 : 0) + 1);
  const afterReply = (bursts - (lost[0] === true ? 1 : 0) + 0.5) / (trials - hits - (lost[trials - 1] === true ? 0 : 1) + 1);
  const correlation = Math.max(0, afterLoss - afterReply);
  return Math.min(trials, (1 + correlation) / (1 - correlation));
}

/** Probability of so few bursts or fewer, were the losses spread by chance: the runs of Wald and Wolfowitz (1940), counted exactly. */
function probabilityOfBursts(hits: number, trials: number, bursts: number): number {
  const all = logChoose(trials, hits);
  let sum = 0;
  for (let count = 1; count <= bursts; count++) {
    sum += Math.exp(logChoose(hits - 1, count - 1) + logChoose(trials - hits + 1, count) - all);
  }
  return sum;
}

/** How many probes without a single loss it takes to say that the loss is below this ratio. */
export function countToExclude(ratio: number): number {
  return Math.ceil(Math.log((1 - CONFIDENCE) / 2) / Math.log1p(-ratio));
}
