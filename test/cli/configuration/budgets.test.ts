import { describe, expect, it } from 'vitest';
import {
  acceptedBudget,
  BUDGET_KEYS,
  type BudgetKey,
  readBudget,
  type WrittenBudget,
  withBudgets,
} from '../../../src/cli/configuration/budgets.js';
import { DEFAULT_POLICY, METRICS, type Metric } from '../../../src/model/policy.js';

const graded = (objective: number, acceptable: number, critical: number) => ({ objective, acceptable, critical });

describe('a budget', () => {
  it('is there for every metric, each once', () => {
    expect(Object.values(BUDGET_KEYS).sort()).toEqual((Object.keys(METRICS) as Metric[]).sort());
    for (const key of Object.keys(BUDGET_KEYS) as BudgetKey[]) {
      const [, example = ''] = /\[([^\]]*)\]$/.exec(acceptedBudget(key)) ?? [];
      expect(readBudget(key, example.split(', ')), key).not.toBeNull();
    }
  });

  it.each<[BudgetKey, WrittenBudget, ReturnType<typeof readBudget>]>([
    ['round-trip', '50ms', graded(50, 50, 50)],
    ['round-trip', ['1ms', '0.1s', '1m'], graded(1, 100, 60_000)],
    ['jitter', { objective: '1ms', acceptable: '2ms', critical: '3ms', percentile: 'p95' }, { ...graded(1, 2, 3), percentile: 'p95' }],
    ['loss', 0.01, graded(0.01, 0.01, 0.01)],
    ['loss', [0, '0.1%', '1 %'], graded(0, 0.001, 0.01)],
    ['loss', ['0', '0.001', '100%'], graded(0, 0.001, 1)],
    ['certificate', [90, '30', 14], graded(90, 30, 14)],
    ['mtu', 1400, graded(1400, 1400, 1400)],
    ['messages', [1000, 100, 10], graded(1000, 100, 10)],
  ])('%s %j is read', (key, written, expected) => {
    expect(readBudget(key, written)).toEqual(expected);
  });

  it.each<[BudgetKey, WrittenBudget]>([
    ['round-trip', 50],
    ['round-trip', '50'],
    ['round-trip', '-1ms'],
    ['round-trip', '2h'],
    ['round-trip', ['3ms', '2ms', '1ms']],
    ['round-trip', ['1ms', '2ms']],
    ['loss', 1.5],
    ['loss', '101%'],
    ['loss', '1 pct'],
    ['loss', Number.NaN],
    ['loss', Number.POSITIVE_INFINITY],
    ['certificate', [14, 30, 90]],
    ['certificate', '30 days'],
    ['mtu', 70_000],
  ])('%s %j is none', (key, written) => {
    expect(readBudget(key, written)).toBeNull();
  });

  it('takes the place of a grade of a policy, and of no other', () => {
    const policy = withBudgets(DEFAULT_POLICY, { dns: graded(1, 2, 3) }, 'site.yaml');
    expect(policy.dnsQueryMs).toEqual({ ...graded(1, 2, 3), because: 'site.yaml', given: true });
    expect({ ...policy, dnsQueryMs: DEFAULT_POLICY.dnsQueryMs }).toEqual(DEFAULT_POLICY);
  });
});
