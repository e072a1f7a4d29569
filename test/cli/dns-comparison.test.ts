import { describe, expect, it } from 'vitest';
import { type ComparisonFlags, checkCompared, MOST_COMPARED, readComparison } from '../../src/cli/dns-comparison.js';

const flags = (parts: Partial<ComparisonFlags> = {}): ComparisonFlags => ({
  ...{ compare: false, 'well-known': true, warm: undefined, progress: false },
  ...parts,
});

describe('the flags of a comparison', () => {
  it('are nothing without --compare, and refused where they would do nothing', () => {
    expect(readComparison(flags())).toBeUndefined();
    expect(() => readComparison(flags({ warm: 5 }))).toThrow('--warm: goes with --compare');
    expect(() => readComparison(flags({ progress: true }))).toThrow('--progress: goes with --compare');
    expect(() => readComparison(flags({ 'well-known': false }))).toThrow('--no-well-known: goes with --compare');
  });

  it('say who is asked, and how often', () => {
    expect(readComparison(flags({ compare: true }))).toEqual({ wellKnown: true, warmCount: 5 });
    expect(readComparison(flags({ compare: true, 'well-known': false, warm: 0 }))).toEqual({ wellKnown: false, warmCount: 0 });
  });

  it('do not put a long list of names to servers that others pay for', () => {
    const names = Array.from({ length: MOST_COMPARED / 2 }, (_, index) => `${index}.example`);
    expect(() => checkCompared({ names, types: ['A', 'AAAA'] })).not.toThrow();
    expect(() => checkCompared({ names: [...names, 'one.more'], types: ['A', 'AAAA'] })).toThrow(/52 questions .* 50 are the most/);
  });
});
