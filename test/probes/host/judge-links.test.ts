import { describe, expect, it } from 'vitest';
import type { DataOf, MeasurementOf } from '../../../src/model/measurement.js';
import type { Check } from '../../../src/model/report.js';
import { judgeHost } from '../../../src/probes/host/judge.js';
import { judgeKnownGateway } from '../../../src/probes/host/judge-gateway.js';
import { judgePath } from '../../../src/probes/host/judge-path.js';
import { covers, networkOf } from '../../../src/probes/host/network-of.js';
import { defaultRoutesOf, isStandardRule, keepRoutes, ruleInWords } from '../../../src/probes/host/routing.js';
import { hostAddress, hostData, hostInterface, hostRoute, hostRule, loopbackInterface, STANDARD_RULES } from '../../fakes/host.js';

type Host = DataOf<'host'>;

const STARTED = '2026-11-22T08:00:00.000Z';
const envelope = { startedAt: STARTED, durationMs: 1, stalledMs: 0, method: 'netlink', attempt: { kind: 'measured' } } as const;

/** Default routes follow from routes and rules, as when they are read. */
function machine(fields: Partial<Host>): MeasurementOf<'host'> {
  const data = hostData({ interfaces: [loopbackInterface(), eth0], ...fields });
  const defaultRoutes = fields.defaultRoutes ?? defaultRoutesOf(data.routes ?? [], data.rules);
  return { ...envelope, id: 'm1', probe: 'host', target: null, data: { ...data, defaultRoutes } };
}

function way(target: string, data: Partial<DataOf<'route-lookup'>>, failed?: string): MeasurementOf<'route-lookup'> {
  return {
    ...envelope,
    ...(failed === undefined ? {} : { attempt: { kind: 'failed', step: 'route', code: failed, message: failed } as const }),
    ...{ id: `m-${target}`, probe: 'route-lookup', target },
    data: {
      ...{ address: target, source: '10.0.0.2', interface: 'eth0', gateway: null, loopback: false, table: 254, type: 'unicast' },
      ...{ prefix: null, mtuBytes: null, ...data },
    },
  };
}

const eth0 = hostInterface();
const eth1 = hostInterface({ name: 'eth1', index: 3, addresses: [hostAddress('10.1.0.2/24')] });
const home = hostRoute('default', '10.0.0.1', 'eth0', { metric: 100 });
const inShort = ({ id, status, code, observed, because }: Check) =>
  `${id} ${status}${code === null ? '' : ` ${code}`}${status === 'pass' ? '' : `: ${observed ?? because}`}`;
const troubles = (checks: readonly Check[]) => checks.filter(({ status }) => status !== 'pass').map(inShort);
const line = (checks: readonly Check[], id: string) => checks.find((check) => check.id === id)?.observed;

