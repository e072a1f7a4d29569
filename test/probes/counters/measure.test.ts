import { describe, expect, it } from 'vitest';
import { measured } from '../../../src/model/attempt.js';
import { countersData } from '../../../src/model/data/counters.js';
import { measureCounters } from '../../../src/probes/counters/measure.js';
import { growth, type Reading } from '../../../src/probes/counters/reading.js';
import type { MachineCircumstances } from '../../../src/probes/machine-probe.js';
import { countersLines } from '../../../src/render/counters-text.js';
import { parseProcDevCounters } from '../../../src/wire/linux/link-statistics.js';
import { hostData, hostInterface } from '../../fakes/host.js';
import { type FakeMachine, fakeLocalSystem } from '../../fakes/local-system.js';
import { fakeNetwork } from '../../fakes/network.js';
import { counters, folder, judged } from './fixtures.js';

const EVERYTHING = { isAsked: () => true, radios: new Set<string>() };

function circumstances(scope: 'all' | 'path', interfaces: string[] = []): MachineCircumstances {
  const defaultRoutes = interfaces.map((name) => ({ family: 4 as const, gateway: null, interface: name, metric: 0 }));
  return {
    options: { scope, windowMs: 500 },
    host: hostData({ interfaces: [hostInterface()], defaultRoutes }),
    targets: async () => [],
    othersDone: Promise.resolve(),
  } as unknown as MachineCircumstances;
}

const measure = (machine: FakeMachine, scope: 'all' | 'path' = 'all', interfaces: string[] = [], signal = new AbortController().signal) =>
  measureCounters(circumstances(scope, interfaces), { network: { ...fakeNetwork(), local: fakeLocalSystem(machine) }, signal });

describe('measureCounters', () => {
  it.each(['linux-4.18', 'linux-5.10', 'linux-6.18'])('of %s, from files alone, over the exact window', async (name) => {
    const { attempt, data } = await measure({ root: folder(name) });
    expect(attempt).toEqual(measured(null));
    expect(() => countersData.parse(data)).not.toThrow();
    expect(data.windowMs).toBeCloseTo(500, 6);
    expect(data.links[0]).toMatchObject({ interface: 'lo', source: '/proc/net/dev', received: { crc: null } });
    expect(data.protocols.every(({ delta }) => delta === 0)).toBe(true);
    expect(data.absent.map(({ fact }) => fact)).toContain('drops of the queues in front of the links');
    expect(judged({ ...counters(), data }).filter(({ status }) => status !== 'pass')).toEqual([]);
  });

  it('keeps beside targets what is on their ways, and what grew', async () => {
    const { data } = await measure({ root: folder('linux-4.18') }, 'path', ['eno1']);
    expect([data.links.map((link) => link.interface), data.protocols]).toEqual([['eno1'], []]);
  });

  it('says of each file what is wrong with it', async () => {
    const { attempt, data } = await measure({ root: folder('garbled') });
    expect(attempt.kind).toBe('unavailable');
    const reasons = data.absent.map(({ because }) => because).join();
    for (const file of ['dev', 'snmp', 'netstat', 'softnet_stat']) expect(reasons).toContain(`/proc/net/${file} holds nonsense`);
    const nothing = await measure({ files: { '/proc/net/snmp': null } });
    expect(nothing.data.absent).toContainEqual({ fact: '/proc/net/snmp', because: expect.stringContaining('not shown') });
  });

  it('asks which listen queue is full only where one has overflowed', async () => {
    const netstat = 'TcpExt: ListenOverflows ListenDrops\nTcpExt: 3 3\n';
    const files = { '/proc/net/netstat': netstat };
    const full = await measure({ files, tools: { 'ss -Hltn': 'LISTEN 2 1 *:9000 *:*\nLISTEN 0 128 *:22 *:*\n' } });
    expect(full.data.fullListenQueues).toEqual([{ address: '*', port: 9000, waiting: 2, limit: 1, source: 'ss -Hltn' }]);
    expect((await measure({ files })).data.absent).toContainEqual({
      fact: 'which listen queues are full',
      because: expect.stringContaining('not installed'),
    });
    const quiet = await measure({ root: folder('linux-4.18'), tools: { 'ss -Hltn': '' } });
    expect(quiet.data.fullListenQueues).toBeNull();
  });

  it('hands over totals alone where it is interrupted', async () => {
    const { attempt, data } = await measure({ root: folder('linux-4.18') }, 'all', [], AbortSignal.abort());
    expect([attempt, data.windowMs]).toEqual([{ kind: 'skipped', because: 'interrupted' }, null]);
    expect(data.protocols.every(({ delta }) => delta === null)).toBe(true);
    expect(countersLines(data)).toEqual([]);
  });
});

