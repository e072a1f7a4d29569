import { describe, expect, it } from 'vitest';
import type { DataOf, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { judgeMtu } from '../../../src/probes/mtu/judge.js';

function judge(data: Partial<DataOf<'mtu'>>, attempt: MeasurementOf<'mtu'>['attempt'] = { kind: 'measured' }) {
  const whole: DataOf<'mtu'> = {
    address: '192.0.2.1',
    pathMtuBytes: 1500,
    localMtuBytes: 1500,
    tcpMssBytes: null,
    blackhole: false,
    limitedBy: null,
    smallestFailedBytes: null,
    sent: 6,
    ...data,
  };
  const envelope = { id: 'm1', target: 'a', method: 'icmp', startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, stalledMs: 0 };
  return judgeMtu({ ...envelope, probe: 'mtu', attempt, data: whole }, { policy: DEFAULT_POLICY })[0];
}

describe('judgeMtu', () => {
  it.each<[string, Partial<DataOf<'mtu'>>, object]>([
    ['an ordinary path', {}, { status: 'pass', observed: '1500', expected: '1500' }],
    ['a loopback', { pathMtuBytes: 65_535, limitedBy: 'local' }, { status: 'pass', observed: '65535' }],
    [
      'a narrow path that is announced: no fault',
      { pathMtuBytes: 1400, limitedBy: '10.0.0.1', smallestFailedBytes: 1401 },
      { status: 'pass', code: null, observed: '1400, announced by 10.0.0.1', expected: '1500, or announced' },
    ],
    ['a very narrow one, announced', { pathMtuBytes: 576, limitedBy: '10.0.0.1' }, { status: 'warn', code: 'mtu-reduced' }],
    ['a black hole', { pathMtuBytes: 1400, blackhole: true, smallestFailedBytes: 1401 }, { status: 'fail', code: 'mtu-blackhole' }],
    // No path is that narrow and silent: a filter of large echoes is the likelier reason.
    ['silence above a size that every path carries', { pathMtuBytes: 900, blackhole: true }, { status: 'warn', code: 'mtu-blackhole' }],
  ])('%s', (_, data, expected) => {
    expect(judge(data)).toMatchObject(expected);
  });

  it('is not judged where echo is silent, and says what TCP uses', () => {
    const silent = judge({ pathMtuBytes: null, tcpMssBytes: 1348 }, { kind: 'unanswered', step: 'response', waitedMs: 1000 });
    expect(silent).toMatchObject({ status: 'skip', code: null });
    expect(silent?.because).toContain('1348');
  });
});
