import { lossInterval } from '../../model/loss-interval.js';
import type { RoundTripOptions } from '../../model/probe-options.js';

/**
 * Whether a series goes on: something was lost, it cannot be told yet on which side of the ratio the loss lies, and there may be more. A
 * series without loss ends: what it can tell it has told, and more of it would only narrow a number that is good already. Pure.
 *
 * @param lost each probe that left, in the order sent
 */
export function needsMore(lost: readonly boolean[], { maximumCount, decideRatio }: NonNullable<RoundTripOptions['extend']>): boolean {
  if (lost.length >= maximumCount || !lost.includes(true) || !lost.includes(false)) return false;
  const interval = lossInterval(lost);
  return interval !== null && interval.lowRatio <= decideRatio && interval.highRatio > decideRatio;
}
