import type { DataOf } from '../model/measurement.js';

/** Settings, tables and limits of the kernel. */
export function kernelLines(_data: DataOf<'kernel'>): string[] {
  return [];
}
