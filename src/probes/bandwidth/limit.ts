import type { Direction } from './data-parts.js';

/** Busy for so much of the time, the process itself is what takes the time. */
const BUSY = 0.85;
/** Connections that wait for so much of the time for the next answer do not load the line. */
const WAITING = 0.2;
/** A window that is full for so much of the time holds the connections back. */
const WINDOW = 0.5;

/** What kept a rate from being higher, as far as it can be told; the surest first. Pure. */
export function limitOf(
  found: Pick<Direction, 'busyRatio' | 'waitingRatio' | 'windowLimitedRatio' | 'ended'> & {
    /** Whether there was time for a steady rate. */
    steady: boolean;
  },
): Direction['limitedBy'] {
  if ((found.busyRatio ?? 0) >= BUSY) return 'own-processor';
  if (found.ended === 'requests' || (found.waitingRatio ?? 0) >= WAITING) return 'short-answers';
  if ((found.windowLimitedRatio ?? 0) >= WINDOW) return 'receive-window';
  return !found.steady && found.ended === 'volume' ? 'volume' : null;
}
