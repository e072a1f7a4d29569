import type { Clock } from './port.js';
import { StallMeter } from './stall-meter.js';

const meter = new StallMeter();

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallTime: () => new Date(),
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
