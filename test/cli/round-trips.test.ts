import { describe, expect, it } from 'vitest';
import { deadlineMs } from '../../src/cli/deadline.js';
import { LOSS, LOSS_EXTENDED_MS, LOSS_PATH_EXTENDED_MS } from '../../src/cli/defaults.js';
import { lossOf } from '../../src/cli/round-trips.js';
import { DEFAULT_POLICY } from '../../src/model/policy.js';

const ACCEPTABLE = DEFAULT_POLICY.lossRatio.acceptable;

describe('how loss probes', () => {
  it('goes on for ten seconds at most while it cannot be told, and for fifteen to find the hop', () => {
    expect(lossOf({}, ACCEPTABLE)).toEqual({
      ...LOSS,
      direction: true,
      timeoutMs: 1000,
      extend: { maximumCount: 500, decideRatio: ACCEPTABLE },
    });
    expect(lossOf({ path: true }, ACCEPTABLE)).toEqual({
      ...LOSS,
      direction: true,
      timeoutMs: 1000,
      path: { acceptableRatio: ACCEPTABLE },
      extend: { maximumCount: 750, decideRatio: ACCEPTABLE },
    });
  });

  it('asks for the direction of a loss where there are few targets', () => {
    expect(lossOf({}, ACCEPTABLE, 4).direction).toBe(true);
    expect(lossOf({}, ACCEPTABLE, 5).direction).toBeUndefined();
  });

  it('keeps to a count that is given', () => {
    expect(lossOf({ count: 20 }, ACCEPTABLE)).toEqual({ ...LOSS, direction: true, count: 20, timeoutMs: 1000 });
    expect(lossOf({ count: 20, path: true }, ACCEPTABLE).extend).toBeUndefined();
  });

  it('is bounded at any pace', () => {
    expect(lossOf({ interval: 1 }, ACCEPTABLE).extend?.maximumCount).toBe(1000);
    expect(lossOf({ interval: 1000 }, ACCEPTABLE).extend).toBeUndefined();
    expect(lossOf({ interval: 60 }, ACCEPTABLE).extend?.maximumCount).toBe(Math.floor(LOSS_EXTENDED_MS / 60));
  });

  it('has the time that it may take', () => {
    const request = { command: 'loss', family: null, origin: {}, policy: DEFAULT_POLICY, host: false, targets: [] } as const;
    expect(deadlineMs({ ...request, loss: lossOf({ path: true }, ACCEPTABLE) })).toBeGreaterThan(2 * LOSS_PATH_EXTENDED_MS);
  });
});
