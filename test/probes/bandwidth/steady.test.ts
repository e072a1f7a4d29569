import { describe, expect, it } from 'vitest';
import type { Slice } from '../../../src/probes/bandwidth/slices.js';
import { steadyOf } from '../../../src/probes/bandwidth/steady.js';

const SPAN_MS = 125;
const slices = (rates: readonly number[]): Slice[] =>
  rates.map((mbps, index) => ({ atMs: (index + 1) * SPAN_MS, spanMs: SPAN_MS, mbps, interfaceMbps: null }));
const times = (count: number, of: (index: number) => number) => Array.from({ length: count }, (_, index) => of(index));

/** Uniform in 0 to 1, the same in each run (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('the steady rate', () => {
  it('is that of a line that is always the same, beyond doubt', () => {
    const steady = steadyOf(slices(times(40, () => 50)));
    expect(steady?.mbps).toBeCloseTo(50, 9);
    expect(steady?.interval).toEqual({ lowMbps: 50, highMbps: 50, confidence: 0.95 });
    expect(steady?.rampUpMs).toBe(1000);
  });

  it('leaves a slow start out, and no more than it', () => {
    const steady = steadyOf(slices(times(40, (index) => Math.min(50, 2 ** (index / 2)))));
    expect(steady?.rampUpMs).toBeGreaterThanOrEqual(1250);
    expect(steady?.rampUpMs).toBeLessThanOrEqual(1500);
    expect(steady?.mbps).toBeCloseTo(50, 0);
  });

  it('leaves a first burst out, as shapers let one through', () => {
    const steady = steadyOf(slices(times(40, (index) => (index < 12 ? 200 : 50))));
    expect(steady?.rampUpMs).toBe(1500);
    expect(steady?.mbps).toBeCloseTo(50, 9);
  });

  it('takes no more than half of a measurement for its beginning', () => {
    const steady = steadyOf(slices(times(40, (index) => index + 1)));
    expect(steady?.rampUpMs).toBeLessThanOrEqual(2500);
    expect(steady?.interval?.highMbps ?? 0).toBeGreaterThan((steady?.mbps ?? 0) * 1.1);
  });

  it('is not moved by single slices in which nothing, or twice as much, came', () => {
    const steady = steadyOf(slices(times(40, (index) => (index === 20 ? 0 : index === 21 ? 100 : 50))));
    expect(steady?.mbps).toBeCloseTo(50, 9);
  });

  it('is the plain mean where all comes in bursts', () => {
    const steady = steadyOf(slices(times(40, (index) => (index % 5 === 0 ? 10 : 0))));
    expect(steady?.mbps).toBeGreaterThan(1.7);
    expect(steady?.mbps).toBeLessThan(2.3);
  });

  it('weighs slices by their time, since a busy process looks late', () => {
    const even = Array.from({ length: 19 }, (_, index) => ({ atMs: (index + 1) * 250, spanMs: 250, mbps: 40, interfaceMbps: null }));
    const late = [...even, { atMs: 19 * 250 + 2500, spanMs: 2500, mbps: 60, interfaceMbps: null }];
    expect(steadyOf(late)?.mbps).toBeGreaterThan(45);
  });

  it('comes without an interval of few slices, and not at all of none', () => {
    expect(steadyOf([])).toBeNull();
    expect(steadyOf(slices([10, 20]))).toEqual({ mbps: 15, interval: null, rampUpMs: null, from: 0 });
  });
});

describe('the interval', () => {
  /** How often it holds the true rate, over many lines whose rate goes up and down with this memory. */
  const coverage = (memory: number): number => {
    const next = chance(7 + Math.round(memory * 100));
    const runs = 400;
    let held = 0;
    for (let run = 0; run < runs; run++) {
      let deviation = 0;
      const rates = times(40, () => {
        const noise = times(12, next).reduce((sum, value) => sum + value, 0) - 6;
        deviation = memory * deviation + Math.sqrt(1 - memory ** 2) * noise;
        return 50 + 5 * deviation;
      });
      const { lowMbps = 0, highMbps = 0 } = steadyOf(slices(rates))?.interval ?? {};
      if (lowMbps <= 50 && highMbps >= 50) held++;
    }
    return held / runs;
  };

  it.each([0, 0.3, 0.6])('holds the true rate in about 95 %% of all cases where neighbours correlate by %d', (memory) => {
    expect(coverage(memory)).toBeGreaterThan(0.92);
  });

  it('grows with the spread', () => {
    const width = (spread: number) => {
      const next = chance(3);
      const interval = steadyOf(slices(times(40, () => 50 + spread * (next() - 0.5))))?.interval;
      return (interval?.highMbps ?? 0) - (interval?.lowMbps ?? 0);
    };
    expect(width(20)).toBeCloseTo(10 * width(2), 6);
  });
});
