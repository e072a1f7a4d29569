import type { RoundTripOptions } from '../model/probe-options.js';
import { ECHO_TIMEOUT_MS } from './defaults.js';

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
