import type { PortsOptions } from '../../model/probe-options.js';
import { addressFamily, type Target } from '../../model/target.js';
import type { Origin } from '../../net/port.js';

export interface PlannedPort {
  port: number;
  required: boolean;
}

export interface FirstWordPlan {
  port: number;
  timeoutMs: number;
}

export interface PortsPlan {
  address: string;
  ports: PlannedPort[];
  udp: PlannedPort[];
  timeoutMs: number;
  concurrency: number;
  banner: boolean;
  /** `null` or absent: the first word of the target's own port is not waited for. */
  firstWord?: FirstWordPlan | null;
  /** Name for a TLS ClientHello; `null` where the target is an address. */
  servername: string | null;
  origin: Origin;
}

/** Longest that the TCP or the UDP ports of one target may take. */
const LONGEST_MS = 1_800_000;
/** For the first ports and their waits; a host that limits its ICMP errors answers for fifty UDP ports in that time. */
const SOME_PORTS_MS = { tcp: 20_000, udp: 60_000 } as const;
/** For each further port: by TCP one that is asked ten times, at a tenth of the calm rate; by UDP two passes. */
const EACH_PORT_MS = { tcp: 100, udp: 25 } as const;
/** Greetings of the open ports: the most that are read, and how long is waited for one, the more the longer the way is. */
export const MAXIMUM_GREETINGS = 32;
export const GREETING_MS = 500;
export const LONGEST_GREETING_MS = 3000;
export const GREETINGS_AT_ONCE = 8;
/** All of them, with three connections for each, and a wait for each connection and for its answer. */
export const GREETINGS_MS = Math.ceil(MAXIMUM_GREETINGS / GREETINGS_AT_ONCE) * 3 * 2 * LONGEST_GREETING_MS;

/**
 * The required ports and the surveyed ones, each once, ascending. The target's own port counts as required. `null` where no port is named at
 * all.
 */
export function planPorts(target: Target, address: string, options: PortsOptions, origin: Origin): PortsPlan | null {
  const required = target.port === null ? options.required : [...options.required, target.port];
  const ports = planned(required, options.surveyed);
  const udp = planned(options.udp?.required ?? [], options.udp?.surveyed ?? []);
  if (ports.length + udp.length === 0) return null;
  const { timeoutMs, concurrency, banner = false, firstWordMs } = options;
  // Whatever speaks TLS, HTTP or WebSocket is spoken to by a probe of its own.
  const plain = target.port !== null && target.scheme === 'tcp';
  return {
    address,
    ports,
    udp,
    timeoutMs,
    concurrency,
    banner,
    firstWord: plain && firstWordMs !== undefined ? { port: target.port ?? 0, timeoutMs: firstWordMs } : null,
    servername: addressFamily(target.host) === null ? target.host : null,
    origin,
  };
}

function planned(required: readonly number[], surveyed: readonly number[]): PlannedPort[] {
  const must = new Set(required);
  return [...new Set([...required, ...surveyed])].sort((a, b) => a - b).map((port) => ({ port, required: must.has(port) }));
}

/** How long so many ports of one protocol may take at the most, with tries of up to `timeoutMs`. */
export function portsBudgetMs(protocol: 'tcp' | 'udp', count: number, timeoutMs: number): number {
  return count === 0 ? 0 : Math.min(LONGEST_MS, SOME_PORTS_MS[protocol] + 8 * timeoutMs + count * EACH_PORT_MS[protocol]);
}
