import { describe, expect, it } from 'vitest';
import { StallMeter } from '../../src/net/stall-meter.js';

function keepBusy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('StallMeter', () => {
  it('adds up how long the process did not come round to its timer', async () => {
    const meter = new StallMeter();
    const before = meter.stalledMs();
    keepBusy(80);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const after = meter.stalledMs() - before;
    expect(after).toBeGreaterThan(60);
    // Other processes can make it late too, but not by so much.
    expect(after).toBeLessThan(2000);
  });

  it('counts a delay that still goes on', () => {
    const meter = new StallMeter();
    const before = meter.stalledMs();
    keepBusy(50);
    expect(meter.stalledMs() - before).toBeGreaterThan(40);
  });
});
