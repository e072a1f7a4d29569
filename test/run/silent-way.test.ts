import { describe, expect, it } from 'vitest';
import type { MeasurementOf } from '../../src/model/measurement.js';
import { isOneFamilySilent, isOntoStrangeLink, isToldByGatewayAlone, silentWay } from '../../src/run/silent-way.js';
import type { TargetOutcome } from '../../src/run/target-outcome.js';
import { defaultsBeside, defaultsBesideDead, strangeNeighbors } from '../../src/run/ways-beside.js';
import { hostAddress, hostData, hostInterface, hostRoute } from '../fakes/host.js';

const ADDRESS = '203.0.113.10';
const DEFAULT = { family: 4, gateway: '10.0.0.1', interface: 'eth0', metric: 0 } as const;

interface Said {
  address?: string;
  received?: number;
  gateway?: string | null;
  prefix?: string | null;
  interface?: string;
  icmpErrors?: { from: string; meaning: string; count: number }[];
}

function outcome(said: Said = {}): TargetOutcome {
  const { address = ADDRESS, received = 0, gateway = null, prefix = `${ADDRESS}/32`, icmpErrors = [] } = said;
  const way = { address, gateway, prefix, interface: said.interface ?? 'eth0', table: 254, loopback: false };
  return {
    target: { id: address },
    address,
    lookup: { id: 'm1', attempt: { kind: 'measured' }, data: way },
    latency: { id: 'm2', attempt: { kind: received > 0 ? 'measured' : 'unanswered' }, data: { received, icmpErrors } },
    ports: null,
    addresses: null,
  } as unknown as TargetOutcome;
}

function machine(routes: ReturnType<typeof hostRoute>[], defaultRoutes: MeasurementOf<'host'>['data']['defaultRoutes'] = [DEFAULT]) {
  const eth0 = hostInterface({ addresses: [hostAddress('10.0.0.2/24')] });
  const data = hostData({ interfaces: [eth0], routes: [hostRoute('default', '10.0.0.1', 'eth0'), ...routes], defaultRoutes });
  return { data } as MeasurementOf<'host'>;
}

const byHand = hostRoute(`${ADDRESS}/32`, null, 'eth0', { protocol: 'boot' });

describe('a route onto a link for a network that is not there', () => {
  it('is one that somebody made, without a gateway and without an own address in it', () => {
    expect(isOntoStrangeLink(outcome(), machine([byHand]))).toBe(true);
    expect(isOntoStrangeLink(outcome(), machine([{ ...byHand, protocol: 'static' }]))).toBe(true);
  });

  it.each([
    ['of the kernel', outcome(), machine([{ ...byHand, protocol: 'kernel' }])],
    ['of DHCP', outcome(), machine([{ ...byHand, protocol: 'dhcp' }])],
    ['of another table', outcome(), machine([{ ...byHand, table: 100 }])],
    ['that is not listed', outcome(), machine([])],
    ['by a gateway', outcome({ gateway: '10.0.0.9' }), machine([byHand])],
    ['of the own network', outcome({ prefix: '10.0.0.0/16' }), machine([hostRoute('10.0.0.0/16', null, 'eth0')])],
    [
      'that a gateway stands in',
      outcome({ prefix: '203.0.113.0/24' }),
      machine([hostRoute('203.0.113.0/24', null, 'eth0'), hostRoute('198.51.100.0/24', '203.0.113.1', 'eth0')]),
    ],
    ['for everything', outcome({ prefix: '0.0.0.0/0' }), machine([hostRoute('default', null, 'eth0')])],
  ])('is none %s', (_, target, host) => {
    expect(isOntoStrangeLink(target, host)).toBe(false);
  });

  const host = machine([byHand]);
  const neighbor = (state: string) => ({ data: { address: ADDRESS, interface: 'eth0', state } }) as unknown as MeasurementOf<'neighbor'>;
  const linkOf = (one: TargetOutcome, neighbors: MeasurementOf<'neighbor'>[], outcomes = [one]) =>
    silentWay(one, { outcomes, paths: [], neighbors, host })[0]?.strangeLink;

  it('is in vain where the link does not know the address', () => {
    expect(linkOf(outcome(), [neighbor('incomplete')])).toEqual({ unanswered: true, othersAnswer: false });
    expect(linkOf(outcome(), [neighbor('absent')])).toEqual({ unanswered: false, othersAnswer: false });
    expect(linkOf(outcome(), [])).toEqual({ unanswered: false, othersAnswer: false });
  });

  it('is in vain where the kernel says so itself, and not where the link address is known', () => {
    const told = outcome({ icmpErrors: [{ from: '10.0.0.2', meaning: 'host-unreachable', count: 3 }] });
    expect(linkOf(told, [neighbor('absent')])?.unanswered).toBe(true);
    expect(linkOf(told, [neighbor('resolved')])?.unanswered).toBe(false);
    expect(linkOf(outcome({ icmpErrors: [{ from: '10.0.0.1', meaning: 'host-unreachable', count: 3 }] }), [])?.unanswered).toBe(false);
  });

  it('leads somewhere where another target of it answers', () => {
    const other = outcome({ address: '203.0.113.11', received: 5 });
    expect(linkOf(outcome(), [neighbor('incomplete')], [outcome(), other])?.othersAnswer).toBe(true);
  });
});

