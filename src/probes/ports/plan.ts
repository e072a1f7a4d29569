import type { PortsOptions } from '../../model/probe-options.js';
import type { Target } from '../../model/target.js';
import type { Origin } from '../../net/port.js';

export interface PortsPlan {
  address: string;
  ports: { port: number; required: boolean }[];
  timeoutMs: number;
  concurrency: number;
  origin: Origin;
}

/**
 * The required ports and the surveyed ones, each once, ascending. The target's own port counts as required. `null` where no port is named at
 * all.
 */
export function planPorts(target: Target, address: string, options: PortsOptions, origin: Origin): PortsPlan | null {
  const required = new Set(target.port === null ? options.required : [...options.required, target.port]);
  const all = [...new Set([...required, ...options.surveyed])].sort((a, b) => a - b);
  if (all.length === 0) return null;
  return {
    address,
    ports: all.map((port) => ({ port, required: required.has(port) })),
    timeoutMs: options.timeoutMs,
    concurrency: options.concurrency,
    origin,
  };
}