describe('a healthy machine', () => {
  const laptop = machine({
    interfaces: [
      loopbackInterface(),
      eth0,
      hostInterface({ name: 'wlan0', kind: 'wireless', addresses: [hostAddress('10.0.0.7/24')] }),
      hostInterface({ name: 'enp3s0', up: true, carrier: false, addresses: [] }),
      hostInterface({ name: 'usb0', up: false, carrier: null, addresses: [] }),
      hostInterface({ name: 'docker0', kind: 'bridge', carrier: false, addresses: [hostAddress('172.17.0.1/16')] }),
    ],
    routes: [
      home,
      hostRoute('default', '10.0.0.1', 'wlan0', { metric: 600 }),
      hostRoute('10.0.0.0/24', null, 'eth0', { metric: 100 }),
      hostRoute('10.0.0.0/24', null, 'wlan0', { metric: 600 }),
      hostRoute('172.17.0.0/16', null, 'docker0', { nextHops: [{ gateway: null, interface: 'docker0', weight: null, linkDown: true }] }),
      hostRoute('default', null, null, { family: 6, type: 'unreachable', metric: 0xffffffff }),
    ],
  });

  it('has no trouble, whatever of it is idle, and adds nothing to a report about a target', () => {
    expect(troubles(judgeHost(laptop, [], { scope: 'all' }))).toEqual([]);
    expect(judgeHost(laptop, [way('192.0.2.1', {})]).map(({ id }) => id)).toEqual(['l2.interface', 'l2.address', 'l3.route']);
  });

  it('shows each link that is up, and the facts of its routing', () => {
    const checks = judgeHost(laptop, [], { scope: 'all' });
    expect(checks.map(({ id }) => id)).toEqual([
      ...['l2.interface', 'l2.address', 'l3.route', 'l2.interface@wlan0', 'l2.interface@enp3s0', 'l2.interface@docker0'],
      ...['l3.defaults@ipv4', 'l3.tunnel', 'l3.shared-subnet', 'l3.refusals', 'l3.rules'],
    ]);
    expect(line(checks, 'l2.interface@docker0')).toBe('up, no carrier, bridge, 1000 Mbit/s, MTU 1500, 172.17.0.1/16');
    expect(line(checks, 'l3.defaults@ipv4')).toBe('by eth0 (metric 100) before wlan0 (600)');
    expect(line(checks, 'l3.shared-subnet')).toBe('10.0.0.0/24 on eth0 and wlan0: the metrics of their routes decide');
    expect(line(checks, 'l3.refusals')).toBe('none');
  });
});

