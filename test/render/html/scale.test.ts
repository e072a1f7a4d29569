import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, axisFor } from '../../../src/render/html/scale.js';
import { grouped } from '../../../src/render/html/series.js';

describe('an axis', () => {
  it.each([
    [91.6, 8, ['0', '20', '40', '60', '80', '100']],
    [0.137, 4, ['0.00', '0.05', '0.10', '0.15']],
    [1, 4, ['0.00', '0.25', '0.50', '0.75', '1.00']],
    [412, 4, ['0', '200', '400', '600']],
  ])('up to %d with room for %i marks', (most, steps, labels) => {
    const axis = axisFor(most, steps);
    expect(axis.marks.map(axis.label)).toEqual(labels);
  });

  it('takes in its largest value with a few round marks, whatever that is', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), fc.integer({ min: 1, max: 10 }), (most, steps) => {
        const { top, marks } = axisFor(most, steps);
        expect(top).toBeGreaterThanOrEqual(most * 0.998);
        expect(marks.length).toBeLessThanOrEqual(steps + 2);
        expect(marks.length).toBeGreaterThanOrEqual(2);
      }),
    );
    for (const most of [0, Number.NaN, Number.POSITIVE_INFINITY]) expect(axisFor(most, 4).top).toBeGreaterThan(0);
  });

  it('has coordinates with one digit', () => {
    expect([at(1.26), at(3), at(-0.04)]).toEqual(['1.3', '3', '0']);
  });
});

describe('neighbours of a series', () => {
  const samples = fc.array(
    fc.record({ at: fc.integer({ min: 0, max: 1e6 }), ms: fc.option(fc.double({ min: 0, max: 1e4, noNaN: true })) }),
    {
      maxLength: 300,
    },
  );

  it('together are all of it: nothing sent, lost or extreme goes missing', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 50 }), (series, most) => {
        const groups = grouped(series, most);
        expect(groups.length).toBeLessThanOrEqual(most);
        const sum = (of: (group: (typeof groups)[number]) => number) => groups.reduce((total, group) => total + of(group), 0);
        expect(sum(({ sent }) => sent)).toBe(series.length);
        expect(sum(({ lost }) => lost)).toBe(series.filter(({ ms }) => ms === null).length);
        const times = series.flatMap(({ ms }) => ms ?? []);
        expect(Math.max(...groups.flatMap((group) => group.times?.max ?? []))).toBe(Math.max(...times));
        expect(Math.min(...groups.flatMap((group) => group.times?.min ?? []))).toBe(Math.min(...times));
      }),
    );
  });

  it('are one by one where there is room for all', () => {
    expect(
      grouped(
        [
          { at: 0, ms: 3 },
          { at: 20, ms: null },
        ],
        10,
      ),
    ).toEqual([
      { from: 0, to: 0, sent: 1, lost: 0, times: { min: 3, median: 3, max: 3 } },
      { from: 20, to: 20, sent: 1, lost: 1, times: null },
    ]);
  });
});
