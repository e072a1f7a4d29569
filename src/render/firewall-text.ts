import type { DataOf } from '../model/measurement.js';

/** The packet filters of this machine. */
export function firewallLines(_data: DataOf<'firewall'>): string[] {
  return [];
}
