import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/model/attempt.js';
import type { DataOf, MeasurementOf } from '../../../src/model/measurement.js';
import { DEFAULT_POLICY } from '../../../src/model/policy.js';
import { judgeHost } from '../../../src/probes/host/judge.js';
import { judgeGateway } from '../../../src/probes/host/judge-gateway.js';
import { judgePath } from '../../../src/probes/host/judge-path.js';
import { judgeUpstream } from '../../../src/probes/host/judge-upstream.js';
import { latencyNotTried } from '../../../src/probes/latency/measure.js';
import { hostAddress, hostData, hostInterface, loopbackInterface } from '../../fakes/host.js';

type Interface = DataOf<'host'>['interfaces'][number];
const envelope = {
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  stalledMs: 0,
  method: 'system',
  attempt: { kind: 'measured' },
} as const;

const eth0 = hostInterface();
const lo = loopbackInterface();

function host(interfaces: Interface[], routes: DataOf<'host'>['defaultRoutes'] = []): MeasurementOf<'host'> {
  return { ...envelope, id: 'm1', probe: 'host', target: null, data: hostData({ interfaces, defaultRoutes: routes }) };
}
const viaEth0 = { family: 4 as const, gateway: '10.0.0.1', interface: 'eth0', metric: 0 };

const NO_WAY = { source: null, interface: null, gateway: null, loopback: null, table: null, type: null, prefix: null, mtuBytes: null };

function lookup(
  data: Partial<DataOf<'route-lookup'>>,
  attempt: MeasurementOf<'route-lookup'>['attempt'] = { kind: 'measured' },
): MeasurementOf<'route-lookup'> {
  return {
    ...envelope,
    attempt,
    id: 'm2',
    probe: 'route-lookup',
    target: 'a',
    data: { ...NO_WAY, address: '192.0.2.1', ...data },
  };
}
const unreachable = lookup({}, { kind: 'failed', step: 'route', code: 'ENETUNREACH', message: 'no route' });
const out = lookup({ source: '10.0.0.2', interface: 'eth0', gateway: '10.0.0.1', loopback: false });

const summary = (checks: { id: string; status: string; code: string | null }[]) =>
  checks.map(({ id, status, code }) => `${id} ${status}${code === null ? '' : ` ${code}`}`);

