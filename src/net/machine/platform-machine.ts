import type { Attempt } from '../../model/attempt.js';
import type { MachineOutline, NeighborKnowledge, RouteLookup } from '../port.js';
import type { Listeners } from './listening-sockets.js';

/** A way as the tables of a system tell it; the source address is asked of the kernel itself, by a socket. */
export type ToldWay = Omit<RouteLookup, 'source' | 'loopback'>;

/** What a system other than Linux tells of itself by its own commands, in place of files and netlink. */
export interface PlatformReading {
  /** `null`: its commands do not tell; Node tells something. */
  outline(signal: AbortSignal): Promise<MachineOutline | null>;
  neighbor(address: string, interfaceName: string | null, signal: AbortSignal): Promise<Attempt<NeighborKnowledge>>;
  listeners(signal: AbortSignal): Promise<Attempt<Listeners>>;
  /** The way to an address through an interface, where that is known from the source address; `null` where it cannot be told. */
  way(address: string, interfaceName: string | null, signal: AbortSignal): Promise<ToldWay | null>;
}

export const NO_NEIGHBOR: NeighborKnowledge = { state: 'absent', kernelState: null, linkAddressKind: null };
