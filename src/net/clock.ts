import type { Clock } from './port.js';
import { StallMeter } from './stall-meter.js';

const meter = new StallMeter();

/**
 * The finer clock of this process goes on from the time at which it was started, and does not follow where the system's is set or slewed:
 * it is taken only while it is within the millisecond that `Date` shows, and `Date` otherwise.
 */
function wallMs(): number {
  const before = Date.now();
  const fine = performance.timeOrigin + performance.now();
  const after = Date.now();
  return fine >= before && fine < after + 1 ? fine : after + 0.5;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallTime: () => new Date(),
  wallMs,
  stalledMs: () => meter.stalledMs(),
  sleep(ms, signal) {
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, ms));
      signal.addEventListener('abort', done, { once: true });
    });
  },
};
