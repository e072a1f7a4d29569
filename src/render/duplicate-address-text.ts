import type { DataOf } from '../model/measurement.js';

/** Addresses of this machine that another one claims. */
export function duplicateAddressLines(_data: DataOf<'duplicate-address'>): string[] {
  return [];
}
