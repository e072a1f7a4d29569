import { formatRatio } from '../../model/format.js';

/** From here on a table is named, and from there on it is as good as full: what comes in bursts finds no room. */
export const NEARLY_FULL_RATIO = 0.8;
export const FULL_RATIO = 0.95;

export type Fullness = 'pass' | 'warn' | 'fail';

/** `null` limits pass: there is none, or none is known. */
export function fullnessOf(used: number, limit: number | null): Fullness {
  if (limit === null || limit <= 0) return 'pass';
  const ratio = used / limit;
  return ratio >= FULL_RATIO ? 'fail' : ratio >= NEARLY_FULL_RATIO ? 'warn' : 'pass';
}

export function worst(grades: readonly Fullness[]): Fullness {
  return grades.includes('fail') ? 'fail' : grades.includes('warn') ? 'warn' : 'pass';
}

/** `12 of 4096`, or the number alone where no limit is known. */
export function amount(used: number, limit: number | null): string {
  return limit === null ? String(used) : `${used} of ${limit}`;
}

export const EXPECTED_ROOM = `under ${formatRatio(NEARLY_FULL_RATIO)}`;