describe('links', () => {
  it('without which a default route leads nowhere are a fault, or a warning where another one is taken', () => {
    const dead = hostInterface({ carrier: false });
    const both = { interfaces: [loopbackInterface(), dead, eth1] };
    const first = machine({ ...both, routes: [home, hostRoute('default', '10.1.0.1', 'eth1', { metric: 600 })] });
    expect(troubles(judgeHost(first, [], { scope: 'all' }))).toEqual(['l1.carrier fail no-carrier: no carrier']);
    const second = machine({ ...both, routes: [{ ...home, metric: 600 }, hostRoute('default', '10.1.0.1', 'eth1', { metric: 100 })] });
    expect(troubles(judgeHost(second, [], { scope: 'all' }))).toEqual([
      'l1.carrier@eth0 warn no-carrier: no carrier, and a default route goes by it',
    ]);
  });

  it('by which one target of several goes are its fault alone', () => {
    const made = machine({ interfaces: [loopbackInterface(), eth0, { ...eth1, carrier: false }], routes: [home] });
    const lookups = [way('192.0.2.1', {}), way('10.1.0.9', { interface: 'eth1' })];
    for (const scope of ['path', 'all'] as const) {
      expect(troubles(judgeHost(made, lookups, { scope })), scope).toEqual(['l1.carrier@10.1.0.9 fail no-carrier: no carrier']);
    }
  });

  it.each([
    ['tun', 'no carrier: no program serves this tunnel'],
    ['veth', 'no carrier: its other end is down'],
    ['bridge', 'no carrier: nothing is connected to it'],
    ['ethernet', 'no carrier'],
  ])('of kind %s say what a missing carrier means', (kind, observed) => {
    const made = machine({ interfaces: [hostInterface({ kind, carrier: false })], routes: [home] });
    expect(line(judgeHost(made, []), 'l1.carrier')).toBe(observed);
  });

  it('in a bond are missed when they go, and told with it while they are there', () => {
    const bond = hostInterface({ name: 'bond0', kind: 'bond' });
    const legs = [
      hostInterface({ name: 'eth0', master: 'bond0', addresses: [] }),
      hostInterface({ name: 'eth1', master: 'bond0', addresses: [] }),
    ];
    const routes = [hostRoute('default', '10.0.0.1', 'bond0')];
    const whole = judgeHost(machine({ interfaces: [bond, ...legs], routes }), [], { scope: 'all' });
    expect(troubles(whole)).toEqual([]);
    expect(line(whole, 'l2.interface')).toBe('up, bond, with 2 links: eth0, eth1, 1000 Mbit/s, MTU 1500');
    const lame = machine({ interfaces: [bond, legs[0] ?? eth0, hostInterface({ ...legs[1], carrier: false })], routes });
    expect(troubles(judgeHost(lame, [], { scope: 'all' }))).toEqual([
      'l1.carrier@eth1 warn no-carrier: no carrier: bond0 has lost this part of it',
    ]);
    expect(troubles(judgeHost(lame, [way('192.0.2.1', { interface: 'bond0' })]))).toEqual([]);
  });

  it('to containers are one fact where they are many, unless they have an address', () => {
    const ends = (length: number) =>
      Array.from({ length }, (_, index) =>
        hostInterface({ name: `cali${index}`, kind: 'veth', addresses: [hostAddress('fe80::ecee:eeff:feee:eeee/64')] }),
      );
    const own = hostInterface({ name: 'v0', kind: 'veth', addresses: [hostAddress('10.5.0.1/24')] });
    const lines = (length: number) =>
      judgeHost(machine({ interfaces: [eth0, own, ...ends(length)], routes: [home] }), [], { scope: 'all' });
    const named = (length: number) => lines(length).flatMap(({ id }) => (id.startsWith('l2.interface@') ? id.slice(13) : []));
    expect(named(2)).toEqual(['v0', 'cali0', 'cali1']);
    expect(named(40)).toEqual(['v0']);
    expect(line(lines(40), 'l2.interfaces')).toBe('40 more are up: cali0, cali1, cali2, cali3 and 36 more');
  });

  it('beyond two dozen are counted', () => {
    const many = Array.from({ length: 30 }, (_, index) => hostInterface({ name: `tap${index}`, kind: 'tap', addresses: [] }));
    const spare = hostInterface({ name: 'wwan0', up: false, carrier: null, addresses: [] });
    const routes = [home, hostRoute('default', '10.9.0.1', 'wwan0', { metric: 900 })];
    const checks = judgeHost(machine({ interfaces: [eth0, ...many, spare], routes }), [], { scope: 'all' });
    expect(checks.filter(({ id }) => id.startsWith('l2.interface@tap'))).toHaveLength(24);
    expect(line(checks, 'l2.interfaces')).toBe('6 more are up: tap24, tap25, tap26, tap27 and 2 more');
    // What is wrong is not lost among them.
    expect(troubles(checks)).toEqual(['l2.interface@wwan0 warn interface-down: wwan0 is down, and a default route goes by it']);
  });

  it('that the system does not list are not said to be down', () => {
    const made = machine({ interfaces: [], routes: null, rules: null, absent: [{ fact: 'links', because: 'a sandbox' }] });
    expect(troubles(judgeHost(made, [], { scope: 'all' }))[0]).toBe('l2.interface skip: a sandbox');
  });

  it('that are a loopback alone, and down, are told', () => {
    const made = machine({ interfaces: [loopbackInterface({ up: false, carrier: null }), eth0], routes: [home] });
    expect(troubles(judgeHost(made, [], { scope: 'all' }))).toEqual([
      'l2.interface@lo warn interface-down: the loopback is down: programs of this machine cannot reach each other',
    ]);
    expect(troubles(judgeHost(made, [way('192.0.2.1', {})]))).toEqual([]);
  });
});

