import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/model/report.js';
import type { MetricDiff } from '../../../src/model/report-diff.js';
import { ALPHA } from '../../../src/report/diff/compare-metrics.js';
import { diffReports } from '../../../src/report/diff/index.js';
import { healthy } from '../../fakes/reports.js';
import { seeded } from '../../fakes/seeded.js';
import { near, TARGET, withData, withMeasurement, withRoundTrips } from '../../fakes/two-reports.js';

function metric(before: Report, after: Report, name: MetricDiff['metric']): MetricDiff {
  const found = diffReports(before, after).metrics.filter((entry) => entry.metric === name);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} of ${name}`);
  return found[0];
}

const rtt = (times: readonly (number | null)[], base = healthy()): Report => withRoundTrips(base, times);

describe('round trips', () => {
  it('that are surely longer, and by enough, are worse, with the shift and its interval', () => {
    const found = metric(rtt(near(20, 30, 1)), rtt(near(30, 30, 2)), 'rttMs');
    expect(found).toMatchObject({ finding: 'worse', because: null, target: TARGET, method: 'icmp', role: 'IPv4', unit: 'ms' });
    expect(found.shift?.value).toBeCloseTo(10, 0);
    expect(found.correctedProbability).toBeLessThan(ALPHA);
    expect(metric(rtt(near(30, 30, 1)), rtt(near(20, 30, 2)), 'rttMs').finding).toBe('better');
  });

  it('that only seem to be longer are noise', () => {
    expect(metric(rtt(near(20, 30, 1, 8)), rtt(near(20.5, 30, 2, 8)), 'rttMs')).toMatchObject({ finding: 'noise', because: null });
  });

  it('that are surely longer by what nobody feels are no change', () => {
    expect(metric(rtt(near(20, 100, 1)), rtt(near(20.8, 100, 2)), 'rttMs').finding).toBe('small');
    // Two milliseconds are much, and of 100 no tenth.
    expect(metric(rtt(near(100, 100, 1)), rtt(near(102, 100, 2)), 'rttMs').finding).toBe('small');
  });

  it('that surely cross a limit matter, however small the step', () => {
    const found = metric(rtt(near(149, 100, 1, 0.5)), rtt(near(151, 100, 2, 0.5)), 'rttMs');
    expect(found).toMatchObject({ finding: 'worse', grade: { before: 'pass', after: 'warn' } });
  });

  it('are held against strict limits more strictly', () => {
    const trading = (report: Report): Report => ({ ...report, policy: 'trading' });
    const [before, after] = [near(1, 60, 1, 0.2), near(1.7, 60, 2, 0.2)];
    expect(metric(rtt(before), rtt(after), 'rttMs').finding).toBe('small');
    // Of 20 ms a twentieth is 1 ms still; of a jitter of 5 ms it is a quarter of one.
    expect(metric(trading(rtt(before)), trading(rtt(after)), 'rttMs').finding).toBe('small');
    const spread = (ms: number, seed: number) => near(10, 120, seed, ms);
    expect(metric(rtt(spread(0.1, 1)), rtt(spread(1, 2)), 'jitterMs').finding).toBe('small');
    expect(metric(trading(rtt(spread(0.1, 1))), trading(rtt(spread(1, 2))), 'jitterMs').finding).toBe('worse');
  });

  it('that are too few to tell say so where there seems to be a difference, and not where there is none', () => {
    expect(metric(rtt(near(20, 5, 1)), rtt(near(60, 5, 2)), 'rttMs')).toMatchObject({
      finding: 'cannot-tell',
      probability: null,
      because: 'There are 5 and 5 values, and 8 of each are the least that shows anything.',
    });
    expect(metric(rtt(near(20, 5, 1)), rtt(near(20, 5, 2)), 'rttMs')).toMatchObject({ finding: 'noise', because: null });
  });

  it('by another method cannot be held against each other', () => {
    const byTcp = (report: Report): Report => ({
      ...report,
      measurements: report.measurements.map((entry) =>
        entry.probe === 'latency' || entry.probe === 'loss' ? { ...entry, method: 'tcp' } : entry,
      ),
    });
    expect(metric(rtt(near(20, 30, 1)), byTcp(rtt(near(60, 30, 2))), 'rttMs')).toMatchObject({
      finding: 'cannot-tell',
      method: null,
      because: 'It was measured by icmp before and by tcp now.',
    });
  });

  it('over another family cannot either', () => {
    const over6 = withData(rtt(near(60, 30, 2)), 'latency', () => ({ address: '2001:db8::7' }));
    expect(
      metric(
        rtt(near(20, 30, 1)),
        withData(over6, 'loss', () => ({ address: '2001:db8::7' })),
        'rttMs',
      ),
    ).toMatchObject({
      finding: 'cannot-tell',
      because: 'It was measured over IPv4 before and over IPv6 now.',
    });
  });

  it('on another clock are no worse by what lies between the clocks', () => {
    const onProcess = (report: Report): Report => withData(report, 'latency', () => ({ clock: 'user' as const }));
    expect(metric(rtt(near(5, 30, 1)), onProcess(rtt(near(6.5, 30, 2))), 'rttMs')).toMatchObject({
      finding: 'cannot-tell',
      because: expect.stringMatching(/timed by the kernel and the other by the process/),
    });
    expect(metric(rtt(near(5, 30, 1)), onProcess(rtt(near(15, 30, 2))), 'rttMs').finding).toBe('worse');
  });

  it('that this machine was too busy to time prove nothing', () => {
    const busy = (report: Report): Report => ({
      ...report,
      measurements: report.measurements.map((entry) =>
        entry.probe === 'latency' ? { ...entry, stalledMs: 400, data: { ...entry.data, clock: 'user' as const } } : entry,
      ),
    });
    const calm = withData(rtt(near(20, 30, 1)), 'latency', () => ({ clock: 'user' as const }));
    expect(metric(calm, busy(rtt(near(30, 30, 2))), 'rttMs')).toMatchObject({
      finding: 'cannot-tell',
      because: expect.stringMatching(/own delay/),
    });
  });

  it('are those of the longer series where two probes sent packets', () => {
    const both = (times: number[]) => withRoundTrips(rtt(near(20, 10, 1)), times, 'loss');
    expect(metric(both(near(20, 100, 3)), both(near(40, 100, 4)), 'rttMs')).toMatchObject({ probe: 'loss', finding: 'worse' });
  });

  it('to routers and gateways are told apart by their addresses', () => {
    const gateway = (report: Report, address: string, times: number[]): Report => {
      const [latency] = report.measurements.filter((entry) => entry.probe === 'latency');
      if (latency?.probe !== 'latency') throw new Error('no latency');
      const data = {
        ...latency.data,
        address,
        samples: times.map((rttMs, seq) => ({ seq, rttMs })),
        sent: times.length,
        received: times.length,
      };
      return withMeasurement(report, 'latency', data, { target: null, method: 'icmp' });
    };
    const of = (report: Report) => diffReports(gateway(healthy(), '192.0.2.1', near(1, 20, 1)), report).metrics;
    const same = of(gateway(healthy(), '192.0.2.1', near(9, 20, 2))).find(
      ({ target, metric: name }) => target === null && name === 'rttMs',
    );
    expect(same).toMatchObject({ role: '192.0.2.1', finding: 'worse' });
    expect(of(gateway(healthy(), '192.0.2.254', near(9, 20, 2))).filter(({ target }) => target === null)).toEqual([]);
  });
});

describe('losses', () => {
  const lossy = (pattern: (index: number) => boolean, length = 100): Report =>
    withRoundTrips(
      healthy(),
      near(20, length, 1).map((time, index) => (pattern(index) ? null : time)),
      'loss',
    );

  it('that are surely more are worse', () => {
    const found = metric(
      lossy(() => false),
      lossy((index) => index % 10 === 3),
      'lossRatio',
    );
    expect(found).toMatchObject({ finding: 'worse', unit: 'ratio', before: { value: 0, count: 100 }, after: { value: 0.1, count: 100 } });
    expect(found.shift?.low).toBeGreaterThan(0);
  });

  it('of two packets of a hundred are noise', () => {
    expect(
      metric(
        lossy(() => false),
        lossy((index) => index % 50 === 3),
        'lossRatio',
      ).finding,
    ).not.toBe('worse');
  });

  it('in one burst prove less than as many that are spread', () => {
    const burst = metric(
      lossy(() => false),
      lossy((index) => index >= 40 && index < 50),
      'lossRatio',
    );
    expect(burst.finding).not.toBe('worse');
    expect(burst.after.effectiveCount).toBeLessThan(40);
  });

  it('of everything are worse', () => {
    expect(
      metric(
        lossy(() => false),
        lossy(() => true),
        'lossRatio',
      ).finding,
    ).toBe('worse');
  });

  it('of a dozen packets cannot be told', () => {
    const few = metric(
      lossy(() => false, 12),
      lossy((index) => index % 5 === 3, 12),
      'lossRatio',
    );
    expect(few).toMatchObject({ finding: 'cannot-tell', because: expect.stringMatching(/not even the clearest difference/) });
  });

  it('of more packets than anybody sends are left out', () => {
    const absurd = withData(healthy(), 'loss', () => ({ sent: 1e12, received: 1 }));
    const found = diffReports(
      healthy(),
      withData(absurd, 'latency', () => ({ sent: 1e12, received: 1 })),
    ).metrics;
    expect(found.filter(({ metric: name }) => name === 'lossRatio')).toEqual([]);
  });
});

describe('phases', () => {
  const exchanges = (report: Report, tlsMs: number, length: number, seed: number, stalledMs = 0): Report => {
    const times = near(tlsMs, length, seed);
    return withData(report, 'phases', (data) => ({
      count: length,
      completed: length,
      runs: times.flatMap((time) => data.runs.slice(0, 1).map((run) => ({ ...run, tlsMs: time, totalMs: 50 + time, stalledMs }))),
    }));
  };

  it('are compared one by one', () => {
    const found = diffReports(exchanges(healthy(), 44, 20, 1), exchanges(healthy(), 80, 20, 2)).metrics.filter(
      ({ probe }) => probe === 'phases',
    );
    expect(Object.fromEntries(found.map(({ metric: name, finding }) => [name, finding]))).toEqual({
      dnsMs: 'noise',
      tcpMs: 'noise',
      tlsMs: 'worse',
      ttfbMs: 'noise',
      totalMs: 'worse',
    });
  });

  it('that netdiag itself delayed prove nothing', () => {
    expect(metric(exchanges(healthy(), 44, 20, 1), exchanges(healthy(), 80, 20, 2, 40), 'tlsMs').finding).toBe('cannot-tell');
  });
});

describe('the whole comparison of one and the same network', () => {
  /** Noise that remembers: each value half of the one before. */
  const remembering = (random: () => number, length: number): number[] => {
    let state = 0;
    return Array.from({ length }, () => {
      state = 0.6 * state + (random() + random() + random() - 1.5);
      return 20 + 10 * Math.exp(state);
    });
  };

  it('raises a false alarm in less than 5 percent of all cases, all its tests together', () => {
    const random = seeded(2025);
    const report = (): Report => {
      const losing = () => (random() < 0.02 ? null : 1);
      const times = remembering(random, 60);
      const more = remembering(random, 100).map((time) => (losing() === null ? null : time));
      return withRoundTrips(rtt(times), more, 'loss');
    };
    const runs = 150;
    const alarms = Array.from({ length: runs }, () => diffReports(report(), report())).filter(({ metrics }) =>
      metrics.some(({ correctedProbability }) => correctedProbability !== null && correctedProbability <= ALPHA),
    );
    expect(alarms.length / runs).toBeLessThan(ALPHA);
  });
});