describe('judgeHost', () => {
  it.each<[string, Interface[], DataOf<'host'>['defaultRoutes'], MeasurementOf<'route-lookup'>[], string[]]>([
    ['a healthy machine', [lo, eth0], [viaEth0], [out], ['l2.interface pass', 'l2.address pass', 'l3.route pass']],
    ['nothing but the loopback', [lo], [], [unreachable], ['l2.interface fail interface-down', 'l3.route fail no-default-route']],
    [
      'an interface that is down',
      [lo, { ...eth0, up: false }],
      [],
      [unreachable],
      ['l2.interface fail interface-down', 'l3.route fail no-default-route'],
    ],
    [
      'no carrier',
      [{ ...eth0, carrier: false }],
      [],
      [unreachable],
      ['l2.interface pass', 'l1.carrier fail no-carrier', 'l3.route fail no-default-route'],
    ],
    [
      'no address',
      [{ ...eth0, addresses: [] }],
      [],
      [unreachable],
      ['l2.interface pass', 'l2.address fail no-address', 'l3.route fail no-default-route'],
    ],
    [
      'a link-local address alone',
      [{ ...eth0, addresses: [hostAddress('169.254.7.7/16')] }],
      [],
      [unreachable],
      ['l2.interface pass', 'l2.address fail no-address', 'l3.route fail no-default-route'],
    ],
    [
      'a link-local address alone, and targets on the same link',
      [{ ...eth0, addresses: [hostAddress('169.254.7.7/16')] }],
      [],
      [lookup({ address: '169.254.7.8', source: '169.254.7.7', interface: 'eth0', loopback: false })],
      ['l2.interface pass', 'l2.address pass', 'l3.route pass'],
    ],
    [
      'a link-local address alone, and a target beyond the link',
      [{ ...eth0, addresses: [hostAddress('169.254.7.7/16')] }],
      [],
      [lookup({ source: '169.254.7.7', interface: 'eth0', loopback: false })],
      ['l2.interface pass', 'l2.address fail no-address', 'l3.route pass'],
    ],
    [
      'a link without an address beside the default route: packets leave with that of another link',
      [eth0, { ...eth0, name: 'dummy0', addresses: [hostAddress('fe80::7/64')] }],
      [viaEth0],
      [lookup({ source: '10.0.0.2', interface: 'dummy0', prefix: '192.0.2.0/24', loopback: false })],
      ['l2.interface pass', 'l2.address pass', 'l3.route pass'],
    ],
    [
      'a default route on a link that lost its address: that of another link is no use',
      [eth0, { ...eth0, name: 'eth1', addresses: [hostAddress('fe80::7/64')] }],
      [{ ...viaEth0, interface: 'eth1' }],
      [lookup({ source: '10.0.0.2', interface: 'eth1', prefix: '0.0.0.0/0', gateway: '10.0.0.1', loopback: false })],
      ['l2.interface pass', 'l2.address fail no-address', 'l3.route pass'],
    ],
    [
      'an unnumbered link: packets leave with the address of the loopback',
      [
        { ...lo, addresses: [...lo.addresses, hostAddress('10.77.0.2/32')] },
        { ...eth0, addresses: [hostAddress('fe80::2/64')] },
      ],
      [{ ...viaEth0, gateway: 'fe80::1' }],
      [lookup({ source: '10.77.0.2', interface: 'eth0', gateway: 'fe80::1', loopback: false })],
      ['l2.interface pass', 'l2.address pass', 'l3.route pass'],
    ],
    ['no default route', [eth0], [], [unreachable], ['l2.interface pass', 'l2.address pass', 'l3.route fail no-default-route']],
    [
      'no default route, and none needed',
      [eth0],
      [],
      [lookup({ interface: 'eth0', loopback: false })],
      ['l2.interface pass', 'l2.address pass', 'l3.route pass'],
    ],
    [
      'targets on this machine alone',
      [lo, { ...eth0, up: false }],
      [],
      [lookup({ loopback: true })],
      ['l2.interface pass', 'l3.route skip', 'l3.gateway skip'],
    ],
    [
      'an idle interface that is down beside the one in use',
      [{ ...eth0, name: 'wlan0', up: false }, eth0],
      [viaEth0],
      [out],
      ['l2.interface pass', 'l2.address pass', 'l3.route pass'],
    ],
    ['no target resolved', [eth0], [viaEth0], [], ['l2.interface pass', 'l2.address pass', 'l3.route pass']],
  ])('%s', (_, interfaces, routes, lookups, expected) => {
    expect(summary(judgeHost(host(interfaces, routes), lookups))).toEqual(expected);
  });

  it.each<[string, string[], string]>([
    ['resolvers that have a route, and say nothing of the targets', ['10.0.0.53', 'fe80::1%eth0'], 'l3.route skip'],
    ['a resolver beyond', ['10.0.0.53', '8.8.8.8'], 'l3.route fail no-default-route'],
    ['a resolver on this machine, which asks others', ['127.0.0.53'], 'l3.route fail no-default-route'],
    ['no resolver', [], 'l3.route fail no-default-route'],
  ])('no target resolved, no default route, and %s', (_, resolvers, expected) => {
    const route = {
      family: 4 as const,
      destination: '10.0.0.0',
      prefixLength: 24,
      type: 'unicast',
      table: 254,
      protocol: 'kernel',
      scope: 'link',
      metric: 0,
      preferredSource: '10.0.0.2',
      mtuBytes: null,
      preference: null,
      nextHops: [{ gateway: null, interface: 'eth0', weight: null, linkDown: false }],
    };
    const made = host([eth0]);
    const lines = summary(judgeHost({ ...made, data: { ...made.data, resolvers, routes: [route] } }, []));
    expect(lines.find((line) => line.startsWith('l3.route'))).toBe(expected);
  });
});

