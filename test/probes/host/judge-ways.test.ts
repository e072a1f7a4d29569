import { describe, expect, it } from 'vitest';
import type { BeyondGateway, End } from '../../../src/probes/host/judge-upstream.js';
import { judgeUpstream } from '../../../src/probes/host/judge-upstream.js';
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
  defaults: new Set([DEFAULT]),
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
    expect(told({ silent: [bystander], destinations: [], gateways })).toEqual([]);
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