describe('addresses', () => {
  const of = (...addresses: Host['interfaces'][number]['addresses']) =>
    machine({ interfaces: [loopbackInterface(), hostInterface({ addresses })], routes: [home] });
  const all = { scope: 'all' } as const;

  it('are not known where the system does not tell, and then not missing', () => {
    const made = machine({ interfaces: [hostInterface({ addresses: [], addressesKnown: false })], routes: [home] });
    expect(troubles(judgeHost(made, [], all))).toEqual(['l2.address skip: the system does not tell the addresses of its interfaces']);
  });

  it('that another machine has: the only one is a fault of the link', () => {
    const twin = hostAddress('2001:db8::5/64', { duplicate: true, tentative: true });
    const found = 'the kernel found 2001:db8::5 with another machine on eth0, and does not use it';
    expect(troubles(judgeHost(of(twin), [], all))).toEqual([`l2.address fail duplicate-address: ${found}`]);
    // Who looks for duplicates tells those beside others.
    expect(troubles(judgeHost(of(hostAddress('10.0.0.2/24'), twin), [], all))).toEqual([]);
  });

  it('are told with what is special about them, those that can be used first', () => {
    const checks = judgeHost(
      of(hostAddress('2001:db8::9/64', { tentative: true }), hostAddress('2001:db8::8/64', { temporary: true, deprecated: true })),
      [],
      all,
    );
    expect(line(checks, 'l2.address')).toBe('2001:db8::8 (temporary, deprecated), 2001:db8::9 (tentative)');
    expect(troubles(judgeHost(of(hostAddress('2001:db8::9/64', { tentative: true })), [], all))).toEqual([
      'l2.address warn no-address: 2001:db8::9, not used yet: whether somebody else has it is still being asked',
    ]);
  });

  it.each<[string, Partial<Host['interfaces'][number]['addresses'][number]>, string[]]>([
    ['a lease with time left', { permanent: false, validForMs: 3_000_000 }, []],
    [
      'a lease that is nearly over',
      { permanent: false, validForMs: 20_000 },
      ['l2.lease warn lease-expiring: 10.0.0.2 is valid for 20 s more'],
    ],
    ['a temporary address at its end', { permanent: false, temporary: true, validForMs: 20_000 }, []],
    ['one that is withdrawn as it should be', { permanent: false, deprecated: true, validForMs: 20_000 }, []],
    ['one without end', { permanent: true }, []],
    ['one whose end is not told', { permanent: null }, []],
  ])('%s', (_, fields, expected) => {
    expect(troubles(judgeHost(of(hostAddress('10.0.0.2/24', fields)), [], all))).toEqual(expected);
  });

  it('that no server has renewed are told by the lease that the client wrote down', () => {
    const lease = {
      interface: 'eth0',
      address: '10.0.0.2',
      server: null,
      lifetimeMs: 3_600_000,
      rebindMs: 3_150_000,
      expiresAt: null,
      source: 'x',
    };
    const made = (validForMs: number, expiresAt: string | null = null) => ({
      ...of(hostAddress('10.0.0.2/24', { permanent: false, validForMs })),
      data: { ...of(hostAddress('10.0.0.2/24', { permanent: false, validForMs })).data, leases: [{ ...lease, expiresAt }] },
    });
    expect(troubles(judgeHost(made(460_000), [], all))).toEqual([]);
    expect(troubles(judgeHost(made(440_000), [], all))).toEqual([
      'l2.lease warn lease-expiring: 10.0.0.2 is valid for 7.3 min more, and no server has renewed it, though its client asks any of them from 52.5 min on',
    ]);
    // Left behind by another client: the one that renews it today has shorter leases.
    expect(troubles(judgeHost(made(440_000, '2026-11-01T00:00:00.000Z'), [], all))).toEqual([]);
    expect(troubles(judgeHost(made(440_000, '2026-11-22T08:07:00.000Z'), [], all))).toHaveLength(1);
  });

  it('that were lent and are gone are named', () => {
    const lease = { interface: 'eth0', address: '10.0.0.2', server: null, lifetimeMs: null, rebindMs: null, source: 'x' };
    const gone = machine({
      interfaces: [hostInterface({ addresses: [] })],
      leases: [{ ...lease, expiresAt: '2026-11-22T07:00:00.000Z' }],
    });
    expect(line(judgeHost(gone, []), 'l2.address')).toBe('no address; its last lease (10.0.0.2) ran out at 2026-11-22T07:00:00.000Z');
  });
});