describe('judgePath', () => {
  it.each([
    ['ENETUNREACH', 'no-default-route'],
    ['EADDRNOTAVAIL', 'no-address'],
    ['EHOSTUNREACH', 'route-prohibited'],
    ['EACCES', 'route-prohibited'],
    ['EINVAL', 'route-prohibited'],
  ])('%s is %s', (errno, code) => {
    expect(judgePath(lookup({}, { kind: 'failed', step: 'route', code: errno, message: errno }), null)).toMatchObject({
      id: 'l3.path@a',
      status: 'fail',
      code,
    });
  });
  it('shows the way', () => {
    expect(judgePath(out, null)).toMatchObject({ status: 'pass', observed: 'eth0 via 10.0.0.1, from 10.0.0.2' });
  });
});

describe('judgePath of a machine with one family', () => {
  const noRoute = { kind: 'failed', step: 'route', code: 'ENETUNREACH', message: 'no route' } as const;
  it('says which family is missing, instead of "no default route"', () => {
    const ipv6Only = host([eth0], [{ family: 6, gateway: 'fe80::1', interface: 'eth0', metric: 0 }]);
    expect(judgePath(lookup({ address: '192.0.2.1' }, noRoute), ipv6Only)).toMatchObject({ status: 'fail', code: 'ipv4-broken' });
    expect(judgePath(lookup({ address: '2001:db8::1' }, noRoute), host([eth0], [viaEth0]))).toMatchObject({
      status: 'fail',
      code: 'ipv6-broken',
    });
    expect(judgePath(lookup({ address: '192.0.2.1' }, noRoute), host([eth0]))).toMatchObject({ code: 'no-default-route' });
  });
});

