import { describe, expect, it } from 'vitest';
import type { DataOf, Measurement, RttStatistics } from '../../src/model/measurement.js';
import { mtuNotTried } from '../../src/probes/mtu/measure.js';
import { phasesNotTried } from '../../src/probes/phases/measure.js';
import { describeMeasurement } from '../../src/render/measurement-text.js';

const envelope = {
  id: 'm1',
  target: 'app.example.net:443',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  stalledMs: 0,
  attempt: { kind: 'measured' },
} as const;

const spread = (p50: number): RttStatistics => ({ min: p50 / 2, mean: p50, p50, p95: p50 * 2, p99: p50 * 2, max: p50 * 2, stddev: 1 });
const nothing = phasesNotTried('192.0.2.1', { kind: 'skipped', because: '' }).data;
const phases = (parts: Partial<DataOf<'phases'>>): string[] =>
  describeMeasurement({ ...envelope, probe: 'phases', method: 'https', data: { ...nothing, ...parts } });

describe('the directions of a path MTU', () => {
  const segments = (passedBytes: number, failedBytes: number | null) => ({ passedBytes, failedBytes });
  const mtu = (toTarget: ReturnType<typeof segments>, fromTarget: ReturnType<typeof segments>): string[] => {
    const tcp = { announcedMssBytes: 1460, kernelPathMtuBytes: 1500, connections: 2, toTarget, fromTarget };
    const { data } = mtuNotTried('192.0.2.1', { kind: 'skipped', because: '' });
    return describeMeasurement({ ...envelope, probe: 'mtu', method: 'icmp', data: { ...data, pathMtuBytes: 1400, exact: true, tcp } });
  };

  it('do not make a narrow path of an answer that was short', () => {
    expect(mtu(segments(1400, 1401), segments(194, null)).at(-1)).toBe(
      'by TCP: there 1400 bytes pass, 1401 vanish · back 194 bytes pass, larger ones were not seen',
    );
    expect(mtu(segments(1400, null), segments(1400, null)).at(-1)).toBe('by TCP: there 1400 bytes pass · back 1400 bytes pass');
  });
});

describe('phases', () => {
  it('of one exchange are one line', () => {
    const parts = { tcpMs: 10, ttfbMs: 30, totalMs: 40, httpStatus: 200, tcpClock: 'kernel', count: 1, completed: 1 } as const;
    expect(phases(parts)).toEqual(['TCP 10.0 · first byte 30.0 · total 40.0 ms · HTTP 200 · TCP by the kernel clock']);
  });

  it('of several have their medians, the first exchange, and a line for the spread of each', () => {
    const first = {
      dnsMs: 50,
      tcpMs: 10,
      tlsMs: null,
      ttfbMs: null,
      totalMs: 60,
      httpStatus: null,
      tcpClock: 'user',
      stalledMs: 0,
      failure: null,
    } as const;
    const distribution = { dnsMs: spread(4), tcpMs: spread(10), tlsMs: null, ttfbMs: null, totalMs: spread(14) };
    expect(phases({ dnsMs: 4, tcpMs: 10, totalMs: 14, tcpClock: 'user', count: 5, completed: 4, distribution, runs: [first] })).toEqual([
      'median of 4 of 5 exchanges: DNS 4.00 · TCP 10.0 · total 14.0 ms · TCP by the user clock',
      'the first: DNS 50.0 · TCP 10.0 · total 60.0 ms',
      'DNS: min 2.00 · p50 4.00 · p95 8.00 · p99 8.00 · max 8.00 ms',
      'TCP: min 5.00 · p50 10.0 · p95 20.0 · p99 20.0 · max 20.0 ms',
      'total: min 7.00 · p50 14.0 · p95 28.0 · p99 28.0 · max 28.0 ms',
    ]);
  });

  it('that were not measured are no line', () => {
    expect(phases({})).toEqual([]);
  });
});

it('addresses are a line each, in the order of a client, and the one that it takes', () => {
  const entry = { method: 'tcp', clock: 'kernel', state: 'open', failure: null, rttMs: 12, answers: true } as const;
  const nothingKnown = { answers: null, method: null, clock: null, state: null, rttMs: null } as const;
  const data: DataOf<'addresses'> = {
    host: 'app.example.net',
    port: 443,
    addresses: [
      { ...entry, address: '2001:db8::1', family: 6, answers: false, rttMs: null, clock: null, state: 'filtered', failure: 'silence' },
      { ...entry, address: '192.0.2.1', family: 4 },
      { ...entry, address: '2001:db8::2', family: 6, method: 'icmp', rttMs: 3, state: 'filtered', failure: 'silence' },
      { ...entry, ...nothingKnown, address: '2001:db8::3', family: 6, failure: 'ENETUNREACH' },
    ],
    chosen: '192.0.2.1',
    winner: '192.0.2.1',
    winnerAfterMs: 262,
  };
  const made: Measurement = { ...envelope, probe: 'addresses', method: 'tcp', data };
  expect(describeMeasurement(made)).toEqual([
    '2001:db8::1: silent · port 443 filtered · TCP',
    '192.0.2.1: answers · 12 ms · port 443 open · TCP, kernel clock · measured here',
    '2001:db8::2: answers · 3 ms · port 443 filtered · silence · ICMP, kernel clock',
    '2001:db8::3: not tried · ENETUNREACH',
    'a client takes 192.0.2.1, connected after 262 ms (Happy Eyeballs)',
  ]);
});