describe('routing', () => {
  const two = [loopbackInterface(), eth0, eth1];
  const troubled = (fields: Partial<Host>, lookups: MeasurementOf<'route-lookup'>[] = []) =>
    troubles(judgeHost(machine({ interfaces: two, routes: [home], ...fields }), lookups, { scope: 'all' }));
  const observed = (fields: Partial<Host>, id: string) =>
    line(judgeHost(machine({ interfaces: two, routes: [home], ...fields }), [], { scope: 'all' }), id);

  it('by two defaults of one metric on two links is ambiguous; on one link, by one multipath route, or by preference it is not', () => {
    const other = hostRoute('default', '10.1.0.1', 'eth1', { metric: 100 });
    expect(troubled({ routes: [home, other] })).toEqual([
      'l3.defaults@ipv4 warn route-ambiguous: 2 with metric 100, by eth0, eth1: nothing decides between them',
    ]);
    expect(troubled({ routes: [home, hostRoute('default', '10.0.0.9', 'eth0', { metric: 100 })] })).toEqual([]);
    expect(troubled({ routes: [{ ...home, nextHops: [...home.nextHops, ...other.nextHops] }] })).toEqual([]);
    expect(troubled({ routes: [home, { ...other, table: 100 }] })).toEqual([]);
    const advertised = (name: string, preference: 'high' | 'medium') =>
      hostRoute('default', 'fe80::1', name, { metric: 1024, preference, protocol: 'ra' });
    expect(troubled({ routes: [home, advertised('eth0', 'high'), advertised('eth1', 'medium')] })).toEqual([]);
    expect(troubled({ routes: [home, advertised('eth0', 'medium'), advertised('eth1', 'medium')] })).toHaveLength(1);
    expect(judgeHost(machine({ interfaces: two, routes: [home, other] }), [way('192.0.2.1', {})]).map(inShort)).not.toContain(
      'l3.defaults',
    );
  });

  it('by the halves of a VPN is told, with what stays outside of it', () => {
    const halves = ['0.0.0.0/1', '128.0.0.0/1'].map((to) => hostRoute(to, null, 'tun0'));
    const tun0 = hostInterface({ name: 'tun0', kind: 'tun', addresses: [hostAddress('10.8.0.2/24')] });
    const interfaces = [...two, tun0];
    expect(observed({ interfaces, routes: [home, ...halves] }, 'l3.tunnel@ipv4')).toBe(
      '0.0.0.0/1 and 128.0.0.0/1 by tun0 take everything, before any default route',
    );
    const ipv6 = hostRoute('default', 'fe80::1', 'eth0');
    expect(observed({ interfaces, routes: [home, ipv6, ...halves] }, 'l3.tunnel@ipv4')).toMatch(/; IPv6 goes by eth0 all the same$/);
    const inside = ['::/1', '8000::/1'].map((to) => hostRoute(to, null, 'tun0', { family: 6 }));
    expect(observed({ interfaces, routes: [home, ipv6, ...halves, ...inside] }, 'l3.tunnel@ipv4')).not.toContain('all the same');
    // As OpenVPN covers IPv6, in its versions.
    const byOpenVpn = (...prefixes: string[]) => prefixes.map((to) => hostRoute(to, null, 'tun0', { family: 6 }));
    for (const covered of [byOpenVpn('2000::/3'), byOpenVpn('::/3', '2000::/4', '3000::/4', 'fc00::/7')]) {
      expect(observed({ interfaces, routes: [home, ipv6, ...halves, ...covered] }, 'l3.tunnel@ipv4')).not.toContain('all the same');
    }
    expect(observed({ interfaces, routes: [home, ipv6, ...halves, ...byOpenVpn('2000::/4')] }, 'l3.tunnel@ipv4')).toContain('all the same');
    expect(troubled({ interfaces, routes: [home, ...halves.slice(0, 1)] })).toEqual([
      'l3.tunnel@ipv4 warn route-wrong: 0.0.0.0/1 by tun0, without the other half: that goes another way',
    ]);
    const dead = [...two, { ...tun0, carrier: false }];
    const goesNowhere = '0.0.0.0/1 and 128.0.0.0/1 by tun0, which has no carrier: what they cover goes nowhere';
    expect(troubled({ interfaces: dead, routes: [home, ...halves] })).toEqual([`l3.tunnel@ipv4 fail route-wrong: ${goesNowhere}`]);
    // A target has the fault itself, where it goes that way.
    expect(troubled({ interfaces: dead, routes: [home, ...halves] }, [way('10.1.0.9', { interface: 'eth1' })])).toEqual([
      `l3.tunnel@ipv4 warn route-wrong: ${goesNowhere}`,
    ]);
  });

  it('by a table that a rule asks first, as WireGuard has it, is told', () => {
    const rules = [
      ...STANDARD_RULES,
      hostRule({ priority: 32_764, table: 51_820, inverted: true, mark: '0xca6c' }),
      hostRule({ priority: 32_763, table: 254, suppressPrefixLength: 0 }),
    ];
    const wg0 = hostInterface({ name: 'wg0', kind: 'wireguard', addresses: [hostAddress('10.8.0.2/32')] });
    const routes = [home, hostRoute('default', null, 'wg0', { table: 51_820 })];
    expect(observed({ interfaces: [...two, wg0], rules, routes }, 'l3.tunnel@ipv4')).toBe('all goes by wg0 (table 51820, by rule 32764)');
    expect(machine({ rules, routes }).data.defaultRoutes.map((route) => route.interface)).toEqual(['wg0', 'eth0']);
    // With IPv6 inside as well, its other default route is not what is taken.
    const outside = hostRoute('default', 'fe80::1', 'eth0');
    const inside = hostRoute('default', null, 'wg0', { family: 6, table: 51_820 });
    const both = [...rules, ...rules.map((rule) => ({ ...rule, family: 6 as const }))];
    const told = (more: (typeof routes)[number][]) =>
      observed({ interfaces: [...two, wg0], rules: both, routes: [...routes, ...more] }, 'l3.tunnel@ipv4');
    expect(told([outside])).toMatch(/; IPv6 goes by eth0 all the same$/);
    expect(told([outside, inside])).not.toContain('all the same');
    expect(observed({ interfaces: [...two, wg0], rules, routes }, 'l3.rules')).toBe(
      '2: 32764: not fwmark 0xca6c table 51820, 32763: from all table main but its default route',
    );
  });

  it('to a subnet on two links is ambiguous, unless metrics decide, or the links are parts of one', () => {
    const eth1Too = { ...eth1, addresses: [hostAddress('10.0.0.3/24')] };
    const direct = (name: string, metric: number) => hostRoute('10.0.0.0/24', null, name, { metric });
    const interfaces = [eth0, eth1Too];
    expect(troubled({ interfaces, routes: [home, direct('eth0', 0), direct('eth1', 0)] })).toEqual([
      'l3.shared-subnet warn route-ambiguous: 10.0.0.0/24 on eth0 and eth1: nothing decides which of them is taken',
    ]);
    expect(troubled({ interfaces, routes: [home, direct('eth0', 100), direct('eth1', 600)] })).toEqual([]);
    expect(troubled({ interfaces: [eth0, { ...eth1Too, carrier: false }], routes: [home, direct('eth0', 0), direct('eth1', 0)] })).toEqual(
      [],
    );
    const hosts = [hostInterface({ addresses: [hostAddress('10.0.0.2/32')] }), { ...eth1, addresses: [hostAddress('10.0.0.2/32')] }];
    expect(troubled({ interfaces: hosts })).toEqual([]);
  });

  it('that is not known is not judged', () => {
    const because = 'ip is not installed';
    const absent = ['routes', 'rules'].map((fact) => ({ fact, because }));
    expect(troubled({ routes: null, routesKnown: false, rules: null, absent })).toEqual([
      'l3.route skip: the system does not tell its routes',
      `l3.tunnel skip: ${because}`,
    ]);
    expect(troubled({ rules: null, absent })).toEqual([`l3.rules skip: ${because}`]);
  });

  it('with nothing but a route that refuses says so', () => {
    const routes = [hostRoute('default', null, null, { type: 'unreachable' })];
    expect(troubled({ routes })).toEqual(['l3.route fail no-default-route: there is only one that refuses: unreachable default']);
  });

  it('behind one that refuses is none; that in a table which nobody asks, or of the lowest preference, harms nobody', () => {
    const refusing = (fields: Partial<typeof home>) => hostRoute('default', null, null, { type: 'unreachable', ...fields });
    const rules = [...STANDARD_RULES, hostRule({ priority: 100, table: 7 }), hostRule({ priority: 99, table: 8, from: '10.9.0.0/16' })];
    expect(troubled({ rules, routes: [home, refusing({ table: 7 })] })).toEqual([
      'l3.route fail no-default-route: one that refuses goes before it: unreachable default table 7',
    ]);
    expect(troubled({ rules, routes: [home, refusing({ metric: 50 })] })).toHaveLength(1);
    expect(troubled({ rules, routes: [home, refusing({ metric: 200 }), refusing({ table: 8 })] })).toEqual([]);
  });
});

