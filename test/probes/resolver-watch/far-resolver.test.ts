import { describe, expect, it } from 'vitest';
import type { Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import type { Check } from '../../../src/model/report.js';
import { check } from '../../../src/probes/check.js';
import { withoutTheWay } from '../../../src/probes/resolver-watch/far-resolver.js';

const LONGEST_WAY_MS = 150;

function question(queryMs: number, series: readonly (number | null)[] = []): MeasurementOf<'dns'> {
  return {
    ...{ id: 'm1', target: null, probe: 'dns', method: 'udp', durationMs: queryMs, stalledMs: 0, attempt: { kind: 'measured' } },
    startedAt: '2026-11-22T10:00:00.000Z',
    data: {
      ...{ server: '198.51.100.53', transport: 'udp', name: 'app.example.net', type: 'A', rcode: 'NOERROR', queryMs },
      ...{ flags: null, answers: [], dnssec: null, attempts: 1 },
      series: series.map((ms, index) => ({ sentMs: index * 110, rcode: ms === null ? null : 'NOERROR', queryMs: ms, waitedMs: null })),
    },
  } as MeasurementOf<'dns'>;
}

function connection(latencyMs: number | null): Measurement {
  return {
    ...{ id: 'm2', target: null, probe: 'ports', method: 'tcp', durationMs: 1, stalledMs: 0, attempt: { kind: 'measured' } },
    startedAt: '2026-11-22T10:00:00.000Z',
    data: { address: '198.51.100.53', ports: [{ port: 53, protocol: 'tcp', state: 'open', service: null, latencyMs }] },
  } as unknown as Measurement;
}

function judged(measurements: readonly Measurement[], status: 'warn' | 'fail' = 'warn'): Check | undefined {
  const line = { kind: 'l7.resolver', layer: 7, title: '', measurement: { id: 'm1', target: null } } as const;
  const slow: Check = { ...check({ ...line, status, code: 'dns-slow', observed: '122 ms' }), id: 'l7.resolver@198.51.100.53' };
  return withoutTheWay([slow], measurements, LONGEST_WAY_MS)[0];
}

describe('a resolver that is far away', () => {
  it('is not slow where a question takes as long as a connection', () => {
    expect(judged([question(122, [122, 121, 140]), connection(120)])).toMatchObject({
      status: 'pass',
      code: null,
      observed: '122 ms; 120 ms of it is the way there and back',
    });
  });

  it.each([
    ['it takes much longer than the way', [question(190, [190, 185, 200]), connection(120)]],
    ['the way itself is too long', [question(210, [210]), connection(200)]],
    ['the way is not known', [question(122), connection(null)]],
    ['nobody connected', [question(122)]],
    ['a question was in vain', [question(122, [122, null]), connection(120)]],
  ] as const)('is slow where %s', (_, measurements) => {
    expect(judged(measurements)).toMatchObject({ status: 'warn', code: 'dns-slow' });
  });

  it('stays a failure where it is one', () => {
    expect(judged([question(122), connection(120)], 'fail')).toMatchObject({ status: 'fail' });
  });
});
