import { describe, expect, it } from 'vitest';
import type { BeyondGateway, End } from '../../../src/probes/host/judge-upstream.js';
import { judgeUpstream, judgeUpstreams } from '../../../src/probes/host/judge-upstream.js';
import { judgeWays, type SilentWay, type WaysFound } from '../../../src/probes/host/judge-ways.js';

const DEFAULT = '10.0.0.1';
const OTHER = '10.0.0.2';
const silent: End = { kind: 'silent', after: null };

const way = (parts: Partial<SilentWay> = {}): SilentWay => ({
  target: 'a',
  address: '192.0.2.1',
  interface: 'eth0',
  gateway: DEFAULT,
  prefix: '0.0.0.0/0',
  measurementId: 'm1',
  end: silent,
  firstHopHeard: true,
  strangeLink: null,
  ...parts,
});
const destination = (address: string, gateway: string, answered: boolean, parts: Partial<BeyondGateway> = {}): BeyondGateway => ({
  address,
  gateway,
  answered,
  measurementId: 'm2',
  end: answered ? { kind: 'answered' } : silent,
  ...parts,
});
const found = (parts: Partial<WaysFound>): WaysFound => ({
  silent: [way()],
  othersAnswer: false,
  destinations: [],
  otherLinks: [],
  defaults: new Map([[DEFAULT, 'eth0']]),
  gateways: new Map([[DEFAULT, true]]),
  ...parts,
});
const told = (parts: Partial<WaysFound>) => judgeWays(found(parts)).map(({ id, code, observed }) => `${id} ${code}: ${observed}`);

