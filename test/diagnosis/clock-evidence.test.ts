import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { reason } from '../../src/diagnosis/reason.js';
import { reconcile } from '../../src/diagnosis/reconcile.js';
import type { Code } from '../../src/model/code.js';
import type { DataOf, Measurement } from '../../src/model/measurement.js';
import type { Check, CheckStatus } from '../../src/model/report.js';
import { emptyClockData } from '../../src/probes/clock/local-clock.js';
import { phasesNotTried } from '../../src/probes/phases/measure.js';
import { tlsProbe } from '../../src/probes/tls/index.js';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
const day = (days: number) => new Date(NOW + days * DAY).toISOString();
const skipped = { kind: 'skipped', because: '' } as const;
const envelope = { startedAt: day(0), durationMs: 1, stalledMs: 0, attempt: { kind: 'measured' } } as const;

/** A chain whose certificates are valid from so many days to so many. */
function tls(target: string, ...dates: [number, number][]): Measurement {
  const chain = dates.map(([from, to], index) => ({
    subject: `CN=${index}`,
    issuer: `CN=${index + 1}`,
    notBefore: day(from),
    notAfter: day(to),
    serial: '01',
    sha256: '',
    keyType: 'EC',
    keyBits: 256,
    san: [],
  }));
  const { data } = tlsProbe.notTried('192.0.2.1', skipped);
  return { ...envelope, id: `t-${target}`, target, probe: 'tls', method: 'tls', data: { ...data, chain: chain as DataOf<'tls'>['chain'] } };
}

function phases(target: string, offsetDays: number, address = `192.0.2.${target.charCodeAt(0)}`): Measurement {
  const clock = { serverTime: day(offsetDays), offsetMs: offsetDays * DAY, uncertaintyMs: 510, ageSeconds: null };
  return {
    ...envelope,
    id: `p-${target}`,
    target,
    probe: 'phases',
    method: 'https',
    data: { ...phasesNotTried(address, skipped).data, clock },
  };
}

function clock(parts: Partial<DataOf<'clock'>> = {}): Measurement {
  return { ...envelope, id: 'c', target: null, probe: 'clock', method: 'system', data: { ...emptyClockData(), ...parts } };
}

const KERNEL = {
  synchronized: true,
  estimatedErrorMs: 1,
  maximumErrorMs: 20,
  frequencyPpm: 0,
  leap: 'none',
  taiOffsetSeconds: 37,
  aheadOfProcessMs: 0.05,
  source: 'adjtimex',
} as const;

function check(id: string, target: string | null, status: CheckStatus, code: Code | null, ...measurements: string[]): Check {
  const title = id.split('@', 1)[0] ?? id;
  return { id, layer: 7, title, target, status, code, observed: null, expected: null, remedy: null, because: null, measurements };
}

const validity = (target: string, code: Code = 'cert-expired', status: CheckStatus = 'fail') =>
  check(`l6.validity@${target}`, target, status, code, `t-${target}`);
const byDate = (target: string, status: CheckStatus = 'warn') => check(`l7.clock@${target}`, target, status, 'clock-skew', `p-${target}`);
const byNtp = check('l7.clock', null, 'fail', 'clock-skew', 'c');

function diagnose(checks: Check[], measurements: Measurement[]) {
  const reasoned = reason(reconcile(checks, measurements), CAUSES, () => ({ interface: null, gateway: null, platform: 'linux' }));
  return { ...reasoned, causes: reasoned.diagnosis.map(({ code, target, confidence }) => [code, target, confidence]) };
}

