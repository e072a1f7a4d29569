import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../../src/model/measurement.js';
import { hostData, hostInterface } from '../../fakes/host.js';
import { type Counters, counters, grew, judged, link, protocols } from './fixtures.js';

const short = (checks: ReturnType<typeof judged>) =>
  checks.filter(({ status }) => status !== 'pass').map(({ id, status, code }) => [id, status, code]);
const one = (checks: ReturnType<typeof judged>, id: string) => checks.find((check) => check.id === id);
const ETH0 = 'l2.counters@eth0';
const WARNS = [[ETH0, 'warn', 'interface-errors']];

describe('a healthy machine', () => {
  it('passes on every line, and adds none to the report about a target', () => {
    const checks = judged(counters());
    expect(checks.map(({ id, status }) => [id, status])).toEqual([
      [ETH0, 'pass'],
      ['l2.backlog', 'pass'],
      ['l4.retransmissions', 'pass'],
      ['l4.resets', 'pass'],
      ['l4.listen-queue', 'pass'],
      ['l4.socket-buffers', 'pass'],
    ]);
    expect(judged(counters(), { scope: 'path' })).toEqual([]);
    for (const { title } of checks) expect(title.length).toBeLessThanOrEqual(20);
  });

  it('has old errors as a remark', () => {
    const data = { links: [link({ received: { errors: grew(0, 812), dropped: grew(0, 40) } })] };
    expect(one(judged(counters(data)), ETH0)).toMatchObject({ status: 'pass', observed: 'no errors or drops in 1.00 s; 852 before that' });
    expect(judged(counters(data), { scope: 'path' })).toEqual([]);
  });
});

