import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracket, MAXIMUM_CONNECTIONS, nextSegmentSizes, type SegmentTrial } from '../../../src/probes/mtu/segment-search.js';

const outcome = (size: number, limit: number) =>
  size <= limit ? { passedBytes: size, failedBytes: null } : { passedBytes: null, failedBytes: size };

/** A path that carries so much in each direction; the interface takes 1500. */
function search(there: number, back: number, guess: number | null, local = 1500) {
  const trial = (size: number): SegmentTrial => ({ toTarget: outcome(size, there), fromTarget: outcome(size, back) });
  const trials = [trial(local), trial(576)];
  let rounds = 0;
  for (let sizes = nextSegmentSizes(trials, guess); sizes.length > 0; sizes = nextSegmentSizes(trials, guess)) {
    if (++rounds > 20) throw new Error('the search does not end');
    trials.push(...sizes.map(trial));
  }
  return { toTarget: bracket(trials, 'toTarget'), fromTarget: bracket(trials, 'fromTarget'), connections: trials.length, rounds };
}

describe('search by segments', () => {
  it('needs no more than the first two connections where all passes', () => {
    expect(search(1500, 1500, null)).toMatchObject({ connections: 2, toTarget: { passedBytes: 1500, failedBytes: null } });
  });

  it('tries the size that passed otherwise, and the one above it', () => {
    expect(search(1387, 1387, 1387)).toMatchObject({
      connections: 4,
      toTarget: { passedBytes: 1387, failedBytes: 1388 },
      fromTarget: { passedBytes: 1387, failedBytes: 1388 },
    });
  });

  it('finds common sizes of one direction exactly, and leaves the other alone', () => {
    for (const back of [1280, 1400, 1420, 1450, 1480, 1492]) {
      expect(search(1500, back, null)).toMatchObject({
        toTarget: { passedBytes: 1500, failedBytes: null },
        fromTarget: { passedBytes: back, failedBytes: back + 1 },
      });
    }
  });

  it('brackets any limit, with a bounded number of connections', () => {
    const limit = fc.integer({ min: 576, max: 1499 });
    fc.assert(
      fc.property(limit, limit, fc.option(limit), (there, back, guess) => {
        const { toTarget, fromTarget, connections } = search(there, back, guess);
        expect(connections).toBeLessThanOrEqual(MAXIMUM_CONNECTIONS);
        for (const [found, truth] of [
          [toTarget, there],
          [fromTarget, back],
        ] as const) {
          expect(found.passedBytes).toBeLessThanOrEqual(truth);
          expect(found.failedBytes).toBeGreaterThan(truth);
        }
      }),
    );
  });

  it('has nothing to search for where nothing was shown', () => {
    const nothing = { passedBytes: null, failedBytes: null };
    expect(nextSegmentSizes([{ toTarget: nothing, fromTarget: nothing }], 1400)).toEqual([]);
    expect(nextSegmentSizes([{ toTarget: { ...nothing, failedBytes: 1500 }, fromTarget: nothing }], 1400)).toEqual([]);
  });

  it('lets a size that passed overrule a failure below it', () => {
    const trials: SegmentTrial[] = [1400, 1500].map((size) => ({ toTarget: outcome(size, 1500), fromTarget: outcome(size, 1500) }));
    const hung = { passedBytes: null, failedBytes: 1300 };
    expect(bracket([...trials, { toTarget: hung, fromTarget: hung }], 'toTarget')).toEqual({ passedBytes: 1500, failedBytes: null });
  });
});
