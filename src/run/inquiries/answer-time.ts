import type { TargetOutcome } from '../target-outcome.js';

/** An answer is waited for so many times as long as the slowest took that the sweep has had from the target. */
const TIMES = 4;

/** How long an answer from the way to a target is waited for, in milliseconds; the longest where nothing is known of it. */
export function longestAnswerMs({ latency, loss }: TargetOutcome, { shortest, longest }: { shortest: number; longest: number }): number {
  const slowest = [latency, loss].flatMap((made) => made?.data.rttMs?.max ?? []);
  return slowest.length === 0 ? longest : Math.min(longest, Math.max(shortest, TIMES * Math.max(...slowest)));
}