describe('l2.counters', () => {
  it.each<[string, Parameters<typeof link>[0], unknown[], unknown[]]>([
    ['CRC errors', { received: { errors: grew(38), crc: grew(38) } }, WARNS, WARNS],
    ['frames that the adapter missed', { received: { missed: grew(50) } }, WARNS, WARNS],
    ['frames that were not sent', { sent: { errors: grew(30), carrier: grew(30) } }, WARNS, WARNS],
    ['one single error', { received: { errors: grew(1) } }, [], []],
    ['few errors among many packets', { received: { errors: grew(5), packets: grew(100_000) } }, [], []],
    ['a few unknown frames dropped', { received: { dropped: grew(6), packets: grew(20) } }, [], []],
    ['many frames dropped: unknown ones perhaps', { received: { dropped: grew(200) } }, WARNS, []],
    ['the same on a radio', { received: { dropped: grew(200) }, wireless: true }, [], []],
    ['drops on send', { sent: { dropped: grew(60) } }, WARNS, WARNS],
    [
      'drops of the queue',
      { queue: { kind: 'tbf', source: 'rtnetlink', packets: grew(300), dropped: grew(60), waitingPackets: 3 } },
      WARNS,
      WARNS,
    ],
    [
      'drops on purpose, few',
      { queue: { kind: 'fq_codel', source: 'rtnetlink', packets: grew(30_000), dropped: grew(60), waitingPackets: 3 } },
      [],
      [],
    ],
  ])('%s', (_, fields, all, path) => {
    const measurement = counters({ links: [link(fields)] });
    expect(short(judged(measurement))).toEqual(all);
    expect(short(judged(measurement, { scope: 'path' }))).toEqual(path);
  });

  it('holds nothing against a link of which the other end is shown to take no packets that large', () => {
    const drops = counters({ links: [link({ sent: { dropped: grew(60) } })] });
    const path = (data: object): Measurement =>
      ({
        probe: 'mtu',
        target: 'a',
        data: { blackhole: true, pathMtuBytes: 1500, localMtuBytes: 9000, limitedBy: null, direction: null, ...data },
      }) as Measurement;
    const by = (data: object) => short(judged(drops, { measurements: [path(data)] }));
    expect(by({ onLink: true })).toEqual([]);
    expect(by({ onLink: false })).toEqual([]);
    expect(by({ onLink: false, localMtuBytes: 1500, pathMtuBytes: 1404, linkRefused: 30 })).toEqual([]);
    expect(by({ onLink: false, localMtuBytes: 1500, pathMtuBytes: 1404 })).toEqual(WARNS);
    expect(by({ onLink: true, direction: 'from-target' })).toEqual(WARNS);
    expect(by({ onLink: true, blackhole: false })).toEqual(WARNS);
    const errors = counters({ links: [link({ sent: { dropped: grew(60) }, received: { errors: grew(38), crc: grew(38) } })] });
    expect(short(judged(errors, { measurements: [path({ onLink: true })] }))).toEqual(WARNS);
  });

  it('judges drops on receive beside a target only where the processors drop too', () => {
    const processors = { source: '/proc/net/softnet_stat', processors: 2, dropped: grew(200), squeezed: grew(3) };
    const measurement = counters({ links: [link({ received: { dropped: grew(200) } })], processors });
    expect(short(judged(measurement, { scope: 'path' }))).toEqual(WARNS);
    expect(short(judged(measurement))).toEqual([...WARNS, ['l2.backlog', 'warn', 'receive-backlog-overflow']]);
  });

  it('says what cannot be compared', () => {
    const reset = { total: 3, delta: null, perSecond: null };
    expect(one(judged(counters({ links: [link({ received: { errors: reset } })] })), ETH0)).toMatchObject({
      status: 'skip',
      because: expect.stringContaining('reset'),
    });
    expect(one(judged(counters({ links: [link({ presence: 'appeared' })] })), ETH0)?.because).toContain('appeared');
    expect(one(judged(counters({ links: [link({ presence: 'vanished' })] })), ETH0)?.because).toContain('went');
  });

  it('has lines for what is in use, and for others only where something grows', () => {
    const links = [link(), link({ interface: 'docker0' }), link({ interface: 'eth1', received: { errors: grew(40) } })];
    expect(judged(counters({ links })).flatMap(({ id }) => (id.startsWith('l2.counters') ? id : []))).toEqual([ETH0, 'l2.counters@eth1']);
  });

  it('names a few of many others, and counts the rest', () => {
    const many = Array.from({ length: 40 }, (_, index) => link({ interface: `v${index}`, received: { errors: grew(40) } }));
    const lines = judged(counters({ links: [...many, link()] })).filter(({ id }) => id.startsWith('l2.counters'));
    expect(lines).toHaveLength(8 + 1 + 1);
    expect(lines.map(({ id }) => id)).toContain(ETH0);
    expect(lines.at(-1)).toMatchObject({ status: 'warn', observed: 'errors or drops grow on 32 more: v8, v9, v10, v11, …' });
  });

  it('tells what the processors drop once, not again for each pair of links that it went through', () => {
    const data = hostData({ interfaces: [hostInterface({ name: 'v1', kind: 'veth' })] });
    const measurements = [{ ...counters(), id: 'm1', probe: 'host', data } as Measurement];
    const links = [link(), link({ interface: 'v1', sent: { dropped: grew(300) } })];
    const dropped = { source: '/proc/net/softnet_stat', processors: 2, dropped: grew(300), squeezed: grew(0) };
    expect(short(judged(counters({ links, processors: dropped }), { measurements }))).toEqual([
      ['l2.backlog', 'warn', 'receive-backlog-overflow'],
    ]);
    expect(short(judged(counters({ links }), { measurements }))).toEqual([['l2.counters@v1', 'warn', 'interface-errors']]);
  });

  it('does not hold against the network what a guest does not read', () => {
    const links = [link(), link({ interface: 'vnet0', sent: { dropped: grew(300) } })];
    const of = (kind: string, interfaces: string[]) => {
      const data = hostData({ interfaces: [hostInterface({ name: 'vnet0', kind })] });
      const host = { ...counters(), id: 'm1', probe: 'host', data } as Measurement;
      return judged(counters({ links }), { measurements: [host], interfaces }).some(({ code }) => code === 'interface-errors');
    };
    expect([of('tap', ['eth0']), of('veth', ['eth0']), of('tap', ['vnet0'])]).toEqual([false, true, true]);
  });
});