describe('judgeGateway', () => {
  const neighbor = (state: DataOf<'neighbor'>['state']): MeasurementOf<'neighbor'> => ({
    ...envelope,
    id: 'm4',
    probe: 'neighbor',
    target: null,
    data: { address: '10.0.0.1', interface: 'eth0', state, kernelState: null, linkAddressKind: null },
  });
  const latency = (
    attempt: Exclude<Attempt<null>, { kind: 'measured' }> | { kind: 'measured' },
    rtts: number[] = [],
    sent = 10,
  ): MeasurementOf<'latency'> => {
    const { data } = latencyNotTried('10.0.0.1', { kind: 'skipped', because: '' });
    const [rtt = 0] = rtts;
    const rttMs = rtts.length === 0 ? null : { min: rtt, mean: rtt, p50: rtt, p95: rtt, p99: rtt, max: rtt, stddev: 0 };
    return {
      ...envelope,
      id: 'm3',
      attempt,
      probe: 'latency',
      target: null,
      data: { ...data, sent, received: rtts.length, lossRatio: (sent - rtts.length) / sent, rttMs },
    };
  };
  const silence = latency({ kind: 'unanswered', step: 'response', waitedMs: 1000 });
  const judge = (measured: MeasurementOf<'latency'>, state: DataOf<'neighbor'>['state'], beyond: boolean) =>
    judgeGateway(
      measured,
      neighbor(state),
      { tried: 2, answers: beyond, leastLossRatio: null, spare: false, linkKind: 'ethernet' },
      { policy: DEFAULT_POLICY },
    );

  it('passes one that answers', () => {
    expect(judge(latency({ kind: 'measured' }, Array(10).fill(0.4)), 'resolved', true)).toMatchObject({
      id: 'l3.gateway@10.0.0.1',
      status: 'pass',
      observed: '0.400 ms, 0 of 10 lost',
      budget: { metric: 'gatewayRttMs', value: 0.4, acceptable: 10 },
    });
  });
  it('passes one that is silent but forwards', () => {
    expect(judge(silence, 'resolved', true)).toMatchObject({ status: 'pass', code: null });
  });
  it('passes one that speaks on the path, where it may not be asked or filters echo', () => {
    const notAsked = latency({ kind: 'unavailable', capability: 'icmp', reason: 'no ICMP socket' }, [], 0);
    const speaking = (measured: MeasurementOf<'latency'>, speaks: boolean) =>
      judgeGateway(
        measured,
        neighbor('resolved'),
        { tried: 3, answers: false, leastLossRatio: null, spare: false, linkKind: 'ethernet', speaks },
        { policy: DEFAULT_POLICY },
      );
    expect(speaking(notAsked, true)).toMatchObject({ status: 'pass', observed: 'does not answer echo, but speaks on the path' });
    expect(speaking(notAsked, false)).toMatchObject({ status: 'skip' });
    expect(speaking(silence, true)).toMatchObject({ status: 'pass', code: null });
    expect(speaking(silence, false)).toMatchObject({ status: 'fail', code: 'gateway-unreachable' });
  });
  it('tells a dead one from one whose MAC address is known', () => {
    expect(judge(silence, 'incomplete', false)).toMatchObject({ status: 'fail', code: 'neighbor-unresolved' });
    expect(judge(silence, 'resolved', false)).toMatchObject({ status: 'fail', code: 'gateway-unreachable' });
    expect(judge(silence, null, false)).toMatchObject({ status: 'fail', code: 'gateway-unreachable' });
  });
  it('warns of loss on the first hop, and grades its round trip', () => {
    expect(judge(latency({ kind: 'measured' }, Array(7).fill(1)), 'resolved', true)).toMatchObject({
      status: 'warn',
      code: 'loss-local',
      budget: { metric: 'lossRatio', value: 0.3 },
    });
    expect(judge(latency({ kind: 'measured' }, Array(10).fill(50)), 'resolved', true)).toMatchObject({
      status: 'warn',
      code: 'latency-high',
    });
  });
  it('does not take its own limit of echo for loss, when what lies behind it loses nothing', () => {
    const half = latency({ kind: 'measured' }, Array(25).fill(1), 50);
    const with_ = (leastLossRatio: number | null) =>
      judgeGateway(
        half,
        neighbor('resolved'),
        { tried: 1, answers: true, leastLossRatio, spare: false, linkKind: 'ethernet' },
        { policy: DEFAULT_POLICY },
      );
    expect(with_(0)).toMatchObject({ status: 'pass' });
    expect(with_(0.45)).toMatchObject({ status: 'warn', code: 'loss-local' });
    expect(with_(null)).toMatchObject({ status: 'warn', code: 'loss-local' });
  });
  it('is not accused by one silent destination alone, when its link address is known', () => {
    const alone = { tried: 1, answers: false, leastLossRatio: null, spare: false, linkKind: 'ethernet' };
    const byNone = { ...alone, tried: 0 };
    expect(judgeGateway(silence, neighbor('resolved'), alone, { policy: DEFAULT_POLICY })).toMatchObject({ status: 'skip', code: null });
    expect(judgeGateway(silence, neighbor('resolved'), byNone, { policy: DEFAULT_POLICY })).toMatchObject({ status: 'skip', code: null });
    expect(judgeGateway(silence, neighbor('incomplete'), alone, { policy: DEFAULT_POLICY })).toMatchObject({ code: 'neighbor-unresolved' });
  });
  it('only warns where it is a spare one, that nothing goes by', () => {
    const spare = { tried: 0, answers: false, leastLossRatio: null, spare: true, linkKind: 'ethernet' };
    const context = { policy: DEFAULT_POLICY };
    expect(judgeGateway(silence, neighbor('incomplete'), spare, context)).toMatchObject({ status: 'warn', code: 'neighbor-unresolved' });
    expect(judgeGateway(silence, neighbor(null), spare, context)).toMatchObject({ status: 'warn', code: 'gateway-unreachable' });
  });
  it('at the far end of a tunnel is as far away as that is, and need not answer', () => {
    const behind = { tried: 0, answers: false, leastLossRatio: null, spare: false };
    const far = latency({ kind: 'measured' }, Array(10).fill(150));
    const by = (linkKind: string, measured: MeasurementOf<'latency'>, tried = 0) =>
      judgeGateway(measured, neighbor('absent'), { ...behind, tried, linkKind }, { policy: DEFAULT_POLICY }).status;
    expect(['tun', 'ppp', 'cellular', 'tap', 'wireless', 'ethernet'].map((kind) => by(kind, far))).toEqual([
      ...['pass', 'pass', 'pass', 'pass', 'fail', 'fail'],
    ]);
    expect(['tun', 'ethernet'].map((kind) => by(kind, silence))).toEqual(['skip', 'fail']);
    expect(by('tun', silence, 2)).toBe('fail');
  });
  it('is not judged where no ICMP can be sent', () => {
    expect(judge(latency({ kind: 'unavailable', capability: 'icmp-socket', reason: 'no socket' }), 'resolved', false)).toMatchObject({
      status: 'skip',
    });
  });
});

