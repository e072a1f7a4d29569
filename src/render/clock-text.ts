import type { DataOf } from '../model/measurement.js';

/** The clock of this machine against others. */
export function clockLines(_data: DataOf<'clock'>): string[] {
  return [];
}
