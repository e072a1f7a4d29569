import { parseDurationMs } from '../../model/duration.js';
import type { Budget } from '../../model/report.js';

/** A limit as a file has it, in the unit of what is held against it: `50`, `50ms` and `2s` of a time, `0.1%` of a ratio. */
export function readLimit(written: number | string, unit: Budget['unit']): number | null {
  const limit = readNumber(written, unit);
  // Percent without their sign would be a limit that everything keeps.
  return limit !== null && unit === 'ratio' && (limit < 0 || limit > 1) ? null : limit;
}

function readNumber(written: number | string, unit: Budget['unit']): number | null {
  if (typeof written === 'number') return Number.isFinite(written) ? written : null;
  const text = written.trim().replace(/\s+(?=[^\s])/g, '');
  if (/^-?\d{1,15}(?:\.\d{1,9})?$/.test(text)) return Number(text);
  if (unit === 'ms') return parseDurationMs(text);
  if (unit === 'ratio' && /^\d{1,3}(?:\.\d{1,9})?%$/.test(text)) return Number(text.slice(0, -1)) / 100;
  if (unit === 'Mbit/s' && /^\d{1,9}(?:\.\d{1,9})?Mbit\/s$/i.test(text)) return Number.parseFloat(text);
  return null;
}

/** What a limit must look like, behind "must be". */
export function acceptedLimit(unit: Budget['unit']): string {
  if (unit === 'ms') return 'a number of milliseconds or a duration with a unit, as in 50, 50ms or 2s';
  if (unit === 'ratio') return 'a ratio from 0 to 1 or a percentage, as in 0.001 or 0.1%';
  return 'a number';
}