describe('the way to a target', () => {
  const refusing = (type: string, to: string, fields = {}) => hostRoute(to, null, null, { type, ...fields });

  it.each<[string, Partial<Host>, string, string, string]>([
    [
      'a blackhole',
      { routes: [refusing('blackhole', '192.0.2.0/24')] },
      '192.0.2.1',
      'EINVAL',
      'a route of this machine refuses it: blackhole 192.0.2.0/24',
    ],
    [
      'the most precise of several',
      { routes: [refusing('blackhole', '192.0.0.0/8'), refusing('prohibit', '192.0.2.0/24', { table: 100 })] },
      ...(['192.0.2.1', 'EACCES', 'a route of this machine refuses it: prohibit 192.0.2.0/24, table 100'] as const),
    ],
    [
      'a rule',
      { rules: [...STANDARD_RULES, hostRule({ priority: 5, action: 'unreachable', table: null, to: '2001:db8::/32', family: 6 })] },
      ...(['2001:db8::1', 'EHOSTUNREACH', 'unreachable by rule 5: to 2001:db8::/32 unreachable'] as const),
    ],
    ['nobody that is known', {}, '192.0.2.1', 'EACCES', 'EACCES'],
  ])('is refused by %s', (_, fields, address, code, observed) => {
    expect(judgePath(way(address, {}, code), machine({ routes: [home], ...fields }))).toMatchObject({
      ...{ status: 'fail', code: 'route-prohibited' },
      observed,
    });
  });

  it('names the table that decided, and the rule where it is one', () => {
    const rules = [...STANDARD_RULES, hostRule({ priority: 1000, table: 100, to: '192.0.2.0/24' })];
    const told = (table: number) => judgePath(way('192.0.2.1', { table, gateway: '10.1.0.1' }), machine({ rules })).observed;
    expect(told(100)).toBe('eth0 via 10.1.0.1, from 10.0.0.2, by table 100 (rule 1000)');
    expect(told(200)).toBe('eth0 via 10.1.0.1, from 10.0.0.2, by table 200');
    expect(told(254)).toBe('eth0 via 10.1.0.1, from 10.0.0.2');
  });
});

