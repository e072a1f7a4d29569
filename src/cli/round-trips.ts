import type { RoundTripOptions } from '../model/probe-options.js';
import { ECHO_TIMEOUT_MS, LOSS, LOSS_EXTENDED_MS, LOSS_PATH_EXTENDED_MS } from './defaults.js';

/** How `latency` or `loss` probes: by flags, otherwise by the defaults of the command. */
export function roundTripsOf(
  flags: {
    method?: RoundTripOptions['method'] | undefined;
    count?: number | undefined;
    interval?: number | undefined;
    timeout?: number | undefined;
  },
  defaults: Omit<RoundTripOptions, 'timeoutMs'>,
): RoundTripOptions {
  return {
    method: flags.method ?? defaults.method,
    count: flags.count ?? defaults.count,
    intervalMs: flags.interval ?? defaults.intervalMs,
    timeoutMs: flags.timeout ?? ECHO_TIMEOUT_MS,
  };
}

/**
 * How `netdiag loss` probes: a count that was given is kept to; otherwise it goes on while the packets cannot tell whether the loss is above
 * `acceptableRatio`, or with `path` where it begins.
 */
export function lossOf(
  flags: Parameters<typeof roundTripsOf>[0] & { path?: boolean | undefined },
  acceptableRatio: number,
  targets = 1,
): RoundTripOptions {
  const direction = targets <= MOST_WITH_DIRECTION ? { direction: true } : {};
  const options: RoundTripOptions = { ...roundTripsOf(flags, LOSS), ...direction };
  const path = flags.path === true ? { path: { acceptableRatio } } : {};
  if (flags.count !== undefined) return { ...options, ...path };
  const maximumCount = Math.floor((flags.path === true ? LOSS_PATH_EXTENDED_MS : LOSS_EXTENDED_MS) / options.intervalMs);
  // At a slow pace the hundred are as long as they are, and no more are sent.
  if (maximumCount <= options.count) return { ...options, ...path };
  return { ...options, ...path, extend: { maximumCount: Math.min(maximumCount, MOST_EXTENDED), decideRatio: acceptableRatio } };
}

/** The connections that show the direction are eight at once for each target: more would get into each other's way, and into this machine's. */
const MOST_WITH_DIRECTION = 4;

/** At a quick pace too there are no more than so many times the first hundred. */
const MOST_EXTENDED = 1000;