describe('a certificate that seems to have expired', () => {
  it('has expired all the same where its own server alone says that this clock is ahead: that is what it would say', () => {
    const { causes, checks } = diagnose([byDate('a'), validity('a')], [clock(), phases('a', -90), tls('a', [-120, -60])]);
    expect(causes).toEqual([
      ['cert-expired', 'a', 0.98],
      ['clock-skew', 'a', 0.7],
    ]);
    expect(checks.map(({ id, status }) => [id, status])).toEqual([
      ['l7.clock@a', 'warn'],
      ['l6.validity@a', 'fail'],
    ]);
  });

  it('has expired all the same where that server says so by two names', () => {
    const dates = check('l7.clock-dates', null, 'fail', 'clock-skew', 'c', 'p-a', 'p-b');
    const codes = (...measurements: Measurement[]) =>
      diagnose([dates, validity('a')], [clock(), tls('a', [-120, -60]), ...measurements]).causes.map(([code]) => code);
    expect(codes(phases('a', -90), phases('b', -90))).toEqual(['clock-skew']);
    expect(codes(phases('a', -90, '192.0.2.1'), phases('b', -90, '192.0.2.1'))).toContain('cert-expired');
    // At two addresses, with one and the same certificate.
    expect(codes(phases('a', -90), phases('b', -90), tls('b', [-120, -60]))).toContain('cert-expired');
  });

  it('is explained by a kernel that has another time than this process is shown; how sure that is, is said', () => {
    const kernel = { ...KERNEL, synchronized: false, aheadOfProcessMs: -90 * DAY };
    const { causes, checks, diagnosis } = diagnose(
      [byDate('a'), validity('a')],
      [clock({ kernel }), phases('a', -90), tls('a', [-120, -60])],
    );
    expect(causes).toEqual([['clock-skew', 'a', 0.78]]);
    expect(diagnosis[0]?.evidence).toEqual(['l7.clock@a', 'l6.validity@a']);
    // It breaks something now, so that it is no warning any more.
    expect(checks.map(({ id, status }) => [id, status])).toEqual([
      ['l7.clock@a', 'fail'],
      ['l6.validity@a', 'skip'],
    ]);
    expect(checks[1]?.because).toContain('clock-skew');
    const other = { ...kernel, aheadOfProcessMs: -3 * DAY };
    expect(
      diagnose([byDate('a'), validity('a')], [clock({ kernel: other }), phases('a', -90), tls('a', [-120, -60])]).causes.map(
        ([code]) => code,
      ),
    ).toContain('cert-expired');
  });

  it('is explained, at every target, by what time servers say', () => {
    const ntp = { offsetMs: -90 * DAY, uncertaintyMs: 12, agreeing: 3 };
    const { causes } = diagnose([byNtp, validity('a'), validity('b')], [clock({ ntp }), tls('a', [-120, -60]), tls('b', [-100, -1])]);
    expect(causes).toEqual([['clock-skew', null, 0.95]]);
  });

  it('is explained by several services that agree, also where the target says nothing of the time', () => {
    const dates = check('l7.clock-dates', null, 'fail', 'clock-skew', 'c', 'p-a', 'p-b');
    const { causes } = diagnose([dates, validity('c')], [clock(), phases('a', -90), phases('b', -90), tls('c', [-120, -60])]);
    expect(causes).toEqual([['clock-skew', null, 0.88]]);
  });

  it('has expired all the same where the shift does not bring the time into its dates', () => {
    const { causes } = diagnose([byDate('a'), validity('a')], [clock(), phases('a', -30), tls('a', [-120, -60])]);
    expect(causes.map(([code]) => code).sort()).toEqual(['cert-expired', 'clock-skew']);
  });

  it('has expired all the same where the shift leaves another of its chain behind', () => {
    const { causes } = diagnose([byDate('a'), validity('a')], [clock(), phases('a', -90), tls('a', [-120, -60], [-400, -200])]);
    expect(causes.map(([code]) => code)).toContain('cert-expired');
  });

  it('has expired all the same where the shift is nearer to its end than the doubt', () => {
    const narrow = tls('a', [-120, -90]);
    expect(diagnose([byDate('a'), validity('a')], [clock(), phases('a', -90), narrow]).causes.map(([code]) => code)).toContain(
      'cert-expired',
    );
  });

  it.each<[string, Measurement[]]>([
    ['a kernel that is synchronised', [clock({ kernel: KERNEL })]],
    ['time servers', [clock({ ntp: { offsetMs: 3, uncertaintyMs: 20, agreeing: 2 } })]],
    ['other services', [clock(), phases('b', 0), phases('c', 0)]],
  ])('is not hidden by a Date that its server made up, beside %s', (_, others) => {
    const { causes, checks } = diagnose([byDate('a'), validity('a')], [...others, phases('a', -90), tls('a', [-120, -60])]);
    expect(causes[0]).toEqual(['cert-expired', 'a', 0.98]);
    expect(checks.find(({ id }) => id === 'l6.validity@a')?.status).toBe('fail');
  });

  it('is explained although the kernel is synchronised, where this process is shown another time', () => {
    const kernel = { ...KERNEL, aheadOfProcessMs: -90 * DAY };
    expect(diagnose([byDate('a'), validity('a')], [clock({ kernel }), phases('a', -90), tls('a', [-120, -60])]).causes).toEqual([
      ['clock-skew', 'a', 0.78],
    ]);
  });

  it('is not explained by the Date of another target', () => {
    const { causes } = diagnose([byDate('b'), validity('a')], [clock(), phases('b', -90), tls('a', [-120, -60])]);
    expect(causes.map(([code]) => code)).toContain('cert-expired');
  });
});

it('a certificate that seems not yet valid is explained by a clock that is behind', () => {
  const { causes } = diagnose([byDate('a', 'fail'), validity('a', 'cert-not-yet-valid')], [clock(), phases('a', 40), tls('a', [10, 100])]);
  expect(causes).toEqual([['clock-skew', 'a', 0.78]]);
});

it('a stapled answer that seems too old is explained by a clock that is ahead, one that is damaged is not', () => {
  const staple = (fault: string, from: number, to: number) => {
    const made = tls('a', [-120, 300]);
    if (made.probe !== 'tls') throw new Error('no TLS');
    return { ...made, data: { ...made.data, ocspStaple: { status: 'good' as const, thisUpdate: day(from), nextUpdate: day(to), fault } } };
  };
  const stapled = check('l6.revocation@a', 'a', 'warn', 'cert-staple-invalid', 't-a');
  const codes = (measurement: Measurement) =>
    diagnose([byNtp, stapled], [clock({ ntp: { offsetMs: -20 * DAY, uncertaintyMs: 12, agreeing: 3 } }), measurement]).causes.map(
      ([code]) => code,
    );
  expect(codes(staple('it is too old', -22, -15))).toEqual(['clock-skew']);
  expect(codes(staple('its signature is wrong', -2, 5))).toContain('cert-staple-invalid');
});

describe('what answers say of the time', () => {
  it('is not explained by a broken path: they came through it', () => {
    const gateway = check('l3.gateway', null, 'fail', 'gateway-unreachable', 'm');
    const disagreeing = check('l7.clock-servers', null, 'warn', 'time-servers-disagree', 'c');
    expect(
      diagnose([gateway, byNtp, disagreeing], [clock()])
        .causes.map(([code]) => code)
        .sort(),
    ).toEqual(['clock-skew', 'gateway-unreachable', 'time-servers-disagree']);
  });
});
