import { describe, expect, it } from 'vitest';
import { skipped } from '../../../src/model/attempt.js';
import type { DataOf, Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { judgeClock } from '../../../src/probes/clock/judge.js';
import { emptyClockData } from '../../../src/probes/clock/local-clock.js';
import { phasesNotTried } from '../../../src/probes/phases/measure.js';

type ClockData = DataOf<'clock'>;
type Server = ClockData['servers'][number];

const envelope = { startedAt: '2026-11-22T00:00:00.000Z', durationMs: 1, stalledMs: 0, attempt: { kind: 'measured' } } as const;

const KERNEL: NonNullable<ClockData['kernel']> = {
  synchronized: true,
  estimatedErrorMs: 1,
  maximumErrorMs: 20,
  frequencyPpm: 0,
  leap: 'none',
  taiOffsetSeconds: 37,
  aheadOfProcessMs: 0,
  source: 'adjtimex',
};

function server(host: string, parts: Partial<Server> = {}): Server {
  return {
    host,
    port: 123,
    address: host,
    from: 'given',
    source: null,
    state: 'time',
    because: null,
    foreign: 0,
    sent: 1,
    stratum: 2,
    reference: null,
    leap: 'none',
    offsetMs: 0,
    delayMs: 1,
    rootDistanceMs: 1,
    uncertaintyMs: 10,
    agrees: true,
    ...parts,
  };
}

function clock(parts: Partial<ClockData> = {}): MeasurementOf<'clock'> {
  return { ...envelope, id: 'c', target: null, probe: 'clock', method: 'ntp', data: { ...emptyClockData(), ...parts } };
}

function phases(target: string, offsetMs: number, uncertaintyMs = 510): Measurement {
  const read = { serverTime: envelope.startedAt, offsetMs, uncertaintyMs, ageSeconds: null };
  return {
    ...envelope,
    id: target,
    target,
    probe: 'phases',
    method: 'https',
    data: { ...phasesNotTried('192.0.2.1', skipped('')).data, clock: read },
  };
}

function judged(measurement: MeasurementOf<'clock'>, others: Measurement[] = [], scope: 'all' | 'path' = 'all') {
  const checks = judgeClock(measurement, {
    policy: DEFAULT_POLICY,
    scope,
    measurements: [measurement, ...others],
    targets: [],
    interfaces: new Set(),
  });
  return new Map(checks.map((check) => [check.id, check]));
}
const short = (checks: ReturnType<typeof judged>) =>
  [...checks.values()].map(({ id, status, code }) => `${id} ${status}${code === null ? '' : ` ${code}`}`);

describe('against time servers', () => {
  const off = (offsetMs: number, uncertaintyMs: number) =>
    judged(clock({ servers: [server('a', { offsetMs, uncertaintyMs })], ntp: { offsetMs, uncertaintyMs, agreeing: 1 } })).get('l7.clock');

  it.each([
    [0.2, 10, 'pass'],
    [4900, 10, 'pass'],
    [5011, 10, 'warn'],
    // The doubt is never held against the clock.
    [5011, 12, 'pass'],
    [300_000, 9, 'warn'],
    [-300_020, 10, 'fail'],
    [-300_020, 30, 'warn'],
    [7_200_000, 10, 'fail'],
  ])('%d ms off by ± %d ms: %s', (offsetMs, uncertaintyMs, status) => {
    expect(off(offsetMs, uncertaintyMs)).toMatchObject({
      status,
      code: status === 'pass' ? null : 'clock-skew',
      budget: { metric: 'clockSkewMs', value: Math.max(0, Math.abs(offsetMs) - uncertaintyMs), acceptable: 5000 },
    });
  });

  it('says in which direction, by how much, and what that breaks', () => {
    expect(off(7_200_000, 12.34)?.observed).toBe(
      'this machine is 2 h behind (± 12.3 ms) by a; too far for strictly signed requests (5 s), one-time codes (30 s), Kerberos (5 min), signed requests of clouds (15 min)',
    );
    expect(off(-45_000, 12)?.observed).toContain(
      'this machine is 45 s ahead (± 12 ms) by a; too far for strictly signed requests (5 s), one-time codes (30 s)',
    );
    expect(off(3, 12)?.observed).toBe('as here, within 12 ms by a');
  });

  it('names the certificates of targets that are judged wrongly by it', () => {
    const tls = (target: string, notBefore: string, notAfter: string) =>
      ({
        ...envelope,
        id: target,
        target,
        probe: 'tls',
        method: 'tls',
        data: { chain: [{ notBefore, notAfter }] },
      }) as unknown as Measurement;
    const data = { servers: [server('a')], ntp: { offsetMs: -90 * 86_400_000, uncertaintyMs: 5, agreeing: 1 } };
    const others = [
      tls('seeming', '2026-01-01T00:00:00Z', '2026-10-01T00:00:00Z'),
      tls('well', '2026-01-01T00:00:00Z', '2027-10-01T00:00:00Z'),
      tls('hidden', '2026-10-01T00:00:00Z', '2027-10-01T00:00:00Z'),
    ];
    const observed = judged(clock(data), others).get('l7.clock')?.observed;
    expect(observed).toContain('the certificate of seeming only seems out of its dates; the certificate of hidden only seems valid');
    expect(observed).not.toContain('well');
  });

  it('that told no time gives no verdict, and the reason of each', () => {
    const silent = (host: string) =>
      server(host, { state: 'unanswered', because: 'no answer within 900 ms', offsetMs: null, uncertaintyMs: null, agrees: null });
    const refused = server('c', { state: 'refused', because: 'connection refused', offsetMs: null, uncertaintyMs: null, agrees: null });
    const check = judged(clock({ servers: [silent('a'), silent('b'), refused] })).get('l7.clock');
    expect(check).toMatchObject({
      status: 'skip',
      because: 'no time server told the time: 2 servers: no answer within 900 ms; c: connection refused',
    });
  });

  it('of which one lies: it is named, with how far it is off', () => {
    const data = {
      servers: [server('a'), server('b', { offsetMs: 600_000, agrees: false }), server('c')],
      ntp: { offsetMs: 0, uncertaintyMs: 10, agreeing: 2 },
    };
    const checks = judged(clock(data));
    expect(checks.get('l7.clock')).toMatchObject({ status: 'pass', observed: 'as here, within 10 ms by 2 of 3 time servers' });
    expect(checks.get('l7.clock-servers')).toMatchObject({
      status: 'warn',
      code: 'time-servers-disagree',
      observed: '2 of 3 agree; wrong: b is 10 min ahead (± 10 ms)',
    });
  });

  it('without a majority nobody is believed', () => {
    const data = { servers: [server('a', { agrees: null }), server('b', { offsetMs: 600_000, agrees: null })], ntp: null };
    expect(short(judged(clock(data)))).toEqual([
      'l7.clock skip',
      'l7.clock-servers warn time-servers-disagree',
      'l7.clock-synchronized skip',
    ]);
  });
});

describe('whether somebody keeps the clock right', () => {
  const line = (parts: Partial<ClockData>) => judged(clock(parts)).get('l7.clock-synchronized');
  const services = [{ name: 'chronyd', source: '/run/chrony/chronyd.pid' }];
  const unkept = { ...KERNEL, synchronized: false, maximumErrorMs: null };

  it('passes with who it is, whom that follows, and how sure it is', () => {
    const tracking = { reference: '192.0.2.1', stratum: 3, lastOffsetMs: 0, rootDistanceMs: 11, synchronized: true, source: 'chronyc' };
    expect(line({ kernel: KERNEL, services, tracking })).toMatchObject({
      status: 'pass',
      observed: 'yes, by chronyd, which follows 192.0.2.1; within 20 ms by its own estimate',
    });
  });
  it('warns where nobody does', () => {
    expect(line({ kernel: unkept })).toMatchObject({
      status: 'warn',
      code: 'clock-unsynchronized',
      observed: expect.stringContaining('no time service was found'),
    });
    expect(line({ kernel: unkept, services })?.observed).toContain('chronyd runs and has not succeeded');
  });
  it('is not told where only a tool of a hypervisor could set it', () => {
    const tools = [{ name: 'vmtoolsd', source: '/run/vmtoolsd.pid' }];
    expect(line({ kernel: unkept, services: tools })).toMatchObject({
      status: 'skip',
      because: 'not told: vmtoolsd runs, which can set the clock and does not tell the kernel',
    });
    expect(line({ kernel: unkept, services: [...tools, { name: 'systemd-timesyncd', source: '' }] })).toMatchObject({ status: 'warn' });
  });
  it('passes for now where time servers find it right, and warns on where they do not', () => {
    const told = (offsetMs: number) => ({ kernel: unkept, ntp: { offsetMs, uncertaintyMs: 10, agreeing: 1 } });
    expect(line(told(3))).toMatchObject({ status: 'pass', code: null, observed: expect.stringContaining('it is right for now') });
    expect(line(told(-400_000))).toMatchObject({ status: 'warn', code: 'clock-unsynchronized' });
  });
  it('is the business of the host where this is a container', () => {
    const made = {
      ...envelope,
      id: 'p',
      target: null,
      probe: 'surroundings',
      method: 'system',
      data: { container: { kind: 'container' } },
    };
    const inContainer = (kernel: ClockData['kernel']) =>
      judged(clock({ kernel }), [made as unknown as Measurement]).get('l7.clock-synchronized');
    expect(inContainer(unkept)).toMatchObject({ status: 'skip', because: expect.stringContaining('its host') });
    expect(inContainer(KERNEL)).toMatchObject({ status: 'pass', observed: expect.stringContaining('by the host of this container') });
  });
  it('is not judged in WSL, whose kernel is never told, nor where nothing is known', () => {
    expect(line({ kernel: unkept, belongsTo: 'windows' })).toMatchObject({ status: 'skip', code: null });
    const absent = [{ fact: 'state of the clock of the kernel', because: 'not available: no native sockets' }];
    expect(line({ absent })).toMatchObject({ status: 'skip', because: 'not told: not available: no native sockets' });
  });
  it('says that it is of no use where this process is shown another time', () => {
    expect(line({ kernel: { ...KERNEL, aheadOfProcessMs: -600_000 } })?.observed).toContain('this process is shown another time');
  });
});

describe('by the answers of targets', () => {
  const path = (others: Measurement[], parts: Partial<ClockData> = {}) => short(judged(clock(parts), others, 'path'));

  it('nothing is said where all is well', () => {
    expect(path([phases('https://a', 0), phases('https://b', 400)])).toEqual([]);
    expect(path([])).toEqual([]);
    expect(path([phases('https://a', 4000)], { kernel: { ...KERNEL, synchronized: false } })).toEqual([]);
  });

  it('one alone that is ahead shows this machine, or itself, to be wrong', () => {
    expect(path([phases('https://a', 600_000)])).toEqual(['l7.clock@https://a fail clock-skew']);
    expect(path([phases('https://a', 60_000)])).toEqual(['l7.clock@https://a warn clock-skew']);
    const line = judged(clock(), [phases('https://a', 60_000)], 'path').get('l7.clock@https://a');
    expect(line?.budget).toMatchObject({ metric: 'clockSkewMs', value: 59_490 });
  });

  it('one alone that is behind calls no certificate valid', () => {
    const data = { chain: [{ notBefore: '2026-01-01T00:00:00Z', notAfter: '2026-10-01T00:00:00Z' }] };
    const tls = { ...envelope, id: 't', target: 'https://a', probe: 'tls', method: 'tls', data } as unknown as Measurement;
    const checks = judged(clock(), [phases('https://a', -90 * 86_400_000), tls], 'path');
    expect(checks.get('l7.clock@https://a')?.observed).toBe(
      'this machine is 90 d ahead (± 510 ms) by the answer of the service alone, which can be an old one',
    );
  });

  it('one alone that is behind can be an old answer, so that it only warns', () => {
    expect(path([phases('https://a', -600_000)])).toEqual(['l7.clock@https://a warn clock-skew']);
  });

  it('several that agree speak of this machine', () => {
    const checks = judged(clock(), [phases('https://a', -600_000), phases('https://b', -600_200)], 'path');
    expect(short(checks)).toEqual(['l7.clock-dates fail clock-skew']);
    expect(checks.get('l7.clock-dates')).toMatchObject({
      target: null,
      measurements: ['c', 'https://a', 'https://b'],
      observed: expect.stringContaining('10 min ahead (± 510 ms) by the answers of 2 services'),
    });
  });

  it('two ports of one host are one opinion', () => {
    expect(path([phases('https://a:443', 600_000), phases('https://a:8443', 600_000)])).toHaveLength(1);
  });

  it.each<[string, Partial<ClockData>, Measurement[]]>([
    ['a kernel that is kept right', { kernel: KERNEL }, []],
    ['two other services', {}, [phases('https://b', 0), phases('https://c', 100)]],
  ])('one that is off is wrong itself, beside %s', (_, parts, others) => {
    const ahead = judged(clock(parts), [phases('https://a', 600_000), ...others], 'path');
    expect(short(ahead)).toEqual(['l7.clock@https://a warn clock-skew']);
    expect(ahead.get('l7.clock@https://a')?.observed).toBe('the clock of the service, or of a cache, is 10 min ahead (± 510 ms)');
    // An old answer is nobody's fault; only who asks for everything hears of it.
    expect(path([phases('https://a', -600_000), ...others], parts)).toEqual([]);
    expect(short(judged(clock(parts), [phases('https://a', -600_000), ...others]))).toContain('l7.clock@https://a warn clock-skew');
  });

  it('a kernel that is kept right says nothing where this process is shown another time', () => {
    expect(path([phases('https://a', 600_000)], { kernel: { ...KERNEL, aheadOfProcessMs: 600_000 } })).toEqual([
      'l7.clock@https://a fail clock-skew',
    ]);
  });
});

describe('pages that were named', () => {
  const page = (url: string, offsetMs: number | null) => ({
    url,
    address: '192.0.2.1',
    clock: offsetMs === null ? null : { serverTime: envelope.startedAt, offsetMs, uncertaintyMs: 505, ageSeconds: null },
    because: offsetMs === null ? 'the answer has no Date field' : null,
  });
  const lines = (parts: Partial<ClockData>) =>
    short(judged(clock(parts))).filter((text) => text.includes('page') || text.includes('dates'));

  it('have a line each, pass or not', () => {
    expect(lines({ pages: [page('https://a/', 100), page('https://b/', null)] })).toEqual([
      'l7.clock-page@https://a/ pass',
      'l7.clock-page@https://b/ skip',
    ]);
    expect(lines({ pages: [page('https://a/', 700_000)] })).toEqual(['l7.clock-page@https://a/ fail clock-skew']);
    expect(lines({ pages: [page('https://a/', 700_000)], kernel: KERNEL })).toEqual(['l7.clock-page@https://a/ warn clock-skew']);
  });
  it('that agree speak of this machine', () => {
    expect(lines({ pages: [page('https://a/', 700_000), page('https://b/', 700_300)] })[0]).toBe('l7.clock-dates fail clock-skew');
  });
});
