import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, POLICIES, type Policy, withExpectedRates } from '../../../src/model/policy.js';
import type { Check } from '../../../src/model/report.js';
import { judgeBandwidth } from '../../../src/probes/bandwidth/judge.js';
import { limitOf } from '../../../src/probes/bandwidth/limit.js';
import { bandwidth, direction, NO_RATE, roundTrips } from '../../fakes/bandwidth.js';

type Parts = Parameters<typeof direction>[0];

const lines = (given: Parameters<typeof bandwidth>[0], policy: Policy = DEFAULT_POLICY): Record<string, Check> =>
  Object.fromEntries(judgeBandwidth(bandwidth(given), { policy }).map((check) => [check.id.split('@')[0], check]));
const download = (parts: Parts, expected?: number) =>
  lines({ down: direction(parts) }, withExpectedRates(DEFAULT_POLICY, { down: expected }))['l7.download'];

describe('a rate', () => {
  it('passes where none is expected, and where it is reached', () => {
    expect(download({})).toMatchObject({ status: 'pass', code: null, expected: null, observed: '95 Mbit/s down (94 to 96, 95 % sure)' });
    expect(download({}, 95)).toMatchObject({ status: 'pass', code: null, expected: 'at least 95 Mbit/s' });
  });

  it('fails where it is surely too low, with value and grades', () => {
    expect(download({}, 100)).toMatchObject({
      id: 'l7.download@https://speed.example.net/down',
      status: 'fail',
      code: 'bandwidth-low',
      budget: { metric: 'downMbps', value: 95, unit: 'Mbit/s', objective: 100, acceptable: 100, critical: 100 },
    });
    expect(download({ interval: null }, 95.1)).toMatchObject({ status: 'fail' });
  });

  it('warns where its interval reaches what is expected, or something else than the line is the limit', () => {
    expect(download({}, 95.5)).toMatchObject({
      status: 'warn',
      code: 'bandwidth-low',
      observed: expect.stringMatching('it may be as much'),
    });
    for (const limitedBy of ['own-processor', 'short-answers', 'receive-window', 'volume'] as const) {
      expect(download({ limitedBy }, 500), limitedBy).toMatchObject({
        status: 'warn',
        observed: expect.stringMatching('the line may carry more'),
      });
    }
  });

  it('is graded by a profile that has three', () => {
    const grades = { objective: 100, acceptable: 90, critical: 50, because: 'test' };
    const status = (mbps: number) =>
      lines({ down: direction({ mbps, interval: null }) }, { ...DEFAULT_POLICY, downMbps: grades })['l7.download']?.status;
    expect([status(90), status(89), status(50), status(49)]).toEqual(['pass', 'warn', 'warn', 'fail']);
  });

  it('says what broke off and what came compressed', () => {
    const connections = { asked: 4, opened: 6, broken: 2, reason: 'reset' };
    expect(download({ connections, contentEncoding: 'gzip' })?.observed).toBe(
      '95 Mbit/s down (94 to 96, 95 % sure); 2 of 6 connections broke off; the body came compressed (gzip), counted as it came',
    );
  });

  it('of each direction is held against its own expectation', () => {
    const policy = withExpectedRates(DEFAULT_POLICY, { down: 90, up: 90 });
    const found = lines({ down: direction(), up: direction({ mbps: 40, interval: null }) }, policy);
    expect([found['l7.download']?.status, found['l7.upload']?.status]).toEqual(['pass', 'fail']);
    expect(found['l7.upload']?.budget?.metric).toBe('upMbps');
  });
});

describe('no rate', () => {
  const failed = (step: string, code: string, message = 'so') => ({ kind: 'failed' as const, step, code, message, waitedMs: null });
  it.each([
    [failed('response', 'http-status', 'the server answers with status 503'), 'fail', 'http-status'],
    [failed('response', 'redirect'), 'fail', 'http-status'],
    [failed('response', 'empty'), 'fail', 'http-status'],
    [failed('connect', 'ECONNREFUSED'), 'fail', 'port-closed'],
    [failed('response', 'not-http'), 'fail', 'http-not-spoken'],
    [failed('response', 'ECONNRESET'), 'fail', 'tcp-reset'],
    [failed('handshake', 'not-tls'), 'fail', 'tls-not-spoken'],
    [{ kind: 'unanswered' as const, step: 'connect', code: 'silent', message: 'nothing', waitedMs: 3000 }, 'fail', 'port-filtered'],
    [{ kind: 'unanswered' as const, step: 'response', code: 'silent', message: 'nothing', waitedMs: 3000 }, 'fail', 'service-silent'],
    [failed('request', 'credentials-withheld'), 'skip', null],
    [{ kind: 'skipped' as const, step: null, code: 'skipped', message: 'interrupted', waitedMs: null }, 'skip', null],
  ])('for %j is no 0', (failure, status, code) => {
    const found = lines({ down: direction({ ...NO_RATE, failure }) }, withExpectedRates(DEFAULT_POLICY, { down: 10 }));
    expect(found['l7.download']).toMatchObject({ status, code });
    expect(found['l7.download']?.budget).toBeUndefined();
    expect(found['l3.queueing-download'], 'nothing was loaded').toBeUndefined();
  });

  it('at all is one line', () => {
    const measurement = { ...bandwidth(), attempt: { kind: 'skipped' as const, because: 'interrupted' } };
    expect(judgeBandwidth(measurement, { policy: DEFAULT_POLICY })).toMatchObject([{ status: 'skip', because: 'interrupted' }]);
  });
});

