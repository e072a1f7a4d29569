import type { DnsProbeOptions } from '../../model/probe-options.js';
import type { IpFamily } from '../../net/port.js';
import { BUILT_IN_ROOT_HINTS, type RootHint } from './root-hints.js';

/** How far a walk may go. Each bound that is met is named in the data. */
export interface TraceLimits {
  /** Questions in all, those for names of servers included. */
  queries: number;
  /** Zones from the root down, anew behind each alias. */
  zones: number;
  aliases: number;
  /** Servers that a delegation may have; of more, the first are looked at. */
  servers: number;
  /** Names of servers whose addresses are looked up. */
  names: number;
  /** The whole walk, in milliseconds. */
  timeMs: number;
}

/**
 * A delegation chain of the public tree has 2 to 5 zones, and rarely 10 below `ip6.arpa`; a zone has up to 13 servers with two addresses each.
 * A name at the end of such a chain takes 60 to 150 questions.
 */
export const TRACE_LIMITS = { queries: 600, zones: 20, aliases: 16, servers: 32, names: 64 } as const;

/** A walk gets so many waits for silence one behind the other. */
const SILENCES = 12;

export interface DnsTracePlan {
  name: string;
  type: string;
  rootHints: readonly RootHint[];
  builtIn: boolean;
  port: number;
  /** Ask only addresses of this family; `null`: all to which there is a route. */
  family: IpFamily | null;
  timeoutMs: number;
  attempts: number;
  limits: TraceLimits;
}

/** One walk for each type of each name. */
export function planTraces(options: DnsProbeOptions, family: IpFamily | null): DnsTracePlan[] {
  const { trace, timeoutMs, attempts } = options;
  if (trace === undefined) return [];
  const builtIn = trace.rootHints.length === 0;
  return options.names.flatMap((name) =>
    options.types.map(
      (type): DnsTracePlan => ({
        name,
        type,
        rootHints: builtIn ? BUILT_IN_ROOT_HINTS : trace.rootHints,
        builtIn,
        port: trace.port ?? 53,
        family,
        timeoutMs,
        attempts,
        limits: { ...TRACE_LIMITS, timeMs: traceBudgetMs(timeoutMs, attempts) },
      }),
    ),
  );
}

/** How long one walk may take, in milliseconds. */
export function traceBudgetMs(timeoutMs: number, attempts: number): number {
  return SILENCES * timeoutMs * attempts;
}
