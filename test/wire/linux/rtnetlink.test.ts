import { describe, expect, it } from 'vitest';
import { buildNetlinkAttribute, buildNetlinkRequest, parseNetlinkMessages } from '../../../src/wire/linux/netlink.js';
import { LIST_LINKS, linkRequest, readNumber64, routeRequest, scopeName } from '../../../src/wire/linux/rtnetlink.js';
import { parseAddress, parseLink } from '../../../src/wire/linux/rtnetlink-link.js';
import { parseRoute } from '../../../src/wire/linux/rtnetlink-route.js';
import { linkAddressKind, parseNeighbor, parseRule } from '../../../src/wire/linux/rtnetlink-rule.js';
import { type Listing, listed } from '../../fakes/recorded-links.js';

const bytes = (...values: number[]) => Uint8Array.from(values);
const u32 = (value: number) => new Uint8Array(new Uint32Array([value]).buffer);
const text = (value: string) => new TextEncoder().encode(`${value}\0`);
const attribute = buildNetlinkAttribute;
const joined = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
const message = (type: number, fixed: Uint8Array, ...attributes: Uint8Array[]) =>
  buildNetlinkRequest(type, 0, 1, joined(fixed, ...attributes));

const ipv4 = (address: string) => Uint8Array.from(address.split('.').map(Number));
const FE80_1 = bytes(0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

/** struct ifinfomsg: family, padding, type of hardware, index, flags, change. */
const link = (hardware: number, flags: number) => joined(bytes(0, 0, hardware & 0xff, hardware >> 8), u32(7), u32(flags), u32(0));

describe('requests', () => {
  it('list links with an ifinfomsg of zeros, and ask for one by its index', () => {
    expect([...LIST_LINKS]).toEqual([32, 0, 0, 0, 18, 0, 1, 3, 1, 0, 0, 0, 0, 0, 0, 0, ...Array(16).fill(0)]);
    expect([...linkRequest(258)].slice(16, 24)).toEqual([0, 0, 0, 0, 2, 1, 0, 0]);
    expect([...linkRequest(258)].slice(6, 8), 'a single answer').toEqual([1, 0]);
  });

  it('ask for the way to an address, with source and interface where they are given', () => {
    const request = routeRequest({ address: '192.0.2.9', source: '10.0.0.2', interfaceIndex: 3, answer: 'decision' });
    expect([...(request ?? [])].slice(16)).toEqual([
      ...[2, 32, 32, 0, 0, 0, 0, 0, 0, 0x10, 0, 0],
      ...[8, 0, 1, 0, 192, 0, 2, 9],
      ...[8, 0, 2, 0, 10, 0, 0, 2],
      ...[8, 0, 4, 0, 3, 0, 0, 0],
    ]);
    const entry = routeRequest({ address: 'fe80::1%eth0', source: null, interfaceIndex: null, answer: 'entry' });
    expect([...(entry ?? [])].slice(16, 32)).toEqual([10, 128, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 20, 0, 1, 0]);
  });

  it('are not made of what is no address, or of two families', () => {
    expect(routeRequest({ address: 'example.net', source: null, interfaceIndex: null, answer: 'entry' })).toBeNull();
    expect(routeRequest({ address: '192.0.2.9', source: '2001:db8::1', interfaceIndex: null, answer: 'entry' })).toBeNull();
  });
});

describe('links', () => {
  it('have name, state, size, master, parent and the sums of their counters', () => {
    const counters = new Uint8Array(8 * 25);
    const view = new DataView(counters.buffer);
    for (const [field, value] of [
      [4, 1],
      [5, 2],
      [6, 4],
      [7, 8],
      [15, 16],
    ] as const)
      view.setBigUint64(8 * field, BigInt(value), true);
    const parts = [
      ...[attribute(3, text('eth0.5')), attribute(4, u32(1496)), attribute(5, u32(2)), attribute(10, u32(9)), attribute(16, bytes(6))],
      attribute(18, joined(attribute(1, text('vlan')), attribute(2, attribute(1, bytes(5, 0))))),
      ...[attribute(23, counters), attribute(30, u32(1))],
    ];
    expect(parseLink(message(16, link(1, 0x1 | 0x40), ...parts))).toEqual({
      ok: true,
      value: {
        ...{ index: 7, name: 'eth0.5', up: true, running: true, loopback: false, promiscuous: true, kind: 'vlan', hardwareType: 1 },
        ...{ mtuBytes: 1496, operationalState: 'up', masterIndex: 9, parentIndex: 2, vlanId: 5, errors: 3, dropped: 28 },
      },
    });
  });

  it.each<[string, number, Uint8Array[], string | null]>([
    ['a loopback', 772, [], 'loopback'],
    ['an Ethernet device without a kind', 1, [], 'ethernet'],
    ['a point-to-point link', 512, [], 'ppp'],
    ['a modem with raw IP', 519, [], 'cellular'],
    ['hardware that nobody knows', 4000, [], null],
    ['a tun device', 65_534, [attribute(18, joined(attribute(1, text('tun')), attribute(2, attribute(3, bytes(1)))))], 'tun'],
    ['a tap device', 1, [attribute(18, joined(attribute(1, text('tun')), attribute(2, attribute(3, bytes(2)))))], 'tap'],
    ['a tap device of a kernel that does not say so', 1, [attribute(18, attribute(1, text('tun')))], 'tap'],
    ['a kind of its own', 65_534, [attribute(18, attribute(1, text('wireguard')))], 'wireguard'],
    ['a bond', 1, [attribute(18, attribute(1, text('bond')))], 'bond'],
    ['a dummy', 1, [attribute(18, attribute(1, text('dummy')))], 'dummy'],
    ['an IP tunnel without a kind', 768, [], 'ipip'],
  ])('%s is told by kind or hardware', (_, hardware, attributes, kind) => {
    expect(parseLink(message(16, link(hardware, 0), attribute(3, text('x')), ...attributes))).toMatchObject({ ok: true, value: { kind } });
  });

  it.each<[string, number, number[], boolean]>([
    ['it has a carrier', 0x41, [6, 1], true],
    ['its carrier has gone a moment ago', 0x41, [6, 0], false],
    ['its carrier has come a moment ago', 0x1, [2, 1], true],
    ['it waits for a login', 0x1, [5, 1], false],
    ['it has none', 0x1, [2, 0], false],
  ])('run or not, where %s', (_, flags, [state = 0, carrier = 0], running) => {
    const parts = [attribute(3, text('eth0')), attribute(16, bytes(state)), attribute(33, bytes(carrier))];
    expect(parseLink(message(16, link(1, flags), ...parts))).toMatchObject({ ok: true, value: { running } });
  });

  it('name no parent that is in another namespace, nor themselves', () => {
    const veth = [attribute(3, text('eth0')), attribute(5, u32(12)), attribute(37, u32(0))];
    expect(parseLink(message(16, link(1, 0), ...veth))).toMatchObject({ ok: true, value: { parentIndex: null } });
    expect(parseLink(message(16, link(1, 0), attribute(3, text('eth0')), attribute(5, u32(7))))).toMatchObject({
      ok: true,
      value: { parentIndex: null },
    });
  });

  it('have no counters, size or state where the kernel does not send them', () => {
    expect(parseLink(message(16, link(1, 0), attribute(3, text('eth0')), attribute(23, new Uint8Array(16))))).toMatchObject({
      ok: true,
      value: { errors: null, dropped: null, mtuBytes: null, operationalState: null },
    });
  });

  it('are refused without a name, cut short, or of another type', () => {
    expect(parseLink(message(16, link(1, 0)))).toMatchObject({ ok: false });
    expect(parseLink(message(16, new Uint8Array(8)))).toMatchObject({ ok: false });
    expect(parseLink(message(20, link(1, 0), attribute(3, text('eth0'))))).toMatchObject({ ok: false });
  });
});

describe('addresses', () => {
  const lifetimes = (preferred: number, valid: number) => attribute(6, joined(u32(preferred), u32(valid), u32(0), u32(0)));
  const parsedAddress = (fixed: number[], ...attributes: Uint8Array[]) =>
    parseAddress(message(20, joined(bytes(...fixed), u32(3)), ...attributes));

  it('are ours, not those of the other end, and have flags and lifetimes', () => {
    const leased = parsedAddress([2, 24, 0, 0], attribute(1, ipv4('10.8.0.1')), attribute(2, ipv4('10.8.0.2')), lifetimes(60, 120));
    expect(leased).toMatchObject({
      ok: true,
      value: { index: 3, family: 4, address: '10.8.0.2', prefixLength: 24, scope: 'global', permanent: false, validSeconds: 120 },
    });
    const flags = attribute(8, u32(0x01 | 0x08 | 0x20 | 0x40 | 0x100));
    expect(parsedAddress([10, 64, 0x80, 253], attribute(1, FE80_1), flags, lifetimes(0xffffffff, 0xffffffff))).toEqual({
      ok: true,
      value: {
        ...{ index: 3, family: 6, address: 'fe80::1', prefixLength: 64, scope: 'link', temporary: true, deprecated: true },
        ...{ tentative: true, duplicate: true, permanent: false, validSeconds: null, preferredSeconds: null },
      },
    });
  });

  it('of IPv4 are not temporary, though the bit is the same as "secondary"', () => {
    expect(parsedAddress([2, 24, 0x81, 0], attribute(2, ipv4('10.0.0.3')))).toMatchObject({
      ok: true,
      value: { temporary: false, permanent: true },
    });
  });

  it('are refused in other families, and without an address', () => {
    expect(parsedAddress([28, 24, 0, 0], attribute(2, ipv4('10.0.0.3')))).toMatchObject({ ok: false });
    expect(parsedAddress([2, 24, 0, 0])).toMatchObject({ ok: false });
  });
});

describe('routes', () => {
  /** struct rtmsg */
  const route = (fixed: number[], ...attributes: Uint8Array[]) => parseRoute(message(24, joined(bytes(...fixed), u32(0)), ...attributes));

  it('have table, type, protocol, metric, MTU and gateway', () => {
    const attributes = [
      ...[attribute(1, ipv4('198.51.100.0')), attribute(4, u32(2)), attribute(5, ipv4('10.0.0.1')), attribute(6, u32(100))],
      ...[attribute(7, ipv4('10.0.0.2')), attribute(8, attribute(2, u32(1400))), attribute(15, u32(51_820))],
    ];
    expect(route([2, 24, 0, 0, 252, 16, 0, 1], ...attributes)).toEqual({
      ok: true,
      value: {
        ...{ family: 4, destination: '198.51.100.0', prefixLength: 24, type: 'unicast', table: 51_820, protocol: 'dhcp', scope: 'global' },
        ...{ metric: 100, preferredSource: '10.0.0.2', mtuBytes: 1400, preference: null, cloned: false },
        nextHops: [{ gateway: '10.0.0.1', interfaceIndex: 2, weight: null, linkDown: false }],
      },
    });
  });

  it('of the default have no destination, and of IPv4 the metric 0 where none is sent', () => {
    expect(route([2, 0, 0, 0, 254, 3, 0, 1], attribute(4, u32(2)))).toMatchObject({
      value: { destination: '0.0.0.0', metric: 0, table: 254 },
    });
    expect(route([10, 0, 0, 0, 254, 9, 0, 1], attribute(4, u32(2)), attribute(20, bytes(3)))).toMatchObject({
      value: { destination: '::', metric: null, protocol: 'ra', preference: 'low' },
    });
  });

  it.each([
    [6, 'blackhole'],
    [7, 'unreachable'],
    [8, 'prohibit'],
    [9, 'throw'],
    [99, '99'],
  ])('of type %i are %s', (type, name) => {
    expect(route([2, 24, 0, 0, 254, 4, 0, type], attribute(1, ipv4('198.51.100.0')))).toMatchObject({
      value: { type: name, nextHops: [] },
    });
  });

  it('over several next hops have each of them, with gateways of the other family too', () => {
    const hop = (flags: number, weight: number, index: number, gateway: Uint8Array) =>
      joined(bytes(8 + gateway.length, 0, flags, weight), u32(index), gateway);
    const via = attribute(18, joined(bytes(10, 0), FE80_1));
    const several = attribute(9, joined(hop(0x10, 2, 4, attribute(5, ipv4('10.0.0.1'))), hop(0, 0, 5, via)));
    expect(route([2, 0, 0, 0, 254, 4, 0, 1], several)).toMatchObject({
      value: {
        nextHops: [
          { gateway: '10.0.0.1', interfaceIndex: 4, weight: 3, linkDown: true },
          { gateway: 'fe80::1', interfaceIndex: 5, weight: 1, linkDown: false },
        ],
      },
    });
  });

  it('end where a next hop does not fit, and are refused with a prefix longer than an address', () => {
    expect(route([2, 0, 0, 0, 254, 4, 0, 1], attribute(9, bytes(200, 0, 0, 0, 1, 0, 0, 0)))).toMatchObject({ value: { nextHops: [] } });
    expect(route([2, 33, 0, 0, 254, 4, 0, 1], attribute(1, ipv4('10.0.0.0')))).toMatchObject({ ok: false });
    expect(route([10, 64, 0, 0, 254, 4, 0, 1], attribute(1, bytes(1, 2, 3)))).toMatchObject({ ok: false });
  });
});

describe('rules', () => {
  /** struct fib_rule_hdr */
  const rule = (fixed: number[], flags: number, ...attributes: Uint8Array[]) =>
    parseRule(message(32, joined(bytes(...fixed), u32(flags)), ...attributes));

  it('have who they are for and which table they ask', () => {
    const wireguard = [attribute(6, u32(32_764)), attribute(10, u32(0xca6c)), attribute(16, u32(0xffffffff)), attribute(15, u32(51_820))];
    expect(rule([2, 0, 0, 0, 252, 0, 0, 1], 2, ...wireguard)).toEqual({
      ok: true,
      value: {
        ...{ family: 4, priority: 32_764, action: 'table', table: 51_820, inverted: true, from: null, to: null, mark: '0xca6c' },
        ...{ incoming: null, outgoing: null, users: null, further: [], suppressPrefixLength: null },
      },
    });
    const suppressing = [attribute(6, u32(32_763)), attribute(14, u32(0)), attribute(15, u32(254))];
    expect(rule([2, 0, 0, 0, 254, 0, 0, 1], 0, ...suppressing)).toMatchObject({ value: { suppressPrefixLength: 0, table: 254 } });
  });

  it('can be narrow, refuse, and be for VRFs', () => {
    const narrow = [
      ...[attribute(2, ipv4('10.0.0.0')), attribute(1, ipv4('192.0.2.0')), attribute(3, text('eth0')), attribute(17, text('eth1'))],
      ...[attribute(20, joined(u32(1000), u32(1999))), attribute(22, bytes(17)), attribute(24, bytes(53, 0, 53, 0))],
      ...[attribute(10, u32(1)), attribute(16, u32(3)), attribute(14, u32(0xffffffff))],
    ];
    expect(rule([2, 24, 8, 16, 0, 0, 0, 8], 0, ...narrow)).toMatchObject({
      value: {
        ...{ action: 'prohibit', table: null, from: '10.0.0.0/8', to: '192.0.2.0/24', incoming: 'eth0', outgoing: 'eth1' },
        ...{ users: '1000-1999', mark: '0x1/0x3', further: ['tos 0x10', 'protocol udp', 'port 53'], suppressPrefixLength: null },
      },
    });
    expect(rule([2, 0, 0, 0, 0, 0, 0, 1], 0, attribute(19, bytes(1)))).toMatchObject({ value: { table: null, further: ['VRF'] } });
  });
});

describe('neighbours', () => {
  const neighbor = (state: number, ...attributes: Uint8Array[]) =>
    parseNeighbor(message(28, joined(bytes(2, 0, 0, 0), u32(4), bytes(state, 0, 0, 1)), ...attributes));

  it.each([
    [0x01, 'incomplete'],
    [0x02, 'reachable'],
    [0x04, 'stale'],
    [0x08, 'delay'],
    [0x10, 'probe'],
    [0x20, 'failed'],
    [0x40, 'noarp'],
    [0x80, 'permanent'],
    [0x03, '3'],
  ])('in state %i are %s', (state, name) => {
    expect(neighbor(state, attribute(1, ipv4('10.0.0.1')))).toEqual({
      ok: true,
      value: { family: 4, index: 4, address: '10.0.0.1', state: name, linkAddressKind: null },
    });
  });

  it.each<[string, number[], string | null]>([
    ['of a maker', [0x00, 0x1b, 0x21, 1, 2, 3], 'maker'],
    ['of software', [0x02, 0x42, 0xac, 1, 2, 3], 'local'],
    ['of VRRP', [0x00, 0x00, 0x5e, 0x00, 0x01, 7], 'virtual-router'],
    ['of HSRP', [0x00, 0x00, 0x0c, 0x07, 0xac, 7], 'virtual-router'],
    ['of HSRP, second version', [0x00, 0x00, 0x0c, 0x9f, 0xf0, 7], 'virtual-router'],
    ['of HSRP for IPv6', [0x00, 0x05, 0x73, 0xa0, 0x00, 7], 'virtual-router'],
    ['of GLBP', [0x00, 0x07, 0xb4, 0x00, 0x01, 1], 'virtual-router'],
    ['for many', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 'group'],
    ['of nobody', [0, 0, 0, 0, 0, 0], 'none'],
    ['of another kind of link', [1, 2, 3, 4, 5, 6, 7, 8], null],
  ])('have a link address %s', (_, address, kind) => {
    expect(linkAddressKind(Uint8Array.from(address))).toBe(kind);
  });
});

describe('what a kernel of version 6.18 sent', () => {
  it.each<[Listing, (input: Uint8Array) => { ok: boolean; refusal?: string }]>([
    ['links', parseLink],
    ['addresses', parseAddress],
    ['routes', parseRoute],
    ['rules', parseRule],
    ['neighbors', parseNeighbor],
  ])('is read whole: %s', (what, parse) => {
    const messages = listed(what);
    expect(messages.length).toBeGreaterThan(4);
    const refusals = messages.map((input) => parse(input)).flatMap((read) => ('refusal' in read ? [read.refusal] : []));
    // Rules of multicast routing are listed too.
    expect(refusals.filter((refusal) => refusal !== 'a rule of no known family')).toEqual([]);
    expect(messages.every((input) => parseNetlinkMessages(input).ok)).toBe(true);
  });
});

it('counters beyond what a number holds exactly are not told', () => {
  expect(readNumber64(Uint8Array.from({ length: 8 }, () => 0xff))).toBeNull();
  expect(readNumber64(bytes(0, 0, 0, 0, 1, 0, 0, 0))).toBe(2 ** 32);
});

it('scopes have the names of rt_scopes', () => {
  expect([0, 200, 253, 254, 255, 42].map(scopeName)).toEqual(['global', 'site', 'link', 'host', 'nowhere', '42']);
});