describe('round trips under load', () => {
  const queueing = (parts: Parts, given: Parameters<typeof bandwidth>[0] = {}) =>
    lines({ down: direction(parts), ...given })['l3.queueing-download'];

  it('are judged by how much longer they are', () => {
    const status = (queueingMs: number) => queueing({ queueingMs, latency: roundTrips(22, 21 + queueingMs) })?.status;
    expect([status(75), status(76), status(400), status(401)]).toEqual(['pass', 'warn', 'warn', 'fail']);
    expect(queueing({ queueingMs: 200, latency: roundTrips(22, 221) })).toMatchObject({
      code: 'bufferbloat',
      observed: '221 ms under the download, 21 ms before',
      budget: { metric: 'queueingMs', value: 200 },
    });
  });

  it('that are mostly not answered any more fail, if they were before', () => {
    const latency = roundTrips(22, 30, { received: 9 });
    expect(queueing({ latency })).toMatchObject({ status: 'fail', code: 'bufferbloat' });
    expect(queueing({ latency }, { idle: roundTrips(21, 21, { received: 10 }) })).toMatchObject({ status: 'pass' });
    expect(queueing({ latency: roundTrips(1, 1, { received: 0, rttMs: null }), queueingMs: null })).toMatchObject({ status: 'fail' });
  });

  it('are not judged where too little is known', () => {
    expect(queueing({ idleRttMs: null })).toMatchObject({ status: 'skip' });
    expect(queueing({ latency: null, queueingMs: null })).toMatchObject({ status: 'skip' });
    expect(queueing({ latency: roundTrips(22, 900, { sent: 7, received: 7 }), queueingMs: 900 })).toMatchObject({ status: 'skip' });
    const busy = { limitedBy: 'own-processor' as const, queueingMs: 300 };
    expect(queueing({ ...busy, latency: roundTrips(300, 320, { clock: 'user' }) })).toMatchObject({ status: 'skip' });
    expect(queueing({ ...busy, latency: roundTrips(300, 320) })).toMatchObject({ status: 'warn' });
  });
});

describe('utilisation', () => {
  const platform = POLICIES['platform'] as Policy;
  const used = (utilisationRatio: number | null) => lines({ down: direction({ utilisationRatio }) }, platform)['l7.utilisation-download'];

  it('warns above 70 % and fails above 90 % where the profile has an opinion', () => {
    expect([used(0.7)?.status, used(0.71)?.status, used(0.9)?.status, used(0.91)?.status]).toEqual(['pass', 'warn', 'warn', 'fail']);
    expect(used(0.8)).toMatchObject({ code: 'bandwidth-low', observed: '80 % down: 2 Mbit/s crossed eth0 before, 99.5 Mbit/s under load' });
    expect(lines({ down: direction() })['l7.utilisation-download']).toBeUndefined();
  });

  it('that is not known is skipped, and says why', () => {
    const absent = [{ fact: 'what crossed the interface', because: 'it is loopback' }];
    const found = lines({ down: direction({ utilisationRatio: null }), interface: null, absent }, platform);
    expect(found['l7.utilisation-download']).toMatchObject({
      status: 'skip',
      because: 'what crossed the interface is not known: it is loopback',
    });
  });
});

describe('what limited it', () => {
  const found = { busyRatio: null, waitingRatio: null, windowLimitedRatio: null, ended: 'time' as const, steady: true };
  it.each([
    [{}, null],
    [{ busyRatio: 0.84 }, null],
    [{ busyRatio: 0.85, waitingRatio: 1 }, 'own-processor'],
    [{ waitingRatio: 0.2 }, 'short-answers'],
    [{ ended: 'requests' as const }, 'short-answers'],
    [{ windowLimitedRatio: 0.5 }, 'receive-window'],
    [{ ended: 'volume' as const }, null],
    [{ ended: 'volume' as const, steady: false }, 'volume'],
  ])('%j', (given, limit) => {
    expect(limitOf({ ...found, ...given })).toBe(limit);
  });
});