describe('a route that leads nowhere', () => {
  it('is one where the target answers by another link', () => {
    const otherLinks = [{ address: '192.0.2.1', interface: 'eth1', reached: true, measurementId: 'm3' }];
    expect(told({ otherLinks })).toEqual(['l3.ways route-wrong: the default route by eth0 via 10.0.0.1 gets no answer, eth1 does']);
    expect(told({ otherLinks, othersAnswer: true })[0]).toMatch(/^l3\.ways@a /);
    expect(told({ otherLinks: otherLinks.map((one) => ({ ...one, reached: false })) })).toEqual([]);
  });

  it('is one of its own by a dead router, where that of the default route lives', () => {
    const detour = [way({ gateway: OTHER, prefix: '192.0.2.0/24' })];
    const gateways = new Map([
      [DEFAULT, true],
      [OTHER, false],
    ]);
    expect(told({ silent: detour, gateways })).toEqual([
      'l3.ways route-wrong: the route 192.0.2.0/24 by eth0 via 10.0.0.2 leads to a router that is not there, while 10.0.0.1 of the default route is',
    ]);
    expect(told({ silent: detour, gateways: new Map([...gateways, [DEFAULT, false]]) })).toEqual([]);
    expect(told({ silent: detour, gateways: new Map([...gateways, [OTHER, true]]) })).toEqual([]);
  });

  it('is one of its own by a host that passes nothing on', () => {
    const destinations = [destination('198.51.100.1', DEFAULT, true)];
    const gateways = new Map([
      [DEFAULT, true],
      [OTHER, true],
    ]);
    const bystander = way({ gateway: OTHER, prefix: '192.0.2.0/24', firstHopHeard: false });
    expect(told({ silent: [bystander], destinations, gateways })).toHaveLength(1);
    expect(told({ silent: [{ ...bystander, firstHopHeard: true }], destinations, gateways })).toEqual([]);
    expect(told({ silent: [{ ...bystander, firstHopHeard: null }], destinations, gateways })).toEqual([]);
    const known = new Map([...gateways, [DEFAULT, false]]);
    expect(told({ silent: [bystander], destinations: [], gateways: known })).toEqual([]);
    expect(told({ silent: [{ ...bystander, end: { kind: 'silent', after: '10.9.9.9' } }], destinations, gateways })).toEqual([]);
    expect(told({ silent: [bystander], destinations: [...destinations, destination('192.0.2.2', OTHER, true)], gateways })).toEqual([]);
  });

  it('is one of its own by such a host where the router of the default route is there, though nothing else answers by it', () => {
    const gateways = new Map([
      [DEFAULT, true],
      [OTHER, true],
    ]);
    const bystander = way({ gateway: OTHER, prefix: '192.0.2.0/24', firstHopHeard: false });
    expect(told({ silent: [bystander], gateways })).toEqual([
      'l3.ways route-wrong: the route 192.0.2.0/24 by eth0 via 10.0.0.2 leads to a host that passes nothing on, while the router 10.0.0.1 of the default route is there',
    ]);
    expect(judgeWays(found({ silent: [bystander], gateways }))[0]?.basis).toBe('silence');
    expect(told({ silent: [bystander], gateways, defaults: new Map([['fe80::1%eth0', 'eth0']]) })).toEqual([]);
  });

  it('is the default route by such a host, where the router of another default route is on the same link', () => {
    const gateways = new Map([
      [DEFAULT, true],
      [OTHER, true],
    ]);
    const both = new Map([
      [DEFAULT, 'eth0'],
      [OTHER, 'eth0'],
    ]);
    const bystander = way({ firstHopHeard: false });
    const destinations = [destination('192.0.2.1', DEFAULT, false), destination('192.0.2.2', DEFAULT, false, { kind: 'reference' })];
    expect(told({ silent: [bystander], gateways, defaults: both, destinations })).toEqual([
      'l3.ways route-wrong: the default route by eth0 via 10.0.0.1 leads to a host that passes nothing on, while the router 10.0.0.2 of another default route is there',
    ]);
    expect(told({ silent: [bystander], gateways, defaults: both, destinations: destinations.slice(0, 1) })).toEqual([]);
    expect(told({ silent: [bystander], gateways, defaults: new Map([...both, [OTHER, 'eth1']]), destinations })).toEqual([]);
    expect(told({ silent: [way()], gateways, defaults: both, destinations })).toEqual([]);
    expect(told({ silent: [bystander], gateways, destinations })).toEqual([]);
  });

  it('is one of its own onto the link, where nobody has the address while the router of the default route is there', () => {
    const strangeLink = { unanswered: true, othersAnswer: false };
    const onLink = way({ gateway: null, prefix: '192.0.2.1/32', strangeLink });
    expect(told({ silent: [onLink] })).toEqual([
      'l3.ways route-wrong: the route 192.0.2.1/32 by eth0 looks for it on the link itself, where nobody has its address, while 10.0.0.1 of the default route is there',
    ]);
    expect(told({ silent: [{ ...onLink, strangeLink: null }] })).toEqual([]);
    expect(told({ silent: [{ ...onLink, strangeLink: { ...strangeLink, unanswered: false } }] })).toEqual([]);
    expect(told({ silent: [{ ...onLink, strangeLink: { ...strangeLink, othersAnswer: true } }] })).toEqual([]);
    expect(told({ silent: [{ ...onLink, interface: 'eth1' }] })).toEqual([]);
    expect(told({ silent: [onLink], gateways: new Map([[DEFAULT, false]]) })).toEqual([]);
    expect(told({ silent: [{ ...onLink, address: '2001:db8::1' }] })).toEqual([]);
  });

  it('is the default route behind which nothing at all answers, while another gateway passes packets on', () => {
    const dead = [destination('192.0.2.1', DEFAULT, false), destination('192.0.2.2', DEFAULT, false, { kind: 'reference' })];
    const other = destination('198.51.100.1', OTHER, true);
    expect(told({ destinations: [...dead, other] })).toEqual([
      'l3.ways route-wrong: nothing answers beyond 10.0.0.1 of the default route, while 10.0.0.2 passes packets on',
    ]);
    expect(told({ destinations: dead })).toEqual([]);
    expect(told({ destinations: [...dead.slice(0, 1), other] })).toEqual([]);
    expect(told({ destinations: [...dead, other, destination('10.9.9.9', DEFAULT, true, { kind: 'router' })] })).toEqual([]);
  });

  it('is the default route for an inner address that its gateway knows no way to', () => {
    const end: End = { kind: 'refused', from: DEFAULT, meaning: 'network-unreachable' };
    const destinations = [destination('198.51.100.1', DEFAULT, true)];
    const inner = way({ address: '10.77.3.20', end });
    expect(told({ silent: [inner], destinations })).toHaveLength(1);
    expect(told({ silent: [{ ...inner, address: '192.0.2.1' }], destinations })).toEqual([]);
    expect(told({ silent: [{ ...inner, end: silent }], destinations })).toEqual([]);
    expect(told({ silent: [inner] })).toEqual([]);
  });
});