describe('a gateway that is not asked', () => {
  const entry = (state: string): NonNullable<Host['neighbors']> => [
    { address: '10.0.0.1', family: 4, interface: 'eth0', state, linkAddressKind: null },
  ];
  it.each<[string, Host['neighbors'], string]>([
    ['known', entry('stale'), 'l3.gateway@10.0.0.1 pass'],
    [
      'being asked for',
      entry('incomplete'),
      'l3.gateway@10.0.0.1 warn neighbor-unresolved: nobody has answered for its link address (MAC) so far',
    ],
    [
      'not found, who knows when',
      entry('failed'),
      'l3.gateway@10.0.0.1 skip: nothing is sent; when it was last asked for, nobody answered',
    ],
    ['not known', [], 'l3.gateway@10.0.0.1 skip: nothing is sent, and the kernel has not talked to it of late'],
    [
      'on another link',
      entry('stale').map((one) => ({ ...one, interface: 'eth1' })),
      'l3.gateway@10.0.0.1 skip: nothing is sent, and the kernel has not talked to it of late',
    ],
    ['not told', null, 'l3.gateway@10.0.0.1 skip: nothing is sent, and the system lists no neighbours'],
  ])('is judged by what the kernel remembers: %s', (_, neighbors, expected) => {
    expect(inShort(judgeKnownGateway(machine({ neighbors }), { address: '10.0.0.1', interface: 'eth0', scoped: '10.0.0.1' }))).toBe(
      expected,
    );
  });
});

