import type { RouteOptions } from '../../model/probe-options.js';
import { addressFamily, type Target } from '../../model/target.js';
import type { IpFamily, Origin } from '../../net/port.js';
import { COMMON_PORTS } from '../round-trip/plan.js';

/** One way to ask for the path. `system` runs the system's own traceroute or tracepath. */
export type Way = { method: 'icmp' } | { method: 'udp' | 'tcp'; port: number } | { method: 'system' };

export interface RoutePlan extends RouteOptions {
  address: string;
  family: IpFamily;
  /** The first of them that this machine allows is used. */
  first: readonly Way[];
  /** Tried side by side for the rest of the path where the first one does not get to the target. */
  alternatives: readonly Way[];
  /** Behind the transport header: with 32 an IPv4 packet has the 60 bytes of traceroute(8). */
  payloadBytes: number;
  origin: Origin;
}

/** Where traceroute has sent since 1988: a port that nobody listens on, so that the target answers "port unreachable". */
export const UDP_PORT = 33_434;

export const ROUTE_PAYLOAD_BYTES = 32;

export function planRoute(target: Target, address: string, options: RouteOptions, origin: Origin): RoutePlan {
  const ports = target.port === null ? COMMON_PORTS : [target.port];
  return {
    ...options,
    // By TCP each packet is a flow of its own, so that several flows take as many packets.
    cycles: options.method === 'tcp' ? Math.max(options.cycles, options.flows) : options.cycles,
    ...waysOf(options.method, ports),
    address,
    family: addressFamily(address) === 6 ? 6 : 4,
    payloadBytes: ROUTE_PAYLOAD_BYTES,
    origin,
  };
}

function waysOf(method: RouteOptions['method'], ports: readonly number[]): Pick<RoutePlan, 'first' | 'alternatives'> {
  const icmp: Way = { method: 'icmp' };
  const udp: Way = { method: 'udp', port: UDP_PORT };
  const tcp = ports.map((port): Way => ({ method: 'tcp', port }));
  const system: Way = { method: 'system' };
  switch (method) {
    case 'auto':
      return { first: [icmp, udp, system], alternatives: [udp, ...tcp] };
    case 'icmp':
      return { first: [icmp], alternatives: [] };
    case 'udp':
      return { first: [udp], alternatives: [] };
    case 'tcp':
      return { first: tcp.slice(0, 1), alternatives: tcp.slice(1) };
    case 'system':
      return { first: [system], alternatives: [] };
  }
}
