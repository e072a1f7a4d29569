import type { DataOf } from '../model/measurement.js';

/** Where this machine stands. */
export function surroundingsLines(_data: DataOf<'surroundings'>): string[] {
  return [];
}