describe('what is looked at beside a silent way', () => {
  const spare = { ...DEFAULT, gateway: '10.0.0.3', metric: 100 };

  it('is the default gateway where a route of its own leads elsewhere', () => {
    const detour = outcome({ gateway: '10.0.0.9' });
    expect(defaultsBeside([detour], machine([]))).toEqual([DEFAULT]);
    expect(defaultsBeside([outcome({ gateway: '10.0.0.9', received: 3 })], machine([]))).toEqual([]);
    expect(defaultsBeside([outcome({ gateway: 'fe80::9', address: '2001:db8::1' })], machine([]))).toEqual([]);
  });

  it('is that of another default route on the link, for what goes by a default route', () => {
    expect(defaultsBeside([outcome({ gateway: '10.0.0.1' })], machine([]))).toEqual([]);
    expect(defaultsBeside([outcome({ gateway: '10.0.0.1' })], machine([], [DEFAULT, spare]))).toEqual([spare]);
    expect(defaultsBeside([outcome({ gateway: '10.0.0.1' })], machine([], [DEFAULT, { ...spare, interface: 'eth1' }]))).toEqual([]);
  });

  it('is the default gateway and the neighbour of a target on a strange link, and of no other on a link', () => {
    expect(defaultsBeside([outcome()], machine([byHand]))).toEqual([DEFAULT]);
    expect(strangeNeighbors([outcome(), outcome()], machine([byHand]))).toEqual([{ address: ADDRESS, interface: 'eth0' }]);
    expect(defaultsBeside([outcome()], machine([]))).toEqual([]);
    expect(strangeNeighbors([outcome()], machine([]))).toEqual([]);
  });

  it('is the default gateway where another is dead', () => {
    expect(defaultsBesideDead(['10.0.0.9'], machine([]))).toEqual([DEFAULT]);
    expect(defaultsBesideDead(['10.0.0.1', 'fe80::9%eth0'], machine([]))).toEqual([]);
  });
});

describe('other destinations are worth a question', () => {
  const six = (said: Said = {}) => outcome({ address: '2001:db8:2::10', gateway: '2001:db8:1::1', ...said });
  const four = (said: Said = {}) => outcome({ gateway: '10.0.0.1', ...said });

  it('where one family is silent and the other is not', () => {
    expect(isOneFamilySilent([six(), four({ received: 3 })])).toBe(true);
    expect(isOneFamilySilent([six(), four()])).toBe(false);
    expect(isOneFamilySilent([six(), six({ received: 3 }), four({ received: 3 })])).toBe(false);
    expect(isOneFamilySilent([six({ address: 'fd00::1' }), four({ received: 3 })])).toBe(false);
    expect(isOneFamilySilent([six()])).toBe(false);
  });

  it('where the gateway of one family knows no way on, whatever the other does', () => {
    const turnedBack = six({ icmpErrors: [{ from: '2001:db8:1::1', meaning: 'network-unreachable', count: 2 }] });
    expect(isToldByGatewayAlone([turnedBack, four({ received: 3 })], machine([]))).toBe(true);
    expect(isToldByGatewayAlone([turnedBack, six({ received: 3 })], machine([]))).toBe(false);
    expect(isToldByGatewayAlone([six(), four()], machine([]))).toBe(false);
  });
});
