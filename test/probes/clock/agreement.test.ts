import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOf } from '../../../src/probes/clock/agreement.js';

const of = (...opinions: [number, number][]) => {
  const agreement = agreementOf(opinions.map(([offsetMs, uncertaintyMs]) => ({ offsetMs, uncertaintyMs })));
  return agreement === null ? null : { ...agreement, members: [...agreement.members].sort() };
};

describe('agreement', () => {
  it.each<[string, [number, number][], number[] | null]>([
    ['one alone is believed', [[5, 1]], [0]],
    [
      'two that overlap',
      [
        [5, 1],
        [6.5, 1],
      ],
      [0, 1],
    ],
    [
      'two that only touch',
      [
        [5, 1],
        [7, 1],
      ],
      [0, 1],
    ],
    [
      'two apart: nobody knows which',
      [
        [5, 1],
        [600, 1],
      ],
      null,
    ],
    [
      'one liar of three',
      [
        [0, 10],
        [600_000, 10],
        [4, 10],
      ],
      [0, 2],
    ],
    [
      'two liars that agree against one: they are the majority, and nobody can tell',
      [
        [0, 10],
        [600_000, 10],
        [600_004, 10],
      ],
      [1, 2],
    ],
    [
      'two liars of three that do not agree',
      [
        [0, 10],
        [600_000, 10],
        [-600_000, 10],
      ],
      null,
    ],
    [
      'two against two',
      [
        [0, 10],
        [1, 10],
        [900, 10],
        [901, 10],
      ],
      null,
    ],
    [
      'a liar beside one that is sure of nothing',
      [
        [0, 10],
        [5000, 15_000],
        [600_000, 10],
      ],
      [0, 1],
    ],
    ['none', [], null],
  ])('%s', (_, opinions, members) => {
    expect(of(...opinions)?.members ?? null).toEqual(members);
  });

  it('takes the offset of the surest, within what all of the others allow', () => {
    expect(of([0, 10], [4, 2], [12, 9])).toEqual({ offsetMs: 4, uncertaintyMs: 2, members: [0, 1, 2] });
    expect(of([0, 3], [4, 2])).toEqual({ offsetMs: 3, uncertaintyMs: 1, members: [0, 1] });
  });

  it('holds the truth wherever a majority speaks it', () => {
    const honest = fc.record({ uncertaintyMs: fc.integer({ min: 1, max: 500 }), share: fc.integer({ min: -100, max: 100 }) });
    const liar = fc.record({ offsetMs: fc.integer({ min: -1e6, max: 1e6 }), uncertaintyMs: fc.integer({ min: 0, max: 500 }) });
    fc.assert(
      fc.property(
        fc.integer({ min: -1e5, max: 1e5 }),
        fc.array(honest, { minLength: 3, maxLength: 6 }),
        fc.array(liar, { maxLength: 1 }),
        (truth, those, liars) => {
          const opinions = those.map(({ uncertaintyMs, share }) => ({ uncertaintyMs, offsetMs: truth + (uncertaintyMs * share) / 100 }));
          const agreement = agreementOf([...liars, ...opinions]);
          expect(agreement).not.toBeNull();
          // A liar that overlaps with all of them may move the stretch to its own end, but not out of what most of them allow.
          const allowing = opinions.filter(
            ({ offsetMs, uncertaintyMs }) => Math.abs(offsetMs - (agreement?.offsetMs ?? 0)) <= uncertaintyMs + 1e-6,
          );
          expect(allowing.length * 2).toBeGreaterThanOrEqual(opinions.length);
          if (liars.length === 0)
            expect(Math.abs((agreement?.offsetMs ?? 0) - truth)).toBeLessThanOrEqual((agreement?.uncertaintyMs ?? 0) + 1e-6);
        },
      ),
    );
  });
});
