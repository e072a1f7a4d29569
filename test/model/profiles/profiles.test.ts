import { describe, expect, it } from 'vitest';
import { DEFAULT_KERNEL_POLICY, TRADING_KERNEL_POLICY } from '../../../src/model/kernel-settings.js';
import { DEFAULT_POLICY, METRICS, type Metric, POLICIES, type Policy, withBudget } from '../../../src/model/policy.js';

const metrics = Object.keys(METRICS) as Metric[];
const policyOf = (name: string): Policy => {
  const policy = POLICIES[name];
  if (policy === undefined) throw new Error(`no profile ${name}`);
  return policy;
};

it('there are six, each by its own name', () => {
  expect(Object.keys(POLICIES)).toEqual(['default', 'web', 'voip', 'gaming', 'trading', 'platform']);
  expect(Object.entries(POLICIES).filter(([name, policy]) => policy.name !== name)).toEqual([]);
  expect(new Set(Object.values(POLICIES).map(({ summary }) => summary)).size).toBe(6);
});

describe.each(Object.entries(POLICIES))('the profile %s', (_, policy) => {
  it('has grades in order, each with a source', () => {
    for (const metric of metrics) {
      const grades = policy[metric];
      if (grades === null) continue;
      const { objective, acceptable, critical, because } = grades;
      const inOrder = METRICS[metric].better === 'less' ? [objective, acceptable, critical] : [critical, acceptable, objective];
      expect(
        inOrder.every((value, index) => value >= 0 && value >= (inOrder[index - 1] ?? 0)),
        metric,
      ).toBe(true);
      expect(because.length, metric).toBeGreaterThan(15);
    }
    expect(policy.minimumTlsVersion.because).toMatch(/./);
  });

  it('has an opinion about whatever is in default', () => {
    expect(Object.keys(policy).sort()).toEqual(Object.keys(DEFAULT_POLICY).sort());
    expect(metrics.filter((metric) => policy[metric] === null && DEFAULT_POLICY[metric] !== null)).toEqual([]);
  });

  it('names ratios between 0 and 1', () => {
    const { objective, acceptable, critical } = policy.lossRatio;
    for (const ratio of [objective, acceptable, critical]) expect(ratio).toBeLessThanOrEqual(1);
  });
});

const graded = (name: string, metric: Metric) => {
  const grades = policyOf(name)[metric];
  return grades === null ? null : [grades.objective, grades.acceptable, grades.critical];
};

/** One way, or as it is said; a round trip is twice a way. */
it.each<[string, Metric, number[]]>([
  ['trading', 'rttMs', [1, 10, 50].map((way) => 2 * way)],
  ['trading', 'jitterMs', [0.5, 5, 20]],
  ['trading', 'lossRatio', [0, 0.001, 0.01]],
  ['trading', 'firstByteMs', [5, 50, 200]],
  ['trading', 'responseMs', [5, 50, 200]],
  ['trading', 'webSocketRttMs', [5, 50, 200]],
  ['trading', 'messagesPerSecond', [1000, 100, 10]],
  ['trading', 'uptimeRatio', [0.9999, 0.999, 0.99]],
  ['trading', 'tlsHandshakeMs', [10, 100, 250]],
  ['trading', 'dnsQueryMs', [1, 10, 50]],
  ['platform', 'rttMs', [50, 100, 200]],
  ['platform', 'responseMs', [100, 200, 500]],
  ['platform', 'webSocketRttMs', [50, 100, 500]],
  ['platform', 'databaseConnectMs', [10, 50, 100]],
  ['voip', 'rttMs', [100, 150, 400].map((way) => 2 * way)],
  ['voip', 'jitterMs', [20, 30, 50]],
  ['voip', 'lossRatio', [0.001, 0.01, 0.03]],
  ['gaming', 'rttMs', [50, 100, 180]],
  ['web', 'firstByteMs', [200, 800, 1800]],
])('%s: %s', (name, metric, expected) => {
  expect(graded(name, metric)).toEqual(expected);
});

it('what a profile has no opinion about is that of default, with its source', () => {
  expect(policyOf('voip').tlsHandshakeMs).toBe(DEFAULT_POLICY.tlsHandshakeMs);
  expect(policyOf('gaming').dnsQueryMs).toBe(DEFAULT_POLICY.dnsQueryMs);
  expect(policyOf('web').lossRatio).toBe(DEFAULT_POLICY.lossRatio);
  expect(policyOf('platform').kernel).toBe(DEFAULT_KERNEL_POLICY);
  expect(policyOf('trading').kernel).toBe(TRADING_KERNEL_POLICY);
});

it('a platform is judged by p99, its loss and jitter by what it asks for', () => {
  const { rttMs, firstByteMs, responseMs, webSocketRttMs, lossRatio, jitterMs, minimumTlsVersion } = policyOf('platform');
  expect([rttMs, firstByteMs, responseMs, webSocketRttMs].map((grades) => grades?.percentile)).toEqual(['p99', 'p99', 'p99', 'p99']);
  expect([lossRatio.acceptable, jitterMs.acceptable, minimumTlsVersion.version]).toEqual([0.001, 10, 'TLSv1.2']);
});

it('a budget replaces the grades of round trips alone', () => {
  const policy = withBudget(policyOf('trading'), { objective: 1, acceptable: 2, critical: 3 });
  expect(policy).toEqual({
    ...policyOf('trading'),
    name: 'trading, budget given',
    rttMs: { objective: 1, acceptable: 2, critical: 3, because: 'given for this run', given: true },
  });
});
