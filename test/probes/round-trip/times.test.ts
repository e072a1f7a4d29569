import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/probes/round-trip/collector.js';
import { reportedNotSent, reportedSamples, timedSamples } from '../../../src/probes/round-trip/times.js';

const sample = (seq: number, changes: Partial<Sample> = {}): Sample => ({
  seq,
  rttMs: 5.123_456,
  clock: 'kernel',
  sentMs: 100 + seq,
  ...changes,
});

describe('times of a series', () => {
  it('count from the start of the measurement, and are left out where they are not told', () => {
    const timed = reportedSamples([sample(1), sample(2, { rttMs: null, lateMs: 1200 })], 100, 1);
    expect(timed).toEqual([
      { seq: 0, rttMs: 5.123_456, sentMs: 1 },
      { seq: 1, rttMs: null, sentMs: 2, lateMs: 1200 },
    ]);
    expect(reportedSamples([sample(0)], null)).toEqual([{ seq: 0, rttMs: 5.123_456 }]);
    expect(reportedSamples([sample(0, { sentMs: 99 })], 100)).toMatchObject([{ sentMs: 0 }]);
  });

  it('are told of the first thousand, and of none where one of them has no time', () => {
    expect(
      timedSamples(
        Array.from({ length: 1200 }, (_, seq) => sample(seq)),
        0,
      ),
    ).toHaveLength(1000);
    expect(timedSamples([sample(0)], 100)).toEqual([{ seq: 0, rttMs: 5.123, sentMs: 0 }]);
    expect(timedSamples([{ seq: 0, rttMs: 5, clock: null }], 100)).toBeUndefined();
    expect(timedSamples([sample(0, { rttMs: null, untimed: true })], 100)).toBeUndefined();
    expect(timedSamples([], 100)).toBeUndefined();
    expect(timedSamples([sample(0)], null)).toBeUndefined();
  });

  it('are told of what did not leave', () => {
    const notSent = [
      { code: 'ENETUNREACH', count: 3, atMs: [110, 130] },
      { code: 'EPERM', count: 1 },
    ];
    expect(reportedNotSent(notSent, 100)).toEqual([
      { code: 'ENETUNREACH', count: 3, atMs: [10, 30] },
      { code: 'EPERM', count: 1 },
    ]);
    expect(reportedNotSent(notSent, null)).toEqual([
      { code: 'ENETUNREACH', count: 3 },
      { code: 'EPERM', count: 1 },
    ]);
  });
});
