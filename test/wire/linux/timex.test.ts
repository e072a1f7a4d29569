import { describe, expect, it } from 'vitest';
import { parseTimex } from '../../../src/wire/linux/timex.js';
import { timex } from '../../fakes/timex.js';

const PLL_NANO = 0x2001;

describe('struct timex', () => {
  it('of a machine that chrony keeps right', () => {
    const bytes = timex({
      status: PLL_NANO,
      offset: -1500,
      frequency: -851_968,
      maximum: 12_345,
      estimated: 210,
      fraction: 250_000_000,
      tai: 37,
    });
    expect(parseTimex(bytes, 0)).toEqual({
      ok: true,
      value: {
        synchronized: true,
        maximumErrorMs: 12.345,
        estimatedErrorMs: 0.21,
        remainingOffsetMs: -0.0015,
        frequencyPpm: -13,
        leap: 'none',
        pulsePerSecond: false,
        hardwareFault: false,
        taiOffsetSeconds: 37,
        timeMs: 1_795_332_021_250,
      },
    });
  });

  it('of a machine that nobody keeps right: what it was never told is no number', () => {
    const read = parseTimex(timex({ status: 0x40, maximum: 16_000_000, estimated: 16_000_000, fraction: 943_673 }), 5);
    expect(read).toMatchObject({
      ok: true,
      value: { synchronized: false, maximumErrorMs: null, estimatedErrorMs: null, taiOffsetSeconds: null, timeMs: 1_795_332_021_943.673 },
    });
  });

  it.each([
    ['an inserted', 0x2010, 'insert'],
    ['a deleted', 0x2020, 'delete'],
  ])('with %s leap second ahead', (_, status, leap) => {
    expect(parseTimex(timex({ status }), 1)).toMatchObject({ value: { leap, synchronized: true } });
  });

  it('is not synchronised where the call says so, whatever the flags are', () => {
    expect(parseTimex(timex({ status: PLL_NANO }), 5)).toMatchObject({ value: { synchronized: false } });
  });

  it('with nonsense in it is refused', () => {
    expect(parseTimex(timex({}).subarray(0, 200), 0)).toMatchObject({ ok: false });
    expect(parseTimex(timex({ seconds: -5 }), 0)).toMatchObject({ ok: false });
    // A million microseconds are a second.
    expect(parseTimex(timex({ fraction: 1_000_000 }), 0)).toMatchObject({ ok: false });
  });
});
