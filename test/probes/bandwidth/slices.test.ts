import { describe, expect, it } from 'vitest';
import { crossed, type Reading, rateMbps, slicesOf } from '../../../src/probes/bandwidth/slices.js';

const reading = (atMs: number, bytes: number, interfaceBytes: number | null = null): Reading => ({
  atMs,
  bytes,
  interfaceBytes,
  interfaceAtMs: atMs,
  sentBytes: null,
  retransmittedBytes: null,
  busyMs: null,
  windowLimitedMs: null,
  waitedMs: 0,
  ownBusyMs: 0,
});

describe('slices', () => {
  it('are rates between readings, each over its own time', () => {
    expect(slicesOf([reading(0, 0, 0), reading(100, 125_000, 130_000), reading(300, 125_000, 130_000)])).toEqual([
      { atMs: 100, spanMs: 100, mbps: 10, interfaceMbps: 10.4 },
      { atMs: 300, spanMs: 200, mbps: 0, interfaceMbps: 0 },
    ]);
  });

  it('are none of one reading, none where no time went by, and none below 0', () => {
    expect(slicesOf([])).toEqual([]);
    expect(slicesOf([reading(0, 0)])).toEqual([]);
    expect(slicesOf([reading(0, 0), reading(0, 10)])).toEqual([]);
    expect(slicesOf([reading(0, 50), reading(10, 0)])).toEqual([{ atMs: 10, spanMs: 10, mbps: 0, interfaceMbps: null }]);
  });

  it('know nothing of an interface that is not told, or whose counter went backwards', () => {
    expect(crossed(reading(0, 0, 5), reading(10, 0))).toBeNull();
    expect(crossed(reading(0, 0, 5), reading(10, 0, 4))).toBeNull();
    expect(crossed(reading(0, 0, 5), reading(0, 0, 5))).toBeNull();
  });

  it('count megabits as 10^6 bits', () => {
    expect(rateMbps(1_000_000, 1000)).toBe(8);
    expect(rateMbps(1, 0)).toBe(0);
  });
});
