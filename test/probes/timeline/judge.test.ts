import { describe, expect, it } from 'vitest';
import type { DataOf, Measurement, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { judgeTimeline } from '../../../src/probes/timeline/judge.js';
import { seeded } from '../../fakes/seeded.js';

const STARTED = '2026-01-01T10:00:00.000Z';
const GATEWAY = '192.0.2.1';
const ADDRESSES: Readonly<Record<string, string>> = { a: '203.0.113.10', b: '203.0.113.20' };
let made = 0;

type RttAt = (atMs: number) => number | null;

const envelope = (target: string | null, method: string) =>
  ({ id: `m${++made}`, target, method, startedAt: STARTED, durationMs: 1500, stalledMs: 0, attempt: { kind: 'measured' } }) as const;

function loss(target: string, rttAt: RttAt, method = 'icmp', intervalMs = 12, count = 100): Measurement {
  const samples = Array.from({ length: count }, (_, seq) => ({ seq, rttMs: rttAt(seq * intervalMs), sentMs: seq * intervalMs }));
  const lost = samples.filter(({ rttMs }) => rttMs === null).length;
  const data = {
    address: ADDRESSES[target] ?? null,
    sent: count,
    received: count - lost,
    lost,
    samples,
    notSent: [],
  } as unknown as DataOf<'loss'>;
  return { ...envelope(target, method), probe: 'loss', data } as MeasurementOf<'loss'>;
}

function gateway(rttAt: RttAt, count = 60): Measurement {
  const samples = Array.from({ length: count }, (_, seq) => ({ seq, rttMs: rttAt(seq * 20), sentMs: seq * 20 }));
  const data = { address: GATEWAY, samples, notSent: [] } as unknown as DataOf<'latency'>;
  return { ...envelope(null, 'icmp'), probe: 'latency', data } as MeasurementOf<'latency'>;
}

function way(target: string): Measurement {
  const data = {
    address: ADDRESSES[target] ?? null,
    gateway: GATEWAY,
    interface: 'eth0',
    loopback: false,
  } as unknown as DataOf<'route-lookup'>;
  return { ...envelope(target, 'system'), probe: 'route-lookup', data } as MeasurementOf<'route-lookup'>;
}

function resolver(answered: (atMs: number) => boolean, server = GATEWAY): Measurement {
  const series = Array.from({ length: 12 }, (_, index) => {
    const well = answered(index * 100);
    return { sentMs: index * 100, rcode: well ? 'NOERROR' : null, queryMs: well ? 4 : null, waitedMs: well ? null : 900 };
  });
  const data = {
    server,
    transport: 'udp',
    name: 'a.example',
    type: 'A',
    rcode: 'NOERROR',
    queryMs: 4,
    attempts: 1,
    series,
  } as unknown as DataOf<'dns'>;
  return { ...envelope(null, 'udp'), probe: 'dns', data } as MeasurementOf<'dns'>;
}

/** Interface counters with packets that wait in front of the interface. */
function counters(waitingPackets: number): Measurement {
  const data = { links: [{ interface: 'eth0', queue: { waitingPackets } }] } as unknown as DataOf<'counters'>;
  return { ...envelope(null, 'system'), probe: 'counters', data } as MeasurementOf<'counters'>;
}

/** A datagram to UDP 443 that was refused. */
function refused(refusedBy: string, rttMs: number): Measurement {
  const data = { address: '8.8.8.8', refusedBy, rttMs, outcome: 'refused' } as unknown as DataOf<'quic'>;
  return { ...envelope(null, 'udp'), probe: 'quic', data } as MeasurementOf<'quic'>;
}

const judge = (...measurements: Measurement[]) => judgeTimeline(measurements, { policy: DEFAULT_POLICY });
const brief = (...measurements: Measurement[]) => judge(...measurements).map(({ id, status, code }) => `${status} ${id} ${code}`);
const gone =
  (from: number, to: number, rttMs = 20): RttAt =>
  (atMs) =>
    atMs >= from && atMs < to ? null : rttMs;
const quick: RttAt = () => 0.3;
const steady: RttAt = () => 20;

describe('judgeTimeline', () => {
  it('takes no answers that a hop let go of all at once for a queue that drains', () => {
    // The link address of the next hop was known 600 ms after it was asked for; what had come by then left together.
    const opened = judgeTimeline([loss('a', (atMs) => Math.max(600, 1200 - atMs) + (atMs % 5) / 10), gateway(() => 0.02), way('a')], {
      policy: DEFAULT_POLICY,
    });
    expect(opened.filter(({ code }) => code === 'bufferbloat')).toEqual([]);
    const drained = judgeTimeline([loss('a', (atMs) => Math.max(600, 1200 - atMs / 2) + (atMs % 5) / 10), gateway(() => 0.02), way('a')], {
      policy: DEFAULT_POLICY,
    });
    expect(drained.map(({ code }) => code)).toContain('bufferbloat');
  });

  it('finds the queue of this machine by a datagram that took longer than echoes to who refused it', () => {
    const seen = (waiting: number, by: string, rttMs: number) =>
      brief(way('a'), gateway(quick), loss('a', steady), counters(waiting), refused(by, rttMs));
    expect(seen(30, GATEWAY, 152)).toEqual(['warn l3.queueing bufferbloat']);
    expect(seen(30, GATEWAY, 20)).toEqual([]);
    expect(seen(0, GATEWAY, 152)).toEqual([]);
    expect(seen(30, '10.99.99.99', 152)).toEqual([]);
  });

  it('has no line where nothing happened', () => {
    expect(
      judge(
        way('a'),
        gateway(quick),
        loss('a', steady),
        resolver(() => true),
      ),
    ).toEqual([]);
    expect(judge()).toEqual([]);
  });

  it('names a target that was away for a while, with when', () => {
    const [check, ...others] = judge(way('a'), gateway(quick), loss('a', gone(300, 804)));
    expect(others).toEqual([]);
    expect(check).toMatchObject({
      id: 'l3.continuity@a',
      target: 'a',
      status: 'fail',
      code: 'connectivity-intermittent',
      observed: 'silent for 0.50 s from 10:00:00.300 UTC on; the gateway answered meanwhile',
      when: [{ from: '2026-01-01T10:00:00.300Z', to: '2026-01-01T10:00:00.804Z' }],
    });
  });

  it('warns where packets were kept until the gateway was found, by it alone where nothing else was sent, and questions waited too', () => {
    const samples = Array.from({ length: 100 }, (_, seq) => ({
      seq,
      rttMs: 1,
      sentMs: seq * 12,
      ...(seq < 60 ? { heldMs: 720 - seq * 12 } : {}),
    }));
    const first = { ...gateway(() => 1), data: { address: GATEWAY, samples, notSent: [] } } as unknown as Measurement;
    const series = Array.from({ length: 10 }, (_, index) => {
      const sentMs = index * 110;
      return { sentMs, rcode: 'NOERROR', queryMs: sentMs < 720 ? 725 - sentMs : 3, waitedMs: null };
    });
    const asked = resolver(() => true);
    const waited = { ...asked, data: { ...asked.data, series } } as Measurement;
    const [line] = judgeTimeline([first, waited], { policy: DEFAULT_POLICY });
    expect(line).toMatchObject({ id: 'l3.continuity', status: 'warn', code: 'connectivity-intermittent' });
    expect(line?.observed).toContain('packets waited in this machine until the next hop could be found');
    // A resolver that answered meanwhile was behind a way that was there.
    expect(judgeTimeline([first, asked], { policy: DEFAULT_POLICY })).toEqual([]);
  });

  it('takes the ramp that is left of a spike for no queue', () => {
    // What was kept for 700 ms comes in order, and what was sent behind it comes with it.
    const rtt = (atMs: number) => (atMs < 300 ? 700 : Math.max(10, 700 - (atMs - 300)));
    const checks = judgeTimeline([way('a'), loss('a', (atMs) => rtt(atMs), 'icmp', 12, 160)], { policy: DEFAULT_POLICY });
    expect(checks.map(({ id }) => id)).toEqual(['l3.spikes@a']);
  });

  it('says of one that did not come back that it was still away', () => {
    expect(judge(way('a'), gateway(quick), loss('a', gone(600, 9999)))).toMatchObject([
      { code: 'connectivity-intermittent', when: [{ from: '2026-01-01T10:00:00.600Z', to: null }] },
    ]);
  });

  it.each([
    [
      'the gateway too: the local link',
      [way('a'), gateway(gone(300, 800)), loss('a', gone(300, 800))],
      ['fail l3.continuity connectivity-intermittent'],
    ],
    [
      'two targets at once, and not the gateway: beyond it',
      [way('a'), way('b'), gateway(quick), loss('a', gone(300, 800)), loss('b', gone(300, 800))],
      ['fail l3.continuity@beyond connectivity-intermittent'],
    ],
    [
      'one of two targets: that one',
      [way('a'), way('b'), gateway(quick), loss('a', gone(300, 800)), loss('b', steady)],
      ['fail l3.continuity@a connectivity-intermittent'],
    ],
    [
      'a target and a resolver behind the gateway: beyond it',
      [way('a'), gateway(quick), loss('a', gone(300, 800)), resolver((atMs) => atMs < 300 || atMs >= 800, '198.51.100.53')],
      ['fail l3.continuity@beyond connectivity-intermittent'],
    ],
    [
      'the gateway and its resolver before a target was known',
      [gateway(gone(300, 800)), resolver((atMs) => atMs < 300 || atMs >= 800)],
      ['fail l3.continuity connectivity-intermittent'],
    ],
    ['the gateway alone, which may limit its echoes', [way('a'), gateway(gone(300, 800)), loss('a', steady)], []],
    ['the gateway alone, while its resolver answers', [gateway(gone(300, 800)), resolver(() => true)], []],
    ['echo alone, while connections stand', [way('a'), gateway(quick), loss('a', gone(300, 1100)), loss('a', steady, 'tcp', 100, 12)], []],
  ] as const)('%s', (_, measurements, expected) => {
    expect(brief(...measurements)).toEqual(expected);
  });

  it('takes a spike for high latency at that time, and not for more', () => {
    const [check, ...others] = judge(
      way('a'),
      gateway(quick),
      loss('a', (atMs) => (atMs >= 300 && atMs < 804 ? 700 : 10)),
    );
    expect(others).toEqual([]);
    expect(check).toMatchObject({
      id: 'l3.spikes@a',
      status: 'fail',
      code: 'latency-high',
      budget: { metric: 'rttMs', value: 700, critical: 400 },
      when: [{ from: '2026-01-01T10:00:00.300Z', to: '2026-01-01T10:00:00.804Z' }],
    });
  });

  it('finds a spike on the own link where the gateway was slow for as long as it was asked, though that was over before', () => {
    const spike = loss('a', (atMs) => (atMs < 504 ? 700 : 10));
    const slowAt = (rttMs: number): Measurement => ({ ...gateway(() => rttMs, 30), startedAt: '2026-01-01T09:59:59.600Z' });
    expect(brief(way('a'), slowAt(650), spike)).toEqual(['fail l3.spikes latency-high']);
    expect(brief(way('a'), slowAt(5), spike)).toEqual(['fail l3.spikes@a latency-high']);
    // On the link itself, a target shares that with its gateway.
    const direct = { ...way('a'), data: { address: ADDRESSES['a'], gateway: null, interface: 'eth0', loopback: false } } as Measurement;
    expect(brief(direct, slowAt(650), spike)).toEqual(['fail l3.spikes latency-high']);
    expect(brief(direct, slowAt(5), spike)).toEqual(['fail l3.spikes@a latency-high']);
    // What was slow a second earlier was another time.
    const earlier: Measurement = { ...slowAt(650), startedAt: '2026-01-01T09:59:57.600Z' };
    expect(brief(way('a'), earlier, spike)).toEqual(['fail l3.spikes@a latency-high']);
  });

  it('tells a queue by its ramps, and where it is by the gateway', () => {
    const random = seeded(4);
    const ramps: RttAt = (atMs) => 60 + 250 * Math.abs(Math.sin(atMs / 300)) + random() * 3;
    expect(brief(way('a'), gateway(quick), loss('a', ramps))).toEqual(['warn l3.queueing@a bufferbloat']);
    expect(judge(way('a'), gateway(quick), loss('a', ramps))[0]?.budget?.metric).toMatch(/^(queueingMs|rttMs)$/);
    expect(brief(way('a'), gateway(ramps), loss('a', ramps))).toContain('warn l3.queueing bufferbloat');
  });

  it('tells a queue of this machine by what waits, and by connections that wait where echoes do not', () => {
    const measurements = [way('a'), gateway(quick), loss('a', quick), loss('a', () => 260, 'tcp', 100, 5)];
    expect(brief(...measurements, counters(40))).toContain('warn l3.queueing bufferbloat');
    expect(brief(...measurements, counters(0)).join()).not.toContain('bufferbloat');
  });

  it('calls jitter what varies from packet to packet, and the gateway if it does so too', () => {
    const random = seeded(6);
    const uneven: RttAt = () => 120 + (random() - 0.5) * 200;
    expect(brief(way('a'), gateway(quick), loss('a', uneven))).toEqual(['warn l3.jitter@a jitter-high']);
    expect(judge(way('a'), gateway(quick), loss('a', uneven))[0]?.budget).toMatchObject({ metric: 'jitterMs', acceptable: 30 });
    expect(brief(way('a'), gateway(uneven), loss('a', uneven))).toContain('warn l3.jitter jitter-high');
  });

  it('says that the way is slow where the gateway or a resolver is as far away as the target', () => {
    expect(
      brief(
        way('a'),
        gateway(() => 190),
        loss('a', () => 200),
      ),
    ).toEqual(['warn l3.way latency-high']);
    const slow = [way('a'), gateway(() => 190), loss('a', () => 200)];
    expect(judge(...slow)[0]?.budget).toMatchObject({ metric: 'rttMs', value: 200 });
    expect(
      brief(
        way('a'),
        gateway(quick),
        loss('a', () => 200),
        resolver(() => true),
      ),
    ).toEqual([]);
  });

  it.each([
    [
      'even loss of 10 %',
      (random: () => number): RttAt =>
        () =>
          random() < 0.1 ? null : 20,
    ],
    [
      'even loss of 30 %',
      (random: () => number): RttAt =>
        () =>
          random() < 0.3 ? null : 20,
    ],
    [
      'a healthy radio line',
      (random: () => number): RttAt =>
        () =>
          random() < 0.01 ? null : 30 + random() * 20,
    ],
    [
      'a satellite',
      (random: () => number): RttAt =>
        () =>
          140 + random() * 4,
    ],
  ] as const)('raises no false alarm over many series of %s', (_, make) => {
    const random = seeded(12);
    let alarms = 0;
    for (let trial = 0; trial < 300; trial++) if (judge(way('a'), gateway(quick), loss('a', make(random))).length > 0) alarms++;
    expect(alarms).toBeLessThanOrEqual(1);
  });

  it('holds each target against its own policy', () => {
    const slow: RttAt = (atMs) => (atMs >= 400 && atMs < 800 ? 130 : 10);
    const made = [way('a'), way('b'), gateway(quick), loss('a', slow), loss('b', steady)];
    const queueingMs = { objective: 1000, acceptable: 1000, critical: 1000, because: 'a test' };
    const policy = { ...DEFAULT_POLICY, queueingMs };
    expect(judgeTimeline(made, { policy })).toEqual([]);
    const strict = { ...policy, rttMs: { objective: 1, acceptable: 50, critical: 100, because: 'a test' } };
    const [line, ...others] = judgeTimeline(made, { policy, policies: new Map([['a', strict]]) });
    expect(line).toMatchObject({ id: 'l3.spikes@a', status: 'fail', expected: 'under 50 ms all the time', budget: { critical: 100 } });
    expect(others).toEqual([]);
    expect(judgeTimeline(made, { policy, policies: new Map([['b', strict]]) })).toEqual([]);
  });
});