describe('TCP and UDP', () => {
  const of = (deltas: Record<string, number>, data: Partial<Counters> = {}, measurements: readonly Measurement[] = []) =>
    judged(counters({ protocols: protocols(deltas), ...data }), { measurements });
  const sent = (data: number, again: number, first = 0) => ({
    TcpExtTCPOrigDataSent: data,
    TcpRetransSegs: again + first,
    TcpExtTCPSynRetrans: first,
  });

  it.each([
    ['many of many', sent(2000, 200), 'warn'],
    ['some of many', sent(2000, 20), 'pass'],
    ['one lost flight', sent(400, 10), 'pass'],
    ['half of very few', sent(40, 40), 'pass'],
    ['SYNs to dead ports alone', sent(2000, 0, 500), 'pass'],
    ['nothing', {}, 'pass'],
  ])('retransmissions: %s', (_, deltas, status) => {
    expect(one(of(deltas), 'l4.retransmissions')?.status).toBe(status);
  });

  it('has the share that was sent again beside the grades of loss', () => {
    expect(one(of(sent(2000, 200)), 'l4.retransmissions')?.budget).toMatchObject({
      metric: 'lossRatio',
      value: 200 / 2200,
      acceptable: 0.01,
    });
    expect(one(of(sent(40, 40)), 'l4.retransmissions')).not.toHaveProperty('budget');
  });

  it('does not hold against the network what netdiag itself sent again to a lossy target', () => {
    const loss = { probe: 'loss', target: 'lossy.example:443', data: { sent: 100, received: 70 } } as unknown as Measurement;
    expect(one(of(sent(2000, 200), {}, [loss]), 'l4.retransmissions')).toMatchObject({
      status: 'skip',
      because: expect.stringContaining('lossy.example:443'),
    });
  });

  it.each([
    ['none', {}, [], 'pass'],
    ['drops, over by now', { TcpExtListenDrops: 7, TcpExtListenOverflows: 7 }, [], 'warn'],
    ['drops, and full', { TcpExtListenDrops: 7 }, [{ address: '::', port: 9000, waiting: 2, limit: 1, source: 'ss -Hltn' }], 'fail'],
    ['full, and nobody tried', {}, [{ address: '::', port: 9000, waiting: 2, limit: 1, source: 'ss -Hltn' }], 'warn'],
  ])('listen queues: %s', (_, deltas, fullListenQueues, status) => {
    const line = one(of(deltas, { fullListenQueues }), 'l4.listen-queue');
    expect(line?.status).toBe(status);
    if (fullListenQueues.length > 0) expect(line?.observed).toContain('[::]:9000');
  });

  it.each([
    ['many datagrams dropped', { UdpRcvbufErrors: 60, UdpInDatagrams: 40 }, 'warn'],
    ['over IPv6', { Udp6RcvbufErrors: 60, UdpInDatagrams: 40 }, 'warn'],
    ['few datagrams dropped', { UdpRcvbufErrors: 6 }, 'pass'],
    ['TCP without memory', { TcpExtTCPAbortOnMemory: 1 }, 'warn'],
  ])('socket buffers: %s', (_, deltas, status) => {
    expect(one(of(deltas), 'l4.socket-buffers')?.status).toBe(status);
  });

  it('shows resets, and never warns of them', () => {
    const line = one(of({ TcpOutRsts: 900, TcpEstabResets: 12, TcpAttemptFails: 3 }), 'l4.resets');
    expect([line?.status, line?.observed]).toEqual(['pass', '900 sent, 12 connections reset, 3 attempts failed in 1.00 s']);
  });

  it('is skipped with the reason where a counter is missing', () => {
    const missing = judged(counters({ protocols: protocols().filter(({ name }) => name !== 'TcpExtTCPSynRetrans') }));
    expect(one(missing, 'l4.retransmissions')).toMatchObject({ status: 'skip', because: expect.stringContaining('TcpExtTCPSynRetrans') });
    const once = judged(counters({ windowMs: null }));
    expect(new Set(once.map(({ status }) => status))).toEqual(new Set(['skip']));
  });
});