describe('judgeUpstream', () => {
  const to = (address: string, answered: boolean) => ({ address, answered, gateway: '10.0.0.1', measurementId: 'm9' });
  it('passes when one destination answers', () => {
    expect(judgeUpstream([to('a', false), to('b', true)], true)).toMatchObject({ status: 'pass', observed: '1 of 2 destinations answer' });
  });
  it('fails when two are silent behind a gateway that answers', () => {
    expect(judgeUpstream([to('a', false), to('b', false)], true)).toMatchObject({ status: 'fail', code: 'upstream-unreachable' });
  });
  it('does not judge the path by one destination, nor behind a dead gateway', () => {
    expect(judgeUpstream([to('a', false), to('a', false)], true)).toMatchObject({ status: 'skip' });
    expect(judgeUpstream([to('a', false), to('b', false)], false)).toMatchObject({ status: 'skip' });
  });
  it('says nothing where nothing was needed, and a router beyond the gateway has no route to the references', () => {
    const turnedDown = (address: string, from: string) => ({
      ...to(address, false),
      kind: 'reference' as const,
      end: { kind: 'refused' as const, from, meaning: 'network-unreachable' },
    });
    expect(judgeUpstream([turnedDown('1.1.1.1', '10.0.9.1'), turnedDown('8.8.8.8', '10.0.9.1')], true)?.status).toBe('skip');
    expect(judgeUpstream([turnedDown('1.1.1.1', '10.0.0.1'), turnedDown('8.8.8.8', '10.0.0.1')], true)?.status).toBe('fail');
  });
  describe('of one inner target beside references', () => {
    const GATEWAY = '10.0.0.1';
    const refused = (meaning: string) => ({ kind: 'refused', from: GATEWAY, meaning }) as const;
    const silent = { kind: 'silent', after: null } as const;
    const judged = (own: object, reference: object) => {
      const common = { answered: false, gateway: GATEWAY, measurementId: 'm9' };
      const destinations = [
        { ...common, address: '10.20.2.10', end: own },
        { ...common, address: '1.1.1.1', kind: 'reference', end: reference },
      ];
      return judgeUpstream(destinations as Parameters<typeof judgeUpstream>[0], true)?.status;
    };
    it('fails where the gateway says that it has no route to it, and says no more of the references', () => {
      expect(judged(refused('network-unreachable'), silent)).toBe('fail');
      expect(judged(refused('network-unreachable'), refused('network-unreachable'))).toBe('fail');
    });
    it('is no matter of the way where the gateway only misses the host', () => {
      expect(judged(refused('host-unreachable'), silent)).toBe('skip');
      expect(judged(silent, refused('network-unreachable'))).toBe('skip');
      expect(judged(refused('network-unreachable'), { kind: 'silent', after: '10.9.9.9' })).toBe('skip');
    });
  });
  it('is no check where nothing lies beyond a gateway', () => {
    expect(judgeUpstream([], true)).toBeNull();
  });
});
