import { describe, expect, it } from 'vitest';
import type { Budget } from '../../src/model/report.js';
import { budgetInWords, moreIsBetter } from '../../src/render/budget-words.js';

const LESS: Budget = { metric: 'rttMs', value: 21.3, unit: 'ms', objective: 10, acceptable: 50, critical: 200, source: 'test' };
const MORE: Budget = {
  metric: 'uptimeRatio',
  value: 0.995,
  unit: 'ratio',
  objective: 0.9999,
  acceptable: 0.999,
  critical: 0.99,
  source: 'test',
};

describe('a budget in words', () => {
  it.each([
    [{ ...LESS, value: 10 }, '10 ms: reaches the objective (objective 10 ms, acceptable 50 ms, critical 200 ms)'],
    [LESS, '21.3 ms: acceptable (objective 10 ms, acceptable 50 ms, critical 200 ms)'],
    [{ ...LESS, value: 50.1 }, '50.1 ms: misses what is acceptable (objective 10 ms, acceptable 50 ms, critical 200 ms)'],
    [{ ...LESS, value: 201 }, '201 ms: critical (objective 10 ms, acceptable 50 ms, critical 200 ms)'],
  ])('%j', (budget, words) => {
    expect(budgetInWords(budget)).toBe(words);
  });

  it('knows which way is better by the metric, or by the order of the grades', () => {
    expect(moreIsBetter(LESS)).toBe(false);
    expect(moreIsBetter(MORE)).toBe(true);
    expect(budgetInWords(MORE)).toContain('misses what is acceptable');
    expect(moreIsBetter({ ...LESS, metric: 'certificateRemainingDays', unit: 'days', objective: 30, acceptable: 30, critical: 30 })).toBe(
      true,
    );
  });
});
