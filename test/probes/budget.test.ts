import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, POLICIES } from '../../src/model/policy.js';
import { PLATFORM_POLICY } from '../../src/model/profiles/platform.js';
import { budgetSchema } from '../../src/model/report.js';
import { rttStatistics } from '../../src/model/statistics.js';
import { budgetOf, expectedOf, judgedTime, processTimeBudget } from '../../src/probes/budget.js';

it('has the value, its unit, the grades and where they come from', () => {
  expect(budgetSchema.parse(budgetOf('lossRatio', 0.02, DEFAULT_POLICY.lossRatio))).toEqual({
    metric: 'lossRatio',
    value: 0.02,
    unit: 'ratio',
    objective: 0,
    acceptable: 0.01,
    critical: 0.05,
    source: DEFAULT_POLICY.lossRatio.because,
  });
});

it('is one that the schema allows for every limit of every profile', () => {
  for (const policy of Object.values(POLICIES)) {
    for (const [metric, grades] of Object.entries(policy)) {
      if (typeof grades !== 'object' || grades === null || !('objective' in grades)) continue;
      expect(budgetSchema.safeParse(budgetOf(metric as 'rttMs', 1, grades)).success, `${policy.name} ${metric}`).toBe(true);
    }
  }
});

it('of a time on the process clock is without our own delay', () => {
  const value = (stalledMs: number | null) => processTimeBudget('dnsQueryMs', 130, stalledMs, DEFAULT_POLICY.dnsQueryMs).value;
  expect([value(60), value(200), value(null)]).toEqual([70, 0, 130]);
});

describe('of several exchanges', () => {
  const runs = Array.from({ length: 100 }, (_, index) => ({ ms: index + 1, stalledMs: index >= 98 ? 40 : 0 }));
  const spread = rttStatistics(runs.map(({ ms }) => ms));
  const grades = PLATFORM_POLICY.firstByteMs;

  it('the median is judged, as long as nothing else is asked for or there are too few', () => {
    expect(judgedTime({ medianMs: 50, spread, samples: 100, runs }, DEFAULT_POLICY.firstByteMs)).toMatchObject({
      percentile: 'p50',
      valueMs: 50,
    });
    expect(judgedTime({ medianMs: 50, spread, samples: 99, runs }, grades)).toMatchObject({ percentile: 'p50', valueMs: 50 });
    expect(judgedTime({ medianMs: 50, spread: null, samples: 100, runs }, grades)).toMatchObject({ percentile: 'p50', valueMs: 50 });
  });

  it('p99 is judged without what our own delays add to it', () => {
    expect(judgedTime({ medianMs: 50, spread, samples: 100, runs }, grades)).toEqual({ percentile: 'p99', valueMs: 99, ownMs: 2 });
  });

  it('the delay is not known where no exchange is', () => {
    expect(judgedTime({ medianMs: 50, spread: null, samples: 1, runs: [] }, grades)).toEqual({
      percentile: 'p50',
      valueMs: 50,
      ownMs: null,
    });
  });

  it('says of what the limit speaks', () => {
    expect([expectedOf('p50', 'under 2 ms'), expectedOf('p99', 'under 2 ms')]).toEqual(['under 2 ms', 'p99 under 2 ms']);
  });
});
