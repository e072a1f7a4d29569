import type { DataOf } from '../model/measurement.js';

/** Counters of links and protocols, watched over the run. */
export function countersLines(_data: DataOf<'counters'>): string[] {
  return [];
}