describe('what lies beyond the gateway', () => {
  const own = (end: End) => destination('192.0.2.1', DEFAULT, false, { end });
  const reference = (address: string, end: End) => destination(address, DEFAULT, false, { kind: 'reference', end });
  const status = (...destinations: BeyondGateway[]) => judgeUpstream(destinations, true)?.status;

  it('is dead where the only destination and all references end alike', () => {
    expect(status(own(silent), reference('a', silent), reference('b', silent))).toBe('fail');
    const refused: End = { kind: 'refused', from: DEFAULT, meaning: 'network-unreachable' };
    expect(status(own(refused), reference('a', refused))).toBe('fail');
    const after: End = { kind: 'silent', after: '10.9.9.9' };
    expect(judgeUpstream([own(after), reference('a', after)], true)?.observed).toBe(
      '0 of 2 destinations answer: nothing comes back from beyond 10.9.9.9',
    );
  });

  it('is not known where a network without the internet ends the references in a way of its own', () => {
    const hostOff: End = { kind: 'refused', from: DEFAULT, meaning: 'host-unreachable' };
    const noRoute: End = { kind: 'refused', from: DEFAULT, meaning: 'network-unreachable' };
    expect(status({ ...own(hostOff), address: '10.2.0.9' }, reference('a', noRoute))).toBe('skip');
    expect(status(own(hostOff), reference('a', silent))).toBe('fail');
    expect(status(own({ ...hostOff, from: '10.9.9.9' }), reference('a', silent))).toBe('skip');
    expect(status(own({ kind: 'silent', after: '10.9.9.9' }), reference('a', silent))).toBe('skip');
    expect(status(own({ kind: 'silent' }), reference('a', silent))).toBe('skip');
    expect(status(own(silent), reference('a', silent), reference('b', noRoute))).toBe('skip');
  });

  it('lives where a reference answers', () => {
    expect(status(own(silent), destination('a', DEFAULT, true, { kind: 'reference' }))).toBe('pass');
  });

  it('is no dead line where everything is forbidden', () => {
    const no: End = { kind: 'refused', from: '10.9.9.9', meaning: 'prohibited' };
    expect(status(own(no), destination('192.0.2.2', DEFAULT, false, { end: no }))).toBe('skip');
  });
});

describe('what lies beyond the gateways of two families', () => {
  const GATEWAY_6 = 'fe80::1%eth0';
  const target = destination('2001:db8::1', GATEWAY_6, false);
  const reference = destination('2606:4700:4700::1111', GATEWAY_6, false, { kind: 'reference' });
  const other = destination('192.0.2.1', DEFAULT, true);
  const told = (destinations: BeyondGateway[], alive = [4, 6]) =>
    judgeUpstreams(destinations, (family) => alive.includes(family)).map(({ id, status, code }) => [id, status, code].join(' '));

  it('is dead in the one alone where the other gets through', () => {
    expect(told([target, reference, other])).toEqual(['l3.upstream pass ', 'l3.family@ipv6 fail ipv6-broken']);
    const dead = [destination('192.0.2.1', DEFAULT, false), destination('192.0.2.2', DEFAULT, false)];
    expect(told([...dead, destination('2001:db8::1', GATEWAY_6, true)])).toEqual(['l3.upstream pass ', 'l3.family@ipv4 fail ipv4-broken']);
  });

  it('is no matter where only references of it were asked, or an inner address was', () => {
    expect(told([reference, { ...reference, address: '2001:4860:4860::8888' }, other])).toEqual(['l3.upstream pass ']);
    expect(told([{ ...target, address: 'fd00::1' }, reference, other])).toEqual(['l3.upstream pass ']);
  });

  it('is not known by one destination of it, nor behind a gateway of it that is off', () => {
    expect(told([target, other])).toEqual(['l3.upstream pass ']);
    expect(told([target, reference, other], [4])).toEqual(['l3.upstream pass ']);
  });

  it('is dead in both where nothing answers in either', () => {
    const dead = [destination('192.0.2.1', DEFAULT, false), destination('192.0.2.2', DEFAULT, false)];
    expect(told([target, reference, ...dead])).toEqual(['l3.upstream fail upstream-unreachable']);
    expect(told([target, reference, ...dead.slice(0, 1)])).toEqual(['l3.upstream fail upstream-unreachable']);
    expect(told([target, ...dead.slice(0, 1)])).toEqual(['l3.upstream fail upstream-unreachable']);
    expect(told([target, ...dead.slice(0, 1)], [6])).toEqual(['l3.upstream skip ']);
  });
});