describe('routes and rules', () => {
  it('are kept to a number that can be read, those that decide most first', () => {
    const many = Array.from({ length: 400 }, (_, index) => hostRoute(`10.${index >> 8}.${index & 255}.0/24`, '10.0.0.1', 'eth0'));
    const { routes, routesLeftOut } = keepRoutes([...many, refusingRoute, home]);
    expect([routes.length, routesLeftOut]).toEqual([256, 146]);
    expect(routes).toContain(home);
    expect(routes).toContain(refusingRoute);
  });

  const refusingRoute = hostRoute('192.0.2.0/24', null, null, { type: 'blackhole' });

  it.each([
    [hostRule({ priority: 32_766 }), true],
    [hostRule({ priority: 32_766, from: '10.0.0.0/8' }), false],
    [hostRule({ priority: 32_766, table: 100 }), false],
    [hostRule({ priority: 5 }), false],
    [hostRule({ priority: 0, table: 255, mark: '0x0/0xff' }), false],
  ])('%# are standard or not', (rule, standard) => {
    expect(isStandardRule(rule)).toBe(standard);
  });

  it('are default for ordinary packets by tables that any packet is looked up in', () => {
    const inTable = (table: number, name: string) => hostRoute('default', null, name, { table });
    const defaults = (rules: Host['rules']) =>
      defaultRoutesOf([inTable(254, 'main'), inTable(7, 'seven'), inTable(8, 'eight'), inTable(9, 'nine')], rules).map(
        (route) => route.interface,
      );
    expect(defaults(null)).toEqual(['main']);
    expect(defaults([...STANDARD_RULES, hostRule({ priority: 5, table: 7, from: '10.0.0.0/8' })])).toEqual(['main']);
    // Android: marks of the default network, and packets of its own.
    const android = hostRule({ priority: 31_000, table: 8, mark: '0x0/0xffff', incoming: 'lo' });
    expect(defaults([hostRule({ priority: 32_766 }), android])).toEqual(['eight', 'main']);
    expect(defaults([hostRule({ priority: 9, table: 9, mark: '0x1/0xff' })])).toEqual([]);
  });

  it('are written as `ip rule` has them', () => {
    expect(
      ruleInWords(hostRule({ priority: 5, from: '10.0.0.0/8', to: '192.0.2.0/24', incoming: 'eth0', outgoing: 'eth1', table: 7 })),
    ).toBe('5: from 10.0.0.0/8 to 192.0.2.0/24 iif eth0 oif eth1 table 7');
    expect(ruleInWords(hostRule({ priority: 6, action: 'blackhole', table: null, users: '1000-1999', further: ['port 22'] }))).toBe(
      '6: from all users 1000-1999 port 22 blackhole',
    );
  });
});

describe('networks', () => {
  it.each([
    ['192.0.2.77', 24, '192.0.2.0/24'],
    ['192.0.2.77', 27, '192.0.2.64/27'],
    ['192.0.2.77', 0, '0.0.0.0/0'],
    ['192.0.2.77', 32, '192.0.2.77/32'],
    ['192.0.2.77', 33, null],
    ['2001:db8:1:2:3::4', 49, '2001:db8:1::/49'],
    ['fe80::1%eth0', 64, 'fe80::/64'],
    ['example.net', 24, null],
  ])('of %s/%i is %s', (address, length, network) => {
    expect(networkOf(address, length)).toBe(network);
  });

  it('hold addresses of their own family alone', () => {
    expect(covers({ destination: '0.0.0.0', prefixLength: 0 }, '2001:db8::1')).toBe(false);
    expect(covers({ destination: '2001:db8::', prefixLength: 32 }, '2001:db8:ffff::1')).toBe(true);
    expect(covers({ destination: '10.0.0.0', prefixLength: 8 }, '11.0.0.1')).toBe(false);
  });
});
