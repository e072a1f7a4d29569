import { describe, expect, it } from 'vitest';
import type { DataOf, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { judgeMtu } from '../../../src/probes/mtu/judge.js';

function judge(data: Partial<DataOf<'mtu'>>, attempt: MeasurementOf<'mtu'>['attempt'] = { kind: 'measured' }, method = 'icmp') {
  const whole: DataOf<'mtu'> = {
    address: '192.0.2.1',
    pathMtuBytes: 1500,
    localMtuBytes: 1500,
    tcpMssBytes: null,
    blackhole: false,
    limitedBy: null,
    smallestFailedBytes: null,
    exact: true,
    direction: null,
    largeEchoFiltered: null,
    onLink: false,
    tcp: null,
    sent: 6,
    ...data,
  };
  const envelope = { id: 'm1', target: 'a', method, startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, stalledMs: 0 };
  return judgeMtu({ ...envelope, probe: 'mtu', attempt, data: whole }, { policy: DEFAULT_POLICY })[0];
}

const TCP = {
  announcedMssBytes: 1460,
  kernelPathMtuBytes: 1500,
  toTarget: { passedBytes: 1500, failedBytes: null },
  fromTarget: { passedBytes: 1500, failedBytes: null },
  connections: 4,
};

describe('judgeMtu', () => {
  it.each<[string, Partial<DataOf<'mtu'>>, object]>([
    [
      'an ordinary path',
      {},
      { status: 'pass', observed: '1500', expected: '1500', budget: { metric: 'expectedMtuBytes', value: 1500, unit: 'bytes' } },
    ],
    ['a loopback', { pathMtuBytes: 65_535, limitedBy: 'local' }, { status: 'pass', observed: '65535' }],
    [
      'a narrow path that is announced: no fault',
      { pathMtuBytes: 1400, limitedBy: '10.0.0.1', smallestFailedBytes: 1401 },
      { status: 'pass', code: null, observed: '1400, announced by 10.0.0.1', expected: '1500, or announced' },
    ],
    ['a very narrow one, announced', { pathMtuBytes: 576, limitedBy: '10.0.0.1' }, { status: 'warn', code: 'mtu-reduced' }],
    ['narrower than what every host takes', { pathMtuBytes: 552, limitedBy: '10.0.0.1' }, { status: 'fail', code: 'mtu-reduced' }],
    [
      'a link whose far end takes less than this one sends',
      { pathMtuBytes: 1404, blackhole: true, smallestFailedBytes: 1405, linkRefused: 30 },
      { status: 'fail', code: 'mtu-mismatch', observed: 'the first link carries 1404 and refuses more, this interface sends 1500' },
    ],
    ['a black hole', { pathMtuBytes: 1400, blackhole: true, smallestFailedBytes: 1401 }, { status: 'fail', code: 'mtu-blackhole' }],
    [
      'a black hole on the way back, by TCP',
      { blackhole: true, direction: 'from-target', tcp: { ...TCP, fromTarget: { passedBytes: 1400, failedBytes: 1401 } } },
      { status: 'fail', code: 'mtu-blackhole', observed: '1400 and no more on the way back, unannounced' },
    ],
    [
      'a very narrow one that TCP confirms: no filter',
      { pathMtuBytes: 900, blackhole: true, direction: 'to-target', tcp: { ...TCP, toTarget: { passedBytes: 900, failedBytes: 901 } } },
      { status: 'fail', code: 'mtu-blackhole', observed: '900 and no more on the way there, unannounced' },
    ],
    [
      'large echoes that are filtered, while TCP passes',
      { largeEchoFiltered: true, limitedBy: 'local' },
      { status: 'pass', code: null, observed: '1500 by TCP; large echoes are filtered' },
    ],
    [
      'two ends of one link that disagree',
      { pathMtuBytes: 1500, localMtuBytes: 9000, blackhole: true, onLink: true },
      { status: 'fail', code: 'mtu-mismatch', observed: 'the link to it carries 1500, this interface sends 9000' },
    ],
    [
      'jumbo frames into a network of ordinary ones, without a word',
      { pathMtuBytes: 1500, localMtuBytes: 9000, blackhole: true, onLink: false, limitedBy: null },
      { status: 'fail', code: 'mtu-mismatch', observed: 'the network carries 1500 and announces nothing, this interface sends 9000' },
    ],
    [
      'a size that could not be confirmed: never called narrow',
      { pathMtuBytes: 900, exact: false, smallestFailedBytes: 1000 },
      { status: 'pass', code: null, observed: '900, or a little more: too much was lost to be sure' },
    ],
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

  it('holds no number against the grades where silence decides, or the number is only a bound', () => {
    expect(judge({ pathMtuBytes: 1400, blackhole: true, smallestFailedBytes: 1401 })).not.toHaveProperty('budget');
    expect(judge({ pathMtuBytes: 900, exact: false, smallestFailedBytes: 1000 })).not.toHaveProperty('budget');
  });

  it('says that a size which TCP alone showed is a bound from below', () => {
    const byTcp = judge({ pathMtuBytes: 1300, exact: false, blackhole: null }, { kind: 'measured' }, 'tcp');
    expect(byTcp).toMatchObject({ status: 'pass', observed: '1300 at least, by TCP: larger segments were not used' });
  });
});
