import type { DataOf } from '../model/measurement.js';

/** How names become addresses on this machine. */
export function nameServiceLines(_data: DataOf<'name-service'>): string[] {
  return [];
}