describe('growth', () => {
  const reading = (atMs: number, lines: Record<string, number>, processors = 2): Reading => {
    const rows = Object.entries(lines).map(([name, value]) => `${name}: ${value} 1 0 0 0 0 0 0 ${value} 1 0 0 0 0 0 0`);
    const list = parseProcDevCounters(rows.join('\n'));
    return {
      atMs,
      links: { source: '/proc/net/dev', list: list.ok ? list.value : [] },
      queues: null,
      protocols: [{ source: '/proc/net/snmp', counters: new Map([['TcpOutSegs', lines['eth0'] ?? 0]]) }],
      processors: { processors, dropped: 5, squeezed: 1 },
    };
  };

  it('gives difference and rate', () => {
    const { links, windowMs } = growth(reading(0, { eth0: 100 }), reading(2000, { eth0: 500 }), EVERYTHING);
    expect(windowMs).toBe(2000);
    expect(links[0]?.received.bytes).toEqual({ total: 500, delta: 400, perSecond: 200 });
  });

  it('has no difference where a counter went backwards, and says so', () => {
    const { links, protocols, absent } = growth(reading(0, { eth0: 500 }), reading(1000, { eth0: 20 }), EVERYTHING);
    expect(links[0]?.received.bytes).toEqual({ total: 20, delta: null, perSecond: null });
    expect(protocols[0]?.delta).toBeNull();
    expect(absent.map(({ fact }) => fact)).toEqual(expect.arrayContaining(['growth of eth0 rxBytes', 'growth of TcpOutSegs']));
  });

  it('tells links that came and went', () => {
    const { links } = growth(reading(0, { eth0: 1, ppp0: 5 }), reading(1000, { eth0: 1, wg0: 7 }), EVERYTHING);
    expect(links.map(({ interface: name, presence, received }) => [name, presence, received.bytes?.delta])).toEqual([
      ['eth0', 'throughout', 0],
      ['wg0', 'appeared', null],
      ['ppp0', 'vanished', null],
    ]);
  });

  it('compares nothing where a processor was switched on meanwhile', () => {
    const { processors } = growth(reading(0, {}), reading(1000, {}, 4), EVERYTHING);
    expect(processors).toMatchObject({ processors: 4, dropped: { total: 5, delta: null } });
  });

  it('has a bound for machines with very many links', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`veth${index}`, index]));
    const { links, absent } = growth(reading(0, many), reading(1000, many), EVERYTHING);
    expect([links.length, absent[0]?.because]).toEqual([64, '36 more are not listed']);
    // A tunnel or a dial-up link comes after all others, and is what everything goes by.
    const kept = growth(reading(0, { ...many, wg0: 1 }), reading(1000, { ...many, wg0: 1 }), { ...EVERYTHING, inUse: new Set(['wg0']) });
    expect([kept.links.length, kept.links.at(-1)?.interface]).toEqual([64, 'wg0']);
  });

  it('says nothing of links that it does not list', () => {
    const names = Array.from({ length: 3000 }, (_, index) => `veth${index}`);
    const at = (value: number) => Object.fromEntries(names.map((name) => [name, value]));
    const { absent } = growth(reading(0, at(9)), reading(1000, at(1)), EVERYTHING);
    // Two counters of each that is listed went backwards.
    expect(absent).toHaveLength(1 + 2 * 64);
  });
});
